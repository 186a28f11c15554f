package store_test

import (
	"context"
	"testing"

	"ruqsat/complaint"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

func TestARulingComesBackAsItWasAndIsSavedOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := store.Ruling{
			ID: "r1", Region: "27", Number: "А-27-2025-00001", About: store.AboutPermit, Subject: "KZ27IRS00000001", State: store.RulingDrafted,
			Permit: registry.Deed{Act: registry.Suspend, Grounds: []string{"conditions"}, Words: "x", Hearing: registry.Hearing{Waived: "y"}},
			By:     party.Actor{Account: "executor", Role: party.Executor, Region: "27"}, At: noon, Version: 1,
		}
		other := store.Ruling{
			ID: "r2", Region: "33", Number: "А-33-2025-00001", About: store.AboutComplaint, Subject: "k", State: store.RulingDrafted,
			Complaint: complaint.Deed{Act: complaint.Grant, Note: complaint.Note{Words: "x"}}, At: noon, Version: 1,
		}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			if err := tx.AddRuling(ctx, r); err != nil {
				return err
			}
			return tx.AddRuling(ctx, other)
		})
		look := func(f func(ctx context.Context, tx store.ReadTx) error) {
			t.Helper()
			if err := db.View(t.Context(), f); err != nil {
				t.Error(err)
			}
		}
		look(func(ctx context.Context, tx store.ReadTx) error {
			got, err := tx.Ruling(ctx, "r1")
			same(t, err, got, r)
			queue, err := tx.DraftedRulings(ctx, "27")
			same(t, err, queue, []store.Ruling{r})
			return nil
		})
		signed := r
		signed.State, signed.Entry = store.RulingSigned, 7
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.SaveRuling(ctx, signed) })
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.SaveRuling(ctx, signed) })
		if !problem.IsKind(err, problem.Conflict) {
			t.Errorf("saved twice from one reading: %v", err)
		}
		look(func(ctx context.Context, tx store.ReadTx) error {
			queue, err := tx.DraftedRulings(ctx, "27")
			if err != nil || len(queue) != 0 {
				t.Errorf("what is signed waits still: %v, %v", queue, err)
			}
			list, err := tx.Rulings(ctx, store.AboutPermit, r.Subject)
			if err != nil || len(list) != 1 || list[0].Entry != 7 {
				t.Errorf("about the permit there are %v, %v", list, err)
			}
			_, err = tx.Ruling(ctx, "nobody")
			if !problem.IsKind(err, problem.NotFound) {
				t.Errorf("a ruling nobody made: %v", err)
			}
			return nil
		})
	})
}
