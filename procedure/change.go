package procedure

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// A Change is what was done to the end of a term, and why.
type Change struct {
	Why    Why           `json:"why"`
	Term   law.TermName  `json:"term"`
	Key    string        `json:"key,omitempty"`  // of the outage or calendar act, so that it counts once
	Act    string        `json:"act,omitempty"`  // its number and day, in the words of who entered it
	From   time.Time     `json:"from,omitzero"`  // of the pause or the outage
	Until  time.Time     `json:"until,omitzero"` //
	Before calendar.Date `json:"before"`         // the last day of the term, as it was
	After  calendar.Date `json:"after"`          // and as it is
	N      int           `json:"n,omitempty"`    // working days or minutes given back, or left
	Unit   calendar.Unit `json:"unit,omitempty"` // of N
	Sure   law.Sure      `json:"sure,omitempty"` // of the rule it rests on
	Cite   law.Cite      `json:"cite,omitempty"` //
	Zone   string        `json:"zone,omitempty"` // in which From and Until are told
}

// A Why is for what reason a term ends on another day.
type Why string

// The reasons.
const (
	ForPause    Why = "pause"
	ForOutage   Why = "outage"
	ForCalendar Why = "calendar"
)

// Say tells what was done to a term, in one sentence.
func (x Change) Say() lang.Message {
	zone, err := time.LoadLocation(x.Zone)
	if err != nil {
		zone = time.UTC
	}
	return lang.M("procedure.change-"+string(x.Why), lang.Args{
		"from": calendar.Moment{Time: x.From.In(zone)}, "until": calendar.Moment{Time: x.Until.In(zone)},
		"before": x.Before, "after": x.After, "act": x.Act, "term": x.Term, "left": calendar.Term{N: x.N, Unit: x.Unit},
	})
}

// In says the change in a language.
func (x Change) In(t lang.Tag) string { return x.Say().In(t) }

// Explain tells the whole reason of the end of a term: how it was counted, after
// what was done to it.
func (r Running) Explain() []lang.Message {
	var lines []lang.Message
	for _, x := range r.Changes {
		lines = append(lines, x.Say())
	}
	return append(lines, r.End.Explain()...)
}

// A Told term is one with the whole reason of its end, as JSON has it: in three
// languages.
type Told struct {
	Running
	Explained []lang.Message `json:"explained"`
}

// Told returns the running terms of a case, each with the reason of its end.
func (c Case) Told() []Told {
	list := []Told{}
	for _, r := range c.Running {
		list = append(list, Told{r, r.Explain()})
	}
	return list
}
