// Package statistics makes the figures that are published of the register: what is
// in force on a day by region, category and citizenship (a stock), what was issued
// in a month or a year (a flow), the ministry's monthly release, and how long cases
// take.
//
// Every figure says as of which day it holds and what it counts; see [Series].
// Small numbers are not shown where they could tell of a person; see [Protect]. The
// package counts from cells and events that package store keeps. Start at [Cell].
package statistics

import (
	"cmp"
	"slices"

	"ruqsat/law"
)

// A Key is what the figures are broken down by.
type Key struct {
	Region      string       `json:"region"` // two digits of KATO: whose department issued
	Category    law.Category `json:"category"`
	Citizenship string       `json:"citizenship"` // ISO 3166-1 alpha-2
}

// A Cell is how many permits have a key.
type Cell struct {
	Key
	Permits int `json:"permits"`
}

// Cells are a whole breakdown: keys that no permit has are left out.
type Cells []Cell

// Total adds all cells up.
func (c Cells) Total() int {
	n := 0
	for _, x := range c {
		n += x.Permits
	}
	return n
}

// Only returns the cells that a condition holds for.
func (c Cells) Only(holds func(Key) bool) Cells {
	return slices.DeleteFunc(slices.Clone(c), func(x Cell) bool { return !holds(x.Key) })
}

// InRegion holds for a region, and for every one where it is empty.
func InRegion(region string) func(Key) bool {
	return func(k Key) bool { return region == "" || k.Region == region }
}

// A Part is one line of a release: a category, or the transfers together.
type Part string

// The parts of the ministry's release, in its order.
const (
	PartI        Part = "I"
	PartII       Part = "II"
	PartIII      Part = "III"
	PartIV       Part = "IV"
	PartSeasonal Part = "seasonal"
	PartICT      Part = "ict"
)

// Parts are all parts, in the order of the release.
var Parts = []Part{PartI, PartII, PartIII, PartIV, PartSeasonal, PartICT}

// PartOf returns the part a category belongs to: heads, managers and specialists of
// a transfer are one.
func PartOf(c law.Category) Part {
	switch {
	case c.Scheme() == law.ICT:
		return PartICT
	case c == law.Seasonal:
		return PartSeasonal
	case c == law.I:
		return PartI
	case c == law.II:
		return PartII
	case c == law.III:
		return PartIII
	}
	return PartIV
}

// ByPart adds up by part of the release.
func (c Cells) ByPart() map[Part]int { return by(c, func(k Key) Part { return PartOf(k.Category) }) }

// ByRegion adds up by region.
func (c Cells) ByRegion() map[string]int { return by(c, func(k Key) string { return k.Region }) }

// ByCitizenship adds up by citizenship.
func (c Cells) ByCitizenship() map[string]int {
	return by(c, func(k Key) string { return k.Citizenship })
}

func by[K comparable](c Cells, name func(Key) K) map[K]int {
	sums := map[K]int{}
	for _, x := range c {
		sums[name(x.Key)] += x.Permits
	}
	return sums
}

// A Country is how many permits citizens of a country have. Code is empty for all
// the countries that are not named.
type Country struct {
	Code    string `json:"code"`
	Permits int    `json:"permits"`
}

// Main returns the countries with most permits, the others together. None with a
// small number is named, and the others are never one country, nor a small number.
func (c Cells) Main(most int) []Country {
	var list []Country
	for code, n := range c.ByCitizenship() {
		if n > 0 {
			list = append(list, Country{code, n})
		}
	}
	slices.SortFunc(list, func(a, b Country) int {
		return cmp.Or(cmp.Compare(b.Permits, a.Permits), cmp.Compare(a.Code, b.Code))
	})
	named := min(most, len(list))
	for named > 0 && Small(list[named-1].Permits) {
		named--
	}
	for named > 0 && named < len(list) && (len(list)-named < 2 || sum(list[named:]) <= len(list)-named) {
		named--
	}
	if named == len(list) {
		return list
	}
	return append(list[:named:named], Country{"", sum(list[named:])})
}

func sum(list []Country) int {
	n := 0
	for _, c := range list {
		n += c.Permits
	}
	return n
}
