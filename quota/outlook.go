package quota

import (
	"math"

	"ruqsat/calendar"
)

// Window is over how many days the pace of a line is taken: long enough for a
// few cases, short enough to notice a season.
const Window = 90

// fewCases is below how many cases no pace is told: with so few, one large
// employer would be the whole of it.
const fewCases = 4

// A Pace is what cases took of a line in the days before a day, from the entries.
type Pace struct {
	Taken Permits // held, less what was released
	Cases int     // that took it: holds
	Days  int     // over how many
}

// An Outlook is when a line will run out if it goes on as it did. It is no
// promise: cases come in lumps and seasons, and whoever is refused a hold today
// is released another tomorrow.
type Outlook struct {
	Pace
	// Daily is how many permits a day are taken.
	Daily float64
	// Gone, Early and Late are the days on which nothing is left: as it goes, and
	// with two standard errors more or less, were cases to come one by one. A zero
	// day lies behind the end of the year, for which the quota counts no more.
	Gone, Early, Late calendar.Date
	// Few is set where too little came to tell; the days are zero then.
	Few bool
	// Empty is set where nothing is left now.
	Empty bool
}

// Look returns the outlook of a line of a year from a day on.
func Look(b Balance, p Pace, year int, from calendar.Date) Outlook {
	o := Outlook{Pace: p, Empty: b.Available() <= 0}
	if p.Days > 0 {
		o.Daily = float64(p.Taken) / float64(p.Days)
	}
	if o.Few = p.Cases < fewCases || p.Taken <= 0 || p.Days <= 0; o.Few || o.Empty {
		return o
	}
	// The count of cases in a window scatters by its root, and permits with it.
	spread := 2 / math.Sqrt(float64(p.Cases))
	left := float64(b.Available())
	o.Gone = runsOut(left, o.Daily, year, from)
	o.Early = runsOut(left, o.Daily*(1+spread), year, from)
	o.Late = runsOut(left, o.Daily*(1-spread), year, from)
	return o
}

func runsOut(left, daily float64, year int, from calendar.Date) calendar.Date {
	if daily <= 0 {
		return calendar.Date{}
	}
	days := math.Ceil(left / daily)
	if days > 400 {
		return calendar.Date{}
	}
	if d := from.AddDays(int(days)); d.Year <= year {
		return d
	}
	return calendar.Date{}
}

// Shifted returns two lines as they would stand had n moved from one to the other.
func Shifted(from, to Balance, n Permits) (Balance, Balance) {
	from.Allotted -= n
	to.Allotted += n
	return from, to
}

// Total adds balances up; its line is that of none.
func Total(list []Balance) (t Balance) {
	for _, b := range list {
		t.Allotted += b.Allotted
		t.Held += b.Held
		t.Used += b.Used
	}
	return t
}
