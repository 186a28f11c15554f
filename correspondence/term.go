package correspondence

import (
	"ruqsat/calendar"
	"ruqsat/law"
)

// ReplyTerm is how long the authority has for a reply: fifteen working days. The
// article was not read, and it can prolong the term by a reasoned decision.
var ReplyTerm = law.TermValue{
	Term:    calendar.Term{N: 15, Unit: calendar.WorkingDays},
	Sourced: law.Sourced{From: calendar.DateOf(2021, 7, 1), Cite: "APPC art. 76", Sure: law.Assumed},
}

// ReplyBy returns the end of the term in which a request has to be answered, with
// the days it skips. What comes on a day off is registered on the next working
// day (APPC art. 63), and the term counts from that day.
func ReplyBy(r Request, of calendar.Calendar) (calendar.End, error) {
	if of.Zone() == nil {
		return calendar.End{}, calendar.UnknownYear(r.Received.Year)
	}
	opening := 0
	if hours := of.Hours(r.Received); len(hours) > 0 {
		opening = hours[0].Open
	}
	return of.End(r.Received.At(opening/60, opening%60, of.Zone()), ReplyTerm.Term)
}
