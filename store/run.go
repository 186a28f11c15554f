package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
)

// runBatch runs the acts of a batch, for which it takes locks and fetches what is
// known to be wanted.
func (s *session) runBatch(ctx context.Context, batch []*act) error {
	if err := s.acquire(ctx, batch); err != nil {
		return err
	}
	if err := s.fetch(ctx, batch); err != nil {
		return err
	}
	switch {
	case len(batch) == 1:
		return s.runAlone(ctx, batch[0])
	case s.marked:
		return s.runAll(ctx, batch)
	}
	return s.runBold(ctx, batch)
}

// runAlone runs an act that has the transaction to itself.
func (s *session) runAlone(ctx context.Context, a *act) error {
	s.run(a)
	if s.failed != nil && s.lostRace(s.failed) {
		return s.failed
	}
	return s.broken
}

// runBold runs the acts of a batch without savepoints, as if none of them failed:
// over a network they cost as much as what acts do. One that fails before the
// database has anything of it is passed over. Otherwise the error is [errBold],
// and the batch has to be undone and run by [session.runAll].
func (s *session) runBold(ctx context.Context, batch []*act) error {
	s.bold = true
	for _, a := range batch {
		s.run(a)
		switch {
		case s.broken != nil:
			return s.broken
		case s.failed != nil && s.lostRace(s.failed):
			return s.failed
		case a.result == nil:
		case s.sent || s.failed != nil && !s.later:
			return fmt.Errorf("%w: %w", errBold, a.result)
		default:
			s.link.forget(a)
		}
	}
	s.act = nil
	return nil
}

// runAll runs every act of a batch under its savepoint. An error means that the
// batch has to be undone.
func (s *session) runAll(ctx context.Context, batch []*act) error {
	for _, a := range batch {
		held := len(s.locked)
		if err := s.control(ctx, savepoint); err != nil {
			return errors.Join(err, s.failed)
		}
		s.run(a)
		if len(s.locked) > held && a.result == nil {
			// Were it undone later, its locks would be gone and others rely on them.
			if err := s.spoil(s.flush(ctx)); err != nil {
				a.result = meant(err)
			}
		}
		if s.broken != nil {
			return s.broken
		}
		if s.failed != nil && s.lostRace(s.failed) {
			return s.failed
		}
		if err := s.end(ctx, a); err != nil {
			return err
		}
		if a.result != nil {
			s.locked = s.locked[:held] // undoing gives the locks back too
		}
	}
	s.act = nil
	return nil
}

// end keeps what an act has done, or undoes it.
func (s *session) end(ctx context.Context, a *act) error {
	if a.result == nil {
		return s.post(ctx, op{text: release, act: a})
	}
	s.link.forget(a)
	return s.control(ctx, rollbackTo, release)
}

// run runs an act, and leaves in it what it came to.
func (s *session) run(a *act) {
	s.enter(a)
	a.keys, a.leaves = nil, nil
	a.result = call(a, Tx{ReadTx{s}})
	s.leave()
	if a.result == nil && s.failed != nil {
		a.result = fmt.Errorf("the act passed over a statement that failed: %w", s.failed)
	}
	if s.later {
		a.keys = s.asked
	}
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
