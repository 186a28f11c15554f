package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
)

// maxPrepared is how many statements a session keeps ready. The program has
// fewer; only searches put theirs together.
const maxPrepared = 512

// A session is one connection, the statements it has ready, and what the act
// that uses it has met. One goroutine at a time uses it.
type session struct {
	*dialect
	conn  *sql.Conn
	ready map[string]*sql.Stmt

	failed error    // the first statement of the act that failed
	locked []string // keys this transaction holds
	missed []string // keys another node was found to hold meanwhile
	asked  []string // keys the act asked for
	later  bool     // whether one of those was missed, so that the act is to be run again
}

func newSession(ctx context.Context, db *sql.DB, d *dialect) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{dialect: d, conn: conn, ready: map[string]*sql.Stmt{}}, nil
}

// discard closes the connection, which undoes what is not committed. The
// statements go first: SQLite keeps a connection, and its locks, while it has any.
func (s *session) discard() {
	s.forget()
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that no pool takes it back
	_ = s.conn.Close()
}

// control runs statements that begin, mark and end a transaction, in one trip
// where the engine can.
func (s *session) control(ctx context.Context, statements ...string) error {
	if s.oneTrip {
		statements = []string{strings.Join(statements, "; ")}
	}
	for _, text := range statements {
		if _, err := s.exec(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}

// prepared returns the statement kept ready for a text, or nil where the driver
// keeps its own, or cannot prepare it: running the text then says why.
func (s *session) prepared(ctx context.Context, text string) *sql.Stmt {
	if s.driverPrepares {
		return nil
	}
	if stmt, ok := s.ready[text]; ok {
		return stmt
	}
	stmt, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	if len(s.ready) >= maxPrepared {
		s.forget()
	}
	s.ready[text] = stmt
	return stmt
}

// forget drops all prepared statements.
func (s *session) forget() {
	for text, stmt := range s.ready {
		_ = stmt.Close() // rows still open keep theirs until they are closed
		delete(s.ready, text)
	}
}

func (s *session) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if stmt := s.prepared(ctx, text); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return s.conn.ExecContext(ctx, text, args...)
}

func (s *session) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if stmt := s.prepared(ctx, text); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return s.conn.QueryContext(ctx, text, args...)
}

func (s *session) queryRow(ctx context.Context, text string, args ...any) *sql.Row {
	if stmt := s.prepared(ctx, text); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return s.conn.QueryRowContext(ctx, text, args...)
}

// spoil notes that a statement failed. PostgreSQL refuses every later statement
// of such an act by itself; with this, SQLite's acts end the same way.
func (s *session) spoil(err error) error {
	if err != nil && s.failed == nil {
		s.failed = err
	}
	return err
}

// refuse says why a statement may not be run: the act is spoiled, or it binds a
// moment as such, which the two engines keep in ways that do not compare.
func (s *session) refuse(args []any) error {
	if s.failed != nil {
		return fmt.Errorf("an earlier statement of this act failed: %w", s.failed)
	}
	for i, a := range args {
		switch a.(type) {
		case time.Time, *time.Time:
			return s.spoil(fmt.Errorf("argument $%d is a time.Time; bind micros of it", i+1))
		}
	}
	return nil
}

// renew makes the session fit for the next act.
func (s *session) renew() {
	s.failed, s.asked, s.later = nil, nil, false
}

// renewAll makes the session fit for the next transaction, which holds no locks.
func (s *session) renewAll() {
	s.renew()
	s.locked, s.missed = nil, nil
}
