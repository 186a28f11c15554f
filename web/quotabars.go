package web

import (
	"slices"

	"ruqsat/office"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// A bar is one region in the comparison.
type bar struct {
	Name                       string
	Allotted, Held, Used, Left int
	Y                          int // of its row in the picture
}

// quotaBars are the regions by what was given to them, the largest first.
func quotaBars(p component.Page, y office.QuotaYear) []bar {
	var list []bar
	for _, kato := range quotaRegions(y) {
		b := y.Region(kato)
		if kato == quota.Reserve || b.Allotted == 0 {
			continue
		}
		list = append(list, bar{quota.RegionName(kato).In(p.Lang), int(b.Allotted), int(b.Held), int(b.Used), int(b.Available()), 0})
	}
	slices.SortStableFunc(list, func(a, b bar) int { return b.Allotted - a.Allotted })
	for i := range list {
		list[i].Y = i * barRow
	}
	return list
}

// Sizes of the comparison, in the units of its view box.
const (
	barRow   = 26
	barLeft  = 250 // where bars begin, right of the names
	barWide  = 420
	barsWide = barLeft + barWide + 60
)

// length is how long a part of a bar is.
func length(n int, bars []bar) int {
	most := 1
	for _, b := range bars {
		most = max(most, b.Allotted)
	}
	return max(0, n) * barWide / most
}
