package component

import (
	"fmt"
	"slices"
)

// Left is what nobody holds and nobody has used.
func (q Quota) Left() int { return q.Allotted - q.Used - q.Held }

// share is a part of the allotment as the width of a bar.
func (q Quota) share(n int) string {
	if q.Allotted <= 0 {
		return "0%"
	}
	return fmt.Sprintf("%.2f%%", 100*float64(min(n, q.Allotted))/float64(q.Allotted))
}

// hasToday reports whether today stands in the strip.
func (t Term) hasToday() bool {
	return slices.ContainsFunc(t.Strip, func(d StripDay) bool { return d.Today })
}

// key are the kinds of days that stand in the strip, in the order of DayKinds, so
// that the key below it explains no others.
func (t Term) key() []DayKind {
	used := map[DayKind]bool{}
	for _, d := range t.Strip {
		used[d.Kind] = true
	}
	var kinds []DayKind
	for _, k := range DayKinds {
		if used[k] {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
