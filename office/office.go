// Package office does the acts of the procedure: one method an act, each of
// which loads the case, has package procedure decide, and keeps all that comes
// of it in one transaction: case, event, quota, permits, papers.
//
// Who may do what is decided here and below, never by the page that calls. Start
// at [Office.do].
package office

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"ruqsat/calendar"
	"ruqsat/external"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/store"
	"ruqsat/transparency"
)

// An Office does acts on the cases of a store.
type Office struct {
	DB    *store.DB
	Files *store.Files
	// Now is the product's clock; the demo and scenarios have one that moves when
	// they say.
	Now func() time.Time
	// Verifier examines the signatures of applicants and heads. Without one no act
	// that wants a signature is done.
	Verifier signature.Verifier
	// Stamp puts time stamps beside signatures that come without one; nil: none is put.
	Stamp Stamper
	// StampsFrom is the first day on which no signature is taken without a time
	// stamp; zero: a stamp is used where there is one.
	StampsFrom calendar.Date
	// Address is where the pages are, like https://permits.example.kz: the codes on
	// papers lead there.
	Address string
	// Registers of other bodies. Where it is nil every one of them is down.
	Registers *external.Client
	// Log signs the checkpoints of the transparency log. Without it none is
	// published; the log grows all the same.
	Log *transparency.Key

	calendars atomic.Pointer[law.Calendars] // what acts have changed; see [Office.Refresh]
}

// A change is what an act does besides moving the case: it sees the transaction,
// the case as it has become, and may add to both it and the event.
type change func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error

// nothing is the change of an act that only moves the case.
func nothing(context.Context, store.Tx, *procedure.Case, *procedure.Event) error { return nil }

// do carries out an act on a case: all of it is kept, or none. If the act ends
// the case without permits, what it held of the quota is released and given to
// who has waited longest.
func (o *Office) do(ctx context.Context, id string, d procedure.Deed, more change) (procedure.Case, error) {
	return o.doOn(ctx, store.Ahead{Case: id}, d, more)
}

// doOn is do for an act of which more is known than that it reads its case.
func (o *Office) doOn(ctx context.Context, will store.Ahead, d procedure.Deed, more change) (procedure.Case, error) {
	will.Ledger = d.Act.Settles()
	var done procedure.Case
	err := o.DB.DoOn(ctx, will, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.Case(ctx, will.Case)
		if err != nil {
			return err
		}
		done, err = o.perform(ctx, tx, c, d, more)
		return err
	})
	return done, err
}

// perform does a deed to a case within a transaction.
func (o *Office) perform(ctx context.Context, tx store.Tx, c procedure.Case, d procedure.Deed, more change) (procedure.Case, error) {
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return c, err
	}
	next, event, err := o.become(ctx, tx, c, d, more)
	if err != nil {
		return c, err
	}
	if !next.State.Open() && next.State != procedure.HandedOver && next.Number != "" {
		if err := o.release(ctx, tx, next, cal.Day(event.At)); err != nil {
			return c, err
		}
	}
	if err := tx.SaveCase(ctx, next, c.Version); err != nil {
		return c, err
	}
	return next, o.keepBeside(ctx, tx, next, event)
}

// become returns what a deed makes of a case, and the event that tells of it. Of
// these nothing is kept yet.
func (o *Office) become(ctx context.Context, tx store.Tx, c procedure.Case, d procedure.Deed, more change) (procedure.Case, procedure.Event, error) {
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return c, procedure.Event{}, err
	}
	if d.At.IsZero() {
		d.At = o.Now()
	}
	next, event, err := procedure.Perform(c, d, cal)
	if err != nil {
		return c, event, said(err)
	}
	return next, event, more(ctx, tx, &next, &event)
}

// keepBeside keeps what goes with a case that was saved after acts: their events,
// whose consent is asked, and whom the case is about.
func (o *Office) keepBeside(ctx context.Context, tx store.Tx, c procedure.Case, events ...procedure.Event) error {
	if err := tx.KeepConsents(ctx, c); err != nil {
		return err
	}
	for _, e := range events {
		if e.Act == procedure.Submit {
			if err := tx.NameWorkers(ctx, c.ID, persons(c)); err != nil {
				return err
			}
		}
		if err := tx.AddEvent(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// said makes an error of the law or the calendar one that speaks to people: that
// nobody has entered a year is trouble of the office, not of who asks.
func said(err error) error {
	switch e := err.(type) {
	case calendar.UnknownYear:
		return &problem.Error{Kind: problem.Unavailable, Say: e.Say(), Err: err}
	case law.OutsideLaw:
		return &problem.Error{Kind: problem.Invalid, Say: e.Say(), Err: err}
	}
	return err
}

// Today returns the day it is in a region.
func (o *Office) Today(region string) (calendar.Date, error) {
	cal, err := o.CalendarFor(region)
	if err != nil {
		return calendar.Date{}, err
	}
	return cal.Day(o.Now()), nil
}

// Case returns a case that an actor may see, with the day it is there. To others
// it is as if there were none.
func (o *Office) Case(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	var c procedure.Case
	err := o.DB.Glance(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		c, err = tx.Case(ctx, id)
		return err
	})
	if err == nil && !MaySee(by, c) {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return procedure.Case{}, err
	}
	return c, nil
}

// MaySee reports whether an actor may look into a case: the applicant into their
// own, the department into what was handed in to it.
func MaySee(by party.Actor, c procedure.Case) bool {
	switch {
	case by.Role == party.Applicant:
		return by.BIN == c.Application.Employer.BIN
	case by.Role.Authority():
		return by.Region == c.Region && c.State != procedure.Preparing && c.State != procedure.Discarded
	}
	return by.Role == party.Clock
}

// newID returns an id that sorts by time.
func newID() string {
	id, err := uuid.NewV7()
	if err != nil {
		panic("no randomness: " + err.Error()) // crypto/rand does not fail
	}
	return id.String()
}

// newCode returns what has to be known besides the number to follow a case: eight
// letters and digits that cannot be taken for one another.
func newCode() string {
	const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:])
}

// series is what the cases of a region are numbered in.
func series(region string, year int) string { return fmt.Sprintf("case/%s/%d", region, year) }

// number returns the next number of a region's cases in a year: 27-2017-000001.
func number(ctx context.Context, tx store.Tx, region string, year int) (string, error) {
	n, err := tx.NextNumber(ctx, series(region, year))
	return fmt.Sprintf("%s-%d-%06d", region, year, n), err
}
