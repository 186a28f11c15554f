package store_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/store"
)

// permitsMost is the largest register the benchmark asks: 10⁷ permits take an hour
// to put in and 40 GB.
var permitsMost = flag.Int("permits", 100_000, "the largest register of BenchmarkRegister")

// BenchmarkRegister asks the questions of the register, as of a day, at growing
// numbers of permits: go test ./store -bench Register -permits 10000000.
func BenchmarkRegister(b *testing.B) {
	for n := 10_000; n <= *permitsMost; n *= 10 {
		b.Run(fmt.Sprintf("permits=%d", n), func(b *testing.B) { askAll(b, filled(b, n)) })
	}
}

func askAll(b *testing.B, db *store.DB) {
	on, number := calendar.DateOf(2025, 9, 5), registry.FormatNumber("27", 5_000)
	for _, q := range []struct {
		name string
		ask  func(context.Context, store.ReadTx) error
	}{
		{"permit by number", func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Permit(ctx, number)
			return err
		}},
		{"in force by employer", func(ctx context.Context, tx store.ReadTx) error {
			permits, err := tx.PermitsOf(ctx, "940140000385")
			registry.Count(registry.Question{Employer: "940140000385", AsOf: on, Year: 2025}, permits)
			return err
		}},
		{"breakdown of the country", func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Stock(ctx, on)
			return err
		}},
		{"issued in the year", func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Flow(ctx, calendar.DateOf(2025, 1, 1), on)
			return err
		}},
		{"employers in force", func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.EmployersInForce(ctx, on)
			return err
		}},
		{"name prefix", func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.FindPermits(ctx, store.Search{Name: "Образец 12", Limit: 20})
			return err
		}},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := db.View(b.Context(), q.ask); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// filled opens a store with n permits of ten years, region, category and
// citizenship mixed; about seventy to an employer.
func filled(b *testing.B, n int) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "ruqsat.db")+"?sync=off")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	regions, countries := law.Regions(), law.Countries()
	const batch = 1000
	for from := 0; from < n; from += batch {
		err := db.Do(b.Context(), func(ctx context.Context, tx store.Tx) error {
			for i := from; i < from+batch; i++ {
				p := lived(int64(i))
				employer := i % (n/70 + 1)
				if employer > 0 {
					p.Employer, p.Name = party.BIN(fmt.Sprintf("%012d", employer)), lang.Same(fmt.Sprintf("ТОО «Образец %d»", employer))
				}
				p.Region, p.Category = regions[i%len(regions)].KATO, law.Categories[i/7%len(law.Categories)]
				p.Citizenship = countries[i/3%40].Code
				p.Issued = calendar.DateOf(2016, 1, 1).AddDays(int(int64(i) * 3650 / int64(n)))
				p.From, p.Until = p.Issued.AddDays(3), p.Issued.AddDays(367)
				if _, err := tx.AddPermit(ctx, p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.DrawStock(b.Context(), calendar.DateOf(2025, 12, 31)); err != nil {
		b.Fatal(err)
	}
	return db
}
