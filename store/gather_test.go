package store_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"ruqsat/store"
	"ruqsat/store/storetest"
)

// Requests that come together have their sessions looked up together. Each must
// still get its own, and none one that had ended before it came.
func TestSessionsAskedForAtOnceAreEachTheirOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const people, rounds = 24, 8
		var all sync.WaitGroup
		for p := range people {
			all.Go(func() {
				for round := range rounds {
					token := strconv.Itoa(p) + "/" + strconv.Itoa(round)
					change(t, db, func(ctx context.Context, tx store.Tx) error {
						return tx.PutSession(ctx, token, "data of "+token, "", noon.Add(time.Hour))
					})
					if s, ok, err := db.Session(t.Context(), token, noon); err != nil || !ok || s.Data != "data of "+token {
						t.Errorf("the session of %s is found: %t, with %q: %v", token, ok, s.Data, err)
					}
					change(t, db, func(ctx context.Context, tx store.Tx) error { return tx.DropSession(ctx, token, noon) })
					if _, ok, err := db.Session(t.Context(), token, noon); ok || err != nil {
						t.Errorf("the session of %s is found after it ended: %v", token, err)
					}
				}
			})
		}
		all.Wait()
	})
}

func TestWhoGivesUpAskingForASessionIsNotKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, ok, err := db.Session(gone, "token", noon); ok || err == nil {
			t.Errorf("who has left was answered %t, %v", ok, err)
		}
		if _, ok, err := db.Session(t.Context(), "token", noon); ok || err != nil {
			t.Errorf("who asks afterwards is answered %t, %v", ok, err)
		}
	})
}

// change does an act; unlike mustDo it may be called from any goroutine.
func change(t *testing.T, db *store.DB, act func(context.Context, store.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), act); err != nil {
		t.Error(err)
	}
}
