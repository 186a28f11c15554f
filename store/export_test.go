package store

import (
	"context"
	"io/fs"
)

// What the promises of the engine need that is nobody else's business.

const MaxWaiting = maxWaiting

func (t Tx) Exec(ctx context.Context, query string, args ...any) error {
	_, err := t.exec(ctx, query, args...)
	return err
}

func (t Tx) Write(ctx context.Context, query string, args ...any) error {
	return t.write(ctx, query, args...)
}

func (t Tx) WriteOr(ctx context.Context, none error, query string, args ...any) error {
	return t.writeOr(ctx, none, query, args...)
}

func (t ReadTx) Int(ctx context.Context, query string, args ...any) (n int, err error) {
	return n, t.queryRow(ctx, query, args...).Scan(&n)
}

// LeaveOpen runs a query and leaves its rows where they are.
func (t ReadTx) LeaveOpen(ctx context.Context, query string) error {
	_, err := t.query(ctx, query)
	return err
}

// Waiting returns how many acts wait for their turn.
func (db *DB) Waiting() int {
	q := db.writer.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

func Migrations() fs.FS { return migrations }

var (
	Micros, Moment = micros, moment
	LockNumber     = lockNumber
)

// InLogbook says whether the log speaks of a table, or why it does not.
func InLogbook(table string) (logged bool, why string) {
	for _, c := range logbook {
		logged = logged || c.table == table
	}
	return logged, unlogged[table]
}
