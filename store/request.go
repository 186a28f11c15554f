package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/problem"
)

// AddRequest keeps a request that was registered. It is a Conflict if the
// department has one of that number.
func (t Tx) AddRequest(ctx context.Context, f correspondence.File, at time.Time) error {
	const query = `
		INSERT INTO request (id, region, number, incoming, outgoing, state, executor, bin, due, published, body, version, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (region, number) DO NOTHING`
	values, err := requestValues(f)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, query, append(values, micros(at))...)
	switch {
	case err != nil:
		return fmt.Errorf("add request %s: %w", f.ID, err)
	case n == 0:
		return problem.New(problem.Conflict, "store.request-exists", lang.Args{"number": f.Request.Number}).At("number")
	}
	return nil
}

// SaveRequest keeps what a request has become. It is a Conflict if it is not at
// the version it was read at: somebody else has acted on it.
func (t Tx) SaveRequest(ctx context.Context, f correspondence.File, readAt int) error {
	const query = `
		UPDATE request SET region = $2, number = $3, incoming = $4, outgoing = $5, state = $6, executor = $7,
			bin = $8, due = $9, published = $10, body = $11, version = $12
		WHERE id = $1 AND version = $13`
	values, err := requestValues(f)
	if err != nil {
		return err
	}
	movedOn := problem.New(problem.Conflict, "problem.moved-on")
	if err := t.writeOr(ctx, movedOn, query, append(values, int64(readAt))...); err != nil {
		return fmt.Errorf("save request %s: %w", f.ID, err)
	}
	return nil
}

// requestValues are the columns of a request that acts change, in the order of
// the statements above.
func requestValues(f correspondence.File) ([]any, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("request %s: %w", f.ID, err)
	}
	return []any{f.ID, f.Region, string(f.Request.Number), f.Incoming.Number, f.Outgoing.Number, string(f.State), f.Executor,
		string(f.Request.Employer.BIN), f.Due.Last().String(), micros(f.Published.At), string(body), int64(f.Version)}, nil
}

func scanRequest(r scanner) (f correspondence.File, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return f, err
	}
	return f, json.Unmarshal([]byte(body), &f)
}

// Request returns the request of an id; NotFound if there is none.
func (t ReadTx) Request(ctx context.Context, id string) (correspondence.File, error) {
	return oneRequest(t.queryRow(ctx, `SELECT body FROM request WHERE id = $1`, id), id)
}

// RequestByNumber returns the request of a number in a region; NotFound if there
// is none.
func (t ReadTx) RequestByNumber(ctx context.Context, region string, n correspondence.Number) (correspondence.File, error) {
	row := t.queryRow(ctx, `SELECT body FROM request WHERE region = $1 AND number = $2`, region, string(n))
	return oneRequest(row, string(n))
}

func oneRequest(r row, key string) (correspondence.File, error) {
	f, err := scanRequest(r)
	if errors.Is(err, sql.ErrNoRows) {
		return f, problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return f, fmt.Errorf("request %s: %w", key, err)
	}
	return f, nil
}

// Letters says which requests a list shows. Empty fields ask for nothing.
type Letters struct {
	Region   string
	State    correspondence.State
	Executor string
	Search   string // part of a number of the state's system or of the journals, or a whole BIN
	Limit    int    // how many at most; 0 for 200
	After    int    // how many to leave out first
}

func (q Letters) where() *where {
	w := &where{}
	w.equal("region", q.Region)
	w.equal("state", string(q.State))
	w.equal("executor", q.Executor)
	if q.Search != "" {
		a := w.arg(q.Search)
		part := " LIKE '%' || " + a + " || '%'"
		w.and("(bin = " + a + " OR number" + part + " OR incoming" + part + " OR outgoing" + part + ")")
	}
	return w
}

// Requests returns the requests of a list: those to answer first at the top, and
// what is done below, the newest first.
func (t ReadTx) Requests(ctx context.Context, q Letters) ([]correspondence.File, error) {
	w := q.where()
	limit := q.Limit
	if limit == 0 {
		limit = 200
	}
	query := w.whole("a list of all regions") + `SELECT body FROM request` + w.String() + ` ORDER BY CASE WHEN state = 'dispatched' THEN 1 ELSE 0 END,
		CASE WHEN state = 'dispatched' THEN '' ELSE due END, at DESC, id LIMIT ` + w.arg(int64(limit)) + ` OFFSET ` + w.arg(int64(q.After))
	return t.requests(ctx, query, w.args...)
}

// PublishedLetters returns the replies that are public, the newest first.
func (t ReadTx) PublishedLetters(ctx context.Context) ([]correspondence.File, error) {
	return t.requests(ctx, `SELECT body FROM request WHERE published > 0 ORDER BY published DESC, id LIMIT 500`)
}

func (t ReadTx) requests(ctx context.Context, query string, args ...any) ([]correspondence.File, error) {
	list, err := all(ctx, t, func(r *rows) (correspondence.File, error) { return scanRequest(r) }, query, args...)
	if err != nil {
		return nil, fmt.Errorf("requests: %w", err)
	}
	return list, nil
}

// A LetterCount is how many requests are in a state, and how many of them should
// have been answered by a day.
type LetterCount struct{ N, Late int }

// CountRequests returns how many requests a list has in each state as of a day.
func (t ReadTx) CountRequests(ctx context.Context, q Letters, on calendar.Date) (map[correspondence.State]LetterCount, error) {
	q.State = ""
	w := q.where()
	type count struct {
		state correspondence.State
		LetterCount
	}
	today := w.arg(on.String())
	list, err := all(ctx, t, func(r *rows) (c count, err error) {
		return c, r.Scan(&c.state, &c.N, &c.Late)
	}, `SELECT state, count(*), sum(CASE WHEN due < `+today+` AND state <> 'dispatched' THEN 1 ELSE 0 END) FROM request`+
		w.String()+` GROUP BY state`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count requests: %w", err)
	}
	counts := map[correspondence.State]LetterCount{}
	for _, c := range list {
		counts[c.state] = c.LetterCount
	}
	return counts, nil
}

// AddRequestEvent keeps the record of an act.
func (t Tx) AddRequestEvent(ctx context.Context, e correspondence.Event) error {
	const query = `
		INSERT INTO request_event (request_id, version, act, role, account, at, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`
	body, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("event %s/%d: %w", e.File, e.Version, err)
	}
	err = t.write(ctx, query, e.File, int64(e.Version), string(e.Act), string(e.By.Role), e.By.Account, micros(e.At), string(body))
	if err != nil {
		return fmt.Errorf("add event %s/%d: %w", e.File, e.Version, err)
	}
	return nil
}

// RequestEvents returns what was done to a request, in order.
func (t ReadTx) RequestEvents(ctx context.Context, id string) ([]correspondence.Event, error) {
	list, err := all(ctx, t, func(r *rows) (e correspondence.Event, err error) {
		var body string
		if err := r.Scan(&body); err != nil {
			return e, err
		}
		return e, json.Unmarshal([]byte(body), &e)
	}, `SELECT body FROM request_event WHERE request_id = $1 ORDER BY version`, id)
	if err != nil {
		return nil, fmt.Errorf("events of request %s: %w", id, err)
	}
	return list, nil
}

// SetLetterhead keeps what stands on the letters of a region's department.
func (t Tx) SetLetterhead(ctx context.Context, region string, o correspondence.Office) error {
	const query = `INSERT INTO letterhead (region, body) VALUES ($1, $2) ON CONFLICT (region) DO UPDATE SET body = excluded.body`
	body, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("letterhead of %s: %w", region, err)
	}
	if err := t.write(ctx, query, region, string(body)); err != nil {
		return fmt.Errorf("letterhead of %s: %w", region, err)
	}
	return nil
}

// Letterhead returns what stands on the letters of a region's department; a zero
// one if nobody has entered it.
func (t ReadTx) Letterhead(ctx context.Context, region string) (correspondence.Office, error) {
	var o correspondence.Office
	var body string
	err := t.queryRow(ctx, `SELECT body FROM letterhead WHERE region = $1`, region).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return o, nil
	}
	if err != nil {
		return o, fmt.Errorf("letterhead of %s: %w", region, err)
	}
	return o, json.Unmarshal([]byte(body), &o)
}
