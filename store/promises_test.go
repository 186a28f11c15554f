package store_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

var (
	day  = calendar.DateOf(2025, time.July, 1)
	line = quota.Line{Year: 2025, Region: "27", Category: law.III}
	noon = time.Date(2025, time.July, 1, 7, 0, 0, 0, time.UTC)
)

func allot(t *testing.T, db *store.DB, l quota.Line, n quota.Permits) {
	t.Helper()
	e, err := quota.Order(l, n, day, "Order 274 of 2023-06-30")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.AddQuotaEntry(ctx, e) })
}

// hold is what an act does to hold permits: it looks, decides and writes.
func hold(l quota.Line, n quota.Permits, forCase string) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		b, err := tx.LockQuota(ctx, l)
		if err != nil {
			return err
		}
		e, err := b.Enter(quota.Hold, n, forCase, day)
		if err != nil {
			return err
		}
		return tx.AddQuotaEntry(ctx, e)
	}
}

// Twenty cases of two permits race for twenty permits; exactly ten must win.
func TestALineIsNeverOversold(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		nodes := []*store.DB{storetest.Open(t, dsn)}
		if nodes[0].Engine() == store.PostgreSQL {
			nodes = append(nodes, storetest.Open(t, dsn), storetest.Open(t, dsn))
		}
		allot(t, nodes[0], line, 20)
		var won, refused atomic.Int64
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				err := nodes[i%len(nodes)].Do(context.Background(), hold(line, 2, fmt.Sprintf("case-%d", i)))
				switch {
				case err == nil:
					won.Add(1)
				case problem.IsKind(err, problem.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 10 || refused.Load() != 10 {
			t.Errorf("%d held and %d refused, want 10 and 10", won.Load(), refused.Load())
		}
	})
}

func TestTheLedgerIsCountedInSQLAsItIsInGo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		other := quota.Line{Year: 2025, Region: "33", Category: law.III}
		allot(t, db, line, 20)
		allot(t, db, other, 5)
		enter := func(k quota.Kind, n quota.Permits, forCase string) {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				b, err := tx.LockQuota(ctx, line)
				if err != nil {
					return err
				}
				e, err := b.Enter(k, n, forCase, day)
				if err != nil {
					return err
				}
				return tx.AddQuotaEntry(ctx, e)
			})
		}
		enter(quota.Hold, 7, "A")
		enter(quota.Hold, 3, "B")
		enter(quota.Use, 6, "A")
		enter(quota.Release, 3, "B")
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			b, err := tx.QuotaBalance(ctx, line)
			if err != nil {
				return err
			}
			e, err := b.MoveTo(other, 4, day, "Order 274 of 2023-06-30")
			if err != nil {
				return err
			}
			return tx.AddQuotaEntry(ctx, e)
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			entries, err := tx.QuotaEntries(ctx, "")
			if err != nil {
				return err
			}
			for i, e := range entries {
				if e.Seq != int64(i+1) {
					t.Errorf("entry %d of the ledger has the number %d", i+1, e.Seq)
				}
			}
			for _, l := range []quota.Line{line, other} {
				got, err := tx.QuotaBalance(ctx, l)
				if err != nil {
					return err
				}
				if want := quota.Count(l, entries); got != want {
					t.Errorf("SQL counts %+v, Go %+v", got, want)
				}
			}
			return nil
		})
	})
}

func TestWhoActsOnAnOldVersionOfACaseIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := procedure.Case{ID: "A", Region: "27", Channel: procedure.Paper, State: procedure.Preparing}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.AddCase(ctx, c) })
		c.Version, c.State, c.Submitted, c.LawOn, c.Paid = 1, procedure.Submitted, noon, day, true
		save := func(ctx context.Context, tx store.Tx) error { return tx.SaveCase(ctx, c, 0) }
		mustDo(t, db, save)
		if err := db.Do(t.Context(), save); !problem.IsKind(err, problem.Conflict) {
			t.Errorf("to save over what somebody else has saved was answered %v, want a conflict", err)
		}
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			got, err := tx.Case(ctx, "A")
			if err == nil && (!got.Submitted.Equal(noon) || got.LawOn != day || got.Version != 1 || !got.Paid) {
				t.Errorf("the case came back as %+v", got)
			}
			return err
		})
	})
}

func TestTheRegisterIsNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		nodes := []*store.DB{storetest.Open(t, dsn)}
		if nodes[0].Engine() == store.PostgreSQL {
			nodes = append(nodes, storetest.Open(t, dsn))
		}
		var wg sync.WaitGroup
		for i := range 30 {
			wg.Go(func() {
				p := registry.Permit{Number: fmt.Sprint("N", i), Case: "A", Employer: "940140000385", Region: "27",
					Category: law.III, Issued: day, From: day, Until: day.PlusMonths(12), Name: lang.Same("Сыр")}
				err := nodes[i%len(nodes)].Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
					if _, err := tx.AddPermit(ctx, p); err != nil {
						return err
					}
					if i%3 == 0 { // changes its mind
						return problem.New(problem.Conflict, "problem.moved-on")
					}
					return nil
				})
				if (err == nil) != (i%3 != 0) {
					t.Errorf("permit %d was answered %v", i, err)
				}
			})
		}
		wg.Wait()
		look(t, nodes[0], func(ctx context.Context, tx store.ReadTx) error {
			list, err := tx.PermitsOfCase(ctx, "A")
			if len(list) != 20 {
				t.Errorf("%d permits are kept, want 20", len(list))
			}
			for i, p := range list {
				if p.Seq != int64(i+1) {
					t.Errorf("permit %d of the register has the number %d", i+1, p.Seq)
				}
			}
			return err
		})
	})
}

func TestWhatIsKeptComesBackTheSame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		account := party.Account{ID: "1", Login: "940140000385", Role: party.Applicant, BIN: "940140000385", Active: true}
		content := []byte("%PDF \x00\xff")
		paper := store.Paper{
			ID: "p", Case: "A", Form: "slip", SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), At: noon, MadeOf: "3 head",
			Content: content, HandedOn: noon.Add(time.Hour),
		}
		file := store.File{ID: "f", Case: "A", Kind: "passport", Name: "қосымша.pdf", Media: "application/pdf", Size: 5, SHA256: "00", At: noon}
		event := procedure.Event{Case: "A", Version: 1, Act: procedure.Submit, At: noon, From: procedure.Preparing, To: procedure.Submitted}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			for _, err := range []error{
				tx.AddCase(ctx, procedure.Case{ID: "A", Region: "27", Channel: procedure.Portal, State: procedure.Submitted}),
				tx.AddAccount(ctx, account, "hash"), tx.AddPaper(ctx, paper), tx.AddFile(ctx, file), tx.AddEvent(ctx, event),
				tx.PutSession(ctx, "token", "data", account.ID, noon.Add(time.Hour)), tx.AddWaiting(ctx, line, "A", 3),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			gotAccount, hash, _, err := tx.AccountByLogin(ctx, account.Login)
			same(t, err, gotAccount, account)
			same(t, err, hash, "hash")
			gotPaper, err := tx.Paper(ctx, "p")
			gotPaper.Content, _ = tx.PaperContent(ctx, gotPaper)
			same(t, err, gotPaper, paper)
			files, err := tx.FilesOf(ctx, "A")
			same(t, err, files, []store.File{file})
			events, err := tx.Events(ctx, "A")
			same(t, err, events, []procedure.Event{event})
			lines, err := tx.WaitsFor(ctx, "A")
			same(t, err, lines, []quota.Line{line})
			waiting, err := tx.WaitingFor(ctx, line)
			same(t, err, waiting, []store.Waiting{{Line: line, Seq: 1, Case: "A", Permits: 3}})
			cases, err := tx.Cases(ctx, store.Queue{Region: "27", States: []procedure.State{procedure.Submitted}})
			same(t, err, len(cases), 1)
			counts, err := tx.CountCases(ctx, store.Queue{Region: "27"})
			same(t, err, counts, map[procedure.State]int{procedure.Submitted: 1})
			return nil
		})
		session, _, err := db.Session(t.Context(), "token", noon)
		same(t, err, session, store.Session{Data: "data", Account: account})
		_, alive, err := db.Session(t.Context(), "token", noon.Add(time.Hour))
		same(t, err, alive, false)
	})
}

func look(t *testing.T, db *store.DB, f func(context.Context, store.ReadTx) error) {
	t.Helper()
	if err := db.View(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, err error, got, want T) {
	t.Helper()
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("it came back otherwise (-kept +back):\n%s", diff)
	}
}
