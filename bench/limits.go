package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	_ "modernc.org/sqlite" // the same driver as the store
)

// lines is how many lines of the quota the cases of a limit draw on.
const lines = 60

// The bare tables, and the statements of a case: what any program must at least
// run. Their number and kind are those of pgbench's own script in README.md.
var bareTables = []string{
	`CREATE TABLE bare_case (id BIGINT PRIMARY KEY, state TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL)`,
	`CREATE TABLE bare_event (case_id BIGINT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (case_id, version))`,
	`CREATE TABLE bare_line (id BIGINT PRIMARY KEY, held BIGINT NOT NULL, used BIGINT NOT NULL)`,
}

const (
	bareAdd   = `INSERT INTO bare_case (id, state, version, body) VALUES ($1, $2, $3, $4)`
	bareMove  = `UPDATE bare_case SET state = $2, version = $3 WHERE id = $1 AND version = $3 - 1`
	bareEvent = `INSERT INTO bare_event (case_id, version, body) VALUES ($1, $2, $3)`
	bareHold  = `UPDATE bare_line SET held = held + 1 WHERE id = $1`
	bareUse   = `UPDATE bare_line SET held = held - 1, used = used + 1 WHERE id = $1`
	bareLine  = `INSERT INTO bare_line (id, held, used) VALUES ($1, 0, 0)`
)

// body is about as long as what a case and an event hold.
var body = fmt.Sprintf("%0400d", 0)

// bareStep runs the statements of one step of a case.
func bareStep(id, step int64, exec func(text string, args ...any) error) error {
	first := func() error { return exec(bareMove, id, "moved", step) }
	if step == 1 {
		first = func() error { return exec(bareAdd, id, "submitted", step, body) }
	}
	if err := first(); err != nil {
		return err
	}
	if err := exec(bareEvent, id, step, body); err != nil {
		return err
	}
	switch step {
	case 2:
		return exec(bareHold, id%lines)
	case 8:
		return exec(bareUse, id%lines)
	}
	return nil
}

// ids numbers the cases of a process.
var ids atomic.Int64

// barePostgres is a connection a client and a transaction a step, as pgbench does it.
func barePostgres(dsn string) way {
	return way{name: "bare postgres", open: func(ctx context.Context, clients int) (func(context.Context, int) error, func() error, error) {
		conns := make([]*pgx.Conn, clients)
		end := func() error {
			for _, c := range conns {
				if c != nil {
					_ = c.Close(context.Background())
				}
			}
			return nil
		}
		for i := range conns {
			c, err := pgx.Connect(ctx, dsn)
			if err != nil {
				return nil, end, err
			}
			conns[i] = c
		}
		if err := prepareBare(func(text string, args ...any) error {
			_, err := conns[0].Exec(ctx, text, args...)
			return err
		}); err != nil {
			return nil, end, err
		}
		return func(ctx context.Context, client int) error { return bareCase(ctx, conns[client]) }, end, nil
	}}
}

// prepareBare makes the bare tables anew.
func prepareBare(exec func(text string, args ...any) error) error {
	for _, table := range []string{"bare_case", "bare_event", "bare_line"} {
		if err := exec(`DROP TABLE IF EXISTS ` + table); err != nil {
			return err
		}
	}
	for _, text := range bareTables {
		if err := exec(text); err != nil {
			return err
		}
	}
	for i := range lines {
		if err := exec(bareLine, i); err != nil {
			return err
		}
	}
	return nil
}

func bareCase(ctx context.Context, conn *pgx.Conn) error {
	id := ids.Add(1)
	for step := range int64(steps) {
		err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			return bareStep(id, step+1, func(text string, args ...any) error {
				_, err := tx.Exec(ctx, text, args...)
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bareSQLite is one connection that takes all steps that wait, runs them with
// prepared statements and no savepoints, commits, and answers.
func bareSQLite(dir string) way {
	return way{name: "bare sqlite", open: func(ctx context.Context, clients int) (func(context.Context, int) error, func() error, error) {
		path := filepath.Join(dir, fmt.Sprintf("bare-%d.db", clients))
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(4000)")
		if err != nil {
			return nil, nil, err
		}
		db.SetMaxOpenConns(1)
		conn, err := db.Conn(ctx)
		if err != nil {
			return nil, db.Close, err
		}
		w := &bareWriter{conn: conn, stmts: map[string]*sql.Stmt{}, asked: make(chan bareAsk, clients)}
		if err := prepareBare(func(text string, args ...any) error {
			_, err := conn.ExecContext(ctx, text, args...)
			return err
		}); err != nil {
			return nil, db.Close, err
		}
		go w.work(context.WithoutCancel(ctx))
		return w.keep, func() error { close(w.asked); return db.Close() }, nil
	}}
}

// A bareWriter groups steps.
type bareWriter struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	asked chan bareAsk
}

type bareAsk struct {
	id, step int64
	done     chan error
}

func (w *bareWriter) keep(context.Context, int) error {
	id, done := ids.Add(1), make(chan error, 1)
	for step := range int64(steps) {
		w.asked <- bareAsk{id, step + 1, done}
		if err := <-done; err != nil {
			return err
		}
	}
	return nil
}

func (w *bareWriter) work(ctx context.Context) {
	for a := range w.asked {
		batch := []bareAsk{a}
		for range len(w.asked) {
			batch = append(batch, <-w.asked)
		}
		err := w.run(ctx, batch)
		for _, a := range batch {
			a.done <- err
		}
	}
}

func (w *bareWriter) run(ctx context.Context, batch []bareAsk) error {
	exec := func(text string, args ...any) error {
		stmt := w.stmts[text]
		if stmt == nil {
			var err error
			if stmt, err = w.conn.PrepareContext(ctx, text); err != nil {
				return err
			}
			w.stmts[text] = stmt
		}
		_, err := stmt.ExecContext(ctx, args...)
		return err
	}
	if err := exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, a := range batch {
		if err := bareStep(a.id, a.step, exec); err != nil {
			return err
		}
	}
	return exec("COMMIT")
}
