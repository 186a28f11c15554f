package store_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/store/storetest"
	"ruqsat/transparency"
)

// leaves returns the whole log, and fails where it is no whole log: a gap, a hash
// that is not the leaf's, a head or a node that is not the tree's.
func leaves(t *testing.T, db *store.DB) []store.Leaf {
	t.Helper()
	var list []store.Leaf
	look(t, db, func(ctx context.Context, tx store.ReadTx) (err error) {
		if list, err = tx.LogLeaves(ctx, 0, 1<<31); err != nil {
			return err
		}
		var edge transparency.Edge
		for i, l := range list {
			if l.N != int64(i) {
				t.Fatalf("leaf %d is missing; next comes %d", i, l.N)
			}
			hash := transparency.Hash(l.Data)
			if hash.String() != l.Hash {
				t.Errorf("leaf %d is kept with hash %s, its bytes give %s", i, l.Hash, hash)
			}
			edge.Add(hash, func(n transparency.Node) {
				if kept, err := tx.LogNode(ctx, n.Level, n.N); err != nil || kept != n.Hash.String() {
					t.Errorf("node %d/%d is kept as %q (%v), the leaves give %s", n.Level, n.N, kept, err, n.Hash)
				}
			})
		}
		kept, err := tx.LogEdge(ctx)
		if kept.Size != edge.Size || kept.String() != edge.String() {
			t.Errorf("the head says %d %s, the leaves give %d %s", kept.Size, kept, edge.Size, edge)
		}
		return err
	})
	return list
}

func event(forCase string, version int, act procedure.Act) procedure.Event {
	return procedure.Event{Case: forCase, Version: version, Act: act, At: noon, By: party.Actor{Role: party.Clerk, Account: "27-clerk"}}
}

func TestWhatAnActKeepsHasItsLeaf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := procedure.Case{ID: "one", Region: "27", Number: "27-2025-000001", Channel: procedure.Paper, State: procedure.Registered, Version: 1}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.AddPermit(ctx, registry.Permit{Number: "KZ27IRS00000001", Region: "27", Issued: day, From: day, Until: day})
			return errors.Join(err,
				tx.AddCase(ctx, c), tx.AddEvent(ctx, event("one", 1, procedure.Register)),
				tx.AddFile(ctx, store.File{ID: "f", Case: "one", Kind: "passport", Size: 3, SHA256: "aa", At: noon}),
				tx.RemoveFile(ctx, "one", "f"),
				tx.AddPaper(ctx, store.Paper{ID: "p", Case: "one", Form: "notice", SHA256: "bb", At: noon, Content: []byte("pdf")}),
				tx.SignPaper(ctx, store.Paper{ID: "p", SHA256: "bb"}, "sig", "{}"),
				tx.AddEvent(ctx, event("one", 2, procedure.Sign)))
		})
		allot(t, db, line, 3)
		want := []transparency.Kind{
			transparency.Permit, transparency.Status, transparency.State, transparency.Registration, transparency.File, transparency.Removed,
			transparency.Paper, transparency.Signed, transparency.Decision, transparency.Quota,
		}
		var got []transparency.Kind
		for _, l := range leaves(t, db) {
			leaf, err := transparency.ParseLeaf(l.Data)
			if err != nil {
				t.Errorf("leaf %d, %s: %v", l.N, l.Data, err)
			}
			got = append(got, leaf.Kind)
			if leaf.Kind == transparency.Removed || leaf.Kind == transparency.File {
				continue // the row is gone
			}
			look(t, db, func(ctx context.Context, tx store.ReadTx) error {
				row, ok, err := tx.LoggedRow(ctx, l.Source, l.Key)
				if !ok || row.Digest(l.Salt) != leaf.Digest {
					t.Errorf("leaf %d does not say what stands in %s %s (there: %t)", l.N, l.Source, l.Key, ok)
				}
				return err
			})
		}
		if !slices.Equal(got, want) {
			t.Errorf("the log says %v, want %v", got, want)
		}
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			for _, source := range store.LogSources() {
				if rows, err := tx.Unlogged(ctx, source, 10); err != nil || len(rows) > 0 {
					t.Errorf("%s has rows no leaf speaks of: %v, %v", source, rows, err)
				}
			}
			return nil
		})
	})
}

func TestAnActThatIsUndoneLeavesNoLeaf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		regret := errors.New("regret")
		var wg sync.WaitGroup
		for i := range 60 { // many at once, so that good and bad share batches
			wg.Go(func() {
				err := db.Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
					e := quota.Entry{Line: line, Kind: quota.Allot, Permits: 1, On: day, Cite: "Order 274 of 2023-06-30"}
					if i%3 == 1 {
						e.Cite = "" // the table refuses it, perhaps only after the act has returned
					}
					if err := tx.AddQuotaEntry(ctx, e); err != nil || i%3 != 2 {
						return err
					}
					return regret
				})
				if (err == nil) != (i%3 == 0) {
					t.Errorf("act %d came to %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := len(leaves(t, db)); n != 20 {
			t.Errorf("20 acts were kept and the log has %d leaves", n)
		}
	})
}

func TestARowTheLogCannotReadIsNotKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		allot(t, db, line, 1)
		for _, text := range []string{
			`INSERT INTO quota_entry SELECT seq + 1, line, to_line, kind, permits, case_id, at_day, cite FROM quota_entry`,
			`UPDATE case_file SET state = 'issued' WHERE id = 'one'`,
			`INSERT INTO quota_entry (seq, line, to_line, kind, permits, case_id, at_day) VALUES (9, '2025/27/III', '', 'allot', 1, '', '2025-07-01')`,
		} {
			if err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.Write(ctx, text) }); err == nil {
				t.Errorf("a row without its leaf is kept by %s", text)
			}
		}
		if n := len(leaves(t, db)); n != 1 {
			t.Errorf("the log has %d leaves of one row", n)
		}
	})
}

func TestNodesShareOneLog(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t)
	nodes := []*store.DB{storetest.Open(t, dsn), storetest.Open(t, dsn), storetest.Open(t, dsn)}
	const clients, each = 6, 20
	var wg sync.WaitGroup
	for n, db := range nodes {
		for c := range clients {
			wg.Go(func() {
				for i := range each {
					l := quota.Line{Year: 2025, Region: fmt.Sprint(10 + c), Category: line.Category}
					e, _ := quota.Order(l, 1, day, "Order 274 of 2023-06-30")
					err := db.Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
						if _, err := tx.LockQuota(ctx, l); err != nil {
							return err
						}
						return tx.AddQuotaEntry(ctx, e)
					})
					if err != nil {
						t.Errorf("node %d, client %d, act %d: %v", n, c, i, err)
					}
				}
			})
		}
	}
	wg.Wait()
	if n, want := len(leaves(t, nodes[0])), len(nodes)*clients*each; n != want {
		t.Errorf("%d acts were answered and the log has %d leaves", want, n)
	}
}

func TestTilesProveWhatTheHeadSays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const size = 600 // more than two tiles
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			e, err := quota.Order(line, 1, day, "Order 274 of 2023-06-30")
			for range size {
				err = errors.Join(err, tx.AddQuotaEntry(ctx, e))
			}
			return err
		})
		list := leaves(t, db)
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			edge, err := tx.LogEdge(ctx)
			if err != nil {
				return err
			}
			r := transparency.Tiles(transparency.Checkpoint{Size: edge.Size, Root: edge.Root()},
				func(tile tlog.Tile) ([]byte, error) { return tx.LogTile(ctx, tile) })
			for _, n := range []int64{0, 255, 256, 511, 512, size - 1} {
				proof, err := tlog.ProveRecord(edge.Size, n, r)
				if err != nil {
					return err
				}
				if err := tlog.CheckRecord(proof, edge.Size, edge.Root(), n, tlog.RecordHash(list[n].Data)); err != nil {
					t.Errorf("leaf %d: %v", n, err)
				}
			}
			return nil
		})
	})
}

func TestRowsOfBeforeTheLogGetTheirLeavesOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		forget := func(began int) {
			mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
				return errors.Join(tx.Exec(ctx, `DELETE FROM log_leaf`),
					tx.Exec(ctx, `UPDATE log_head SET size = 0, edge = '', began = $1`, began))
			})
		}
		allot(t, db, line, 3)
		forget(0)
		if err := db.BeginLog(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(leaves(t, db)); n != 1 {
			t.Errorf("the log of one row of before has %d leaves", n)
		}
		forget(1)
		if err := db.BeginLog(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(leaves(t, db)); n != 0 {
			t.Errorf("a log that had begun was begun again, with %d leaves", n)
		}
	})
}

func TestACheckpointIsPublishedOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		publish := func(note string) error {
			return db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
				return tx.AddCheckpoint(ctx, store.Checkpoint{Size: 5, Note: note, At: noon})
			})
		}
		if err := errors.Join(publish("a"), publish("a")); err != nil {
			t.Error(err)
		}
		if publish("b") == nil {
			t.Error("two checkpoints of one size were published")
		}
	})
}

// Whoever adds a table says whether the log speaks of it.
func TestEveryTableIsInTheLogbookOrSaysWhyNot(t *testing.T) {
	migrations := store.Migrations()
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations", err)
	}
	table := regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)
	for _, name := range names {
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range table.FindAllStringSubmatch(string(text), -1) {
			logged, why := store.InLogbook(m[1])
			if logged == (why != "") {
				t.Errorf("%s makes table %s: give it a chapter of the logbook, or say in unlogged why it has none", path.Base(name), m[1])
			}
		}
	}
}
