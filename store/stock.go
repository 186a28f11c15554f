package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// Every is how many days lie between two snapshots of what is in force, at most.
// Where much has changed since the last, the next is drawn sooner: who asks reads
// some hundred differences, or those of a single day, however large the register.
const Every = 16

// recount keeps what an entry changes in the figures: before is the permit without
// it and after with it. A permit that was not there before has the zero number.
//
// It runs under the lock of the register's numbers, as does the drawing of a
// snapshot, so that none is drawn beside it.
func (t Tx) recount(ctx context.Context, before, after registry.Permit) error {
	was, is := keyOf(before), keyOf(after)
	if before.Number == "" {
		was = is
	}
	if was == is {
		if err := t.step(ctx, after.Employer, is, registry.Shifts(before.Spans(), after.Spans())); err != nil {
			return err
		}
	} else {
		if err := t.step(ctx, after.Employer, was, registry.Shifts(before.Spans(), nil)); err != nil {
			return err
		}
		if err := t.step(ctx, after.Employer, is, registry.Shifts(nil, after.Spans())); err != nil {
			return err
		}
		if err := t.issued(ctx, was, before.Issued, -1); err != nil {
			return err
		}
	}
	if before.Number == "" || was != is {
		return t.issued(ctx, is, after.Issued, 1)
	}
	return nil
}

func keyOf(p registry.Permit) statistics.Key {
	return statistics.Key{Region: p.Region, Category: p.Category, Citizenship: p.Citizenship}
}

// step keeps steps as differences, and in the snapshots that were drawn of days in
// them: what is entered late changes those too.
func (t Tx) step(ctx context.Context, bin party.BIN, k statistics.Key, steps []registry.Shift) error {
	for _, s := range steps {
		if err := t.differ(ctx, k, s.From, s.Permits, 0); err != nil {
			return err
		}
		if err := t.differ(ctx, k, s.Until, -s.Permits, 0); err != nil {
			return err
		}
		if err := t.amend(ctx, k, s.From, s.Until, sum{permits: s.Permits}); err != nil {
			return err
		}
		if err := t.employ(ctx, bin, k, s); err != nil {
			return err
		}
	}
	return nil
}

func (t Tx) issued(ctx context.Context, k statistics.Key, on calendar.Date, n int) error {
	const query = `
		INSERT INTO issued_month (month, region, category, citizenship, permits) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (month, region, category, citizenship) DO UPDATE SET permits = issued_month.permits + excluded.permits`
	if err := t.write(ctx, query, monthOf(on), k.Region, string(k.Category), k.Citizenship, int64(n)); err != nil {
		return fmt.Errorf("issued in %s: %w", monthOf(on), err)
	}
	if err := t.amend(ctx, k, on, calendar.DateOf(on.Year+1, 1, 1), sum{issued: n}); err != nil {
		return err
	}
	return t.differ(ctx, k, on, 0, n)
}

func (t Tx) differ(ctx context.Context, k statistics.Key, on calendar.Date, permits, issued int) error {
	const query = `
		INSERT INTO stock_change (day, region, category, citizenship, permits, issued) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (day, region, category, citizenship)
		DO UPDATE SET permits = stock_change.permits + excluded.permits, issued = stock_change.issued + excluded.issued`
	err := t.write(ctx, query, on.String(), k.Region, string(k.Category), k.Citizenship, int64(permits), int64(issued))
	if err != nil {
		return fmt.Errorf("difference of %s: %w", on, err)
	}
	return nil
}

func monthOf(d calendar.Date) string { return d.String()[:len("2006-01")] }

// snapshotsAtOnce is how many snapshots are drawn in one act: others wait for it.
const snapshotsAtOnce = 20

// DrawStock draws the snapshots that are due up to a day. Answers are the same
// without; they only take longer.
func (db *DB) DrawStock(ctx context.Context, today calendar.Date) error {
	for {
		more := false
		err := db.Do(ctx, func(ctx context.Context, tx Tx) (err error) {
			for range snapshotsAtOnce {
				if more, err = tx.drawNext(ctx, today); err != nil || !more {
					return err
				}
			}
			return nil
		})
		if err != nil || !more {
			return err
		}
	}
}

// drawNext draws the next snapshot, and reports whether one was due.
func (t Tx) drawNext(ctx context.Context, today calendar.Date) (bool, error) {
	if err := t.Lock(ctx, "number permit"); err != nil {
		return false, err
	}
	var last, first string
	err := t.queryRow(ctx, `SELECT coalesce(max(day), ''), (SELECT coalesce(min(day), '') FROM stock_change) FROM stock_drawn`).Scan(&last, &first)
	if err != nil {
		return false, fmt.Errorf("last snapshot: %w", err)
	}
	if first == "" {
		return false, nil
	}
	next, err := t.nextSnapshot(ctx, last, first)
	if err != nil || next.After(today) {
		return false, err
	}
	now, err := t.sumsSince(ctx, last, next)
	if err != nil {
		return false, err
	}
	for region, text := range now.byRegion() {
		if err := t.draw(ctx, next.String(), region, text); err != nil {
			return false, fmt.Errorf("snapshot of %s: %w", next, err)
		}
	}
	return true, t.write(ctx, `INSERT INTO stock_drawn (day) VALUES ($1)`, next.String())
}

// nextSnapshot returns the day of the snapshot after the last one; first is the day
// of the first difference.
func (t Tx) nextSnapshot(ctx context.Context, last, first string) (calendar.Date, error) {
	if last == "" {
		return calendar.ParseDate(first)
	}
	day, err := calendar.ParseDate(last)
	if err != nil {
		return day, fmt.Errorf("last snapshot: %w", err)
	}
	end := day.AddDays(Every)
	const query = `
		SELECT day FROM (SELECT day, sum(count(*)) OVER (ORDER BY day) AS n FROM stock_change WHERE day > $1 AND day <= $2 GROUP BY day) x
		WHERE n >= $3 ORDER BY day LIMIT 1`
	var sooner string
	switch err := t.queryRow(ctx, query, last, end.String(), int64(fewRows)).Scan(&sooner); {
	case errors.Is(err, sql.ErrNoRows):
		return end, nil
	case err != nil:
		return end, fmt.Errorf("differences since %s: %w", last, err)
	}
	return calendar.ParseDate(sooner)
}

// fewRows is how many differences are added up in no time.
const fewRows = 500

// countBacklog counts the permits of before migration 0100. It does nothing where
// all are.
func (db *DB) countBacklog(ctx context.Context) error {
	const batch = 500
	for more := true; more; {
		err := db.Do(ctx, func(ctx context.Context, tx Tx) error {
			var after, until int64
			if err := tx.queryRow(ctx, `SELECT after_seq, until_seq FROM stock_backlog WHERE id = 1`).Scan(&after, &until); err != nil {
				return err
			}
			if more = after < until; !more {
				return nil
			}
			if err := tx.Lock(ctx, "number permit"); err != nil {
				return err
			}
			to := min(after+batch, until)
			permits, err := tx.permitsFrom(ctx, after, to)
			if err != nil {
				return err
			}
			for _, p := range permits {
				if err := tx.recount(ctx, registry.Permit{}, p); err != nil {
					return err
				}
			}
			return tx.write(ctx, `UPDATE stock_backlog SET after_seq = $1 WHERE id = 1`, to)
		})
		if err != nil {
			return fmt.Errorf("figures of the register: %w", err)
		}
	}
	return nil
}

// permitsFrom returns the permits after one place in the register up to another.
func (t ReadTx) permitsFrom(ctx context.Context, after, until int64) ([]registry.Permit, error) {
	w := &where{}
	w.and("seq > " + w.arg(after))
	w.and("seq <= " + w.arg(until))
	return t.permits(ctx, w)
}
