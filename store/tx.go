package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// A ReadTx sees the store as it stands at one moment. Methods that only ask
// belong to it; a [Tx] has them too.
type ReadTx struct{ s *session }

// A Tx is what an act sees of the store and changes. It must not be used after
// the act has returned, nor by two goroutines at once.
type Tx struct{ ReadTx }

// query runs a statement that returns rows. The caller closes them, and asks
// them for their error, before anything else is run; [all] does both.
func (t ReadTx) query(ctx context.Context, query string, args ...any) (*rows, error) {
	if err := t.s.refuse(args); err != nil {
		return nil, err
	}
	c, err := t.s.query(ctx, query, args)
	if err != nil {
		return nil, t.s.spoil(err)
	}
	r := &rows{c, t.s}
	if t.s.open = r; t.s.left > 0 {
		t.s.left--
	}
	return r, nil
}

// queryRow runs a statement that returns one row, and must be scanned. If there
// are more rows, the first is taken.
func (t ReadTx) queryRow(ctx context.Context, query string, args ...any) row {
	r, err := t.query(ctx, query, args...)
	return row{r, err}
}

// ask has a query run whose rows take reads, perhaps only together with the next
// one, or when [ReadTx.answers] is called. What is read is not there before.
func (t ReadTx) ask(ctx context.Context, take func(*rows) error, query string, args ...any) error {
	if err := t.s.refuse(args); err != nil {
		return err
	}
	if t.s.revive != nil { // nothing has shown yet that the connection is alive
		r, err := t.query(ctx, query, args...)
		if err != nil {
			return err
		}
		defer r.Close()
		if err := take(r); err != nil {
			return t.s.spoil(err)
		}
		return r.Err()
	}
	read := func(c cursor) error { return take(&rows{c, t.s}) }
	return t.s.spoil(t.s.post(ctx, op{text: query, args: args, act: t.s.act, take: read}))
}

// answers waits for what was asked.
func (t ReadTx) answers(ctx context.Context) error {
	if t.s.failed != nil {
		return t.s.refuse(nil)
	}
	return t.s.spoil(t.s.flush(ctx))
}

// askAll is ask for a list of what scan makes of each row.
func askAll[T any](ctx context.Context, t ReadTx, list *[]T, scan func(*rows) (T, error), query string, args ...any) error {
	return t.ask(ctx, func(r *rows) error {
		*list = nil
		for r.Next() {
			v, err := scan(r)
			if err != nil {
				return err
			}
			*list = append(*list, v)
		}
		return nil
	}, query, args...)
}

// scanRow is a scan of rows that are rows of a query.
func scanRow[T any](scan func(scanner) (T, error)) func(*rows) (T, error) {
	return func(r *rows) (T, error) { return scan(r) }
}

// exec runs a statement that returns no rows, and returns how many it changed.
// Where nobody needs to know, write is quicker.
func (t Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := t.s.refuse(args); err != nil {
		return 0, err
	}
	n, err := t.s.exec(ctx, query, args)
	if n > 0 {
		t.record(query, args)
	}
	return n, t.s.spoil(err)
}

// write runs a statement that returns no rows, perhaps only together with the
// next one that does: over a network it costs next to nothing. If it fails, so
// does the act, though maybe not before it has returned.
func (t Tx) write(ctx context.Context, query string, args ...any) error {
	return t.writeOr(ctx, nil, query, args...)
}

// writeOr is write for a statement that must change a row. If it changes none,
// the act fails with the error none, though maybe not before it has returned. The
// statement begins with INSERT, UPDATE or DELETE and has no RETURNING.
func (t Tx) writeOr(ctx context.Context, none error, query string, args ...any) error {
	return t.writeRow(ctx, none, query, args, func() { t.record(query, args) })
}

// writeRow is writeOr for a statement that does not tell the log by itself what
// the row is; record does.
func (t Tx) writeRow(ctx context.Context, none error, query string, args []any, record func()) error {
	if err := t.s.refuse(args); err != nil {
		return err
	}
	record()
	return t.s.spoil(t.s.post(ctx, op{text: query, args: args, act: t.s.act, none: none}))
}

// all returns what scan makes of each row of a query.
func all[T any](ctx context.Context, t ReadTx, scan func(*rows) (T, error), query string, args ...any) ([]T, error) {
	r, err := t.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var list []T
	for r.Next() {
		v, err := scan(r)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, r.Err()
}

// Lock holds whatever key names until the acts of this batch are committed, so
// that what was read under it is still true when something is written. Acts of
// one node exclude each other anyway; this is for acts of other nodes.
//
// It does not wait. If another node holds the key, Lock fails, and the act is
// undone and run again in a batch that has the key from its start: what waits
// holds nothing yet, so acts cannot lock each other out for ever.
func (t Tx) Lock(ctx context.Context, key string) error {
	if s := t.s; s.tryLock == "" || slices.Contains(s.locked, key) {
		s.asked = append(s.asked, key)
		return nil
	}
	return t.lockAnd(ctx, key, func() error { return t.answers(ctx) })
}

// lockAnd is Lock together with what look reads under it, in one trip. What that
// is may be relied on only if no error is returned.
func (t Tx) lockAnd(ctx context.Context, key string, look func() error) error {
	s := t.s
	if s.tryLock == "" {
		return look()
	}
	s.asked = append(s.asked, key)
	if slices.Contains(s.locked, key) {
		return look()
	}
	if !slices.Contains(s.missed, key) {
		var got bool
		take := func(r *rows) error {
			if !r.Next() {
				return r.cursor.Err()
			}
			return r.cursor.Scan(&got)
		}
		if err := t.ask(ctx, take, s.tryLock, lockNumber(key)); err != nil {
			return fmt.Errorf("lock %s: %w", key, err)
		}
		if err := look(); err != nil {
			return fmt.Errorf("lock %s: %w", key, err)
		}
		if got {
			s.locked = append(s.locked, key)
			return nil
		}
		s.missed = append(s.missed, key)
	}
	s.later = true
	return s.spoil(fmt.Errorf("lock %s: %w", key, errHeld))
}

// acquire waits for the locks that acts of the batch were undone for, in an
// order that is the same on every node.
func (s *session) acquire(ctx context.Context, batch []*act) error {
	var keys []string
	for _, a := range batch {
		keys = append(keys, a.keys...)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if err := s.post(ctx, op{text: s.lock, args: []any{lockNumber(key)}}); err != nil {
			return fmt.Errorf("wait for lock %s: %w", key, err)
		}
		s.locked = append(s.locked, key)
	}
	return nil
}

// errHeld says that another node holds a key. Nobody but the writer sees it.
var errHeld = errors.New("held by another node")

// lockNumber returns the number by which PostgreSQL knows a key. Two keys may
// share one, and then wait for each other without need.
func lockNumber(key string) int64 {
	h := fnv.New64a()
	h.Write([]byte("ruqsat " + key))
	return int64(h.Sum64())
}

// rows are the rows of a query; an error on the way spoils the act.
type rows struct {
	cursor
	s *session
}

func (r *rows) Err() error { return r.s.spoil(r.cursor.Err()) }

func (r *rows) Close() {
	r.cursor.Close()
	if r.s.open == r {
		r.s.open = nil
	}
}

// A row is the one row of a query, or its error, which spoils the act.
type row struct {
	rows *rows
	err  error
}

// Scan puts the columns where dest points; [sql.ErrNoRows] if there is no row,
// which is an answer and spoils nothing.
func (r row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return r.rows.s.spoil(err)
	}
	return nil
}

// micros returns a moment as the tables keep it, in microseconds since 1970 UTC.
// The zero moment is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment returns the moment that micros wrote, in UTC.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
