package store

import (
	"context"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// employ keeps what a shift changes in the figures of an employer, and in how many
// employers have permits in force. It runs under the lock of the register's numbers.
func (t Tx) employ(ctx context.Context, bin party.BIN, k statistics.Key, s registry.Shift) error {
	levels, err := t.levels(ctx, bin, s.Span)
	if err != nil {
		return err
	}
	for _, turn := range registry.Turns(levels, s) {
		const query = `
			INSERT INTO employer_day (day, employers) VALUES ($1, $2)
			ON CONFLICT (day) DO UPDATE SET employers = employer_day.employers + excluded.employers`
		if err := t.write(ctx, query, turn.On.String(), int64(turn.Employers)); err != nil {
			return fmt.Errorf("employers on %s: %w", turn.On, err)
		}
	}
	const change = `
		INSERT INTO employer_change (bin, day, region, category, citizenship, permits)
		VALUES ($1, $2, $4, $5, $6, $7), ($1, $3, $4, $5, $6, $8)`
	err = t.write(ctx, change, string(bin), s.From.String(), s.Until.String(), k.Region, string(k.Category), k.Citizenship,
		int64(s.Permits), int64(-s.Permits))
	if err != nil {
		return fmt.Errorf("differences of employer %s: %w", bin, err)
	}
	for _, year := range yearsIn(s.Span) {
		const stock = `
			INSERT INTO employer_stock (bin, year, region, category, citizenship, permits) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (bin, year, region, category, citizenship) DO UPDATE SET permits = employer_stock.permits + excluded.permits`
		err := t.write(ctx, stock, string(bin), int64(year), k.Region, string(k.Category), k.Citizenship, int64(s.Permits))
		if err != nil {
			return fmt.Errorf("employer %s in %d: %w", bin, year, err)
		}
	}
	return nil
}

// yearsIn returns the years whose first day is in a span.
func yearsIn(s registry.Span) []int {
	var years []int
	for y := s.From.Year; y <= s.Until.Year; y++ {
		if s.Has(calendar.DateOf(y, 1, 1)) {
			years = append(years, y)
		}
	}
	return years
}

// levels returns how many permits an employer has in force on the first day of a
// span, and on each later day of it on which that changes.
func (t ReadTx) levels(ctx context.Context, bin party.BIN, s registry.Span) ([]registry.Level, error) {
	const query = `
		SELECT day, sum(permits) FROM (
			SELECT CAST($3 AS TEXT) AS day, permits FROM employer_stock WHERE bin = $1 AND year = $2
			UNION ALL
			SELECT CAST($3 AS TEXT), permits FROM employer_change WHERE bin = $1 AND day > $4 AND day <= $3
			UNION ALL
			SELECT day, permits FROM employer_change WHERE bin = $1 AND day > $3 AND day < $5) x
		GROUP BY day ORDER BY day`
	levels := []registry.Level{{From: s.From}}
	steps, err := all(ctx, t, func(r *rows) (l registry.Level, err error) {
		var day string
		if err := r.Scan(&day, &l.Permits); err != nil {
			return l, err
		}
		l.From, err = calendar.ParseDate(day)
		return l, err
	}, query, string(bin), int64(s.From.Year), s.From.String(), calendar.DateOf(s.From.Year, 1, 1).String(), s.Until.String())
	if err != nil {
		return nil, fmt.Errorf("permits of employer %s from %s: %w", bin, s.From, err)
	}
	for _, l := range steps {
		if l.From == s.From {
			levels[0].Permits = l.Permits
			continue
		}
		l.Permits += levels[len(levels)-1].Permits
		levels = append(levels, l)
	}
	return levels, nil
}

// EmployerStock returns what an employer has in force on a day, by region, category
// and citizenship: that of 1 January with the differences since.
func (t ReadTx) EmployerStock(ctx context.Context, bin party.BIN, on calendar.Date) (statistics.Cells, error) {
	const query = `
		SELECT region, category, citizenship, sum(permits) FROM (
			SELECT region, category, citizenship, permits FROM employer_stock WHERE bin = $1 AND year = $2
			UNION ALL
			SELECT region, category, citizenship, permits FROM employer_change WHERE bin = $1 AND day > $3 AND day <= $4) x
		GROUP BY region, category, citizenship HAVING sum(permits) <> 0 ORDER BY region, category, citizenship`
	return t.cells(ctx, query, string(bin), int64(on.Year), calendar.DateOf(on.Year, 1, 1).String(), on.String())
}

// EmployersInForce returns how many employers have a permit in force on a day.
func (t ReadTx) EmployersInForce(ctx context.Context, on calendar.Date) (int, error) {
	var n int
	err := t.queryRow(ctx, `SELECT coalesce(sum(employers), 0) FROM employer_day WHERE day <= $1`, on.String()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("employers on %s: %w", on, err)
	}
	return n, nil
}
