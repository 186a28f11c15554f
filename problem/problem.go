// Package problem says what went wrong to the person it happened to, and to the
// one who keeps the program.
//
// An [Error] has a kind, from which pages and the API take their status; words
// for the person in three languages; the legal ground, if a rule refuses; and
// the cause, for the log. What is not an Error is a fault of the program.
package problem

import (
	"errors"

	"ruqsat/lang"
	"ruqsat/law"
)

// A Kind is what sort of trouble it is, and so who can mend it.
type Kind string

// The kinds. All but Unavailable and Internal are the asker's to mend.
const (
	Invalid     Kind = "invalid"     // what was entered cannot be taken
	NotFound    Kind = "not-found"   // there is no such thing, or it is not theirs to see
	NotAllowed  Kind = "not-allowed" // another's to do
	SignedOut   Kind = "signed-out"  // nobody is signed in
	Conflict    Kind = "conflict"    // things have moved on meanwhile
	OutOfTime   Kind = "out-of-time" // the term is over, or has not come
	TooLarge    Kind = "too-large"   // more than we take
	TooMany     Kind = "too-many"    // asked too often; wait
	Unavailable Kind = "unavailable" // a part we depend on is down
	Internal    Kind = "internal"    // a fault of ours
)

// An Error is a failure somebody must be told about.
type Error struct {
	Kind   Kind
	Say    lang.Message // for the person: what is wrong and what to do
	Fields []Field      // what is wrong with each field, in the order of the form
	Cite   law.Cite     // the rule a refusal rests on, if any
	Err    error        // for the operator
}

// A Field is what is wrong with one field of a form.
type Field struct {
	Name string
	Say  lang.Message
	Part string // of a form in several parts; empty where it has one
}

// New returns an error of a kind that says the message of a key.
func New(kind Kind, key string, args ...lang.Args) *Error {
	return &Error{Kind: kind, Say: lang.M(key, args...)}
}

// Under returns a copy of e that rests on a rule.
func (e *Error) Under(cite law.Cite) *Error {
	c := *e
	c.Cite = cite
	return &c
}

// Because returns a copy of e that has a cause for the operator.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// At returns a copy of e that stands at a field of a form.
func (e *Error) At(field string) *Error {
	c := *e
	c.Fields = append(c.Fields[:len(c.Fields):len(c.Fields)], Field{Name: field, Say: e.Say})
	return &c
}

// Error is for the log: the key, the rule and the cause.
func (e *Error) Error() string {
	s := e.Say.Key
	if len(e.Say.Args) > 0 {
		s = e.Say.In(lang.EN)
	}
	if e.Cite != "" {
		s += " (" + string(e.Cite) + ")"
	}
	for _, f := range e.Fields {
		s += "; " + f.Name + ": " + f.Say.In(lang.EN)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Of returns the Error in err. What is none becomes Internal, and says that the
// fault is ours. Of nil is nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return New(Internal, "problem.internal").Because(err)
}

// IsKind reports whether err is of a kind.
func IsKind(err error, k Kind) bool { return err != nil && Of(err).Kind == k }

// A Form gathers what is wrong with the fields of a form, so that a person
// hears it all at once.
type Form struct{ fields []Field }

// Wrong notes that a field cannot be taken, and why.
func (f *Form) Wrong(field, key string, args ...lang.Args) {
	f.fields = append(f.fields, Field{Name: field, Say: lang.M(key, args...)})
}

// Take notes err at a field, if there is one.
func (f *Form) Take(field string, err error) {
	if err != nil {
		f.fields = append(f.fields, Field{Name: field, Say: Of(err).Say})
	}
}

// Err returns an Invalid error if anything was wrong.
func (f *Form) Err() error {
	if len(f.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Say: lang.M("problem.form", lang.Args{"n": len(f.fields)}), Fields: f.fields}
}
