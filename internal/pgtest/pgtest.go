// Package pgtest gives tests a PostgreSQL of their own.
//
// The first test of a process that asks starts a server from the programs
// installed on the machine, in a directory of its own, reachable by a socket in
// that directory and by nothing else. Each test gets a database copied from a
// template that was prepared once. When the process ends, however it ends, the
// server goes and the directory with it.
//
// Where PostgreSQL is not installed the tests are skipped, and say so; with
// RUQSAT_REQUIRE=postgres they fail instead. Start at [Database].
package pgtest

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
)

// quick are settings for data nobody will miss.
var quick = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off"}

// shared is the server of this process.
var shared = sync.OnceValues(func() (*Server, error) { return Start(quick...) })

// template is prepared by the first test that asks for a database.
var template struct {
	once sync.Once
	err  error
}

// Database returns the address of a database for one test, dropped after it. The
// first test of the process has prepare make the tables of all.
func Database(t testing.TB, prepare func(ctx context.Context, dsn string) error) string {
	t.Helper()
	Require(t)
	s, err := shared()
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	ctx := context.Background()
	template.once.Do(func() {
		if template.err = s.Create(ctx, "prepared", "template0"); template.err == nil {
			template.err = prepare(ctx, s.DSN("prepared"))
		}
	})
	if template.err != nil {
		t.Fatalf("prepare the template database: %v", template.err)
	}
	name := s.freeName()
	if err := s.Create(ctx, name, "prepared"); err != nil {
		t.Fatalf("copy the template database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Drop(ctx, name); err != nil {
			t.Errorf("drop database %s: %v", name, err)
		}
	})
	return s.DSN(name)
}

// Require skips the test where PostgreSQL is not installed, or fails it if the
// environment says that PostgreSQL is required.
func Require(t testing.TB) {
	t.Helper()
	if _, err := programs(); err == nil {
		return
	}
	const missing = "PostgreSQL is not installed, so nothing was tested on it; install the package postgresql"
	if strings.Contains(os.Getenv("RUQSAT_REQUIRE"), "postgres") {
		t.Fatal(missing)
	}
	t.Skip("SKIPPED: " + missing)
}
