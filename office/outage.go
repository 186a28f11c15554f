package office

import (
	"context"
	"strings"
	"time"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// longestOutage is how long the system may have stood still: what is longer is a
// day typed wrongly.
const longestOutage = 31 * 24 * time.Hour

// RecordOutage enters a time in which the system did not work, once it is over,
// with the act that says so. The clock gives it back to the terms that ran (see
// [Office.Retime]).
func (o *Office) RecordOutage(ctx context.Context, by party.Actor, x procedure.Outage) error {
	if by.Role != party.Admin {
		return problem.New(problem.NotAllowed, "office.admin-only")
	}
	x.ID, x.Cause, x.Act = newID(), strings.TrimSpace(x.Cause), strings.TrimSpace(x.Act)
	switch {
	case x.From.IsZero():
		return problem.New(problem.Invalid, "office.outage-from").At("from")
	case x.Until.IsZero() || !x.Until.After(x.From):
		return problem.New(problem.Invalid, "office.outage-until").At("until")
	case x.Until.After(o.Now()):
		return problem.New(problem.Invalid, "office.outage-not-over").At("until")
	case x.Until.Sub(x.From) > longestOutage:
		return problem.New(problem.Invalid, "office.outage-long").At("from")
	case x.Cause == "":
		return problem.New(problem.Invalid, "procedure.empty").At("cause")
	case x.Act == "":
		return problem.New(problem.Invalid, "procedure.empty").At("outage_act")
	}
	if err := short("cause", x.Cause, x.Act); err != nil {
		return err
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		known, err := tx.TimeChanges(ctx)
		if err != nil {
			return err
		}
		for _, k := range known {
			if k.Outage != nil && x.From.Before(k.Outage.Until) && k.Outage.From.Before(x.Until) {
				return problem.New(problem.Conflict, "office.outage-twice").At("from")
			}
		}
		return tx.AddTimeChange(ctx, store.TimeChange{ID: x.ID, At: o.Now(), By: by, Outage: &x})
	})
}
