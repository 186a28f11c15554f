package law

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// A DayChange is an act that changed the days off after our data were written, as
// the administrator entered it: a day that is off now, a day that is worked now,
// or both, where rest was moved.
type DayChange struct {
	Off    calendar.Date `json:"off,omitzero"`
	Worked calendar.Date `json:"worked,omitzero"`
	Act    string        `json:"act"`  // its number and day
	Note   string        `json:"note"` // why
}

// A BadChange says what is wrong with a change of the calendar, and at which
// field.
type BadChange struct {
	Field string
	Say   lang.Message
}

func (e BadChange) Error() string { return e.Field + ": " + e.Say.In(lang.EN) }

// Check returns what is wrong with a change of a calendar. A day that is off
// already cannot be given, nor one taken that is worked already.
func (x DayChange) Check(cal calendar.Calendar) error {
	if x.Off.IsZero() && x.Worked.IsZero() {
		return BadChange{"off", lang.M("law.change-empty")}
	}
	if strings.TrimSpace(x.Act) == "" {
		return BadChange{"act", lang.M("law.change-no-act")}
	}
	for _, d := range []struct {
		field string
		day   calendar.Date
		works bool
		key   string
	}{{"off", x.Off, true, "law.change-off-already"}, {"worked", x.Worked, false, "law.change-worked-already"}} {
		if d.day.IsZero() {
			continue
		}
		works, err := cal.Working(d.day)
		if year, ok := errors.AsType[calendar.UnknownYear](err); ok {
			return BadChange{d.field, year.Say()}
		}
		if err != nil {
			return err
		}
		if works != d.works {
			return BadChange{d.field, lang.M(d.key, lang.Args{"day": d.day})}
		}
	}
	return nil
}

// name is what a day that is off for itself is called.
func (x DayChange) name() string {
	if x.Note == "" {
		return x.Act
	}
	return x.Note
}

// A Calendars is the time of every department, under the days off of the law and
// what acts have changed since.
type Calendars struct{ of map[string]calendar.Calendar }

// For returns the time of the department of a region.
func (c Calendars) For(region string) (calendar.Calendar, error) {
	if c.of == nil {
		return CalendarFor(region)
	}
	cal, ok := c.of[region]
	if !ok {
		return cal, fmt.Errorf("no region %q", region)
	}
	return cal, nil
}

// CalendarsWith lays changes over the calendar of the law, in the order given. The
// data of the law stay as they are, and a year nobody has entered stays unknown.
func CalendarsWith(changes []DayChange) (Calendars, error) {
	if len(changes) == 0 {
		return Calendars{}, nil
	}
	d := *data()
	d.days = calendar.Days{Years: d.days.Years, Marks: maps.Clone(d.days.Marks)}
	for _, x := range changes {
		act := lang.Same(x.Act)
		if !x.Off.IsZero() {
			m := calendar.Mark{Why: calendar.Moved, Other: x.Worked, Cite: x.Act, Act: act}
			if x.Worked.IsZero() {
				m = calendar.Mark{Why: calendar.Holiday, Name: lang.Same(x.name()), Cite: x.Act, Act: act}
			}
			d.days.Marks[x.Off] = m
		}
		if !x.Worked.IsZero() {
			d.days.Marks[x.Worked] = calendar.Mark{Worked: true, Other: x.Off, Cite: x.Act, Act: act}
		}
	}
	if err := d.makeCalendars(); err != nil {
		return Calendars{}, err
	}
	return Calendars{d.calendars}, nil
}
