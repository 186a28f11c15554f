package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"
)

// maxAttempts is how often a batch is run that loses races with other nodes.
// With waits that double from 2 ms, the last begins some seconds after the first.
const maxAttempts = 10

// errNested answers an act that asks for another act, for which it would wait
// for ever.
var errNested = errors.New("an act cannot wait for another act")

// errGone answers a batch of which an act ended the goroutine rather than return.
var errGone = errors.New("an act of the batch called runtime.Goexit")

// A writer carries out the acts of a node, one batch after the other.
type writer struct {
	pools   pools
	queue   *queue
	session *session // nil until needed, and after the connection has failed
	batch   []*act   // being carried out
	later   []*act   // undone because another node held a lock; the next batch begins with them
	stopped chan struct{}
}

func newWriter(p pools) *writer {
	w := &writer{pools: p, queue: newQueue(), stopped: make(chan struct{})}
	go w.work()
	return w
}

// do puts an act in the queue and waits for its answer.
func (w *writer) do(ctx context.Context, f func(context.Context, Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if ctx.Value(actOf{}) == w.queue {
		return errNested
	}
	a := &act{ctx: ctx, queue: w.queue, do: f, done: make(chan error, 1)}
	if err := w.queue.put(a); err != nil {
		return err
	}
	select {
	case err := <-a.done:
		return err
	case <-ctx.Done():
		if a.taken.CompareAndSwap(false, true) {
			return ctx.Err() // the writer passes it over
		}
		return <-a.done // it runs; to leave now would be not to know
	}
}

// close waits until what was asked is answered, and reports whether the writer
// was open.
func (w *writer) close() bool {
	if !w.queue.close() {
		return false
	}
	<-w.stopped
	return true
}

// work takes batches from the queue until that is closed and empty.
func (w *writer) work() {
	ended := false
	defer func() {
		if !ended { // an act took the goroutine with it: a test's t.Fatal, say
			w.drop()
			w.answer(errGone)
			go w.work()
			return
		}
		w.drop()
		close(w.stopped)
	}()
	for {
		batch, more := w.queue.take(w.later)
		if !more {
			ended = true
			return
		}
		w.batch, w.later = batch, nil
		w.carryOut()
		w.batch = nil
	}
}

// answer gives every act of the batch the same answer.
func (w *writer) answer(err error) {
	for _, a := range w.batch {
		a.answer(err)
	}
	w.batch = nil
}

// carryOut runs the batch until it is kept or has failed, and answers its acts.
// Nobody is answered before.
func (w *writer) carryOut() {
	ctx := context.Background()
	for try := 1; ; try++ {
		err := w.attempt(ctx)
		if err == nil {
			break
		}
		w.drop() // undoes everything; only a connection that committed is used again
		if try == maxAttempts || !w.pools.lostRace(err) {
			w.answer(fmt.Errorf("batch of %d acts: %w", len(w.batch), err))
			return
		}
		time.Sleep(rand.N(2 * time.Millisecond << try))
	}
	for _, a := range w.batch {
		if a.keys != nil {
			w.later = append(w.later, a)
			continue
		}
		a.answer(a.result)
	}
}

// attempt runs the acts of the batch in one transaction and commits it. What
// each came to is in its result. An error means that none was kept, or with
// [ErrUnknown] that nobody knows.
func (w *writer) attempt(ctx context.Context) error {
	s, err := w.begin(ctx)
	if err != nil {
		return err
	}
	if err := s.acquire(ctx, w.batch); err != nil {
		return err
	}
	kept, err := w.runAll(ctx, s)
	if err != nil {
		return err
	}
	if kept == 0 {
		if s.control(ctx, "ROLLBACK") != nil {
			w.drop() // which comes to the same
		}
		return nil
	}
	if !s.sound(s.conn) {
		return errors.New("the transaction was spoiled by a statement that said nothing")
	}
	// A crash before this leaves nothing of the batch; one after it leaves all,
	// and those who asked may not have heard.
	if err := s.control(ctx, "COMMIT"); err != nil {
		return w.unknown(err)
	}
	return nil
}

// runAll runs every act of the batch, and returns how many are to be kept.
func (w *writer) runAll(ctx context.Context, s *session) (kept int, err error) {
	if len(w.batch) == 1 { // alone it needs no savepoint: the transaction is its own
		if err := s.run(w.batch[0]); err != nil {
			return 0, err
		}
		if w.batch[0].result == nil {
			kept++
		}
		return kept, nil
	}
	var before []string // what ends the act before, sent together with what begins the next
	for _, a := range w.batch {
		if err := s.control(ctx, append(before, "SAVEPOINT act")...); err != nil {
			return 0, errors.Join(err, s.failed)
		}
		held := len(s.locked)
		if err := s.run(a); err != nil {
			return 0, err
		}
		if a.result == nil {
			kept++
			before = []string{"RELEASE SAVEPOINT act"}
			continue
		}
		s.locked = s.locked[:held] // undoing gives the locks back too
		before = []string{"ROLLBACK TO SAVEPOINT act", "RELEASE SAVEPOINT act"}
	}
	return kept, s.control(ctx, before...)
}

// begin begins a transaction, on a new connection if there is none or the one
// there is has died while it was idle.
func (w *writer) begin(ctx context.Context) (*session, error) {
	if w.session != nil {
		w.session.renewAll()
		if w.session.control(ctx, w.pools.begin) == nil {
			return w.session, nil
		}
		w.drop()
	}
	s, err := newSession(ctx, w.pools.write, w.pools.dialect)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	w.session = s
	return s, s.control(ctx, w.pools.begin)
}

// drop closes the connection, and what was not committed is undone.
func (w *writer) drop() {
	if w.session != nil {
		w.session.discard()
		w.session = nil
	}
}

// unknown returns what a failed commit means: kept by nobody if the database
// answered, and else nobody knows.
func (w *writer) unknown(err error) error {
	if w.pools.answered(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnknown, err)
}

// run runs an act, and leaves in it what it came to. An error means that the
// batch has to be run again.
func (s *session) run(a *act) error {
	s.renew()
	a.keys = nil
	a.result = call(a, Tx{ReadTx{s}})
	if a.result == nil && s.failed != nil {
		a.result = fmt.Errorf("the act passed over a statement that failed: %w", s.failed)
	}
	switch {
	case s.later:
		a.keys = s.asked
	case s.failed != nil && s.lostRace(s.failed):
		return s.failed
	}
	return nil
}

// call runs an act and turns a panic into an error. What it asks of the database
// is not broken off when whoever asked goes away: that would end the connection,
// and the batch with it.
func call(a *act, tx Tx) (err error) {
	if err := a.ctx.Err(); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the act panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return a.do(context.WithValue(context.WithoutCancel(a.ctx), actOf{}, a.queue), tx)
}
