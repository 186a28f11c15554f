package pki

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // RFC 6960 names a responder by it
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

const (
	maxResponse = 64 << 10 // bytes; one has some two thousand
	maxAnswers  = 16
)

var (
	oidBasic       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	oidNonce       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2}
	tagKnownGood   = der.Tag(0).ContextSpecific()
	tagRevoked     = der.Tag(1).ContextSpecific().Constructed()
	tagNotKnown    = der.Tag(2).ContextSpecific()
	errTryLater    = errors.New("the service did not answer the question")
	errNotOf       = errors.New("the answer is about another certificate")
	errNoResponder = errors.New("who signed the answer is not in it")
)

// A Response is the answer of an OCSP service (RFC 6960), whose signature is
// checked when it is used.
type Response struct {
	Raw      []byte
	Produced time.Time
	Nonce    []byte // the value of the extension; nil where none was echoed

	byName, byKey []byte // who signed it: one of the two
	answers       []answer
	certificates  []*Certificate
	signed        signed
}

type answer struct {
	digest    *Digest
	name, key []byte // digests of the issuer's name and key
	serial    *big.Int
	known     bool // good or revoked
	since     time.Time
	revoked   bool
	reason    reason
	from      time.Time
	until     time.Time // zero if it does not say
}

// ParseResponse reads an answer in strict DER. One that says the service could not
// answer is an error.
func ParseResponse(in []byte) (*Response, error) {
	if len(in) > maxResponse {
		return nil, fmt.Errorf("an answer of %d bytes", len(in))
	}
	var outer, explicit, bytesOf cryptobyte.String
	var body cryptobyte.String
	var status int
	var kind asn1.ObjectIdentifier
	s := cryptobyte.String(in)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !s.Empty() || !outer.ReadASN1Enum(&status) {
		return nil, errForm
	}
	if status != 0 {
		return nil, fmt.Errorf("%w: status %d", errTryLater, status)
	}
	if !outer.ReadASN1(&explicit, tag0) || !outer.Empty() || !explicit.ReadASN1(&bytesOf, der.SEQUENCE) || !explicit.Empty() ||
		!bytesOf.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidBasic) ||
		!bytesOf.ReadASN1(&body, der.OCTET_STRING) || !bytesOf.Empty() {
		return nil, errForm
	}
	x, err := readSigned(body)
	if err != nil {
		return nil, err
	}
	r := &Response{Raw: in, signed: x}
	if err := r.readCertificates(x.rest); err != nil {
		return nil, err
	}
	return r, r.readData(x.part)
}

func (r *Response) readCertificates(s cryptobyte.String) error {
	var explicit, all cryptobyte.String
	var present bool
	if !s.ReadOptionalASN1(&explicit, &present, tag0) || !s.Empty() {
		return errForm
	}
	if !present {
		return nil
	}
	if !explicit.ReadASN1(&all, der.SEQUENCE) || !explicit.Empty() {
		return errForm
	}
	for !all.Empty() {
		var one cryptobyte.String
		if !all.ReadASN1Element(&one, der.SEQUENCE) || len(r.certificates) == maxAnswers {
			return errForm
		}
		c, err := ParseCertificate(one)
		if err != nil {
			return err
		}
		r.certificates = append(r.certificates, c)
	}
	return nil
}

func (r *Response) readData(part []byte) error {
	var s, who, all, extensions cryptobyte.String
	var present bool
	in := cryptobyte.String(part)
	if !in.ReadASN1(&s, der.SEQUENCE) || s.PeekASN1Tag(tag0) { // version 1 is not written
		return errForm
	}
	switch {
	case s.PeekASN1Tag(tag1):
		var name cryptobyte.String
		if !s.ReadASN1(&who, tag1) || !who.ReadASN1Element(&name, der.SEQUENCE) || !who.Empty() {
			return errForm
		}
		r.byName = name
	case !s.ReadASN1(&who, tag2) || !who.ReadASN1Bytes(&r.byKey, der.OCTET_STRING) || !who.Empty():
		return errForm
	}
	if !s.ReadASN1GeneralizedTime(&r.Produced) || !s.ReadASN1(&all, der.SEQUENCE) {
		return errForm
	}
	for !all.Empty() {
		a, err := readAnswer(&all)
		if err != nil || len(r.answers) == maxAnswers {
			return errors.Join(errForm, err)
		}
		r.answers = append(r.answers, a)
	}
	if !s.ReadOptionalASN1(&extensions, &present, tag1) || !s.Empty() {
		return errForm
	}
	if !present {
		return nil
	}
	return readExtensions(&extensions, func(oid asn1.ObjectIdentifier, critical bool, value cryptobyte.String) error {
		switch {
		case oid.Equal(oidNonce):
			r.Nonce = value
		case critical:
			return fmt.Errorf("critical extension %s", oid)
		}
		return nil
	})
}

func readAnswer(all *cryptobyte.String) (a answer, err error) {
	var one, id, explicit, extensions cryptobyte.String
	var present bool
	a.serial = new(big.Int)
	if !all.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1(&id, der.SEQUENCE) {
		return a, errForm
	}
	oid, err := ReadAlgorithm(&id)
	if err != nil {
		return a, err
	}
	if a.digest = NamingDigest(oid); a.digest == nil {
		return a, fmt.Errorf("digest %s", oid)
	}
	if !id.ReadASN1Bytes(&a.name, der.OCTET_STRING) || !id.ReadASN1Bytes(&a.key, der.OCTET_STRING) ||
		!id.ReadASN1Integer(a.serial) || !id.Empty() || !a.readStatus(&one) || !one.ReadASN1GeneralizedTime(&a.from) {
		return a, errForm
	}
	if !one.ReadOptionalASN1(&explicit, &present, tag0) || present && (!explicit.ReadASN1GeneralizedTime(&a.until) || !explicit.Empty()) {
		return a, errForm
	}
	if !one.ReadOptionalASN1(&extensions, &present, tag1) || !one.Empty() {
		return a, errForm
	}
	if !present {
		return a, nil
	}
	return a, readExtensions(&extensions, func(oid asn1.ObjectIdentifier, critical bool, _ cryptobyte.String) error {
		if critical {
			return fmt.Errorf("critical extension %s", oid)
		}
		return nil
	})
}

func (a *answer) readStatus(s *cryptobyte.String) bool {
	var status, explicit cryptobyte.String
	var present bool
	switch {
	case s.PeekASN1Tag(tagKnownGood):
		a.known = true
		return s.ReadASN1(&status, tagKnownGood) && status.Empty()
	case s.PeekASN1Tag(tagNotKnown):
		return s.ReadASN1(&status, tagNotKnown) && status.Empty()
	}
	a.known, a.revoked = true, true
	if !s.ReadASN1(&status, tagRevoked) || !status.ReadASN1GeneralizedTime(&a.since) ||
		!status.ReadOptionalASN1(&explicit, &present, tag0) || !status.Empty() {
		return false
	}
	var n int
	if present && (!explicit.ReadASN1Enum(&n) || !explicit.Empty() || n < 0 || n > 10) {
		return false
	}
	a.reason = reason(n)
	return true
}

// about returns what a response says of a certificate, once it is seen that a
// service of the issuer, or the issuer, signed it.
func (r *Response) about(c, issuer *Certificate, t *Trust) (answer, error) {
	by, err := r.signer(issuer, t)
	if err != nil {
		return answer{}, err
	}
	if err := r.signed.check(by.Key); err != nil {
		return answer{}, err
	}
	_, key, err := publicKeyBits(issuer.RawSubjectPublicKeyInfo)
	if err != nil {
		return answer{}, err
	}
	for _, a := range r.answers {
		if a.serial.Cmp(c.SerialNumber) == 0 && bytes.Equal(a.name, a.digest.Sum(issuer.RawSubject)) && bytes.Equal(a.key, a.digest.Sum(key)) {
			return a, nil
		}
	}
	return answer{}, errNotOf
}

// signer returns the certificate a response was signed with.
func (r *Response) signer(issuer *Certificate, t *Trust) (*Certificate, error) {
	if r.names(issuer) {
		return issuer, nil
	}
	for _, c := range r.certificates {
		if r.names(c) {
			return t.answering(c, issuer, r.Produced)
		}
	}
	return nil, errNoResponder
}

func (r *Response) names(c *Certificate) bool {
	if r.byName != nil {
		return bytes.Equal(r.byName, c.RawSubject)
	}
	_, key, err := publicKeyBits(c.RawSubjectPublicKeyInfo)
	sum := sha1.Sum(key) //nolint:gosec // as RFC 6960 ¶ 4.2.1 wants it
	return err == nil && bytes.Equal(r.byKey, sum[:])
}

// publicKeyBits returns the algorithm of a key and the content of its bit string,
// which identifiers of keys are digests of.
func publicKeyBits(info []byte) (algorithm, bits []byte, err error) {
	var outer, id cryptobyte.String
	s := cryptobyte.String(info)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.ReadASN1Element(&id, der.SEQUENCE) || !outer.ReadASN1BitStringAsBytes(&bits) {
		return nil, nil, errForm
	}
	return id, bits, nil
}

// neverIssued reports whether the answer is the one RFC 6960 ¶ 2.2 gives for a
// serial number the authority never used: on hold since 1970.
func (a answer) neverIssued() bool {
	return a.revoked && a.reason == held && a.since.Unix() == 0
}

func (a answer) String() string {
	switch {
	case !a.known:
		return "not known to the service"
	case a.neverIssued():
		return "never issued"
	case a.revoked:
		return "revoked " + a.since.UTC().Format(time.RFC3339)
	}
	return "good " + a.from.UTC().Format(time.RFC3339)
}

// Question returns the request of OCSP about a certificate, with a nonce of 8 to
// 32 bytes that makes the answer ours.
func Question(c, issuer *Certificate, nonce []byte) ([]byte, error) {
	_, key, err := publicKeyBits(issuer.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, err
	}
	digest := digests[SHA256]
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // OCSPRequest
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // TBSRequest
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // requestList
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // Request
					b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // CertID
						b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
							b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1})
							b.AddASN1NULL()
						})
						b.AddASN1OctetString(digest.Sum(issuer.RawSubject))
						b.AddASN1OctetString(digest.Sum(key))
						b.AddASN1BigInt(c.SerialNumber)
					})
				})
			})
			b.AddASN1(tag2, func(b *cryptobyte.Builder) { // requestExtensions
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
						b.AddASN1ObjectIdentifier(oidNonce)
						b.AddASN1(der.OCTET_STRING, func(b *cryptobyte.Builder) { b.AddASN1OctetString(nonce) })
					})
				})
			})
		})
	})
	return b.Bytes()
}
