package web

import (
	"path"
	"slices"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// aside are acts nobody comes to a case for: they turn it back, or out of its way.
var aside = []procedure.Act{
	procedure.Withdraw, procedure.Reassign, procedure.SendBack, procedure.ReturnIncomplete, procedure.AskCorrection, procedure.Waive, procedure.Discard,
}

// next is the step a case most likely waits for from who looks at it, and whether
// there is one. Where the checks found grounds for a refusal, the applicant is
// heard before anything is drafted.
func (f caseFile) next() (procedure.Step, bool) {
	var steps []procedure.Step
	for _, w := range f.Ways {
		if f.offered(w) && !slices.Contains(aside, w.Act) {
			steps = append(steps, w)
		}
	}
	if len(steps) == 0 {
		return procedure.Step{}, false
	}
	if f.Checking != nil && len(f.Checking.Proposal.Grounds) > 0 {
		if i := slices.IndexFunc(steps, func(w procedure.Step) bool { return w.Act == procedure.Forewarn }); i >= 0 {
			return steps[i], true
		}
	}
	return steps[0], true
}

// besides are the other steps that can be taken.
func (f caseFile) besides() []procedure.Step {
	next, _ := f.next()
	var steps []procedure.Step
	for _, w := range f.Ways {
		if f.offered(w) && (w.Act != next.Act || w.If != next.If) {
			steps = append(steps, w)
		}
	}
	return steps
}

// examinesNow reports whether the next step rests on what registers answer.
func (f caseFile) examinesNow() bool {
	w, ok := f.next()
	return ok && w.Act == procedure.Examine
}

// tried is the act whose form was sent and is shown again.
func tried(q request) procedure.Act {
	if q.r.Method != "POST" {
		return ""
	}
	return procedure.Act(path.Base(q.r.URL.Path))
}

// bare are the acts that ask for nothing: their button says all.
var bare = []procedure.Act{procedure.Register, procedure.Notify, procedure.Refuse, procedure.Issue, procedure.Sign}

// todoTitle says what is to be done, unless the button below would say it again.
func todoTitle(p component.Page, w procedure.Step) string {
	if slices.Contains(bare, w.Act) || w.Act == procedure.Draft && w.If == procedure.IfGrant {
		return p.T("web.to-do-now")
	}
	return w.Act.In(p.Lang)
}

// handedInKey is where a session remembers the case handed in until it was said.
const handedInKey = "handed-in"

// handedIn is the confirmation of a case just handed in, once: what, when, what
// comes next and until when.
func (s *Site) handedIn(q request, p component.Page, v office.View) []component.Row {
	if q.r.Method != "GET" || s.sessions.GetString(q.r.Context(), handedInKey) != v.Case.ID {
		return nil
	}
	s.sessions.Remove(q.r.Context(), handedInKey)
	c := v.Case
	rows := []component.Row{
		{Key: p.T("web.handed-in-what"), Value: c.Application.Operation.In(p.Lang), Lines: []string{
			procedure.PartWorkers.In(p.Lang) + ": " + p.Number(len(c.Application.Workers)),
			p.T("web.files") + ": " + p.Number(len(v.Files)),
		}},
	}
	for _, e := range slices.Backward(v.Events) {
		if e.Act == procedure.Submit {
			at := e.At.In(zoneOf(c.Region))
			rows = append(rows, component.Row{Key: p.T("web.handed-in-when"), Value: calendar.Moment{Time: at}.In(p.Lang)})
			break
		}
	}
	next := component.Row{Key: p.T("web.handed-in-next"), Value: p.T("web.handed-in-next-say")}
	if r, ok := c.Term(law.Register); ok {
		t := s.term(p, c, r)
		next.Lines = append(next.Lines, p.T("web.handed-in-until", "until", t.Until))
	}
	if r, ok := c.Term(law.Answer); ok {
		next.Lines = append(next.Lines, p.T("web.handed-in-answer", "until", s.term(p, c, r).Until))
	}
	return append(rows, next)
}
