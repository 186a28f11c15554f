package web

import (
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// outcomeColour is the mark of an outcome.
func outcomeColour(o examination.Outcome) component.Colour {
	switch o {
	case examination.OK:
		return component.Green
	case examination.Problem:
		return component.Red
	case examination.Look, examination.Unknown:
		return component.Amber
	}
	return component.Grey
}

// A found is one finding as a page shows it.
type found struct {
	Line    string // what was checked
	Outcome examination.Outcome
	Text    string
	Cure    string
	Cite    string
	Assumed string // said if the rule was not read in the act
	Fix     *component.Link
	Proof   []string
}

func (s *Site) found(p component.Page, c procedure.Case, l examination.Line, x examination.Finding) found {
	f := found{Line: l.Name.In(p.Lang), Outcome: x.Outcome, Text: x.Found.In(p.Lang), Cure: x.Cure.In(p.Lang), Cite: x.Cite.In(p.Lang)}
	if x.Sure != law.Text {
		f.Assumed = x.Sure.In(p.Lang)
	}
	mend := x.Outcome == examination.Problem || x.Outcome == examination.Look
	if x.At.Part != "" && mend && c.State == procedure.Preparing {
		href := "/cabinet/" + c.ID + "/" + string(x.At.Part)
		if x.At.Field != "" && x.At.Worker == 0 {
			href += "#" + x.At.Field
		}
		f.Fix = &component.Link{Text: x.At.Part.In(p.Lang), Href: href}
	}
	for _, e := range x.Proof {
		f.Proof = append(f.Proof, s.evidence(p, c, e))
	}
	return f
}

// evidence says who was asked about what, when, and what came back.
func (s *Site) evidence(p component.Page, c procedure.Case, e procedure.Evidence) string {
	return strings.Join(slices.DeleteFunc([]string{
		e.Source.In(p.Lang), e.Subject, s.when(p, c, e.At), evidenceIn(p, c, e),
	}, func(s string) bool { return s == "" }), " · ")
}

// evidenceIn says what a register answered in words; what it sent stays as it came
// in the case and its package.
func evidenceIn(p component.Page, c procedure.Case, e procedure.Evidence) string {
	register, ok := strings.CutPrefix(e.Source.Key, "examination.register-")
	if !ok || !strings.HasPrefix(e.Reply, "{") {
		return replyIn(p, e.Reply)
	}
	a := examination.Answer{
		Question: examination.Question{Register: examination.Register(register), Subject: e.Subject},
		Status:   examination.Found, At: e.At, Reply: []byte(e.Reply),
	}
	return registerSays(p, a, c.LawOn)
}

// replyIn says a reply that is a word of ours; others stay as they came.
func replyIn(p component.Page, reply string) string {
	if key := "examination.reply-" + reply; lang.Has(key) {
		return p.T(key)
	}
	return reply
}

func (s *Site) when(p component.Page, c procedure.Case, at time.Time) string {
	if cal, err := law.CalendarFor(c.Region); err == nil {
		at = at.In(cal.Zone())
	}
	return calendar.Moment{Time: at}.In(p.Lang)
}

// A findingGroup is what of one outcome was found.
type findingGroup struct {
	Outcome examination.Outcome
	Found   []found
}

// grouped sorts findings by outcome, the gravest first; what does not apply is
// left out.
func (s *Site) grouped(p component.Page, x office.Examination) []findingGroup {
	var groups []findingGroup
	for _, o := range []examination.Outcome{examination.Problem, examination.Look, examination.Unknown, examination.OK} {
		g := findingGroup{Outcome: o}
		for _, l := range x.Lines {
			for _, f := range l.Findings {
				one := s.found(p, x.Case, l, f)
				again := slices.ContainsFunc(g.Found, func(x found) bool { return x.Text == one.Text })
				if f.Outcome == o && !again {
					g.Found = append(g.Found, one)
				}
			}
		}
		if len(g.Found) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// preflight shows an application as the executor will see it, before it is handed
// in. It keeps nobody from handing in.
func (s *Site) preflight(q request) error {
	c, _, _, err := s.draft(q)
	if err != nil {
		return err
	}
	x, err := s.Office.Examination(q.r.Context(), q.actor(), c.ID)
	if err != nil {
		return err
	}
	p := s.page(q, "web.preflight")
	p.Back = &component.Link{Text: p.T("web.application"), Href: "/cabinet/" + c.ID}
	s.render(q, preflightPage(p, c, x.On.In(q.lang), s.grouped(p, x), s.sources(p, x)))
	return nil
}

// preflightAsk asks the registers the applicant may ask, and shows the result.
func (s *Site) preflightAsk(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	if err := s.Office.AskRegisters(q.r.Context(), q.actor(), q.id()); err != nil {
		return err
	}
	return s.redirect(q, "/cabinet/"+q.id()+"/preflight")
}

// preflightTask is the line of the task list that leads to the pre-flight, with
// what it found.
func (s *Site) preflightTask(q request, p component.Page, c procedure.Case) (component.Task, []findingGroup, error) {
	x, err := s.Office.Examination(q.r.Context(), q.actor(), c.ID)
	if err != nil {
		return component.Task{}, nil, err
	}
	groups := s.grouped(p, x)
	t := component.Task{Title: p.T("web.preflight"), Href: "/cabinet/" + c.ID + "/preflight", Status: p.T("web.preflight-fine")}
	for _, g := range groups {
		if g.Outcome == examination.Problem {
			t.Status, t.Colour = p.T("web.preflight-problems", "n", len(g.Found)), component.Red
			break
		}
		if g.Outcome == examination.Look && t.Colour == "" {
			t.Status, t.Colour = p.T("web.preflight-looks", "n", len(g.Found)), component.Amber
		}
	}
	return t, slices.DeleteFunc(slices.Clone(groups), func(g findingGroup) bool {
		return g.Outcome != examination.Problem && g.Outcome != examination.Look
	}), nil
}

// A source is a question to a register and its last answer.
type source struct {
	Question examination.Question
	Name     string
	Status   string
	Colour   component.Colour
	When     string
	Reply    string
	Down     bool
}

// sources are the questions of an examination with their last answers.
func (s *Site) sources(p component.Page, x office.Examination) []source {
	var list []source
	for _, q := range x.Asked {
		if q.Register == examination.Persons && x.Case.State == procedure.Preparing {
			continue // not the applicant's to ask
		}
		o := source{Question: q, Name: q.Register.In(p.Lang), Status: p.T("web.not-asked"), Colour: component.Outline}
		for _, a := range x.Answers {
			if a.Question != q {
				continue
			}
			o.Down, o.Status, o.When, o.Reply = a.Status == examination.Down, a.Status.In(p.Lang), s.when(p, x.Case, a.At), reply(p, a, x.On)
			o.Colour = component.Green
			if stale := a.Stale(s.Office.Now()); o.Down || stale {
				o.Colour = component.Amber
				if stale {
					o.Status = p.T("examination.status-stale")
				}
			}
		}
		list = append(list, o)
	}
	return list
}

func reply(p component.Page, a examination.Answer, on calendar.Date) string {
	switch a.Status {
	case examination.Found:
		return registerSays(p, a, on)
	case examination.Seen:
		return a.Seen.Source + ", " + a.Seen.On.Short() + ": " + a.Seen.Words
	case examination.Down:
		return replyIn(p, a.Why)
	}
	return ""
}
