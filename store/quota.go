package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/quota"
)

// QuotaBalance returns where a line stands, from the running totals that each
// entry keeps up. A line with no entries has a balance of nothing.
func (t ReadTx) QuotaBalance(ctx context.Context, l quota.Line) (quota.Balance, error) {
	var k lineKnown
	err := t.askBalance(ctx, l, &k)
	if err == nil {
		err = t.answers(ctx)
	}
	if err != nil {
		return quota.Balance{}, fmt.Errorf("balance of quota %s: %w", l, err)
	}
	return k.balance, nil
}

// askBalance asks where a line stands, for k.
func (t ReadTx) askBalance(ctx context.Context, l quota.Line, k *lineKnown) error {
	if known := t.s.known.lines[l]; known != nil {
		*k = *known
		return nil
	}
	if err := t.s.spoil(t.s.writeTotals(ctx)); err != nil {
		return err
	}
	k.balance = quota.Balance{Line: l}
	return t.ask(ctx, func(r *rows) error {
		if k.begun = r.Next(); !k.begun {
			return nil
		}
		return r.Scan(&k.balance.Allotted, &k.balance.Held, &k.balance.Used)
	}, balanceOf, l.String())
}

const balanceOf = `SELECT allotted, held, used FROM quota_total WHERE line = $1`

// LockQuota returns where a line stands, and keeps other nodes from changing
// that until the act is kept.
func (t Tx) LockQuota(ctx context.Context, l quota.Line) (quota.Balance, error) {
	if k := t.s.known.lines[l]; k != nil {
		return k.balance, t.s.refuse(nil)
	}
	k := &lineKnown{}
	err := t.lockAnd(ctx, lineKey(l), func() error {
		return errors.Join(t.askBalance(ctx, l, k), t.askWaiting(ctx, l, &k.waiting), t.answers(ctx))
	})
	if err != nil {
		return quota.Balance{}, fmt.Errorf("quota %s: %w", l, err)
	}
	if t.s.knows() {
		t.s.known.line(k)
	}
	return k.balance, nil
}

func lineKey(l quota.Line) string { return "quota " + l.String() }

// AddQuotaEntry adds an entry at the end of the ledger, and to the totals of its
// lines.
func (t Tx) AddQuotaEntry(ctx context.Context, e quota.Entry) error {
	seq, err := t.NextNumber(ctx, ledgerSeries)
	if err != nil {
		return err
	}
	to := ""
	if e.Kind == quota.Move {
		to = e.To.String()
	}
	delete(t.s.known.ledgers, e.Case)
	delete(t.s.known.gathered, e.Case)
	err = t.insert(ctx, entryTable, seq, e.Line.String(), to, string(e.Kind), int64(e.Permits), e.Case, e.On.String(), string(e.Cite))
	if err != nil {
		return fmt.Errorf("add %s of %d to quota %s: %w", e.Kind, e.Permits, e.Line, err)
	}
	return t.addToTotals(ctx, e)
}

// QuotaEntries returns the ledger of a case, or all of it for an empty id, in
// order.
func (t ReadTx) QuotaEntries(ctx context.Context, caseID string) (list []quota.Entry, err error) {
	if caseID == "" {
		list, err = all(ctx, t, scanRow(scanEntry), wholeTable+`the ledger, to be counted */ `+entries+` ORDER BY seq`)
	} else if kept, ok := t.s.known.ledgers[caseID]; ok {
		list = slices.Clone(kept)
	} else {
		list, err = all(ctx, t, scanRow(scanEntry), entriesOf, caseID)
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

func scanEntry(r scanner) (quota.Entry, error) {
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
	if k := t.s.known.lines[l]; k != nil {
		k.waiting = append(k.waiting, Waiting{Line: l, Seq: seq, Case: caseID, Permits: n})
	}
	return nil
}

// WaitingFor returns the cases that wait for a line, the first of them first.
func (t ReadTx) WaitingFor(ctx context.Context, l quota.Line) ([]Waiting, error) {
	if k := t.s.known.lines[l]; k != nil {
		return slices.Clone(k.waiting), nil
	}
	var list []Waiting
	err := t.askWaiting(ctx, l, &list)
	if err == nil {
		err = t.answers(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("who waits for quota %s: %w", l, err)
	}
	return list, nil
}

// askWaiting asks who waits for a line.
func (t ReadTx) askWaiting(ctx context.Context, l quota.Line, list *[]Waiting) error {
	return askAll(ctx, t, list, func(r *rows) (Waiting, error) {
		w := Waiting{Line: l}
		return w, r.Scan(&w.Seq, &w.Case, &w.Permits)
	}, `SELECT seq, case_id, permits FROM quota_wait WHERE line = $1 ORDER BY seq`, l.String())
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
	if k := t.s.known.lines[l]; k != nil {
		waits := func(w Waiting) bool { return w.Case == caseID }
		if !slices.ContainsFunc(k.waiting, waits) {
			return nil
		}
		k.waiting = slices.DeleteFunc(k.waiting, waits)
		t.s.sent = true
	}
	err := t.write(ctx, `DELETE FROM quota_wait WHERE line = $1 AND case_id = $2`, l.String(), caseID)
	if err != nil {
		return fmt.Errorf("take case %s off quota %s: %w", caseID, l, err)
	}
	return nil
}

// NextNumber returns the next number of a series, without gaps: a number whose
// act is undone is given to the next.
func (t Tx) NextNumber(ctx context.Context, series string) (n int64, err error) {
	const next = `
		INSERT INTO sequence (name, last) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET last = sequence.last + 1
		RETURNING last`
	const last = `SELECT coalesce(max(last), 0) FROM sequence WHERE name = $1`
	_, known := t.s.known.numbers[series]
	switch {
	case known:
		err = t.s.refuse(nil)
	case t.s.knows():
		err = t.lockAnd(ctx, numberKey(series), func() error { return t.queryRow(ctx, last, series).Scan(&n) })
		if err == nil {
			t.s.known.number(series, n)
		}
	default:
		if err = t.Lock(ctx, numberKey(series)); err == nil {
			err = t.queryRow(ctx, next, series).Scan(&n)
		}
	}
	switch {
	case err != nil:
		return 0, fmt.Errorf("next number of %s: %w", series, err)
	case t.s.knows():
		return t.s.draw(series), nil
	}
	return n, nil
}

// ledgerSeries numbers the entries of the ledger.
const ledgerSeries = "quota_entry"

func numberKey(series string) string { return "number " + series }
