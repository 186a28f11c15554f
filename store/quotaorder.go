package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
)

// AddQuotaOrder keeps an order of the ministry, and returns it with its place
// among the orders. A second one of the same number and date is a Conflict.
func (t Tx) AddQuotaOrder(ctx context.Context, r quota.Record, at time.Time) (quota.Record, error) {
	if err := t.Lock(ctx, "quota orders"); err != nil {
		return r, err
	}
	var there int64
	err := t.queryRow(ctx, `SELECT count(*) FROM quota_order WHERE number = $1 AND dated = $2`, r.Number, r.Date.String()).Scan(&there)
	if err != nil {
		return r, fmt.Errorf("look for order %s: %w", r.ID(), err)
	}
	if there > 0 {
		return r, problem.New(problem.Conflict, "quota.order-twice", lang.Args{"number": r.Number, "day": r.Date}).At("number")
	}
	if r.Seq, err = t.NextNumber(ctx, "quota_order"); err != nil {
		return r, err
	}
	r.Entered = at.UTC().Format(time.RFC3339)
	body, err := json.Marshal(r)
	if err != nil {
		return r, fmt.Errorf("write order %s: %w", r.ID(), err)
	}
	err = t.write(ctx, `INSERT INTO quota_order (seq, id, number, dated, year, takes_on, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.Seq, r.ID(), r.Number, r.Date.String(), int64(r.Year), r.On.String(), micros(at), string(body))
	if err != nil {
		return r, fmt.Errorf("keep order %s: %w", r.ID(), err)
	}
	return r, nil
}

// QuotaOrders returns the orders about a year, in the order they were entered; of
// all years for year 0.
func (t ReadTx) QuotaOrders(ctx context.Context, year int) ([]quota.Record, error) {
	list, err := all(ctx, t, scanBody[quota.Record],
		`SELECT body FROM quota_order WHERE $1 = 0 OR year = $1 ORDER BY seq`, int64(year))
	if err != nil {
		return nil, fmt.Errorf("orders about the quota of %d: %w", year, err)
	}
	return list, nil
}

// QuotaOrder returns the order of an id, which is made of number and date.
func (t ReadTx) QuotaOrder(ctx context.Context, id string) (quota.Record, error) {
	list, err := all(ctx, t, scanBody[quota.Record], `SELECT body FROM quota_order WHERE id = $1`, id)
	if err != nil {
		return quota.Record{}, fmt.Errorf("order %s: %w", id, err)
	}
	if len(list) == 0 {
		return quota.Record{}, problem.New(problem.NotFound, "problem.not-found")
	}
	return list[0], nil
}

// PutQuotaDemand keeps a demand; it takes the place of one of the same employer,
// or region, for the same year.
func (t Tx) PutQuotaDemand(ctx context.Context, d quota.Demand) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write demand: %w", err)
	}
	err = t.write(ctx, `INSERT INTO quota_demand (year, region, bin, at, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (year, region, bin) DO UPDATE SET at = excluded.at, body = excluded.body`,
		int64(d.Year), d.Region, string(d.BIN), micros(d.At), string(body))
	if err != nil {
		return fmt.Errorf("keep demand of %s for %d: %w", d.BIN, d.Year, err)
	}
	return nil
}

// QuotaDemands returns what the employers of a region ask for a year.
func (t ReadTx) QuotaDemands(ctx context.Context, year int, region string) ([]quota.Demand, error) {
	return t.demands(ctx, `year = $1 AND region = $2 AND bin <> '' ORDER BY at, bin`, int64(year), region)
}

// QuotaDemandsOf returns what an employer asks for, the latest year first.
func (t ReadTx) QuotaDemandsOf(ctx context.Context, bin party.BIN) ([]quota.Demand, error) {
	return t.demands(ctx, `bin = $1 AND bin <> '' ORDER BY year DESC, region`, string(bin))
}

// QuotaRequests returns what the regions ask of the ministry for a year.
func (t ReadTx) QuotaRequests(ctx context.Context, year int) ([]quota.Demand, error) {
	return t.demands(ctx, `year = $1 AND bin = '' ORDER BY region`, int64(year))
}

func (t ReadTx) demands(ctx context.Context, where string, args ...any) ([]quota.Demand, error) {
	list, err := all(ctx, t, scanBody[quota.Demand], `SELECT body FROM quota_demand WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("demand for the quota: %w", err)
	}
	return list, nil
}

// scanBody reads a row that is one JSON.
func scanBody[T any](r *rows) (T, error) {
	var v T
	var body string
	if err := r.Scan(&body); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(body), &v)
}
