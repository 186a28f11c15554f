package law

import (
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
)

type holiday struct {
	Days  []string `toml:"days"` // month and day, 01-02
	From  int      `toml:"from"` // first year; 0 for always
	Until int      `toml:"until"`
	Shift bool     `toml:"shift"`
	Cite  Cite     `toml:"cite"`
	Sure  Sure     `toml:"sure"`
	lang.Text
}

type kurbanAit struct {
	Cite Cite `toml:"cite"`
	lang.Text
	Days []struct {
		On   calendar.Date `toml:"on"`
		Sure Sure          `toml:"sure"`
	} `toml:"day"`
}

type moved struct {
	Cite Cite `toml:"cite"`
	Sure Sure `toml:"sure"`
	Days []struct {
		Off    calendar.Date `toml:"off"`
		Worked calendar.Date `toml:"worked"`
	} `toml:"days"`
}

// nationalDays puts the calendar of the country together: holidays, rest that
// moves on because a holiday fell on a weekend, and days that acts moved.
func (d *all) nationalDays() calendar.Days {
	days := calendar.Days{Years: map[int]bool{}, Marks: map[calendar.Date]calendar.Mark{}}
	for _, y := range d.Years {
		days.Years[y] = true
		d.holidaysOf(y, days.Marks)
	}
	for _, k := range d.KurbanAit.Days {
		days.Marks[k.On] = calendar.Mark{Why: calendar.Holiday, Name: d.KurbanAit.Text, Cite: string(d.KurbanAit.Cite)}
	}
	for _, y := range d.Years {
		d.shift(y, days.Marks)
	}
	for _, m := range d.Moved {
		for _, s := range m.Days {
			days.Marks[s.Off] = calendar.Mark{Why: calendar.Moved, Other: s.Worked, Cite: string(m.Cite)}
			days.Marks[s.Worked] = calendar.Mark{Worked: true, Other: s.Off, Cite: string(m.Cite)}
		}
	}
	return days
}

func (h holiday) in(year int) []calendar.Date {
	if year < h.From || h.Until > 0 && year > h.Until {
		return nil
	}
	var list []calendar.Date
	for _, s := range h.Days {
		day, err := calendar.ParseDate(fmt.Sprintf("%04d-%s", year, s))
		if err == nil {
			list = append(list, day)
		}
	}
	return list
}

func (d *all) holidaysOf(year int, marks map[calendar.Date]calendar.Mark) {
	for _, h := range d.Holidays {
		for _, day := range h.in(year) {
			marks[day] = calendar.Mark{Why: calendar.Holiday, Name: h.Text, Cite: string(h.Cite)}
		}
	}
}

// shift gives rest on the next working day for a holiday that fell on a weekend
// (Labour Code art. 85). Two that fell on one weekend take two days.
func (d *all) shift(year int, marks map[calendar.Date]calendar.Mark) {
	for day := calendar.DateOf(year, 1, 1); day.Year == year; day = day.AddDays(1) {
		m, off := marks[day]
		if !off || m.Why != calendar.Holiday || !weekend(day) || !d.shifts(day) {
			continue
		}
		rest := day.AddDays(1)
		for weekend(rest) || marks[rest].Why != "" {
			rest = rest.AddDays(1)
		}
		marks[rest] = calendar.Mark{Why: calendar.Shifted, Name: m.Name, Other: day, Cite: m.Cite}
	}
}

func (d *all) shifts(day calendar.Date) bool {
	for _, h := range d.Holidays {
		for _, on := range h.in(day.Year) {
			if on == day && h.Shift {
				return true
			}
		}
	}
	return false
}

func weekend(d calendar.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// dayValues returns the days off as values with sources.
func (d *all) dayValues() []Value {
	var list []Value
	for _, h := range d.Holidays {
		from := max(h.From, 2016)
		list = append(list, Value{"holiday " + h.EN, fmt.Sprint(h.Days), Sourced{calendar.DateOf(from, 1, 1), h.Cite, h.Sure}})
	}
	for _, k := range d.KurbanAit.Days {
		list = append(list, Value{"Kurban Ait", k.On.String(), Sourced{k.On, d.KurbanAit.Cite, k.Sure}})
	}
	for _, m := range d.Moved {
		for _, s := range m.Days {
			list = append(list, Value{"day off moved", s.Worked.String() + " to " + s.Off.String(), Sourced{s.Worked, m.Cite, m.Sure}})
		}
	}
	return list
}

// A Region is one of the country's regions and cities of their rank.
type Region struct {
	KATO string        `toml:"kato"` // first two digits
	Zone string        `toml:"zone"` // IANA
	Name lang.Text     `toml:"name"`
	From calendar.Date `toml:"from"` // since when it exists; zero for always
}

// A Section is a section of OKED.
type Section struct {
	Letter string    `toml:"letter"`
	Name   lang.Text `toml:"name"`
}

// A Country is one whose citizens may come.
type Country struct {
	Code string    `toml:"code"` // ISO 3166-1 alpha-2
	Name lang.Text `toml:"name"`
}

// officeHours are the hours of a department on a working day: 9:00 to 18:30 with
// a break from 13:00 to 14:30, as the standards of 2017 have them. Other hours
// of single departments are not known to us.
var officeHours = calendar.Hours{{Open: 9 * 60, Close: 13 * 60}, {Open: 14*60 + 30, Close: 18*60 + 30}}

func (d *all) makeCalendars() error {
	d.calendars = map[string]calendar.Calendar{}
	for _, r := range d.Regions {
		zone, err := time.LoadLocation(r.Zone)
		if err != nil {
			return fmt.Errorf("region %s: %w", r.KATO, err)
		}
		d.calendars[r.KATO] = calendar.New(zone, officeHours, d.days)
	}
	return nil
}

// CalendarFor returns the time of the department of a region.
func CalendarFor(region string) (calendar.Calendar, error) {
	c, ok := data().calendars[region]
	if !ok {
		return c, fmt.Errorf("no region %q", region)
	}
	return c, nil
}

// Regions returns the regions by their numbers.
func Regions() []Region { return data().Regions }

// RegionName returns the name of a region, or its number if there is none.
func RegionName(kato string) lang.Text {
	for _, r := range data().Regions {
		if r.KATO == kato {
			return r.Name
		}
	}
	return lang.Same(kato)
}

// Sections returns the sections of OKED.
func Sections() []Section { return data().Sections }

// Countries returns the countries we know.
func Countries() []Country { return data().Countries }

// CountryBy returns the country of a code, and whether we know it.
func CountryBy(code string) (Country, bool) {
	for _, c := range data().Countries {
		if c.Code == code {
			return c, true
		}
	}
	return Country{}, false
}
