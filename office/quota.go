package office

import (
	"context"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
)

// Allot gives permits to a line of the quota by an order of the ministry, and
// lets those who wait have them.
func (o *Office) Allot(ctx context.Context, by party.Actor, l quota.Line, n quota.Permits, cite law.Cite) error {
	if by.Role != party.Ministry {
		return problem.New(problem.NotAllowed, "office.ministry-only")
	}
	today, err := o.Today(l.Region)
	if err != nil {
		return err
	}
	e, err := quota.Order(l, n, today, cite)
	if err != nil {
		return err
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if _, err := tx.LockQuota(ctx, l); err != nil {
			return err
		}
		if err := tx.AddQuotaEntry(ctx, e); err != nil {
			return err
		}
		return o.serve(ctx, tx, l, today)
	})
}

// hold takes what a registered case needs of the quota. Holds are made in the
// order of registration: where too little is left, or somebody waits already,
// the case waits in that order (docs/deviations.md 8).
//
// A hold bears the day it is made, and not that of the application: what the public
// was told of a day stays true.
func (o *Office) hold(ctx context.Context, tx store.Tx, c procedure.Case) error {
	today, err := o.Today(c.Region)
	if err != nil {
		return err
	}
	counts := c.Application.Counts()
	for _, l := range c.Application.Lines(c.LawOn.Year, c.Region) {
		if err := o.holdOf(ctx, tx, l, c.ID, counts[l.Category], today); err != nil {
			return err
		}
	}
	return nil
}

// holdOf holds permits of a line for a case, at once if nobody waits and there are
// as many, and otherwise in its turn.
func (o *Office) holdOf(ctx context.Context, tx store.Tx, l quota.Line, id string, n quota.Permits, on calendar.Date) error {
	b, err := tx.LockQuota(ctx, l)
	if err != nil {
		return err
	}
	waiting, err := tx.WaitingFor(ctx, l)
	if err != nil {
		return err
	}
	if len(waiting) == 0 {
		e, err := b.Enter(quota.Hold, n, id, on)
		if err == nil {
			return tx.AddQuotaEntry(ctx, e)
		}
		if !problem.IsKind(err, problem.Conflict) {
			return err
		}
	}
	if err := tx.AddWaiting(ctx, l, id, n); err != nil {
		return err
	}
	return o.serve(ctx, tx, l, on)
}

// serve gives what is free of a line to those who wait for it, in order. The
// first who asks for more than is left keeps all behind waiting.
func (o *Office) serve(ctx context.Context, tx store.Tx, l quota.Line, on calendar.Date) error {
	waiting, err := tx.WaitingFor(ctx, l)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		b, err := tx.LockQuota(ctx, l)
		if err != nil {
			return err
		}
		e, err := b.Enter(quota.Hold, w.Permits, w.Case, on)
		if problem.IsKind(err, problem.Conflict) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.AddQuotaEntry(ctx, e); err != nil {
			return err
		}
		if err := tx.RemoveWaiting(ctx, l, w.Case); err != nil {
			return err
		}
	}
	return nil
}

// held returns what a case holds of each line.
func held(ctx context.Context, tx store.ReadTx, id string) (map[quota.Line]quota.Permits, error) {
	entries, err := tx.QuotaEntries(ctx, id)
	return holdsOf(entries), err
}

// holdsOf returns what entries leave held of each line.
func holdsOf(entries []quota.Entry) map[quota.Line]quota.Permits {
	holds := map[quota.Line]quota.Permits{}
	for _, e := range entries {
		holds[e.Line] = quota.Count(e.Line, entries).Held
	}
	return holds
}

// release gives back what a case held, and takes it off where it waited.
func (o *Office) release(ctx context.Context, tx store.Tx, c procedure.Case, on calendar.Date) error {
	return o.settle(ctx, tx, c, quota.Release, on)
}

// use turns what a case held into permits.
func (o *Office) use(ctx context.Context, tx store.Tx, c procedure.Case, on calendar.Date) error {
	return o.settle(ctx, tx, c, quota.Use, on)
}

// settle settles what a case has of its lines. All of them are locked before it is
// read what that is: who waits may be given it at any moment before.
func (o *Office) settle(ctx context.Context, tx store.Tx, c procedure.Case, k quota.Kind, on calendar.Date) error {
	lines := c.Application.Lines(c.LawOn.Year, c.Region)
	for _, l := range lines {
		if _, err := tx.LockQuota(ctx, l); err != nil {
			return err
		}
	}
	holds, err := held(ctx, tx.ReadTx, c.ID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := tx.RemoveWaiting(ctx, l, c.ID); err != nil {
			return err
		}
		b, err := tx.LockQuota(ctx, l)
		if err != nil {
			return err
		}
		if n := holds[l]; n > 0 {
			e, err := b.Enter(k, n, c.ID, on)
			if err != nil {
				return err
			}
			if err := tx.AddQuotaEntry(ctx, e); err != nil {
				return err
			}
		}
		if err := o.serve(ctx, tx, l, on); err != nil {
			return err
		}
	}
	return nil
}

// needHold returns an error unless the case holds all it needs: without it no
// grant is signed.
func needHold(ctx context.Context, tx store.ReadTx, c procedure.Case) error {
	holds, err := held(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	counts := c.Application.Counts()
	for _, l := range c.Application.Lines(c.LawOn.Year, c.Region) {
		if holds[l] < counts[l.Category] {
			return problem.New(problem.Conflict, "procedure.no-hold", lang.Args{"line": l})
		}
	}
	return nil
}
