package pki

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/gost"
)

// A Key is the public key of a certificate.
type Key struct {
	Public  any    // *rsa.PublicKey, *ecdsa.PublicKey, *gost.PublicKey, or nil
	Name    string // like "RSA-2048"
	Allowed bool   // we take signatures made with it
	kind    kind
}

// RSA keys in bits: shorter ones are weak, longer ones cost the server more than
// any real signer's.
const (
	minRSA = 2048
	maxRSA = 8192
)

// nationalKeys are the national kinds of key by their identifier, with the
// identifier of the curve, and of the digests that may stand beside it.
var nationalKeys = map[string]struct {
	kind    kind
	curve   *gost.Curve
	set     string
	digests []string
}{
	"1.2.398.3.10.1.1.2.2":   {kindGOST512, gost.Curve512A, "1.2.398.3.10.1.1.2.2.1", []string{"1.2.398.3.10.1.3.3"}},
	"1.2.398.3.10.1.1.2.1":   {kindGOST256, gost.Curve256A, "1.2.398.3.10.1.1.2.1.1", []string{"1.2.398.3.10.1.3.2"}},
	"1.2.398.3.10.1.1.1.1":   {kindGOST2004, gost.CurveCryptoProA, "1.2.398.3.10.1.1.1.1.1", []string{"1.2.398.3.10.1.3.1", "1.2.398.3.10.1.3.1.1.0"}},
	"1.3.6.1.4.1.6801.1.2.2": {kindGOST2004, gost.CurveCryptoProA, "1.2.398.3.10.1.1.1.1.1", []string{"1.2.398.3.10.1.3.1", "1.2.398.3.10.1.3.1.1.0"}},
}

// keyOf returns the key of a certificate. A key of an algorithm we do not know is
// no error: it is not allowed, and says its name.
func keyOf(c *x509.Certificate) (Key, error) {
	switch public := c.PublicKey.(type) {
	case *rsa.PublicKey:
		bits := public.N.BitLen()
		return Key{public, fmt.Sprintf("RSA-%d", bits), bits >= minRSA && bits <= maxRSA, kindRSA}, nil
	case *ecdsa.PublicKey:
		p := public.Curve.Params()
		return Key{public, "ECDSA " + p.Name, p.BitSize >= 256, kindECDSA}, nil
	case nil:
		return ParseKey(c.RawSubjectPublicKeyInfo)
	}
	return Key{Name: fmt.Sprintf("%T", c.PublicKey)}, nil
}

// ParseKey reads a SubjectPublicKeyInfo of a national algorithm: the parameters
// name curve and digest, and the bit string holds an octet string with the point.
func ParseKey(info []byte) (Key, error) {
	var outer, id, parameters, bits cryptobyte.String
	var algorithm, set, digest asn1.ObjectIdentifier
	var point []byte
	s := cryptobyte.String(info)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !s.Empty() || !outer.ReadASN1(&id, der.SEQUENCE) ||
		!id.ReadASN1ObjectIdentifier(&algorithm) {
		return Key{}, errForm
	}
	national, known := nationalKeys[algorithm.String()]
	if !known {
		return Key{Name: algorithm.String()}, nil
	}
	if !id.ReadASN1(&parameters, der.SEQUENCE) || !id.Empty() || !parameters.ReadASN1ObjectIdentifier(&set) {
		return Key{}, errors.New("national key without its curve")
	}
	if !parameters.Empty() && (!parameters.ReadASN1ObjectIdentifier(&digest) || !parameters.Empty()) {
		return Key{}, errors.New("national key with parameters of another form")
	}
	if set.String() != national.set || digest != nil && !contains(national.digests, digest.String()) {
		return Key{}, fmt.Errorf("national key on the curve %s with the digest %s", set, digest)
	}
	var raw []byte
	if !outer.ReadASN1BitStringAsBytes(&raw) || !outer.Empty() {
		return Key{}, errForm
	}
	bits = raw
	if !bits.ReadASN1Bytes(&point, der.OCTET_STRING) || !bits.Empty() {
		return Key{}, errors.New("national key whose point is no octet string")
	}
	public, err := gost.ParsePublicKey(national.curve, point)
	if err != nil {
		return Key{}, err
	}
	return Key{public, string(national.kind), true, national.kind}, nil
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// precompute makes a key that signs much quick to verify with.
func (k Key) precompute() {
	if public, ok := k.Public.(*gost.PublicKey); ok {
		public.Precompute()
	}
}
