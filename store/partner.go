package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/partner"
	"ruqsat/problem"
	"ruqsat/registry"
)

// AddToken keeps a token.
func (t Tx) AddToken(ctx context.Context, x partner.Token) error {
	const query = `INSERT INTO partner_token (id, hash, issued, expires, revoked, body) VALUES ($1, $2, $3, $4, 0, $5)`
	body, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("token of %s: %w", x.Name, err)
	}
	if err := t.write(ctx, query, x.ID, x.Hash, micros(x.Issued), micros(x.Expires), string(body)); err != nil {
		return fmt.Errorf("token of %s: %w", x.Name, err)
	}
	return nil
}

// RevokeToken notes that a token lets nobody ask any more. One that was revoked
// before stays as it is.
func (t Tx) RevokeToken(ctx context.Context, id string, at time.Time) error {
	n, err := t.exec(ctx, `UPDATE partner_token SET revoked = CASE WHEN revoked = 0 THEN $1 ELSE revoked END WHERE id = $2`, micros(at), id)
	if err == nil && n == 0 {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return err
}

func scanToken(r scanner) (x partner.Token, err error) {
	var body string
	var revoked int64
	if err := r.Scan(&x.Hash, &revoked, &body); err != nil {
		return x, err
	}
	err = json.Unmarshal([]byte(body), &x)
	x.Revoked = moment(revoked)
	return x, err
}

// TokenOf returns the token of a hash, and whether there is one.
func (t ReadTx) TokenOf(ctx context.Context, hash string) (partner.Token, bool, error) {
	x, err := scanToken(t.queryRow(ctx, `SELECT hash, revoked, body FROM partner_token WHERE hash = $1`, hash))
	if errors.Is(err, sql.ErrNoRows) {
		return x, false, nil
	}
	return x, err == nil, err
}

// Tokens returns all tokens, the newest first.
func (t ReadTx) Tokens(ctx context.Context) ([]partner.Token, error) {
	return all(ctx, t, func(r *rows) (partner.Token, error) { return scanToken(r) },
		`SELECT hash, revoked, body FROM partner_token ORDER BY issued DESC, id`)
}

// PermitsNumbered returns the permits of some numbers that there are, in the order
// of the register.
func (t ReadTx) PermitsNumbered(ctx context.Context, numbers []string) ([]registry.Permit, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	w := &where{}
	places := ""
	for i, n := range numbers {
		if i > 0 {
			places += ", "
		}
		places += w.arg(n)
	}
	w.and("number IN (" + places + ")")
	return t.permits(ctx, w)
}
