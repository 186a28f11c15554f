package registry

import (
	"slices"

	"ruqsat/calendar"
)

// A Span is a run of days: its first day, and the first day after it.
type Span struct{ From, Until calendar.Date }

// Has reports whether a day is in the span.
func (s Span) Has(on calendar.Date) bool { return !on.Before(s.From) && on.Before(s.Until) }

// Spans returns the days on which the permit is in force, in order. It asks
// [Permit.InForce] at every day on which anything can change, so that whoever
// counts by spans finds what the register says.
func (p Permit) Spans() []Span {
	days := []calendar.Date{p.From, p.Until.AddDays(1)}
	if !p.Ended.IsZero() {
		days = append(days, p.Ended)
	}
	for _, e := range p.History {
		days = append(days, e.On)
	}
	slices.SortFunc(days, byDay)
	var spans []Span
	open := false
	for _, d := range slices.Compact(days) {
		switch in := p.InForce(d); {
		case in && !open:
			spans, open = append(spans, Span{From: d}), true
		case !in && open:
			spans[len(spans)-1].Until, open = d, false
		}
	}
	return spans
}

// A Shift is a span in which more permits are in force than were before, or fewer.
type Shift struct {
	Span
	Permits int
}

// Shifts returns what changes when days in force become other ones: nothing where
// both say the same.
func Shifts(before, after []Span) []Shift {
	var days []calendar.Date
	for _, s := range slices.Concat(before, after) {
		days = append(days, s.From, s.Until)
	}
	slices.SortFunc(days, byDay)
	days = slices.Compact(days)
	var shifts []Shift
	for i, d := range days[:max(len(days)-1, 0)] {
		n := covering(after, d) - covering(before, d)
		switch last := len(shifts) - 1; {
		case n == 0:
		case last >= 0 && shifts[last].Until == d && shifts[last].Permits == n:
			shifts[last].Until = days[i+1]
		default:
			shifts = append(shifts, Shift{Span{d, days[i+1]}, n})
		}
	}
	return shifts
}

func covering(spans []Span, on calendar.Date) int {
	n := 0
	for _, s := range spans {
		if s.Has(on) {
			n++
		}
	}
	return n
}

func byDay(a, b calendar.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}
