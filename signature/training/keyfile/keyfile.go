// Package keyfile opens key files (PKCS#12) as the National Certification Authority
// writes them, for emulators and tests: a program of the state never holds a
// person's key.
package keyfile

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // as the files have it
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
)

var errForm = errors.New("no key file of the form we know")

var tag0 = der.Tag(0).ContextSpecific().Constructed()

const (
	oidData        = "1.2.840.113549.1.7.1"
	oidEnciphered  = "1.2.840.113549.1.7.6"
	bagKey         = "1.2.840.113549.1.12.10.1.2"
	bagCertificate = "1.2.840.113549.1.12.10.1.3"
	maxFile        = 64 << 10
)

// curves are the national kinds of key by their identifier.
var curves = map[string]*gost.Curve{
	"1.2.398.3.10.1.1.2.2": gost.Curve512A,
	"1.2.398.3.10.1.1.2.1": gost.Curve256A,
	"1.2.398.3.10.1.1.1.1": gost.CurveCryptoProA,
}

// Open returns the private key of a file, and the DER of the certificates in it.
func Open(file []byte, password string) (crypto.Signer, [][]byte, error) {
	if len(file) > maxFile {
		return nil, nil, errForm
	}
	raw, err := toDER(file)
	if err != nil {
		return nil, nil, err
	}
	secret := wide(password)
	inside, err := authenticated(raw, secret)
	if err != nil {
		return nil, nil, err
	}
	o := opened{secret: secret}
	var all cryptobyte.String
	if raw, err = toDER(inside); err != nil {
		return nil, nil, err
	}
	s := cryptobyte.String(raw)
	if !s.ReadASN1(&all, der.SEQUENCE) {
		return nil, nil, errForm
	}
	for !all.Empty() {
		if err := o.readContent(&all); err != nil {
			return nil, nil, err
		}
	}
	if o.key == nil {
		return nil, nil, errors.New("no key in it")
	}
	return o.key, o.certificates, nil
}

// authenticated returns what is in a file, once its code fits the password.
func authenticated(raw, secret []byte) ([]byte, error) {
	var outer, info, explicit, mac, digest, id cryptobyte.String
	var version, iterations int
	var kind, algorithm string
	var content, sum, salt []byte
	s := cryptobyte.String(raw)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.ReadASN1Integer(&version) ||
		!outer.ReadASN1(&info, der.SEQUENCE) || !readOID(&info, &kind) || kind != oidData || !info.ReadASN1(&explicit, tag0) ||
		!explicit.ReadASN1Bytes(&content, der.OCTET_STRING) ||
		!outer.ReadASN1(&mac, der.SEQUENCE) || !mac.ReadASN1(&digest, der.SEQUENCE) || !digest.ReadASN1(&id, der.SEQUENCE) ||
		!readOID(&id, &algorithm) || algorithm != "1.3.14.3.2.26" || !digest.ReadASN1Bytes(&sum, der.OCTET_STRING) ||
		!mac.ReadASN1Bytes(&salt, der.OCTET_STRING) || !mac.ReadASN1Integer(&iterations) || iterations < 1 || iterations > maxIterations {
		return nil, errForm
	}
	h := hmac.New(sha1.New, derive(secret, salt, forMAC, iterations, sha1.Size))
	h.Write(content)
	if !hmac.Equal(h.Sum(nil), sum) {
		return nil, errors.New("a wrong password, or a broken file")
	}
	return content, nil
}

func readOID(s *cryptobyte.String, into *string) bool {
	var oid asn1.ObjectIdentifier
	ok := s.ReadASN1ObjectIdentifier(&oid)
	*into = oid.String()
	return ok
}

type opened struct {
	secret       []byte
	key          crypto.Signer
	certificates [][]byte
}

// readContent reads bags, enciphered together or not.
func (o *opened) readContent(all *cryptobyte.String) error {
	var info, explicit, enciphered, inner, bags, bag cryptobyte.String
	var kind, innerKind string
	var version int
	if !all.ReadASN1(&info, der.SEQUENCE) || !readOID(&info, &kind) || !info.ReadASN1(&explicit, tag0) {
		return errForm
	}
	var data []byte
	var err error
	switch kind {
	case oidData:
		if !explicit.ReadASN1Bytes(&data, der.OCTET_STRING) {
			return errForm
		}
	case oidEnciphered:
		if !explicit.ReadASN1(&enciphered, der.SEQUENCE) || !enciphered.ReadASN1Integer(&version) ||
			!enciphered.ReadASN1(&inner, der.SEQUENCE) || !readOID(&inner, &innerKind) {
			return errForm
		}
		if data, err = o.readEnciphered(inner); err != nil {
			return err
		}
	default:
		return fmt.Errorf("content of the type %s", kind)
	}
	if data, err = toDER(data); err != nil {
		return err
	}
	s := cryptobyte.String(data)
	if !s.ReadASN1(&bags, der.SEQUENCE) {
		return errForm
	}
	for !bags.Empty() {
		if !bags.ReadASN1(&bag, der.SEQUENCE) {
			return errForm
		}
		if err := o.readBag(bag); err != nil {
			return err
		}
	}
	return nil
}

// readEnciphered reads algorithm and data, which may be in pieces.
func (o *opened) readEnciphered(s cryptobyte.String) ([]byte, error) {
	var id, data cryptobyte.String
	var tag der.Tag
	if !s.ReadASN1Element(&id, der.SEQUENCE) || !s.ReadAnyASN1(&data, &tag) {
		return nil, errForm
	}
	whole := []byte(data)
	if tag == tag0 {
		var err error
		if whole, err = join(data); err != nil {
			return nil, err
		}
	}
	return decipher(&id, o.secret, whole)
}

func (o *opened) readBag(bag cryptobyte.String) error {
	var kind, certificateKind string
	var value, inner, explicit cryptobyte.String
	var data []byte
	if !readOID(&bag, &kind) || !bag.ReadASN1(&value, tag0) || !value.ReadASN1(&inner, der.SEQUENCE) {
		return errForm
	}
	switch kind {
	case bagCertificate:
		if !readOID(&inner, &certificateKind) || !inner.ReadASN1(&explicit, tag0) || !explicit.ReadASN1Bytes(&data, der.OCTET_STRING) {
			return errForm
		}
		o.certificates = append(o.certificates, bytes.Clone(data))
	case bagKey:
		var id cryptobyte.String
		if !inner.ReadASN1Element(&id, der.SEQUENCE) || !inner.ReadASN1Bytes(&data, der.OCTET_STRING) {
			return errForm
		}
		raw, err := decipher(&id, o.secret, data)
		if err != nil {
			return err
		}
		o.key, err = parsePrivate(raw)
		return err
	}
	return nil
}

// parsePrivate reads a private key, a national one as its number: little-endian in
// an octet string, or an integer.
func parsePrivate(raw []byte) (crypto.Signer, error) {
	var outer, id, octets cryptobyte.String
	var version int
	var oid string
	var number []byte
	s := cryptobyte.String(raw)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.ReadASN1Integer(&version) || !outer.ReadASN1(&id, der.SEQUENCE) || !readOID(&id, &oid) {
		return nil, errForm
	}
	if curve := curves[oid]; curve != nil {
		if !outer.ReadASN1(&octets, der.OCTET_STRING) {
			return nil, errForm
		}
		if n := new(big.Int); octets.PeekASN1Tag(der.INTEGER) { // files of 2018
			if !octets.ReadASN1Integer(n) || n.Sign() < 0 || n.BitLen() > 8*curve.Size() {
				return nil, errForm
			}
			number = n.FillBytes(make([]byte, curve.Size()))
			slices.Reverse(number)
		} else if !octets.ReadASN1Bytes(&number, der.OCTET_STRING) {
			return nil, errForm
		}
		return gosttest.ParsePrivateKey(curve, number)
	}
	key, err := x509.ParsePKCS8PrivateKey(raw)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a %T cannot sign", key)
	}
	return signer, nil
}
