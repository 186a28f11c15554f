package store

import (
	"encoding/json"
	"reflect"
	"sync"

	"ruqsat/procedure"
)

// How much a memory holds: texts of cases, which are read again at every act.
const (
	maxRemembered = 2048
	maxTextOf     = 16 << 10 // bytes; longer ones are rare, and read anew
)

// A memory of values by the JSON they were read from. Equal texts say the same, so
// it need not hear of what is written, here or by another node.
type memory[T any] struct {
	clone func(T) T // what shares no memory with a value

	mu     sync.RWMutex
	values map[string]T
}

// read returns what a text says. It is the reader's to change.
func (m *memory[T]) read(text string) (T, error) {
	v, ok := m.peek(text)
	if ok {
		return m.clone(v), nil
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, err
	}
	if len(text) <= maxTextOf {
		m.keep(text, m.clone(v))
	}
	return v, nil
}

// write returns a text of v: the one it was read from if that still says it.
func (m *memory[T]) write(v T, readFrom string) (string, error) {
	if was, ok := m.peek(readFrom); ok && reflect.DeepEqual(was, v) {
		return readFrom, nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}

func (m *memory[T]) peek(text string) (T, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.values[text]
	return v, ok
}

// keep keeps a value. A full memory is emptied: what is still asked for comes
// back at once.
func (m *memory[T]) keep(text string, v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil || len(m.values) >= maxRemembered {
		m.values = make(map[string]T)
	}
	m.values[text] = v
}

// caseTexts are the columns of a case that are JSON.
type caseTexts struct{ application, running, course string }

// A caseMemory remembers what such columns say.
type caseMemory struct {
	applications memory[procedure.Application]
	running      memory[[]procedure.Running]
	courses      memory[procedure.Course]
}

func newCaseMemory() *caseMemory {
	return &caseMemory{
		applications: memory[procedure.Application]{clone: procedure.Application.Clone},
		running:      memory[[]procedure.Running]{clone: procedure.CloneRunning},
		courses:      memory[procedure.Course]{clone: procedure.Course.Clone},
	}
}

// read puts into a case what its texts say.
func (m *caseMemory) read(c *procedure.Case, t caseTexts) (err error) {
	if c.Application, err = m.applications.read(t.application); err != nil {
		return err
	}
	if c.Running, err = m.running.read(t.running); err != nil {
		return err
	}
	c.Course, err = m.courses.read(t.course)
	return err
}

// write returns the texts of a case that was read from others, which are empty for
// a new one.
func (m *caseMemory) write(c procedure.Case, was caseTexts) (t caseTexts, err error) {
	if t.application, err = m.applications.write(c.Application, was.application); err != nil {
		return t, err
	}
	if t.running, err = m.running.write(c.Running, was.running); err != nil {
		return t, err
	}
	t.course, err = m.courses.write(c.Course, was.course)
	return t, err
}
