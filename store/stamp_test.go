package store_test

import (
	"context"
	"testing"
	"time"

	"ruqsat/party"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// What is wanted is asked for when it is due, settled once, and the stamp is kept
// beside the signature, which stays as it was.
func TestAStampIsWantedUntilItIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, at := t.Context(), time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
		paper := store.Paper{
			ID: "paper", Case: "case", Form: "notice", At: at, Content: []byte("x"),
			SHA256: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
		}
		do := func(act func(context.Context, store.Tx) error) {
			t.Helper()
			if err := db.Do(ctx, act); err != nil {
				t.Fatal(err)
			}
		}
		do(func(ctx context.Context, tx store.Tx) error {
			return tx.AddPaper(ctx, paper)
		})
		do(func(ctx context.Context, tx store.Tx) error { return tx.SignPaper(ctx, paper, "c2ln", "{}") })
		wanted := store.WantedStamp{Paper: "paper", Since: at, NextTry: at.Add(time.Minute), Why: "down"}
		do(func(ctx context.Context, tx store.Tx) error { return tx.WantStamp(ctx, wanted) })
		due := func(when time.Time) (list []store.WantedStamp) {
			t.Helper()
			err := db.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
				list, err = tx.DueStamps(ctx, when, 10)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if n := len(due(at)); n != 0 {
			t.Errorf("%d stamps are due before their time", n)
		}
		list := due(at.Add(time.Hour))
		if len(list) != 1 || list[0].State != store.StampWanted || !list[0].Since.Equal(at) {
			t.Fatalf("due: %+v", list)
		}
		made := list[0]
		made.State = store.StampMade
		for n, want := range []bool{true, false} { // a second node comes too late
			do(func(ctx context.Context, tx store.Tx) error {
				ours, err := tx.SaveWantedStamp(ctx, made)
				if err == nil && ours != want {
					t.Errorf("settled for the %d. time: %t", n+1, ours)
				}
				if err != nil || !ours {
					return err
				}
				return tx.AddStamp(ctx, store.Stamp{Paper: "paper", At: at, Token: "dG9rZW4=", Report: `{"outcome":"valid"}`})
			})
		}
		err := db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
			s, found, err := tx.StampOf(ctx, "paper")
			if err == nil && (!found || !s.At.Equal(at) || s.Token != "dG9rZW4=") {
				t.Errorf("kept: %t %+v", found, s)
			}
			if err != nil {
				return err
			}
			p, err := tx.Paper(ctx, "paper")
			if err == nil && p.Signature != "c2ln" {
				t.Errorf("the signature became %q", p.Signature)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Signatures over a letter wait like those over the papers of a case, and a list
// asks about many at once.
func TestWhatWaitsIsToldOfManyAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, at := t.Context(), time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
		for id, act := range map[string]string{"request": "letter", "case": "sign"} {
			w := store.WaitingSignature{
				ID: "w-" + id, Case: id, Act: act, Received: at, NextTry: at, By: party.Actor{Account: "head"},
				Sigs: map[string][]byte{"paper": []byte("sig")},
			}
			if err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.KeepWaiting(ctx, w) }); err != nil {
				t.Fatal(err)
			}
		}
		err := db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
			waits, err := tx.Awaiting(ctx, []string{"request", "case", "another"})
			if err == nil && (len(waits) != 2 || !waits["request"] || !waits["case"]) {
				t.Errorf("waiting: %v", waits)
			}
			if err != nil {
				return err
			}
			none, err := tx.Awaiting(ctx, nil)
			if len(none) != 0 {
				t.Errorf("of no cases wait %v", none)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
