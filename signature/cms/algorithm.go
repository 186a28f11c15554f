package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha256" // the digests below
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"strings"
)

var (
	oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA384 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
)

// hashes are the digests we allow: nothing below SHA-256.
var hashes = map[string]crypto.Hash{
	oidSHA256.String(): crypto.SHA256,
	oidSHA384.String(): crypto.SHA384,
	oidSHA512.String(): crypto.SHA512,
}

// algorithms are the signature algorithms we allow, by the identifier in the
// signature and the digest beside it. An identifier of a key (the first of each)
// means whatever digest stands beside it, as Kazakhstan's own programs write it.
var algorithms = map[string]map[crypto.Hash]x509.SignatureAlgorithm{
	"1.2.840.113549.1.1.1":  rsaWith,
	"1.2.840.113549.1.1.11": {crypto.SHA256: x509.SHA256WithRSA},
	"1.2.840.113549.1.1.12": {crypto.SHA384: x509.SHA384WithRSA},
	"1.2.840.113549.1.1.13": {crypto.SHA512: x509.SHA512WithRSA},
	"1.2.840.10045.2.1":     ecdsaWith,
	"1.2.840.10045.4.3.2":   {crypto.SHA256: x509.ECDSAWithSHA256},
	"1.2.840.10045.4.3.3":   {crypto.SHA384: x509.ECDSAWithSHA384},
	"1.2.840.10045.4.3.4":   {crypto.SHA512: x509.ECDSAWithSHA512},
}

var (
	rsaWith = map[crypto.Hash]x509.SignatureAlgorithm{
		crypto.SHA256: x509.SHA256WithRSA, crypto.SHA384: x509.SHA384WithRSA, crypto.SHA512: x509.SHA512WithRSA,
	}
	ecdsaWith = map[crypto.Hash]x509.SignatureAlgorithm{
		crypto.SHA256: x509.ECDSAWithSHA256, crypto.SHA384: x509.ECDSAWithSHA384, crypto.SHA512: x509.ECDSAWithSHA512,
	}
)

// RSA keys in bits: shorter ones are weak, longer ones cost the server more than
// any real signer's.
const (
	minRSA = 2048
	maxRSA = 8192
)

// national reports whether an identifier stands under Kazakhstan's arc of
// cryptography.
func national(oid asn1.ObjectIdentifier) bool {
	return strings.HasPrefix(oid.String(), "1.2.398.3.10.")
}

// keyName describes a public key, and reports whether we allow it.
func keyName(key any) (string, bool) {
	switch key := key.(type) {
	case *rsa.PublicKey:
		bits := key.N.BitLen()
		return fmt.Sprintf("RSA-%d", bits), bits >= minRSA && bits <= maxRSA
	case *ecdsa.PublicKey:
		p := key.Curve.Params()
		return "ECDSA " + p.Name, p.BitSize >= 256
	}
	return fmt.Sprintf("%T", key), false
}
