package store_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// lived is a permit of the n-th number, from 1 July 2025 for a year.
func lived(n int64) registry.Permit {
	return registry.Permit{
		Number: registry.FormatNumber("27", n), Operation: law.Issue, Scheme: law.Regional, Case: "case", Employer: "940140000385",
		Name: lang.Text{KK: "«Қайрат Құрылыс» ЖШС", RU: "ТОО «Кайрат Курылыс»"}, Region: "27", Category: law.III, WorkerRef: "W7",
		Worker: "SAMPLE WORKER", Citizenship: "TR", Position: lang.Text{KK: "инженер", RU: "инженер"},
		Issued: day, From: day, Until: day.PlusMonths(12), Entered: noon,
	}
}

// What was entered of a permit is read back with it, in order, and the register
// can be asked as it was at any entry.
func TestTheRegisterForgetsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var p registry.Permit
		mustDo(t, db, func(ctx context.Context, tx store.Tx) (err error) {
			if p, err = tx.AddPermit(ctx, lived(1)); err != nil {
				return err
			}
			for _, e := range []registry.Entry{
				{Kind: registry.SuspendedEntry, On: day.AddDays(10), At: noon, Grounds: []string{"court"}},
				{Kind: registry.CorrectedEntry, On: day.AddDays(11), At: noon, Changes: []registry.Change{{Field: registry.FieldWorker, Was: "SAMPLE WORKER", Is: "SAMPLE WORKERS"}}},
				{Kind: registry.RevokedEntry, On: day.AddDays(20), At: noon},
			} {
				if _, err := tx.AddEntry(ctx, p, e); err != nil {
					return err
				}
			}
			_, err = tx.AddPermit(ctx, lived(2))
			return err
		})
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			got, err := tx.Permit(ctx, p.Number)
			if err != nil {
				return err
			}
			if got.Worker != "SAMPLE WORKERS" || got.Status(day.AddDays(15)) != registry.Suspended || got.Status(day.AddDays(20)) != registry.Revoked {
				t.Errorf("read back as %s, %s, %s", got.Worker, got.Status(day.AddDays(15)), got.Status(day.AddDays(20)))
			}
			of, err := tx.PermitsOf(ctx, p.Employer)
			if err != nil {
				return err
			}
			if diff := cmp.Diff(got, of[0]); diff != "" || len(of) != 2 || of[1].Seq != 5 {
				t.Errorf("in the list of its employer it stands otherwise (-alone +list):\n%s", diff)
			}
			gaps, err := tx.EntryGaps(ctx, 10)
			if err != nil || len(gaps) > 0 {
				t.Errorf("the register has gaps at %v (%v)", gaps, err)
			}
			entries, err := tx.Entries(ctx, p.Number)
			if len(entries) != 4 || entries[0].Kind != registry.IssuedEntry || entries[0].Seq != p.Seq {
				t.Errorf("its entries are %v", entries)
			}
			return err
		})
	})
}

func TestAPermitIsFoundByEmployerWorkerAndNumberInAnyScript(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.AddPermit(ctx, lived(1))
			return err
		})
		for _, s := range []store.Search{
			{Name: "Қайрат"}, {Name: "ТОО «кайрат к"}, {Name: "Qairat"}, {Name: "KAYRAT"}, {Name: "kairat kur"}, {WorkerRef: "W7"},
			{BIN: "940140000385"}, {Number: "KZ27IRS00000001", Region: "27"},
			{Name: "құрылыс"}, {Name: "kurilis", Region: "27"}, {Name: "ҚҰР", BIN: "940140000385"}, // by its second word
		} {
			found := 0
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				list, err := tx.FindPermits(ctx, s)
				found = len(list)
				return err
			})
			if found != 1 {
				t.Errorf("%+v finds %d permits, want one", s, found)
			}
		}
		for _, s := range []store.Search{{Name: "%"}, {Name: "урылыс"}, {Name: "құрылыс", Region: "33"}, {Name: "қайратт"}, {Region: "33"}, {WorkerRef: "W"}} {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				list, err := tx.FindPermits(ctx, s)
				if len(list) > 0 {
					t.Errorf("%+v finds %d permits, want none", s, len(list))
				}
				return err
			})
		}
	})
}

func TestEveryPermitThatRanOutIsFoundOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			for n := range int64(5) {
				p := lived(n + 1)
				p.Until = day.AddDays(int(n / 2)) // two of a day
				if _, err := tx.AddPermit(ctx, p); err != nil {
					return err
				}
			}
			return nil
		})
		var numbers []string
		for range 9 {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				list, err := tx.RunOut(ctx, "27", day.AddDays(2), 1)
				for _, p := range list {
					numbers = append(numbers, p.Number)
					if _, err := tx.AddEntry(ctx, p, registry.Entry{Kind: registry.ExpiredEntry, On: p.Until.AddDays(1)}); err != nil {
						return err
					}
				}
				return err
			})
		}
		slices.Sort(numbers)
		if len(numbers) != 4 || len(slices.Compact(numbers)) != 4 {
			t.Errorf("on %s these were found to have run out: %v, want four", day.AddDays(2), numbers)
		}
	})
}
