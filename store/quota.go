package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/quota"
)

// QuotaBalance returns where a line stands, from the running totals that each
// entry keeps up. A line with no entries has a balance of nothing.
func (t ReadTx) QuotaBalance(ctx context.Context, l quota.Line) (quota.Balance, error) {
	b := quota.Balance{Line: l}
	err := t.queryRow(ctx, balanceOf, l.String()).Scan(&b.Allotted, &b.Held, &b.Used)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return quota.Balance{}, fmt.Errorf("balance of quota %s: %w", l, err)
	}
	return b, nil
}

const balanceOf = `SELECT allotted, held, used FROM quota_total WHERE line = $1`

// LockQuota returns where a line stands, and keeps other nodes from changing
// that until the act is kept.
func (t Tx) LockQuota(ctx context.Context, l quota.Line) (b quota.Balance, err error) {
	err = t.lockAnd(ctx, "quota "+l.String(), func() error {
		b, err = t.QuotaBalance(ctx, l)
		return err
	})
	return b, err
}

// AddQuotaEntry adds an entry at the end of the ledger, and to the totals of its
// lines.
func (t Tx) AddQuotaEntry(ctx context.Context, e quota.Entry) error {
	const query = `
		INSERT INTO quota_entry (seq, line, to_line, kind, permits, case_id, at_day, cite)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	seq, err := t.NextNumber(ctx, "quota_entry")
	if err != nil {
		return err
	}
	to := ""
	if e.Kind == quota.Move {
		to = e.To.String()
	}
	err = t.write(ctx, query, seq, e.Line.String(), to, string(e.Kind), int64(e.Permits), e.Case, e.On.String(), string(e.Cite))
	if err != nil {
		return fmt.Errorf("add %s of %d to quota %s: %w", e.Kind, e.Permits, e.Line, err)
	}
	return t.addToTotals(ctx, e)
}

// QuotaEntries returns the ledger of a case, or all of it for an empty id, in
// order.
func (t ReadTx) QuotaEntries(ctx context.Context, caseID string) (list []quota.Entry, err error) {
	if caseID == "" {
		list, err = all(ctx, t, scanEntry, wholeTable+`the ledger, to be counted */ `+entries+` ORDER BY seq`)
	} else {
		list, err = all(ctx, t, scanEntry, entriesOf, caseID)
	}
	if err != nil {
		return nil, fmt.Errorf("quota entries: %w", err)
	}
	return list, nil
}

// The ledger, and what a case has of it: said to have one, or the index of entries
// that do is of no use.
const (
	entries   = `SELECT seq, line, to_line, kind, permits, case_id, at_day, cite FROM quota_entry`
	entriesOf = entries + ` WHERE case_id = $1 AND case_id <> '' ORDER BY seq`
)

func scanEntry(r *rows) (quota.Entry, error) {
	var e quota.Entry
	var line, to, day, cite string
	err := r.Scan(&e.Seq, &line, &to, &e.Kind, &e.Permits, &e.Case, &day, &cite)
	if err != nil {
		return e, err
	}
	e.Cite = law.Cite(cite)
	if e.Line, err = quota.ParseLine(line); err != nil {
		return e, err
	}
	if to != "" {
		if e.To, err = quota.ParseLine(to); err != nil {
			return e, err
		}
	}
	e.On, err = calendar.ParseDate(day)
	return e, err
}

// A Waiting case found too little left of a line.
type Waiting struct {
	Line    quota.Line
	Seq     int64
	Case    string
	Permits quota.Permits
}

// AddWaiting puts a case at the end of the line's queue.
func (t Tx) AddWaiting(ctx context.Context, l quota.Line, caseID string, n quota.Permits) error {
	seq, err := t.NextNumber(ctx, "quota_wait")
	if err != nil {
		return err
	}
	err = t.write(ctx, `INSERT INTO quota_wait (line, seq, case_id, permits) VALUES ($1, $2, $3, $4)`,
		l.String(), seq, caseID, int64(n))
	if err != nil {
		return fmt.Errorf("let case %s wait for quota %s: %w", caseID, l, err)
	}
	return nil
}

// WaitingFor returns the cases that wait for a line, the first of them first.
func (t ReadTx) WaitingFor(ctx context.Context, l quota.Line) ([]Waiting, error) {
	list, err := all(ctx, t, func(r *rows) (Waiting, error) {
		w := Waiting{Line: l}
		return w, r.Scan(&w.Seq, &w.Case, &w.Permits)
	}, `SELECT seq, case_id, permits FROM quota_wait WHERE line = $1 ORDER BY seq`, l.String())
	if err != nil {
		return nil, fmt.Errorf("who waits for quota %s: %w", l, err)
	}
	return list, nil
}

// WaitsFor returns the lines a case waits for.
func (t ReadTx) WaitsFor(ctx context.Context, caseID string) ([]quota.Line, error) {
	list, err := all(ctx, t, func(r *rows) (quota.Line, error) {
		var line string
		if err := r.Scan(&line); err != nil {
			return quota.Line{}, err
		}
		return quota.ParseLine(line)
	}, `SELECT line FROM quota_wait WHERE case_id = $1 ORDER BY line`, caseID)
	if err != nil {
		return nil, fmt.Errorf("what case %s waits for: %w", caseID, err)
	}
	return list, nil
}

// RemoveWaiting takes a case off the queue of a line.
func (t Tx) RemoveWaiting(ctx context.Context, l quota.Line, caseID string) error {
	err := t.write(ctx, `DELETE FROM quota_wait WHERE line = $1 AND case_id = $2`, l.String(), caseID)
	if err != nil {
		return fmt.Errorf("take case %s off quota %s: %w", caseID, l, err)
	}
	return nil
}

// NextNumber returns the next number of a series, without gaps: a number whose
// act is undone is given to the next.
func (t Tx) NextNumber(ctx context.Context, series string) (int64, error) {
	const query = `
		INSERT INTO sequence (name, last) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET last = sequence.last + 1
		RETURNING last`
	if err := t.Lock(ctx, "number "+series); err != nil {
		return 0, err
	}
	var n int64
	if err := t.queryRow(ctx, query, series).Scan(&n); err != nil {
		return 0, fmt.Errorf("next number of %s: %w", series, err)
	}
	return n, nil
}
