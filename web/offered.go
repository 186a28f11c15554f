package web

import (
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// offered reports whether a way has a form now: there must be objections to
// answer, a hearing must have begun, and the time to correct be over.
func (f caseFile) offered(w procedure.Step) bool {
	h := f.Case.Course.Hearing
	switch w.Act {
	case procedure.Answer:
		return h != nil && len(h.Objections) > 0
	case procedure.Hear:
		return h != nil && !f.Now.Before(h.At)
	case procedure.AskLater:
		return h != nil && h.Asked() == nil && f.Now.Before(h.At)
	case procedure.Postpone, procedure.KeepHour:
		return h != nil && h.Asked() != nil && f.Now.Before(h.At)
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

func (f caseFile) zone() *time.Location { return zoneOf(f.Case.Region) }

func zoneOf(region string) *time.Location {
	cal, err := law.CalendarFor(region)
	if err != nil {
		return time.UTC
	}
	return cal.Zone()
}
