package store_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"ruqsat/store"
	"ruqsat/store/storetest"
)

// The promises of the engine are about marks, in a table of their own.

func withMarks(t *testing.T, db *store.DB) *store.DB {
	t.Helper()
	mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
		return tx.Exec(ctx, `CREATE TABLE mark (n BIGINT PRIMARY KEY CHECK (n >= 0))`)
	})
	return db
}

func mark(n int) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		return tx.Exec(ctx, `INSERT INTO mark (n) VALUES ($1)`, n)
	}
}

func mustDo(t *testing.T, db *store.DB, act func(context.Context, store.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), act); err != nil {
		t.Fatal(err)
	}
}

func wantMarks(t *testing.T, db *store.DB, want int) {
	t.Helper()
	var got int
	err := db.View(context.Background(), func(ctx context.Context, tx store.ReadTx) (err error) {
		got, err = tx.Int(ctx, `SELECT count(*) FROM mark`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%d marks are kept, want %d", got, want)
	}
}

// together carries out acts in one batch, and returns their answers: an act
// before them stays until all of them wait.
func together(t *testing.T, db *store.DB, acts ...func(context.Context, store.Tx) error) []error {
	t.Helper()
	return togetherOn(t, db, make([]store.Ahead, len(acts)), acts...)
}

// togetherOn is together for acts of which is known what they will read.
func togetherOn(t *testing.T, db *store.DB, wills []store.Ahead, acts ...func(context.Context, store.Tx) error) []error {
	t.Helper()
	started, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- db.Do(context.Background(), func(context.Context, store.Tx) error {
			close(started)
			<-release
			return nil
		})
	}()
	<-started
	answers := make([]error, len(acts))
	done := make(chan struct{})
	for i, act := range acts {
		go func() {
			answers[i] = db.DoOn(context.Background(), wills[i], act)
			done <- struct{}{}
		}()
		for db.Waiting() <= i { // so that they come in their order
			runtime.Gosched()
		}
	}
	close(release)
	for range acts {
		<-done
	}
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestAnActIsKeptWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		mustDo(t, db, mark(1))
		refused := errors.New("refused")
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			if err := mark(2)(ctx, tx); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("the act was answered %v, want its own error", err)
		}
		wantMarks(t, db, 1)
	})
}

func TestAFailingActUndoesItselfAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		refused := errors.New("refused")
		answers := together(t, db,
			mark(1),
			func(ctx context.Context, tx store.Tx) error { // refuses after it has written
				return errors.Join(mark(2)(ctx, tx), refused)
			},
			mark(3),
			mark(3), // the table refuses it
			func(ctx context.Context, tx store.Tx) error { // panics after it has written
				_ = mark(4)(ctx, tx)
				panic("no such ground")
			},
			func(ctx context.Context, tx store.Tx) error { // passes over a failure
				_ = mark(-1)(ctx, tx)
				return nil
			},
			mark(5),
		)
		wantAnswers(t, answers, true, false, true, false, false, false, true)
		if !errors.Is(answers[1], refused) {
			t.Errorf("the refusing act was answered %v", answers[1])
		}
		if answers[4] == nil || !strings.Contains(answers[4].Error(), "no such ground") {
			t.Errorf("the panicking act was answered %v", answers[4])
		}
		wantMarks(t, db, 3)
	})
}

func TestABatchOfFailuresOnlyLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		for i, err := range together(t, db, mark(-1), mark(-2), mark(-3)) {
			if err == nil {
				t.Errorf("act %d was kept against the CHECK of the table", i)
			}
		}
		wantMarks(t, db, 0)
		mustDo(t, db, mark(1))
	})
}

// An error of the database that nobody heeds must not end in an act that is
// answered and lost: to PostgreSQL the commit of such a transaction is no error.
func TestALoneActThatPassesOverAFailureIsUndone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			if err := mark(1)(ctx, tx); err != nil {
				return err
			}
			_ = mark(1)(ctx, tx)
			_ = mark(2)(ctx, tx) // on SQLite it would go well
			return nil
		})
		if err == nil {
			t.Error("the act was answered as kept")
		}
		wantMarks(t, db, 0)
	})
}

func TestWhatOnlyTheCommitRefusesFailsAloneToo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			return tx.Exec(ctx, `CREATE TABLE child (n BIGINT REFERENCES mark (n) DEFERRABLE INITIALLY DEFERRED)`)
		})
		orphan := func(ctx context.Context, tx store.Tx) error {
			return tx.Exec(ctx, `INSERT INTO child (n) VALUES (99)`)
		}
		wantAnswers(t, together(t, db, mark(1), orphan, mark(2)), true, false, true)
		if err := db.Do(t.Context(), orphan); err == nil || errors.Is(err, store.ErrUnknown) {
			t.Errorf("the act was answered %v, want that the commit was refused", err)
		}
		wantMarks(t, db, 2)
	})
}

// What is written without waiting fails later than it is asked for, and still
// fails nobody else.
func TestAWriteThatFailsLateFailsItsActAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		missing := errors.New("there is no such mark")
		write := func(numbers ...int) func(context.Context, store.Tx) error {
			return func(ctx context.Context, tx store.Tx) error {
				for _, n := range numbers {
					if err := tx.Write(ctx, `INSERT INTO mark (n) VALUES ($1)`, n); err != nil {
						return err
					}
				}
				return nil
			}
		}
		change := func(n int) func(context.Context, store.Tx) error {
			return func(ctx context.Context, tx store.Tx) error {
				if err := write(n+100)(ctx, tx); err != nil {
					return err
				}
				return tx.WriteOr(ctx, missing, `UPDATE mark SET n = n + 1000 WHERE n = $1`, n)
			}
		}
		look := func(want int) func(context.Context, store.Tx) error {
			return func(ctx context.Context, tx store.Tx) error {
				n, err := tx.Int(ctx, `SELECT count(*) FROM mark`)
				if err == nil && n != want { // with an error it is run again, or fails below
					t.Errorf("an act sees %d marks, want %d", n, want)
				}
				return err
			}
		}
		answers := together(t, db, write(1), write(2, 2), write(3), change(1), change(9),
			look(3), write(4, -1), write(5), mark(5), write(6), look(5), write(6, 7), write(8))
		wantAnswers(t, answers, true, false, true, true, false,
			true, false, true, false, true, true, false, true)
		if !errors.Is(answers[4], missing) {
			t.Errorf("to change what is not there was answered %v", answers[4])
		}
		wantMarks(t, db, 6)

		for name, act := range map[string]func(context.Context, store.Tx) error{"twice": write(10, 10), "missing": change(9)} {
			if err := db.Do(t.Context(), act); err == nil || errors.Is(err, store.ErrUnknown) {
				t.Errorf("alone, %s was answered %v", name, err)
			}
		}
		mustDo(t, db, change(8))
		wantMarks(t, db, 7)
	})
}

func TestALockOutlivesAnActThatFailsLate(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t)
	db, other := storetest.Open(t, dsn), storetest.Open(t, dsn)
	withMarks(t, db)
	held := func(ctx context.Context, tx store.Tx) error {
		if err := tx.Lock(ctx, "line"); err != nil {
			return err
		}
		return tx.Write(ctx, `INSERT INTO mark (n) VALUES (-1)`)
	}
	relies := func(ctx context.Context, tx store.Tx) error {
		if err := tx.Lock(ctx, "line"); err != nil {
			return err
		}
		_, err := tx.Int(ctx, `SELECT count(*) FROM mark`)
		if err != nil {
			return err
		}
		return other.View(ctx, func(ctx context.Context, look store.ReadTx) error {
			free, err := look.Int(ctx, `SELECT count(*) FROM (SELECT pg_try_advisory_xact_lock_shared($1) AS got) AS try WHERE got`, store.LockNumber("line"))
			if free != 0 {
				t.Error("an act holds a lock that others can take")
			}
			return err
		})
	}
	wantAnswers(t, together(t, db, held, relies), false, true)
}

func wantAnswers(t *testing.T, answers []error, kept ...bool) {
	t.Helper()
	for i, want := range kept {
		if (answers[i] == nil) != want {
			t.Errorf("act %d of the batch was answered %v; should it be kept: %t", i, answers[i], want)
		}
	}
}

func TestRowsLeftOpenSpoilTheAct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		mustDo(t, db, mark(1))
		leaves := func(ctx context.Context, tx store.Tx) error {
			_ = mark(2)(ctx, tx)
			return tx.LeaveOpen(ctx, `SELECT n FROM mark`)
		}
		goesOn := func(ctx context.Context, tx store.Tx) error {
			if err := tx.LeaveOpen(ctx, `SELECT n FROM mark`); err != nil {
				return err
			}
			return mark(3)(ctx, tx)
		}
		wantAnswers(t, together(t, db, leaves, mark(4), goesOn, mark(5)), false, true, false, true)
		wantMarks(t, db, 3)
	})
}

func TestManyActsAtOnceAreAllKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		const clients, each = 32, 20
		answers := make(chan error, clients*each)
		for c := range clients {
			go func() {
				for i := range each {
					answers <- db.Do(context.Background(), mark(c*each+i))
				}
			}()
		}
		for range clients * each {
			if err := <-answers; err != nil {
				t.Error(err)
			}
		}
		wantMarks(t, db, clients*each)
	})
}

func TestAnActGivenUpBeforeItsTurnIsNotRun(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan error, 1)
		mustDo(t, db, func(context.Context, store.Tx) error {
			go func() { answer <- db.Do(ctx, mark(1)) }()
			for db.Waiting() == 0 {
				runtime.Gosched()
			}
			cancel()
			if err := <-answer; !errors.Is(err, context.Canceled) {
				t.Errorf("the act was answered %v, want context.Canceled", err)
			}
			return nil
		})
		if err := db.Do(ctx, mark(2)); !errors.Is(err, context.Canceled) {
			t.Errorf("an act whose context is done was answered %v, want context.Canceled", err)
		}
		wantMarks(t, db, 0)
	})
}

func TestAnActThatRunsIsNotBrokenOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Do(ctx, func(ctx context.Context, tx store.Tx) error {
			cancel()
			return mark(1)(ctx, tx)
		})
		if err != nil {
			t.Errorf("the act was answered %v, and it was kept", err)
		}
		wantMarks(t, db, 1)
	})
}
