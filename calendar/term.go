package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ruqsat/lang"
)

// A Unit is what a term is counted in.
type Unit string

// The units.
const (
	WorkingDays    Unit = "working days"
	WorkingHours   Unit = "working hours"
	WorkingMinutes Unit = "working minutes"
	CalendarDays   Unit = "calendar days"
)

// A Term is a length of time as an act writes it: 8 working days.
type Term struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
}

// ParseTerm reads a term written as "8 working days", "1 working hour" or "20
// working minutes".
func ParseTerm(s string) (Term, error) {
	n, unit, _ := strings.Cut(strings.TrimSpace(s), " ")
	count, err := strconv.Atoi(n)
	u := Unit(strings.TrimSuffix(strings.TrimSpace(unit), "s") + "s")
	switch u {
	case WorkingDays, WorkingHours, WorkingMinutes, CalendarDays:
		if err == nil && count > 0 && count <= 10_000 {
			return Term{count, u}, nil
		}
	}
	return Term{}, fmt.Errorf("%q is no term like %q, %q, %q or %q", s, "8 working days", "1 working hour", "20 working minutes", "30 calendar days")
}

// String returns the term as ParseTerm reads it.
func (t Term) String() string { return fmt.Sprintf("%d %s", t.N, t.Unit) }

// In says the term in a language.
func (t Term) In(tag lang.Tag) string {
	return lang.M("calendar."+strings.ReplaceAll(string(t.Unit), " ", "-"), lang.Args{"n": t.N}).In(tag)
}

// An End is when a term is over, and why then.
type End struct {
	Start   time.Time `json:"start"`   // what it began with
	Counted time.Time `json:"counted"` // from when it counts: Start, or the next opening
	At      time.Time `json:"at"`      // the first moment after the term
	Last    Date      `json:"last"`    // the last day on which it runs
	Term    Term      `json:"term"`
	Skipped []Skip    `json:"skipped,omitempty"`
	Zone    string    `json:"zone"` // IANA name of the zone the days are those of
}

// A Skip is a day that did not count.
type Skip struct {
	Day   Date      `json:"day"`
	Why   Reason    `json:"why"`
	Name  lang.Text `json:"name,omitzero"`
	Other Date      `json:"other,omitzero"` // see [Mark]
	Cite  string    `json:"cite,omitempty"`
}

// End returns when a term that began at t is over, with every day it skipped.
//
// What comes after hours counts as come when the office next opens. A term in
// days does not count that day, and is over when its last day is, at midnight
// and not at closing time: the portal takes papers at night. A term in hours or
// minutes runs while the office is open and stands still over the break, the
// night and days off. All this is our reading (docs/deviations.md 1, 2).
func (c Calendar) End(t time.Time, term Term) (End, error) {
	if c.zone == nil {
		return End{}, UnknownYear(t.Year())
	}
	t = t.In(c.zone)
	counted, err := c.nextOpen(t)
	if err != nil {
		return End{}, err
	}
	e := End{Start: t, Counted: counted, Term: term, Zone: c.zone.String()}
	switch term.Unit {
	case WorkingDays:
		return c.inDays(e)
	case CalendarDays:
		e.Last = c.Day(counted).AddDays(term.N)
		e.At = c.minute(e.Last.AddDays(1), 0)
		return e, nil
	case WorkingHours:
		return c.inHours(e, time.Duration(term.N)*time.Hour)
	case WorkingMinutes:
		return c.inHours(e, time.Duration(term.N)*time.Minute)
	}
	return End{}, fmt.Errorf("term of %s: no such unit", term)
}

func (c Calendar) inDays(e End) (End, error) {
	d := c.Day(e.Counted)
	for left := e.Term.N; left > 0; {
		d = d.AddDays(1)
		s, err := c.off(d)
		if err != nil {
			return End{}, err
		}
		if s.Why != "" {
			e.Skipped = append(e.Skipped, s)
			continue
		}
		left--
	}
	e.Last, e.At = d, c.minute(d.AddDays(1), 0)
	return e, nil
}

func (c Calendar) inHours(e End, left time.Duration) (End, error) {
	for d := c.Day(e.Counted); ; d = d.AddDays(1) {
		s, err := c.off(d)
		if err != nil {
			return End{}, err
		}
		if s.Why != "" {
			e.Skipped = append(e.Skipped, s)
			continue
		}
		for _, h := range c.hours {
			open, shut := c.minute(d, h.Open), c.minute(d, h.Close)
			if open.Before(e.Counted) {
				open = e.Counted
			}
			if open.Before(shut) {
				if room := shut.Sub(open); left > room {
					left -= room
					continue
				}
				e.Last, e.At = d, open.Add(left)
				return e, nil
			}
		}
	}
}

// Explain tells the whole reason of the end, a line each.
func (e End) Explain() []lang.Message {
	lines := []lang.Message{lang.M("calendar.explain-start", lang.Args{"moment": Moment{e.Start}, "term": e.Term})}
	if !e.Counted.Equal(e.Start) {
		lines = append(lines, lang.M("calendar.explain-closed", lang.Args{"moment": Moment{e.Counted}}))
	}
	if e.Term.Unit == WorkingDays {
		lines = append(lines, lang.M("calendar.explain-not-first", lang.Args{"day": dateOf(e.Counted)}))
	}
	for _, s := range e.Skipped {
		lines = append(lines, s.say())
	}
	if e.Term.Unit == WorkingDays || e.Term.Unit == CalendarDays {
		return append(lines, lang.M("calendar.explain-last-day", lang.Args{"day": e.Last}))
	}
	return append(lines, lang.M("calendar.explain-end", lang.Args{"moment": Moment{e.At}}))
}

func (s Skip) say() lang.Message {
	args := lang.Args{"day": s.Day, "name": s.Name, "other": s.Other, "cite": s.Cite, "weekday": weekday(s.Day.Weekday())}
	return lang.M("calendar.skip-"+string(s.Why), args)
}

type weekday time.Weekday

func (w weekday) In(t lang.Tag) string { return lang.Weekday(t, time.Weekday(w)) }

// A Moment says a time of a day: 3 July 2017, 10:15.
type Moment struct{ Time time.Time }

// In writes the moment out in a language, in the zone it is in.
func (m Moment) In(t lang.Tag) string {
	return dateOf(m.Time).In(t) + ", " + m.Time.Format("15:04")
}

// Left is how much of a term is left; less than nothing when it is over.
type Left struct {
	Days    int           // working days after today, for terms in days
	Minutes time.Duration // office time, for terms in hours and minutes
	InDays  bool
	Over    bool
}

// Remaining returns how much is left of a term at a moment.
func (c Calendar) Remaining(now time.Time, e End) (Left, error) {
	over := !now.Before(e.At)
	if e.Term.Unit == WorkingDays || e.Term.Unit == CalendarDays {
		n, err := c.WorkingDaysBetween(c.Day(now), e.Last)
		return Left{Days: n, InDays: true, Over: over}, err
	}
	if over {
		open, err := c.openBetween(e.At, now)
		return Left{Minutes: -open, Over: true}, err
	}
	open, err := c.openBetween(now, e.At)
	return Left{Minutes: open}, err
}

// openBetween returns how long the office is open between two moments.
func (c Calendar) openBetween(from, until time.Time) (time.Duration, error) {
	var sum time.Duration
	for d := c.Day(from); !c.minute(d, 0).After(until); d = d.AddDays(1) {
		ok, err := c.Working(d)
		if err != nil {
			return 0, err
		}
		for _, h := range c.hours {
			open, shut := c.minute(d, h.Open), c.minute(d, h.Close)
			if open.Before(from) {
				open = from
			}
			if shut.After(until) {
				shut = until
			}
			if ok && open.Before(shut) {
				sum += shut.Sub(open)
			}
		}
	}
	return sum, nil
}
