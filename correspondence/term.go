package correspondence

import (
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// ReplyTerm is how long the authority has for a reply: fifteen working days. The
// article was not read, and it can prolong the term by a reasoned decision.
var ReplyTerm = law.TermValue{
	Term:    calendar.Term{N: 15, Unit: calendar.WorkingDays},
	Sourced: law.Sourced{From: calendar.DateOf(2021, 7, 1), Cite: "APPC art. 76", Sure: law.Assumed},
}

// maxProlong is by how many months the term can be prolonged at most (APPC art.
// 76, not read).
const maxProlong = 2

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

// ProlongTo returns the due day moved to a later one by a reasoned decision,
// taken before the term is over. The new end is a working day, at most two months
// after the first.
func (d Due) ProlongTo(until calendar.Date, why string, today calendar.Date, cal calendar.Calendar) (Due, error) {
	var f problem.Form
	latest := d.End.Last.AddMonths(maxProlong)
	switch working, err := cal.Working(until); {
	case until.IsZero() || !until.After(d.Last()) || until.After(latest):
		f.Wrong("until", "correspondence.bad-prolongation", lang.Args{"after": d.Last(), "latest": latest})
	case err != nil:
		return d, err
	case !working:
		f.Wrong("until", "correspondence.prolonged-to-day-off", lang.Args{"day": until})
	case today.After(d.Last()):
		f.Wrong("until", "correspondence.prolonged-late", lang.Args{"day": d.Last()})
	}
	if why == "" {
		f.Wrong("why", "correspondence.no-reasons")
	}
	if err := f.Err(); err != nil {
		return d, err
	}
	d.Until, d.Why = until, why
	return d, nil
}

// EndOf returns the end of the term as it stands, prolonged or not, for what is
// left of it.
func (d Due) EndOf(cal calendar.Calendar) calendar.End {
	e := d.End
	if !d.Until.IsZero() {
		e.Last, e.At = d.Until, d.Until.AddDays(1).At(0, 0, cal.Zone())
	}
	return e
}

// Explain tells the reason of the last day, a line each.
func (d Due) Explain() []lang.Message {
	lines := d.End.Explain()
	if !d.Until.IsZero() {
		lines = append(lines, lang.M("correspondence.explain-prolonged", lang.Args{"day": d.Until, "why": d.Why}))
	}
	return lines
}
