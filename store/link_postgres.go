package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// goodbye is how long the server is given to hear that we leave.
const goodbye = time.Second

// A postgresLink keeps what was posted until something has to be known, and then
// sends it in one trip. Of statements sent together the server runs none after
// one that fails.
type postgresLink struct {
	conn   *pgx.Conn
	names  map[string]string // of prepared statements, by text
	posted []op
}

func newPostgresLink(ctx context.Context, cfg *pgx.ConnConfig) (link, error) {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return &postgresLink{conn: conn, names: map[string]string{}}, nil
}

func (l *postgresLink) post(ctx context.Context, o op) error {
	if o.none != nil && o.name == "" && !o.counted {
		// The statement itself must fail, or the server would run what was sent after it.
		o.text = `WITH done AS (` + o.text + ` RETURNING 1) SELECT 1 / count(*) FROM done`
	}
	name, err := l.prepare(ctx, o.text)
	if err != nil {
		return err
	}
	o.name = name
	l.posted = append(l.posted, o)
	return nil
}

func (l *postgresLink) flush(ctx context.Context) error {
	if len(l.posted) == 0 {
		return nil
	}
	res, err := l.send(ctx, nil)
	if err != nil {
		return err
	}
	return res.Close()
}

func (l *postgresLink) exec(ctx context.Context, o op) (int64, error) {
	name, err := l.prepare(ctx, o.text)
	if err != nil {
		return 0, err
	}
	o.name = name
	if len(l.posted) == 0 {
		tag, err := l.conn.Exec(ctx, o.name, o.args...)
		return tag.RowsAffected(), err
	}
	res, err := l.send(ctx, &o)
	if err != nil {
		return 0, err
	}
	tag, err := res.Exec()
	if end := res.Close(); err == nil {
		err = end
	}
	return tag.RowsAffected(), err
}

func (l *postgresLink) query(ctx context.Context, o op) (cursor, error) {
	name, err := l.prepare(ctx, o.text)
	if err != nil {
		return nil, err
	}
	o.name = name
	if len(l.posted) == 0 {
		return l.conn.Query(ctx, o.name, o.args...)
	}
	res, err := l.send(ctx, &o)
	if err != nil {
		return nil, err
	}
	r, err := res.Query()
	if err != nil {
		_ = res.Close()
		return nil, err
	}
	return &postgresRows{r, res}, nil
}

// send sends what was posted, and after it last if there is one, and reads the
// answers to all but that. What it returns has to be closed.
func (l *postgresLink) send(ctx context.Context, last *op) (pgx.BatchResults, error) {
	posted := l.posted
	l.posted = nil
	b := &pgx.Batch{}
	for _, o := range posted {
		b.Queue(o.name, o.args...)
	}
	if last != nil {
		b.Queue(last.name, last.args...)
	}
	res := l.conn.SendBatch(ctx, b)
	for i, o := range posted {
		if err := o.answered(res); err != nil {
			_ = res.Close()
			return nil, &failedOp{op: o, rest: posted[i+1:], err: o.meaning(err), cause: err}
		}
	}
	return res, nil
}

// answered reads the answer to a statement, and returns the error it came to.
func (o op) answered(res pgx.BatchResults) error {
	if o.take != nil {
		rows, err := res.Query()
		if err != nil {
			return err
		}
		return o.read(rows)
	}
	tag, err := res.Exec()
	switch {
	case err != nil:
		return err
	case o.text == "COMMIT" && tag.String() != "COMMIT":
		return errUndone
	case o.counted && o.none != nil && tag.RowsAffected() == 0:
		return o.none
	}
	return nil
}

// errUndone is what a commit comes to in a transaction in which a statement has
// failed. The server does not think it an error.
var errUndone = &pgconn.PgError{Severity: "ERROR", Code: "25P02", Message: "undone instead of committed"}

// meaning returns what the error of a statement means to whoever asked for it.
func (o op) meaning(err error) error {
	const divisionByZero = "22012"
	if o.none != nil && stateOf(err) == divisionByZero {
		return o.none
	}
	return err
}

// prepare returns the name of the statement prepared for a text, or the text
// itself if there are too many; the driver then does as it thinks best.
func (l *postgresLink) prepare(ctx context.Context, text string) (string, error) {
	if name, ok := l.names[text]; ok {
		return name, nil
	}
	if len(l.names) >= maxPrepared {
		return text, nil
	}
	name := "s" + strconv.Itoa(len(l.names))
	if strings.IndexByte(text, ' ') < 0 {
		name = text // BEGIN, COMMIT, ROLLBACK
	}
	if _, err := l.conn.Prepare(ctx, name, text); err != nil {
		return "", fmt.Errorf("prepare: %w", err)
	}
	l.names[text] = name
	return name, nil
}

func (l *postgresLink) forget(a *act) {
	kept := l.posted[:0]
	for _, o := range l.posted {
		if o.act != a {
			kept = append(kept, o)
		}
	}
	l.posted = kept
}

func (l *postgresLink) dead() bool { return l.conn.IsClosed() }

func (l *postgresLink) close() {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	_ = l.conn.Close(ctx)
}

// postgresRows are rows that came together with other answers.
type postgresRows struct {
	pgx.Rows
	res pgx.BatchResults
}

func (r *postgresRows) Close() {
	r.Rows.Close()
	_ = r.res.Close() // its error is that of the rows
}
