package component

import "ruqsat/lang"

// A Unit is what a remaining time is counted in.
type Unit string

// The units of remaining time; all are of working time.
const (
	InDays    Unit = "days"
	InHours   Unit = "hours"
	InMinutes Unit = "minutes"
)

// Days is the time left of a term, or the time it is overdue.
type Days struct {
	Left   int  // of Unit; 0 is the last one; below 0 it is overdue
	Unit   Unit // InDays if empty
	Paused bool // the clock stands still
	Done   bool // the act was done; Left is what remained then

	// Green from Amber on, amber from Red on, red from 0 on, black below: the
	// bands touch and leave nothing out. Zero values mean 5 and 1.
	Amber, Red int
}

// Colour is the band the time left falls in.
func (d Days) Colour() Colour {
	amber, red := d.Amber, d.Red
	if amber == 0 {
		amber = 5
	}
	if red == 0 {
		red = 1
	}
	switch {
	case d.Paused:
		return Grey
	case d.Left < 0:
		return Black
	case d.Done:
		return Grey
	case d.Left < red:
		return Red
	case d.Left < amber:
		return Amber
	}
	return Green
}

// In says the time left in a language.
func (d Days) In(t lang.Tag) string {
	unit := d.Unit
	if unit == "" {
		unit = InDays
	}
	say := func(what string, n int) string {
		return lang.M("component."+string(unit)+what, lang.Args{"n": n}).In(t)
	}
	switch {
	case d.Paused:
		return say("-paused", d.Left)
	case d.Left < 0:
		return say("-late", -d.Left)
	case d.Done:
		return lang.M("component.days-done").In(t)
	case d.Left == 0:
		return say("-last", 0)
	}
	return say("-left", d.Left)
}

// daysShape is the shape beside the words, for who cannot tell the colours.
func daysShape(d Days) string {
	c := d.Colour()
	switch {
	case d.Paused:
		c = "grey"
	case d.Done && c == Grey:
		return ""
	}
	return "rq-days--" + string(c)
}

// modifier is the class of a block in a colour, and none for the plain one.
func modifier(block string, c Colour) string {
	if c == Grey {
		return ""
	}
	return block + "--" + string(c)
}
