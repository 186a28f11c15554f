package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// A dialect is what the two engines do not share. It stays as small as it can.
type dialect struct {
	engine    Engine
	networked bool   // whether there is a server to wait for
	begin     string // begins the transaction of a batch
	look      string // begins one that only looks

	// tryLock takes the lock of number $1 until the transaction ends, and says
	// whether it did; lock waits for it. Empty where one process has the file.
	tryLock, lock string

	tryLocks string // tryLock of all numbers in $1, of which it says those it did not get

	// ahead reads the cases of the ids $1, each with the body of the account of the
	// id that stands in its place in $2.
	ahead string

	// among is the condition that a value is one of the texts in the list $1, and list
	// how such a list is bound.
	among string
	list  func([]string) any

	hasTable string // says how many tables are named $1

	lostRace func(error) bool // would the same statements do if run again?
}

// A source is where links come from.
type source struct {
	*dialect
	remembered *memories
	dsn        string
	readers    int  // how many may look at once
	rehearse   bool // whether every act is undone once, and run again
	writeLink  func(context.Context) (link, error)
	readLink   func(context.Context) (link, error)
	migrator   func() (*sql.DB, error) // a pool of its own, to be closed
	close      func() error
}

// dial returns the source that dsn names. It may not have reached the database yet.
func dial(dsn string) (src source, err error) {
	defer func() { src.dsn, src.remembered = dsn, newMemories() }()
	scheme, rest, found := strings.Cut(dsn, ":")
	switch {
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return dialPostgres(dsn)
	case found && scheme == "sqlite":
		return dialSQLite(rest)
	case dsn == "", found && strings.HasPrefix(rest, "//"):
		return source{}, fmt.Errorf("store %q is neither a path nor sqlite:/path nor postgres://…", redacted(dsn))
	}
	return dialSQLite(dsn)
}

// redacted returns a dsn without the part that may hold a password.
func redacted(dsn string) string {
	scheme, _, found := strings.Cut(dsn, "://")
	if !found {
		return dsn
	}
	return scheme + "://…"
}
