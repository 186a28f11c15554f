package store_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// requestOf is a request that was drafted, with something in every field.
func requestOf(id string) correspondence.File {
	return correspondence.File{
		ID: id, Region: "33", State: correspondence.Drafted, Words: "Сколько?", Executor: "executor", Version: 3,
		Request: correspondence.Request{
			Number: correspondence.Number("ЗТ-2025-0000000" + id), Dated: day, Received: day, Language: lang.RU, AsOf: day, Year: 2025,
			From: correspondence.Asker{Name: lang.Text{KK: "а", RU: "б"}}, Employer: correspondence.Subject{BIN: "190140071009"},
			Asked:  []correspondence.Asked{{Position: lang.Text{KK: "жүргізуші", RU: "водитель"}, Category: law.IV}},
			Topics: []correspondence.Topic{correspondence.Issued}, Free: []lang.Text{{KK: "в", RU: "г"}}, Region: "33",
		},
		Incoming: correspondence.Entry{Number: "33-вх-2025-00000" + id, On: day, By: "Сапарова Ә."},
		Due:      correspondence.Due{End: calendar.End{Last: day.AddDays(21), Term: correspondence.ReplyTerm.Term, Zone: "Asia/Almaty"}},
		Draft: &correspondence.Draft{
			Paper:   document.LetterData{Title: lang.Same("t"), Body: []document.Paragraph{{Text: lang.Same("p"), Items: []document.Item{{Mark: "–", Text: lang.Same("i")}}}}},
			Figures: []correspondence.Figure{{Kind: correspondence.Flow, What: lang.Say(lang.Same("w")), Permits: 1, Numbers: []string{"KZ1"}, Paragraph: 4}},
			Cites:   []law.Cite{"APPC art. 91"}, Seq: 71, Signatory: "head", At: noon,
		},
	}
}

func addRequest(t *testing.T, db *store.DB, f correspondence.File) error {
	t.Helper()
	return db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.AddRequest(ctx, f, noon) })
}

func TestARequestIsReadBackAsItWasKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		want := requestOf("1")
		if err := addRequest(t, db, want); err != nil {
			t.Fatal(err)
		}
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			byID, err := tx.Request(ctx, "1")
			if err != nil {
				return err
			}
			byNumber, err := tx.RequestByNumber(ctx, "33", want.Request.Number)
			for how, got := range map[string]correspondence.File{"id": byID, "number": byNumber} {
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("by %s (-kept +read):\n%s", how, diff)
				}
			}
			if _, err := tx.RequestByNumber(ctx, "27", want.Request.Number); !problem.IsKind(err, problem.NotFound) {
				t.Errorf("another region finds it: %v", err)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestANumberIsRegisteredOnceInADepartment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := requestOf("1")
		if err := addRequest(t, db, f); err != nil {
			t.Fatal(err)
		}
		f.ID, f.Incoming.Number = "2", "33-вх-2025-000002"
		if err := addRequest(t, db, f); !problem.IsKind(err, problem.Conflict) {
			t.Errorf("the same number again: %v, want a conflict", err)
		}
		f.Region, f.Incoming.Number = "27", "27-вх-2025-000001"
		if err := addRequest(t, db, f); err != nil {
			t.Errorf("the same number in another department: %v", err)
		}
	})
}

// Ten people act on what they have before them; one of them was first.
func TestOfActsOnOneVersionOfARequestOneIsKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := requestOf("1")
		if err := addRequest(t, db, f); err != nil {
			t.Fatal(err)
		}
		var kept, refused atomic.Int32
		done := make(chan struct{})
		for i := range 10 {
			go func() {
				defer func() { done <- struct{}{} }()
				next := f
				next.Version, next.Words = 4, fmt.Sprint(i)
				err := db.Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
					if err := tx.SaveRequest(ctx, next, 3); err != nil {
						return err
					}
					return tx.AddRequestEvent(ctx, correspondence.Event{File: "1", Version: 4, Act: correspondence.Write, By: party.Actor{Role: party.Executor}, At: noon})
				})
				switch {
				case err == nil:
					kept.Add(1)
				case problem.IsKind(err, problem.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			}()
		}
		for range 10 {
			<-done
		}
		if kept.Load() != 1 || refused.Load() != 9 {
			t.Errorf("%d kept and %d refused, want 1 and 9", kept.Load(), refused.Load())
		}
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			events, err := tx.RequestEvents(ctx, "1")
			if len(events) != 1 || events[0].Version != 4 || !events[0].At.Equal(noon) {
				t.Errorf("events %+v", events)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestAListOfRequestsHasTheMostUrgentFirstAndCountsWhatIsLate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for i, days := range []int{9, 3, 6} {
			f := requestOf(fmt.Sprint(i + 1))
			f.Due.End.Last = day.AddDays(days)
			if i == 1 {
				f.State, f.Outgoing.Number = correspondence.Dispatched, "33-исх-2025-000001"
				f.Published = correspondence.Published{At: noon, Naming: correspondence.Named}
			}
			if err := addRequest(t, db, f); err != nil {
				t.Fatal(err)
			}
		}
		stranger := requestOf("4")
		stranger.Region = "27"
		if err := addRequest(t, db, stranger); err != nil {
			t.Fatal(err)
		}
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			for search, want := range map[string]string{"": "312", "190140071009": "312", "000002": "2", "исх": "2", "x": ""} {
				list, err := tx.Requests(ctx, store.Letters{Region: "33", Search: search})
				if err != nil {
					return err
				}
				got := ""
				for _, f := range list {
					got += f.ID
				}
				if got != want {
					t.Errorf("searched for %q: %s, want %s", search, got, want)
				}
			}
			counts, err := tx.CountRequests(ctx, store.Letters{Region: "33", Executor: "executor"}, day.AddDays(7))
			if err != nil {
				return err
			}
			want := map[correspondence.State]store.LetterCount{correspondence.Drafted: {N: 2, Late: 1}, correspondence.Dispatched: {N: 1}}
			if diff := cmp.Diff(want, counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			public, err := tx.PublishedLetters(ctx)
			if len(public) != 1 || public[0].ID != "2" {
				t.Errorf("%d replies are public, want the second alone", len(public))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestALetterheadIsTheOneEnteredLast(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first, second := correspondence.Office{Name: lang.Same("a")}, correspondence.Office{Name: lang.Same("b"), Executor: correspondence.Executor{Phone: "1"}}
		for _, o := range []correspondence.Office{first, second} {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.SetLetterhead(ctx, "33", o) })
		}
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			got, err := tx.Letterhead(ctx, "33")
			if got != second {
				t.Errorf("the letterhead is %+v", got)
			}
			if none, err := tx.Letterhead(ctx, "27"); err != nil || !none.IsZero() {
				t.Errorf("a department that entered none has %+v, %v", none, err)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
