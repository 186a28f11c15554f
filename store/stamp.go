package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A Stamp is a time stamp that the server had put beside the signature of a paper.
type Stamp struct {
	Paper  string
	At     time.Time // the time it tells, to the microsecond
	Token  string    // DER in base64
	Report string    // what the examination of the signature with it found, as JSON
}

// AddStamp keeps the time stamp of a signature; the first one stays, and a second
// is an error.
func (t Tx) AddStamp(ctx context.Context, s Stamp) error {
	const query = `INSERT INTO paper_stamp (paper_id, at, token, report) VALUES ($1, $2, $3, $4)`
	if err := t.write(ctx, query, s.Paper, micros(s.At), s.Token, s.Report); err != nil {
		return fmt.Errorf("stamp of paper %s: %w", s.Paper, err)
	}
	return nil
}

// StampOf returns the time stamp of a paper that the server had made; it reports
// false if there is none.
func (t ReadTx) StampOf(ctx context.Context, paper string) (Stamp, bool, error) {
	s := Stamp{Paper: paper}
	var at int64
	err := t.queryRow(ctx, `SELECT at, token, report FROM paper_stamp WHERE paper_id = $1`, paper).Scan(&at, &s.Token, &s.Report)
	s.At = moment(at)
	if errors.Is(err, sql.ErrNoRows) {
		return Stamp{}, false, nil
	}
	if err != nil {
		return Stamp{}, false, fmt.Errorf("stamp of paper %s: %w", paper, err)
	}
	return s, true, nil
}

// A StampState is what became of the wish for a time stamp.
type StampState string

// The states.
const (
	StampWanted  StampState = "wanted"
	StampMade    StampState = "stamped"
	StampGivenUp StampState = "given-up" // the signature stays without
)

// A WantedStamp is a signature whose time stamp was not to be had when it came.
type WantedStamp struct {
	Paper   string
	State   StampState
	Since   time.Time
	Tries   int
	NextTry time.Time
	Why     string // what the last try found, in English, for the operator
}

// WantStamp keeps that a signature is to get a time stamp.
func (t Tx) WantStamp(ctx context.Context, w WantedStamp) error {
	_, err := t.exec(ctx, `
		INSERT INTO stamp_wanted (paper_id, state, since, tries, next_try, why) VALUES ($1, $2, $3, $4, $5, $6)`,
		w.Paper, string(StampWanted), micros(w.Since), int64(w.Tries), micros(w.NextTry), w.Why)
	if err != nil {
		return fmt.Errorf("stamp wanted for paper %s: %w", w.Paper, err)
	}
	return nil
}

// SaveWantedStamp keeps what a try came to. It reports false if another node has
// settled it meanwhile.
func (t Tx) SaveWantedStamp(ctx context.Context, w WantedStamp) (bool, error) {
	n, err := t.exec(ctx, `UPDATE stamp_wanted SET state = $2, tries = $3, next_try = $4, why = $5 WHERE paper_id = $1 AND state = 'wanted'`,
		w.Paper, string(w.State), int64(w.Tries), micros(w.NextTry), w.Why)
	if err != nil {
		return false, fmt.Errorf("stamp wanted for paper %s: %w", w.Paper, err)
	}
	return n > 0, nil
}

const wantedColumns = `paper_id, state, since, tries, next_try, why`

// DueStamps returns at most most signatures whose stamp is to be asked for again,
// the earliest first.
func (t ReadTx) DueStamps(ctx context.Context, at time.Time, most int) ([]WantedStamp, error) {
	list, err := all(ctx, t, func(r *rows) (WantedStamp, error) { return scanWanted(r) }, `
		SELECT `+wantedColumns+` FROM stamp_wanted
		WHERE state = 'wanted' AND next_try <= $1 ORDER BY next_try, paper_id LIMIT $2`, micros(at), int64(most))
	if err != nil {
		return nil, fmt.Errorf("stamps wanted: %w", err)
	}
	return list, nil
}

// WantedStampOf returns what became of the wish for a stamp of a paper; it reports
// false if its signature was never without.
func (t ReadTx) WantedStampOf(ctx context.Context, paper string) (WantedStamp, bool, error) {
	w, err := scanWanted(t.queryRow(ctx, `SELECT `+wantedColumns+` FROM stamp_wanted WHERE paper_id = $1`, paper))
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	if err != nil {
		return w, false, fmt.Errorf("stamp wanted for paper %s: %w", paper, err)
	}
	return w, true, nil
}

func scanWanted(r scanner) (WantedStamp, error) {
	var w WantedStamp
	var since, tries, next int64
	var state string
	err := r.Scan(&w.Paper, &state, &since, &tries, &next, &w.Why)
	w.State, w.Since, w.Tries, w.NextTry = StampState(state), moment(since), int(tries), moment(next)
	return w, err
}
