package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

func TestLookingDoesNotWaitForActsAndSeesOneMoment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		count := func(ctx context.Context, tx store.ReadTx) int {
			n, err := tx.Int(ctx, `SELECT count(*) FROM mark`)
			if err != nil {
				t.Error(err)
			}
			return n
		}
		mustDo(t, db, mark(1))
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			before := count(ctx, tx)
			mustDo(t, db, func(actCtx context.Context, act store.Tx) error {
				if err := mark(2)(actCtx, act); err != nil {
					return err
				}
				wantMarks(t, db, 1) // what is not committed nobody sees
				return nil
			})
			if after := count(ctx, tx); before != 1 || after != before {
				t.Errorf("one look saw %d marks and then %d, want 1 both times", before, after)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		wantMarks(t, db, 2)
	})
}

func TestAGlanceIsOneStatementAndChangesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		mustDo(t, db, mark(1))
		for range 20 { // more than there are connections: each comes back fit for use
			err := db.Glance(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
				if n, err := tx.Int(ctx, `SELECT count(*) FROM mark`); n != 1 || err != nil {
					t.Errorf("a glance saw %d marks, %v, want 1", n, err)
				}
				_, err := tx.Int(ctx, `SELECT count(*) FROM mark`)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "second statement") {
				t.Errorf("two statements at a glance: %v, want a refusal", err)
			}
			err = db.Glance(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
				_, err := tx.Int(ctx, `INSERT INTO mark (n) VALUES (2) RETURNING n`)
				return err
			})
			if err == nil {
				t.Error("a glance could write")
			}
		}
		wantMarks(t, db, 1)
	})
}

func TestActsOnCasesThatShareACommitSeeWhatThoseBeforeThemDid(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, id := range []string{"A", "B"} {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				return tx.AddCase(ctx, procedure.Case{ID: id, Region: "27", Channel: procedure.Paper, State: procedure.Submitted})
			})
		}
		const acts = 40
		var wg sync.WaitGroup
		for i := range 2 * acts {
			id := []string{"A", "B"}[i%2]
			wg.Go(func() {
				err := db.DoOn(t.Context(), store.Ahead{Case: id}, func(ctx context.Context, tx store.Tx) error {
					c, err := tx.Case(ctx, id)
					if err != nil {
						return err
					}
					c.Version++
					return tx.SaveCase(ctx, c, c.Version-1)
				})
				if err != nil {
					t.Errorf("act %d on case %s: %v", i, id, err)
				}
			})
		}
		wg.Wait()
		for _, id := range []string{"A", "B"} {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				c, err := tx.Case(ctx, id)
				if c.Version != acts {
					t.Errorf("case %s is at version %d after %d acts", id, c.Version, acts)
				}
				return err
			})
		}
	})
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Int(ctx, `INSERT INTO mark (n) VALUES (1) RETURNING n`)
			return err
		})
		if err == nil {
			t.Error("a look could write")
		}
		wantMarks(t, db, 0)
	})
}

func TestALookBrokenOffLeavesTheStoreSound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for range 40 { // more than there are connections
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			_ = db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
				_, err := tx.Int(ctx, `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) SELECT count(*) FROM c`)
				return err
			})
			cancel()
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAnActCannotWaitForAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return db.Do(ctx, func(context.Context, store.Tx) error { return nil })
		})
		if err == nil {
			t.Error("an act asked for another act and was not refused")
		}
	})
}

func TestAnActThatEndsItsGoroutineDoesNotEndTheStore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			_ = mark(1)(ctx, tx)
			runtime.Goexit()
			return nil
		})
		if err == nil {
			t.Error("the act was answered as kept")
		}
		mustDo(t, db, mark(2))
		wantMarks(t, db, 1)
	})
}

func TestMomentsAreNotBoundAsSuch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Int(ctx, `SELECT $1`, time.Unix(0, 0))
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "micros") {
			t.Errorf("a time.Time was bound with the answer %v", err)
		}
	})
	at := time.Date(2017, 7, 3, 10, 20, 0, 123456000, time.FixedZone("Oral", 5*3600))
	if got := store.Moment(store.Micros(at)); !got.Equal(at) || got.Location() != time.UTC {
		t.Errorf("%v is kept as %v", at, got)
	}
	if got := store.Moment(store.Micros(time.Time{})); !got.IsZero() {
		t.Errorf("the zero moment is kept as %v", got)
	}
}

// The drivers of SQLite we did not take bind $n in the order of appearance, and
// swap arguments in silence.
func TestArgumentsAreBoundByTheirNumber(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			n, err := tx.Int(ctx, `SELECT CAST($2 AS BIGINT) * 100 + CAST($1 AS BIGINT) * 10 + CAST($2 AS BIGINT)`, 1, 7)
			if n != 717 {
				t.Errorf("$1 = 1 and $2 = 7 gave %d, want 717", n)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestACloseAnswersWhoWaitsAndRefusesWhoComesLater(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := store.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		withMarks(t, db)
		started, release := make(chan struct{}), make(chan struct{})
		answers := make(chan error, 6)
		go func() {
			answers <- db.Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
				close(started)
				<-release
				return mark(0)(ctx, tx)
			})
		}()
		<-started
		for i := range 5 {
			go func() { answers <- db.Do(context.Background(), mark(i+1)) }()
		}
		for db.Waiting() < 5 {
			runtime.Gosched()
		}
		closed := make(chan error)
		go func() { closed <- db.Close() }()
		close(release)
		for range 6 {
			if err := <-answers; err != nil {
				t.Errorf("an act that waited was answered %v", err)
			}
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if err := db.Do(t.Context(), mark(7)); !errors.Is(err, store.ErrClosed) {
			t.Errorf("an act after the close was answered %v, want ErrClosed", err)
		}
		look := func(context.Context, store.ReadTx) error { return nil }
		if err := db.View(t.Context(), look); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a look after the close was answered %v, want ErrClosed", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("a second close was answered %v", err)
		}
		wantMarks(t, storetest.Open(t, dsn), 6)
	})
}

func TestWhoeverComesToAFullQueueIsToldAtOnce(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t))
	nothing := func(context.Context, store.Tx) error { return nil }
	answers := make(chan error, store.MaxWaiting)
	mustDo(t, db, func(context.Context, store.Tx) error {
		for range store.MaxWaiting {
			go func() { answers <- db.Do(context.Background(), nothing) }()
		}
		for db.Waiting() < store.MaxWaiting {
			runtime.Gosched()
		}
		if err := db.Do(context.Background(), nothing); !errors.Is(err, store.ErrBusy) {
			t.Errorf("one more than the queue holds was answered %v, want ErrBusy", err)
		}
		return nil
	})
	for range store.MaxWaiting {
		if err := <-answers; err != nil {
			t.Fatalf("one that waited was answered %v", err)
		}
	}
}

func TestADSNIsUnderstoodOrRefused(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/to the office/ruqsat №1.db"
	for _, dsn := range []string{"", ":memory:", "sqlite:", "mysql://root:secret@host/db", path, "sqlite:/tmp/x.db?cache=shared"} {
		db, err := store.Open(t.Context(), dsn)
		if err == nil {
			t.Errorf("%q was opened", dsn)
			_ = db.Close()
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the refusal of a dsn tells its password: %v", err)
		}
	}
	for _, dsn := range []string{t.TempDir() + "/№ 1 %41#2.db", "sqlite:" + t.TempDir() + "/ruqsat.db"} {
		db := storetest.Open(t, dsn)
		if db.Engine() != store.SQLite {
			t.Errorf("%q runs on %s", dsn, db.Engine())
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Errorf("ping %q: %v", dsn, err)
		}
	}
}

func TestAnErrorNamesNoneOfTheOthers(t *testing.T) {
	t.Parallel()
	db := withMarks(t, storetest.Open(t, storetest.SQLite(t)))
	var acts []func(context.Context, store.Tx) error
	for i := range 3 {
		acts = append(acts, func(context.Context, store.Tx) error { return fmt.Errorf("refused %d", i) })
	}
	for i, err := range together(t, db, acts...) {
		if err == nil || !slices.Equal(strings.Fields(err.Error()), []string{"refused", fmt.Sprint(i)}) {
			t.Errorf("act %d was answered %v", i, err)
		}
	}
}
