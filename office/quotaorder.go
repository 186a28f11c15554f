package office

import (
	"context"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/store"
)

// capital is the region whose day is that of the ministry: Astana.
const capital = "71"

// EnterOrder enters an order of the ministry: the order, its entries and the holds
// of those who waited for them are kept together, or nothing is.
//
// Its entries bear the day it is entered, whatever day it is from, so that what the
// public was told of a day stays true. An order for a coming year may be entered
// before it: no case draws on that year yet.
func (o *Office) EnterOrder(ctx context.Context, by party.Actor, r quota.Record) (quota.Record, error) {
	r, err := o.orderToday(by, r)
	if err != nil {
		return r, err
	}
	var kept quota.Record
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		kept, err = o.enterOrder(ctx, tx, r)
		return err
	})
	return kept, err
}

// orderToday looks over who enters an order, and the order by itself.
func (o *Office) orderToday(by party.Actor, r quota.Record) (quota.Record, error) {
	if by.Role != party.Ministry {
		return r, problem.New(problem.NotAllowed, "office.ministry-only")
	}
	today, err := o.Today(capital)
	if err != nil {
		return r, err
	}
	if err := r.Check(today); err != nil {
		return r, err
	}
	r.On = today
	return r, nil
}

func (o *Office) enterOrder(ctx context.Context, tx store.Tx, r quota.Record) (quota.Record, error) {
	r, err := tx.AddQuotaOrder(ctx, r, o.Now())
	if err != nil {
		return r, err
	}
	if err := o.enterGives(ctx, tx, r); err != nil {
		return r, err
	}
	if err := o.enterShifts(ctx, tx, r); err != nil {
		return r, err
	}
	if err := underPlan(ctx, tx.ReadTx, r); err != nil {
		return r, err
	}
	for _, l := range gains(r) {
		if err := o.serve(ctx, tx, l, r.On); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (o *Office) enterGives(ctx context.Context, tx store.Tx, r quota.Record) error {
	for _, g := range r.Gives {
		e, err := quota.Order(g.Line, g.Permits, r.On, r.Cite())
		if err != nil {
			return err
		}
		if _, err := tx.LockQuota(ctx, g.Line); err != nil {
			return err
		}
		if err := tx.AddQuotaEntry(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// enterShifts moves what is free, in the order of the record: what one move brings
// the next may take on.
func (o *Office) enterShifts(ctx context.Context, tx store.Tx, r quota.Record) error {
	for _, s := range r.Shifts {
		b, err := tx.LockQuota(ctx, s.From)
		if err != nil {
			return err
		}
		if _, err := tx.LockQuota(ctx, s.To); err != nil {
			return err
		}
		e, err := b.MoveTo(s.To, s.Permits, r.On, r.Cite())
		if err != nil {
			if p := problem.Of(err); p.Kind == problem.Conflict {
				return p.At("entries")
			}
			return err
		}
		if err := tx.AddQuotaEntry(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// underPlan holds what regions have after an order under the plan of the year.
func underPlan(ctx context.Context, tx store.ReadTx, r quota.Record) error {
	orders, err := tx.QuotaOrders(ctx, r.Year)
	if err != nil {
		return err
	}
	plan := quota.PlanOf(append(orders, r))
	if plan.Units == 0 && len(r.Gives) == 0 {
		return nil // moves of what was given before there were plans here
	}
	if plan.Units == 0 {
		return problem.New(problem.Conflict, "quota.no-plan", lang.Args{"year": r.Year}).At("units")
	}
	totals, err := tx.QuotaTotals(ctx, r.Year)
	if err != nil {
		return err
	}
	if given := quota.Total(quota.InRegions(totals)).Allotted; given > plan.Units {
		return problem.New(problem.Conflict, "quota.over-plan", lang.Args{
			"year": r.Year, "units": int(plan.Units), "given": int(given), "over": int(given - plan.Units)}).At("units")
	}
	return nil
}

// gains are the lines that have more after an order.
func gains(r quota.Record) []quota.Line {
	var list []quota.Line
	for _, g := range r.Gives {
		list = append(list, g.Line)
	}
	for _, s := range r.Shifts {
		list = append(list, s.To)
	}
	return list
}

// TryOrder tells what an order would do, and keeps nothing of it: where each line
// it touches stands before and after.
func (o *Office) TryOrder(ctx context.Context, by party.Actor, r quota.Record) (before, after []quota.Balance, err error) {
	if r, err = o.orderToday(by, r); err != nil {
		return nil, nil, err
	}
	undo := problem.New(problem.Conflict, "problem.moved-on") // nobody sees it
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		if before, err = tx.QuotaTotals(ctx, r.Year); err != nil {
			return err
		}
		if _, err = o.enterOrder(ctx, tx, r); err != nil {
			return err
		}
		if after, err = tx.QuotaTotals(ctx, r.Year); err != nil {
			return err
		}
		return undo
	})
	if problem.Of(err) == undo {
		err = nil
	}
	return before, after, err
}
