package store

import (
	"context"
	"sync"
	"sync/atomic"
)

const (
	// maxWaiting is how many acts may wait for their turn: some seconds of work.
	// Whoever comes later is told at once rather than after a minute.
	maxWaiting = 4096
	// maxBatch is how many acts share a commit. More gains nothing measurable, and
	// beyond 64 savepoints PostgreSQL keeps track of them on disk.
	maxBatch = 64
)

// An act is what somebody asked the writer to do.
type act struct {
	ctx   context.Context
	queue *queue
	will  Ahead // read
	do    func(context.Context, Tx) error
	taken atomic.Bool // by the writer, or by whoever gave it up
	done  chan error  // its answer; there is room for it

	result error    // what its last run came to
	keys   []string // locks it needs before it is run again
	leaves []*draft // what its last run has for the log

	sealing sync.WaitGroup // of leaves, those of earlier runs too
}

// actOf is the key under which the context of an act holds its queue.
type actOf struct{}

func (a *act) answer(err error) { a.done <- err }

// A queue holds the acts that wait.
type queue struct {
	mu      sync.Mutex
	waiting []*act
	closed  bool
	filled  chan struct{} // has a value when there may be something to take
}

func newQueue() *queue { return &queue{filled: make(chan struct{}, 1)} }

// put adds an act, unless the store is closed or too many wait already.
func (q *queue) put(a *act) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return ErrClosed
	case len(q.waiting) >= maxWaiting:
		return ErrBusy
	}
	q.waiting = append(q.waiting, a)
	q.wake()
	return nil
}

// take waits until there is an act, and adds those that wait to batch, up to
// [maxBatch], passing over what was given up. It reports false when the queue is
// closed and empty. If batch has acts already, it does not wait.
func (q *queue) take(batch []*act) ([]*act, bool) {
	for {
		q.mu.Lock()
		for len(q.waiting) > 0 && len(batch) < maxBatch {
			a := q.waiting[0]
			q.waiting[0] = nil
			q.waiting = q.waiting[1:]
			if a.taken.CompareAndSwap(false, true) {
				batch = append(batch, a)
			}
		}
		closed := q.closed
		q.mu.Unlock()
		if len(batch) > 0 || closed {
			return batch, len(batch) > 0
		}
		<-q.filled
	}
}

// close lets nothing more in. It reports false if it was closed already.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.closed = true
	q.wake()
	return true
}

func (q *queue) wake() {
	select {
	case q.filled <- struct{}{}:
	default:
	}
}
