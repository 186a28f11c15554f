package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/internal/pgtest"
	"ruqsat/registry"
	"ruqsat/store"
)

// answerWithin is the goal for every question of the register, once its pages are
// in memory.
const answerWithin = 10 * time.Millisecond

// checkedUpTo is up to how many permits the made register is counted again by the
// store's own check, before it is asked.
const checkedUpTo = 100_000

// A question is one that the register must answer at once.
type question struct {
	name string
	// ask asks it as of some day of some employer; n chooses which.
	ask func(ctx context.Context, tx store.ReadTx, n int) error
	// apart marks what has no goal of its own.
	apart bool
}

// questions are those of a register of some permits.
func questions(permits int) []question {
	c := newCountry(permits)
	random := rand.New(rand.NewPCG(3, 4))
	numbers := someNumbers(permits)
	days := make([]calendar.Date, 1000)
	small := make([]int, 1000)
	for i := range days {
		days[i] = calendar.DateOf(2017, 1, 1).AddDays(random.IntN(3200))
		small[i] = largest + random.IntN(c.employers-largest)
	}
	day := func(n int) calendar.Date { return days[n%16] } // warm: what is asked again and again
	minor := func(n int) int { return small[n%100] }
	issued := func(ctx context.Context, tx store.ReadTx, employerOf, n int) error {
		q := registry.Question{Employer: employer(employerOf), AsOf: calendar.DateOf(day(n).Year, 12, 31), Year: day(n).Year}
		list, err := tx.IssuedTo(ctx, q.Employer, q.Year)
		if a := registry.Count(q, list); a.IssuedTotal != len(list) {
			return fmt.Errorf("of %d permits issued in %d to %s, %d count", len(list), q.Year, q.Employer, a.IssuedTotal)
		}
		return err
	}
	find := func(name func(n int) string) func(context.Context, store.ReadTx, int) error {
		return func(ctx context.Context, tx store.ReadTx, n int) error {
			list, err := tx.FindPermits(ctx, store.Search{Name: name(n), Limit: 20})
			if err == nil && len(list) == 0 {
				return fmt.Errorf("nothing is found by %q", name(n))
			}
			return err
		}
	}
	return []question{
		{name: "permit by number", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.Permit(ctx, numbers[n%len(numbers)])
			return err
		}},
		{name: "in force by employer, one of seventy permits", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.EmployerStock(ctx, employer(minor(n)), day(n))
			return err
		}},
		{name: "in force by employer, one of the ten largest", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.EmployerStock(ctx, employer(n%largest), day(n))
			return err
		}},
		{name: "issued in a year by position and term, one of seventy", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			return issued(ctx, tx, minor(n), n)
		}},
		{name: "issued in a year by position and term, one of the ten largest", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			return issued(ctx, tx, n%largest, n)
		}},
		{name: "country by region, category, citizenship", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.Stock(ctx, day(n))
			return err
		}},
		{name: "issued in the year up to a day, country", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.Flow(ctx, calendar.DateOf(day(n).Year, 1, 1), day(n))
			return err
		}},
		{name: "employers with permits in force", ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.EmployersInForce(ctx, day(n))
			return err
		}},
		{name: "name prefix, a short one that thousands share", ask: find(func(n int) string { return nameWords[n%len(nameWords)] })},
		{name: "name prefix, two words in Latin", ask: find(func(n int) string { return registry.Spell(nameOf(minor(n)).RU) })},
		{name: "rows behind the figures of a letter, one of the ten largest", apart: true, ask: func(ctx context.Context, tx store.ReadTx, n int) error {
			_, err := tx.PermitsFor(ctx, registry.Question{Employer: employer(n % largest), AsOf: day(n), Year: day(n).Year})
			return err
		}},
	}
}

// someNumbers returns numbers of permits from all over the register.
func someNumbers(permits int) []string {
	var numbers []string
	for p := range each(permits) {
		if int(p.Seq)%max(1, permits/1000) == 0 {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers
}

// askRegister makes a register on each database, asks it, and prints how long the
// answers take.
func askRegister(ctx context.Context, w io.Writer, dir string, permits int) error {
	if err := askSQLite(ctx, w, dir, permits); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, "register.db")); err != nil {
		return err
	}
	s, err := pgtest.Start("shared_buffers=1GB", "max_wal_size=8GB", "maintenance_work_mem=512MB", "fsync=off")
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: nothing is measured on PostgreSQL:", err)
		return nil
	}
	defer s.Stop()
	if err := s.Create(ctx, "register", "template1"); err != nil {
		return err
	}
	dsn := s.DSN("register")
	return askOn(ctx, w, dsn, permits, func() error { return loadPostgres(ctx, dsn, permits) })
}

// askSQLite asks the register in a folder, which is made if it is not there.
func askSQLite(ctx context.Context, w io.Writer, dir string, permits int) error {
	path := filepath.Join(dir, "register.db")
	_, err := os.Stat(path)
	return askOn(ctx, w, "sqlite:"+path, permits, func() error {
		if err == nil {
			return nil
		}
		return loadSQLite(ctx, path, permits)
	})
}

func askOn(ctx context.Context, w io.Writer, dsn string, permits int, load func() error) (err error) {
	began := time.Now()
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Migrate(ctx), db.Close()); err != nil {
		return err
	}
	if err := load(); err != nil {
		return err
	}
	if db, err = store.Open(ctx, dsn); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.DrawStock(ctx, lastIssue); err != nil {
		return err
	}
	if permits <= checkedUpTo {
		if err := recount(ctx, db); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\n%s, %d permits (filled in %s)\n", db.Engine(), permits, time.Since(began).Round(time.Second))
	for _, q := range questions(permits) {
		half, most, err := timed(ctx, db, q)
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		verdict := ""
		if half > answerWithin && !q.apart {
			verdict = "  over the goal of " + answerWithin.String()
		}
		fmt.Fprintf(w, "%8.3f ms  %8.3f ms  %s%s\n", millis(half), millis(most), q.name, verdict)
	}
	return nil
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// recount has the store count what was filled in past it.
func recount(ctx context.Context, db *store.DB) error {
	return db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		wrong, err := tx.StockWrong(ctx, 5)
		if err == nil && len(wrong) > 0 {
			return fmt.Errorf("the register was not filled as the store would have: it differs on %v", wrong)
		}
		return err
	})
}

// timed returns how long half of the answers take at most, and how long 95 of 100.
func timed(ctx context.Context, db *store.DB, q question) (half, most time.Duration, err error) {
	const warm, times = 200, 400
	took := make([]time.Duration, 0, times)
	for n := range warm + times {
		began := time.Now()
		if err := db.View(ctx, func(ctx context.Context, tx store.ReadTx) error { return q.ask(ctx, tx, n) }); err != nil {
			return 0, 0, err
		}
		if n >= warm {
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	return took[times/2], took[times*95/100], nil
}
