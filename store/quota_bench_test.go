package store_test

import (
	"context"
	"fmt"
	"testing"

	"ruqsat/quota"
	"ruqsat/store"
)

// BenchmarkHold is a hold on one hot line that has so many entries: with the
// running totals, and, for comparison, with the line counted from its entries.
func BenchmarkHold(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		for _, way := range []string{"counted", "totals"} {
			for _, entries := range []int{1, 100_000} {
				b.Run(fmt.Sprintf("%s/%s/entries=%d", engine, way, entries), func(b *testing.B) {
					benchmarkHold(b, openDurable(b, engine), way, entries)
				})
			}
		}
	}
}

// counted is how a balance was asked for before there were totals.
const counted = `SELECT coalesce(sum(CASE WHEN kind = 'allot' AND line = $1 OR to_line = $1 THEN permits WHEN kind = 'move' THEN -permits
	WHEN kind = 'hold' THEN -permits WHEN kind = 'release' THEN permits ELSE 0 END), 0)
	FROM quota_entry WHERE line = $1 OR (to_line = $1 AND to_line <> '')`

func benchmarkHold(b *testing.B, db *store.DB, way string, entries int) {
	ctx := b.Context()
	if err := db.Migrate(ctx); err != nil {
		b.Fatal(err)
	}
	do := func(n int, act func(context.Context, store.Tx, int) error) {
		if err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error { return act(ctx, tx, n) }); err != nil {
			b.Fatal(err)
		}
	}
	take := func(ctx context.Context, tx store.Tx, i int) error {
		return tx.AddQuotaEntry(ctx, quota.Entry{Line: line, Kind: quota.Hold, Permits: 1, Case: fmt.Sprint(i), On: day, Cite: "Order 559 of 2016-06-27"})
	}
	do(0, func(ctx context.Context, tx store.Tx, _ int) error {
		e, err := quota.Order(line, 10_000_000, day, "Order 274 of 2023-06-30")
		if err != nil {
			return err
		}
		return tx.AddQuotaEntry(ctx, e)
	})
	// A few hundred an act, as a node groups them: a row rewritten a hundred
	// thousand times in one transaction is slow by itself.
	for from := 1; from < entries; from += 500 {
		do(from, func(ctx context.Context, tx store.Tx, from int) error {
			for i := from; i < min(from+500, entries); i++ {
				if err := take(ctx, tx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	b.ResetTimer()
	for i := range b.N {
		do(entries+i, func(ctx context.Context, tx store.Tx, i int) error {
			if way == "totals" {
				if _, err := tx.LockQuota(ctx, line); err != nil {
					return err
				}
				return take(ctx, tx, i)
			}
			if _, err := tx.Int(ctx, counted, line.String()); err != nil {
				return err
			}
			return take(ctx, tx, i)
		})
	}
}
