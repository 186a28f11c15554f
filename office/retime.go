package office

import (
	"context"
	"errors"

	"ruqsat/complaint"
	"ruqsat/correspondence"
	"ruqsat/store"
)

// retimeBeside brings the terms of requests for information and of complaints up to
// the acts that changed the calendar, as [Office.Retime] does those of cases. An
// outage of the system gives them nothing: they are not filed or answered in it
// alone.
func (o *Office) retimeBeside(ctx context.Context, changes []store.TimeChange) (int, error) {
	act := ""
	for _, x := range changes {
		if x.Days != nil {
			act = x.Days.Act
		}
	}
	if act == "" {
		return 0, nil
	}
	letters, err1 := o.each(ctx, store.ReadTx.OpenRequests, func(ctx context.Context, tx store.Tx, id string) (bool, error) {
		return o.retimeLetter(ctx, tx, id, act)
	})
	complaints, err2 := o.each(ctx, store.ReadTx.RunningComplaints, func(ctx context.Context, tx store.Tx, id string) (bool, error) {
		return o.retimeComplaint(ctx, tx, id, act)
	})
	return letters + complaints, errors.Join(err1, err2)
}

// each does something to every row that next finds, an act each, and returns how
// many it changed.
func (o *Office) each(ctx context.Context, next func(tx store.ReadTx, ctx context.Context, after string, most int) ([]string, error),
	do func(ctx context.Context, tx store.Tx, id string) (bool, error),
) (n int, failed error) {
	for after := ""; ; {
		var ids []string
		err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
			ids, err = next(tx, ctx, after, retimeBatch)
			return err
		})
		if err != nil || len(ids) == 0 {
			return n, errors.Join(failed, err)
		}
		for _, id := range ids {
			var changed bool
			err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) (err error) {
				changed, err = do(ctx, tx, id)
				return err
			})
			if err == nil && changed {
				n++
			}
			failed = errors.Join(failed, err)
		}
		after = ids[len(ids)-1]
	}
}

func (o *Office) retimeLetter(ctx context.Context, tx store.Tx, id, act string) (bool, error) {
	f, err := tx.Request(ctx, id)
	if err != nil {
		return false, err
	}
	cal, err := o.CalendarFor(f.Region)
	if err != nil {
		return false, err
	}
	next, event, changed, err := correspondence.Retime(f, o.Now(), act, cal)
	if err != nil || !changed {
		return false, said(err)
	}
	if err := tx.SaveRequest(ctx, next, f.Version); err != nil {
		return false, err
	}
	return true, tx.AddRequestEvent(ctx, event)
}

func (o *Office) retimeComplaint(ctx context.Context, tx store.Tx, id, act string) (bool, error) {
	c, err := tx.Complaint(ctx, id)
	if err != nil {
		return false, err
	}
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return false, err
	}
	next, changed, err := complaint.Retime(c, o.Now(), act, cal)
	if err != nil || !changed {
		return false, said(err)
	}
	return true, tx.SaveComplaint(ctx, next, c.Version)
}
