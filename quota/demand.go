package quota

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Demand is what an employer asks for in the next year, or, with no employer,
// what a region asks of the ministry. What it holds is told by guides to the
// rules before 2023 (secondary); that it still does is assumed.
type Demand struct {
	Year   int        `json:"year"`
	Region string     `json:"region"`
	BIN    party.BIN  `json:"bin,omitempty"`
	Name   lang.Text  `json:"name,omitzero"`
	Valid  int        `json:"valid"` // permits in force now
	Rows   []Position `json:"rows"`
	Why    string     `json:"why"`   // projects and grounds
	At     time.Time  `json:"at"`    // when it came
	Late   bool       `json:"late"`  // after the day it was due
	Count  int        `json:"count"` // of a region: how many employers are in it
}

// A Position is one row of a demand.
type Position struct {
	Category law.Category `json:"category"`
	Title    string       `json:"title"`
	Permits  Permits      `json:"permits"`
}

// DemandDue returns the last day on which employers ask for a year: 1 October of
// the year before (Resolution 802 of 2016-12-15, secondary; assumed to go on).
func DemandDue(year int) calendar.Date { return calendar.DateOf(year-1, time.October, 1) }

// Check looks over what an employer filled in.
func (d Demand) Check() error {
	var f problem.Form
	if len(d.Rows) == 0 {
		f.Wrong("permits-1", "quota.demand-empty")
	}
	for _, r := range d.Rows {
		if !slices.Contains(Lines, r.Category) {
			f.Wrong("permits-1", "quota.bad-category", lang.Args{"value": string(r.Category)})
		}
		if r.Permits <= 0 || r.Permits > 10_000 {
			f.Wrong("permits-1", "quota.demand-number")
		}
		if n := len([]rune(r.Title)); n == 0 || n > 200 {
			f.Wrong("permits-1", "quota.demand-position")
		}
	}
	if len(d.Rows) > 100 {
		f.Wrong("permits-1", "quota.too-many-rows", lang.Args{"most": 100})
	}
	if d.Valid < 0 || d.Valid > 100_000 {
		f.Wrong("valid", "quota.demand-number")
	}
	if n := len([]rune(d.Why)); n < 10 || n > 2000 {
		f.Wrong("why", "quota.demand-why")
	}
	if _, ok := law.RegionBy(d.Region); !ok {
		f.Wrong("region", "quota.bad-region", lang.Args{"value": d.Region})
	}
	return f.Err()
}

// By returns what is asked for of each category.
func (d Demand) By() map[law.Category]Permits {
	m := map[law.Category]Permits{}
	for _, r := range d.Rows {
		m[r.Category] += r.Permits
	}
	return m
}

// Sum returns what is asked for in all.
func (d Demand) Sum() (n Permits) {
	for _, r := range d.Rows {
		n += r.Permits
	}
	return n
}

// Consolidate puts the demands of employers together into that of their region:
// one row a category and position.
func Consolidate(year int, region string, demands []Demand) Demand {
	all := Demand{Year: year, Region: region}
	for _, d := range demands {
		all.Count++
		all.Valid += d.Valid
		for _, r := range d.Rows {
			i := slices.IndexFunc(all.Rows, func(x Position) bool { return x.Category == r.Category && x.Title == r.Title })
			if i < 0 {
				all.Rows = append(all.Rows, r)
				continue
			}
			all.Rows[i].Permits += r.Permits
		}
	}
	slices.SortStableFunc(all.Rows, func(a, b Position) int {
		return slices.Index(Lines, a.Category) - slices.Index(Lines, b.Category)
	})
	return all
}
