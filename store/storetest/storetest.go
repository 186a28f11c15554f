// Package storetest plays promises of the store on every engine.
//
// A promise is a function that gets an empty, migrated store. Write it once, give
// it to [Each], and it holds for SQLite and for PostgreSQL. See internal/pgtest
// for where the PostgreSQL comes from.
package storetest

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"ruqsat/internal/pgtest"
	"ruqsat/store"
)

// Each plays a promise on every engine.
func Each(t *testing.T, promise func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { promise(t, Open(t, dsn)) })
}

// EachDSN plays a promise about opening: it gets the address of an empty,
// migrated store. To open it twice is to have two nodes, on SQLite too.
func EachDSN(t *testing.T, promise func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		promise(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		promise(t, Postgres(t))
	})
}

// EachRehearsed is [Each] for those who act on the store: on SQLite every act is
// undone once and run again, so that one which minds is found.
func EachRehearsed(t *testing.T, promise func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		promise(t, Open(t, Rehearsed(t)))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		promise(t, Open(t, Postgres(t)))
	})
}

// Rehearsed is [SQLite] where every act is undone once and run again.
func Rehearsed(t testing.TB) string {
	t.Helper()
	return SQLite(t) + "&rehearse=on"
}

// SQLite returns the address of an empty, migrated store in SQLite, which a
// crash of the machine may lose.
func SQLite(t testing.TB) string {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "ruqsat.db") + "?sync=off"
	if err := migrate(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// Postgres returns the address of an empty, migrated store in PostgreSQL, or
// skips the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return pgtest.Database(t, migrate)
}

// Open opens a store until the test ends.
func Open(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return db
}

func migrate(ctx context.Context, dsn string) error {
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}
