package store

import (
	"encoding/json"
	"reflect"

	"ruqsat/internal/remember"
	"ruqsat/party"
	"ruqsat/procedure"
)

// A memories is what JSON in the tables was read as: cases are read again at every
// act, and accounts at every request.
type memories struct {
	applications *remember.Memory[procedure.Application]
	running      *remember.Memory[[]procedure.Running]
	courses      *remember.Memory[procedure.Course]
	accounts     *remember.Memory[party.Account]
}

func newMemories() *memories {
	return &memories{
		applications: remember.New(fromJSON[procedure.Application], procedure.Application.Clone),
		running:      remember.New(fromJSON[[]procedure.Running], procedure.CloneRunning),
		courses:      remember.New(fromJSON[procedure.Course], procedure.Course.Clone),
		accounts:     remember.New(fromJSON[party.Account], func(a party.Account) party.Account { return a }),
	}
}

func fromJSON[T any](text string) (v T, err error) {
	err = json.Unmarshal([]byte(text), &v)
	return v, err
}

// toJSON returns a text of v: the one it was read from if that still says it.
func toJSON[T any](m *remember.Memory[T], v T, readFrom string) (string, error) {
	if was, ok := m.Peek(readFrom); ok && reflect.DeepEqual(was, v) {
		return readFrom, nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}

// caseTexts are the columns of a case that are JSON.
type caseTexts struct{ application, running, course string }

// readCase puts into a case what its texts say.
func (m *memories) readCase(c *procedure.Case, t caseTexts) (err error) {
	if c.Application, err = m.applications.Read(t.application); err != nil {
		return err
	}
	if c.Running, err = m.running.Read(t.running); err != nil {
		return err
	}
	c.Course, err = m.courses.Read(t.course)
	return err
}

// writeCase returns the texts of a case that was read from others, which are empty
// for a new one.
func (m *memories) writeCase(c procedure.Case, was caseTexts) (t caseTexts, err error) {
	if t.application, err = toJSON(m.applications, c.Application, was.application); err != nil {
		return t, err
	}
	if t.running, err = toJSON(m.running, c.Running, was.running); err != nil {
		return t, err
	}
	t.course, err = toJSON(m.courses, c.Course, was.course)
	return t, err
}
