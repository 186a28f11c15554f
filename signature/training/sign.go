package training

import (
	"encoding/asn1"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Identifiers of RFC 5652, RFC 5035 and RFC 3161.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidStampInfo     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidStamp         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidRevocations   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 24}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
)

var (
	tag0 = der.Tag(0).ContextSpecific().Constructed()
	tag1 = der.Tag(1).ContextSpecific().Constructed()
)

// A message is what a signature is made over.
type message struct {
	kind    asn1.ObjectIdentifier
	content []byte
	inside  bool
	at      time.Time // of signing; zero: not said
	stamp   func(value []byte) ([]byte, error)
	answers [][]byte // of OCSP, collected beside the signature (CAdES-LT)
}

// Sign returns a detached CMS in DER over document, with the signed attributes
// NCALayer writes: type of the content, time of signing, digest, and which
// certificate. The time is what the signer's computer would say.
func (k Key) Sign(document []byte, at time.Time) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at}, k)
}

// SignAttached is Sign with the document inside.
func (k Key) SignAttached(document []byte, at time.Time) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at, inside: true}, k)
}

// SignStamped is Sign with a time stamp of an authority (CAdES-T): the signer's
// computer says at, and the authority stamped.
func (k Key) SignStamped(document []byte, at time.Time, by *Authority, stamped time.Time) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at, stamp: by.stamping(stamped)}, k)
}

// SignLongTerm is SignStamped with answers of OCSP collected beside the signature
// (CAdES-LT).
func (k Key) SignLongTerm(document []byte, at time.Time, by *Authority, answers ...[]byte) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at, stamp: by.stamping(at), answers: answers}, k)
}

// SignTogether is Sign by several, one beside the other, each with a time stamp
// of an authority if there is one.
func SignTogether(document []byte, at time.Time, by *Authority, keys ...Key) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at, stamp: by.stamping(at)}, keys...)
}

// SignTogetherAttached is SignTogether with the document inside.
func SignTogetherAttached(document []byte, at time.Time, by *Authority, keys ...Key) ([]byte, error) {
	return signAll(message{kind: oidData, content: document, at: at, inside: true, stamp: by.stamping(at)}, keys...)
}

// signAll makes the CMS of a message with a signer for each key.
func signAll(m message, keys ...Key) ([]byte, error) {
	var signers, certificates [][]byte
	digests := map[string]suite{}
	for _, k := range keys {
		raw, err := k.signer(m)
		if err != nil {
			return nil, fmt.Errorf("sign: %w", err)
		}
		signers, certificates = append(signers, raw), append(certificates, k.Certificate.Raw)
		digests[k.suite().digest.String()] = k.suite()
	}
	slices.SortFunc(signers, slices.Compare)
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				m.addHead(b, digests)
				b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(certificates...)) })
				b.AddASN1(der.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(signers...)) })
			})
		})
	})
	return b.Bytes()
}

// addHead adds version, digests and content.
func (m message) addHead(b *cryptobyte.Builder, digests map[string]suite) {
	version := int64(1)
	if !m.kind.Equal(oidData) {
		version = 3
	}
	b.AddASN1Int64(version)
	b.AddASN1(der.SET, func(b *cryptobyte.Builder) {
		for _, oid := range slices.Sorted(maps.Keys(digests)) {
			digests[oid].addAlgorithm(b, digests[oid].digest)
		}
	})
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(m.kind)
		if m.inside {
			b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddASN1OctetString(m.content) })
		}
	})
}

func (k Key) suite() suite { return suiteOf(k.private.Public()) }

// signer returns the SignerInfo of a key.
func (k Key) signer(m message) ([]byte, error) {
	s := k.suite()
	attributes, err := k.attributes(m)
	if err != nil {
		return nil, err
	}
	// The signature is over a SET; the field has a tag of its own (RFC 5652 ¶ 5.4).
	value, err := k.private.Sign(k.rand, s.sum(attributes), s.hash)
	if err != nil {
		return nil, err
	}
	var token []byte
	if m.stamp != nil {
		if token, err = m.stamp(value); err != nil {
			return nil, err
		}
	}
	field := slices.Clone(attributes)
	field[0] = byte(tag0)
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(k.Certificate.RawIssuer)
			b.AddASN1BigInt(k.Certificate.SerialNumber)
		})
		s.addAlgorithm(b, s.digest)
		b.AddBytes(field)
		s.addAlgorithm(b, s.signature)
		b.AddASN1OctetString(value)
		if token != nil {
			b.AddASN1(tag1, func(b *cryptobyte.Builder) {
				addAttribute(b, oidStamp, func(b *cryptobyte.Builder) { b.AddBytes(token) })
				if m.answers != nil {
					addAttribute(b, oidRevocations, m.addRevocations)
				}
			})
		}
	})
	return b.Bytes()
}

// addRevocations adds the answers without their outer form (RevocationValues).
func (m message) addRevocations(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag1, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, raw := range m.answers {
					var outer, explicit, inner, basic cryptobyte.String
					s := cryptobyte.String(raw)
					if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.SkipASN1(der.ENUM) || !outer.ReadASN1(&explicit, tag0) ||
						!explicit.ReadASN1(&inner, der.SEQUENCE) || !inner.SkipASN1(der.OBJECT_IDENTIFIER) || !inner.ReadASN1(&basic, der.OCTET_STRING) {
						b.SetError(errQuestion)
						return
					}
					b.AddBytes(basic)
				}
			})
		})
	})
}

func addAttribute(b *cryptobyte.Builder, kind asn1.ObjectIdentifier, add func(*cryptobyte.Builder)) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(kind)
		b.AddASN1(der.SET, add)
	})
}

// attributes returns the SET that is signed, its members in the order DER wants.
func (k Key) attributes(m message) ([]byte, error) {
	values := []struct {
		kind asn1.ObjectIdentifier
		add  func(*cryptobyte.Builder)
	}{
		{oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(m.kind) }},
		{oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(k.suite().sum(m.content)) }},
		{oidCertificateV2, k.addCertificateV2},
		{oidSigningTime, func(b *cryptobyte.Builder) { addTime(b, m.at.UTC()) }},
	}
	if m.at.IsZero() {
		values = values[:3]
	}
	members := make([][]byte, len(values))
	for i, v := range values {
		var b cryptobyte.Builder
		addAttribute(&b, v.kind, v.add)
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
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1OctetString(suiteECDSA.sum(k.Certificate.Raw)) })
		})
	})
}
