package store

import (
	"context"
	"errors"
	"sync"
)

// A gathering has questions of one kind that are asked at the same time answered
// by one look: over a network it costs hardly more than one of them. Who asks
// alone does not wait, and nobody is answered from a look that began before they
// asked.
type gathering[V any] struct {
	// look returns what it finds for keys. Keys for which there is nothing are missing.
	look func(ctx context.Context, keys []string) (map[string]V, error)

	mu      sync.Mutex
	waiting []question[V]
	looking bool
}

type question[V any] struct {
	key    string
	answer chan answer[V] // there is room for it
}

type answer[V any] struct {
	value V
	found bool
	err   error
}

// maxGathered is how many keys one look is asked for.
const maxGathered = 256

// ask returns what there is for a key; false if there is nothing.
func (g *gathering[V]) ask(ctx context.Context, key string) (V, bool, error) {
	if err := ctx.Err(); err != nil {
		var none V
		return none, false, err
	}
	q := question[V]{key, make(chan answer[V], 1)}
	g.mu.Lock()
	g.waiting = append(g.waiting, q)
	idle := !g.looking
	g.looking = true
	g.mu.Unlock()
	if idle && g.answerThose(context.WithoutCancel(ctx)) {
		go func() {
			for g.answerThose(context.Background()) {
			}
		}()
	}
	select {
	case a := <-q.answer:
		return a.value, a.found, a.err
	case <-ctx.Done():
		var none V
		return none, false, ctx.Err()
	}
}

// answerThose answers all who wait, and reports whether others have come meanwhile.
func (g *gathering[V]) answerThose(ctx context.Context) (more bool) {
	g.mu.Lock()
	n := min(len(g.waiting), maxGathered)
	asked := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	g.mu.Unlock()
	keys := make([]string, n)
	for i, q := range asked {
		keys[i] = q.key
	}
	found, err := map[string]V(nil), errBroken
	defer func() { // after a panic too, or nobody would ever be answered again
		for _, q := range asked {
			v, ok := found[q.key]
			q.answer <- answer[V]{v, ok, err}
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.looking = len(g.waiting) > 0 && !errors.Is(err, errBroken)
		more = g.looking
	}()
	found, err = g.look(ctx, keys)
	return false
}

// errBroken answers who asked together with somebody whose look panicked.
var errBroken = errors.New("the look broke off")
