package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/problem"
)

// A PhoneSigning is an invitation to sign the papers of a case with a telephone.
type PhoneSigning struct {
	Secret  string    `json:"-"` // SHA-256 of the secret, hexadecimal
	Case    string    `json:"-"`
	Account string    `json:"-"` // who is signed in and must sign
	Used    bool      `json:"-"`
	Expires time.Time `json:"-"`
	Papers  []string  `json:"papers"`            // what is to be signed
	Failed  string    `json:"failed,omitempty"`  // JSON of the lang.Message why not
	Waiting bool      `json:"waiting,omitempty"` // the signature came and is being checked
}

// AddPhoneSigning keeps an invitation, and forgets those that are long over.
func (t Tx) AddPhoneSigning(ctx context.Context, p PhoneSigning) error {
	body, err := json.Marshal(p)
	if err == nil {
		err = t.write(ctx, `DELETE FROM phone_signing WHERE expires < $1`, micros(p.Expires.Add(-24*time.Hour)))
	}
	if err == nil {
		err = t.write(ctx, `INSERT INTO phone_signing (secret, case_id, account, state, expires, body) VALUES ($1, $2, $3, 'open', $4, $5)`,
			p.Secret, p.Case, p.Account, micros(p.Expires), string(body))
	}
	if err != nil {
		return fmt.Errorf("add telephone signing of %s: %w", p.Case, err)
	}
	return nil
}

// UsePhoneSigning uses an invitation up. It is a Conflict if it was used before.
func (t Tx) UsePhoneSigning(ctx context.Context, secret string) error {
	n, err := t.exec(ctx, `UPDATE phone_signing SET state = 'used' WHERE secret = $1 AND state = 'open'`, secret)
	switch {
	case err != nil:
		return fmt.Errorf("use telephone signing: %w", err)
	case n == 0:
		return problem.New(problem.Conflict, "office.phone-used")
	}
	return nil
}

// EndPhoneSigning keeps what came of an invitation.
func (t Tx) EndPhoneSigning(ctx context.Context, p PhoneSigning) error {
	body, err := json.Marshal(p)
	if err == nil {
		err = t.write(ctx, `UPDATE phone_signing SET body = $2 WHERE secret = $1`, p.Secret, string(body))
	}
	if err != nil {
		return fmt.Errorf("end telephone signing: %w", err)
	}
	return nil
}

// PhoneSigning returns the invitation of a secret's digest; NotFound if there is
// none.
func (t ReadTx) PhoneSigning(ctx context.Context, secret string) (PhoneSigning, error) {
	var p PhoneSigning
	var state, body string
	var expires int64
	err := t.queryRow(ctx, `SELECT secret, case_id, account, state, expires, body FROM phone_signing WHERE secret = $1`, secret).
		Scan(&p.Secret, &p.Case, &p.Account, &state, &expires, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return p, problem.New(problem.NotFound, "problem.not-found")
	}
	if err == nil {
		p.Used, p.Expires = state == "used", moment(expires)
		err = json.Unmarshal([]byte(body), &p)
	}
	if err != nil {
		return p, fmt.Errorf("telephone signing: %w", err)
	}
	return p, nil
}
