package store

import (
	"context"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/quota"
)

// addToTotals keeps the running totals of an entry's lines. Nothing is read and
// nothing comes back, so it costs the same whatever the ledger holds.
func (t Tx) addToTotals(ctx context.Context, e quota.Entry) error {
	lines := []quota.Line{e.Line}
	if e.Kind == quota.Move {
		lines = append(lines, e.To)
	}
	for _, l := range lines {
		d := quota.Count(l, []quota.Entry{e})
		if t.s.knows() {
			t.s.add(d)
			continue
		}
		if err := t.s.spoil(t.s.addToTotal(ctx, d)); err != nil {
			return err
		}
	}
	return nil
}

// addToTotal adds a difference to the total of a line. The row is there first and
// added to second: were both one INSERT … ON CONFLICT, the checks of the table
// would be asked of the difference, which may be less than nothing.
func (s *session) addToTotal(ctx context.Context, d quota.Balance) error {
	const begin = `INSERT INTO quota_total (line, allotted, held, used) VALUES ($1, 0, 0, 0) ON CONFLICT (line) DO NOTHING`
	const add = `UPDATE quota_total SET allotted = allotted + $2, held = held + $3, used = used + $4 WHERE line = $1`
	line := d.Line.String()
	if l := s.known.lines[d.Line]; l == nil || !l.begun {
		if err := s.post(ctx, op{text: begin, args: []any{line}, act: s.act}); err != nil {
			return fmt.Errorf("total of quota %s: %w", line, err)
		}
	}
	err := s.post(ctx, op{text: add, args: []any{line, int64(d.Allotted), int64(d.Held), int64(d.Used)}, act: s.act})
	if err != nil {
		return fmt.Errorf("total of quota %s: %w", line, err)
	}
	return nil
}

// QuotaTotals returns where every line of a year stands, by line; of all years
// for year 0.
func (t ReadTx) QuotaTotals(ctx context.Context, year int) ([]quota.Balance, error) {
	if err := t.s.spoil(t.s.writeTotals(ctx)); err != nil {
		return nil, err
	}
	list, err := all(ctx, t, scanBalance,
		`SELECT line, allotted, held, used FROM quota_total WHERE $1 = '' OR line LIKE $2 ORDER BY line`, yearText(year), ofYear(year))
	if err != nil {
		return nil, fmt.Errorf("totals of the quota of %d: %w", year, err)
	}
	return list, nil
}

// yearText is a year as lines begin with it; nothing for all years.
func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprint(year)
}

func ofYear(year int) string { return fmt.Sprintf("%d/%%", year) }

// QuotaAsOf returns where every line of a year stood at the end of a day, counted
// from the entries.
func (t ReadTx) QuotaAsOf(ctx context.Context, year int, on calendar.Date) ([]quota.Balance, error) {
	const query = `
		/* whole table: a day that is past is counted from the entries */ SELECT line, sum(allotted), sum(held), sum(used) FROM (
			SELECT line,
				CASE kind WHEN 'allot' THEN permits WHEN 'move' THEN -permits ELSE 0 END AS allotted,
				CASE kind WHEN 'hold' THEN permits WHEN 'use' THEN -permits WHEN 'release' THEN -permits ELSE 0 END AS held,
				CASE kind WHEN 'use' THEN permits ELSE 0 END AS used
			FROM quota_entry WHERE line LIKE $1 AND at_day <= $2
			UNION ALL
			SELECT to_line, permits, 0, 0 FROM quota_entry WHERE to_line LIKE $1 AND to_line <> '' AND at_day <= $2
		) changes GROUP BY line ORDER BY line`
	list, err := all(ctx, t, scanBalance, query, ofYear(year), on.String())
	if err != nil {
		return nil, fmt.Errorf("quota of %d as of %s: %w", year, on, err)
	}
	return list, nil
}

func scanBalance(r *rows) (quota.Balance, error) {
	var b quota.Balance
	var line string
	err := r.Scan(&line, &b.Allotted, &b.Held, &b.Used)
	if err == nil {
		b.Line, err = quota.ParseLine(line)
	}
	return b, err
}

// QuotaPaces returns what cases took of each line of a year after one day and up
// to another. Days is left to who asks.
func (t ReadTx) QuotaPaces(ctx context.Context, year int, after, until calendar.Date) (map[quota.Line]quota.Pace, error) {
	const query = `
		SELECT line,
			sum(CASE kind WHEN 'hold' THEN permits WHEN 'release' THEN -permits ELSE 0 END),
			sum(CASE kind WHEN 'hold' THEN 1 ELSE 0 END)
		FROM quota_entry WHERE line LIKE $1 AND at_day > $2 AND at_day <= $3 AND kind IN ('hold', 'release')
		GROUP BY line`
	paces := map[quota.Line]quota.Pace{}
	_, err := all(ctx, t, func(r *rows) (struct{}, error) {
		var line string
		var p quota.Pace
		err := r.Scan(&line, &p.Taken, &p.Cases)
		if err != nil {
			return struct{}{}, err
		}
		l, err := quota.ParseLine(line)
		paces[l] = p
		return struct{}{}, err
	}, query, ofYear(year), after.String(), until.String())
	if err != nil {
		return nil, fmt.Errorf("pace of the quota of %d: %w", year, err)
	}
	return paces, nil
}

// QuotaFirst returns the day of the first entry of a year, from
// which its pace can be told.
func (t ReadTx) QuotaFirst(ctx context.Context, year int) (calendar.Date, error) {
	var day string
	err := t.queryRow(ctx, `/* whole table: once for a page of the quota */ SELECT coalesce(min(at_day), '') FROM quota_entry WHERE line LIKE $1`, ofYear(year)).Scan(&day)
	if err != nil || day == "" {
		return calendar.Date{}, err
	}
	return calendar.ParseDate(day)
}
