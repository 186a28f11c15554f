package store_test

import (
	"context"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

func TestTimeChangesComeBackAsTheyWereEntered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		days := store.TimeChange{ID: "1", At: noon, By: party.Actor{Account: "admin", Role: party.Admin}, Days: &law.DayChange{Off: day, Act: "№ 1"}}
		outage := store.TimeChange{ID: "2", At: noon.Add(time.Hour), Outage: &procedure.Outage{ID: "2", From: noon, Until: noon.Add(time.Hour), Act: "№ 2"}}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			if err := tx.AddTimeChange(ctx, outage); err != nil {
				return err
			}
			return tx.AddTimeChange(ctx, days)
		})
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.SettleTimeChange(ctx, "1") })
		var list []store.TimeChange
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) (err error) {
			list, err = tx.TimeChanges(ctx)
			return err
		})
		if err != nil || len(list) != 2 {
			t.Fatalf("%d changes, %v", len(list), err)
		}
		a, b := list[0], list[1]
		if a.ID != "1" || !a.Settled || a.Days == nil || a.Days.Off != day || a.By.Account != "admin" || b.Settled || b.Outage == nil || !b.Outage.Until.Equal(outage.Outage.Until) {
			t.Errorf("they come back as %+v and %+v", a, b)
		}
	})
}

// A hearing that is awaited is nothing for the clock: it would find it for ever.
func TestOnlyWhatTheClockEndsIsOverdue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		over := procedure.Running{Whose: party.Applicant, End: calendar.End{At: noon}}
		for id, x := range map[string]struct {
			state procedure.State
			term  law.TermName
		}{"pays": {procedure.Notified, law.Payment}, "corrects": {procedure.Correcting, law.Correction}, "waits": {procedure.Forewarned, law.Forewarning}} {
			c := procedure.Case{ID: id, Region: "27", Code: id, Channel: procedure.Portal, State: x.state, LawOn: calendar.DateOf(2025, 9, 8)}
			r := over
			r.Name = x.term
			c.Running = []procedure.Running{r}
			c.Course.Hearing = &procedure.Hearing{Place: "12", At: noon, Objections: []procedure.Objection{{Text: "x"}}}
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.AddCase(ctx, c) })
		}
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			overdue, err := tx.OverdueCases(ctx, noon, 10)
			if err != nil {
				return err
			}
			if len(overdue) != 2 || overdue[0] != "corrects" || overdue[1] != "pays" {
				t.Errorf("overdue are %v, want corrects and pays", overdue)
			}
			running, err := tx.RunningCases(ctx, "corrects", 10)
			if err != nil {
				return err
			}
			if len(running) != 2 {
				t.Errorf("after corrects run %v, want pays and waits", running)
			}
			c, err := tx.Case(ctx, "waits")
			if err == nil && (c.Course.Hearing == nil || c.Course.Hearing.Objections[0].Text != "x") {
				t.Errorf("the hearing comes back as %+v", c.Course.Hearing)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
