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
//
// What bold acts have posted it sends when there is enough of it, so that the
// server works while the next acts think.
type postgresLink struct {
	conn   *pgx.Conn
	names  map[string]string // of prepared statements, by text
	posted []op
	asked  bool // whether who posted some of it waits for rows

	onWay   chan error // what became of those sent meanwhile; nil where none are
	failure error      // that nobody has heard of yet
}

// worthSending is how many statements are worth a trip that nobody waits for.
const worthSending = 24

func newPostgresLink(ctx context.Context, cfg *pgx.ConnConfig) (link, error) {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return &postgresLink{conn: conn, names: map[string]string{}}, nil
}

func (l *postgresLink) post(ctx context.Context, o op) error {
	if o.none != nil && !o.counted && !o.guarded {
		// The statement itself must fail, or the server would run what was sent after it.
		o.guarded = true
		o.text = `WITH done AS (` + o.text + ` RETURNING 1) SELECT 1 / count(*) FROM done`
	}
	name, err := l.prepare(ctx, o.text)
	if err != nil {
		return err
	}
	o.name = name
	l.posted, l.asked = append(l.posted, o), l.asked || o.take != nil
	if o.counted && !l.asked && len(l.posted) >= worthSending && l.onWay == nil && l.failure == nil {
		ops, done := l.take(), make(chan error, 1)
		l.onWay = done
		go func() { done <- l.sendAll(context.WithoutCancel(ctx), ops) }()
	}
	return nil
}

// sendAll sends statements and waits for the answers.
func (l *postgresLink) sendAll(ctx context.Context, ops []op) error {
	res, err := l.send(ctx, ops, nil)
	if err != nil {
		return err
	}
	return res.Close()
}

// settle waits for what is on its way. If that failed, nothing posted since was run
// either.
func (l *postgresLink) settle() error {
	if l.onWay != nil {
		l.failure = <-l.onWay
		l.onWay = nil
	}
	err := l.failure
	l.failure = nil
	if f := asFailedOp(err); f != nil {
		f.rest = append(f.rest, l.take()...)
	}
	return err
}

func (l *postgresLink) flush(ctx context.Context) error {
	if err := l.settle(); err != nil {
		return err
	}
	if len(l.posted) == 0 {
		return nil
	}
	return l.sendAll(ctx, l.take())
}

// take returns what was posted, to be sent.
func (l *postgresLink) take() []op {
	posted := l.posted
	l.posted, l.asked = nil, false
	return posted
}

func (l *postgresLink) exec(ctx context.Context, o op) (int64, error) {
	err := l.settle()
	if err == nil {
		o.name, err = l.prepare(ctx, o.text)
	}
	if err != nil {
		return 0, err
	}
	if len(l.posted) == 0 {
		tag, err := l.conn.Exec(ctx, o.name, o.args...)
		return tag.RowsAffected(), err
	}
	res, err := l.send(ctx, l.take(), &o)
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
	err := l.settle()
	if err == nil {
		o.name, err = l.prepare(ctx, o.text)
	}
	if err != nil {
		return nil, err
	}
	if len(l.posted) == 0 {
		return l.conn.Query(ctx, o.name, o.args...)
	}
	res, err := l.send(ctx, l.take(), &o)
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
func (l *postgresLink) send(ctx context.Context, posted []op, last *op) (pgx.BatchResults, error) {
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
	if l.failure = l.settle(); l.failure != nil || len(l.names) >= maxPrepared {
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
	l.posted = opsBut(l.posted, a)
	err := l.settle()
	if f := asFailedOp(err); f != nil && f.op.act == a {
		l.posted = opsBut(f.rest, a)
	} else {
		l.failure = err
	}
}

func (l *postgresLink) dead() bool {
	l.failure = l.settle()
	return l.conn.IsClosed()
}

func (l *postgresLink) close() {
	_ = l.settle()
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
