package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// maxAttempts is how often a batch is run that loses races with other nodes.
// With waits that double from 2 ms, the last begins some seconds after the first.
const maxAttempts = 10

// errNested answers an act that asks for another act, for which it would wait
// for ever.
var errNested = errors.New("an act cannot wait for another act")

// errCut is why nothing was kept when the connection broke before the commit.
var errCut = errors.New("the connection to the database broke")

// errRehearsed undoes a batch that was run for the first time, where acts are to be
// run twice.
var errRehearsed = errors.New("the acts were but rehearsed")

// errGone answers a batch of which an act ended the goroutine rather than return.
var errGone = errors.New("an act of the batch called runtime.Goexit")

// A writer carries out the acts of a node, one batch after the other.
type writer struct {
	source  source
	queue   *queue
	session *session // nil until needed, and after the connection has failed
	began   bool     // whether the batch has got as far as its transaction
	batch   []*act   // being carried out
	rest    []*act   // of a batch that is carried out act by act, those to come
	later   []*act   // undone because another node held a lock; the next batch begins with them
	careful bool     // whether each act gets its savepoint, for one was to be undone without
	stopped chan struct{}
}

func newWriter(src source) *writer {
	w := &writer{source: src, queue: newQueue(), stopped: make(chan struct{})}
	go w.work()
	return w
}

// do puts an act in the queue and waits for its answer.
func (w *writer) do(ctx context.Context, will Ahead, f func(context.Context, Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if ctx.Value(actOf{}) == w.queue {
		return errNested
	}
	a := &act{ctx: ctx, queue: w.queue, will: will, do: f, done: make(chan error, 1)}
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
			w.batch = append(w.batch, w.rest...)
			w.answer(errGone)
			w.rest = nil
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
	}
}

// answer gives every act of the batch the same answer.
func (w *writer) answer(err error) {
	for _, a := range w.batch {
		a.answer(err)
	}
}

// carryOut runs the batch until it is kept or has failed, and answers its acts.
// Nobody is answered before.
//
// What fails as a whole is run again: at once, act by act, so that the one to
// blame takes no others along; or, where another node was in the way, after a
// random wait. It is not where a commit may have been carried out.
func (w *writer) carryOut() {
	ctx := context.Background()
	w.careful = false
	rehearse := w.source.rehearse
	for try := 1; ; try++ {
		err := w.attempt(ctx, rehearse)
		if err == nil {
			break
		}
		w.undo(ctx)
		switch {
		case errors.Is(err, ErrUnknown):
			w.answer(err)
			return
		case errors.Is(err, errRehearsed):
			rehearse = false
		case errors.Is(err, errBold):
			w.careful = true
		case try < maxAttempts && w.source.lostRace(err):
			time.Sleep(rand.N(2 * time.Millisecond << try))
		case try == 1 && errors.Is(err, errCut): // it may have been dead for long; a new one may do
		case len(w.batch) > 1 && w.began && !errors.Is(err, errCut):
			w.oneByOne()
			return
		default:
			w.answer(err)
			return
		}
	}
	for _, a := range w.batch {
		if a.keys != nil {
			w.later = append(w.later, a)
			continue
		}
		a.answer(a.result)
	}
}

// oneByOne carries out every act of the batch as a batch of its own.
func (w *writer) oneByOne() {
	batch := w.batch
	for i := range batch {
		w.batch, w.rest = batch[i:i+1], batch[i+1:]
		w.carryOut()
	}
}

// attempt runs the acts of the batch in one transaction and commits it. What
// each came to is in its result. An error means that none was kept, or with
// [ErrUnknown] that nobody knows.
func (w *writer) attempt(ctx context.Context, rehearse bool) error {
	s, err := w.begin(ctx)
	if err != nil {
		return err
	}
	s.marked = w.careful && len(w.batch) > 1
	err = s.runBatch(ctx, w.batch)
	switch {
	case cmp.Or(err, s.failed) != nil && s.link.dead():
		return fmt.Errorf("%w: %w", errCut, cmp.Or(err, s.failed))
	case err != nil:
		return err
	}
	if rehearse {
		return errRehearsed
	}
	if !slices.ContainsFunc(w.batch, kept) {
		w.undo(ctx)
		return nil
	}
	if err := errors.Join(s.writeDown(ctx), s.log(ctx, w.batch)); err != nil {
		return w.blame(ctx, s, err)
	}
	if s.bold && !loggable(w.batch) { // else all that acts posted has been run by now
		if err := s.flush(ctx); err != nil {
			return w.blame(ctx, s, err)
		}
	}
	// A crash before this leaves nothing of the batch; one after it leaves all,
	// and those who asked may not have heard.
	return w.commit(ctx, s)
}

// kept reports whether an act is to be kept.
func kept(a *act) bool { return a.result == nil }

// commit commits the transaction, with what was posted before.
func (w *writer) commit(ctx context.Context, s *session) error {
	err := s.control(ctx, "COMMIT")
	if err == nil {
		err = s.flush(ctx)
	}
	switch {
	case err == nil:
		return nil
	case s.link.dead():
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return w.blame(ctx, s, err)
}

// blame undoes a lone act whose last write failed late, and answers it; any other
// error it returns. Nothing was committed.
func (w *writer) blame(ctx context.Context, s *session, err error) error {
	f := asFailedOp(err)
	switch {
	case s.link.dead():
		return fmt.Errorf("%w: %w", errCut, err)
	case errors.Is(err, errBold):
		return err
	case f != nil && f.op.act != nil && !s.lostRace(err):
		f.op.act.result = f.err
		w.undo(ctx)
		return nil
	}
	return err
}

// meant returns what an error means to whoever asked.
func meant(err error) error {
	if f := asFailedOp(err); f != nil {
		return f.err
	}
	return err
}

// begin begins a transaction, on a new connection if there is none.
func (w *writer) begin(ctx context.Context) (*session, error) {
	w.began = false
	if w.session == nil {
		l, err := w.source.writeLink(ctx)
		if err != nil {
			return nil, fmt.Errorf("connect: %w", err)
		}
		w.session = &session{dialect: w.source.dialect, link: l, remembered: w.source.remembered}
	}
	w.session.renew()
	w.session.readFrom = map[string]caseTexts{}
	err := w.session.control(ctx, w.source.begin)
	if err == nil && !w.source.networked {
		err = w.session.flush(ctx) // another process may have the file
	}
	w.began = err == nil
	return w.session, err
}

// undo undoes the transaction. If it cannot, it closes the connection, which
// comes to the same.
func (w *writer) undo(ctx context.Context) {
	s := w.session
	if s == nil {
		return
	}
	for _, a := range w.batch {
		s.link.forget(a)
	}
	s.renew()
	if s.control(ctx, "ROLLBACK") != nil || s.flush(ctx) != nil {
		w.drop()
	}
}

// drop closes the connection, and what was not committed is undone.
func (w *writer) drop() {
	if w.session != nil {
		w.session.link.close()
		w.session = nil
	}
}
