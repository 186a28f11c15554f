package pki

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // RFC 6960 names a responder by it
	"encoding/asn1"
	"errors"
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
