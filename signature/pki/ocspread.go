package pki

import (
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

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

// WrapAnswer puts the outer form round what is inside an answer
// (BasicOCSPResponse), as it stands in collected evidence.
func WrapAnswer(basic []byte) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Enum(0)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidBasic)
				b.AddASN1OctetString(basic)
			})
		})
	})
	return b.Bytes()
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
