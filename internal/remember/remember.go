// Package remember keeps what texts were read as, so that a text that comes again
// need not be read again. Equal texts say the same: nobody has to tell a memory of
// what is written, here or by another process.
package remember

import "sync"

// How much a memory holds.
const (
	most    = 2048     // texts
	longest = 16 << 10 // bytes of one; longer ones are rare, and read anew
)

// A Memory of values by the text they were read from. It may be used by many
// goroutines at once.
type Memory[T any] struct {
	read  func(text string) (T, error)
	clone func(T) T

	mu     sync.RWMutex
	values map[string]T
}

// New returns a memory of what read makes of a text. A value it gives out is made
// by clone, and shares no memory with the one it keeps.
func New[T any](read func(text string) (T, error), clone func(T) T) *Memory[T] {
	return &Memory[T]{read: read, clone: clone}
}

// Read returns what a text says, which is the reader's to change.
func (m *Memory[T]) Read(text string) (T, error) {
	if v, ok := m.Peek(text); ok {
		return m.clone(v), nil
	}
	v, err := m.read(text)
	if err == nil && len(text) <= longest {
		m.keep(text, m.clone(v))
	}
	return v, err
}

// Peek returns what a text says if that is remembered. The value is not to be
// changed.
func (m *Memory[T]) Peek(text string) (T, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.values[text]
	return v, ok
}

// keep keeps a value. A full memory is emptied: what is still asked for comes
// back at once.
func (m *Memory[T]) keep(text string, v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil || len(m.values) >= most {
		m.values = make(map[string]T)
	}
	m.values[text] = v
}
