package cms

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
)

// A stamp is asked for of the service by the digest that goes with the signature,
// as NCALayer does: a policy of the national authority chooses the algorithm of the
// stamp.
var policies = map[string]asn1.ObjectIdentifier{
	"1.2.398.3.10.1.3.1": {1, 2, 398, 3, 3, 2, 6, 1}, // GOST 34.310-2004
	pki.SHA256:           {1, 2, 398, 3, 3, 2, 6, 2}, // RSA with SHA-256
	"1.2.398.3.10.1.3.3": {1, 2, 398, 3, 3, 2, 6, 4}, // GOST 34.10-2015-512
}

// errStamped is why a signature gets no time stamp: it has one, or was kept with
// what a stamp of ours would come after.
var errStamped = errors.New("the signature has unsigned attributes already")

// StampQuestion returns the request for a time stamp (TimeStampReq of RFC 3161)
// over the one signature in sig, with a nonce that makes the answer ours.
func StampQuestion(sig, nonce []byte) ([]byte, error) {
	s, err := toStamp(sig)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { // messageImprint
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(s.digest)
				b.AddASN1NULL()
			})
			b.AddASN1OctetString(pki.DigestOf(s.digest).Sum(s.signature))
		})
		if policy := policies[s.digest.String()]; policy != nil {
			b.AddASN1ObjectIdentifier(policy)
		}
		b.AddASN1BigInt(new(big.Int).SetBytes(nonce))
		b.AddASN1Boolean(true) // certReq: the certificate of the service comes along
	})
	return b.Bytes()
}

// toStamp returns the one signer of a signature that has no unsigned attributes.
func toStamp(sig []byte) (*signer, error) {
	raw, err := unwrap(sig)
	if err != nil {
		return nil, err
	}
	c, err := parse(raw, oidData)
	if err != nil {
		return nil, err
	}
	s := c.signers[0]
	switch {
	case len(c.signers) != 1:
		return nil, signersError(len(c.signers))
	case s.unsigned.stamp != nil || s.unsigned.longTerm != nil || s.unsigned.answers != nil:
		return nil, errStamped
	case pki.DigestOf(s.digest) == nil:
		return nil, fmt.Errorf("digest %s", s.digest)
	}
	return s, nil
}

// Token takes the time stamp out of the answer of a service (TimeStampResp), once
// it is seen to be the answer to a question with this nonce. What the stamp is
// worth is found when the signature with it is examined.
func Token(answer, nonce []byte) ([]byte, error) {
	var outer, status, token cryptobyte.String
	var code int
	s := cryptobyte.String(answer)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !s.Empty() || !outer.ReadASN1(&status, der.SEQUENCE) || !status.ReadASN1Integer(&code) {
		return nil, errForm
	}
	if code != 0 && code != 1 { // granted, granted with changes
		return nil, fmt.Errorf("the service refuses a stamp: status %d", code)
	}
	if !outer.ReadASN1Element(&token, der.SEQUENCE) || !outer.Empty() {
		return nil, errForm
	}
	c, err := parse(token, oidStampInfo)
	if err != nil {
		return nil, err
	}
	info, err := readStampInfo(c.attached)
	if err != nil {
		return nil, err
	}
	if info.nonce == nil || info.nonce.Cmp(new(big.Int).SetBytes(nonce)) != 0 {
		return nil, errors.New("the stamp is to another question")
	}
	return token, nil
}

// WithStamp returns a signature of one signer, in DER, with a time stamp beside it
// (CAdES-T). Nothing that was signed changes, and taking the stamp out gives the
// signature as it was.
func WithStamp(sig, token []byte) ([]byte, error) {
	if _, err := toStamp(sig); err != nil {
		return nil, err
	}
	raw, err := unwrap(sig)
	if err != nil {
		return nil, err
	}
	sd, err := signedData(raw)
	if err != nil {
		return nil, err
	}
	var before bytes.Buffer // version, digests, content, certificates
	var last cryptobyte.String
	for !sd.Empty() {
		before.Write(last)
		var tag der.Tag
		if !sd.ReadAnyASN1Element(&last, &tag) {
			return nil, errForm
		}
	}
	var set, one cryptobyte.String
	if !last.ReadASN1(&set, der.SET) || !set.ReadASN1(&one, der.SEQUENCE) {
		return nil, errForm
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddBytes(before.Bytes())
				b.AddASN1(der.SET, func(b *cryptobyte.Builder) { addStamped(b, one, token) })
			})
		})
	})
	return b.Bytes()
}

// addStamped adds a SignerInfo with a stamp at its end.
func addStamped(b *cryptobyte.Builder, info, token []byte) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(info)
		b.AddASN1(tag1, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidStamp)
				b.AddASN1(der.SET, func(b *cryptobyte.Builder) { b.AddBytes(token) })
			})
		})
	})
}
