package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// performLate does the acts that law later than 2017 adds.
func (s *Site) performLate(q request, a procedure.Act) (err error) {
	ctx, by, id, o := q.r.Context(), q.actor(), q.id(), s.Office
	switch a {
	case procedure.AskCorrection:
		var parts []procedure.Part
		for _, v := range q.r.PostForm["parts"] {
			parts = append(parts, procedure.Part(v))
		}
		_, err = o.AskCorrection(ctx, by, id, q.form("asked"), parts)
	case procedure.Correct:
		_, err = o.Correct(ctx, by, id, q.form("words"))
	case procedure.GoOn:
		_, err = o.GoOn(ctx, by, id)
	case procedure.Forewarn:
		err = s.forewarn(q)
	case procedure.Object:
		_, err = o.Object(ctx, by, id, lines(q.form("points")))
	case procedure.Waive:
		_, err = o.Waive(ctx, by, id, q.form("words"))
	case procedure.Hear:
		err = s.hear(q)
	case procedure.Answer:
		err = s.answerObjections(q)
	default:
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return err
}

// lines are the points of a text, one a line.
func lines(text string) []string { return strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") }

// typedMoment is the day of one field and the time of another, where the department of
// the case is; no moment if nothing was entered.
func (s *Site) typedMoment(q request, region, day, hour string) (time.Time, error) {
	d := date(q, day)
	if d.IsZero() {
		return time.Time{}, problem.New(problem.Invalid, "web.bad-typed-day").At(day)
	}
	t, err := time.Parse("15:04", strings.ReplaceAll(q.form(hour), ".", ":"))
	if err != nil {
		return time.Time{}, problem.New(problem.Invalid, "web.bad-typed-hour").At(hour)
	}
	cal, err := s.Office.CalendarFor(region)
	if err != nil {
		return time.Time{}, err
	}
	return d.At(t.Hour(), t.Minute(), cal.Zone()), nil
}

func (s *Site) forewarn(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	at, err := s.typedMoment(q, c.Region, "on", "hour")
	if err != nil {
		return err
	}
	_, err = s.Office.Forewarn(q.r.Context(), q.actor(), c.ID, procedure.Hearing{
		Place: q.form("place"), At: at, Grounds: q.r.PostForm["grounds"], Reasons: q.form("words"),
	})
	return err
}

func (s *Site) hear(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	began, err := s.typedMoment(q, c.Region, "began", "hour")
	if err != nil {
		return err
	}
	_, err = s.Office.Hear(q.r.Context(), q.actor(), c.ID, procedure.Protocol{
		Present: q.form("present"), Absent: q.form("absent") != "", Said: q.form("said"), Began: began,
	}, lines(q.form("points")))
	return err
}

// answerField is the field of the answer to an objection.
func answerField(i int) string { return "answer-" + strconv.Itoa(i) }

func (s *Site) answerObjections(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if c.Course.Hearing == nil {
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	var answers []string
	for i := range c.Course.Hearing.Objections {
		a := q.form(answerField(i))
		if a == "" {
			return problem.New(problem.Invalid, "procedure.empty").At(answerField(i))
		}
		answers = append(answers, a)
	}
	_, err = s.Office.AnswerObjections(q.r.Context(), q.actor(), c.ID, answers)
	return err
}

// offered reports whether a way has a form now: there must be objections to
// answer, a hearing must have begun, and the time to correct be over.
func (f caseFile) offered(w procedure.Step) bool {
	h := f.Case.Course.Hearing
	switch w.Act {
	case procedure.Answer:
		return h != nil && len(h.Objections) > 0
	case procedure.Hear:
		return h != nil && !f.Now.Before(h.At)
	case procedure.GoOn:
		r, ok := f.Case.Term(law.Correction)
		return ok && !f.Now.Before(r.End.At)
	}
	return true
}

// source names what a step rests on; to the authority also how sure that is.
func (f caseFile) source(t lang.Tag, w procedure.Step) string {
	if !f.Staff || w.Sure == law.Text {
		return w.Cite.In(t)
	}
	return w.Cite.In(t) + " – " + w.Sure.In(t)
}

// grounds are those a refusal may rest on: of the law, and once there was a hearing
// those it was about.
func (f caseFile) grounds() []law.Rule {
	list := law.GroundsFor(f.Case.Application.Operation, f.Case.Application.Scheme, f.Case.LawOn)
	return slices.DeleteFunc(list, func(r law.Rule) bool { return f.Case.HeardOn([]string{r.Key}) != nil })
}

// heardOn writes the moment of the hearing in a form of package time.
func (f caseFile) heardOn(form string) string {
	if h := f.Case.Course.Hearing; h != nil {
		return h.At.In(f.zone()).Format(form)
	}
	return ""
}

func (f caseFile) zone() *time.Location { return zoneOf(f.Case.Region) }

func zoneOf(region string) *time.Location {
	cal, err := law.CalendarFor(region)
	if err != nil {
		return time.UTC
	}
	return cal.Zone()
}

func (f caseFile) hearingRows(p component.Page) []component.Row {
	return hearingRows(p, f.Case, f.zone())
}

// hearingRows tell all of a hearing: place and time, grounds, what was objected and
// answered, the protocol.
func hearingRows(p component.Page, c procedure.Case, zone *time.Location) []component.Row {
	h := c.Course.Hearing
	rows := []component.Row{
		{Key: p.T("web.hearing-when"), Value: calendar.Moment{Time: h.At.In(zone)}.In(p.Lang)},
		{Key: p.T("web.hearing-place"), Value: h.Place},
		{Key: p.T("web.grounds"), Lines: groundNames(p.Lang, c, h.Grounds)},
		{Key: p.T("web.preliminary"), Value: h.Reasons},
	}
	var objections []string
	for i, o := range h.Objections {
		objections = append(objections, strconv.Itoa(i+1)+". "+o.Text)
		if o.Answer != "" {
			objections = append(objections, "– "+o.Answer)
		}
	}
	if len(objections) > 0 {
		rows = append(rows, component.Row{Key: p.T("web.objections"), Lines: objections})
	}
	switch {
	case h.Waived:
		rows = append(rows, component.Row{Key: p.T("web.protocol"), Value: p.T("web.waived")})
	case h.Held:
		present := h.Protocol.Present
		if h.Protocol.Absent {
			present = strings.TrimPrefix(present+"; "+p.T("web.absent-yes"), "; ")
		}
		began := calendar.Moment{Time: h.Protocol.Began.In(zone)}.In(p.Lang)
		rows = append(rows, component.Row{Key: p.T("web.protocol"), Value: h.Protocol.Said, Lines: []string{present, began}})
	}
	return rows
}

func groundNames(t lang.Tag, c procedure.Case, keys []string) []string {
	var names []string
	for _, r := range law.GroundsFor(c.Application.Operation, c.Application.Scheme, c.LawOn) {
		if slices.Contains(keys, r.Key) {
			names = append(names, r.Name.In(t)+" ("+r.Cite.In(t)+")")
		}
	}
	return names
}

func correctionRows(p component.Page, c procedure.Case) []component.Row {
	k := c.Course.Correction
	rows := []component.Row{{Key: p.T("web.correction-parts"), Lines: partNames(p.Lang, k.Parts)}, {Key: p.T("web.correction-reasons"), Value: k.Reasons}}
	if r, ok := c.Term(law.Correction); ok {
		rows = append(rows, component.Row{Key: upper(law.Correction.In(p.Lang)), Value: p.T("web.by", "day", r.End.Last)})
	}
	return rows
}

func partNames(t lang.Tag, parts []procedure.Part) []string {
	var names []string
	for _, x := range parts {
		names = append(names, x.In(t))
	}
	return names
}

// partOptions are the parts that can be asked to be corrected.
func partOptions(t lang.Tag) []component.Option {
	return choice(t, []procedure.Part{procedure.PartDocuments, procedure.PartWorkers, procedure.PartEmployer, procedure.PartContent})
}

// stillLines name the terms that stand still.
func stillLines(p component.Page, c procedure.Case) []string {
	var list []string
	for _, x := range c.Course.Paused {
		list = append(list, x.Name.In(p.Lang)+" – "+x.Whose.In(p.Lang))
	}
	return list
}

// told is what the history says of an act besides the words of who did it.
func told(p component.Page, e procedure.Event) []string {
	var list []string
	for i, o := range e.Note.Objections {
		list = append(list, p.T("web.objection", "n", i+1)+": "+o)
	}
	if len(e.Note.Parts) > 0 {
		list = append(list, strings.Join(partNames(p.Lang, e.Note.Parts), ", "))
	}
	for _, m := range e.Tell() {
		list = append(list, m.In(p.Lang))
	}
	return list
}

// trackedCourse is what the public page of a case says of a correction or hearing,
// to who has the slip: until when, where and when; not why.
func trackedCourse(p component.Page, c procedure.Case) []component.Row {
	var rows []component.Row
	if r, ok := c.Term(law.Correction); ok {
		rows = append(rows, component.Row{Key: law.Correction.In(p.Lang), Value: p.T("web.by", "day", r.End.Last)})
	}
	if h := c.Course.Hearing; h != nil && c.State == procedure.Forewarned {
		rows = append(rows,
			component.Row{Key: p.T("web.hearing-when"), Value: calendar.Moment{Time: h.At.In(zoneOf(c.Region))}.In(p.Lang)},
			component.Row{Key: p.T("web.hearing-place"), Value: h.Place})
	}
	if len(c.Course.Paused) > 0 {
		rows = append(rows, component.Row{Key: p.T("web.stands-still"), Lines: stillLines(p, c)})
	}
	return rows
}

// termsJSON answers the running terms of a case with the reason of each end, in
// three languages; those that stand still are listed too.
func (s *Site) termsJSON(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if !q.user.Role.Authority() {
		c = s.applicantTerms(c)
	}
	q.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(q.w).Encode(struct {
		Running []procedure.Told   `json:"running"`
		Paused  []procedure.Paused `json:"paused"`
	}{c.Told(), c.Course.Paused})
}
