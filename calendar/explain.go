package calendar

import (
	"time"

	"ruqsat/lang"
)

// Explain tells the whole reason of the end, a line each: what it began with and
// whether the office was closed then, the days that do not count and why, and
// the last one. Days of one weekend share a line.
func (e End) Explain() []lang.Message {
	lines := []lang.Message{lang.M("calendar.explain-start", lang.Args{"moment": Moment{e.Start}, "term": e.Term})}
	if !e.Counted.Equal(e.Start) {
		lines = append(lines, lang.M("calendar.explain-closed", lang.Args{"moment": Moment{e.Counted}}))
	}
	if e.inDays() {
		lines = append(lines, lang.M("calendar.explain-not-first", lang.Args{"day": dateOf(e.Counted)}))
	}
	for rest := e.Skipped; len(rest) > 0; {
		n := run(rest)
		lines = append(lines, say(rest[:n]))
		rest = rest[n:]
	}
	if e.inDays() {
		return append(lines,
			lang.M("calendar.explain-last-day", lang.Args{"day": e.Last}),
			lang.M("calendar.explain-over", lang.Args{"moment": Moment{e.At}}))
	}
	return append(lines, lang.M("calendar.explain-end", lang.Args{"moment": Moment{e.At}}))
}

// inDays reports whether the term is counted in days, not in office time.
func (e End) inDays() bool { return e.Term.Unit == WorkingDays || e.Term.Unit == CalendarDays }

// run returns how many of the days at the beginning of list are told in one
// line: an ordinary weekend, or any other day alone.
func run(list []Skip) int {
	n := 1
	for list[0].Why == Weekend && n < len(list) && list[n].Why == Weekend && list[n].Day == list[n-1].Day.AddDays(1) {
		n++
	}
	return n
}

func say(list []Skip) lang.Message {
	s, last := list[0], list[len(list)-1]
	if s != last {
		return lang.M("calendar.skip-weekend-days", lang.Args{
			"from": s.Day, "until": last.Day,
			"first": weekday(s.Day.Weekday()), "last": weekday(last.Day.Weekday()),
		})
	}
	return s.Say()
}

// Say tells why the day does not count.
func (s Skip) Say() lang.Message {
	act := s.Act
	if act == (lang.Text{}) {
		act = lang.Same(s.Cite)
	}
	return lang.M("calendar.skip-"+string(s.Why), lang.Args{
		"day": s.Day, "name": s.Name, "other": s.Other, "act": act, "weekday": weekday(s.Day.Weekday()),
	})
}

type weekday time.Weekday

func (w weekday) In(t lang.Tag) string { return lang.Weekday(t, time.Weekday(w)) }

// A Moment says a time of a day: 3 July 2017, 10:15.
type Moment struct{ Time time.Time }

// In writes the moment out in a language, in the zone it is in.
func (m Moment) In(t lang.Tag) string {
	return dateOf(m.Time).In(t) + ", " + m.Time.Format("15:04")
}
