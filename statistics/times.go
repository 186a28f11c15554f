package statistics

import (
	"cmp"
	"slices"
	"time"

	"ruqsat/procedure"
)

// A Stage is how long cases stood in a state before an act moved them on. Nothing
// is left out: returned, refused, corrected and complex cases count as others do,
// and the time counts in days of the calendar whoever it belonged to.
type Stage struct {
	State  procedure.State `json:"state"`
	Times  int             `json:"times"` // how often a case passed the stage
	Median time.Duration   `json:"-"`
	P90    time.Duration   `json:"-"`    // nine in ten were no slower
	Late   int             `json:"late"` // of them, left after a term of the authority was over
}

// Share returns how much of it was late, in percent.
func (s Stage) Share() int {
	if s.Times == 0 {
		return 0
	}
	return (s.Late*100 + s.Times/2) / s.Times
}

// Stages counts how long each stage took from the events of whole cases. Events of
// a case stand together, in their order.
func Stages(events []procedure.Event) []Stage {
	spent, late := map[procedure.State][]time.Duration{}, map[procedure.State]int{}
	for i := 1; i < len(events); i++ {
		before, e := events[i-1], events[i]
		if e.Case != before.Case {
			continue
		}
		spent[e.From] = append(spent[e.From], e.At.Sub(before.At))
		if len(e.Late) > 0 {
			late[e.From]++
		}
	}
	var stages []Stage
	for _, state := range procedure.States {
		if took := spent[state]; len(took) > 0 {
			slices.SortFunc(took, cmp.Compare[time.Duration])
			stages = append(stages, Stage{state, len(took), quantile(took, 50), quantile(took, 90), late[state]})
		}
	}
	return stages
}

// quantile returns the least time that so many percent do not exceed.
func quantile(sorted []time.Duration, percent int) time.Duration {
	return sorted[max((len(sorted)*percent+99)/100, 1)-1]
}
