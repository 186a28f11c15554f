package office

import (
	"context"
	"errors"

	"ruqsat/problem"
	"ruqsat/store"
)

// lapseBatch is how many overdue cases are looked up at once.
const lapseBatch = 100

// LapseAll ends every case in which the applicant's time is over, and returns how
// many. A case that somebody else ended meanwhile is left alone, so it may be
// called as often as one likes, by several nodes.
func (o *Office) LapseAll(ctx context.Context) (int, error) {
	var ids []string
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		ids, err = tx.OverdueCases(ctx, o.Now(), lapseBatch)
		return err
	})
	n := 0
	for _, id := range ids {
		switch _, lapseErr := o.Lapse(ctx, id); {
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
