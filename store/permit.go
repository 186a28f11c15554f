package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
)

// AddPermit enters a permit at the end of the register and returns it with its
// place there. It is a Conflict if its number is taken.
func (t Tx) AddPermit(ctx context.Context, p registry.Permit) (registry.Permit, error) {
	const query = `
		INSERT INTO permit (seq, number, case_id, bin, region, category, citizenship, issued_on, valid_from,
			valid_until, ended_on, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (number) DO NOTHING`
	seq, err := t.NextNumber(ctx, "permit")
	if err != nil {
		return p, err
	}
	p.Seq = seq
	body, err := json.Marshal(p)
	if err != nil {
		return p, fmt.Errorf("permit %s: %w", p.Number, err)
	}
	n, err := t.exec(ctx, query, p.Seq, p.Number, p.Case, string(p.Employer), p.Region, string(p.Category),
		p.Citizenship, p.Issued.String(), p.From.String(), p.Until.String(), dayText(p.Ended), string(body))
	switch {
	case err != nil:
		return p, fmt.Errorf("add permit %s: %w", p.Number, err)
	case n == 0:
		return p, problem.New(problem.Conflict, "registry.exists", lang.Args{"number": p.Number})
	}
	return p, nil
}

func dayText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func scanPermit(r scanner) (p registry.Permit, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(body), &p)
}

// Permit returns the permit of a number; NotFound if there is none.
func (t ReadTx) Permit(ctx context.Context, number string) (registry.Permit, error) {
	p, err := scanPermit(t.queryRow(ctx, `SELECT body FROM permit WHERE number = $1`, number))
	if errors.Is(err, sql.ErrNoRows) {
		return p, problem.New(problem.NotFound, "registry.not-found", lang.Args{"number": number})
	}
	if err != nil {
		return p, fmt.Errorf("permit %s: %w", number, err)
	}
	return p, nil
}

// PermitsOf returns the permits of an employer in the order of the register, or
// all for an empty number.
func (t ReadTx) PermitsOf(ctx context.Context, bin party.BIN) ([]registry.Permit, error) {
	w := &where{}
	w.equal("bin", string(bin))
	return t.permits(ctx, w)
}

// PermitsOfCase returns the permits a case led to.
func (t ReadTx) PermitsOfCase(ctx context.Context, id string) ([]registry.Permit, error) {
	w := &where{}
	w.equal("case_id", id)
	return t.permits(ctx, w)
}

func (t ReadTx) permits(ctx context.Context, w *where) ([]registry.Permit, error) {
	list, err := all(ctx, t, func(r *rows) (registry.Permit, error) { return scanPermit(r) },
		`SELECT body FROM permit`+w.String()+` ORDER BY seq`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("permits: %w", err)
	}
	return list, nil
}
