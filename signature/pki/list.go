package pki

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

const (
	// serialSize is the most octets a serial number may have (RFC 5280 ¶ 4.1.2.2).
	serialSize = 20
	// maxList is how large a list may be, in bytes: Kazakhstan's has some 21 MB.
	maxList = 128 << 20
)

// A List is one authority's list of revoked certificates, made small: Kazakhstan's
// has some 422 000 entries, of 32 bytes each here. With a base it is one of
// changes, and says nothing alone.
type List struct {
	issuer  []byte // DER of its name
	name    string
	number  string // of the list, decimal; empty if it has none
	base    string // of the list that it is the changes of; empty if it is whole
	sha256  string // of its DER, hexadecimal
	from    time.Time
	until   time.Time // when the next one is due; zero if it does not say
	entries []entry   // by serial
	signed  signed
	changes string // what it was brought up to date with, for the evidence
}

type entry struct {
	serial [serialSize]byte // big-endian
	reason reason
	at     int64 // seconds of Unix time
}

// A reason is why a certificate was revoked (RFC 5280 ¶ 5.3.1).
type reason byte

const (
	held     reason = 6
	released reason = 8 // no longer on hold; in lists of changes alone
)

// Made returns when the list was made, and when the next is due; zero if it does not
// say.
func (l *List) Made() (made, due time.Time) { return l.from, l.until }

// by returns nil if issuer made l.
func (l *List) by(issuer *Certificate) error {
	if issuer.KeyUsage&x509.KeyUsageCRLSign == 0 {
		return fmt.Errorf("list of %s: its key may sign none", l.name)
	}
	if err := l.signed.check(issuer.Key); err != nil {
		return fmt.Errorf("list of %s: %w", l.name, err)
	}
	return nil
}

// with returns l brought up to date with a list of changes of the same authority.
// Kazakhstan numbers the two apart: what the changes are of, they say themselves.
func (l *List) with(changes *List) (*List, error) {
	base, isNumber := new(big.Int).SetString(changes.base, 10)
	own, hasNumber := new(big.Int).SetString(l.number, 10)
	switch {
	case !isNumber || !hasNumber || own.Cmp(base) < 0:
		return nil, fmt.Errorf("list of %s: changes since number %s, the whole one is number %s", l.name, changes.base, l.number)
	case changes.from.Before(l.from):
		return nil, fmt.Errorf("list of %s: changes of %s are older than the whole one", l.name, changes.from.Format(time.RFC3339))
	}
	made := *l
	made.until, made.changes = changes.until, changes.String()
	made.entries = make([]entry, 0, len(l.entries)+len(changes.entries))
	for _, e := range l.entries { // a change takes the place of what stood there
		if _, changed := changes.find(e.serial); !changed {
			made.entries = append(made.entries, e)
		}
	}
	for _, e := range changes.entries {
		if e.reason != released {
			made.entries = append(made.entries, e)
		}
	}
	slices.SortFunc(made.entries, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.serial[:], b.serial[:]), cmp.Compare(a.at, b.at))
	})
	return &made, nil
}

// key returns a serial number in the form of the entries.
func key(serial *big.Int) (k [serialSize]byte, ok bool) {
	if serial == nil || serial.Sign() < 0 || serial.BitLen() > 8*serialSize {
		return k, false
	}
	serial.FillBytes(k[:])
	return k, true
}

func (l *List) find(k [serialSize]byte) (entry, bool) {
	i, found := slices.BinarySearchFunc(l.entries, k, func(e entry, k [serialSize]byte) int {
		return bytes.Compare(e.serial[:], k[:])
	})
	if !found {
		return entry{}, false
	}
	return l.entries[i], true
}

// revoked returns since when a certificate is revoked, the earliest if it is
// listed twice; it reports false if it is not listed. A certificate that is only
// held counts as revoked.
func (l *List) revoked(serial *big.Int) (time.Time, bool) {
	k, ok := key(serial)
	if !ok {
		return time.Time{}, false
	}
	e, found := l.find(k)
	return time.Unix(e.at, 0), found
}

// errNotTold is why a list says nothing of a certificate at a moment.
var errNotTold = errors.New("the list may have dropped a certificate that had expired")

// tells returns nil if l says what was revoked at a moment: the next list was
// not due yet, and c had not expired when l was made, after which authorities
// drop it. A list made after the moment is good: it names the day of each
// revocation.
func (l *List) tells(c *Certificate, at time.Time) error {
	if !at.Before(l.until) {
		return fmt.Errorf("the next list was due %s", l.until.Format(time.RFC3339))
	}
	if l.from.After(c.NotAfter) {
		return errNotTold
	}
	return nil
}

func (l *List) String() string {
	s := fmt.Sprintf("list %s of %s, sha256 %s", l.number, l.from.UTC().Format(time.RFC3339), l.sha256)
	if l.base != "" {
		s = "changes, " + s
	}
	if l.changes != "" {
		s += " with " + l.changes
	}
	return s
}
