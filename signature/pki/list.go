package pki

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
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

var (
	oidNumber  = asn1.ObjectIdentifier{2, 5, 29, 20}
	oidReason  = asn1.ObjectIdentifier{2, 5, 29, 21}
	oidChanges = asn1.ObjectIdentifier{2, 5, 29, 27}
)

// ParseList reads a list in strict DER, whose signature is checked when a trust
// takes it in. It is more forgiving than crypto/x509 in two points that lists of
// the national authority have shown: NULL may stand in one of the two algorithm
// identifiers alone, and nobody revoked may be an empty sequence.
//
// Critical extensions other than that of a list of changes say that it is of a
// part of the certificates, or another's. A list we do not understand is no list.
func ParseList(in []byte) (*List, error) {
	if len(in) > maxList {
		return nil, fmt.Errorf("list of %d bytes", len(in))
	}
	x, err := readSigned(in)
	if err != nil {
		return nil, err
	}
	if !x.rest.Empty() {
		return nil, errForm
	}
	l := &List{signed: x, sha256: Sum(in)}
	var s, issuer cryptobyte.String
	part := cryptobyte.String(x.part)
	var version int
	if !part.ReadASN1(&s, der.SEQUENCE) || !s.ReadASN1Integer(&version) || version != 1 {
		return nil, errForm
	}
	inner, err := ReadAlgorithm(&s)
	if err != nil || !inner.Equal(x.algorithm) {
		return nil, errors.New("two algorithms of the signature")
	}
	if !s.ReadASN1Element(&issuer, der.SEQUENCE) || !readTime(&s, &l.from) {
		return nil, errForm
	}
	l.issuer, l.name = issuer, rawName(issuer)
	if (s.PeekASN1Tag(der.UTCTime) || s.PeekASN1Tag(der.GeneralizedTime)) && !readTime(&s, &l.until) {
		return nil, errForm
	}
	if err := l.readEntries(&s); err != nil {
		return nil, fmt.Errorf("list of %s: %w", l.name, err)
	}
	if err := l.readExtensions(&s); err != nil || !s.Empty() {
		return nil, fmt.Errorf("list of %s: %w", l.name, cmp.Or(err, errForm))
	}
	slices.SortFunc(l.entries, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.serial[:], b.serial[:]), cmp.Compare(a.at, b.at))
	})
	return l, nil
}

func (l *List) readEntries(s *cryptobyte.String) error {
	var all cryptobyte.String
	if !s.PeekASN1Tag(der.SEQUENCE) {
		return nil
	}
	if !s.ReadASN1(&all, der.SEQUENCE) {
		return errForm
	}
	l.entries = make([]entry, 0, len(all)/35) // one has some 35 bytes
	for !all.Empty() {
		e, err := readEntry(&all)
		if err != nil {
			return err
		}
		l.entries = append(l.entries, e)
	}
	return nil
}

func readEntry(all *cryptobyte.String) (e entry, err error) {
	var one cryptobyte.String
	var serial []byte
	var at time.Time
	if !all.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1Integer(&serial) || !readTime(&one, &at) {
		return e, errForm
	}
	if len(serial) > serialSize {
		return e, fmt.Errorf("serial number %x", serial)
	}
	copy(e.serial[serialSize-len(serial):], serial)
	e.at = at.Unix()
	if one.Empty() {
		return e, nil
	}
	err = readExtensions(&one, func(oid asn1.ObjectIdentifier, critical bool, value cryptobyte.String) error {
		switch {
		case oid.Equal(oidReason):
			var n int
			if !value.ReadASN1Enum(&n) || !value.Empty() || n < 0 || n > 10 {
				return errForm
			}
			e.reason = reason(n)
		case critical:
			return fmt.Errorf("certificate %x: critical extension %s", serial, oid)
		}
		return nil
	})
	if err == nil && !one.Empty() {
		err = errForm
	}
	return e, err
}

func (l *List) readExtensions(s *cryptobyte.String) error {
	var explicit cryptobyte.String
	var present bool
	if !s.ReadOptionalASN1(&explicit, &present, tag0) {
		return errForm
	}
	if !present {
		return nil
	}
	err := readExtensions(&explicit, func(oid asn1.ObjectIdentifier, critical bool, value cryptobyte.String) error {
		n := new(big.Int)
		switch {
		case oid.Equal(oidNumber) || oid.Equal(oidChanges):
			if !value.ReadASN1Integer(n) || !value.Empty() || n.Sign() < 0 {
				return errForm
			}
			if oid.Equal(oidNumber) {
				l.number = n.String()
				return nil
			}
			l.base = n.String()
		case critical:
			return fmt.Errorf("critical extension %s", oid)
		}
		return nil
	})
	if err == nil && !explicit.Empty() {
		err = errForm
	}
	return err
}

// readExtensions reads a sequence of extensions, each of which may stand there
// once.
func readExtensions(s *cryptobyte.String, take func(oid asn1.ObjectIdentifier, critical bool, value cryptobyte.String) error) error {
	var all cryptobyte.String
	if !s.ReadASN1(&all, der.SEQUENCE) {
		return errForm
	}
	seen := make([]string, 0, 4)
	for !all.Empty() {
		var one, value cryptobyte.String
		var oid asn1.ObjectIdentifier
		critical := false
		if !all.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&oid) {
			return errForm
		}
		if one.PeekASN1Tag(der.BOOLEAN) && !one.ReadASN1Boolean(&critical) {
			return errForm
		}
		if !one.ReadASN1(&value, der.OCTET_STRING) || !one.Empty() || slices.Contains(seen, oid.String()) {
			return errForm
		}
		seen = append(seen, oid.String())
		if err := take(oid, critical, value); err != nil {
			return err
		}
	}
	return nil
}

// readTime reads UTCTime or GeneralizedTime.
func readTime(s *cryptobyte.String, t *time.Time) bool {
	if s.PeekASN1Tag(der.UTCTime) {
		return s.ReadASN1UTCTime(t)
	}
	return s.ReadASN1GeneralizedTime(t)
}

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
