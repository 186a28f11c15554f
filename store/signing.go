package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"ruqsat/party"
	"ruqsat/problem"
)

// WaitState is what became of signatures that wait to be judged.
type WaitState string

// The states.
const (
	WaitOpen     WaitState = "waiting"
	WaitDone     WaitState = "done"     // found valid, and the act was done
	WaitRejected WaitState = "rejected" // found invalid, or the case has moved on
	WaitReplaced WaitState = "replaced" // by a later signature
)

// A WaitingSignature is signatures that came and could not be judged yet.
type WaitingSignature struct {
	ID       string            `json:"-"`
	Case     string            `json:"-"` // or the request
	Act      string            `json:"-"` // submit, sign, or letter
	State    WaitState         `json:"-"`
	Received time.Time         `json:"-"`
	Tries    int               `json:"-"`
	NextTry  time.Time         `json:"-"`
	By       party.Actor       `json:"by"`
	Sigs     map[string][]byte `json:"signatures"` // as received, by papers
	Why      json.RawMessage   `json:"why"`        // lang.Message: what the last try found
}

// KeepWaiting keeps signatures that wait, in the place of those that waited before.
func (t Tx) KeepWaiting(ctx context.Context, w WaitingSignature) error {
	body, err := json.Marshal(w)
	if err == nil {
		err = t.write(ctx, `UPDATE waiting_signature SET state = 'replaced' WHERE case_id = $1 AND state = 'waiting'`, w.Case)
	}
	if err == nil {
		err = t.write(ctx, `
			INSERT INTO waiting_signature (id, case_id, act, state, received, tries, next_try, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			w.ID, w.Case, w.Act, string(WaitOpen), micros(w.Received), int64(w.Tries), micros(w.NextTry), string(body))
	}
	if err != nil {
		return fmt.Errorf("add waiting signature of %s: %w", w.Case, err)
	}
	return nil
}

// EndWaiting says what became of signatures that wait. It is a Conflict if that is
// settled already.
func (t Tx) EndWaiting(ctx context.Context, w WaitingSignature, state WaitState) error {
	body, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("end waiting signature %s: %w", w.ID, err)
	}
	n, err := t.exec(ctx, `UPDATE waiting_signature SET state = $2, body = $3 WHERE id = $1 AND state = 'waiting'`,
		w.ID, string(state), string(body))
	switch {
	case err != nil:
		return fmt.Errorf("end waiting signature %s: %w", w.ID, err)
	case n == 0:
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	return nil
}

// DropWaiting sets aside what waits in a case, for another signature has come.
func (t Tx) DropWaiting(ctx context.Context, caseID string) error {
	err := t.write(ctx, `UPDATE waiting_signature SET state = 'replaced' WHERE case_id = $1 AND state = 'waiting'`, caseID)
	if err != nil {
		return fmt.Errorf("drop waiting signature of %s: %w", caseID, err)
	}
	return nil
}

// PutOffWaiting keeps when signatures are to be tried again.
func (t Tx) PutOffWaiting(ctx context.Context, w WaitingSignature) error {
	body, err := json.Marshal(w)
	if err == nil {
		err = t.write(ctx, `UPDATE waiting_signature SET tries = $2, next_try = $3, body = $4 WHERE id = $1 AND state = 'waiting'`,
			w.ID, int64(w.Tries), micros(w.NextTry), string(body))
	}
	if err != nil {
		return fmt.Errorf("put off waiting signature %s: %w", w.ID, err)
	}
	return nil
}

const waitingColumns = `id, case_id, act, state, received, tries, next_try, body`

// DueWaiting returns at most most signatures whose next try is due, the earliest
// first.
func (t ReadTx) DueWaiting(ctx context.Context, at time.Time, most int) ([]WaitingSignature, error) {
	list, err := all(ctx, t, func(r *rows) (WaitingSignature, error) { return scanWaiting(r) }, `
		SELECT `+waitingColumns+` FROM waiting_signature
		WHERE state = 'waiting' AND next_try <= $1 ORDER BY next_try, id LIMIT $2`, micros(at), int64(most))
	if err != nil {
		return nil, fmt.Errorf("waiting signatures: %w", err)
	}
	return list, nil
}

// LastWaiting returns the signatures of a case that came last to wait; it reports
// false if none ever did.
func (t ReadTx) LastWaiting(ctx context.Context, caseID string) (WaitingSignature, bool, error) {
	w, err := scanWaiting(t.queryRow(ctx, `
		SELECT `+waitingColumns+` FROM waiting_signature WHERE case_id = $1 ORDER BY received DESC, id DESC LIMIT 1`, caseID))
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	if err != nil {
		return w, false, fmt.Errorf("waiting signature of %s: %w", caseID, err)
	}
	return w, true, nil
}

// Awaiting returns which of some cases or requests have signatures that wait.
func (t ReadTx) Awaiting(ctx context.Context, ids []string) (map[string]bool, error) {
	found := map[string]bool{}
	if len(ids) == 0 {
		return found, nil
	}
	var w where
	places := make([]string, len(ids))
	for i, id := range ids {
		places[i] = w.arg(id)
	}
	list, err := all(ctx, t, func(r *rows) (id string, err error) { return id, r.Scan(&id) },
		`SELECT case_id FROM waiting_signature WHERE state = 'waiting' AND case_id IN (`+strings.Join(places, ", ")+`)`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("signatures that wait: %w", err)
	}
	for _, id := range list {
		found[id] = true
	}
	return found, nil
}

func scanWaiting(r scanner) (WaitingSignature, error) {
	var w WaitingSignature
	var received, tries, next int64
	var state, body string
	if err := r.Scan(&w.ID, &w.Case, &w.Act, &state, &received, &tries, &next, &body); err != nil {
		return w, err
	}
	w.State, w.Received, w.Tries, w.NextTry = WaitState(state), moment(received), int(tries), moment(next)
	return w, json.Unmarshal([]byte(body), &w)
}

// SawPaper keeps that somebody has opened a paper; the first time counts.
func (t Tx) SawPaper(ctx context.Context, paper, account string, at time.Time) error {
	err := t.write(ctx, `INSERT INTO paper_seen (paper_id, account, at) VALUES ($1, $2, $3) ON CONFLICT (paper_id, account) DO NOTHING`,
		paper, account, micros(at))
	if err != nil {
		return fmt.Errorf("paper %s seen: %w", paper, err)
	}
	return nil
}

// Seen reports whether somebody has opened a paper.
func (t ReadTx) Seen(ctx context.Context, paper, account string) (bool, error) {
	var n int64
	err := t.queryRow(ctx, `SELECT COUNT(*) FROM paper_seen WHERE paper_id = $1 AND account = $2`, paper, account).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("paper %s seen: %w", paper, err)
	}
	return n > 0, nil
}
