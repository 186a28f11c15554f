package registry

import "ruqsat/calendar"

// A Level is how many permits an employer has in force from a day on.
type Level struct {
	From    calendar.Date
	Permits int
}

// A Turn is a day on which one more employer has permits in force than the day
// before, or one fewer.
type Turn struct {
	On        calendar.Date
	Employers int // 1 or -1; more only where levels were wrong
}

// Turns returns what a shift changes in the days on which its employer has any
// permit in force. The levels are those of before, in order, from the first day of
// the shift up to its end.
func Turns(levels []Level, s Shift) []Turn {
	var turns []Turn
	last := 0
	for _, l := range levels {
		if d := any01(l.Permits+s.Permits) - any01(l.Permits); d != last {
			turns = append(turns, Turn{l.From, d - last})
			last = d
		}
	}
	if last != 0 {
		turns = append(turns, Turn{s.Until, -last})
	}
	return turns
}

// any01 is 1 where there is anything, else 0.
func any01(n int) int {
	if n > 0 {
		return 1
	}
	return 0
}
