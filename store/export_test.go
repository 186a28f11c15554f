package store

import (
	"context"
	"database/sql"
	"io/fs"
)

// What the promises of the engine need that is nobody else's business.

const MaxWaiting = maxWaiting

func (t Tx) Exec(ctx context.Context, query string, args ...any) error {
	_, err := t.exec(ctx, query, args...)
	return err
}

func (t ReadTx) Int(ctx context.Context, query string, args ...any) (n int, err error) {
	return n, t.queryRow(ctx, query, args...).Scan(&n)
}

// Waiting returns how many acts wait for their turn.
func (db *DB) Waiting() int {
	q := db.writer.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// Write returns the pool acts are carried out on, to look behind the store.
func (db *DB) Write() *sql.DB { return db.pools.write }

func Migrations() fs.FS { return migrations }

var Micros, Moment = micros, moment
