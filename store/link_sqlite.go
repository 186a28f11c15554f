package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// maxPrepared is how many statements a link keeps ready. The program has fewer;
// only searches put theirs together.
const maxPrepared = 512

// A sqliteLink runs everything at once: there is no network to save trips on.
type sqliteLink struct {
	conn  *sql.Conn
	ready map[string]*sql.Stmt
	plans bool // whether it is looked at how each statement would be run
}

func newSQLiteLink(ctx context.Context, db *sql.DB, plans bool) (link, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &sqliteLink{conn, map[string]*sql.Stmt{}, plans}, nil
}

func (l *sqliteLink) post(ctx context.Context, o op) error {
	if o.take != nil {
		c, err := l.query(ctx, o)
		if err != nil {
			return err
		}
		return o.read(c)
	}
	n, err := l.exec(ctx, o)
	if err == nil && n == 0 {
		err = o.none
	}
	return err
}

func (l *sqliteLink) flush(context.Context) error { return nil }

func (l *sqliteLink) forget(*act) {}

func (l *sqliteLink) dead() bool { return false }

func (l *sqliteLink) exec(ctx context.Context, o op) (int64, error) {
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
	l.finish()
	_ = l.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that no pool takes it back
	_ = l.conn.Close()
}

// sqlRows are rows as a cursor.
type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { _ = r.Rows.Close() }
