package office

import (
	"context"
	"time"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// Session returns a session of the pages; false if it is over. It is nobody's if
// the account may not act any more.
func (o *Office) Session(ctx context.Context, token string) (found store.Session, ok bool, err error) {
	found, ok, err = o.DB.Session(ctx, token, time.Now())
	if !found.Account.Active {
		found.Account = party.Account{}
	}
	return found, ok, err
}

// PutSession keeps what the session of an account holds, for as long as life.
// Sessions go by the true clock, not by that of a training system.
func (o *Office) PutSession(ctx context.Context, token, data, account string, life time.Duration) error {
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		return tx.PutSession(ctx, token, data, account, time.Now().Add(life))
	})
}

// DropSession ends a session.
func (o *Office) DropSession(ctx context.Context, token string) error {
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.DropSession(ctx, token, time.Now()) })
}

// Account returns an account that may still act; a zero one if it may not.
func (o *Office) Account(ctx context.Context, id string) (party.Account, error) {
	var a party.Account
	err := o.DB.Glance(ctx, func(ctx context.Context, tx store.ReadTx) error {
		found, ok, err := tx.Account(ctx, id)
		if ok && found.Active {
			a = found
		}
		return err
	})
	return a, err
}

// A View is all that a page of a case shows, as of one moment.
type View struct {
	Case    procedure.Case
	Today   calendar.Date
	Events  []procedure.Event
	Files   []store.File
	Papers  []store.Paper // those the reader may have
	Permits []string      // numbers
	Waits   bool          // for quota
	People  []party.Account
}

// Look returns a case with all that belongs to it, to who may see it.
func (o *Office) Look(ctx context.Context, by party.Actor, id string) (View, error) {
	var v View
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if v.Case, err = tx.Case(ctx, id); err != nil {
			return err
		}
		if !MaySee(by, v.Case) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		if v.Events, err = tx.Events(ctx, id); err != nil {
			return err
		}
		if v.Files, err = tx.FilesOf(ctx, id); err != nil {
			return err
		}
		papers, err := tx.Papers(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range papers {
			if mayHave(by, p) {
				v.Papers = append(v.Papers, p)
			}
		}
		permits, err := tx.PermitsOfCase(ctx, id)
		for _, p := range permits {
			v.Permits = append(v.Permits, p.Number)
		}
		if err != nil {
			return err
		}
		lines, err := tx.WaitsFor(ctx, id)
		v.Waits = len(lines) > 0
		if err != nil {
			return err
		}
		v.People, err = tx.Accounts(ctx, party.Executor, v.Case.Region)
		return err
	})
	if err != nil {
		return View{}, err
	}
	if err := o.viewed(ctx, by, ofCase(viewedCase, v.Case)); err != nil {
		return View{}, err
	}
	v.Today, err = o.Today(v.Case.Region)
	return v, err
}

// Cases returns the cases of a queue that an actor may see, and how many there
// are in each state.
func (o *Office) Cases(ctx context.Context, by party.Actor, q store.Queue) ([]procedure.Case, map[procedure.State]int, error) {
	switch {
	case by.Role == party.Applicant:
		q.Region, q.BIN = "", by.BIN
	case by.Role.Authority():
		q.Region = by.Region
	default:
		return nil, nil, problem.New(problem.NotAllowed, "office.no-cases")
	}
	var list []procedure.Case
	var counts map[procedure.State]int
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if list, err = tx.Cases(ctx, q); err != nil {
			return err
		}
		q.States = nil
		counts, err = tx.CountCases(ctx, q)
		return err
	})
	if by.Role.Authority() { // what was never handed in is not theirs to see
		delete(counts, procedure.Preparing)
		delete(counts, procedure.Discarded)
	}
	return list, counts, err
}

// Track returns the case of a number to whoever knows its code too.
func (o *Office) Track(ctx context.Context, number, code string) (procedure.Case, error) {
	var c procedure.Case
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		c, err = tx.CaseByNumber(ctx, number)
		return err
	})
	if err == nil && c.Code != code {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	if problem.IsKind(err, problem.NotFound) {
		err = problem.New(problem.NotFound, "office.no-such-slip").At("number")
	}
	if err != nil {
		return procedure.Case{}, err
	}
	return c, nil
}
