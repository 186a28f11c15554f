package office

import (
	"context"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// viewingYears is how long it is kept who looked (deviation 67).
const viewingYears = 3

// What somebody looked at.
const (
	viewedCase    = "case"
	viewedPermit  = "permit"
	viewedSearch  = "search"
	viewedPackage = "package"
	viewedFile    = "file"
	viewedPaper   = "paper"
	viewedExport  = "export" // of the whole register
)

// viewed keeps that somebody of the authority looks at personal data, before they
// are shown: what cannot be kept is not shown. The own papers of an applicant are
// no secret from them. It costs one row in the next commit of the node.
func (o *Office) viewed(ctx context.Context, by party.Actor, list ...store.Viewing) error {
	if by.Role == party.Applicant || by.Role == party.Clock || len(list) == 0 {
		return nil
	}
	at := o.Now()
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, v := range list {
			v.ID, v.At = newID(), at
			v.Account, v.Role, v.Name, v.Region = by.Account, by.Role, by.Name.Initials(), by.Region
			if err := tx.AddViewing(ctx, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeOut returns every permit, for an administrator who takes the register out of
// the program. That they did is kept first.
func (o *Office) TakeOut(ctx context.Context, by party.Actor) ([]registry.Permit, error) {
	if by.Role != party.Admin {
		return nil, problem.New(problem.NotAllowed, "office.no-cases")
	}
	if err := o.viewed(ctx, by, store.Viewing{What: viewedExport}); err != nil {
		return nil, err
	}
	var list []registry.Permit
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.PermitsOf(ctx, "")
		return err
	})
	return list, err
}

// ofCase is a viewing of something of a case.
func ofCase(what string, c procedure.Case) store.Viewing {
	subject := c.Number
	if subject == "" {
		subject = c.ID
	}
	return store.Viewing{What: what, Subject: subject, BIN: c.Application.Employer.BIN}
}

// ofPermits are viewings of permits.
func ofPermits(what string, permits ...registry.Permit) []store.Viewing {
	var list []store.Viewing
	for _, p := range permits {
		list = append(list, store.Viewing{What: what, Subject: p.Number, BIN: p.Employer, Worker: p.WorkerRef})
	}
	return list
}

// mostViewings is how many viewings a page shows.
const mostViewings = 200

// Viewings returns who looked at personal data, the latest first: to the head of
// what the own department looked at, to the ministry and administrators of all, and
// to an employer of the own papers.
func (o *Office) Viewings(ctx context.Context, by party.Actor, s store.ViewingSearch) ([]store.Viewing, error) {
	switch by.Role {
	case party.Head:
		s.Region = by.Region
	case party.Ministry, party.Admin:
	case party.Applicant:
		s.BIN, s.Account, s.Name = by.BIN, "", ""
	default:
		return nil, problem.New(problem.NotAllowed, "office.viewings-not-yours")
	}
	if !s.From.IsZero() && !s.Until.IsZero() && !s.From.Before(s.Until) {
		return nil, problem.New(problem.Invalid, "office.viewings-days").At("until")
	}
	s.Limit = mostViewings
	var list []store.Viewing
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.Viewings(ctx, s)
		return err
	})
	return list, err
}

// ForgetViewings deletes what has been kept long enough, and returns how many.
func (o *Office) ForgetViewings(ctx context.Context) (int, error) {
	before, all := o.Now().AddDate(-viewingYears, 0, 0), 0
	for {
		var n int64
		err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) (err error) {
			n, err = tx.ForgetViewings(ctx, before)
			return err
		})
		all += int(n)
		if err != nil || n == 0 {
			return all, err
		}
	}
}
