package scenario

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"ruqsat/problem"
)

// A Form is a printed form as a case of a scenario led to it.
type Form struct {
	Case string // as the scenario calls it
	Kind string // form of the paper, or "slip"
	Name string // number of a permit, where there are several
	PDF  []byte
}

// Forms returns every paper that holds of every case that was played, and the
// slip of each that was registered, by the names of the cases.
func (p *Player) Forms(ctx context.Context) ([]Form, error) {
	var list []Form
	for _, name := range slices.Sorted(maps.Keys(p.cases)) {
		forms, err := p.formsOf(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("forms of %s: %w", name, err)
		}
		list = append(list, forms...)
	}
	return list, nil
}

func (p *Player) formsOf(ctx context.Context, name string) ([]Form, error) {
	by, id := p.actors["head"], p.cases[name]
	seen, err := p.office.Look(ctx, by, id)
	if err != nil {
		return nil, err
	}
	var list []Form
	slip, err := p.office.Slip(ctx, by, id)
	if e, ok := errors.AsType[*problem.Error](err); err != nil && (!ok || e.Kind != problem.NotFound) {
		return nil, err
	}
	if err == nil {
		list = append(list, Form{Case: name, Kind: "slip", PDF: slip})
	}
	for _, x := range seen.Papers {
		_, pdf, err := p.office.Paper(ctx, by, id, x.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, Form{name, x.Form, x.Name, pdf})
	}
	return list, nil
}
