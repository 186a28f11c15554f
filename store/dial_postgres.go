package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // for the migrations
)

var postgresDialect = &dialect{
	engine:    PostgreSQL,
	networked: true,
	// Read committed, so that what is read under a lock is what was committed
	// before the lock was had. Acts guard themselves by locks and versions.
	begin:    "BEGIN ISOLATION LEVEL READ COMMITTED",
	look:     "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	tryLock:  `SELECT pg_try_advisory_xact_lock($1)`,
	tryLocks: `SELECT n FROM unnest($1::bigint[]) AS n WHERE NOT pg_try_advisory_xact_lock(n)`,
	lock:     `SELECT pg_advisory_xact_lock($1)`,
	ahead: `SELECT c.` + strings.Join(strings.Fields(caseColumns), ` c.`) + `, coalesce(a.body, '')
		FROM unnest($1::text[], $2::text[]) AS w (id, account)
		JOIN case_file c ON c.id = w.id LEFT JOIN account a ON a.id = w.account`,
	among:    `= ANY($1)`,
	list:     func(texts []string) any { return texts },
	hasTable: `SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass($1)`,
	lostRace: lostRacePostgres,
}

// postgresReaders is how many may look at once. A server stands some hundred
// connections, shared by a few nodes.
const postgresReaders = 16

// lockWait is how long a batch waits for a row or a lock of another node. A
// batch takes milliseconds; a node that hangs must not hang the others.
const lockWait = "10s"

func dialPostgres(dsn string) (source, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return source{}, fmt.Errorf("store %s: not a PostgreSQL address", redacted(dsn))
	}
	for name, value := range map[string]string{"application_name": "ruqsat", "lock_timeout": lockWait} {
		if cfg.RuntimeParams[name] == "" {
			cfg.RuntimeParams[name] = value
		}
	}
	looking := cfg.Copy()
	// How a statement is run is settled once, and on a new database that is when its
	// tables are empty. Acts look nothing up but by an index.
	cfg.RuntimeParams["enable_seqscan"] = "off"
	cfg.RuntimeParams["jit"] = "off"
	looking.RuntimeParams["default_transaction_read_only"] = "on" // a glance has no transaction to say so
	return source{
		dialect:   postgresDialect,
		readers:   postgresReaders,
		writeLink: func(ctx context.Context) (link, error) { return newPostgresLink(ctx, cfg) },
		readLink:  func(ctx context.Context) (link, error) { return newPostgresLink(ctx, looking) },
		migrator:  func() (*sql.DB, error) { return sql.Open("pgx", dsn) },
		close:     func() error { return nil },
	}, nil
}

// lostRacePostgres reports whether err is that another node's transaction got in
// between: a serialization failure, a deadlock, or a lock that took too long.
func lostRacePostgres(err error) bool {
	switch stateOf(err) {
	case "40001", "40P01", "55P03":
		return true
	}
	return false
}

// stateOf returns the SQLSTATE of an error of the server, or nothing.
func stateOf(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
