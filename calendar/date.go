// Package calendar counts time as the law does: in working days, working hours
// and minutes of one authority, in its own zone, with the days off of the
// country.
//
// It does not know which days are off: package law does, and makes a [Calendar]
// of them. A year whose days off nobody has entered is an error, never a guess.
// Start at [Calendar.End].
package calendar

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the zones of Kazakhstan, wherever the program runs

	"ruqsat/lang"
)

// A Date is a day, in no zone. The zero Date is no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns a day; 31 April becomes 1 May.
func DateOf(year int, month time.Month, day int) Date {
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a day written as 2017-07-03.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no day like 2017-07-03", s)
	}
	return dateOf(t), nil
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String returns the day as 2017-07-03.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Short returns the day as both official languages write it: 03.07.2017.
func (d Date) Short() string { return lang.FormatDayShort(d.Year, d.Month, d.Day) }

// In writes the day out in a language.
func (d Date) In(t lang.Tag) string {
	if d.IsZero() {
		return ""
	}
	return lang.FormatDay(t, d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d comes before o.
func (d Date) Before(o Date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

// After reports whether d comes after o.
func (d Date) After(o Date) bool { return o.Before(d) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return dateOf(d.utc().AddDate(0, 0, n)) }

// PlusMonths returns the last day of a term of n months that begins on d: twelve
// months from 3 July 2017 end on 2 July 2018. Where the month lacks the day, the
// term ends with the month.
func (d Date) PlusMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	if d.Day > last {
		return DateOf(first.Year(), first.Month(), last)
	}
	return DateOf(first.Year(), first.Month(), d.Day-1)
}

// AddMonths returns the same day n months later, or the last of that month.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Date{first.Year(), first.Month(), min(d.Day, first.AddDate(0, 1, -1).Day())}
}

// Days returns how many days o is after d.
func (d Date) Days(o Date) int { return int(o.utc().Sub(d.utc()).Hours() / 24) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// At returns the moment of the day that is hour and minute in a zone.
func (d Date) At(hour, minute int, in *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, in)
}

// MarshalText writes the day as String does; no day is empty.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote, and a day of a TOML file, to which
// its reader adds midnight.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if *d = (Date{}); len(b) > 0 {
		*d, err = ParseDate(strings.TrimSuffix(string(b), "T00:00:00Z"))
	}
	return err
}
