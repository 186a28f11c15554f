package store

import (
	"context"
	"encoding/json"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/registry"
)

// AddEntry adds an entry about a permit at the end of the register, and returns it
// with its place there.
func (t Tx) AddEntry(ctx context.Context, p registry.Permit, e registry.Entry) (registry.Entry, error) {
	seq, err := t.NextNumber(ctx, "permit")
	if err != nil {
		return e, err
	}
	e.Seq, e.Number = seq, p.Number
	if e.Kind != registry.ExpiredEntry && e.Kind != registry.ExtendedEntry { // neither changes a day in force
		kept, err := t.Permit(ctx, p.Number)
		if err != nil {
			return e, err
		}
		if err := t.recount(ctx, kept, kept.With(e)); err != nil {
			return e, err
		}
	}
	return e, t.writeEntry(ctx, p.Region, e)
}

func (t Tx) writeEntry(ctx context.Context, region string, e registry.Entry) error {
	const query = `
		INSERT INTO permit_entry (seq, number, kind, region, on_day, at, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`
	body, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("entry of permit %s: %w", e.Number, err)
	}
	err = t.write(ctx, query, e.Seq, e.Number, string(e.Kind), region, e.On.String(), micros(e.At), string(body))
	if err != nil {
		return fmt.Errorf("enter that permit %s was %s: %w", e.Number, e.Kind, err)
	}
	return nil
}

// LockPermit keeps other nodes from acting on a permit until the act is kept.
func (t Tx) LockPermit(ctx context.Context, number string) error {
	return t.Lock(ctx, "permit "+number)
}

func (t ReadTx) entries(ctx context.Context, query string, args ...any) ([]registry.Entry, error) {
	list, err := all(ctx, t, scanRegisterEntry, query, args...)
	if err != nil {
		return nil, fmt.Errorf("entries of the register: %w", err)
	}
	return list, nil
}

func scanRegisterEntry(r *rows) (e registry.Entry, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return e, err
	}
	return e, json.Unmarshal([]byte(body), &e)
}

// Entries returns everything the register says of a permit, its issue first.
func (t ReadTx) Entries(ctx context.Context, number string) ([]registry.Entry, error) {
	return t.entries(ctx, `SELECT body FROM permit_entry WHERE number = $1 ORDER BY seq`, number)
}

// EntryGaps returns the places of the register that nothing stands at, at most
// limit of them: there must be none.
func (t ReadTx) EntryGaps(ctx context.Context, limit int) ([]int64, error) {
	gaps, err := all(ctx, t, func(r *rows) (n int64, err error) { return n, r.Scan(&n) },
		`SELECT e.seq - 1 FROM permit_entry e LEFT JOIN permit_entry before ON before.seq = e.seq - 1
		WHERE before.seq IS NULL AND e.seq > 1 ORDER BY e.seq LIMIT $1`, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("gaps of the register: %w", err)
	}
	return gaps, nil
}

// Chain returns a permit with those it came of, the oldest first.
func (t ReadTx) Chain(ctx context.Context, number string) (registry.Chain, error) {
	p, err := t.Permit(ctx, number)
	if err != nil {
		return nil, err
	}
	chain := registry.Chain{p}
	for len(chain) < maxChain && chain[0].Previous != "" {
		older, err := t.Permit(ctx, chain[0].Previous)
		if err != nil {
			return nil, err
		}
		chain = append(registry.Chain{older}, chain...)
	}
	return chain, nil
}

// maxChain is more than any permit was ever extended and reissued; a register in
// which permits came of each other in a circle would be read for ever.
const maxChain = 100

// Later returns the permits that came of a permit, in order.
func (t ReadTx) Later(ctx context.Context, p registry.Permit) ([]registry.Permit, error) {
	var list []registry.Permit
	for next, ok := p.Successor(); ok && len(list) < maxChain; next, ok = p.Successor() {
		var err error
		if p, err = t.Permit(ctx, next); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// RunOut returns the permits of a region whose last day was before a day and of
// which the register does not say so yet, at most limit of them. It looks no
// further back than the last that it said so of: what had run out when an old
// register was taken in stays as it came.
func (t ReadTx) RunOut(ctx context.Context, region string, today calendar.Date, limit int) ([]registry.Permit, error) {
	var last string
	err := t.queryRow(ctx, `SELECT coalesce(max(on_day), '') FROM permit_entry WHERE kind = 'expired' AND region = $1`, region).Scan(&last)
	if err != nil {
		return nil, fmt.Errorf("last permit that ran out: %w", err)
	}
	w := &where{}
	w.equal("region", region)
	if day, err := calendar.ParseDate(last); err == nil {
		w.and("valid_until >= " + w.arg(day.AddDays(-1).String()))
	}
	w.and("valid_until < " + w.arg(today.String()))
	w.and("case_id <> '' AND ended_on = ''")
	w.and(`NOT EXISTS (SELECT 1 FROM permit_entry e WHERE e.number = permit.number AND e.kind IN ('expired', 'revoked', 'surrendered', 'reissued'))`)
	list, err := all(ctx, t, func(r *rows) (registry.Permit, error) { return scanPermit(r) },
		`SELECT body FROM permit`+w.String()+` ORDER BY valid_until, seq LIMIT `+w.arg(int64(limit)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("permits that ran out: %w", err)
	}
	return list, nil
}
