package office

import (
	"context"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// A PermitView is everything of a permit that its page shows.
type PermitView struct {
	Permit  registry.Permit
	Entries []registry.Entry  // all the register says of it, its issue first
	Before  registry.Chain    // what it came of, the oldest first
	After   []registry.Permit // what came of it, in order
	Ways    []registry.Step   // what the actor can do
	Today   calendar.Date
}

// LookPermit returns a permit to its employer, or to the department of a region in
// which it holds; to others it is as if there were none.
func (o *Office) LookPermit(ctx context.Context, by party.Actor, number string) (PermitView, error) {
	n, err := registry.ParseNumber(number)
	if err != nil {
		return PermitView{}, err
	}
	var v PermitView
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		chain, err := tx.Chain(ctx, n)
		if err != nil {
			return err
		}
		v.Permit, v.Before = chain.Last(), chain[:len(chain)-1]
		if !maySeePermit(by, v.Permit) {
			return problem.New(problem.NotFound, "registry.not-found", lang.Args{"number": n})
		}
		if v.Entries, err = tx.Entries(ctx, n); err != nil {
			return err
		}
		v.After, err = tx.Later(ctx, v.Permit)
		return err
	})
	if err != nil {
		return PermitView{}, err
	}
	if err := o.viewed(ctx, by, ofPermits(viewedPermit, v.Permit)...); err != nil {
		return PermitView{}, err
	}
	if v.Today, err = o.Today(v.Permit.Region); err != nil {
		return PermitView{}, err
	}
	v.Ways = registry.Ways(v.Permit, by, v.Today)
	return v, nil
}

func maySeePermit(by party.Actor, p registry.Permit) bool {
	switch {
	case by.Role == party.Applicant:
		return by.BIN == p.Employer
	case by.Role.Authority():
		return slices.Contains(p.Regions(), by.Region)
	}
	return false
}

// A Renewable is a permit of the actor's own, with why it cannot be extended or
// reissued today; nil where it can.
// OwnPermits returns the permits of an applicant, the latest first, with what can
// be asked for today.
// maxOwn is how many permits of an employer are listed; the largest we know of had
// some hundreds.
// Renew opens an application to extend or reissue permits of the applicant, filled
// with all that is known, and returns its id. All must be of one department and
// one scheme, and each must be one that can be extended or reissued today.
// fillFrom takes over what is known of an old permit: all the applicant entered
// where we issued it, else what the register has.
// FindPermits searches the register of the actor's region: by number, by number of
// the employer, by reference of the worker, or by what the employer's name begins
// with in any of three scripts.
func (o *Office) FindPermits(ctx context.Context, by party.Actor, words string) ([]registry.Permit, error) {
	if !by.Role.Authority() {
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	words = strings.TrimSpace(words)
	tries := []store.Search{{WorkerRef: words}, {Name: words}}
	if n, err := registry.ParseNumber(words); err == nil {
		tries = append([]store.Search{{Number: n}}, tries...)
	}
	if bin, err := party.ParseBIN(words); err == nil {
		tries = []store.Search{{BIN: bin}}
	}
	var list []registry.Permit
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list = nil
		for _, s := range tries {
			s.Region = by.Region
			found, err := tx.FindPermits(ctx, s)
			if err != nil || len(found) > 0 {
				list = found
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, o.viewed(ctx, by, ofPermits(viewedSearch, list...)...)
}

// ExpireAll enters in the register every permit that has run out, and returns how
// many. It may be called as often as one likes, by several nodes.
// expireBatch is how many permits are entered in one act.
