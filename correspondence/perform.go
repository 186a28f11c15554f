package correspondence

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Deed is an act that somebody does, and when.
type Deed struct {
	Act Act
	By  party.Actor
	At  time.Time
	// Version is that of the file the doer had before them; 0 if they saw none. The
	// act is refused if somebody else has acted since.
	Version int
}

// Perform does a deed to f, and returns the file as it is afterwards with the
// event to record. When it fails, f stands as it was.
//
// It refuses what there is no step for, what is another's to do, and what was
// decided on an older version of the file.
func Perform(f File, d Deed, cal calendar.Calendar) (File, Event, error) {
	if d.Version != 0 && d.Version != f.Version {
		return f, Event{}, problem.New(problem.Conflict, "problem.moved-on")
	}
	s, err := f.find(d)
	if err != nil {
		return f, Event{}, err
	}
	next := f
	next.State = s.To
	next.Version++
	return next, Event{
		File: f.ID, Version: next.Version, Act: d.Act, By: d.By, At: d.At,
		From: f.State, To: s.To, Cite: s.Cite, Sure: s.Sure,
		Late: d.Act == Dispatch && cal.Day(d.At).After(f.Due.Last()),
	}, nil
}

// find returns the step a deed takes, or says why there is none.
func (f File) find(d Deed) (Step, error) {
	for _, s := range Steps {
		if s.From == f.State && s.Act == d.Act && (d.Act != Publish || f.Published.IsZero()) {
			return s, f.allows(s, d.By)
		}
	}
	return Step{}, problem.New(problem.Conflict, "correspondence.not-possible", lang.Args{"act": d.Act, "state": f.State})
}

// allows says why an actor may not take a step of a file: it is another role's,
// another region's, or another executor's.
func (f File) allows(s Step, by party.Actor) error {
	mine := by.Role != party.Executor || by.Account == f.Executor
	if !slices.Contains(s.By, by.Role) || by.Region != f.Region || !mine {
		return problem.New(problem.NotAllowed, "correspondence.not-yours", lang.Args{"act": s.Act})
	}
	return nil
}

// Ways returns the steps an actor can take with a file now. Pages show a button
// for each, and no other.
func Ways(f File, by party.Actor) []Step {
	var ways []Step
	for _, s := range Steps {
		if s.From == f.State && f.allows(s, by) == nil && (s.Act != Publish || f.Published.IsZero()) {
			ways = append(ways, s)
		}
	}
	return ways
}

// WaitsFor returns who has to act next; no role when nobody has.
func WaitsFor(f File) party.Role {
	return map[State]party.Role{
		Registered: party.Head, Assigned: party.Executor, Drafted: party.Head, Signed: party.Clerk,
	}[f.State]
}

// MaySee reports whether an actor may look into a file: the department it is of.
func MaySee(by party.Actor, f File) bool { return by.Role.Authority() && by.Region == f.Region }
