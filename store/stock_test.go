package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/statistics"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// breakdownOf is the breakdown as the permits themselves give it.
func breakdownOf(permits []registry.Permit, on calendar.Date) statistics.Cells {
	sums := map[statistics.Key]int{}
	for _, p := range permits {
		if p.InForce(on) {
			sums[statistics.Key{Region: p.Region, Category: p.Category, Citizenship: p.Citizenship}]++
		}
	}
	var cells statistics.Cells
	for k, n := range sums {
		cells = append(cells, statistics.Cell{Key: k, Permits: n})
	}
	slices.SortFunc(cells, func(a, b statistics.Cell) int {
		return slices.Compare([]string{a.Region, string(a.Category), a.Citizenship}, []string{b.Region, string(b.Category), b.Citizenship})
	})
	return cells
}

// Whatever becomes of permits, in whatever order the register comes to know it and
// whenever snapshots are drawn: the breakdown of a day is the count of the register.
func TestTheBreakdownOfADayIsTheCountOfTheRegister(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		n := int64(0)
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 12).Draw(r, "deeds") {
				deed(t, r, db, &n)
			}
			var permits []registry.Permit
			mustDo(t, db, func(ctx context.Context, tx store.Tx) (err error) {
				permits, err = tx.PermitsOf(ctx, "")
				return err
			})
			for range 4 {
				on := someDay(r, "asked")
				mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
					got, err := tx.Stock(ctx, on)
					if diff := cmp.Diff(breakdownOf(permits, on), got); diff != "" {
						r.Fatalf("on %s the figures are not those of the register (-register +figures):\n%s", on, diff)
					}
					if err != nil {
						return err
					}
					flow, err := tx.Flow(ctx, calendar.DateOf(on.Year, 1, 1), on)
					want := 0
					for _, p := range permits {
						if p.Issued.Year == on.Year && !p.Issued.After(on) {
							want++
						}
					}
					if flow.Total() != want {
						r.Fatalf("up to %s %d were issued by the figures, %d by the register", on, flow.Total(), want)
					}
					if err != nil {
						return err
					}
					employers, err := tx.EmployersInForce(ctx, on)
					if want := employersOf(permits, on); employers != want {
						r.Fatalf("on %s there are %d employers by the figures, %d by the register", on, employers, want)
					}
					if err != nil {
						return err
					}
					for _, bin := range []party.BIN{"940140000385", "950341000052"} {
						got, err := tx.EmployerStock(ctx, bin, on)
						if err != nil {
							return err
						}
						own := slices.DeleteFunc(slices.Clone(permits), func(p registry.Permit) bool { return p.Employer != bin })
						if diff := cmp.Diff(breakdownOf(own, on), got); diff != "" {
							r.Fatalf("on %s the figures of %s are not those of the register (-register +figures):\n%s", on, bin, diff)
						}
					}
					month, err := tx.Flow(ctx, calendar.DateOf(on.Year, on.Month, 1), on)
					issued := 0
					for _, p := range permits {
						if p.Issued.Year == on.Year && p.Issued.Month == on.Month && !p.Issued.After(on) {
							issued++
						}
					}
					if month.Total() != issued {
						r.Fatalf("in the month up to %s %d were issued by the figures, %d by the register", on, month.Total(), issued)
					}
					return err
				})
			}
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				wrong, err := tx.StockWrong(ctx, 10)
				if len(wrong) > 0 {
					r.Fatalf("the check finds other figures than the permits give on %v", wrong)
				}
				return err
			})
		})
	})
}

func employersOf(permits []registry.Permit, on calendar.Date) int {
	employers := map[string]bool{}
	for _, p := range permits {
		if p.InForce(on) {
			employers[string(p.Employer)] = true
		}
	}
	return len(employers)
}

func someDay(r *rapid.T, label string) calendar.Date {
	return day.AddDays(rapid.IntRange(-40, 430).Draw(r, label))
}

// deed issues a permit, or does something to one, or draws snapshots.
func deed(t *testing.T, r *rapid.T, db *store.DB, n *int64) {
	kind := rapid.SampledFrom([]registry.Kind{
		"issue", "issue", "draw", registry.SuspendedEntry, registry.ReinstatedEntry, registry.RevokedEntry, registry.ExpiredEntry,
		registry.CorrectedEntry,
	}).Draw(r, "deed")
	on := someDay(r, "day")
	switch {
	case kind == "draw":
		if err := db.DrawStock(t.Context(), on); err != nil {
			r.Fatal(err)
		}
	case kind == "issue" || *n == 0:
		*n++
		p := lived(*n)
		p.Issued, p.From = on, on.AddDays(rapid.IntRange(0, 9).Draw(r, "wait"))
		p.Until = p.From.AddDays(rapid.IntRange(0, 120).Draw(r, "term"))
		p.Region = rapid.SampledFrom([]string{"27", "33"}).Draw(r, "region")
		p.Category = rapid.SampledFrom([]law.Category{law.I, law.III}).Draw(r, "category")
		if rapid.Bool().Draw(r, "other employer") {
			p.Employer = "950341000052"
		}
		if rapid.Bool().Draw(r, "ended") {
			p.Ended, p.EndedReason = p.Issued.AddDays(rapid.IntRange(0, 40).Draw(r, "after")), "left"
		}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.AddPermit(ctx, p)
			return err
		})
	default:
		number := registry.FormatNumber("27", rapid.Int64Range(1, *n).Draw(r, "permit"))
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			p, err := tx.Permit(ctx, number)
			if err != nil || kind.Ends() && !p.Ended.IsZero() {
				return err
			}
			e := registry.Entry{Kind: kind, On: on, At: noon}
			if kind == registry.CorrectedEntry {
				e.Changes = []registry.Change{{Field: registry.FieldCitizenship, Was: p.Citizenship, Is: rapid.SampledFrom([]string{"CN", "IN", "TR"}).Draw(r, "citizenship")}}
			}
			_, err = tx.AddEntry(ctx, p, e)
			return err
		})
	}
}

// So is a snapshot, and one that can no longer be read.
func TestTheCheckFindsSnapshotsThatWereChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.AddPermit(ctx, lived(1))
			return err
		})
		if err := db.DrawStock(t.Context(), day.AddDays(40)); err != nil {
			t.Fatal(err)
		}
		for _, by := range []struct{ cells, what string }{
			{`replace(cells, ',1,', ',2,')`, "permits"}, {`replace(cells, ',2,', ',1,')`, ""},
			{`replace(cells, ',1;', ',2;')`, "issued"}, {`replace(cells, ',2;', ',1;')`, ""}, {`replace(cells, ';', '')`, "form"},
		} {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				return tx.Exec(ctx, `UPDATE stock_snapshot SET cells = `+by.cells)
			})
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				wrong, err := tx.StockWrong(ctx, 10)
				if (len(wrong) > 0) != (by.what != "") {
					t.Errorf("with other %q in the snapshots the check finds %v", by.what, wrong)
				}
				return err
			})
		}
	})
}

// A figure that somebody changed by hand is found.
func TestTheCheckFindsFiguresThatAreNotThePermits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.AddPermit(ctx, lived(1))
			return err
		})
		if err := db.DrawStock(t.Context(), day.AddDays(40)); err != nil {
			t.Fatal(err)
		}
		for _, place := range [][2]string{
			{"stock_change", "permits"}, {"stock_change", "issued"},
			{"issued_month", "permits"}, {"employer_change", "permits"}, {"employer_stock", "permits"}, {"employer_day", "employers"},
		} {
			table, column := place[0], place[1]
			for _, by := range []int{1, -1} { // and put right again
				mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
					return tx.Exec(ctx, fmt.Sprintf(`UPDATE %s SET %s = %s + %d`, table, column, column, by))
				})
				mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
					wrong, err := tx.StockWrong(ctx, 10)
					if (len(wrong) > 0) != (by == 1) {
						t.Errorf("after %d more %s in %s the check finds %v", by, column, table, wrong)
					}
					return err
				})
			}
		}
	})
}
