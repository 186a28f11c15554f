package store_test

import (
	"context"
	"testing"

	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// What is asked together is answered together, and sees what the act wrote before.
func TestWhatIsGatheredForAnExaminationIsWhatTheActHasLeft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		allot(t, db, line, 10)
		other := quota.Line{Year: 2025, Region: "33", Category: line.Category}
		gathered := func(ctx context.Context, tx store.ReadTx) error {
			g, err := tx.Gather(ctx, "A", store.About{Lines: []quota.Line{line, other}})
			if err != nil {
				return err
			}
			same(t, nil, len(g.Files), 1)
			same(t, nil, g.Files[0].Name, "passport.pdf")
			same(t, nil, len(g.Entries), 1)
			same(t, nil, len(g.Answers), 0)
			same(t, nil, g.Balances, map[quota.Line]quota.Balance{line: {Line: line, Allotted: 10, Held: 3}, other: {Line: other}})
			return nil
		}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			if err := tx.AddCase(ctx, procedure.Case{ID: "A", Region: "27", Channel: procedure.Portal, State: procedure.Submitted, Version: 1}); err != nil {
				return err
			}
			if err := tx.AddFile(ctx, store.File{ID: "f", Case: "A", Kind: "passport", Name: "passport.pdf", Media: "application/pdf", Size: 1, SHA256: "0", At: noon}); err != nil {
				return err
			}
			if err := hold(line, 3, "A")(ctx, tx); err != nil {
				return err
			}
			return gathered(ctx, tx.ReadTx)
		})
		look(t, db, gathered)
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			g, err := tx.Gather(ctx, "B", store.About{})
			same(t, err, g, store.Gathered{Balances: map[quota.Line]quota.Balance{}})
			return nil
		})
	})
}

// An act that saves a case twice, the second time as it was, leaves it as it was:
// what is left out of a statement is what the table has, not what was once read.
func TestACaseSavedTwiceIsWhatItWasSavedAsLast(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first := procedure.Case{ID: "A", Region: "27", Channel: procedure.Portal, State: procedure.Submitted, Version: 1}
		first.Application.Reason = "Монтаж"
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.AddCase(ctx, first) })
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			c, err := tx.Case(ctx, "A")
			if err != nil {
				return err
			}
			c.Application.Reason, c.Version = "Наладка", 2
			if err := tx.SaveCase(ctx, c, 1); err != nil {
				return err
			}
			c.Application.Reason, c.Version = "Монтаж", 3
			return tx.SaveCase(ctx, c, 2)
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			c, err := tx.Case(ctx, "A")
			same(t, err, c.Application.Reason, "Монтаж")
			return nil
		})
	})
}
