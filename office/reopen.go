package office

import (
	"context"

	"ruqsat/complaint"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/store"
)

// effect does to the case what a decision on a complaint means for it: a refusal or
// a return that is cancelled reopens the case, under the law of its own day and with
// a term of its own. What it needs of the quota is held again, or it waits for it in
// order: if none comes free by the decision, that is a ground of a new refusal.
func (o *Office) effect(ctx context.Context, tx store.Tx, decided complaint.Complaint, d complaint.Deed) error {
	if decided.Case == "" || decided.Outcome == "" {
		return nil
	}
	c, err := tx.Case(ctx, decided.Case)
	if err != nil {
		return err
	}
	if !reopens(decided, c) {
		return nil
	}
	was := c.Course.Hearing
	_, err = o.perform(ctx, tx, c, procedure.Deed{Act: procedure.Reopen, By: party.TheClock, At: d.At},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			e.Note.Text, e.Note.Hearing = decided.Number+". "+d.Note.Words, was
			return o.hold(ctx, tx, *c)
		})
	return err
}

// reopens reports whether a decision on a complaint reopens a case.
func reopens(decided complaint.Complaint, c procedure.Case) bool {
	upheld := decided.Outcome == complaint.Upheld || decided.Outcome == complaint.Partly
	undone := decided.Effect == complaint.Cancelled || decided.Effect == complaint.Anew
	closed := c.State == procedure.Refused || c.State == procedure.Returned
	return upheld && undone && closed
}
