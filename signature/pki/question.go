package pki

import (
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

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
