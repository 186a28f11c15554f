package complaint

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
)

// Retime counts the running terms of a complaint anew in a calendar that an act has
// changed, as an act of the clock. It returns false if each ends as before. What
// the receipt says stays: it says what was counted that day.
func Retime(c Complaint, at time.Time, act string, cal calendar.Calendar) (Complaint, bool, error) {
	next := c
	next.Running = slices.Clone(c.Running)
	moved := false
	for i, r := range c.Running {
		end, err := cal.End(r.End.Start, r.End.Term)
		if err != nil {
			return c, false, err
		}
		moved = moved || !end.At.Equal(r.End.At)
		next.Running[i].End = end
	}
	if !moved || !c.State.Open() {
		return c, false, nil
	}
	next.Version++
	next.Events = append(slices.Clone(c.Events), Event{
		Act: Recount, By: party.TheClock, At: at, To: c.State, Cite: "Labour Code art. 85", Sure: law.Secondary, Note: Note{Words: act},
	})
	return next, true, nil
}
