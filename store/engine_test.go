package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

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
			answers[i] = db.Do(context.Background(), act)
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
				if n != want {
					t.Errorf("an act sees %d marks, want %d: %v", n, want, err)
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

func TestLookingDoesNotWaitForActsAndSeesOneMoment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		count := func(ctx context.Context, tx store.ReadTx) int {
			n, err := tx.Int(ctx, `SELECT count(*) FROM mark`)
			if err != nil {
				t.Error(err)
			}
			return n
		}
		mustDo(t, db, mark(1))
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			before := count(ctx, tx)
			mustDo(t, db, func(actCtx context.Context, act store.Tx) error {
				if err := mark(2)(actCtx, act); err != nil {
					return err
				}
				wantMarks(t, db, 1) // what is not committed nobody sees
				return nil
			})
			if after := count(ctx, tx); before != 1 || after != before {
				t.Errorf("one look saw %d marks and then %d, want 1 both times", before, after)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		wantMarks(t, db, 2)
	})
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Int(ctx, `INSERT INTO mark (n) VALUES (1) RETURNING n`)
			return err
		})
		if err == nil {
			t.Error("a look could write")
		}
		wantMarks(t, db, 0)
	})
}

func TestALookBrokenOffLeavesTheStoreSound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for range 40 { // more than there are connections
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			_ = db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
				_, err := tx.Int(ctx, `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) SELECT count(*) FROM c`)
				return err
			})
			cancel()
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAnActCannotWaitForAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return db.Do(ctx, func(context.Context, store.Tx) error { return nil })
		})
		if err == nil {
			t.Error("an act asked for another act and was not refused")
		}
	})
}

func TestAnActThatEndsItsGoroutineDoesNotEndTheStore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		withMarks(t, db)
		err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
			_ = mark(1)(ctx, tx)
			runtime.Goexit()
			return nil
		})
		if err == nil {
			t.Error("the act was answered as kept")
		}
		mustDo(t, db, mark(2))
		wantMarks(t, db, 1)
	})
}

func TestMomentsAreNotBoundAsSuch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Int(ctx, `SELECT $1`, time.Unix(0, 0))
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "micros") {
			t.Errorf("a time.Time was bound with the answer %v", err)
		}
	})
	at := time.Date(2017, 7, 3, 10, 20, 0, 123456000, time.FixedZone("Oral", 5*3600))
	if got := store.Moment(store.Micros(at)); !got.Equal(at) || got.Location() != time.UTC {
		t.Errorf("%v is kept as %v", at, got)
	}
	if got := store.Moment(store.Micros(time.Time{})); !got.IsZero() {
		t.Errorf("the zero moment is kept as %v", got)
	}
}

// The drivers of SQLite we did not take bind $n in the order of appearance, and
// swap arguments in silence.
func TestArgumentsAreBoundByTheirNumber(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			n, err := tx.Int(ctx, `SELECT CAST($2 AS BIGINT) * 100 + CAST($1 AS BIGINT) * 10 + CAST($2 AS BIGINT)`, 1, 7)
			if n != 717 {
				t.Errorf("$1 = 1 and $2 = 7 gave %d, want 717", n)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestACloseAnswersWhoWaitsAndRefusesWhoComesLater(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := store.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		withMarks(t, db)
		started, release := make(chan struct{}), make(chan struct{})
		answers := make(chan error, 6)
		go func() {
			answers <- db.Do(context.Background(), func(ctx context.Context, tx store.Tx) error {
				close(started)
				<-release
				return mark(0)(ctx, tx)
			})
		}()
		<-started
		for i := range 5 {
			go func() { answers <- db.Do(context.Background(), mark(i+1)) }()
		}
		for db.Waiting() < 5 {
			runtime.Gosched()
		}
		closed := make(chan error)
		go func() { closed <- db.Close() }()
		close(release)
		for range 6 {
			if err := <-answers; err != nil {
				t.Errorf("an act that waited was answered %v", err)
			}
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if err := db.Do(t.Context(), mark(7)); !errors.Is(err, store.ErrClosed) {
			t.Errorf("an act after the close was answered %v, want ErrClosed", err)
		}
		look := func(context.Context, store.ReadTx) error { return nil }
		if err := db.View(t.Context(), look); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a look after the close was answered %v, want ErrClosed", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("a second close was answered %v", err)
		}
		wantMarks(t, storetest.Open(t, dsn), 6)
	})
}

func TestWhoeverComesToAFullQueueIsToldAtOnce(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t))
	nothing := func(context.Context, store.Tx) error { return nil }
	answers := make(chan error, store.MaxWaiting)
	mustDo(t, db, func(context.Context, store.Tx) error {
		for range store.MaxWaiting {
			go func() { answers <- db.Do(context.Background(), nothing) }()
		}
		for db.Waiting() < store.MaxWaiting {
			runtime.Gosched()
		}
		if err := db.Do(context.Background(), nothing); !errors.Is(err, store.ErrBusy) {
			t.Errorf("one more than the queue holds was answered %v, want ErrBusy", err)
		}
		return nil
	})
	for range store.MaxWaiting {
		if err := <-answers; err != nil {
			t.Fatalf("one that waited was answered %v", err)
		}
	}
}

func TestADSNIsUnderstoodOrRefused(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/to the office/ruqsat №1.db"
	for _, dsn := range []string{"", ":memory:", "sqlite:", "mysql://root:secret@host/db", path, "sqlite:/tmp/x.db?cache=shared"} {
		db, err := store.Open(t.Context(), dsn)
		if err == nil {
			t.Errorf("%q was opened", dsn)
			_ = db.Close()
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the refusal of a dsn tells its password: %v", err)
		}
	}
	for _, dsn := range []string{t.TempDir() + "/№ 1 %41#2.db", "sqlite:" + t.TempDir() + "/ruqsat.db"} {
		db := storetest.Open(t, dsn)
		if db.Engine() != store.SQLite {
			t.Errorf("%q runs on %s", dsn, db.Engine())
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Errorf("ping %q: %v", dsn, err)
		}
	}
}

func TestAnErrorNamesNoneOfTheOthers(t *testing.T) {
	t.Parallel()
	db := withMarks(t, storetest.Open(t, storetest.SQLite(t)))
	var acts []func(context.Context, store.Tx) error
	for i := range 3 {
		acts = append(acts, func(context.Context, store.Tx) error { return fmt.Errorf("refused %d", i) })
	}
	for i, err := range together(t, db, acts...) {
		if err == nil || !slices.Equal(strings.Fields(err.Error()), []string{"refused", fmt.Sprint(i)}) {
			t.Errorf("act %d was answered %v", i, err)
		}
	}
}
