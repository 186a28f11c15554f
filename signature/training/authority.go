// Package training is a certification authority for demonstrations and tests: a
// root, an authority under it that issues keys to made-up people, and lists of
// what it has revoked, a time stamp service and one of OCSP. Its certificates have
// Kazakhstan's profile, with ECDSA in place of the national algorithm, or with it.
//
// Its names carry [signature.TrainingMark], and a trust store refuses to hold it
// beside a real root. It keeps its private keys in plain files. Nothing it signs
// is worth anything, by design.
//
// Nothing in it reads a clock. Certificates and lists last for decades around the
// moment it was made for, so that scenarios of 2017 and of 2026 share one.
//
// Start at [New]; cms.NewTrust(authority.Trust()) believes it.
package training

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"
	"time"

	"ruqsat/signature"
)

// span is how many years before and after its making an authority is in force.
const span = 20

// A pair is a certificate with its private key.
type pair struct {
	certificate *x509.Certificate
	private     crypto.Signer
}

// An Authority issues and revokes certificates. It is safe for use by several
// goroutines.
type Authority struct {
	rand     io.Reader
	generate func(io.Reader) (crypto.Signer, error)
	root     pair
	issuing  pair

	mu      sync.Mutex
	revoked [2][]x509.RevocationListEntry // by the root and by the issuing authority
	lists   []*x509.RevocationList        // of the same two
	service map[x509.ExtKeyUsage]pair     // made when first needed
	never   map[string]bool               // serial numbers that OCSP is to know nothing of
}

// New makes an authority in force from twenty years before now to twenty years
// after. Serial numbers come from rand; keys come from the system's own source,
// whatever rand is.
func New(now time.Time, rand io.Reader) (*Authority, error) {
	return newAuthority(now, rand, generateECDSA)
}

// NewNational is New with keys of the national algorithm GOST 34.10-2015 of 512
// bits, which come from rand too.
func NewNational(now time.Time, rand io.Reader) (*Authority, error) {
	return newAuthority(now, rand, generateGOST)
}

func newAuthority(now time.Time, rand io.Reader, generate func(io.Reader) (crypto.Signer, error)) (*Authority, error) {
	a := &Authority{rand: rand, generate: generate}
	always := Validity{now.AddDate(-span, 0, 0), now.AddDate(span, 0, 0)}
	var err error
	if a.root, err = a.makeAuthority("training root", always, nil); err != nil {
		return nil, fmt.Errorf("training root: %w", err)
	}
	if a.issuing, err = a.makeAuthority("training authority", always, &a.root); err != nil {
		return nil, fmt.Errorf("training authority: %w", err)
	}
	if err := a.publish(); err != nil {
		return nil, err
	}
	return a, nil
}

// makeAuthority makes a certificate of an authority, by itself if parent is nil.
func (a *Authority) makeAuthority(name string, v Validity, parent *pair) (pair, error) {
	private, err := a.generate(a.rand)
	if err != nil {
		return pair{}, err
	}
	serial, err := a.serial()
	if err != nil {
		return pair{}, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: name, Organization: []string{signature.TrainingMark}, Country: []string{"KZ"}},
		NotBefore:             v.From,
		NotAfter:              v.Until,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	own := pair{private: private}
	by := parent
	if by == nil {
		by = &pair{template, private}
	}
	own.certificate, err = a.certify(template, private.Public(), *by)
	return own, err
}

// certify makes the certificate of a template for a public key.
func (a *Authority) certify(template *x509.Certificate, public crypto.PublicKey, by pair) (*x509.Certificate, error) {
	if info, err := publicInfo(public); err == nil && template.IsCA && template.SubjectKeyId == nil {
		sum := sha256.Sum256(info)
		template.SubjectKeyId = sum[:20]
	}
	der, err := a.compose(template, public, by)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// serial returns a positive number of up to 159 bits, which fits in the twenty
// octets of RFC 5280 ¶ 4.1.2.2.
func (a *Authority) serial() (*big.Int, error) {
	raw := make([]byte, 20)
	if _, err := io.ReadFull(a.rand, raw); err != nil {
		return nil, fmt.Errorf("serial number: %w", err)
	}
	raw[0] = raw[0]&0x7f | 0x40
	return new(big.Int).SetBytes(raw), nil
}

// Revoke puts a certificate on the list as revoked from a moment on, which may
// lie in the past or the future. A second revocation changes nothing.
func (a *Authority) Revoke(serial *big.Int, at time.Time) error { return a.revoke(1, serial, at) }

// RevokeIssuing lets the root revoke the issuing authority, and with it every
// key, from a moment on.
func (a *Authority) RevokeIssuing(at time.Time) error {
	return a.revoke(0, a.issuing.certificate.SerialNumber, at)
}

func (a *Authority) revoke(by int, serial *big.Int, at time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range a.revoked[by] {
		if r.SerialNumber.Cmp(serial) == 0 {
			return nil
		}
	}
	a.revoked[by] = append(a.revoked[by], x509.RevocationListEntry{SerialNumber: serial, RevocationTime: at})
	return a.publish()
}

// publish makes the lists anew. They carry the first moment of the authority and
// are due at its last, so that they are fresh whenever a scenario plays.
func (a *Authority) publish() error {
	lists, err := a.listsDue(a.issuing.certificate.NotAfter)
	if err == nil {
		a.lists = lists
	}
	return err
}

func (a *Authority) listsDue(due time.Time) ([]*x509.RevocationList, error) {
	var lists []*x509.RevocationList
	for i, by := range []pair{a.root, a.issuing} {
		template := &x509.RevocationList{
			Number:                    big.NewInt(int64(len(a.revoked[i]) + 1)),
			ThisUpdate:                by.certificate.NotBefore,
			NextUpdate:                due,
			RevokedCertificateEntries: a.revoked[i],
		}
		list, err := a.makeList(template, by)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

func (a *Authority) makeList(template *x509.RevocationList, by pair) (*x509.RevocationList, error) {
	der, err := a.composeList(template, by)
	if err != nil {
		return nil, fmt.Errorf("list of %s: %w", by.certificate.Subject.CommonName, err)
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return nil, fmt.Errorf("list of %s: %w", by.certificate.Subject.CommonName, err)
	}
	return list, nil
}

// Changes returns a list of changes of the issuing authority: what is revoked now,
// beside the whole list that some Trust before gave. It was made at a moment, and
// the next is due at another.
func (a *Authority) Changes(since *x509.RevocationList, made, due time.Time) (*x509.RevocationList, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	base, err := asn1.Marshal(since.Number)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	return a.makeList(&x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: made, NextUpdate: due, RevokedCertificateEntries: a.revoked[1],
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 27}, Critical: true, Value: base}},
	}, a.issuing)
}

// Trust returns the certificates and the lists of the authority, as cms.NewTrust
// takes them. A revocation after that is not in them.
func (a *Authority) Trust() ([]*x509.Certificate, []*x509.RevocationList) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.certificates(), a.lists
}

// TrustDue is Trust with lists whose next was due at a moment, for the scenario
// of an authority that has stopped publishing.
func (a *Authority) TrustDue(due time.Time) ([]*x509.Certificate, []*x509.RevocationList, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	lists, err := a.listsDue(due)
	return a.certificates(), lists, err
}

func (a *Authority) certificates() []*x509.Certificate {
	return []*x509.Certificate{a.root.certificate, a.issuing.certificate}
}

// Always is as long as the authority itself is in force.
func (a *Authority) Always() Validity {
	return Validity{a.issuing.certificate.NotBefore, a.issuing.certificate.NotAfter}
}

// errValidity is what a certificate without days comes to.
var errValidity = errors.New("the certificate ends before it begins")
