package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"ruqsat/calendar"
	"ruqsat/internal/pgtest"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
)

// allWays returns every way there is on this machine, each limit before what is
// compared with it.
func allWays(dir string) ([]way, func(), error) {
	sqlite := func(clients int) string { return filepath.Join(dir, "store-"+strconv.Itoa(clients)+".db") }
	pages := func(clients int) string { return "sqlite:" + filepath.Join(dir, "pages-"+strconv.Itoa(clients)+".db") }
	steps := func(clients int) string { return "sqlite:" + filepath.Join(dir, "steps-"+strconv.Itoa(clients)+".db") }
	cases := func(clients int) string { return "sqlite:" + filepath.Join(dir, "cases-"+strconv.Itoa(clients)+".db") }
	ways := []way{bareSQLite(dir), storeWay("store sqlite", "bare sqlite", sqlite), productWay("pages sqlite", "bare sqlite", pages),
		caseWay("cases sqlite", "bare sqlite", cases), stepWay("steps sqlite", "bare sqlite", steps)}
	holds := func(name string) func(int) string {
		return func(clients int) string { return "sqlite:" + filepath.Join(dir, name+"-"+strconv.Itoa(clients)+".db") }
	}
	ways = append(ways, holdWay("spread holds sqlite", "", holds("spread"), lineOf), holdWay("hot holds sqlite", "spread holds sqlite", holds("hot"), hotLine))
	s, err := pgtest.Start("shared_buffers=256MB", "max_wal_size=4GB")
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: nothing is measured on PostgreSQL:", err)
		return ways, func() {}, nil
	}
	for _, name := range []string{"bare", "store", "pages-1", "pages-16", "pages-64", "cases-1", "cases-16", "cases-64",
		"steps-1", "steps-16", "steps-64", "spread", "hot"} {
		if err := s.Create(context.Background(), name, "template1"); err != nil {
			return nil, nil, fmt.Errorf("create database: %w", err)
		}
	}
	ways = append(ways, barePostgres(s.DSN("bare")),
		storeWay("store postgres", "bare postgres", func(int) string { return s.DSN("store") }),
		holdWay("spread holds postgres", "", func(int) string { return s.DSN("spread") }, lineOf),
		holdWay("hot holds postgres", "spread holds postgres", func(int) string { return s.DSN("hot") }, hotLine),
		productWay("pages postgres", "bare postgres", func(clients int) string { return s.DSN("pages-" + strconv.Itoa(clients)) }),
		caseWay("cases postgres", "bare postgres", func(clients int) string { return s.DSN("cases-" + strconv.Itoa(clients)) }),
		stepWay("steps postgres", "bare postgres", func(clients int) string { return s.DSN("steps-" + strconv.Itoa(clients)) }))
	return ways, func() { _ = s.Stop() }, nil
}

var (
	today = calendar.DateOf(2025, time.July, 1)
	noon  = time.Date(2025, time.July, 1, 7, 0, 0, 0, time.UTC)
)

// storeWay keeps cases through the methods of the store, as the office does,
// without what the office decides.
func storeWay(name, limit string, dsn func(clients int) string) way {
	return way{name: name, limit: limit, open: func(ctx context.Context, clients int) (func(context.Context, int) error, func() error, error) {
		db, err := store.Open(ctx, dsn(clients))
		if err != nil {
			return nil, func() error { return nil }, err
		}
		if err := db.Migrate(ctx); err != nil {
			return nil, db.Close, err
		}
		if err := allotAll(ctx, db); err != nil {
			return nil, db.Close, err
		}
		return func(ctx context.Context, _ int) error { return keepInStore(ctx, db) }, db.Close, nil
	}}
}

// lineOf returns the line a case draws on.
func lineOf(n int64) quota.Line {
	return quota.Line{Year: 2025, Region: law.Regions()[n%int64(len(law.Regions()))].KATO, Category: law.III}
}

func allotAll(ctx context.Context, db *store.DB) error {
	return db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for i := range law.Regions() {
			e, err := quota.Order(lineOf(int64(i)), 1_000_000, today, "Order 274 of 2023-06-30")
			if err != nil {
				return err
			}
			if err := tx.AddQuotaEntry(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// keepInStore takes one case through its steps.
func keepInStore(ctx context.Context, db *store.DB) error {
	n := ids.Add(1)
	id := "bench-" + strconv.FormatInt(n, 10)
	for step := range steps {
		err := db.DoOn(ctx, store.Ahead{Case: id}, func(ctx context.Context, tx store.Tx) error { return stepInStore(ctx, tx, n, id, step+1) })
		if err != nil {
			return fmt.Errorf("step %d: %w", step+1, err)
		}
	}
	return nil
}

func stepInStore(ctx context.Context, tx store.Tx, n int64, id string, step int) error {
	c := procedure.Case{ID: id, Region: lineOf(n).Region, Channel: procedure.Portal, State: procedure.Submitted, Version: 1}
	if step == 1 {
		if err := tx.AddCase(ctx, c); err != nil {
			return err
		}
	} else {
		var err error
		if c, err = tx.Case(ctx, id); err != nil {
			return err
		}
		c.Version++
		if err := tx.SaveCase(ctx, c, c.Version-1); err != nil {
			return err
		}
	}
	switch step {
	case 2:
		if err := enter(ctx, tx, n, id, quota.Hold); err != nil {
			return err
		}
	case 8:
		if err := enter(ctx, tx, n, id, quota.Use); err != nil {
			return err
		}
	}
	return tx.AddEvent(ctx, procedure.Event{
		Case: id, Version: c.Version, Act: procedure.Examine, By: party.Actor{Role: party.Executor}, At: noon,
		From: c.State, To: c.State, Note: procedure.Note{Text: body},
	})
}

func enter(ctx context.Context, tx store.Tx, n int64, id string, k quota.Kind) error {
	b, err := tx.LockQuota(ctx, lineOf(n))
	if err != nil {
		return err
	}
	e, err := b.Enter(k, 1, id, today)
	if err != nil {
		return err
	}
	return tx.AddQuotaEntry(ctx, e)
}
