package law

import (
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// A Group is whom a ratio counts together.
type Group string

// The groups: two of the ratio within a region, two of a transfer.
const (
	Leaders     Group = "leaders"     // categories I and II
	Others      Group = "others"      // categories III and IV
	Managers    Group = "managers"    // of a transfer
	Specialists Group = "specialists" // of a transfer
)

// Groups are all groups.
var Groups = []Group{Leaders, Others, Managers, Specialists}

// In names the group.
func (g Group) In(t lang.Tag) string { return lang.M("law.group-" + string(g)).In(t) }

// GroupOf returns the group a category is counted in; seasonal workers and the
// heads of a transfer are in none.
func GroupOf(c Category) (Group, bool) {
	switch c {
	case I, II:
		return Leaders, true
	case III, IV:
		return Others, true
	case ICTManager:
		return Managers, true
	case ICTSpecialist:
		return Specialists, true
	}
	return "", false
}

// A Measure is what a ratio compares.
type Measure string

// The measures.
const (
	CitizensOfStaff      Measure = "citizens of staff"      // at least so many per cent of all are citizens
	ForeignersToCitizens Measure = "foreigners to citizens" // at most so many foreigners for a hundred citizens
)

type ratio struct {
	Group   Group     `toml:"group"`
	Of      []string  `toml:"of"`
	Measure Measure   `toml:"measure"`
	Percent int       `toml:"percent"`
	Since   []Sourced `toml:"since"`
}

// A Ratio is how many foreigners may stand beside the citizens of a group.
type Ratio struct {
	Group   Group
	Measure Measure
	Percent int
	Sourced
}

// RatiosFor returns the ratios an operation of a scheme has to keep on a day.
func RatiosFor(op Operation, s Scheme, on calendar.Date) []Ratio {
	var list []Ratio
	for _, r := range data().Ratios {
		if source, ok := hold(r.Since, on); ok && applies(r.Of, op, s) {
			list = append(list, Ratio{r.Group, r.Measure, r.Percent, source})
		}
	}
	return list
}

type exemption struct {
	Key   string    `toml:"key"`
	Name  lang.Text `toml:"name"`
	Since []struct {
		Most int `toml:"most"`
		Sourced
	} `toml:"since"`
}

// An Exemption is whom the ratio of 70 and 90 per cent does not bind.
type Exemption struct {
	Key  string
	Name lang.Text
	Most int // workers, up to and with; 0 whatever their number
	Sourced
}

// Exemptions returns whom the ratio does not bind on a day.
func Exemptions(on calendar.Date) []Exemption {
	var list []Exemption
	for _, x := range data().Exemptions {
		best, ok := Exemption{}, false
		for _, s := range x.Since {
			if s.holds(on) && (!ok || s.From.After(best.From)) {
				best, ok = Exemption{x.Key, x.Name, s.Most, s.Sourced}, true
			}
		}
		if ok {
			list = append(list, best)
		}
	}
	return list
}

// CountingRules returns who is counted in a ratio on a day, and how.
func CountingRules(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Countings, op, s, on)
}

type window struct {
	Of    []string `toml:"of"`
	Since []struct {
		Earliest int `toml:"earliest"`
		Latest   int `toml:"latest"`
		Sourced
	} `toml:"since"`
}

// A FilingWindow is when an application may be filed, in calendar days before
// the last day of the permit.
type FilingWindow struct {
	Earliest int // 0: as early as one likes
	Latest   int
	Sourced
}

// FilingWindowFor returns when an operation of a scheme may be filed, by the law
// of a day. Operations without one are [OutsideLaw].
func FilingWindowFor(op Operation, s Scheme, on calendar.Date) (FilingWindow, error) {
	var best FilingWindow
	for _, w := range data().Windows {
		if !applies(w.Of, op, s) {
			continue
		}
		for _, v := range w.Since {
			if v.holds(on) && (best.Latest == 0 || v.From.After(best.From)) {
				best = FilingWindow{v.Earliest, v.Latest, v.Sourced}
			}
		}
	}
	if best.Latest == 0 {
		return best, OutsideLaw{fmt.Sprintf("filing window for %s %s", op, s), on}
	}
	return best, nil
}

// staffValues returns ratios, exemptions and windows as values with sources.
func (d *all) staffValues() []Value {
	var list []Value
	for _, r := range d.Ratios {
		list = append(list, each(fmt.Sprintf("ratio of %s, %s", r.Group, r.Measure), fmt.Sprint(r.Percent, " per cent"), r.Since)...)
	}
	for _, x := range d.Exemptions {
		if len(x.Since) == 0 {
			list = append(list, each("exemption "+x.Key, x.Name.EN, nil)...)
		}
		for _, s := range x.Since {
			is := x.Name.EN
			if s.Most > 0 {
				is += fmt.Sprintf(", up to %d workers", s.Most)
			}
			list = append(list, Value{"exemption " + x.Key, is, s.Sourced})
		}
	}
	for _, w := range d.Windows {
		for _, s := range w.Since {
			list = append(list, Value{fmt.Sprintf("filing window of %v", w.Of), fmt.Sprintf("%d to %d days before the end", s.Earliest, s.Latest), s.Sourced})
		}
	}
	return list
}

// checkStaff sees that ratios and exemptions say what they have to.
func (d *all) checkStaff() []error {
	var errs []error
	for _, r := range d.Ratios {
		known := r.Measure == CitizensOfStaff || r.Measure == ForeignersToCitizens
		if !slices.Contains(Groups, r.Group) || !known || r.Percent < 1 || r.Percent > 100 {
			errs = append(errs, fmt.Errorf("ratio of %q: measure %q, %d per cent", r.Group, r.Measure, r.Percent))
		}
	}
	for _, x := range d.Exemptions {
		errs = append(errs, spoken("exemption "+x.Key, x.Name))
	}
	for _, w := range d.Windows {
		for _, s := range w.Since {
			if s.Latest < 1 || s.Earliest != 0 && s.Earliest < s.Latest {
				errs = append(errs, fmt.Errorf("filing window of %v: from %d to %d days before the end", w.Of, s.Earliest, s.Latest))
			}
		}
	}
	return errs
}
