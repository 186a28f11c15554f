package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
)

// A Certificate is a certificate with a key of any algorithm we know.
type Certificate struct {
	*x509.Certificate
	Key Key

	signed signed
}

// ParseCertificate reads a certificate in strict DER.
func ParseCertificate(in []byte) (*Certificate, error) {
	c, err := x509.ParseCertificate(in)
	if err != nil {
		return nil, err
	}
	return certificateOf(c)
}

func certificateOf(c *x509.Certificate) (*Certificate, error) {
	x, err := readSigned(c.Raw)
	if err != nil {
		return nil, err
	}
	if !x.rest.Empty() {
		return nil, errForm
	}
	key, err := keyOf(c)
	if err != nil {
		return nil, err
	}
	return &Certificate{c, key, x}, nil
}

// SameAs reports whether the two are the same, byte for byte.
func (c *Certificate) SameAs(other *Certificate) bool { return bytes.Equal(c.Raw, other.Raw) }

var oidNameConstraints = asn1.ObjectIdentifier{2, 5, 29, 30}

// errNotIssuer is why a certificate is not by an authority: another name, or a
// signature that does not fit.
var errNotIssuer = errors.New("not issued by this authority")

// issuedBy returns nil if the authority made c.
func (c *Certificate) issuedBy(authority *Certificate) error {
	if !bytes.Equal(c.RawIssuer, authority.RawSubject) {
		return fmt.Errorf("%w: its issuer is %s", errNotIssuer, nameOf(c.Issuer))
	}
	if len(c.AuthorityKeyId) > 0 && len(authority.SubjectKeyId) > 0 && !bytes.Equal(c.AuthorityKeyId, authority.SubjectKeyId) {
		return fmt.Errorf("%w: its issuer has another key", errNotIssuer)
	}
	if err := c.signed.check(authority.Key); err != nil {
		return fmt.Errorf("%w: %w", errNotIssuer, err)
	}
	return nil
}

// authorityBy returns nil if c is an authority's certificate made by parent. Its
// days are looked at with those of each signature. An authority that is bound to
// certain names is none for us: we would have to know all kinds of names.
func (c *Certificate) authorityBy(parent *Certificate) error {
	switch {
	case !c.BasicConstraintsValid || !c.IsCA || c.KeyUsage&x509.KeyUsageCertSign == 0:
		return errors.New("it is not of an authority")
	case !c.Key.Allowed:
		return fmt.Errorf("its key, %s, is not allowed", c.Key.Name)
	case len(c.UnhandledCriticalExtensions) > 0:
		return fmt.Errorf("critical extension %s", c.UnhandledCriticalExtensions[0])
	case c.hasExtension(oidNameConstraints):
		return errors.New("it is bound to certain names")
	case c != parent && parent.MaxPathLenZero:
		return errors.New("its root may issue no authority")
	}
	return c.issuedBy(parent)
}

func (c *Certificate) hasExtension(oid asn1.ObjectIdentifier) bool {
	for _, e := range c.Extensions {
		if e.Id.Equal(oid) {
			return true
		}
	}
	return false
}

// only reports whether the one extended usage of c is the one named, and c is no
// authority: what an authority's own services have.
func (c *Certificate) only(usage x509.ExtKeyUsage) bool {
	return !c.IsCA && len(c.UnknownExtKeyUsage) == 0 && slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{usage})
}
