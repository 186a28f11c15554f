package calendar

import (
	"time"

	"ruqsat/lang"
)

// A Reason is why a day does not count.
type Reason string

// The reasons.
const (
	Weekend Reason = "weekend"
	Holiday Reason = "holiday" // by law
	Shifted Reason = "shifted" // rest for a holiday that fell on a weekend
	Moved   Reason = "moved"   // by an act, for a weekend day that is worked
)

// A Mark is what the national calendar says of one day.
type Mark struct {
	Why    Reason    // empty for a weekend day that is worked
	Name   lang.Text // of the holiday
	Other  Date      // the day worked in place of a moved one, or the holiday that was shifted
	Cite   string    // act, by its short name
	Act    lang.Text // act, as a person calls it
	Worked bool
}

// Days is the national calendar: what is not an ordinary weekday or weekend. A
// year that is not in Years is unknown. A Days is built once and not changed
// after it was given to [New].
type Days struct {
	Years map[int]bool
	Marks map[Date]Mark
}

// A Skip is a day that did not count.
type Skip struct {
	Day   Date      `json:"day"`
	Why   Reason    `json:"why"`
	Name  lang.Text `json:"name,omitzero"`
	Other Date      `json:"other,omitzero"` // see [Mark]
	Cite  string    `json:"cite,omitempty"`
	Act   lang.Text `json:"act,omitzero"`
}

// A table is the national calendar laid out day by day, so that a term is
// counted without looking into maps: some 60 KB for twelve years, made once for
// an authority.
type table struct {
	first int // number of the first day laid out
	days  []state
	off   []Skip // what the states point at; the zeroth is a working day
}

// A state is what the table knows of one day.
type state struct {
	off    int32 // index into off; unknown for a day of a year not entered
	worked int32 // working days from the first day up to and with this one
}

const unknown = -1

// lay lays the days out from the first year entered to the last.
func lay(days Days) *table {
	first, last := 0, -1
	for y, entered := range days.Years {
		if entered && (last < 0 || y < first) {
			first = y
		}
		if entered && y > last {
			last = y
		}
	}
	t := &table{first: number(Date{first, 1, 1}), off: []Skip{{}}}
	worked := int32(0)
	for d := (Date{first, 1, 1}); d.Year <= last; d = d.AddDays(1) {
		s := state{off: unknown}
		if days.Years[d.Year] {
			s.off = t.enter(days.skip(d))
		}
		if s.off == 0 {
			worked++
		}
		s.worked = worked
		t.days = append(t.days, s)
	}
	return t
}

func (t *table) enter(s Skip) int32 {
	if s.Why == "" {
		return 0
	}
	t.off = append(t.off, s)
	return int32(len(t.off) - 1)
}

// skip returns why a day of a known year is off; an empty reason if it is not.
func (days Days) skip(d Date) Skip {
	m, marked := days.Marks[d]
	switch weekday := d.Weekday(); {
	case marked && m.Worked:
		return Skip{}
	case marked:
		return Skip{d, m.Why, m.Name, m.Other, m.Cite, m.Act}
	case weekday == time.Saturday || weekday == time.Sunday:
		return Skip{Day: d, Why: Weekend}
	}
	return Skip{}
}

// at returns the state of a day, or that its year is unknown. A nil table knows
// no year.
func (t *table) at(d Date) (state, error) {
	if t != nil {
		if n := number(d) - t.first; n >= 0 && n < len(t.days) && t.days[n].off != unknown {
			return t.days[n], nil
		}
	}
	return state{}, UnknownYear(d.Year)
}

// after returns the nth working day after d, and the days off on the way.
func (t *table) after(d Date, n int) (Date, []Skip, error) {
	if _, err := t.at(d); err != nil {
		return Date{}, nil, err
	}
	from := number(d) - t.first
	i := from
	for left := n; left > 0; {
		i++
		if i >= len(t.days) || t.days[i].off == unknown {
			return Date{}, nil, UnknownYear(d.AddDays(i - from).Year)
		}
		if t.days[i].off == 0 {
			left--
		}
	}
	if i-from == n {
		return d.AddDays(n), nil, nil
	}
	skipped := make([]Skip, 0, i-from-n)
	for _, s := range t.days[from+1 : i] {
		if s.off != 0 {
			skipped = append(skipped, t.off[s.off])
		}
	}
	return d.AddDays(i - from), skipped, nil
}

// gap returns the first year that is unknown among those from one to another,
// both of which are known.
func (t *table) gap(from, until Date) error {
	for y := from.Year + 1; y < until.Year; y++ {
		if _, err := t.at(Date{y, 1, 1}); err != nil {
			return err
		}
	}
	return nil
}

// number counts days since 1 March of the year 0, by the Gregorian rule: a year
// begins in March, so that the leap day is its last.
func number(d Date) int {
	y, m := d.Year, int(d.Month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + d.Day - 1
}
