package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/registry"
)

// addNames keeps the names by which the employer of a permit is looked up.
func (t Tx) addNames(ctx context.Context, p registry.Permit) error {
	for _, key := range p.Keys() {
		err := t.write(ctx, `INSERT INTO employer_key (name_key, bin) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			key, string(p.Employer))
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

// mostEmployers is how many employers a search by name looks at: those whose names
// come first. Whoever finds too many types more of the name.
const mostEmployers = 20

// FindPermits returns the permits of a search with their histories, the latest
// first.
func (t ReadTx) FindPermits(ctx context.Context, s Search) ([]registry.Permit, error) {
	if s.Limit == 0 {
		s.Limit = 100
	}
	if s.Name == "" {
		list, err := t.latest(ctx, s, []party.BIN{s.BIN})
		return list, wrapped("search of permits", err)
	}
	bins, err := t.named(ctx, s)
	if err != nil || len(bins) == 0 {
		return nil, wrapped("search of employers", err)
	}
	list, err := t.latest(ctx, s, bins)
	return list, wrapped("search of permits", err)
}

// named returns the employers of a name as it was typed, whose number is that of the
// search if it has one.
func (t ReadTx) named(ctx context.Context, s Search) ([]party.BIN, error) {
	from, until := registry.KeyRange(s.Name)
	if from == "" {
		return nil, nil
	}
	w := &where{}
	w.and("name_key >= " + w.arg(from))
	if until != "" {
		w.and("name_key < " + w.arg(until))
	}
	w.equal("bin", string(s.BIN))
	if s.Region != "" {
		w.and("EXISTS (SELECT 1 FROM permit p WHERE p.bin = employer_key.bin AND p.region = " + w.arg(s.Region) + ")")
	}
	// A name may be found by two of its words.
	return all(ctx, t, func(r *rows) (bin party.BIN, err error) {
		var text string
		err = r.Scan(&text)
		return party.BIN(text), err
	}, `SELECT DISTINCT bin FROM (SELECT bin FROM employer_key`+w.String()+` ORDER BY name_key LIMIT `+
		w.arg(int64(mostEmployers))+`) x ORDER BY bin`, w.args...)
}

// latest returns the latest permits of each of some employers, as many of all as the
// search asks for. An index has them in order, so it reads no more than it returns.
func (t ReadTx) latest(ctx context.Context, s Search, bins []party.BIN) ([]registry.Permit, error) {
	newest := &where{}
	var each []string
	for i, bin := range bins {
		w := &where{args: newest.args}
		w.equal("bin", string(bin))
		w.equal("region", s.Region)
		w.equal("number", s.Number)
		w.equal("worker_ref", s.WorkerRef)
		each = append(each, fmt.Sprintf("SELECT seq FROM (SELECT seq FROM permit%s ORDER BY seq DESC LIMIT %s) e%d",
			w, w.arg(int64(s.Limit)), i))
		newest.args = w.args
	}
	newest.and("seq IN (SELECT seq FROM (" + strings.Join(each, " UNION ALL ") + ") x ORDER BY seq DESC LIMIT " +
		newest.arg(int64(s.Limit)) + ")")
	list, err := t.permits(ctx, newest)
	slices.Reverse(list)
	return list, err
}

// wrapped names what failed, if anything did.
func wrapped(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// nameEmployers makes the employers of before migration 0120 findable by any word of
// their names. It does nothing where all are.
func (db *DB) nameEmployers(ctx context.Context) error {
	const batch = 1000
	type named struct{ name, bin string }
	for after, more := (named{}), true; more; {
		var last named
		err := db.Do(ctx, func(ctx context.Context, tx Tx) error {
			list, err := all(ctx, tx.ReadTx, func(r *rows) (n named, err error) { return n, r.Scan(&n.name, &n.bin) },
				`SELECT name_norm, bin FROM employer_name WHERE (name_norm, bin) > ($1, $2) ORDER BY name_norm, bin LIMIT $3`,
				after.name, after.bin, int64(batch))
			if err != nil {
				return err
			}
			for _, n := range list {
				last = n
				if err := tx.addNames(ctx, registry.Permit{Employer: party.BIN(n.bin), Name: lang.Text{RU: n.name}}); err != nil {
					return err
				}
				if err := tx.write(ctx, `DELETE FROM employer_name WHERE name_norm = $1 AND bin = $2`, n.name, n.bin); err != nil {
					return err
				}
			}
			more = len(list) == batch
			return nil
		})
		if err != nil {
			return fmt.Errorf("words of the names of employers: %w", err)
		}
		after = last
	}
	return nil
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
