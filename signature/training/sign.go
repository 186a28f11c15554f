package training

import (
	"crypto"
	"crypto/ecdsa"
	_ "crypto/sha256" // SHA256 below
	"encoding/asn1"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Identifiers of RFC 5652, RFC 5035, RFC 5754 and RFC 8017.
var (
	oidData            = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertificateV2   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256          = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSAWithSHA256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidRSAWithSHA256   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
)

var tag0 = der.Tag(0).ContextSpecific().Constructed()

// Sign returns a detached CMS in DER over document, with the signed attributes
// NCALayer writes: type of the content, time of signing, digest, and which
// certificate. The time is what the signer's computer would say.
func (k Key) Sign(document []byte, at time.Time) ([]byte, error) { return k.sign(document, at, nil) }

// SignAttached is Sign with the document inside.
func (k Key) SignAttached(document []byte, at time.Time) ([]byte, error) {
	return k.sign(document, at, document)
}

func (k Key) sign(document []byte, at time.Time, inside []byte) ([]byte, error) {
	attributes, err := k.attributes(document, at)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	// The signature is over a SET; the field has a tag of its own (RFC 5652 ¶ 5.4).
	value, err := k.private.Sign(k.rand, digest(attributes), crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	field := slices.Clone(attributes)
	field[0] = byte(tag0)
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { k.addSignedData(b, field, value, inside) })
		})
	})
	return b.Bytes()
}

func (k Key) addSignedData(b *cryptobyte.Builder, attributes, value, inside []byte) {
	b.AddASN1Int64(1)
	b.AddASN1(der.SET, func(b *cryptobyte.Builder) { addAlgorithm(b, oidSHA256) })
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidData)
		if inside != nil {
			b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddASN1OctetString(inside) })
		}
	})
	b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddBytes(k.Certificate.Raw) })
	b.AddASN1(der.SET, func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { k.addSigner(b, attributes, value) })
	})
}

func (k Key) addSigner(b *cryptobyte.Builder, attributes, value []byte) {
	b.AddASN1Int64(1)
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(k.Certificate.RawIssuer)
		b.AddASN1BigInt(k.Certificate.SerialNumber)
	})
	addAlgorithm(b, oidSHA256)
	b.AddBytes(attributes)
	algorithm := oidRSAWithSHA256
	if _, ok := k.private.Public().(*ecdsa.PublicKey); ok {
		algorithm = oidECDSAWithSHA256
	}
	addAlgorithm(b, algorithm)
	b.AddASN1OctetString(value)
}

func addAlgorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oid) })
}

// attributes returns the SET that is signed, its members in the order DER wants.
func (k Key) attributes(document []byte, at time.Time) ([]byte, error) {
	values := []struct {
		kind asn1.ObjectIdentifier
		add  func(*cryptobyte.Builder)
	}{
		{oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) }},
		{oidSigningTime, func(b *cryptobyte.Builder) { addTime(b, at.UTC()) }},
		{oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest(document)) }},
		{oidCertificateV2, k.addCertificateV2},
	}
	members := make([][]byte, len(values))
	for i, v := range values {
		var b cryptobyte.Builder
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(v.kind)
			b.AddASN1(der.SET, v.add)
		})
		raw, err := b.Bytes()
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", v.kind, err)
		}
		members[i] = raw
	}
	slices.SortFunc(members, slices.Compare)
	var b cryptobyte.Builder
	b.AddASN1(der.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(members...)) })
	return b.Bytes()
}

// addTime writes UTCTime up to 2049 and GeneralizedTime after that (RFC 5652
// ¶ 11.3).
func addTime(b *cryptobyte.Builder, t time.Time) {
	if t.Year() < 2050 {
		b.AddASN1UTCTime(t)
		return
	}
	b.AddASN1GeneralizedTime(t)
}

// addCertificateV2 names the signer's certificate by its SHA-256, the digest that
// RFC 5035 takes where none is named.
func (k Key) addCertificateV2(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest(k.Certificate.Raw)) })
		})
	})
}

func digest(b []byte) []byte {
	h := crypto.SHA256.New()
	h.Write(b)
	return h.Sum(nil)
}
