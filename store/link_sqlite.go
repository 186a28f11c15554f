package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// maxPrepared is how many statements a link keeps ready. The program has fewer;
// only searches put theirs together.
const maxPrepared = 512

// A sqliteLink runs what was posted beside whoever posts it: there is no network,
// but there is a second processor.
type sqliteLink struct {
	conn   *sql.Conn
	ready  map[string]*sql.Stmt
	plans  bool     // whether it is looked at how each statement would be run
	beside *backlog // of what was posted; nil for who only looks
}

// newSQLiteLink returns a link for the writer, or for one who looks.
func newSQLiteLink(ctx context.Context, db *sql.DB, writes, plans bool) (link, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	l := &sqliteLink{conn: conn, ready: map[string]*sql.Stmt{}, plans: plans}
	if writes {
		l.beside = newBacklog(func(o op) error { return l.do(context.Background(), o) })
	}
	return l, nil
}

func (l *sqliteLink) post(ctx context.Context, o op) error {
	switch {
	case o.take != nil:
		c, err := l.query(ctx, o)
		if err != nil {
			return err
		}
		return o.read(c)
	case l.beside == nil:
		return l.do(ctx, o)
	}
	l.beside.add(o)
	return nil
}

// do runs a statement that was posted.
func (l *sqliteLink) do(ctx context.Context, o op) error {
	n, err := l.run(ctx, o)
	if err == nil && n == 0 {
		err = o.none
	}
	return err
}

func (l *sqliteLink) flush(context.Context) error {
	if l.beside == nil {
		return nil
	}
	return l.beside.wait()
}

func (l *sqliteLink) forget(a *act) {
	if l.beside != nil {
		l.beside.forget(a)
	}
}

func (l *sqliteLink) dead() bool { return false }

func (l *sqliteLink) exec(ctx context.Context, o op) (int64, error) {
	if err := l.flush(ctx); err != nil {
		return 0, err
	}
	return l.run(ctx, o)
}

func (l *sqliteLink) run(ctx context.Context, o op) (int64, error) {
	stmt, err := l.prepare(ctx, o.text)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(ctx, o.args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (l *sqliteLink) query(ctx context.Context, o op) (cursor, error) {
	if err := l.flush(ctx); err != nil {
		return nil, err
	}
	stmt, err := l.prepare(ctx, o.text)
	if err != nil {
		return nil, err
	}
	r, err := stmt.QueryContext(ctx, o.args...)
	if err != nil {
		return nil, err
	}
	return sqlRows{r}, nil
}

// prepare returns the statement kept ready for a text. To parse a text costs more
// than to run it.
func (l *sqliteLink) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt, ok := l.ready[text]; ok {
		return stmt, nil
	}
	if l.plans {
		if err := l.checkPlan(ctx, text); err != nil {
			return nil, err
		}
	}
	stmt, err := l.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	if len(l.ready) >= maxPrepared {
		l.finish()
	}
	l.ready[text] = stmt
	return stmt, nil
}

// finish drops all statements.
func (l *sqliteLink) finish() {
	for _, stmt := range l.ready {
		_ = stmt.Close()
	}
	clear(l.ready)
}

// close closes the connection, which undoes what is not committed. The statements
// go first: SQLite keeps a connection, and its locks, while it has any.
func (l *sqliteLink) close() {
	if l.beside != nil {
		l.beside.close()
	}
	l.finish()
	_ = l.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that no pool takes it back
	_ = l.conn.Close()
}

// sqlRows are rows as a cursor.
type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { _ = r.Rows.Close() }
