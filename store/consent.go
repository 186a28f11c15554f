package store

import (
	"context"
	"fmt"

	"ruqsat/procedure"
)

// KeepConsents keeps which departments were asked in a case, and how each stands;
// where no consent is wanted any more, that too.
func (t Tx) KeepConsents(ctx context.Context, c procedure.Case) error {
	const query = `
		INSERT INTO consent (case_id, region, state, due) VALUES ($1, $2, $3, $4)
		ON CONFLICT (case_id, region) DO UPDATE SET state = excluded.state, due = excluded.due`
	for _, x := range c.Course.Consents {
		state := "asked"
		switch {
		case !wanted(c):
			state = "closed"
		case x.Answer != "":
			state = string(x.Answer)
		}
		if _, err := t.exec(ctx, query, c.ID, x.Region, state, micros(x.End.At)); err != nil {
			return fmt.Errorf("consent of %s to case %s: %w", x.Region, c.ID, err)
		}
	}
	return nil
}

// wanted reports whether a consent can still be given in a case.
func wanted(c procedure.Case) bool {
	return c.State == procedure.Examined || c.State == procedure.Forewarned || c.State == procedure.Heard
}

// maxConsulted is how many cases of other regions a list shows.
const maxConsulted = 200

// ConsultedCases returns the cases of other regions to which the department of a
// region was asked for its consent: those it has not answered first, due first.
func (t ReadTx) ConsultedCases(ctx context.Context, region string) ([]string, error) {
	list, err := all(ctx, t, func(r *rows) (id string, err error) { return id, r.Scan(&id) }, `
		SELECT case_id FROM consent WHERE region = $1
		ORDER BY CASE state WHEN 'asked' THEN 0 WHEN 'objected' THEN 1 ELSE 2 END, due DESC, case_id LIMIT $2`, region, int64(maxConsulted))
	if err != nil {
		return nil, fmt.Errorf("cases that region %s was asked about: %w", region, err)
	}
	return list, nil
}

// AwaitedConsents returns how many cases wait for the answer of a region.
func (t ReadTx) AwaitedConsents(ctx context.Context, region string) (int, error) {
	var n int64
	err := t.queryRow(ctx, `SELECT COUNT(*) FROM consent WHERE region = $1 AND state = 'asked'`, region).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("consents awaited of region %s: %w", region, err)
	}
	return int(n), nil
}
