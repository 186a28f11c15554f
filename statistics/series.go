package statistics

import (
	"ruqsat/calendar"
	"ruqsat/lang"
)

// A Series is what a figure counts. Its definition stands beside each of its
// figures, so that a stock is never taken for a flow.
type Series string

// The series.
const (
	InForce Series = "in-force" // a stock, on a day
	Issued  Series = "issued"   // a flow, in a month or a year up to a day
	Times   Series = "times"    // how long stages of finished cases took
)

// AllSeries are all of them.
var AllSeries = []Series{InForce, Issued, Times}

// In names the series.
func (s Series) In(t lang.Tag) string { return lang.M("statistics.series-" + string(s)).In(t) }

// Definition says what the series counts and what it does not.
func (s Series) Definition(t lang.Tag) string {
	return lang.M("statistics.definition-" + string(s)).In(t)
}

// A Point is the value of a series on a day, or in the month that begins with it.
type Point struct {
	On calendar.Date `json:"on"`
	Figure
}

// MonthsBefore returns the first days of the n months that end with that of a day.
func MonthsBefore(on calendar.Date, n int) []calendar.Date {
	first := calendar.DateOf(on.Year, on.Month, 1)
	var months []calendar.Date
	for i := n - 1; i >= 0; i-- {
		months = append(months, first.AddMonths(-i))
	}
	return months
}
