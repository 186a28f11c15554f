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
		days.Marks[k.On] = calendar.Mark{Why: calendar.Holiday, Name: d.KurbanAit.Text, Cite: string(d.KurbanAit.Cite), Act: d.named(d.KurbanAit.Cite)}
	}
	for _, y := range d.Years {
		d.shift(y, days.Marks)
	}
	for _, m := range d.Moved {
		for _, s := range m.Days {
			days.Marks[s.Off] = calendar.Mark{Why: calendar.Moved, Other: s.Worked, Cite: string(m.Cite), Act: d.named(m.Cite)}
			days.Marks[s.Worked] = calendar.Mark{Worked: true, Other: s.Off, Cite: string(m.Cite), Act: d.named(m.Cite)}
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
			marks[day] = calendar.Mark{Why: calendar.Holiday, Name: h.Text, Cite: string(h.Cite), Act: d.named(h.Cite)}
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
		marks[rest] = calendar.Mark{Why: calendar.Shifted, Name: m.Name, Other: day, Cite: m.Cite, Act: m.Act}
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
		from := max(h.From, d.Years[0])
		var last calendar.Date
		if h.Until > 0 {
			last = calendar.DateOf(h.Until, 12, 31)
		}
		list = append(list, Value{"holiday " + h.EN, fmt.Sprint(h.Days), Sourced{From: calendar.DateOf(from, 1, 1), Until: last, Cite: h.Cite, Sure: h.Sure}})
	}
	for _, k := range d.KurbanAit.Days {
		list = append(list, Value{"Kurban Ait", k.On.String(), Sourced{From: k.On, Cite: d.KurbanAit.Cite, Sure: k.Sure}})
	}
	for _, m := range d.Moved {
		for _, s := range m.Days {
			list = append(list, Value{"day off moved", s.Worked.String() + " to " + s.Off.String(), Sourced{From: earlier(s.Off, s.Worked), Cite: m.Cite, Sure: m.Sure}})
		}
	}
	return list
}

// named returns how a paper names the act of a cite.
func (d *all) named(c Cite) lang.Text {
	a, _ := d.actOf(c)
	return a.Text
}

func earlier(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return a
	}
	return b
}

// Years returns the years whose days off are entered.
func Years() []int { return data().Years }

// YearKnown reports whether the days off of a year are entered.
func YearKnown(year int) bool { return data().days.Years[year] }
