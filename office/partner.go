package office

import (
	"context"
	"crypto/rand"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/partner"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/statistics"
	"ruqsat/store"
)

// IssueToken lets a partner ask by program. The secret is told once, and kept
// nowhere. Tokens go by the true clock, as sessions do.
func (o *Office) IssueToken(ctx context.Context, by party.Actor, x partner.Token) (secret string, err error) {
	if by.Role != party.Admin {
		return "", problem.New(problem.NotAllowed, "partner.admin-only")
	}
	x, err = x.Prepare(time.Now())
	if err != nil {
		return "", err
	}
	secret = partner.Secret(rand.Text())
	x.ID, x.By, x.Hash = newID(), by, partner.Hash(secret)
	return secret, o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.AddToken(ctx, x) })
}

// RevokeToken takes a token back, from this moment.
func (o *Office) RevokeToken(ctx context.Context, by party.Actor, id string) error {
	if by.Role != party.Admin {
		return problem.New(problem.NotAllowed, "partner.admin-only")
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.RevokeToken(ctx, id, time.Now()) })
}

// Tokens returns all tokens to an administrator.
func (o *Office) Tokens(ctx context.Context, by party.Actor) ([]partner.Token, error) {
	if by.Role != party.Admin {
		return nil, problem.New(problem.NotAllowed, "partner.admin-only")
	}
	var list []partner.Token
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.Tokens(ctx)
		return err
	})
	return list, err
}

// Partner returns the token of a secret that lets ask within a scope now.
func (o *Office) Partner(ctx context.Context, secret string, s partner.Scope) (partner.Token, error) {
	var x partner.Token
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		found, ok, err := tx.TokenOf(ctx, partner.Hash(secret))
		if err == nil && !ok {
			err = problem.New(problem.SignedOut, "partner.unknown")
		}
		x = found
		return err
	})
	if err == nil {
		err = x.May(s, time.Now())
	}
	return x, err
}

// MostNumbers is how many permits are checked at once.
const MostNumbers = 1000

// A Checked is what the register says of one number.
type Checked struct {
	Asked  string           // as it was sent
	Permit *registry.Permit // nil where there is none
	Wrong  error            // why the number can be none of a permit
}

// CheckPermits says of each number what permit it is, for whoever checks many. The
// day is today where it is zero; tomorrow nobody knows.
func (o *Office) CheckPermits(ctx context.Context, numbers []string, on calendar.Date) ([]Checked, calendar.Date, error) {
	if len(numbers) == 0 || len(numbers) > MostNumbers {
		return nil, on, problem.New(problem.Invalid, "partner.too-many-numbers", lang.Args{"n": len(numbers), "most": MostNumbers}).At("numbers")
	}
	if on.IsZero() {
		today, err := o.Today(law.Capital)
		if err != nil {
			return nil, on, err
		}
		on = today
	}
	if err := o.askable(on, "on"); err != nil {
		return nil, on, err
	}
	list := make([]Checked, len(numbers))
	var right []string
	for i, asked := range numbers {
		n, err := registry.ParseNumber(asked)
		list[i] = Checked{Asked: asked, Wrong: err}
		if err == nil {
			right = append(right, n)
		}
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		permits, err := tx.PermitsNumbered(ctx, right)
		of := make(map[string]*registry.Permit, len(permits))
		for i := range permits {
			of[permits[i].Number] = &permits[i]
		}
		for i := range list {
			if n, err := registry.ParseNumber(list[i].Asked); err == nil {
				list[i].Permit = of[n]
			}
		}
		return err
	})
	return list, on, err
}

// EmployerStock returns what an employer has in force on a day, by region, category
// and citizenship.
func (o *Office) EmployerStock(ctx context.Context, bin party.BIN, on calendar.Date) (statistics.Cells, error) {
	if err := o.askable(on, "as-of"); err != nil {
		return nil, err
	}
	var cells statistics.Cells
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		cells, err = tx.EmployerStock(ctx, bin, on)
		return err
	})
	return cells, err
}

// IssuedTo answers what an employer was issued in a year: all of it, or up to today.
func (o *Office) IssuedTo(ctx context.Context, bin party.BIN, year int) (registry.Answer, error) {
	today, err := o.Today(law.Capital)
	if err != nil {
		return registry.Answer{}, err
	}
	q := registry.Question{Employer: bin, Year: year, AsOf: calendar.DateOf(year, 12, 31)}
	switch {
	case year > today.Year || year < 1992:
		return registry.Answer{}, problem.New(problem.Invalid, "partner.bad-year", lang.Args{"year": year}).At("year")
	case q.AsOf.After(today):
		q.AsOf = today
	}
	var a registry.Answer
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		permits, err := tx.IssuedTo(ctx, bin, year)
		a = registry.Count(q, permits)
		return err
	})
	return a, err
}

// A Counted is what the register counts of a day, small numbers too.
type Counted struct {
	Stock, Issued statistics.Cells // in force; issued in the year up to the day
	Employers     int              // with a permit in force; of the country
}

// Counted returns what the register counts of a day, of the country or a region.
func (o *Office) Counted(ctx context.Context, on calendar.Date, region string) (Counted, error) {
	var c Counted
	if err := knownRegion(region); err != nil {
		return c, err
	}
	if err := o.askable(on, "as-of"); err != nil {
		return c, err
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if c.Stock, err = tx.Stock(ctx, on); err != nil {
			return err
		}
		if c.Issued, err = tx.Flow(ctx, calendar.DateOf(on.Year, 1, 1), on); err != nil {
			return err
		}
		c.Employers, err = tx.EmployersInForce(ctx, on)
		return err
	})
	c.Stock, c.Issued = c.Stock.Only(statistics.InRegion(region)), c.Issued.Only(statistics.InRegion(region))
	return c, err
}
