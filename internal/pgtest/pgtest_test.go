package pgtest_test

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"

	"ruqsat/internal/pgtest"
)

func prepare(ctx context.Context, dsn string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `CREATE TABLE mark (n BIGINT)`)
	return err
}

func TestEachDatabaseIsItsOwnCopyOfThePreparedOne(t *testing.T) {
	for range 2 {
		db, err := sql.Open("pgx", pgtest.Database(t, prepare))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var marks int
		if err := db.QueryRow(`SELECT count(*) FROM mark`).Scan(&marks); err != nil {
			t.Fatal(err)
		}
		if marks != 0 {
			t.Errorf("a new database has %d marks, want none", marks)
		}
		if _, err := db.Exec(`INSERT INTO mark (n) VALUES (1)`); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStopLeavesNothing(t *testing.T) {
	pgtest.Require(t)
	s, err := pgtest.Start("fsync=off")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(s.DSN("postgres"), "host=")
	dir, _, _ := strings.Cut(strings.ReplaceAll(rest, "%2F", "/"), "&")
	if _, err := os.Stat(dir + "/data/postmaster.pid"); err != nil {
		t.Fatalf("the server runs without %v", err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("after Stop %s is still there: %v", dir, err)
	}
}
