package training

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Validity is how long a certificate is in force, both ends within, to the
// second.
type Validity struct{ From, Until time.Time }

// A Purpose is what a key is for. The zero Purpose is signing documents.
type Purpose int

// The purposes.
const (
	Signing        Purpose = iota
	Authentication         // signing in, which a document must not be signed with
)

// A Person is who a certificate is issued to. Numbers are twelve digits each.
type Person struct {
	Name         string // surname and given name, as the certificate has them together
	Patronymic   string
	IIN          string // empty: an information system's certificate
	BIN          string // empty: a person's own key
	Organisation string
	Head         bool // first head of the organisation
	For          Purpose
}

// Identifiers of Kazakhstan's certificate profile: names, and roles in a firm.
var (
	oidSurname    = asn1.ObjectIdentifier{2, 5, 4, 4}
	oidGivenName  = asn1.ObjectIdentifier{2, 5, 4, 42}
	oidIndividual = asn1.ObjectIdentifier{1, 2, 398, 3, 3, 4, 1, 1}
	oidFirm       = asn1.ObjectIdentifier{1, 2, 398, 3, 3, 4, 1, 2}
	oidHead       = asn1.ObjectIdentifier{1, 2, 398, 3, 3, 4, 1, 2, 1}
	oidEmployee   = asn1.ObjectIdentifier{1, 2, 398, 3, 3, 4, 1, 2, 5}
)

// A Key is a certificate with the private key it was issued for.
type Key struct {
	Certificate *x509.Certificate
	private     crypto.Signer
	rand        io.Reader
}

// KeyOf returns a key whose certificate another authority issued, such as one of
// the national test centre.
func KeyOf(certificate *x509.Certificate, private crypto.Signer, rand io.Reader) Key {
	return Key{certificate, private, rand}
}

// Issue makes a new key of the authority's algorithm and its certificate.
func (a *Authority) Issue(p Person, v Validity) (Key, error) {
	private, err := a.generate(a.rand)
	if err != nil {
		return Key{}, fmt.Errorf("key of %s: %w", p.Name, err)
	}
	return a.IssueFor(private, p, v)
}

// IssueFor makes the certificate of a private key, ECDSA, RSA or GOST.
func (a *Authority) IssueFor(private crypto.Signer, p Person, v Validity) (Key, error) {
	if v.Until.Before(v.From) {
		return Key{}, fmt.Errorf("certificate of %s: %w", p.Name, errValidity)
	}
	serial, err := a.serial()
	if err != nil {
		return Key{}, fmt.Errorf("certificate of %s: %w", p.Name, err)
	}
	template := &x509.Certificate{
		SerialNumber:       serial,
		Subject:            p.subject(),
		NotBefore:          v.From,
		NotAfter:           v.Until,
		KeyUsage:           x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		ExtKeyUsage:        []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
		UnknownExtKeyUsage: p.roles(),
	}
	if p.For == Authentication {
		template.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	}
	certificate, err := a.certify(template, private.Public(), a.issuing)
	if err != nil {
		return Key{}, fmt.Errorf("certificate of %s: %w", p.Name, err)
	}
	return Key{certificate, private, a.rand}, nil
}

// subject names a person as Kazakhstan's certificates do: the given name holds
// the patronymic.
func (p Person) subject() pkix.Name {
	n := pkix.Name{CommonName: p.Name, Country: []string{"KZ"}}
	if p.IIN != "" {
		n.SerialNumber = "IIN" + p.IIN
	}
	if p.Organisation != "" {
		n.Organization = []string{p.Organisation}
	}
	if p.BIN != "" {
		n.OrganizationalUnit = []string{"BIN" + p.BIN}
	}
	n.ExtraNames = append(n.ExtraNames, pkix.AttributeTypeAndValue{Type: oidSurname, Value: surname(p.Name)})
	if p.Patronymic != "" {
		n.ExtraNames = append(n.ExtraNames, pkix.AttributeTypeAndValue{Type: oidGivenName, Value: p.Patronymic})
	}
	return n
}

func surname(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

func (p Person) roles() []asn1.ObjectIdentifier {
	switch {
	case p.BIN == "":
		return []asn1.ObjectIdentifier{oidIndividual}
	case p.Head:
		return []asn1.ObjectIdentifier{oidFirm, oidHead}
	}
	return []asn1.ObjectIdentifier{oidFirm, oidEmployee}
}

// IssueExpired makes a key whose certificate was good for the year that ended a
// day before at.
func (a *Authority) IssueExpired(p Person, at time.Time) (Key, error) {
	until := at.AddDate(0, 0, -1)
	return a.Issue(p, Validity{until.AddDate(-1, 0, 0), until})
}

// IssueRevoked makes a key good for ever but revoked a day before at.
func (a *Authority) IssueRevoked(p Person, at time.Time) (Key, error) {
	key, err := a.Issue(p, a.Always())
	if err != nil {
		return Key{}, err
	}
	return key, a.Revoke(key.Certificate.SerialNumber, at.AddDate(0, 0, -1))
}

// IssueForeign makes a key of an authority that only looks like a, and is not in
// its trust.
func (a *Authority) IssueForeign(p Person) (Key, error) {
	other, err := newAuthority(a.root.certificate.NotBefore.AddDate(span, 0, 0), a.rand, a.generate)
	if err != nil {
		return Key{}, err
	}
	return other.Issue(p, other.Always())
}
