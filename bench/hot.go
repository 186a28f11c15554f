package main

import (
	"context"
	"strconv"

	"ruqsat/quota"
	"ruqsat/store"
)

// holdWay has every client hold permits of the quota: all of one line, the hot
// row of the first day of a year, or each of a line of its own region.
func holdWay(name, limit string, dsn func(clients int) string, line func(n int64) quota.Line) way {
	return way{name: name, limit: limit, steps: 1, open: func(ctx context.Context, clients int) (func(context.Context, int) error, func() error, error) {
		db, err := store.Open(ctx, dsn(clients))
		if err != nil {
			return nil, func() error { return nil }, err
		}
		if err := db.Migrate(ctx); err != nil {
			return nil, db.Close, err
		}
		if err := allotAll(ctx, db); err != nil {
			return nil, db.Close, err
		}
		return func(ctx context.Context, _ int) error {
			n := ids.Add(1)
			return db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
				l := line(n)
				b, err := tx.LockQuota(ctx, l)
				if err != nil {
					return err
				}
				e, err := b.Enter(quota.Hold, 1, "hold-"+strconv.FormatInt(n, 10), today)
				if err != nil {
					return err
				}
				return tx.AddQuotaEntry(ctx, e)
			})
		}, db.Close, nil
	}}
}

// hotLine is the one line everybody wants.
func hotLine(int64) quota.Line { return lineOf(0) }
