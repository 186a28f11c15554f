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
//
// The permit and the entry that it was issued have the same place: permits and
// what became of them are numbered together, without gaps.
func (t Tx) AddPermit(ctx context.Context, p registry.Permit) (registry.Permit, error) {
	const query = `
		INSERT INTO permit (seq, number, case_id, bin, region, category, citizenship, issued_on, valid_from,
			valid_until, ended_on, body, previous, worker_ref)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
		p.Citizenship, p.Issued.String(), p.From.String(), p.Until.String(), dayText(p.Ended), string(body), p.Previous, p.WorkerRef)
	switch {
	case err != nil:
		return p, fmt.Errorf("add permit %s: %w", p.Number, err)
	case n == 0:
		return p, problem.New(problem.Conflict, "registry.exists", lang.Args{"number": p.Number})
	}
	if err := t.addNames(ctx, p); err != nil {
		return p, err
	}
	if err := t.recount(ctx, registry.Permit{}, p); err != nil {
		return p, err
	}
	return p, t.writeEntry(ctx, p.Region, registry.Entry{
		Seq: p.Seq, Number: p.Number, Kind: registry.IssuedEntry, On: p.Issued, At: p.Entered,
	})
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

// Permit returns the permit of a number with its history; NotFound if there is
// none.
func (t ReadTx) Permit(ctx context.Context, number string) (registry.Permit, error) {
	p, err := scanPermit(t.queryRow(ctx, `SELECT body FROM permit WHERE number = $1`, number))
	if errors.Is(err, sql.ErrNoRows) {
		return p, problem.New(problem.NotFound, "registry.not-found", lang.Args{"number": number})
	}
	if err != nil {
		return p, fmt.Errorf("permit %s: %w", number, err)
	}
	entries, err := t.entries(ctx, `SELECT body FROM permit_entry WHERE number = $1 AND kind <> 'issued' ORDER BY seq`, number)
	return p.With(entries...), err
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
	var list []registry.Permit
	histories, err := t.askPermits(ctx, &list, w)
	if err = errors.Join(err, t.answers(ctx)); err != nil {
		return nil, fmt.Errorf("permits: %w", err)
	}
	histories()
	return list, nil
}

// askPermits asks for permits, for list. When they have come, the function it
// returns gives them their histories.
func (t ReadTx) askPermits(ctx context.Context, list *[]registry.Permit, w *where) (func(), error) {
	var entries []registry.Entry
	err := errors.Join(
		askAll(ctx, t, list, scanRow(scanPermit), w.whole("the register, taken out")+`SELECT body FROM permit`+w.String()+` ORDER BY seq`, w.args...),
		askAll(ctx, t, &entries, scanRegisterEntry, `SELECT body FROM permit_entry WHERE kind <> 'issued' AND number IN
			(SELECT number FROM permit`+w.String()+`) ORDER BY seq`, w.args...))
	return func() {
		of := map[string][]registry.Entry{}
		for _, e := range entries {
			of[e.Number] = append(of[e.Number], e)
		}
		for i, p := range *list {
			if added := of[p.Number]; len(added) > 0 {
				(*list)[i] = p.With(added...)
			}
		}
	}, err
}
