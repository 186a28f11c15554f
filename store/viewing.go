package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ruqsat/party"
)

// A Viewing is that somebody of the authority looked at personal data.
type Viewing struct {
	ID      string
	At      time.Time
	Account string
	Role    party.Role // why they might: what the role is for
	Name    string     // of who looked
	Region  string     // of who looked; empty for the ministry
	What    string     // case, permit, search, package, file, paper or export
	Subject string     // number of the case or the permit
	BIN     party.BIN  // of the employer whose papers they are
	Worker  string     // reference of the worker; empty for all of a case
}

// AddViewing keeps that somebody looked.
func (t Tx) AddViewing(ctx context.Context, v Viewing) error {
	const query = `
		INSERT INTO viewing (id, at, account, role, name, region, what, subject, bin, worker_ref)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	err := t.write(ctx, query, v.ID, micros(v.At), v.Account, string(v.Role), v.Name, v.Region, v.What, v.Subject, string(v.BIN), v.Worker)
	if err != nil {
		return fmt.Errorf("viewing of %s %s: %w", v.What, v.Subject, err)
	}
	return nil
}

// A ViewingSearch says which viewings a list shows. Empty fields ask for nothing.
type ViewingSearch struct {
	Region      string
	BIN         party.BIN
	Account     string // its id
	Name        string // of who looked, or a part of it
	Subject     string // number of a case or permit, or reference of a worker
	From, Until time.Time
	Limit       int
}

// Viewings returns who looked, the latest first.
func (t ReadTx) Viewings(ctx context.Context, s ViewingSearch) ([]Viewing, error) {
	w := &where{}
	w.equal("region", s.Region)
	w.equal("bin", string(s.BIN))
	w.equal("account", s.Account)
	if s.Name != "" {
		w.and("name LIKE " + w.arg("%"+literal(s.Name)+"%") + ` ESCAPE '\'`)
	}
	if s.Subject != "" {
		subject := w.arg(s.Subject)
		w.and("(subject = " + subject + " OR worker_ref = " + subject + ")")
	}
	if !s.From.IsZero() {
		w.and("at >= " + w.arg(micros(s.From)))
	}
	if !s.Until.IsZero() {
		w.and("at < " + w.arg(micros(s.Until)))
	}
	list, err := all(ctx, t, scanViewing, wholeTable+`the newest first, as far as asked */ SELECT id, at, account, role, name, region, what, subject, bin, worker_ref FROM viewing`+
		w.String()+` ORDER BY at DESC, id DESC LIMIT `+w.arg(int64(s.Limit)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("viewings: %w", err)
	}
	return list, nil
}

// literal is a text in which no sign means anything to LIKE.
func literal(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

func scanViewing(r *rows) (v Viewing, err error) {
	var at int64
	var role, bin string
	err = r.Scan(&v.ID, &at, &v.Account, &role, &v.Name, &v.Region, &v.What, &v.Subject, &bin, &v.Worker)
	v.At, v.Role, v.BIN = moment(at), party.Role(role), party.BIN(bin)
	return v, err
}

// ForgetViewings deletes viewings of before a moment, a batch of them, and returns
// how many.
func (t Tx) ForgetViewings(ctx context.Context, before time.Time) (int64, error) {
	const batch = 1000
	n, err := t.exec(ctx, `DELETE FROM viewing WHERE id IN (SELECT id FROM viewing WHERE at < $1 ORDER BY at LIMIT $2)`, micros(before), int64(batch))
	if err != nil {
		return 0, fmt.Errorf("forget viewings: %w", err)
	}
	return n, nil
}
