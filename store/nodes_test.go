package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"ruqsat/store"
	"ruqsat/store/storetest"
)

// Several nodes are several stores opened on one database.

func TestNodesNeverLoseAnUpdateUnderALock(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t)
	nodes := []*store.DB{storetest.Open(t, dsn), storetest.Open(t, dsn), storetest.Open(t, dsn)}
	mustDo(t, nodes[0], func(ctx context.Context, tx store.Tx) error {
		return tx.Exec(ctx, `CREATE TABLE tally (name TEXT PRIMARY KEY, n BIGINT)`)
	})
	for _, name := range []string{"a", "b"} {
		mustDo(t, nodes[0], func(ctx context.Context, tx store.Tx) error {
			return tx.Exec(ctx, `INSERT INTO tally (name, n) VALUES ($1, 0)`, name)
		})
	}
	// read, then write: without the lock both nodes would read the same
	raise := func(name string) func(context.Context, store.Tx) error {
		return func(ctx context.Context, tx store.Tx) error {
			if err := tx.Lock(ctx, name); err != nil {
				return err
			}
			n, err := tx.Int(ctx, `SELECT n FROM tally WHERE name = $1`, name)
			if err != nil {
				return err
			}
			return tx.Exec(ctx, `UPDATE tally SET n = $2 WHERE name = $1`, name, n+1)
		}
	}
	// both locks, and in either order: nodes that waited would wait for each other
	both := func(one, other string) func(context.Context, store.Tx) error {
		return func(ctx context.Context, tx store.Tx) error {
			return errors.Join(raise(one)(ctx, tx), raise(other)(ctx, tx))
		}
	}
	const clients, each = 8, 10
	var wg sync.WaitGroup
	for i, db := range nodes {
		for c := range clients {
			wg.Go(func() {
				for range each {
					act := both("a", "b")
					if (i+c)%2 == 0 {
						act = both("b", "a")
					}
					if err := db.Do(context.Background(), act); err != nil {
						t.Errorf("node %d: %v", i, err)
					}
				}
			})
		}
	}
	wg.Wait()
	for _, name := range []string{"a", "b"} {
		mustDo(t, nodes[0], func(ctx context.Context, tx store.Tx) error {
			n, err := tx.Int(ctx, `SELECT n FROM tally WHERE name = $1`, name)
			if want := len(nodes) * clients * each; n != want {
				t.Errorf("tally %s is %d after %d acts", name, n, want)
			}
			return err
		})
	}
}

func TestABatchThatLosesARaceIsRunAgain(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t)
	one, other := storetest.Open(t, dsn), storetest.Open(t, dsn)
	withMarks(t, one)
	mustDo(t, one, mark(1))
	mustDo(t, one, mark(2))
	// Each takes a row the other wants next. PostgreSQL ends one of them.
	var met sync.WaitGroup
	met.Add(2)
	cross := func(first, second int) func(context.Context, store.Tx) error {
		runs := 0
		return func(ctx context.Context, tx store.Tx) error {
			const query = `UPDATE mark SET n = n WHERE n = $1`
			if err := tx.Exec(ctx, query, first); err != nil {
				return err
			}
			if runs++; runs == 1 {
				met.Done()
				met.Wait()
			}
			return tx.Exec(ctx, query, second)
		}
	}
	answers := make(chan error)
	go func() { answers <- one.Do(context.Background(), cross(1, 2)) }()
	go func() { answers <- other.Do(context.Background(), cross(2, 1)) }()
	for range 2 {
		if err := <-answers; err != nil {
			t.Errorf("an act that lost a race was answered %v", err)
		}
	}
}

func TestAConnectionThatDiedIdleIsReplaced(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t)
	db, admin := storetest.Open(t, dsn), storetest.Open(t, dsn)
	withMarks(t, db)
	wantMarks(t, db, 0)
	const others = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`
	mustDo(t, admin, func(ctx context.Context, tx store.Tx) error {
		n, err := tx.Int(ctx, others)
		if n < 2 {
			return fmt.Errorf("ended %d connections, want reader and writer: %w", n, err)
		}
		return err
	})
	mustDo(t, db, mark(1))
	wantMarks(t, db, 1)
}

func TestAConnectionThatDiesUnderAnActLeavesNothing(t *testing.T) {
	t.Parallel()
	db := withMarks(t, storetest.Open(t, storetest.Postgres(t)))
	err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
		_ = mark(1)(ctx, tx)
		_, _ = tx.Int(ctx, `SELECT count(pg_terminate_backend(pg_backend_pid()))`)
		return nil
	})
	if err == nil {
		t.Error("the act was answered as kept")
	}
	wantMarks(t, db, 0)
	mustDo(t, db, mark(2))
}

func TestNodesThatStartAtOnceMigrateOnce(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		db := storetest.Open(t, dsn)
		if db.Engine() == store.PostgreSQL { // begin from nothing
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				return errors.Join(tx.Exec(ctx, `DROP SCHEMA public CASCADE`), tx.Exec(ctx, `CREATE SCHEMA public`))
			})
		}
		nodes := 1
		if db.Engine() == store.PostgreSQL {
			nodes = 3
		}
		var wg sync.WaitGroup
		for range nodes {
			wg.Go(func() {
				if err := db.Migrate(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		v, err := db.Schema(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if v.Has != v.Knows || v.Knows == 0 {
			t.Errorf("the database is of version %d, the program of %d", v.Has, v.Knows)
		}
	})
}

func TestAnOldProgramRefusesANewerDatabase(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		db := storetest.Open(t, dsn)
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			return tx.Exec(ctx, `UPDATE goose_db_version SET version_id = version_id + 1000 WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`)
		})
		old, err := store.Open(t.Context(), dsn)
		if err == nil {
			_ = old.Close()
			t.Fatal("a database of a later version was opened")
		}
	})
}
