package law

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ruqsat/lang"
)

// A Value is one value of the law with its source, as `ruqsat law doubts` lists
// it.
type Value struct {
	What string // which value it is, in English
	Is   string
	Sourced
}

// check walks everything that has a source, and every act.
func (d *all) check() error {
	errs := []error{d.checkActs(), d.checkKeys(), d.checkUnits(), d.checkSettings(), d.checkLimits()}
	errs = slices.Concat(errs, d.checkStaff(), d.checkPositions(), d.checkConditions())
	for _, v := range d.sourced() {
		if err := d.checkSource(v.Sourced); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", v.What, err))
		}
	}
	return errors.Join(errs...)
}

// checkSource says what a source lacks.
func (d *all) checkSource(s Sourced) error {
	_, known := d.actOf(s.Cite)
	switch {
	case !slices.Contains(marks, s.Sure):
		return errors.New("not said how sure")
	case s.From.IsZero():
		return errors.New("not said from which day")
	case !s.Until.IsZero() && s.Until.Before(s.From):
		return fmt.Errorf("ends on %s, before it begins on %s", s.Until, s.From)
	case !known:
		return fmt.Errorf("unknown act in %q", s.Cite)
	}
	return nil
}

// numbered matches the short names of acts that need their day: several orders
// have the same number.
var numbered = regexp.MustCompile(`^(Order|Resolution|Standard) \S+ of (\d{4}(-\d\d-\d\d)?)$`)

func (d *all) checkActs() error {
	var errs []error
	seen := map[string]bool{}
	for _, a := range d.Acts {
		if seen[a.Short] || a.Short == "" {
			errs = append(errs, fmt.Errorf("act %q stands twice, or has no short name", a.Short))
		}
		seen[a.Short] = true
		if a.KK == "" || a.RU == "" || a.EN == "" {
			errs = append(errs, fmt.Errorf("act %q lacks a language", a.Short))
		}
		first, _, _ := strings.Cut(a.Short, " ")
		if m := numbered.FindStringSubmatch(a.Short); m == nil && slices.Contains([]string{"Order", "Resolution", "Standard"}, first) {
			errs = append(errs, fmt.Errorf("act %q lacks its day: two orders have the number 279", a.Short))
		} else if m != nil && m[3] != "" && m[2] != a.On.String() {
			errs = append(errs, fmt.Errorf("act %q is of %s", a.Short, a.On))
		}
	}
	return errors.Join(errs...)
}

// checkKeys sees that keys are unique in their list, that all has its three
// languages, and that what a check leads to exists.
func (d *all) checkKeys() error {
	var errs []error
	keys := map[string]bool{}
	for kind, rules := range d.lists() {
		for _, r := range rules {
			name := kind + " " + r.Key
			if keys[name] || r.Key == "" {
				errs = append(errs, fmt.Errorf("%s stands twice, or has no key", name))
			}
			keys[name] = true
			errs = append(errs, spoken(name, r.Name))
			if r.Cure != (lang.Text{}) || kind == "ground" {
				errs = append(errs, spoken(name+", its cure", r.Cure))
			}
		}
	}
	for _, c := range d.Checks {
		if c.Ground != "" && !keys["ground "+c.Ground] || c.Reason != "" && !keys["reason "+c.Reason] {
			errs = append(errs, fmt.Errorf("check %s leads to nothing: %q, %q", c.Key, c.Ground, c.Reason))
		}
	}
	return errors.Join(errs...)
}

func (d *all) checkUnits() error {
	var errs []error
	if d.Index.Unit != "tenge" {
		errs = append(errs, fmt.Errorf("index: unit %q, want tenge", d.Index.Unit))
	}
	for _, r := range d.Rates {
		if r.Unit != "indices" || len(r.By) != 4 || len(r.Sections) == 0 {
			errs = append(errs, fmt.Errorf("rate of group %s: unit %q, want indices for four categories and some sections", r.Group, r.Unit))
		}
	}
	for _, s := range d.Seasonal {
		if s.Unit != "indices" || len(s.Steps) == 0 {
			errs = append(errs, fmt.Errorf("seasonal rate: unit %q, want indices in steps", s.Unit))
		}
	}
	return errors.Join(errs...)
}

// spoken returns an error if a text lacks a language.
func spoken(what string, x lang.Text) error {
	if x.KK == "" || x.RU == "" || x.EN == "" {
		return fmt.Errorf("%s lacks a language", what)
	}
	return nil
}

func (d *all) lists() map[string][]rule {
	return map[string][]rule{
		"document": d.Documents, "ground": d.Grounds, "reason": d.Reasons, "check": d.Checks, "counting": d.Countings, "fact": d.Facts,
		"ground of a permit": d.PermitGrounds, "change": d.Changes, "exempt person": d.Exempt,
	}
}

// sourced returns every value that has a source.
func (d *all) sourced() []Value {
	list := slices.Concat(d.termValues(), d.settingValues(), d.feeValues(), d.dayValues(), d.hourValues(), d.countryValues(), d.staffValues(),
		d.positionValues(), d.limitValues(), d.conditionValues())
	for _, e := range d.Editions {
		list = append(list, each("edition", string(e.Key), e.Since)...)
	}
	for kind, rules := range d.lists() {
		for _, r := range rules {
			list = append(list, each(kind+" "+r.Key, r.Name.EN, r.Since)...)
		}
	}
	for _, x := range d.Definitions {
		list = append(list, each("definition of category "+x.Key, x.Text.EN, x.Since)...)
	}
	for _, c := range d.Categories {
		for _, v := range c.Months {
			list = append(list, Value{"longest term of category " + string(c.Key), fmt.Sprint(v.Is, " months"), v.Sourced})
		}
		for _, v := range c.Extensions {
			list = append(list, Value{"extensions of category " + string(c.Key), fmt.Sprint(v.Is), v.Sourced})
		}
		for _, v := range c.Extended {
			list = append(list, Value{"longest extension of category " + string(c.Key), fmt.Sprint(v.Is, " months"), v.Sourced})
		}
		for _, v := range c.Step {
			list = append(list, Value{"step of the term of category " + string(c.Key), fmt.Sprint(v.Is, " months"), v.Sourced})
		}
	}
	return list
}

// each returns a value for each period of one thing; a thing with no period has
// one without a source, which [all.checkSource] refuses.
func each(what, is string, since []Sourced) []Value {
	if len(since) == 0 {
		since = []Sourced{{}}
	}
	var list []Value
	for _, s := range since {
		list = append(list, Value{what, is, s})
	}
	return list
}
