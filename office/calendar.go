package office

import (
	"context"
	"errors"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// maxNote is how many letters an act, a cause or a place may have.
const maxNote = 500

// CalendarFor returns the time of a department, under the law and what acts have
// changed since.
func (o *Office) CalendarFor(region string) (calendar.Calendar, error) {
	if c := o.calendars.Load(); c != nil {
		return c.For(region)
	}
	return law.CalendarFor(region)
}

// Refresh reads what was entered of the calendar, maybe on another node. The
// program does so at its start and whenever the clock ticks.
func (o *Office) Refresh(ctx context.Context) error {
	changes, err := o.changes(ctx)
	if err != nil {
		return err
	}
	return o.lay(changes)
}

func (o *Office) lay(changes []store.TimeChange) error {
	var days []law.DayChange
	for _, x := range changes {
		if x.Days != nil {
			days = append(days, *x.Days)
		}
	}
	c, err := law.CalendarsWith(days)
	if err == nil {
		o.calendars.Store(&c)
	}
	return err
}

func (o *Office) changes(ctx context.Context) (list []store.TimeChange, err error) {
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.TimeChanges(ctx)
		return err
	})
	return list, err
}

// TimeChanges returns what was entered of days off and outages, to the
// administrator.
func (o *Office) TimeChanges(ctx context.Context, by party.Actor) ([]store.TimeChange, error) {
	if by.Role != party.Admin {
		return nil, problem.New(problem.NotAllowed, "office.admin-only")
	}
	return o.changes(ctx)
}

// ChangeDays enters an act that changed the days off. It holds from the next act
// on; terms that run are counted anew by the clock (see [Office.Retime]).
func (o *Office) ChangeDays(ctx context.Context, by party.Actor, x law.DayChange) error {
	if by.Role != party.Admin {
		return problem.New(problem.NotAllowed, "office.admin-only")
	}
	x.Act, x.Note = strings.TrimSpace(x.Act), strings.TrimSpace(x.Note)
	if err := short("act", x.Act, x.Note); err != nil {
		return err
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := tx.Lock(ctx, "calendar"); err != nil {
			return err
		}
		known, err := tx.TimeChanges(ctx)
		if err != nil {
			return err
		}
		if err := o.lay(known); err != nil {
			return err
		}
		cal, err := o.CalendarFor(law.Regions()[0].KATO) // days off are those of the country
		if err != nil {
			return err
		}
		if bad, ok := errors.AsType[law.BadChange](x.Check(cal)); ok {
			return (&problem.Error{Kind: problem.Invalid, Say: bad.Say}).At(bad.Field)
		} else if err := x.Check(cal); err != nil {
			return err
		}
		return tx.AddTimeChange(ctx, store.TimeChange{ID: newID(), At: o.Now(), By: by, Days: &x})
	})
	if err != nil {
		return err
	}
	return o.Refresh(ctx)
}

// short returns an error if a text is longer than one of its kind may be.
func short(field string, texts ...string) error {
	for _, s := range texts {
		if len([]rune(s)) > maxNote {
			return problem.New(problem.Invalid, "procedure.too-long", lang.Args{"most": maxNote}).At(field)
		}
	}
	return nil
}

// settleAfter is how long the clock goes on looking at the running terms after a
// change: another node may have counted one by the old calendar meanwhile.
const settleAfter = 2 * time.Minute

// retimeBatch is how many cases the clock looks up at once.
const retimeBatch = 200

// Retime brings the running terms of all cases up to what was entered of days off
// and outages, as acts of the clock with an event each, and returns how many cases
// changed. It may stop at any moment and be called again: what is done already
// stays as it is.
func (o *Office) Retime(ctx context.Context) (int, error) {
	changes, err := o.changes(ctx)
	if err != nil {
		return 0, err
	}
	if err := o.lay(changes); err != nil {
		return 0, err
	}
	open := unsettled(changes)
	if len(open) == 0 {
		return 0, nil
	}
	n, err := o.retimeAll(ctx, open)
	if err != nil {
		return n, err
	}
	beside, err := o.retimeBeside(ctx, open)
	if n += beside; err != nil {
		return n, err
	}
	return n, o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, x := range open {
			if o.Now().Sub(x.At) < settleAfter {
				continue
			}
			if err := tx.SettleTimeChange(ctx, x.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func unsettled(changes []store.TimeChange) []store.TimeChange {
	var open []store.TimeChange
	for _, x := range changes {
		if !x.Settled {
			open = append(open, x)
		}
	}
	return open
}

func (o *Office) retimeAll(ctx context.Context, changes []store.TimeChange) (n int, failed error) {
	for after := ""; ; {
		var ids []string
		err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
			ids, err = tx.RunningCases(ctx, after, retimeBatch)
			return err
		})
		if err != nil || len(ids) == 0 {
			return n, errors.Join(failed, err)
		}
		for _, id := range ids {
			changed, err := o.retime(ctx, id, changes)
			n += changed
			failed = errors.Join(failed, err)
		}
		after = ids[len(ids)-1]
	}
}

// retime brings one case up to the changes, and returns 1 if that changed it.
func (o *Office) retime(ctx context.Context, id string, changes []store.TimeChange) (n int, err error) {
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		n = 0
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		cal, err := o.CalendarFor(c.Region)
		if err != nil {
			return err
		}
		read := c.Version
		for _, x := range changes {
			next, event, changed, err := o.under(c, x, cal)
			if err != nil {
				return said(err)
			}
			if !changed {
				continue
			}
			if err := tx.AddEvent(ctx, event); err != nil {
				return err
			}
			c, n = next, 1
		}
		if n == 0 {
			return nil
		}
		return tx.SaveCase(ctx, c, read)
	})
	return n, err
}

// under returns a case as a change makes it, and whether it changes it at all.
func (o *Office) under(c procedure.Case, x store.TimeChange, cal calendar.Calendar) (procedure.Case, procedure.Event, bool, error) {
	if x.Outage != nil {
		return procedure.Prolong(c, o.Now(), *x.Outage, cal)
	}
	return procedure.Retime(c, o.Now(), x.Days.Act, cal)
}
