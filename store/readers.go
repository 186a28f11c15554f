package store

import (
	"context"
	"fmt"
)

// readers are the sessions for those who only look.
type readers struct {
	source source
	free   chan *session // nil stands for a session not opened yet
}

func newReaders(src source) *readers {
	r := &readers{src, make(chan *session, src.readers)}
	for range src.readers {
		r.free <- nil
	}
	return r
}

// A sight is how much of the store somebody looks at.
type sight int

const (
	throughout sight = iota // in a read-only transaction of its own
	glance                  // one statement
)

// view runs look as far as it may see.
func (r *readers) view(ctx context.Context, far sight, look func(context.Context, ReadTx) error) error {
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
	returned := false
	defer func() {
		if !returned { // it panicked
			r.release(s, false)
		}
	}()
	s, err := r.begin(ctx, far, s)
	if err == nil {
		err = look(ctx, ReadTx{s})
		s.leave()
	}
	returned = true
	if s != nil && s.networked && s.left == unlimited {
		go r.release(s, true) // nobody has to wait until the server has heard that we are done
	} else {
		r.release(s, true)
	}
	return err
}

// begin begins a transaction, on a new session if there is none.
func (r *readers) begin(ctx context.Context, far sight, s *session) (*session, error) {
	if s == nil {
		l, err := r.source.readLink(ctx)
		if err != nil {
			return nil, fmt.Errorf("connect: %w", err)
		}
		s = &session{dialect: r.source.dialect, link: l, remembered: r.source.remembered}
	}
	s.renew()
	s.revive = func(ctx context.Context) bool { return r.revive(ctx, s) }
	if s.left = unlimited; far == glance {
		s.left = 1
		return s, nil
	}
	return s, s.control(ctx, s.look)
}

// revive replaces the link of a session that has died while it was idle, which
// shows when the first statement is run.
func (r *readers) revive(ctx context.Context, s *session) bool {
	s.revive = nil
	if !s.link.dead() || ctx.Err() != nil {
		return false
	}
	l, err := r.source.readLink(ctx)
	if err != nil {
		return false
	}
	s.link.close()
	s.link = l
	return s.left != unlimited || s.control(ctx, s.look) == nil
}

// release ends the transaction and gives the session back, if it is sound. One
// that cannot end its transaction is not used again.
func (r *readers) release(s *session, sound bool) {
	if s != nil {
		ctx := context.Background()
		s.link.forget(nil)
		if !sound || s.left == unlimited && (s.control(ctx, "ROLLBACK") != nil || s.flush(ctx) != nil) {
			s.link.close()
			s = nil
		}
	}
	r.free <- s
}

// close waits until nobody looks any more, and closes the sessions.
func (r *readers) close() {
	for range cap(r.free) {
		if s := <-r.free; s != nil {
			s.link.close()
		}
	}
	close(r.free)
}
