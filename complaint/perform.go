package complaint

import (
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// Receive stamps a complaint: its law is that of the day, the terms begin, and it
// is told whether it came in time. Who comes too late has to say why; then it is
// taken, for only the higher body decides whether the term is restored.
func Receive(c Complaint, by party.Actor, at time.Time, cal calendar.Calendar) (Complaint, error) {
	c.LawOn, c.Received, c.State = cal.Day(at), at, Received
	if err := c.check(); err != nil {
		return c, err
	}
	if err := c.inTime(); err != nil {
		return c, err
	}
	cite, sure := law.Cite("APPC art. 91"), law.Text
	if c.LawOn.Before(code) {
		cite = "WKO 142/2017 ¶ 12"
	}
	for _, name := range []law.LimitName{law.ComplaintForward, law.ComplaintAnswer} {
		limit, ok := law.LimitOn(name, c.LawOn)
		if !ok {
			continue
		}
		end, err := cal.End(at, limit.Term())
		if err != nil {
			return c, err
		}
		c.Running = append(c.Running, Running{name, end, limit.Cite, limit.Sure})
	}
	c.Version, c.Stamped = 1, slices.Clone(c.Running)
	c.Events = []Event{{Act: File, By: by, At: at, To: Received, Cite: cite, Sure: sure}}
	return c, nil
}

// maxWords is how many letters a text may have.
const maxWords = 10_000

// check returns what is wrong with what was entered.
func (c Complaint) check() error {
	var f problem.Form
	if !slices.Contains(Abouts, c.About) {
		f.Wrong("about", "procedure.choose")
	}
	for _, v := range []struct{ field, value string }{{"words", c.Words}, {"wanted", c.Wanted}, {"address", c.Address}} {
		switch {
		case strings.TrimSpace(v.value) == "":
			f.Wrong(v.field, "procedure.empty")
		case len([]rune(v.value)) > maxWords:
			f.Wrong(v.field, "procedure.too-long", lang.Args{"most": maxWords})
		}
	}
	if c.Learned.IsZero() || c.Learned.After(c.LawOn) {
		f.Wrong("learned", "complaint.bad-learned")
	}
	return f.Err()
}

// LastDay returns the last day on which one who learned of an act on a day can
// complain of it in time, by the law of the day of complaining; the zero day where
// no term is known.
func LastDay(learned, on calendar.Date) (calendar.Date, law.Bound) {
	limit, ok := law.LimitOn(law.ComplaintFiled, on)
	if !ok {
		return calendar.Date{}, limit
	}
	return learned.AddMonths(limit.N), limit
}

// inTime notes that a complaint came late, and wants the reason.
func (c *Complaint) inTime() error {
	last, limit := LastDay(c.Learned, c.LawOn)
	if last.IsZero() || !c.LawOn.After(last) {
		c.Because = ""
		return nil
	}
	if c.Late = true; strings.TrimSpace(c.Because) == "" {
		return problem.New(problem.Invalid, "complaint.late", lang.Args{"n": limit.N, "last": last, "cite": limit.Cite}).
			At("because").Under(limit.Cite)
	}
	return nil
}

// A Deed is an act that somebody does to a complaint, and with what.
type Deed struct {
	Act  Act         `json:"act"`
	By   party.Actor `json:"by,omitzero"`
	At   time.Time   `json:"at,omitzero"`
	Note Note        `json:"note,omitzero"`
}

// Perform does a deed to c, and returns the complaint as it is afterwards.
func Perform(c Complaint, d Deed, cal calendar.Calendar) (Complaint, error) {
	s, err := find(c, d)
	if err != nil {
		return c, err
	}
	d.Note.Words = strings.TrimSpace(d.Note.Words)
	if err := d.check(s, c, cal.Day(d.At)); err != nil {
		return c, err
	}
	next := c
	next.State, next.Version = s.To, c.Version+1
	if d.Act == Grant {
		d.Note.Outcome = Upheld
	}
	next.Outcome, next.Effect = d.Note.Outcome, d.Note.Effect
	e := Event{Act: d.Act, By: d.By, At: d.At, To: s.To, Cite: s.Cite, Sure: s.Sure, Note: d.Note}
	next.Running = nil
	for _, r := range c.Running {
		switch {
		case d.Act == Forward && r.Name == law.ComplaintAnswer:
			next.Running = append(next.Running, r)
		case d.Act != Withdraw && !d.At.Before(r.End.At):
			e.Late = append(e.Late, r.Name)
		}
	}
	next.Events = append(slices.Clone(c.Events), e)
	return next, nil
}

func find(c Complaint, d Deed) (Step, error) {
	var wrongHands error
	for _, s := range Steps {
		if s.State != c.State || s.Act != d.Act || !s.holds(c.LawOn) {
			continue
		}
		if err := s.allows(c, d.By); err != nil {
			wrongHands = err
			continue
		}
		return s, nil
	}
	if wrongHands != nil {
		return Step{}, wrongHands
	}
	return Step{}, problem.New(problem.Conflict, "complaint.not-possible", lang.Args{"act": d.Act, "state": c.State})
}

// allows returns an error unless an actor may take the step.
func (s Step) allows(c Complaint, by party.Actor) error {
	switch {
	case by.Role == party.Applicant && by.BIN != c.BIN:
		return problem.New(problem.NotFound, "problem.not-found")
	case !s.by(by.Role):
		return problem.New(problem.NotAllowed, "complaint.not-yours", lang.Args{"act": s.Act, "who": s.By[0]}).Under(s.Cite)
	case by.Role.Authority() && by.Region != c.Region:
		return problem.New(problem.NotAllowed, "problem.not-your-region", lang.Args{"region": law.RegionName(c.Region)})
	}
	return nil
}

// check returns what an act lacks.
func (d Deed) check(s Step, c Complaint, today calendar.Date) error {
	var f problem.Form
	missing := func(field, value string) {
		if strings.TrimSpace(value) == "" {
			f.Wrong(field, "procedure.empty")
		} else if len([]rune(value)) > maxWords {
			f.Wrong(field, "procedure.too-long", lang.Args{"most": maxWords})
		}
	}
	switch d.Act {
	case Grant:
		missing("words", d.Note.Words)
	case Forward:
		missing("body", d.Note.Body)
	case Decide:
		missing("words", d.Note.Words)
		if !slices.Contains(Outcomes, d.Note.Outcome) {
			f.Wrong("outcome", "procedure.choose")
		}
		if s.State == Forwarded {
			missing("number", d.Note.Number)
			if d.Note.On.IsZero() || d.Note.On.After(today) || d.Note.On.Before(c.LawOn) {
				f.Wrong("on", "complaint.bad-on")
			}
		}
	}
	if decided := d.Act == Grant || d.Act == Decide; decided && !d.Note.Effect.fits(d) {
		f.Wrong("effect", "complaint.bad-effect")
	}
	return f.Err()
}

// fits reports whether an effect goes with the outcome: who is right gets
// something of it, who is not gets nothing.
func (e Effect) fits(d Deed) bool {
	if d.Act == Decide && d.Note.Outcome == Rejected {
		return e == NoEffect
	}
	return slices.Contains(Effects, e) && e != NoEffect
}
