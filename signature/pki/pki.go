// Package pki reads certificates, lists of revoked certificates and answers of
// OCSP as Kazakhstan's certification authorities make them, knows which
// authorities are believed, and judges a signer's certificate by a moment.
//
// Fields of certificates are read by crypto/x509, which is strict. It knows no
// national algorithm, so keys and signatures are read and checked here, by one
// table for all algorithms: [DigestOf], [SchemeOf]. Lists and answers have a
// reader of our own.
//
// It does no input or output but for [LoadTrust], which reads a folder; no address
// in a certificate is ever followed. Whoever examines a signature, be it CMS or
// XML, ends with a [Judgement] of its certificate.
package pki

import (
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Rules is the edition of the rules of this package. Change it with any change of
// what is found valid.
const Rules = "pki 2"

// Sum returns the SHA-256 of b, hexadecimal.
func Sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

var (
	tag0 = der.Tag(0).ContextSpecific().Constructed()
	tag1 = der.Tag(1).ContextSpecific().Constructed()
	tag2 = der.Tag(2).ContextSpecific().Constructed()
)

// errForm is what any wrong byte of an outer form comes to.
var errForm = errors.New("not of its form in strict DER")

// ReadAlgorithm reads an AlgorithmIdentifier with no parameters, or the NULL that
// many write. An algorithm with others, such as RSA-PSS, is none of ours.
func ReadAlgorithm(s *cryptobyte.String) (asn1.ObjectIdentifier, error) {
	var id, null cryptobyte.String
	var oid asn1.ObjectIdentifier
	var present bool
	if !s.ReadASN1(&id, der.SEQUENCE) || !id.ReadASN1ObjectIdentifier(&oid) {
		return nil, errForm
	}
	if !id.ReadOptionalASN1(&null, &present, der.NULL) || !null.Empty() || !id.Empty() {
		return nil, fmt.Errorf("algorithm %s with parameters", oid)
	}
	return oid, nil
}

// A signed is what certificates, lists and answers have in common: a part that is
// signed, with which algorithm, and the signature.
type signed struct {
	part      []byte
	algorithm asn1.ObjectIdentifier
	signature []byte
	rest      cryptobyte.String // what stands after the signature
}

func readSigned(in []byte) (signed, error) {
	var x signed
	var outer, part cryptobyte.String
	s := cryptobyte.String(in)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !s.Empty() || !outer.ReadASN1Element(&part, der.SEQUENCE) {
		return x, errForm
	}
	var err error
	if x.algorithm, err = ReadAlgorithm(&outer); err != nil {
		return x, err
	}
	if !outer.ReadASN1BitStringAsBytes(&x.signature) {
		return x, errForm
	}
	x.part, x.rest = part, outer
	return x, nil
}

// check reports whether issuer's key made the signature.
func (x signed) check(key Key) error {
	scheme := SchemeOf(x.algorithm, nil)
	if scheme == nil {
		return fmt.Errorf("algorithm %s is not allowed", x.algorithm)
	}
	return scheme.Check(key, x.part, x.signature)
}
