package store_test

import (
	"context"
	"errors"
	"testing"

	"ruqsat/examination"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// beginning adds a case that nothing was done to yet.
func beginning(t *testing.T, db *store.DB, id string) {
	t.Helper()
	mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
		return tx.AddCase(ctx, procedure.Case{ID: id, Region: "27", Channel: procedure.Paper, State: procedure.Submitted, Version: 1})
	})
}

// Numbers are drawn in memory while a batch holds their lock; one whose act is
// undone goes to the next all the same.
func TestNumbersDrawnInOneCommitHaveNoGaps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var drawn [6]int64
		refused := errors.New("refused")
		draw := func(i int, err error) func(context.Context, store.Tx) error {
			return func(ctx context.Context, tx store.Tx) (e error) {
				if drawn[i], e = tx.NextNumber(ctx, "case/27/2025"); e != nil {
					return e
				}
				return err
			}
		}
		answers := together(t, db, draw(0, nil), draw(1, nil), draw(2, refused), draw(3, nil), draw(4, refused))
		wantAnswers(t, answers, true, true, false, true, false)
		mustDo(t, db, draw(5, nil))
		for _, want := range []struct{ act, number int64 }{{0, 1}, {1, 2}, {3, 3}, {5, 4}} {
			if got := drawn[want.act]; got != want.number {
				t.Errorf("act %d drew %d, want %d", want.act, got, want.number)
			}
		}
	})
}

// Totals and who waits are known while a batch holds the lock of their line; each
// act finds them as those before it left them, however it asks.
func TestALineStandsAsTheActsBeforeLeftIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		allot(t, db, line, 10)
		wait := func(ctx context.Context, tx store.Tx) error {
			if _, err := tx.LockQuota(ctx, line); err != nil {
				return err
			}
			return errors.Join(tx.AddWaiting(ctx, line, "W", 9), tx.AddWaiting(ctx, line, "X", 1), tx.RemoveWaiting(ctx, line, "W"))
		}
		var balance, total quota.Balance
		var waiting []store.Waiting
		var entries []quota.Entry
		find := func(ctx context.Context, tx store.Tx) (err error) {
			if balance, err = tx.LockQuota(ctx, line); err != nil {
				return err
			}
			totals, err := tx.QuotaTotals(ctx, line.Year)
			if err != nil {
				return err
			}
			total = totals[0]
			if waiting, err = tx.WaitingFor(ctx, line); err != nil {
				return err
			}
			entries, err = tx.QuotaEntries(ctx, "")
			return err
		}
		wantAnswers(t, together(t, db, hold(line, 3, "A"), hold(line, 2, "B"), wait, find), true, true, true, true)
		want := quota.Balance{Line: line, Allotted: 10, Held: 5}
		same(t, nil, balance, want)
		same(t, nil, total, want)
		same(t, nil, waiting, []store.Waiting{{Line: line, Seq: 2, Case: "X", Permits: 1}})
		same(t, nil, len(entries), 3)
		mustDo(t, db, find)
		same(t, nil, balance, want)
		same(t, nil, waiting, []store.Waiting{{Line: line, Seq: 2, Case: "X", Permits: 1}})
		agree(t, db, line.Year)
	})
}

// What was fetched for an act before it ran is not what it finds, if an act before
// it in the same commit changed it.
func TestWhatIsFetchedAheadIsFoundAsTheActsBeforeLeftIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		allot(t, db, line, 10)
		beginning(t, db, "A")
		about := store.About{Lines: []quota.Line{line}}
		will := store.Ahead{
			Case: "A", Ledger: true, Lines: about.Lines, Series: []string{"case/27/2025"},
			Gather: func(procedure.Case) store.About { return about },
		}
		change := func(ctx context.Context, tx store.Tx) error {
			c, err := tx.Case(ctx, "A")
			if err != nil {
				return err
			}
			c.Version++
			return errors.Join(hold(line, 4, "A")(ctx, tx), tx.SaveCase(ctx, c, c.Version-1),
				tx.AddFile(ctx, store.File{ID: "f", Case: "A", Kind: "passport", Name: "passport.pdf", Media: "application/pdf", Size: 1, SHA256: "0", At: noon}),
				tx.AddAnswer(ctx, "a", "A", examination.Answer{Question: examination.Question{Register: examination.Persons, Subject: "T"}, Status: examination.None, At: noon}))
		}
		var version, number int64
		var entries []quota.Entry
		var g store.Gathered
		find := func(ctx context.Context, tx store.Tx) error {
			c, err := tx.Case(ctx, "A")
			if err != nil {
				return err
			}
			version = int64(c.Version)
			if entries, err = tx.QuotaEntries(ctx, "A"); err != nil {
				return err
			}
			if g, err = tx.Gather(ctx, "A", about); err != nil {
				return err
			}
			number, err = tx.NextNumber(ctx, "case/27/2025")
			return err
		}
		answers := togetherOn(t, db, []store.Ahead{will, will}, change, find)
		wantAnswers(t, answers, true, true)
		same(t, nil, version, 2)
		same(t, nil, number, 1)
		same(t, nil, len(entries), 1)
		same(t, nil, []int{len(g.Files), len(g.Answers), len(g.Entries)}, []int{1, 1, 1})
		same(t, nil, g.Balances, map[quota.Line]quota.Balance{line: {Line: line, Allotted: 10, Held: 4}})
	})
}

// Who cannot say what they will gather takes nobody along.
func TestAPanicBeforeAnActIsItsOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		beginning(t, db, "A")
		fails := store.Ahead{Case: "A", Gather: func(procedure.Case) store.About { panic("no such law") }}
		read := func(ctx context.Context, tx store.Tx) error { _, err := tx.Case(ctx, "A"); return err }
		wantAnswers(t, togetherOn(t, db, []store.Ahead{fails, {}}, read, mark(1)), true, true)
		wantMarks(t, db, 1)
	})
}

// An event that cannot be written spoils its act alone, although it is written
// together with those of others.
func TestAnEventThatCannotBeWrittenSpoilsItsActAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		beginning(t, db, "A")
		event := func(version int) func(context.Context, store.Tx) error {
			return func(ctx context.Context, tx store.Tx) error {
				return tx.AddEvent(ctx, procedure.Event{Case: "A", Version: version, Act: procedure.Examine, At: noon})
			}
		}
		wantAnswers(t, together(t, db, event(2), event(3), event(3), event(4), event(0)), true, true, false, true, false)
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			events, err := tx.Events(ctx, "A")
			if len(events) != 3 {
				t.Errorf("%d events are kept, want 3", len(events))
			}
			return err
		})
	})
}
