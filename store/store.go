// Package store keeps everything the authority handles, in SQLite or in
// PostgreSQL, with one text of SQL for both.
//
// What changes something is an act: a function given to [DB.Do], which sees the
// tables through its [Tx] and nothing else. Acts that wait at the same time are
// carried out in one transaction, each undone alone if it fails, and each is
// answered after the commit. What only looks is given to [DB.View] and sees one
// moment, beside the acts.
//
// The package decides nothing: what may happen is for procedure and quota to
// say. DESIGN.md tells why it is made so; start at [DB.Do], then read writer.go and run.go.
package store

import (
	"context"
	"errors"
	"fmt"

	"ruqsat/problem"
)

// What the store itself answers. After the first two nothing was kept.
var (
	ErrClosed = problem.New(problem.Unavailable, "store.closed")
	ErrBusy   = problem.New(problem.Unavailable, "store.busy") // too many acts wait already

	// ErrUnknown says that the connection broke before the answer to a commit came:
	// the act may have been kept, or not. Whoever repeats it must look first.
	ErrUnknown = problem.New(problem.Unavailable, "store.unknown")
)

// An Engine is the database that does the keeping.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// A DB is an open store. It may be used by many goroutines at once.
type DB struct {
	source  source
	writer  *writer
	readers *readers

	sessions func(ctx context.Context, token string) (keptSession, bool, error)
}

// Open opens the store that dsn names: a path, "sqlite:/path/file.db" (which is
// made if it is not there) or "postgres://…". It changes no table, and refuses a
// database that a newer program has migrated; see [DB.Migrate].
//
// A SQLite dsn may end in "?sync=off" for what may be lost when the machine
// stops, such as tests; and in "?rehearse=on" to have every act run, undone and
// run again, as it may be at any time, and statements refused that read a growing
// table from end to end and do not say so. Joined by "&", both hold. One process
// at a time should write to a SQLite file.
func Open(ctx context.Context, dsn string) (*DB, error) {
	src, err := dial(dsn)
	if err != nil {
		return nil, err
	}
	db := &DB{source: src, writer: newWriter(src), readers: newReaders(src)}
	db.sessions = db.sessionFinder()
	if err := db.check(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s store: %w", src.engine, err), db.Close())
	}
	return db, nil
}

// check reports whether the database is there, and is none of a newer program.
// The writer goes first, since it is the one to make a SQLite file what it is.
func (db *DB) check(ctx context.Context) error {
	if err := db.Do(ctx, func(context.Context, Tx) error { return nil }); err != nil {
		return err
	}
	return db.refuseNewer(ctx)
}

// Engine returns what the store runs on.
func (db *DB) Engine() Engine { return db.source.engine }

// Close answers the acts that wait already, refuses any later one, waits for
// those who look, and closes the connections.
func (db *DB) Close() error {
	if !db.writer.close() {
		return nil
	}
	db.readers.close()
	return db.source.close()
}

// Ping reports whether the store really answers: that it can be read, and that
// an act gets its turn and is answered.
func (db *DB) Ping(ctx context.Context) error {
	err := db.View(ctx, func(ctx context.Context, tx ReadTx) error {
		var one int
		return tx.queryRow(ctx, `SELECT 1`).Scan(&one)
	})
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if err := db.Do(ctx, func(context.Context, Tx) error { return nil }); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// Do carries out an act: what it wrote is kept for good when Do returns nil, and
// none of it when Do returns an error, whatever became of other acts.
//
// The act must read and write through its Tx alone, for it shares the
// transaction with others and may be run again: what it leaves in variables
// outside must not add up. It should be short, since all others wait for it. A
// statement that fails spoils the act: it will be undone even if it returns nil.
//
// If ctx is done before its turn, the act is not run. Once it runs it is not
// interrupted: the context it gets has the values of ctx, but not its end.
func (db *DB) Do(ctx context.Context, act func(ctx context.Context, tx Tx) error) error {
	return db.writer.do(ctx, Ahead{}, act)
}

// DoOn is Do for an act of which it is known what it will read: that of all acts
// that share a commit is fetched together.
func (db *DB) DoOn(ctx context.Context, will Ahead, act func(ctx context.Context, tx Tx) error) error {
	return db.writer.do(ctx, will, act)
}

// Glance is View for a single statement, which sees one moment by itself: over a
// network it spares the trips that begin and end a transaction. A second
// statement is refused.
func (db *DB) Glance(ctx context.Context, look func(ctx context.Context, tx ReadTx) error) error {
	return db.readers.view(ctx, glance, look)
}

// View lets look see the store as it stands at one moment. It does not wait for
// acts, nor they for it, and cannot change anything.
func (db *DB) View(ctx context.Context, look func(ctx context.Context, tx ReadTx) error) error {
	return db.readers.view(ctx, throughout, look)
}
