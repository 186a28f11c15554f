package calendar

import (
	"slices"
	"time"

	"ruqsat/lang"
)

// Span is a time of day from one minute to another, counted from midnight.
type Span struct{ Open, Close int }

// Hours are the hours of an office: the spans of a working day in order, the
// breaks being what lies between them.
type Hours []Span

// A Calendar is the time of one authority. The zero Calendar knows no year.
type Calendar struct {
	zone  *time.Location
	hours Hours
	later []change // hours that hold from a day on, the latest first
	days  *table
}

type change struct {
	from  Date
	hours Hours
}

// New returns the calendar of an authority in a zone, with its hours and the
// country's days off.
func New(zone *time.Location, hours Hours, days Days) Calendar {
	return Calendar{zone: zone, hours: hours, days: lay(days)}
}

// Since returns the calendar with other hours from a day on.
func (c Calendar) Since(from Date, hours Hours) Calendar {
	c.later = append(slices.Clone(c.later), change{from, hours})
	slices.SortFunc(c.later, func(a, b change) int { return number(b.from) - number(a.from) })
	return c
}

// Zone returns the zone of the authority.
func (c Calendar) Zone() *time.Location { return c.zone }

// Hours returns the hours of the office on a working day.
func (c Calendar) Hours(on Date) Hours {
	for _, l := range c.later {
		if !on.Before(l.from) {
			return l.hours
		}
	}
	return c.hours
}

// Day returns the day it is at t where the authority is.
func (c Calendar) Day(t time.Time) Date { return dateOf(t.In(c.zone)) }

// An UnknownYear is a year whose days off nobody has entered.
type UnknownYear int

// Error says which year lacks its calendar, and what to do.
func (y UnknownYear) Error() string { return y.Say().In(lang.EN) }

// Say tells a person which year lacks its calendar, and what to do.
func (y UnknownYear) Say() lang.Message {
	return lang.M("calendar.unknown-year", lang.Args{"year": int(y)})
}

// Working reports whether the authority works on a day.
func (c Calendar) Working(d Date) (bool, error) {
	s, err := c.days.at(d)
	return err == nil && s.off == 0, err
}

// Mark returns why a day is off; Why is empty for a working day.
func (c Calendar) Mark(d Date) (Skip, error) {
	s, err := c.days.at(d)
	if err != nil {
		return Skip{}, err
	}
	return c.days.off[s.off], nil
}

// Open reports whether the office is open at t.
func (c Calendar) Open(t time.Time) (bool, error) {
	start, err := c.nextOpen(t)
	return err == nil && start.Equal(t), err
}

// NextWorking returns the first working day after d.
func (c Calendar) NextWorking(d Date) (Date, error) {
	for {
		d = d.AddDays(1)
		if ok, err := c.Working(d); ok || err != nil {
			return d, err
		}
	}
}

// WorkingDaysBetween returns how many working days lie after from, up to and
// with until; fewer than none when until comes before from.
func (c Calendar) WorkingDaysBetween(from, until Date) (int, error) {
	if until.Before(from) {
		n, err := c.WorkingDaysBetween(until, from)
		return -n, err
	}
	a, err := c.days.at(from)
	if err != nil {
		return 0, err
	}
	b, err := c.days.at(until)
	if err != nil {
		return 0, err
	}
	return int(b.worked - a.worked), c.days.gap(from, until)
}

// nextOpen returns t, or the moment the office next opens if it is closed.
func (c Calendar) nextOpen(t time.Time) (time.Time, error) {
	if c.zone == nil {
		return time.Time{}, UnknownYear(t.Year())
	}
	for d := c.Day(t); ; d = d.AddDays(1) {
		ok, err := c.Working(d)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			continue
		}
		for _, s := range c.Hours(d) {
			if open := c.minute(d, s.Open); t.Before(open) {
				return open, nil
			}
			if t.Before(c.minute(d, s.Close)) {
				return t, nil
			}
		}
	}
}

// minute returns the moment of a day that is m minutes after midnight by the
// clock on the wall.
func (c Calendar) minute(d Date, m int) time.Time { return d.At(m/60, m%60, c.zone) }
