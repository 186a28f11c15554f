// Package transparency is the log of what the authority did: a list that only
// grows, over which a tree of hashes stands (RFC 6962). Whoever keeps a signed
// checkpoint of it can tell later that nothing before it was changed or taken out.
//
// A leaf says that something was kept and when, and commits to the row it was kept
// in by a salted digest; it holds no personal data. The hashes are those of
// golang.org/x/mod/sumdb/tlog, checkpoints are signed notes, and tiles lie where
// tlog-tiles (c2sp.org/tlog-tiles) looks for them, so that tools of others can
// check it.
//
// It hashes and compares, and keeps nothing: see package store. DESIGN.md tells
// the life of a leaf; start at [Leaf].
package transparency

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
)

// A Kind is what a leaf is about.
type Kind string

// The kinds.
const (
	Registration Kind = "registration" // a case was registered
	Decision     Kind = "decision"     // the head signed a decision
	Act          Kind = "act"          // anything else that was done to a case
	State        Kind = "state"        // what a case, a request or a complaint has become
	Quota        Kind = "quota"        // an entry of the ledger
	Permit       Kind = "permit"       // a permit was entered
	Status       Kind = "status"       // what became of a permit
	Paper        Kind = "paper"        // a paper was made
	Signed       Kind = "signed"       // a paper was signed
	File         Kind = "file"         // a file was attached
	Removed      Kind = "removed"      // a file was taken off again
	Calendar     Kind = "calendar"     // a day off was moved, or an outage entered
)

// In names the kind.
func (k Kind) In(t lang.Tag) string { return lang.M("transparency.kind-" + string(k)).In(t) }

// A Leaf is one entry of the log. It is public: nothing in it tells about whom it
// is. Which row it speaks of is known to who has the row and its [Salt].
type Leaf struct {
	// Form tells which columns of the row the digest covers; it is raised when they
	// change.
	Form   int    `json:"form"`
	Kind   Kind   `json:"kind"`
	What   string `json:"what,omitempty"`   // the act, the kind of entry, the form of the paper
	Region string `json:"region,omitempty"` // two digits of KATO
	At     string `json:"at,omitempty"`     // a moment in UTC, or a day
	Digest string `json:"digest"`           // [Statement.Digest], hexadecimal
}

// Canonical returns the bytes of the leaf: JSON with the fields in the order
// above, no spaces, and only what JSON demands escaped.
func (l Leaf) Canonical() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(l) // strings and a number cannot fail
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// ParseLeaf reads the bytes of a leaf. Bytes that say the same otherwise are no
// leaf.
func ParseLeaf(data []byte) (Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(data, &l); err != nil || !bytes.Equal(l.Canonical(), data) {
		return Leaf{}, problem.New(problem.Invalid, "transparency.bad-leaf").Because(err)
	}
	return l, nil
}

// Hash returns the hash of a leaf's bytes (RFC 6962 § 2.1).
func Hash(leaf []byte) tlog.Hash { return tlog.RecordHash(leaf) }

// SaltSize is the length of a salt in bytes. Without its salt nobody can tell from
// a digest what it is of, even where there are few things it could be of; a salt
// thrown away makes its leaf mute for good.
const SaltSize = 16

// A Salt is what keeps a digest from being guessed. It is kept beside the row.
type Salt [SaltSize]byte

// A Statement is what a leaf commits to: that a row of a source has these values,
// each text or a whole number.
type Statement struct {
	Source string
	Key    string
	Row    map[string]any
}

// Canonical returns the bytes of the statement as RFC 8785 has them: JSON, names
// sorted, no spaces.
func (s Statement) Canonical() []byte {
	b := appendQuoted(append(make([]byte, 0, s.size()), `{"key":`...), s.Key)
	b = append(b, `,"row":{`...)
	for i, name := range slices.Sorted(maps.Keys(s.Row)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, name), ':')
		b = appendValue(b, s.Row[name])
	}
	b = append(b, `},"source":`...)
	return append(appendQuoted(b, s.Source), '}')
}

// size is about how many bytes the statement takes: a third more than its texts,
// for what is escaped.
func (s Statement) size() int {
	n := 128
	for name, v := range s.Row {
		text, _ := v.(string)
		n += len(name) + len(text)*4/3 + 24
	}
	return n
}

// domain keeps these digests apart from all others.
const domain = "ruqsat leaf v1\n"

// Digest returns what a leaf says of the statement: the SHA-256 of a line that
// names its purpose, the salt, and the canonical bytes, in hexadecimal.
func (s Statement) Digest(salt Salt) string {
	h := sha256.New()
	h.Write([]byte(domain))
	h.Write(salt[:])
	h.Write(s.Canonical())
	return hex.EncodeToString(h.Sum(nil))
}
