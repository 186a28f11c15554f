package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"ruqsat/quota"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// crashDSN tells a copy of this test program to be the one that is killed.
const crashDSN = "RUQSAT_TEST_CRASH_DSN"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(crashDSN); dsn != "" {
		writeUntilKilled(dsn)
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes marks from many goroutines, and says each number once
// it has been answered.
func writeUntilKilled(dsn string) {
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		panic(err)
	}
	answered := make(chan int)
	for c := range 8 {
		go func() {
			for n := c; ; n += 8 {
				if err := db.Do(context.Background(), logged(n)); err != nil {
					panic(err)
				}
				answered <- n
			}
		}()
	}
	for n := range answered {
		fmt.Println(n)
	}
}

// logged writes a mark, and an entry of the ledger that has its leaf in the log.
func logged(n int) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		e := quota.Entry{Line: line, Kind: quota.Allot, Permits: quota.Permits(n + 1), On: day, Cite: "Order 274 of 2023-06-30"}
		return errors.Join(mark(n)(ctx, tx), tx.AddQuotaEntry(ctx, e))
	}
}

// Killed is what a process can be at any moment; that a machine stops is for the
// engine to withstand, which is told to flush before it answers.
func TestWhatWasAnsweredSurvivesAKill(t *testing.T) {
	t.Parallel()
	engines := map[string]func(t *testing.T) string{
		"sqlite": func(t *testing.T) string {
			return "sqlite:" + filepath.Join(t.TempDir(), "ruqsat.db")
		},
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	}
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := open(t)
			db := storetest.Open(t, dsn)
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			withMarks(t, db)
			for range 3 {
				answered := killWriter(t, dsn, 200)
				db := storetest.Open(t, dsn)
				for _, n := range answered {
					err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
						kept, err := tx.Int(ctx, `SELECT count(*) FROM mark WHERE n = $1`, n)
						if kept != 1 {
							t.Errorf("mark %d was answered and is lost", n)
						}
						return err
					})
					if err != nil {
						t.Fatal(err)
					}
				}
				entries := 0
				look(t, db, func(ctx context.Context, tx store.ReadTx) error {
					list, err := tx.QuotaEntries(ctx, "")
					entries = len(list)
					return err
				})
				if n := len(leaves(t, db)); n != entries || n < len(answered) {
					t.Errorf("after the kill the log has %d leaves of %d entries; %d were answered", n, entries, len(answered))
				}
				mustDo(t, db, func(ctx context.Context, tx store.Tx) error { return tx.Exec(ctx, `DELETE FROM mark`) })
			}
		})
	}
}

// killWriter starts a process that writes, kills it once it has said that many
// numbers, and returns all it has said.
func killWriter(t *testing.T, dsn string, after int) (answered []int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), crashDSN+"="+dsn)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			break // cut short by the kill
		}
		answered = append(answered, n)
		if len(answered) == after {
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait()
	if len(answered) < after {
		t.Fatalf("the writer ended after %d answers", len(answered))
	}
	return answered
}
