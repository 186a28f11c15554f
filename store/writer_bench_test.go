package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"ruqsat/internal/pgtest"
	"ruqsat/store"
)

// BenchmarkDo is one step of a case as the engine sees it: a row changed and a
// row added, kept for good. Run it with -cpu left alone; the clients are ours.
func BenchmarkDo(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		for _, clients := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/clients=%d", engine, clients), func(b *testing.B) {
				benchmarkDo(b, openDurable(b, engine), clients)
			})
		}
	}
}

func benchmarkDo(b *testing.B, db *store.DB, clients int) {
	ctx := context.Background()
	err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, text := range []string{
			`CREATE TABLE file (id BIGINT PRIMARY KEY, state TEXT NOT NULL, version BIGINT NOT NULL)`,
			`CREATE TABLE file_event (id BIGINT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, version))`,
		} {
			if err := tx.Exec(ctx, text); err != nil {
				return err
			}
		}
		for id := range clients {
			if err := tx.Exec(ctx, `INSERT INTO file (id, state, version) VALUES ($1, 'submitted', 0)`, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	for id := range clients {
		wg.Go(func() {
			for version := 1; left.Add(-1) >= 0; version++ {
				err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
					if err := tx.Write(ctx, `UPDATE file SET state = $2, version = $3 WHERE id = $1`, id, "registered", version); err != nil {
						return err
					}
					return tx.Write(ctx, `INSERT INTO file_event (id, version, body) VALUES ($1, $2, $3)`, id, version, "{}")
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

// openDurable opens a store that flushes before it answers.
func openDurable(b *testing.B, engine store.Engine) *store.DB {
	b.Helper()
	dsn := "sqlite:" + filepath.Join(b.TempDir(), "ruqsat.db")
	if engine == store.PostgreSQL {
		pgtest.Require(b)
		s, err := pgtest.Start()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = s.Stop() })
		dsn = s.DSN("postgres")
	}
	db, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// BenchmarkLog is what the log costs an act: the same entry of the ledger with its
// leaf, and as it would be without a log.
func BenchmarkLog(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		for _, clients := range []int{1, 64} {
			for _, with := range []string{"leaf", "none"} {
				b.Run(fmt.Sprintf("%s/clients=%d/%s", engine, clients, with), func(b *testing.B) {
					db := openDurable(b, engine)
					if err := db.Migrate(context.Background()); err != nil {
						b.Fatal(err)
					}
					benchmarkLog(b, db, clients, with)
				})
			}
		}
	}
}

func benchmarkLog(b *testing.B, db *store.DB, clients int, with string) {
	ctx := context.Background()
	// The log tells an insertion by how it begins.
	text := `INSERT INTO quota_entry (seq, line, to_line, kind, permits, case_id, at_day, cite)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	if with == "none" {
		text = "/* no leaf */ " + text
	}
	var left, seq atomic.Int64
	left.Store(int64(b.N))
	if err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		n, err := tx.Int(ctx, `SELECT coalesce(max(seq), 0) FROM quota_entry`)
		seq.Store(int64(n))
		return err
	}); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				n := seq.Add(1)
				err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
					return tx.Write(ctx, text, n, "2025/27/III", "", "allot", int64(1), "", "2025-07-01", "Order 274 of 2023-06-30")
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}
