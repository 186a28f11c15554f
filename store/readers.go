package store

import (
	"context"
	"database/sql"
	"fmt"
)

// readers are the sessions for those who only look.
type readers struct {
	db      *sql.DB
	dialect *dialect
	free    chan *session // nil stands for a session not opened yet
}

func newReaders(p pools) *readers {
	r := &readers{p.read, p.dialect, make(chan *session, p.readers)}
	for range p.readers {
		r.free <- nil
	}
	return r
}

// view runs look in a read-only transaction of its own.
func (r *readers) view(ctx context.Context, look func(context.Context, ReadTx) error) (err error) {
	var s *session
	select {
	case got, open := <-r.free:
		if !open {
			return ErrClosed
		}
		s = got
	case <-ctx.Done():
		return ctx.Err()
	}
	// A session that could not end its transaction is not used again.
	sound := false
	defer func() {
		if !sound && s != nil {
			s.discard()
			s = nil
		}
		r.free <- s
	}()

	if s, err = r.begin(ctx, s); err != nil {
		return fmt.Errorf("begin to look: %w", err)
	}
	lookErr := look(ctx, ReadTx{s})
	err = s.control(context.WithoutCancel(ctx), "ROLLBACK")
	sound = err == nil
	if lookErr != nil {
		return lookErr
	}
	return nil
}

// begin opens a session if there is none, or the one there is has died
// meanwhile, and begins a transaction.
func (r *readers) begin(ctx context.Context, s *session) (*session, error) {
	if s != nil {
		s.renew()
		if s.control(ctx, s.look) == nil {
			return s, nil
		}
		s.discard()
	}
	s, err := newSession(ctx, r.db, r.dialect)
	if err != nil {
		return nil, err
	}
	if err := s.control(ctx, s.look); err != nil {
		s.discard()
		return nil, err
	}
	return s, nil
}

// close waits until nobody looks any more, and closes the sessions.
func (r *readers) close() {
	for range cap(r.free) {
		if s := <-r.free; s != nil {
			s.discard()
		}
	}
	close(r.free)
}
