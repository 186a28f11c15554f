package store

import (
	"context"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/statistics"
)

// Stock returns what is in force on a day, by region, category and citizenship.
func (t ReadTx) Stock(ctx context.Context, on calendar.Date) (statistics.Cells, error) {
	s, err := t.sumsOn(ctx, on)
	return s.cells(func(n sum) int { return n.permits }), err
}

// Flow returns what was issued from one day to another, which is of the same month
// or of a later one than the first of a month. It is a flow: what ended since
// counts too.
func (t ReadTx) Flow(ctx context.Context, from, until calendar.Date) (statistics.Cells, error) {
	if from == calendar.DateOf(until.Year, 1, 1) {
		s, err := t.sumsOn(ctx, until)
		return s.cells(func(n sum) int { return n.issued }), err
	}
	const query = `
		SELECT region, category, citizenship, sum(permits) FROM (
			SELECT region, category, citizenship, permits FROM issued_month WHERE month >= $1 AND month < $2
			UNION ALL
			SELECT region, category, citizenship, issued FROM stock_change WHERE day >= $3 AND day <= $4) x
		GROUP BY region, category, citizenship HAVING sum(permits) <> 0 ORDER BY region, category, citizenship`
	first := calendar.DateOf(until.Year, until.Month, 1) // of the days that are no whole month
	switch {
	case first.Before(from):
		first = from
	case until.AddDays(1).Day == 1:
		first = until.AddDays(1)
	}
	return t.cells(ctx, query, monthOf(from), monthOf(first), first.String(), until.String())
}

func (t ReadTx) cells(ctx context.Context, query string, args ...any) (statistics.Cells, error) {
	list, err := all(ctx, t, func(r *rows) (c statistics.Cell, err error) {
		var category string
		err = r.Scan(&c.Region, &category, &c.Citizenship, &c.Permits)
		c.Category = law.Category(category)
		return c, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("figures of the register: %w", err)
	}
	return list, nil
}
