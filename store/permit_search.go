package store

import (
	"context"
	"fmt"
	"slices"

	"ruqsat/party"
	"ruqsat/registry"
)

// addNames keeps the names by which the employer of a permit is looked up.
func (t Tx) addNames(ctx context.Context, p registry.Permit) error {
	for _, name := range p.Spellings() {
		err := t.write(ctx, `INSERT INTO employer_name (name_norm, bin) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			name, string(p.Employer))
		if err != nil {
			return fmt.Errorf("name of employer %s: %w", p.Employer, err)
		}
	}
	return nil
}

// A Search says which permits a list shows. Empty fields ask for nothing.
type Search struct {
	Region    string
	Number    string // whole
	BIN       party.BIN
	Name      string // what a name of the employer begins with, in any script
	WorkerRef string // whole
	Limit     int    // how many at most; 0 for 100
}

// FindPermits returns the permits of a search with their histories, the latest
// first.
func (t ReadTx) FindPermits(ctx context.Context, s Search) ([]registry.Permit, error) {
	w := &where{}
	w.equal("region", s.Region)
	w.equal("number", s.Number)
	w.equal("bin", string(s.BIN))
	w.equal("worker_ref", s.WorkerRef)
	if s.Name != "" {
		if registry.Spell(s.Name) == "" {
			return nil, nil
		}
		// Spell leaves letters and digits only, so nothing in it is a sign of LIKE.
		w.and("bin IN (SELECT bin FROM employer_name WHERE name_norm LIKE " + w.arg(registry.Spell(s.Name)+"%") + ")")
	}
	if s.Limit == 0 {
		s.Limit = 100
	}
	newest := &where{args: w.args}
	newest.and("seq IN (SELECT seq FROM permit" + w.String() + " ORDER BY seq DESC LIMIT " + newest.arg(int64(s.Limit)) + ")")
	list, err := t.permits(ctx, newest)
	if err != nil {
		return nil, fmt.Errorf("search of permits: %w", err)
	}
	slices.Reverse(list)
	return list, nil
}

// findPermits makes the permits of before migration 0030 findable: what they are
// looked up by is made in Go. It does nothing where all are.
func (db *DB) findPermits(ctx context.Context) error {
	const batch = 1000
	for after, n := int64(0), batch; n == batch; {
		from := after // the act may be run again
		err := db.Do(ctx, func(ctx context.Context, tx Tx) error {
			list, err := all(ctx, tx.ReadTx, func(r *rows) (registry.Permit, error) { return scanPermit(r) },
				`SELECT body FROM permit WHERE worker_ref = '' AND seq > $1 ORDER BY seq LIMIT $2`, from, int64(batch))
			if err != nil {
				return err
			}
			n = len(list)
			for _, p := range list {
				after = p.Seq
				if err := tx.addNames(ctx, p); err != nil {
					return err
				}
				err := tx.write(ctx, `UPDATE permit SET previous = $1, worker_ref = $2 WHERE seq = $3`, p.Previous, p.WorkerRef, p.Seq)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("names of employers: %w", err)
		}
	}
	return nil
}
