package registry

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A Kind is what an entry of the register says of a permit.
type Kind string

// The kinds of entries. The first stands at the beginning of every permit.
const (
	IssuedEntry      Kind = "issued"
	SuspendedEntry   Kind = "suspended"
	ReinstatedEntry  Kind = "reinstated"
	RevokedEntry     Kind = "revoked"
	SurrenderedEntry Kind = "surrendered"
	ExpiredEntry     Kind = "expired"
	CorrectedEntry   Kind = "corrected"
	ExtendedEntry    Kind = "extended" // by another permit, which begins when this ends
	ReissuedEntry    Kind = "reissued" // as another permit, and so at an end
)

// Kinds are all kinds of entries.
var Kinds = []Kind{
	IssuedEntry, SuspendedEntry, ReinstatedEntry, RevokedEntry, SurrenderedEntry, ExpiredEntry, CorrectedEntry,
	ExtendedEntry, ReissuedEntry,
}

// In names the kind, as the history of a permit does.
func (k Kind) In(t lang.Tag) string { return lang.M("registry.entry-" + string(k)).In(t) }

// Ends reports whether the permit no longer holds from the entry's day on, though
// its term is not over.
func (k Kind) Ends() bool { return k == RevokedEntry || k == SurrenderedEntry || k == ReissuedEntry }

// An Entry is one line of the register about a permit. Entries are numbered
// without gaps over the whole register, and never changed.
type Entry struct {
	Seq     int64         `json:"seq"`    // 0 until kept
	Number  string        `json:"number"` // of the permit
	Kind    Kind          `json:"kind"`
	On      calendar.Date `json:"on"`          // first day from which it is true
	At      time.Time     `json:"at,omitzero"` // when the register came to know it
	By      party.Actor   `json:"by,omitzero"`
	Cite    law.Cite      `json:"cite,omitempty"`
	Sure    law.Sure      `json:"sure,omitempty"`
	Grounds []string      `json:"grounds,omitempty"` // keys of law.PermitGrounds
	Words   string        `json:"words,omitempty"`   // the reasons
	Other   string        `json:"other,omitempty"`   // number of the permit that extends or reissues it
	Hearing Hearing       `json:"hearing,omitzero"`
	Changes []Change      `json:"changes,omitempty"` // of a correction
}

// A Hearing is the record that who is not favoured was heard (APPC art. 73).
type Hearing struct {
	Told     calendar.Date `json:"told,omitzero"` // when they were told of the preliminary decision
	On       calendar.Date `json:"on,omitzero"`   // when they were heard
	Protocol string        `json:"protocol,omitempty"`
	Waived   string        `json:"waived,omitempty"` // how they declined, in place of all the others
}

// A Field is a field of a permit that a correction may put right.
type Field string

// The fields. What decides for whom, where and how long a permit holds is none of
// them: that takes another permit.
const (
	FieldWorker      Field = "worker"
	FieldPositionKK  Field = "position_kk"
	FieldPositionRU  Field = "position_ru"
	FieldNKZ         Field = "nkz"
	FieldCitizenship Field = "citizenship"
	FieldNameKK      Field = "name_kk"
	FieldNameRU      Field = "name_ru"
)

// Fields are all of them, in the order of a form.
var Fields = []Field{FieldWorker, FieldCitizenship, FieldPositionKK, FieldPositionRU, FieldNKZ, FieldNameKK, FieldNameRU}

// In names the field.
func (f Field) In(t lang.Tag) string { return lang.M("registry.field-" + string(f)).In(t) }

// A Change is what a correction found, and what it put in its place.
type Change struct {
	Field Field  `json:"field"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

// Value returns what a permit has at a field.
func (p Permit) Value(f Field) string {
	if at := p.at(f); at != nil {
		return *at
	}
	return ""
}

func (p *Permit) at(f Field) *string {
	switch f {
	case FieldWorker:
		return &p.Worker
	case FieldPositionKK:
		return &p.Position.KK
	case FieldPositionRU:
		return &p.Position.RU
	case FieldNKZ:
		return &p.NKZ
	case FieldCitizenship:
		return &p.Citizenship
	case FieldNameKK:
		return &p.Name.KK
	case FieldNameRU:
		return &p.Name.RU
	}
	return nil
}

// With returns the permit after further entries of the register.
func (p Permit) With(entries ...Entry) Permit {
	for _, e := range entries {
		p.History = append(p.History[:len(p.History):len(p.History)], e)
		for _, c := range e.Changes {
			if at := p.at(c.Field); at != nil {
				*at = c.Is
			}
		}
		if e.Kind.Ends() {
			p.Ended, p.EndedReason = e.On, string(e.Kind)
		}
	}
	return p
}

// Known returns the permit as the register knew it at an entry; it reports false
// where the permit was not in it yet.
func (p Permit) Known(seq int64) (Permit, bool) {
	if p.Seq > seq {
		return Permit{}, false
	}
	n := len(p.History)
	for ; n > 0 && p.History[n-1].Seq > seq; n-- {
		e := p.History[n-1]
		for _, c := range slices.Backward(e.Changes) {
			if at := p.at(c.Field); at != nil {
				*at = c.Was
			}
		}
		if e.Kind.Ends() {
			p.Ended, p.EndedReason = calendar.Date{}, ""
		}
	}
	p.History = p.History[:n:n]
	return p, true
}

// LastSeq returns the last entry about the permit.
func (p Permit) LastSeq() int64 {
	if n := len(p.History); n > 0 {
		return p.History[n-1].Seq
	}
	return p.Seq
}

// suspension returns the entry by which the permit is suspended on a day, or nil.
func (p Permit) suspension(on calendar.Date) *Entry {
	var last *Entry
	for i, e := range p.History {
		switch {
		case e.On.After(on):
		case e.Kind == SuspendedEntry:
			last = &p.History[i]
		case e.Kind == ReinstatedEntry:
			last = nil
		}
	}
	return last
}

// Successor returns the number of the permit that extends or reissues it, and
// whether there is one.
func (p Permit) Successor() (string, bool) {
	for _, e := range slices.Backward(p.History) {
		if e.Kind == ExtendedEntry || e.Kind == ReissuedEntry {
			return e.Other, true
		}
	}
	return "", false
}
