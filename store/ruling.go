package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/complaint"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
)

// RulingAbout is what a ruling decides on.
type RulingAbout string

// What rulings are about.
const (
	AboutPermit    RulingAbout = "permit"
	AboutComplaint RulingAbout = "complaint"
)

// RulingState is where a ruling stands.
type RulingState string

// The states.
const (
	RulingDrafted RulingState = "drafted" // waits for the head
	RulingSigned  RulingState = "signed"
	RulingDropped RulingState = "dropped" // given up, or another took its place
)

// A Ruling is what a head decides outside the procedure of a case, as it was
// drafted and signed.
type Ruling struct {
	ID        string         `json:"id"`
	Region    string         `json:"region"`
	Number    string         `json:"number"`
	About     RulingAbout    `json:"about"`
	Subject   string         `json:"subject"` // number of the permit, or id of the complaint
	State     RulingState    `json:"state"`
	Permit    registry.Deed  `json:"permit,omitzero"`    // of one about a permit
	Complaint complaint.Deed `json:"complaint,omitzero"` // of one about a complaint
	By        party.Actor    `json:"by"`                 // who drafted it
	At        time.Time      `json:"at"`
	Entry     int64          `json:"entry,omitempty"` // of the register: the one it made, or that it confirms
	Signed    time.Time      `json:"signed,omitzero"` // when
	Signer    party.Actor    `json:"signer,omitzero"` // who signed it
	Version   int            `json:"version"`
}

// AddRuling keeps a ruling that was drafted.
func (t Tx) AddRuling(ctx context.Context, r Ruling) error {
	const query = `
		INSERT INTO ruling (id, region, number, about, subject, state, at, body, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	r.Version = 1
	body, err := json.Marshal(r)
	if err == nil {
		err = t.write(ctx, query, r.ID, r.Region, r.Number, string(r.About), r.Subject, string(r.State), micros(r.At), string(body), int64(1))
	}
	if err != nil {
		return fmt.Errorf("add ruling %s: %w", r.Number, err)
	}
	return nil
}

// SaveRuling keeps what a ruling has become. It is a Conflict if somebody else has
// changed it since it was read.
func (t Tx) SaveRuling(ctx context.Context, r Ruling) error {
	const query = `
		UPDATE ruling SET region = $2, number = $3, about = $4, subject = $5, state = $6, at = $7, body = $8, version = $9
		WHERE id = $1 AND version = $10`
	read := r.Version
	r.Version++
	body, err := json.Marshal(r)
	if err == nil {
		err = t.writeOr(ctx, problem.New(problem.Conflict, "problem.moved-on"), query, r.ID, r.Region, r.Number, string(r.About),
			r.Subject, string(r.State), micros(r.At), string(body), int64(r.Version), int64(read))
	}
	if err != nil {
		return fmt.Errorf("save ruling %s: %w", r.Number, err)
	}
	return nil
}

// Ruling returns the ruling of an id; NotFound if there is none.
func (t ReadTx) Ruling(ctx context.Context, id string) (Ruling, error) {
	r, err := scanRuling(t.queryRow(ctx, `SELECT body FROM ruling WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return r, fmt.Errorf("ruling %s: %w", id, err)
	}
	return r, nil
}

// Rulings returns the rulings about a permit or a complaint, the latest first,
// without those that were dropped.
func (t ReadTx) Rulings(ctx context.Context, about RulingAbout, subject string) ([]Ruling, error) {
	return t.rulings(ctx, `SELECT body FROM ruling WHERE about = $1 AND subject = $2 AND state <> 'dropped' ORDER BY id DESC`,
		string(about), subject)
}

// maxRulings is how many rulings a queue shows at once.
const maxRulings = 200

// DraftedRulings returns the rulings of a region that wait for the head, the
// oldest first.
func (t ReadTx) DraftedRulings(ctx context.Context, region string) ([]Ruling, error) {
	return t.rulings(ctx, `SELECT body FROM ruling WHERE state = 'drafted' AND region = $1 ORDER BY at, id LIMIT $2`, region, int64(maxRulings))
}

func (t ReadTx) rulings(ctx context.Context, query string, args ...any) ([]Ruling, error) {
	list, err := all(ctx, t, func(r *rows) (Ruling, error) { return scanRuling(r) }, query, args...)
	if err != nil {
		return nil, fmt.Errorf("rulings: %w", err)
	}
	return list, nil
}

func scanRuling(s scanner) (r Ruling, err error) {
	var body string
	if err := s.Scan(&body); err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(body), &r)
}
