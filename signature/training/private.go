package training

import (
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
)

// marshalPrivate writes a private key as PKCS#8, a national one in the form of
// Kazakhstan's key files: an octet string in an octet string, little-endian.
func marshalPrivate(key crypto.Signer) ([]byte, error) {
	own, ok := key.(*gosttest.PrivateKey)
	if !ok {
		return x509.MarshalPKCS8PrivateKey(key)
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(0)
		addKeyAlgorithm(b)
		b.AddASN1(der.OCTET_STRING, func(b *cryptobyte.Builder) { b.AddASN1OctetString(own.Bytes()) })
	})
	return b.Bytes()
}

// parsePrivate reads what marshalPrivate wrote.
func parsePrivate(raw []byte) (crypto.Signer, error) {
	var outer, id, octets cryptobyte.String
	var oid asn1.ObjectIdentifier
	var version int
	var number []byte
	s := cryptobyte.String(raw)
	if s.ReadASN1(&outer, der.SEQUENCE) && outer.ReadASN1Integer(&version) && outer.ReadASN1(&id, der.SEQUENCE) &&
		id.ReadASN1ObjectIdentifier(&oid) && oid.Equal(oidKeyGOST) &&
		outer.ReadASN1(&octets, der.OCTET_STRING) && octets.ReadASN1Bytes(&number, der.OCTET_STRING) {
		return gosttest.ParsePrivateKey(gost.Curve512A, number)
	}
	key, err := x509.ParsePKCS8PrivateKey(raw)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a %T cannot sign", key)
	}
	return signer, nil
}
