package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The statements around each act of a batch.
const (
	savepoint  = "SAVEPOINT act"
	release    = "RELEASE SAVEPOINT act"
	rollbackTo = "ROLLBACK TO SAVEPOINT act"
)

// maxPosted is how many statements go in one trip.
const maxPosted = 256

// unlimited is how many queries a transaction may make.
const unlimited = -1

// A session is a link in use: the act that uses it, and what that has met.
type session struct {
	*dialect
	link link

	act    *act  // that runs, whose statements these are; nil for one who looks
	marked bool  // whether each act has its savepoint
	bold   bool  // whether the acts go without: where one would have to be undone, all are
	sent   bool  // whether the database may have something of the act, or others count on it
	failed error // the first statement of the act that failed
	broken error // a failure that is not one act's
	open   *rows // rows not closed yet
	left   int   // queries it may still make
	posts  int   // statements posted since the last flush, at most

	// revive reports whether the statement that failed may be run again, on a link
	// that has been replaced. Nil where it may not.
	revive func(ctx context.Context) bool

	known      known // by the transaction
	remembered *memories
	readFrom   map[string]caseTexts // what the cases of the batch were read from; nil for one who looks

	locked []string // keys the transaction holds
	missed []string // keys another node was found to hold meanwhile
	asked  []string // keys the act asked for
	later  bool     // whether one of those was missed, so that the act is to be run again
}

// post has a statement run, now or together with a later one.
func (s *session) post(ctx context.Context, o op) error {
	if o.take != nil {
		if err := s.writeRows(ctx); err != nil {
			return err
		}
	}
	o.counted = s.bold
	if err := s.link.post(ctx, o); err != nil {
		return err
	}
	s.sent = s.sent || o.act != nil && o.take == nil
	if s.posts++; s.posts >= maxPosted {
		return s.flush(ctx)
	}
	return nil
}

// control posts statements that begin, mark and end a transaction.
func (s *session) control(ctx context.Context, texts ...string) error {
	for _, text := range texts {
		if err := s.post(ctx, op{text: text}); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}

// flush waits until what was posted has been run.
func (s *session) flush(ctx context.Context) (err error) {
	s.posts = 0
	for again := true; again; {
		err = s.link.flush(ctx)
		again, err = s.undoFailed(ctx, err)
	}
	return err
}

// exec runs a statement and returns how many rows it changed.
func (s *session) exec(ctx context.Context, text string, args []any) (n int64, err error) {
	if err := s.writeRows(ctx); err != nil {
		return 0, err
	}
	s.posts, s.sent = 0, true
	for again := true; again; {
		n, err = s.link.exec(ctx, op{text: text, args: args, act: s.act})
		again, err = s.undoFailed(ctx, err)
	}
	return n, err
}

// query runs a statement that returns rows.
func (s *session) query(ctx context.Context, text string, args []any) (c cursor, err error) {
	if err := s.writeRows(ctx); err != nil {
		return nil, err
	}
	s.posts = 0
	for again := true; again; {
		c, err = s.link.query(ctx, op{text: text, args: args, act: s.act})
		if err != nil && s.revive != nil {
			if again = s.revive(ctx); again {
				continue
			}
		}
		again, err = s.undoFailed(ctx, err)
	}
	s.revive = nil
	return c, err
}

// errBold says that an act of a bold batch has to be undone, and so all of them.
var errBold = errors.New("an act of a batch without savepoints failed")

// undoFailed reports whether err was but the failure of an earlier act of the
// batch, so that whoever met it may go on: that act is undone to its savepoint,
// and what others posted after it is posted again.
func (s *session) undoFailed(ctx context.Context, err error) (again bool, _ error) {
	f := asFailedOp(err)
	switch {
	case f == nil:
		return false, err
	case f.op.act == nil, s.lostRace(err), s.link.dead():
		s.broken = err
		return false, err
	case s.bold:
		s.broken = fmt.Errorf("%w: %w", errBold, err)
		return false, s.broken
	case f.op.act == s.act, !s.marked:
		return false, err
	}
	f.op.act.result = f.err
	ops := []op{{text: rollbackTo}, {text: release}}
	for _, o := range f.rest {
		if o.act != f.op.act {
			ops = append(ops, o)
		}
	}
	for _, o := range ops {
		if err := s.link.post(ctx, o); err != nil {
			s.broken = err
			return false, err
		}
	}
	return true, nil
}

// spoil notes that a statement failed. PostgreSQL refuses every later statement
// of such an act by itself; with this, SQLite's acts end the same way.
func (s *session) spoil(err error) error {
	if err != nil && s.failed == nil {
		s.failed = err
	}
	return err
}

// refuse says why a statement may not be run: the act is spoiled, or has rows
// open, or it binds a moment as such, which the engines keep in ways that do not
// compare.
func (s *session) refuse(args []any) error {
	if s.failed != nil {
		return fmt.Errorf("an earlier statement of this act failed: %w", s.failed)
	}
	if s.open != nil {
		return s.spoil(errors.New("the rows of an earlier query are still open"))
	}
	if s.left == 0 {
		return s.spoil(errors.New("a second statement at a glance: look at it in a View"))
	}
	for i, a := range args {
		switch a.(type) {
		case time.Time, *time.Time:
			return s.spoil(fmt.Errorf("argument $%d is a time.Time; bind micros of it", i+1))
		}
	}
	return nil
}

// enter makes the session fit for an act, or for one who looks.
func (s *session) enter(a *act) {
	s.act, s.failed, s.asked, s.later = a, nil, nil, false
	s.sent = false
}

// leave ends the use of the session by an act.
func (s *session) leave() {
	if s.open != nil {
		s.open.Close()
		_ = s.spoil(errors.New("it left rows open"))
	}
}

// renew makes the session fit for a transaction, which holds no locks yet.
func (s *session) renew() {
	s.enter(nil)
	s.marked, s.bold, s.broken, s.locked, s.missed, s.left = false, false, nil, nil, nil, unlimited
	s.known = known{}
	s.posts = 0
}
