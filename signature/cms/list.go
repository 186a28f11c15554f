package cms

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// serialSize is the most octets a serial number may have (RFC 5280 ¶ 4.1.2.2).
const serialSize = 20

// A list is one authority's list of revoked certificates, made small: Kazakhstan's
// has some 422 000 entries, of 32 bytes each here.
type list struct {
	number  string // of the list, decimal; empty if it has none
	sha256  string // of its DER, hexadecimal
	from    time.Time
	until   time.Time // when the next one is due; zero if it does not say
	entries []entry   // by serial
}

type entry struct {
	serial [serialSize]byte // big-endian
	at     int64            // seconds of Unix time
}

// newList checks that issuer made a list that is whole: neither one of changes
// only, nor of a part of the certificates, nor of another's. Those say so in
// critical extensions; we know none of them, and a list we do not understand is
// no list.
func newList(l *x509.RevocationList, issuer *x509.Certificate) (*list, error) {
	if err := l.CheckSignatureFrom(issuer); err != nil {
		return nil, fmt.Errorf("list of %s: %w", nameOf(l.Issuer), err)
	}
	for _, e := range l.Extensions {
		if e.Critical {
			return nil, fmt.Errorf("list of %s: critical extension %s", nameOf(l.Issuer), e.Id)
		}
	}
	sum := sha256.Sum256(l.Raw)
	made := &list{sha256: hex.EncodeToString(sum[:]), from: l.ThisUpdate, until: l.NextUpdate}
	if l.Number != nil {
		made.number = l.Number.String()
	}
	made.entries = make([]entry, 0, len(l.RevokedCertificateEntries))
	for _, r := range l.RevokedCertificateEntries {
		e, err := newEntry(r)
		if err != nil {
			return nil, fmt.Errorf("list of %s: %w", nameOf(l.Issuer), err)
		}
		made.entries = append(made.entries, e)
	}
	slices.SortFunc(made.entries, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.serial[:], b.serial[:]), cmp.Compare(a.at, b.at))
	})
	return made, nil
}

func newEntry(r x509.RevocationListEntry) (entry, error) {
	for _, e := range r.Extensions {
		if e.Critical {
			return entry{}, fmt.Errorf("certificate %x: critical extension %s", r.SerialNumber, e.Id)
		}
	}
	serial, ok := key(r.SerialNumber)
	if !ok {
		return entry{}, fmt.Errorf("serial number %x", r.SerialNumber)
	}
	return entry{serial, r.RevocationTime.Unix()}, nil
}

// key returns a serial number in the form of the entries.
func key(serial *big.Int) (k [serialSize]byte, ok bool) {
	if serial == nil || serial.Sign() < 0 || serial.BitLen() > 8*serialSize {
		return k, false
	}
	serial.FillBytes(k[:])
	return k, true
}

// revoked returns since when a certificate is revoked, the earliest if it is
// listed twice; it reports false if it is not listed. A certificate that is only
// held counts as revoked.
func (l *list) revoked(serial *big.Int) (time.Time, bool) {
	k, ok := key(serial)
	if !ok {
		return time.Time{}, false
	}
	i, found := slices.BinarySearchFunc(l.entries, k, func(e entry, k [serialSize]byte) int {
		return bytes.Compare(e.serial[:], k[:])
	})
	if !found {
		return time.Time{}, false
	}
	return time.Unix(l.entries[i].at, 0), true
}

// errNotTold is why a list says nothing of a certificate at a moment.
var errNotTold = errors.New("the list may have dropped a certificate that had expired")

// tells returns nil if l says what was revoked at a moment: the next list was
// not due yet, and c had not expired when l was made, after which authorities
// drop it. A list made after the moment is good: it names the day of each
// revocation.
func (l *list) tells(c *x509.Certificate, at time.Time) error {
	if !at.Before(l.until) {
		return fmt.Errorf("the next list was due %s", l.until.Format(time.RFC3339))
	}
	if l.from.After(c.NotAfter) {
		return errNotTold
	}
	return nil
}

func (l *list) String() string {
	return fmt.Sprintf("list %s of %s, sha256 %s", l.number, l.from.UTC().Format(time.RFC3339), l.sha256)
}
