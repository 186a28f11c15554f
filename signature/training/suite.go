package training

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"hash"
	"io"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
)

// A suite is how keys of a kind sign: digest and identifiers.
type suite struct {
	digest, signature asn1.ObjectIdentifier
	hash              crypto.Hash
	new               func() hash.Hash
	null              bool // algorithms are written with NULL, as the national authority does
}

var (
	suiteECDSA = suite{oidSHA256, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}, crypto.SHA256, sha256.New, false}
	suiteRSA   = suite{oidSHA256, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, crypto.SHA256, sha256.New, false}
	suite2004  = suite{
		asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 3, 1}, asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 1, 1, 2}, 0, gost.New34311, true,
	}
	suiteGOST = suite{
		asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 3, 3}, asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 1, 2, 3, 2}, 0, gost.New512, true,
	}
)

var (
	oidKeyGOST   = asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 1, 2, 2}
	oidCurveGOST = asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 1, 2, 2, 1}
)

func suiteOf(public crypto.PublicKey) suite {
	switch public := public.(type) {
	case *rsa.PublicKey:
		return suiteRSA
	case *gost.PublicKey:
		if public.Curve() == gost.CurveCryptoProA {
			return suite2004
		}
		return suiteGOST
	}
	return suiteECDSA
}

func (s suite) sum(b []byte) []byte {
	h := s.new()
	h.Write(b)
	return h.Sum(nil)
}

func (s suite) addAlgorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		if s.null {
			b.AddASN1NULL()
		}
	})
}

// generateECDSA makes a key of an authority that is not national.
func generateECDSA(source io.Reader) (crypto.Signer, error) {
	return ecdsa.GenerateKey(elliptic.P256(), source)
}

func generateGOST(source io.Reader) (crypto.Signer, error) {
	return gosttest.GenerateKey(gost.Curve512A, source)
}

func national(key any) bool {
	switch key.(type) {
	case *gosttest.PrivateKey, *gost.PublicKey:
		return true
	}
	return false
}

// compose makes the DER of a certificate of a template for a public key. crypto/
// x509 knows no national algorithm: it composes the fields for a key it knows, and
// key, algorithm and signature are exchanged.
func (a *Authority) compose(template *x509.Certificate, public crypto.PublicKey, by pair) ([]byte, error) {
	if !national(public) && !national(by.private) {
		return x509.CreateCertificate(a.rand, template, by.certificate, public, by.private)
	}
	known, err := generateECDSA(a.rand)
	if err != nil {
		return nil, err
	}
	info, err := publicInfo(public)
	if err != nil {
		return nil, err
	}
	standIn, signer := public, by.private
	if national(public) {
		standIn = known.Public()
	}
	if national(by.private) {
		signer = known
	}
	raw, err := x509.CreateCertificate(a.rand, template, by.certificate, standIn, signer)
	if err != nil {
		return nil, err
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, err
	}
	return a.resign(c.RawTBSCertificate, by, func(n int, field []byte) []byte {
		if n == 6 { // version, serial number, algorithm, issuer, validity, subject, key
			return info
		}
		return field
	}, 2)
}

// composeList makes the DER of a list.
func (a *Authority) composeList(template *x509.RevocationList, by pair) ([]byte, error) {
	if !national(by.private) {
		return x509.CreateRevocationList(a.rand, template, by.certificate, by.private)
	}
	known, err := generateECDSA(a.rand)
	if err != nil {
		return nil, err
	}
	raw, err := x509.CreateRevocationList(a.rand, template, by.certificate, known)
	if err != nil {
		return nil, err
	}
	l, err := x509.ParseRevocationList(raw)
	if err != nil {
		return nil, err
	}
	return a.resign(l.RawTBSRevocationList, by, func(_ int, field []byte) []byte { return field }, 1)
}

// resign exchanges fields of what is signed, and signs it anew. The algorithm is
// the field of a number.
func (a *Authority) resign(part []byte, by pair, exchange func(n int, field []byte) []byte, algorithm int) ([]byte, error) {
	var fields cryptobyte.String
	in := cryptobyte.String(part)
	if !in.ReadASN1(&fields, der.SEQUENCE) {
		return nil, fmt.Errorf("resign: no sequence")
	}
	s := suiteOf(by.private.Public())
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		for n := 0; !fields.Empty(); n++ {
			var field cryptobyte.String
			var tag der.Tag
			if !fields.ReadAnyASN1Element(&field, &tag) {
				b.SetError(fmt.Errorf("resign: field %d", n))
				return
			}
			if n == algorithm {
				s.addAlgorithm(b, s.signature)
				continue
			}
			b.AddBytes(exchange(n, field))
		}
	})
	made, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	return signPart(made, by, a.rand, nil)
}

// signPart makes the sequence of a part, the algorithm and the signature over the
// part, and of what add adds.
func signPart(part []byte, by pair, source io.Reader, add func(*cryptobyte.Builder)) ([]byte, error) {
	s := suiteOf(by.private.Public())
	value, err := by.private.Sign(source, s.sum(part), s.hash)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(part)
		s.addAlgorithm(b, s.signature)
		b.AddASN1BitString(value)
		if add != nil {
			add(b)
		}
	})
	return b.Bytes()
}

// publicInfo returns the SubjectPublicKeyInfo of a key.
func publicInfo(public crypto.PublicKey) ([]byte, error) {
	key, ok := public.(*gost.PublicKey)
	if !ok {
		return x509.MarshalPKIXPublicKey(public)
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		addKeyAlgorithm(b)
		var point cryptobyte.Builder
		point.AddASN1OctetString(key.Bytes())
		b.AddASN1BitString(point.BytesOrPanic())
	})
	return b.Bytes()
}

func addKeyAlgorithm(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidKeyGOST)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidCurveGOST)
			b.AddASN1ObjectIdentifier(suiteGOST.digest)
		})
	})
}
