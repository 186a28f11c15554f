package correspondence

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
)

// Retime counts the term of a request anew in a calendar that an act has changed,
// as an act of the clock. It returns false if it ends as before, or the request is
// answered. The day a head moved the end to stands: it was decided, not counted.
func Retime(f File, at time.Time, act string, cal calendar.Calendar) (File, Event, bool, error) {
	if !f.State.Open() {
		return f, Event{}, false, nil
	}
	end, err := cal.End(f.Due.End.Start, f.Due.End.Term)
	if err != nil || end.At.Equal(f.Due.End.At) {
		return f, Event{}, false, err
	}
	next := f
	next.Due.End = end
	next.Version++
	return next, Event{
		File: f.ID, Version: next.Version, Act: Recount, By: party.TheClock, At: at, From: f.State, To: f.State,
		Cite: "Labour Code art. 85", Sure: law.Secondary, Note: Note{Text: act, Until: next.Due.Last()},
	}, true, nil
}
