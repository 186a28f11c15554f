package training

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// errQuestion is what a question to a service comes to that is none.
var errQuestion = errors.New("no question in DER")

// AnswerStamp answers a request for a time stamp (TimeStampReq of RFC 3161), made
// at a moment, whatever digest and policy are asked for.
func (a *Authority) AnswerStamp(question []byte, at time.Time) ([]byte, error) {
	var s, over, algorithm cryptobyte.String
	var version int
	asked := imprint{}
	in := cryptobyte.String(question)
	if !in.ReadASN1(&s, der.SEQUENCE) || !in.Empty() || !s.ReadASN1Integer(&version) || !s.ReadASN1(&over, der.SEQUENCE) ||
		!over.ReadASN1Element(&algorithm, der.SEQUENCE) || !over.ReadASN1Bytes(&asked.digest, der.OCTET_STRING) ||
		!s.SkipOptionalASN1(der.OBJECT_IDENTIFIER) {
		return nil, errQuestion
	}
	asked.algorithm = func(b *cryptobyte.Builder) { b.AddBytes(algorithm) }
	if s.PeekASN1Tag(der.INTEGER) {
		if asked.nonce = new(big.Int); !s.ReadASN1Integer(asked.nonce) {
			return nil, errQuestion
		}
	}
	k, err := a.serve(x509.ExtKeyUsageTimeStamping, "training time stamps")
	if err != nil {
		return nil, err
	}
	token, err := a.stamp(k, asked, at)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(0) }) // granted
		b.AddBytes(token)
	})
	return b.Bytes()
}

// AnswerQuestion answers a request of OCSP (RFC 6960) with one certificate in it,
// as of a moment.
func (a *Authority) AnswerQuestion(question []byte, at time.Time) ([]byte, error) {
	var outer, tbs, list, one, id, extensions cryptobyte.String
	serial := new(big.Int)
	s := cryptobyte.String(question)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.ReadASN1(&tbs, der.SEQUENCE) || !tbs.ReadASN1(&list, der.SEQUENCE) ||
		!list.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1(&id, der.SEQUENCE) || !id.SkipASN1(der.SEQUENCE) ||
		!id.SkipASN1(der.OCTET_STRING) || !id.SkipASN1(der.OCTET_STRING) || !id.ReadASN1Integer(serial) {
		return nil, errQuestion
	}
	var nonce []byte
	if tbs.ReadASN1(&extensions, der.Tag(2).ContextSpecific().Constructed()) {
		var all, extension, value cryptobyte.String
		var oid asn1.ObjectIdentifier
		if !extensions.ReadASN1(&all, der.SEQUENCE) || !all.ReadASN1(&extension, der.SEQUENCE) ||
			!extension.ReadASN1ObjectIdentifier(&oid) || !extension.ReadASN1(&value, der.OCTET_STRING) ||
			!value.ReadASN1Bytes(&nonce, der.OCTET_STRING) {
			return nil, errQuestion
		}
	}
	return a.Answer(serial, at, nonce)
}
