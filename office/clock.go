package office

import (
	"context"
	"errors"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// lapseBatch is how many overdue cases are looked up at once.
const lapseBatch = 100

// LapseAll does what the clock has to do in every case in which the applicant's
// time is over: one that nobody paid for ends, one that nobody corrected goes on.
// It returns how many. A case that somebody else moved meanwhile is left alone, so
// it may be called as often as one likes, by several nodes.
func (o *Office) LapseAll(ctx context.Context) (int, error) {
	var ids []string
	var changes []store.TimeChange
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if ids, err = tx.OverdueCases(ctx, o.Now(), lapseBatch); err != nil {
			return err
		}
		changes, err = tx.TimeChanges(ctx)
		return err
	})
	n := 0
	for _, id := range ids {
		switch lapseErr := o.tick(ctx, id, unsettled(changes)); {
		case lapseErr == nil:
			n++
		case !problem.IsKind(lapseErr, problem.Conflict):
			err = errors.Join(err, lapseErr)
		}
	}
	if err == nil && n == lapseBatch {
		more, err := o.LapseAll(ctx)
		return n + more, err
	}
	return n, err
}

// tick does what the clock has to do in one case. What was given back to its terms
// comes first: where that fails, nobody loses the day.
func (o *Office) tick(ctx context.Context, id string, changes []store.TimeChange) error {
	if _, err := o.retime(ctx, id, changes); err != nil {
		return err
	}
	c, err := o.Case(ctx, party.TheClock, id)
	if err != nil {
		return err
	}
	switch act, _ := c.ByItself(); act {
	case procedure.Lapse:
		_, err = o.Lapse(ctx, id)
	case procedure.GoOn:
		_, err = o.GoOn(ctx, party.TheClock, id)
	default:
		err = problem.New(problem.Conflict, "problem.moved-on")
	}
	return err
}

// Tick does everything that happens by itself up to now, and returns in how many
// cases something did. Terms are brought up to the calendar first, so that nobody
// loses a day that was given back.
func (o *Office) Tick(ctx context.Context) (int, error) {
	retimed, failed := o.Retime(ctx)
	n, err := o.LapseAll(ctx)
	return retimed + n, errors.Join(failed, err)
}
