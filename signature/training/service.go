package training

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature"
)

// oidPolicy is the policy of time stamps by GOST-2015-512.
var oidPolicy = asn1.ObjectIdentifier{1, 2, 398, 3, 3, 2, 6, 4}

// serve returns the key of a service of the authority, made when first needed. A
// key for time stamps says critically that it is for them (RFC 3161 ¶ 2.3).
func (a *Authority) serve(usage x509.ExtKeyUsage, name string) (Key, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p, made := a.service[usage]; made {
		return Key{p.certificate, p.private, a.rand}, nil
	}
	private, err := a.generate(a.rand)
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", name, err)
	}
	serial, err := a.serial()
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", name, err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, KeyUsage: x509.KeyUsageDigitalSignature,
		Subject:   pkix.Name{CommonName: name, Organization: []string{signature.TrainingMark}, Country: []string{"KZ"}},
		NotBefore: a.issuing.certificate.NotBefore, NotAfter: a.issuing.certificate.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}
	if usage == x509.ExtKeyUsageTimeStamping {
		value, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
		if err != nil {
			return Key{}, fmt.Errorf("%s: %w", name, err)
		}
		template.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: value}}
	}
	c, err := a.certify(template, private.Public(), a.issuing)
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", name, err)
	}
	if a.service == nil {
		a.service = map[x509.ExtKeyUsage]pair{}
	}
	a.service[usage] = pair{c, private}
	return Key{c, private, a.rand}, nil
}

// StampCertificate returns the certificate of the time stamp service.
func (a *Authority) StampCertificate() (*x509.Certificate, error) {
	k, err := a.serve(x509.ExtKeyUsageTimeStamping, "training time stamps")
	return k.Certificate, err
}

// Stamp returns a time stamp token over data, made at a moment (RFC 3161). Its
// serial number is negative, as those of the national authority may be.
func (a *Authority) Stamp(data []byte, at time.Time) ([]byte, error) {
	k, err := a.serve(x509.ExtKeyUsageTimeStamping, "training time stamps")
	if err != nil {
		return nil, err
	}
	s := k.suite()
	return a.stamp(k, imprint{algorithm: func(b *cryptobyte.Builder) { s.addAlgorithm(b, s.digest) }, digest: s.sum(data)}, at)
}

// An imprint is what a stamp is over, and the nonce of who asked for it.
type imprint struct {
	algorithm func(*cryptobyte.Builder)
	digest    []byte
	nonce     *big.Int // nil: none
}

func (a *Authority) stamp(k Key, over imprint, at time.Time) ([]byte, error) {
	serial, err := a.serial()
	if err != nil {
		return nil, fmt.Errorf("time stamp: %w", err)
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1ObjectIdentifier(oidPolicy)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			over.algorithm(b)
			b.AddASN1OctetString(over.digest)
		})
		b.AddASN1BigInt(serial.Neg(serial))
		b.AddASN1GeneralizedTime(at.UTC())
		if over.nonce != nil {
			b.AddASN1BigInt(over.nonce)
		}
	})
	info, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("time stamp: %w", err)
	}
	return signAll(message{kind: oidStampInfo, content: info, inside: true}, k)
}

// stamping returns who stamps; nobody where there is no authority.
func (a *Authority) stamping(at time.Time) func([]byte) ([]byte, error) {
	if a == nil {
		return nil
	}
	return func(value []byte) ([]byte, error) { return a.Stamp(value, at) }
}

// Answer returns the answer of the OCSP service about a serial number, as of a
// moment, with the nonce of the question. It says of any number that is not
// revoked that it is good.
func (a *Authority) Answer(serial *big.Int, at time.Time, nonce []byte) ([]byte, error) {
	k, err := a.serve(x509.ExtKeyUsageOCSPSigning, "training OCSP")
	if err != nil {
		return nil, err
	}
	part, err := a.answer(k, serial, at, nonce)
	if err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	basic, err := signPart(part, pair{k.Certificate, k.private}, a.rand, func(b *cryptobyte.Builder) {
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(k.Certificate.Raw) })
		})
	})
	if err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Enum(0)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1})
				b.AddASN1OctetString(basic)
			})
		})
	})
	return b.Bytes()
}

// answer returns what of an answer is signed.
func (a *Authority) answer(k Key, serial *big.Int, at time.Time, nonce []byte) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	issuer := a.issuing.certificate
	_, bits, err := keyBits(issuer)
	if err != nil {
		return nil, err
	}
	var since time.Time
	for _, r := range a.revoked[1] {
		if r.SerialNumber.Cmp(serial) == 0 {
			since = r.RevocationTime
		}
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag1, func(b *cryptobyte.Builder) { b.AddBytes(k.Certificate.RawSubject) })
		b.AddASN1GeneralizedTime(at.UTC())
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
					suiteECDSA.addAlgorithm(b, oidSHA256)
					b.AddASN1OctetString(suiteECDSA.sum(issuer.RawSubject))
					b.AddASN1OctetString(suiteECDSA.sum(bits))
					b.AddASN1BigInt(serial)
				})
				switch {
				case a.never[serial.String()]:
					addNeverIssued(b)
				case since.IsZero() || since.After(at):
					b.AddASN1(der.Tag(0).ContextSpecific(), func(*cryptobyte.Builder) {})
				default:
					b.AddASN1(tag1, func(b *cryptobyte.Builder) { b.AddASN1GeneralizedTime(since.UTC()) })
				}
				b.AddASN1GeneralizedTime(at.UTC())
			})
		})
		if nonce != nil {
			b.AddASN1(tag1, func(b *cryptobyte.Builder) { addNonce(b, nonce) })
		}
	})
	return b.Bytes()
}

// addNeverIssued adds what RFC 6960 ¶ 2.2 has a service say of a number the
// authority never used, as the national one does: on hold since 1970.
func addNeverIssued(b *cryptobyte.Builder) {
	b.AddASN1(tag1, func(b *cryptobyte.Builder) {
		b.AddASN1GeneralizedTime(time.Unix(0, 0).UTC())
		b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddASN1Enum(6) })
	})
}

// Disown makes the OCSP service say of a certificate that it was never issued.
func (a *Authority) Disown(serial *big.Int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.never == nil {
		a.never = map[string]bool{}
	}
	a.never[serial.String()] = true
}

func addNonce(b *cryptobyte.Builder, nonce []byte) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2})
			b.AddASN1(der.OCTET_STRING, func(b *cryptobyte.Builder) { b.AddASN1OctetString(nonce) })
		})
	})
}

// keyBits returns the algorithm of a certificate's key and the content of its bit
// string.
func keyBits(c *x509.Certificate) (algorithm, bits []byte, err error) {
	var outer, id cryptobyte.String
	s := cryptobyte.String(c.RawSubjectPublicKeyInfo)
	if !s.ReadASN1(&outer, der.SEQUENCE) || !outer.ReadASN1Element(&id, der.SEQUENCE) || !outer.ReadASN1BitStringAsBytes(&bits) {
		return nil, nil, fmt.Errorf("key of %s", c.Subject.CommonName)
	}
	return id, bits, nil
}
