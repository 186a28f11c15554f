package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // names certificates in old stamps and answers, and signs nothing
	"crypto/sha256"
	"crypto/sha512"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"
	"strings"

	"ruqsat/signature/gost"
)

// A Digest is a digest algorithm.
type Digest struct {
	Name string
	New  func() hash.Hash
	hash crypto.Hash // zero for the national ones
	weak bool        // may name a certificate that a signature pins otherwise; is never signed
}

// The identifiers of digests we name ourselves.
const (
	oidSHA1 = "1.3.14.3.2.26"
	// SHA256 is the digest that RFC 5035 takes where none is named.
	SHA256 = "2.16.840.1.101.3.4.2.1"
)

var digests = map[string]*Digest{
	oidSHA1:                  {Name: "SHA-1", New: sha1.New, hash: crypto.SHA1, weak: true},
	SHA256:                   {Name: "SHA-256", New: sha256.New, hash: crypto.SHA256},
	"2.16.840.1.101.3.4.2.2": {Name: "SHA-384", New: sha512.New384, hash: crypto.SHA384},
	"2.16.840.1.101.3.4.2.3": {Name: "SHA-512", New: sha512.New, hash: crypto.SHA512},
	"1.2.398.3.10.1.3.1":     {Name: "GOST 34.311-95", New: gost.New34311},
	"1.2.398.3.10.1.3.2":     {Name: "Streebog-256", New: gost.New256},
	"1.2.398.3.10.1.3.3":     {Name: "Streebog-512", New: gost.New512},
}

// DigestOf returns the digest of an identifier that may stand under a signature,
// or nil.
func DigestOf(oid asn1.ObjectIdentifier) *Digest {
	if d := digests[oid.String()]; d != nil && !d.weak {
		return d
	}
	return nil
}

// NamingDigest is DigestOf, and SHA-1 too: old time stamps name their certificate
// by it, and OCSP names the one asked about.
func NamingDigest(oid asn1.ObjectIdentifier) *Digest { return digests[oid.String()] }

// Sum returns the digest of data.
func (d *Digest) Sum(data []byte) []byte {
	h := d.New()
	h.Write(data)
	return h.Sum(nil)
}

func (d *Digest) String() string { return d.Name }

// A kind is a kind of key; a signature is of the kind of its key.
type kind string

const (
	kindRSA      kind = "RSA"
	kindECDSA    kind = "ECDSA"
	kindGOST512  kind = "GOST 34.10-2015-512"
	kindGOST256  kind = "GOST 34.10-2015-256"
	kindGOST2004 kind = "GOST 34.310-2004"
)

// schemes are the signature algorithms we allow: of which kind of key, and with
// which digest. Without a digest it is the identifier of a key, and the digest
// beside it is meant: Kazakhstan's own programs write that for RSA and for the
// national algorithm of 2004. Those of a curve go with one digest alone.
var schemes = map[string]struct {
	kind   kind
	digest string
}{
	"1.2.840.113549.1.1.1":   {kindRSA, ""},
	"1.2.840.113549.1.1.11":  {kindRSA, SHA256},
	"1.2.840.113549.1.1.12":  {kindRSA, "2.16.840.1.101.3.4.2.2"},
	"1.2.840.113549.1.1.13":  {kindRSA, "2.16.840.1.101.3.4.2.3"},
	"1.2.840.10045.2.1":      {kindECDSA, ""},
	"1.2.840.10045.4.3.2":    {kindECDSA, SHA256},
	"1.2.840.10045.4.3.3":    {kindECDSA, "2.16.840.1.101.3.4.2.2"},
	"1.2.840.10045.4.3.4":    {kindECDSA, "2.16.840.1.101.3.4.2.3"},
	"1.2.398.3.10.1.1.2.3.2": {kindGOST512, "1.2.398.3.10.1.3.3"},
	"1.2.398.3.10.1.1.2.2":   {kindGOST512, "1.2.398.3.10.1.3.3"},
	"1.2.398.3.10.1.1.2.3.1": {kindGOST256, "1.2.398.3.10.1.3.2"},
	"1.2.398.3.10.1.1.2.1":   {kindGOST256, "1.2.398.3.10.1.3.2"},
	"1.2.398.3.10.1.1.1.2":   {kindGOST2004, "1.2.398.3.10.1.3.1"},
	"1.2.398.3.10.1.1.1.1":   {kindGOST2004, "1.2.398.3.10.1.3.1"},
	"1.3.6.1.4.1.6801.1.2.2": {kindGOST2004, "1.2.398.3.10.1.3.1"},
}

// National reports whether an identifier stands under Kazakhstan's arc of
// cryptography.
func National(oid asn1.ObjectIdentifier) bool {
	return strings.HasPrefix(oid.String(), "1.2.398.3.10.")
}

// A Scheme is a signature algorithm with its digest.
type Scheme struct {
	kind   kind
	Digest *Digest
}

// SchemeOf returns the scheme of an identifier in a signature and the digest
// beside it, nil where none stands there. It returns nil for what we do not allow,
// and where the two do not go together.
func SchemeOf(algorithm, digest asn1.ObjectIdentifier) *Scheme {
	s, known := schemes[algorithm.String()]
	if !known || digest != nil && s.digest != "" && s.digest != digest.String() {
		return nil
	}
	if s.digest == "" {
		s.digest = digest.String()
	}
	d := digests[s.digest]
	if d == nil || d.weak || (d.hash == 0) != (s.kind != kindRSA && s.kind != kindECDSA) {
		return nil
	}
	return &Scheme{s.kind, d}
}

var (
	errKind = errors.New("the algorithm is not that of the key")
	errFit  = errors.New("the signature does not fit the key")
)

// Check returns nil if key made sig over message.
func (s *Scheme) Check(key Key, message, sig []byte) error {
	switch {
	case s.kind != key.kind:
		return fmt.Errorf("%w: %s, %s", errKind, s.kind, key.Name)
	case !key.Allowed:
		return fmt.Errorf("the key, %s, is not allowed", key.Name)
	}
	digest, fits := s.Digest.Sum(message), false
	switch public := key.Public.(type) {
	case *rsa.PublicKey:
		fits = rsa.VerifyPKCS1v15(public, s.Digest.hash, digest, sig) == nil
	case *ecdsa.PublicKey:
		fits = ecdsa.VerifyASN1(public, digest, sig)
	case *gost.PublicKey:
		fits = public.Verify(digest, sig)
	}
	if !fits {
		return errFit
	}
	return nil
}
