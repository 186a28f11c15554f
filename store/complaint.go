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
)

// AddComplaint keeps a complaint that was received.
func (t Tx) AddComplaint(ctx context.Context, c complaint.Complaint) error {
	const query = `
		INSERT INTO complaint (id, region, number, state, bin, case_id, permit, due, at, body, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("complaint %s: %w", c.Number, err)
	}
	err = t.write(ctx, query, c.ID, c.Region, c.Number, string(c.State), string(c.BIN), c.Case, c.Permit, micros(complaintDue(c)),
		micros(c.Received), string(body), int64(c.Version))
	if err != nil {
		return fmt.Errorf("add complaint %s: %w", c.Number, err)
	}
	return nil
}

// SaveComplaint keeps what a complaint has become. It is a Conflict if somebody
// else has acted on it since it was read.
func (t Tx) SaveComplaint(ctx context.Context, c complaint.Complaint, readAt int) error {
	const query = `
		UPDATE complaint SET region = $2, number = $3, state = $4, bin = $5, case_id = $6, permit = $7, due = $8, body = $9,
			version = $10
		WHERE id = $1 AND version = $11`
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("complaint %s: %w", c.Number, err)
	}
	movedOn := problem.New(problem.Conflict, "problem.moved-on")
	err = t.writeOr(ctx, movedOn, query, c.ID, c.Region, c.Number, string(c.State), string(c.BIN), c.Case, c.Permit,
		micros(complaintDue(c)), string(body), int64(c.Version), int64(readAt))
	if err != nil {
		return fmt.Errorf("save complaint %s: %w", c.Number, err)
	}
	return nil
}

func complaintDue(c complaint.Complaint) time.Time {
	r, _ := c.Next()
	return r.End.At
}

// Complaint returns the complaint of an id; NotFound if there is none.
func (t ReadTx) Complaint(ctx context.Context, id string) (complaint.Complaint, error) {
	c, err := scanComplaint(t.queryRow(ctx, `SELECT body FROM complaint WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return c, problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return c, fmt.Errorf("complaint %s: %w", id, err)
	}
	return c, nil
}

func scanComplaint(r scanner) (c complaint.Complaint, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(body), &c)
}

// Complaints says which complaints a list shows. Empty fields ask for nothing.
type Complaints struct {
	Region string
	BIN    party.BIN
	Case   string
	Permit string
	Limit  int // how many at most; 0 for 200
}

// FindComplaints returns the complaints of a list, those due first at the top and
// closed ones below, the latest first.
func (t ReadTx) FindComplaints(ctx context.Context, q Complaints) ([]complaint.Complaint, error) {
	w := &where{}
	w.equal("region", q.Region)
	w.equal("bin", string(q.BIN))
	w.equal("case_id", q.Case)
	w.equal("permit", q.Permit)
	if q.Limit == 0 {
		q.Limit = 200
	}
	list, err := all(ctx, t, func(r *rows) (complaint.Complaint, error) { return scanComplaint(r) },
		`SELECT body FROM complaint`+w.String()+` ORDER BY CASE WHEN due = 0 THEN 1 ELSE 0 END, due, at DESC, id LIMIT `+w.arg(int64(q.Limit)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("complaints: %w", err)
	}
	return list, nil
}
