package scenario

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/registry"
	"ruqsat/store"
)

func (p *Player) permit(ctx context.Context, name string) (string, error) {
	got, err := p.onePermit(ctx, name)
	if err != nil {
		return "", err
	}
	today := p.cal.Day(p.clock)
	return fmt.Sprintf("%s %s since %s", name, got.Status(today), got.Since(today)), nil
}

func (p *Player) chain(ctx context.Context, name string) (string, error) {
	got, err := p.onePermit(ctx, name)
	if err != nil {
		return "", err
	}
	var chain registry.Chain
	err = p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		chain, err = tx.Chain(ctx, got.Number)
		return err
	})
	words := []string{name}
	for _, c := range chain {
		words = append(words, string(c.Operation))
	}
	return strings.Join(words, " ") + " until " + got.Until.String(), err
}

func (p *Player) register(ctx context.Context, words []string) (string, error) {
	on, err := calendar.ParseDate(words[2])
	if err != nil {
		return "", err
	}
	q := registry.Question{Employer: employer.BIN, AsOf: on, Year: on.Year}
	s := "on " + on.String()
	if i := slices.Index(words, "known"); i > 0 && len(words) > i+2 {
		if q.Known, err = strconv.ParseInt(words[i+2], 10, 64); err != nil {
			return "", err
		}
		s += " known at " + words[i+2]
	}
	a, err := p.office.Ask(ctx, q)
	return fmt.Sprintf("%s in force %d", s, a.Total), err
}

func (p *Player) entries(ctx context.Context, name string) (string, error) {
	got, err := p.onePermit(ctx, name)
	if err != nil {
		return "", err
	}
	s := name
	err = p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		entries, err := tx.Entries(ctx, got.Number)
		for _, e := range entries {
			s += " " + string(e.Kind)
		}
		return err
	})
	return s, err
}
