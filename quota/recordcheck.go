package quota

import (
	"regexp"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// maxPermits is more than any order gave: the largest year known to us had some
// 63 000 permits. It keeps slips of the keyboard out.
const maxPermits Permits = 1_000_000

var orderNumber = regexp.MustCompile(`^[\p{L}\d][\p{L}\d./-]{0,29}$`)

// Check looks an order over by itself, as of the day it is entered: whether it is
// named, does something, and adds up. What the ledger says to it, the ledger says.
func (r Record) Check(today calendar.Date) error {
	var f problem.Form
	if !orderNumber.MatchString(r.Number) {
		f.Wrong("number", "quota.no-number")
	}
	switch {
	case r.Date.IsZero():
		f.Wrong("date", "quota.no-date")
	case r.Date.After(today):
		f.Wrong("date", "quota.future-order", lang.Args{"day": r.Date})
	}
	if r.Year < 2000 || r.Year > today.Year+1 {
		f.Wrong("year", "quota.bad-year", lang.Args{"last": today.Year + 1})
	}
	if n := len([]rune(r.Title)); n == 0 || n > 500 {
		f.Wrong("title", "quota.no-title")
	}
	r.checkPlan(&f)
	if r.Units <= 0 && len(r.Gives)+len(r.Shifts) == 0 {
		f.Wrong("entries", "quota.empty-order")
	}
	r.checkEntries(&f)
	r.checkSums(&f)
	return f.Err()
}

// checkPlan holds the plan under its own ceiling.
func (r Record) checkPlan(f *problem.Form) {
	switch {
	case r.Units < 0 || r.Units > maxPermits:
		f.Wrong("units", "quota.bad-units")
	case r.Percent > 0 && r.Units == 0:
		f.Wrong("units", "quota.percent-alone")
	case r.Percent > 0 && r.Force > 0 && r.Units > r.Percent.Of(r.Force):
		f.Wrong("units", "quota.over-percent", lang.Args{"units": int(r.Units), "most": int(r.Percent.Of(r.Force)), "percent": r.Percent})
	}
	if r.Force < 0 {
		f.Wrong("force", "quota.bad-units")
	}
}

func (r Record) checkEntries(f *problem.Form) {
	given := map[Line]bool{}
	for _, g := range r.Gives {
		if given[g.Line] {
			f.Wrong("entries", "quota.line-twice", lang.Args{"line": g.Line})
		}
		given[g.Line] = true
		r.checkLine(f, g.Line, g.Permits)
	}
	moved := map[[2]Line]bool{}
	for _, s := range r.Shifts {
		if s.From == s.To || moved[[2]Line{s.From, s.To}] {
			f.Wrong("entries", "quota.bad-move", lang.Args{"from": s.From, "to": s.To})
		}
		moved[[2]Line{s.From, s.To}] = true
		r.checkLine(f, s.From, s.Permits)
		r.checkLine(f, s.To, s.Permits)
	}
}

func (r Record) checkLine(f *problem.Form, l Line, n Permits) {
	_, known := law.RegionBy(l.Region)
	if !known && l.Region != Reserve || !slices.Contains(Lines, l.Category) || l.Year != r.Year {
		f.Wrong("entries", "quota.bad-line", lang.Args{"line": l.String()})
	}
	if n <= 0 || n > maxPermits {
		f.Wrong("entries", "quota.nothing-allotted", lang.Args{"asked": int(n)})
	}
}

// checkSums holds what the order states against what its lines come to.
func (r Record) checkSums(f *problem.Form) {
	if r.Sums.Total != r.Total() {
		f.Wrong("total", "quota.sum-total", lang.Args{"stated": int(r.Sums.Total), "counted": int(r.Total())})
	}
	byRegion, byLine := map[string]Permits{}, map[law.Category]Permits{}
	for _, g := range r.Gives {
		byRegion[g.Line.Region] += g.Permits
		byLine[g.Line.Category] += g.Permits
	}
	for _, region := range sortedKeys(r.Sums.ByRegion, byRegion) {
		if stated := r.Sums.ByRegion[region]; r.Sums.ByRegion != nil && stated != byRegion[region] {
			f.Wrong("entries", "quota.sum-region", lang.Args{"region": RegionName(region), "stated": int(stated), "counted": int(byRegion[region])})
		}
	}
	for _, c := range Lines {
		if stated := r.Sums.ByLine[c]; r.Sums.ByLine != nil && stated != byLine[c] {
			f.Wrong("entries", "quota.sum-line", lang.Args{"category": c, "stated": int(stated), "counted": int(byLine[c])})
		}
	}
}

func sortedKeys(maps ...map[string]Permits) []string {
	var keys []string
	for _, m := range maps {
		for k := range m {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// RegionName names a region, or the ministry's reserve.
func RegionName(kato string) lang.Speaker {
	if kato == Reserve {
		return lang.M("quota.reserve")
	}
	return law.RegionName(kato)
}
