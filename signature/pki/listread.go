package pki

import (
	"bytes"
	"cmp"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
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
