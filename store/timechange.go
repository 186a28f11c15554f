package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// A TimeChange is what changes terms that run already: a day off that an act
// moved, or a time in which the system did not work.
type TimeChange struct {
	ID      string
	At      time.Time // when it was entered
	Settled bool      // the clock has gone through the running terms
	By      party.Actor
	Days    *law.DayChange    // of the calendar
	Outage  *procedure.Outage // or an outage
}

type timeChangeBody struct {
	By     party.Actor       `json:"by"`
	Days   *law.DayChange    `json:"days,omitempty"`
	Outage *procedure.Outage `json:"outage,omitempty"`
}

// AddTimeChange keeps a change.
func (t Tx) AddTimeChange(ctx context.Context, x TimeChange) error {
	kind := "calendar"
	if x.Outage != nil {
		kind = "outage"
	}
	body, err := json.Marshal(timeChangeBody{x.By, x.Days, x.Outage})
	if err != nil {
		return fmt.Errorf("time change %s: %w", x.ID, err)
	}
	err = t.write(ctx, `INSERT INTO time_change (id, kind, at, settled, body) VALUES ($1, $2, $3, 0, $4)`,
		x.ID, kind, micros(x.At), string(body))
	if err != nil {
		return fmt.Errorf("add time change %s: %w", x.ID, err)
	}
	return nil
}

// SettleTimeChange notes that the clock has gone through the running terms.
func (t Tx) SettleTimeChange(ctx context.Context, id string) error {
	if err := t.write(ctx, `UPDATE time_change SET settled = 1 WHERE id = $1`, id); err != nil {
		return fmt.Errorf("settle time change %s: %w", id, err)
	}
	return nil
}

// TimeChanges returns the changes, the oldest first.
func (t ReadTx) TimeChanges(ctx context.Context) ([]TimeChange, error) {
	list, err := all(ctx, t, func(r *rows) (x TimeChange, err error) {
		var at, settled int64
		var text string
		if err := r.Scan(&x.ID, &at, &settled, &text); err != nil {
			return x, err
		}
		var body timeChangeBody
		err = json.Unmarshal([]byte(text), &body)
		x.At, x.Settled, x.By, x.Days, x.Outage = moment(at), settled == 1, body.By, body.Days, body.Outage
		return x, err
	}, `SELECT id, at, settled, body FROM time_change ORDER BY at, id`)
	if err != nil {
		return nil, fmt.Errorf("time changes: %w", err)
	}
	return list, nil
}

// OpenRequests returns the next requests for information after an id that are not
// answered, at most limit of them.
func (t ReadTx) OpenRequests(ctx context.Context, after string, limit int) ([]string, error) {
	return t.ids(ctx, `SELECT id FROM request WHERE state <> 'dispatched' AND id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// RunningComplaints returns the next complaints after an id in which a term runs, at
// most limit of them.
func (t ReadTx) RunningComplaints(ctx context.Context, after string, limit int) ([]string, error) {
	return t.ids(ctx, `SELECT id FROM complaint WHERE due > 0 AND id > $1 ORDER BY id LIMIT $2`, after, limit)
}

func (t ReadTx) ids(ctx context.Context, query, after string, limit int) ([]string, error) {
	ids, err := all(ctx, t, func(r *rows) (id string, err error) { return id, r.Scan(&id) }, query, after, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("ids after %q: %w", after, err)
	}
	return ids, nil
}

// RunningCases returns the next cases after an id in which a term runs, at most
// limit of them.
func (t ReadTx) RunningCases(ctx context.Context, after string, limit int) ([]string, error) {
	ids, err := all(ctx, t, func(r *rows) (id string, err error) { return id, r.Scan(&id) },
		`SELECT id FROM case_file WHERE due > 0 AND id > $1 ORDER BY id LIMIT $2`, after, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("running cases: %w", err)
	}
	return ids, nil
}
