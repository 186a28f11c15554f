package store_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"ruqsat/calendar"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// holders is how many cases race for a line. RUQSAT_HOLDS=20000 plays the first
// morning of a year in full.
func holders(t *testing.T) int {
	t.Helper()
	text := os.Getenv("RUQSAT_HOLDS")
	if text == "" {
		return 2000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 2 {
		t.Fatalf("RUQSAT_HOLDS=%s is no number of cases", text)
	}
	return n
}

// Many cases race for a line that has room for half of them, on several nodes:
// exactly that half must win, and the totals must be what the entries come to.
func TestNothingIsOversoldInARushForOneLine(t *testing.T) {
	n := holders(t)
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		nodes := []*store.DB{storetest.Open(t, dsn)}
		if nodes[0].Engine() == store.PostgreSQL {
			nodes = append(nodes, storetest.Open(t, dsn))
		}
		allot(t, nodes[0], line, quota.Permits(n/2))
		var won, refused, next atomic.Int64
		var wg sync.WaitGroup
		for c := range 64 {
			wg.Go(func() {
				for i := next.Add(1); i <= int64(n); i = next.Add(1) {
					will := store.Ahead{}
					if i%3 != 0 {
						will.Lines = []quota.Line{line}
					}
					switch err := nodes[c%len(nodes)].DoOn(context.Background(), will, hold(line, 1, fmt.Sprint("case-", i))); {
					case err == nil:
						won.Add(1)
					case problem.IsKind(err, problem.Conflict):
						refused.Add(1)
					default:
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if won.Load() != int64(n/2) || refused.Load() != int64(n-n/2) {
			t.Errorf("%d held and %d refused, want %d and %d", won.Load(), refused.Load(), n/2, n-n/2)
		}
		agree(t, nodes[0], 2025)
	})
}

// agree holds the running totals against the entries, counted in Go and in SQL.
func agree(t *testing.T, db *store.DB, year int) {
	t.Helper()
	look(t, db, func(ctx context.Context, tx store.ReadTx) error {
		entries, err := tx.QuotaEntries(ctx, "")
		if err != nil {
			return err
		}
		totals, err := tx.QuotaTotals(ctx, year)
		if err != nil {
			return err
		}
		for _, l := range quota.Differ(totals, entries) {
			t.Errorf("the total of %s is not what its entries come to", l)
		}
		counted, err := tx.QuotaAsOf(ctx, year, calendar.DateOf(year, 12, 31))
		same(t, err, counted, totals)
		return nil
	})
}

func TestTotalsFollowEveryKindOfEntryAndAnyDayCanBeAsked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		other := quota.Line{Year: 2025, Region: "33", Category: line.Category}
		allot(t, db, line, 20)
		mustDo(t, db, hold(line, 7, "A"))
		mustDo(t, db, hold(line, 3, "B"))
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			for _, e := range []quota.Entry{
				{Line: line, Kind: quota.Use, Permits: 7, Case: "A", On: day.AddDays(1), Cite: "Order 559 of 2016-06-27"},
				{Line: line, Kind: quota.Release, Permits: 3, Case: "B", On: day.AddDays(2), Cite: "Order 559 of 2016-06-27"},
				{Line: line, To: other, Kind: quota.Move, Permits: 4, On: day.AddDays(3), Cite: "Order 274 of 2023-06-30"},
			} {
				if err := tx.AddQuotaEntry(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		agree(t, db, 2025)
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			now, err := tx.QuotaTotals(ctx, 2025)
			same(t, err, now, []quota.Balance{{Line: line, Allotted: 16, Used: 7}, {Line: other, Allotted: 4}})
			then, err := tx.QuotaAsOf(ctx, 2025, day.AddDays(1))
			same(t, err, then, []quota.Balance{{Line: line, Allotted: 20, Held: 3, Used: 7}})
			none, err := tx.QuotaAsOf(ctx, 2024, day)
			same(t, err, len(none), 0)
			paces, err := tx.QuotaPaces(ctx, 2025, day.AddDays(-1), day.AddDays(5))
			same(t, err, paces, map[quota.Line]quota.Pace{line: {Taken: 7, Cases: 2}})
			first, err := tx.QuotaFirst(ctx, 2025)
			same(t, err, first, day)
			return nil
		})
	})
}

// The table itself is the last to refuse what is not there.
func TestTheTablesRefuseToOversell(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		allot(t, db, line, 2)
		for _, e := range []quota.Entry{
			{Line: line, Kind: quota.Hold, Permits: 3, Case: "A", On: day, Cite: "Order 559 of 2016-06-27"},
			{Line: line, Kind: quota.Release, Permits: 1, Case: "A", On: day, Cite: "Order 559 of 2016-06-27"},
		} {
			if err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.AddQuotaEntry(ctx, e) }); err == nil {
				t.Errorf("the table took %s of %d from a line of 2", e.Kind, e.Permits)
			}
		}
		agree(t, db, 2025)
	})
}

func TestOrdersAndDemandsComeBackAndTwoOrdersOfOneNumberAndDateDoNot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := quota.Record{Number: "279", Date: day, Year: 2025, Title: "О квоте", Units: 20, Sums: quota.Sums{Total: 20}, On: day}
		add := func(r quota.Record) error {
			return db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
				_, err := tx.AddQuotaOrder(ctx, r, noon)
				return err
			})
		}
		if err := add(r); err != nil {
			t.Fatal(err)
		}
		if err := add(r); !problem.IsKind(err, problem.Conflict) {
			t.Errorf("the same order again was answered %v, want a conflict", err)
		}
		later := r
		later.Date = day.AddDays(1) // there are two orders No. 279
		if err := add(later); err != nil {
			t.Error(err)
		}
		d := quota.Demand{Year: 2026, Region: "27", BIN: "940140000385", Rows: []quota.Position{{Category: line.Category, Title: "сварщик", Permits: 3}}, At: noon}
		request := quota.Demand{Year: 2026, Region: "27", At: noon, Count: 1}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			for _, x := range []quota.Demand{{Year: 2026, Region: "27", BIN: d.BIN}, d, request} {
				if err := tx.PutQuotaDemand(ctx, x); err != nil {
					return err
				}
			}
			return nil
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			list, err := tx.QuotaOrders(ctx, 2025)
			r.Seq, r.Entered, later.Seq, later.Entered = 1, "2025-07-01T07:00:00Z", 2, "2025-07-01T07:00:00Z"
			same(t, err, list, []quota.Record{r, later})
			got, err := tx.QuotaOrder(ctx, r.ID())
			same(t, err, got, r)
			if _, err := tx.QuotaOrder(ctx, "none"); !problem.IsKind(err, problem.NotFound) {
				t.Errorf("an order nobody entered was answered %v", err)
			}
			demands, err := tx.QuotaDemands(ctx, 2026, "27")
			same(t, err, demands, []quota.Demand{d})
			mine, err := tx.QuotaDemandsOf(ctx, d.BIN)
			same(t, err, mine, []quota.Demand{d})
			requests, err := tx.QuotaRequests(ctx, 2026)
			same(t, err, requests, []quota.Demand{request})
			return nil
		})
	})
}
