package store

import "sync"

// A backlog has statements run in their order by a goroutine of its own, so that
// who posts them can go on thinking meanwhile. After one that fails none is run
// until somebody has heard of it.
type backlog struct {
	run func(op) error

	mu      sync.Mutex
	changed sync.Cond // when there is something to run, or nothing any more
	waiting []op
	running bool
	failed  *failedOp
	closed  bool
}

func newBacklog(run func(op) error) *backlog {
	b := &backlog{run: run}
	b.changed.L = &b.mu
	go b.work()
	return b
}

// add has a statement run after those before it.
func (b *backlog) add(o op) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed != nil {
		b.failed.rest = append(b.failed.rest, o)
		return
	}
	if b.waiting = append(b.waiting, o); !b.running {
		b.changed.Broadcast()
	}
}

// wait waits until all has been run. Its error is a [failedOp], and whoever has it
// has to see to the rest.
func (b *backlog) wait() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settle()
	if f := b.failed; f != nil {
		b.failed = nil
		return f
	}
	return nil
}

// settle waits, with b.mu held, until nothing runs any more.
func (b *backlog) settle() {
	for b.running || b.failed == nil && len(b.waiting) > 0 {
		b.changed.Wait()
	}
}

// forget takes back what an act has posted and was not run yet, and its failure.
func (b *backlog) forget(a *act) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = opsBut(b.waiting, a)
	b.settle()
	if f := b.failed; f != nil {
		f.rest = opsBut(f.rest, a)
		if f.op.act == a {
			b.failed, b.waiting = nil, f.rest
			b.changed.Broadcast()
		}
	}
}

// opsBut returns the statements that are not an act's.
func opsBut(ops []op, a *act) []op {
	var kept []op
	for _, o := range ops {
		if o.act != a {
			kept = append(kept, o)
		}
	}
	return kept
}

// close ends the goroutine when what runs has been run.
func (b *backlog) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed, b.waiting = true, nil
	b.changed.Broadcast()
	for b.running {
		b.changed.Wait()
	}
}

func (b *backlog) work() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.closed {
		if len(b.waiting) == 0 {
			b.running = false
			b.changed.Broadcast()
			b.changed.Wait()
			continue
		}
		o := b.waiting[0]
		b.waiting[0] = op{}
		b.waiting, b.running = b.waiting[1:], true
		b.mu.Unlock()
		err := b.run(o)
		b.mu.Lock()
		if err != nil {
			b.running = false
			b.failed = &failedOp{op: o, rest: b.waiting, err: err, cause: err}
			b.waiting = nil
			b.changed.Broadcast()
		}
	}
	b.running = false
	b.changed.Broadcast()
}
