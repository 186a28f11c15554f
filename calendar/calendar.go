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
	Cite   string    // act
	Worked bool
}

// Days is the national calendar: what is not an ordinary weekday or weekend. A
// year that is not in Years is unknown.
type Days struct {
	Years map[int]bool
	Marks map[Date]Mark
}

// Span is a time of day from one minute to another, counted from midnight.
type Span struct{ Open, Close int }

// Hours are the hours of an office: the spans of a working day in order, the
// breaks being what lies between them.
type Hours []Span

// A Calendar is the time of one authority. The zero Calendar knows no year.
type Calendar struct {
	zone  *time.Location
	hours Hours
	days  Days
}

// New returns the calendar of an authority in a zone, with its hours and the
// country's days off.
func New(zone *time.Location, hours Hours, days Days) Calendar {
	return Calendar{zone, hours, days}
}

// Zone returns the zone of the authority.
func (c Calendar) Zone() *time.Location { return c.zone }

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

// off returns why d does not count; an empty reason if it does.
func (c Calendar) off(d Date) (Skip, error) {
	if !c.days.Years[d.Year] {
		return Skip{}, UnknownYear(d.Year)
	}
	m, marked := c.days.Marks[d]
	switch weekday := d.Weekday(); {
	case marked && m.Worked:
		return Skip{}, nil
	case marked:
		return Skip{d, m.Why, m.Name, m.Other, m.Cite}, nil
	case weekday == time.Saturday || weekday == time.Sunday:
		return Skip{Day: d, Why: Weekend}, nil
	}
	return Skip{}, nil
}

// Working reports whether the authority works on a day.
func (c Calendar) Working(d Date) (bool, error) {
	s, err := c.off(d)
	return s.Why == "", err
}

// Mark returns why a day is off; Why is empty for a working day.
func (c Calendar) Mark(d Date) (Skip, error) { return c.off(d) }

// Open reports whether the office is open at t.
func (c Calendar) Open(t time.Time) (bool, error) {
	start, err := c.nextOpen(t)
	return start.Equal(t), err
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
	n := 0
	for d := from.AddDays(1); !d.After(until); d = d.AddDays(1) {
		ok, err := c.Working(d)
		if err != nil {
			return 0, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// nextOpen returns t, or the moment the office next opens if it is closed.
func (c Calendar) nextOpen(t time.Time) (time.Time, error) {
	for d := c.Day(t); ; d = d.AddDays(1) {
		ok, err := c.Working(d)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			continue
		}
		for _, s := range c.hours {
			if t.Before(c.minute(d, s.Open)) {
				return c.minute(d, s.Open), nil
			}
			if t.Before(c.minute(d, s.Close)) {
				return t, nil
			}
		}
	}
}

func (c Calendar) minute(d Date, m int) time.Time { return d.At(m/60, m%60, c.zone) }
