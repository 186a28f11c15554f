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
		return c.countDays(e)
	case CalendarDays:
		e.Last = c.Day(counted).AddDays(term.N)
		e.At = c.minute(e.Last.AddDays(1), 0)
		return e, nil
	case WorkingHours:
		return c.countOpen(e, time.Duration(term.N)*time.Hour)
	case WorkingMinutes:
		return c.countOpen(e, time.Duration(term.N)*time.Minute)
	}
	return End{}, fmt.Errorf("term of %s: no such unit", term)
}

func (c Calendar) countDays(e End) (_ End, err error) {
	if e.Last, e.Skipped, err = c.days.after(c.Day(e.Counted), e.Term.N); err != nil {
		return End{}, err
	}
	e.At = c.minute(e.Last.AddDays(1), 0)
	return e, nil
}

func (c Calendar) countOpen(e End, left time.Duration) (End, error) {
	for d := c.Day(e.Counted); ; d = d.AddDays(1) {
		s, err := c.Mark(d)
		if err != nil {
			return End{}, err
		}
		if s.Why != "" {
			e.Skipped = append(e.Skipped, s)
			continue
		}
		for _, h := range c.Hours(d) {
			open := later(c.minute(d, h.Open), e.Counted)
			room := max(0, c.minute(d, h.Close).Sub(open))
			if left <= room {
				e.Last, e.At = d, open.Add(left)
				return e, nil
			}
			left -= room
		}
	}
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
	if e.inDays() {
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
	for d, last := c.Day(from), c.Day(until); !d.After(last); d = d.AddDays(1) {
		ok, err := c.Working(d)
		if err != nil {
			return 0, err
		}
		if !ok {
			continue
		}
		for _, h := range c.Hours(d) {
			sum += max(0, earlier(c.minute(d, h.Close), until).Sub(later(c.minute(d, h.Open), from)))
		}
	}
	return sum, nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// OpenBetween returns how long the office is open between two moments; nothing if
// the second comes first.
func (c Calendar) OpenBetween(from, until time.Time) (time.Duration, error) {
	if !from.Before(until) {
		return 0, nil
	}
	return c.openBetween(from, until)
}
