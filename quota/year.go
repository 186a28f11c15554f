package quota

import (
	"slices"
)

// PlanOf returns the last of some orders that set a plan, or a zero order.
func PlanOf(orders []Record) Record {
	var plan Record
	for _, r := range orders {
		if r.Units > 0 {
			plan = r
		}
	}
	return plan
}

// InRegions returns the balances of regions, without the ministry's reserve.
func InRegions(list []Balance) []Balance {
	return slices.DeleteFunc(slices.Clone(list), func(b Balance) bool { return b.Line.Region == Reserve })
}

// Years returns the years that balances or orders are of, the latest first.
func Years(totals []Balance, orders []Record) []int {
	var years []int
	for _, b := range totals {
		years = append(years, b.Line.Year)
	}
	for _, r := range orders {
		years = append(years, r.Year)
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return years
}

// Differ counts totals again from the entries, in one pass, and returns the lines
// that come out otherwise.
func Differ(totals []Balance, entries []Entry) []Line {
	counted := map[Line]Balance{}
	add := func(l Line, e Entry) {
		d, b := Count(l, []Entry{e}), counted[l]
		counted[l] = Balance{Line: l, Allotted: b.Allotted + d.Allotted, Held: b.Held + d.Held, Used: b.Used + d.Used}
	}
	for _, e := range entries {
		add(e.Line, e)
		if e.Kind == Move {
			add(e.To, e)
		}
	}
	var lines []Line
	for _, b := range totals {
		if counted[b.Line] != b && (b != Balance{Line: b.Line} || counted[b.Line] != Balance{}) {
			lines = append(lines, b.Line)
		}
		delete(counted, b.Line)
	}
	for l := range counted {
		lines = append(lines, l) // has entries and no total
	}
	slices.SortFunc(lines, func(a, b Line) int { return slices.Compare([]byte(a.String()), []byte(b.String())) })
	return lines
}
