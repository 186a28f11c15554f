package law

import (
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
)

type position struct {
	Category Category   `toml:"category"`
	Or       []Category `toml:"or"`
	Stems    []string   `toml:"stems"`
	Why      lang.Text  `toml:"why"`
	Since    []Sourced  `toml:"since"`
}

// A Position is what category the words of a position speak for.
type Position struct {
	Category Category
	Or       []Category // others it may be, by what the worker really does
	Stems    []string   // beginnings of words, in their order; any line of them
	Why      lang.Text
	Sourced
}

// Positions returns what is known of positions and their categories on a day.
func Positions(on calendar.Date) []Position {
	var list []Position
	for _, p := range data().Positions {
		if s, ok := hold(p.Since, on); ok {
			list = append(list, Position{p.Category, p.Or, p.Stems, p.Why, s})
		}
	}
	return list
}

func (d *all) positionValues() []Value {
	var list []Value
	for _, p := range d.Positions {
		list = append(list, each(fmt.Sprintf("category of positions like %q", p.Stems[0]), string(p.Category), p.Since)...)
	}
	return list
}

// checkPositions sees that no words speak for two categories.
func (d *all) checkPositions() []error {
	var errs []error
	seen := map[string]bool{}
	for _, p := range d.Positions {
		unknown := func(c Category) bool { return !c.Quota() }
		if !p.Category.Quota() || slices.ContainsFunc(p.Or, unknown) {
			errs = append(errs, fmt.Errorf("position %v: category %q or %q", p.Stems, p.Category, p.Or))
		}
		errs = append(errs, spoken(fmt.Sprintf("position %v", p.Stems), p.Why))
		for _, s := range p.Stems {
			if seen[s] {
				errs = append(errs, fmt.Errorf("position %q stands twice", s))
			}
			seen[s] = true
		}
	}
	return errs
}
