package store

import (
	"context"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/statistics"
)

// Stock returns what is in force on a day, by region, category and citizenship:
// the last snapshot before it with the differences since.
func (t ReadTx) Stock(ctx context.Context, on calendar.Date) (statistics.Cells, error) {
	const query = `
		SELECT region, category, citizenship, sum(permits) FROM (
			SELECT region, category, citizenship, permits FROM stock WHERE day = $2
			UNION ALL
			SELECT region, category, citizenship, permits FROM stock_change WHERE day > $2 AND day <= $1) x
		GROUP BY region, category, citizenship HAVING sum(permits) <> 0 ORDER BY region, category, citizenship`
	var drawn string
	if err := t.queryRow(ctx, `SELECT coalesce(max(day), '') FROM stock_drawn WHERE day <= $1`, on.String()).Scan(&drawn); err != nil {
		return nil, fmt.Errorf("snapshot before %s: %w", on, err)
	}
	return t.cells(ctx, query, on.String(), drawn)
}

// Flow returns what was issued in the months from one day to another, the last month
// up to that day only. It is a flow: what ended since counts too.
func (t ReadTx) Flow(ctx context.Context, from, until calendar.Date) (statistics.Cells, error) {
	const query = `
		SELECT region, category, citizenship, sum(permits) FROM (
			SELECT region, category, citizenship, permits FROM issued_month WHERE month >= $1 AND month < $2
			UNION ALL
			SELECT region, category, citizenship, issued FROM stock_change WHERE day >= $3 AND day <= $4) x
		GROUP BY region, category, citizenship HAVING sum(permits) <> 0 ORDER BY region, category, citizenship`
	first := calendar.DateOf(until.Year, until.Month, 1)
	if first.Before(from) {
		first = from
	}
	return t.cells(ctx, query, monthOf(from), monthOf(until), first.String(), until.String())
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

// EmployersInForce returns how many employers have a permit in force on a day.
func (t ReadTx) EmployersInForce(ctx context.Context, on calendar.Date) (int, error) {
	const query = `
		SELECT count(DISTINCT bin) FROM permit p
		WHERE valid_from <= $1 AND valid_until >= $1 AND (ended_on = '' OR ended_on > $1)
		AND NOT EXISTS (SELECT 1 FROM permit_entry e WHERE e.number = p.number AND e.on_day <= $1
			AND e.kind IN ('revoked', 'surrendered', 'reissued'))
		AND NOT EXISTS (SELECT 1 FROM permit_entry s WHERE s.number = p.number AND s.kind = 'suspended' AND s.on_day <= $1
			AND NOT EXISTS (SELECT 1 FROM permit_entry r WHERE r.number = s.number AND r.kind = 'reinstated'
				AND r.on_day <= $1 AND r.seq > s.seq))`
	var n int
	if err := t.queryRow(ctx, query, on.String()).Scan(&n); err != nil {
		return 0, fmt.Errorf("employers on %s: %w", on, err)
	}
	return n, nil
}
