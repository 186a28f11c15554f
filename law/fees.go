package law

import (
	"fmt"
	"slices"

	"ruqsat/calendar"
)

type indexSeries struct {
	Unit   string  `toml:"unit"` // tenge
	Values []Index `toml:"value"`
}

// An Index is the monthly calculation index (МРП), in tenge.
type Index struct {
	Tenge int64 `toml:"is"`
	Sourced
}

// IndexOn returns the index of a day. A year for which none has been entered is
// an error.
func IndexOn(on calendar.Date) (Index, error) {
	v, ok := latest(data().Index.Values, on, func(v Index) Sourced { return v.Sourced })
	if !ok || v.From.Year != on.Year {
		return Index{}, OutsideLaw{"monthly calculation index", on}
	}
	return v, nil
}

// latest returns the value that holds on a day: the one that began last.
func latest[T any](values []T, on calendar.Date, source func(T) Sourced) (best T, ok bool) {
	for _, v := range values {
		s := source(v)
		if s.holds(on) && (!ok || s.From.After(source(best).From)) {
			best, ok = v, true
		}
	}
	return best, ok
}

type rate struct {
	Group    string           `toml:"group"`
	Unit     string           `toml:"unit"` // indices
	Sections []string         `toml:"sections"`
	By       map[Category]int `toml:"by"`
	Since    []Sourced        `toml:"since"`
}

type seasonal struct {
	Unit  string `toml:"unit"` // indices
	Steps []struct {
		Days    int `toml:"days"` // up to and with
		Indices int `toml:"is"`
	} `toml:"steps"`
	Since []Sourced `toml:"since"`
}

// A Rate is the fee for one permit, in indices.
type Rate struct {
	Indices int
	Group   string // of activity; empty for seasonal
	Sourced
}

// RateOn returns the rate for a category and an OKED section on a day; for
// seasonal workers it depends on the calendar days of the permit instead.
func RateOn(on calendar.Date, c Category, section string, days int) (Rate, error) {
	if c == Seasonal {
		return seasonalOn(on, days)
	}
	var fit []Rate
	for _, r := range data().Rates {
		if n, ok := r.By[c]; ok && slices.Contains(r.Sections, section) {
			for _, s := range r.Since {
				fit = append(fit, Rate{n, r.Group, s})
			}
		}
	}
	r, ok := latest(fit, on, func(r Rate) Sourced { return r.Sourced })
	if !ok {
		return Rate{}, OutsideLaw{fmt.Sprintf("rate for category %s in section %q", c, section), on}
	}
	return r, nil
}

// seasonalOn takes 366 days for 365: twelve months over a leap day are a year.
func seasonalOn(on calendar.Date, days int) (Rate, error) {
	if days == 366 {
		days = 365
	}
	var fit []Rate
	for _, r := range data().Seasonal {
		for _, step := range r.Steps {
			if days <= step.Days {
				for _, s := range r.Since {
					fit = append(fit, Rate{step.Indices, "", s})
				}
				break
			}
		}
	}
	r, ok := latest(fit, on, func(r Rate) Sourced { return r.Sourced })
	if !ok || days < 1 {
		return Rate{}, OutsideLaw{fmt.Sprintf("seasonal rate for %d days", days), on}
	}
	return r, nil
}

func (d *all) feeValues() []Value {
	var list []Value
	for _, v := range d.Index.Values {
		list = append(list, Value{"monthly calculation index", fmt.Sprint(v.Tenge), v.Sourced})
	}
	for _, r := range d.Rates {
		is := fmt.Sprintf("I %d, II %d, III %d, IV %d", r.By[I], r.By[II], r.By[III], r.By[IV])
		list = append(list, each(fmt.Sprintf("rate of group %s for sections %v", r.Group, r.Sections), is, r.Since)...)
	}
	for _, s := range d.Seasonal {
		list = append(list, each("seasonal rate", fmt.Sprint(s.Steps), s.Since)...)
	}
	return list
}
