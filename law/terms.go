package law

import (
	"errors"
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// An OutsideLaw error says that no law we know holds on a day.
type OutsideLaw struct {
	What string
	On   calendar.Date
}

func (e OutsideLaw) Error() string { return fmt.Sprintf("no %s is known on %s", e.What, e.On) }

// Say tells a person which day is outside the law we know.
func (e OutsideLaw) Say() lang.Message { return lang.M("law.outside", lang.Args{"day": e.On}) }

type edition struct {
	Key   Edition   `toml:"key"`
	Since []Sourced `toml:"since"`
}

// EditionOn returns the edition that decides what is filed on a day.
func EditionOn(on calendar.Date) (Edition, error) {
	var best Sourced
	var key Edition
	for _, e := range data().Editions {
		if s, ok := hold(e.Since, on); ok && !s.From.Before(best.From) {
			best, key = s, e.Key
		}
	}
	if key == "" {
		return "", OutsideLaw{"edition", on}
	}
	return key, nil
}

type termSeries struct {
	Name   TermName   `toml:"name"`
	Of     []string   `toml:"of"`
	Values []termText `toml:"value"`
}

type termText struct {
	Is string `toml:"is"` // with its unit: "8 working days"
	Sourced
}

type termKey struct {
	name   TermName
	op     Operation
	scheme Scheme
}

// A TermValue is how long a term is.
type TermValue struct {
	calendar.Term
	Sourced
}

// TermOn returns how long a term is for an operation of a scheme filed on a day.
func TermOn(name TermName, op Operation, s Scheme, on calendar.Date) (TermValue, error) {
	for _, v := range data().terms[termKey{name, op, s}] {
		if !v.From.After(on) {
			return v, nil
		}
	}
	return TermValue{}, OutsideLaw{fmt.Sprintf("term %s for %s %s", name, op, s), on}
}

// makeTerms reads the lengths, and lays them out by what they are asked for.
func (d *all) makeTerms() error {
	d.terms = map[termKey][]TermValue{}
	var errs []error
	for _, t := range d.Terms {
		for _, v := range t.Values {
			term, err := calendar.ParseTerm(v.Is)
			if err != nil {
				errs = append(errs, fmt.Errorf("term %s of %v: %w", t.Name, t.Of, err))
			}
			for _, op := range Operations {
				for _, s := range Schemes {
					if applies(t.Of, op, s) {
						k := termKey{t.Name, op, s}
						d.terms[k] = append(d.terms[k], TermValue{term, v.Sourced})
					}
				}
			}
		}
	}
	for _, list := range d.terms {
		slices.SortFunc(list, func(a, b TermValue) int { return a.From.Days(b.From) })
	}
	return errors.Join(errs...)
}

// applies reports whether a list of operations and schemes names one.
func applies(of []string, op Operation, s Scheme) bool {
	return slices.Contains(of, "all") || slices.Contains(of, string(op)+" "+string(s))
}

func (d *all) termValues() []Value {
	var list []Value
	for _, t := range d.Terms {
		for _, v := range t.Values {
			list = append(list, Value{fmt.Sprintf("term %s of %v", t.Name, t.Of), v.Is, v.Sourced})
		}
	}
	return list
}
