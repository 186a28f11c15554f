package cms

import (
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// attributes are what the signer signs, and through the digest among them the
// document.
type attributes struct {
	signed      []byte    // the DER that the signature is over
	digest      []byte    // of the document
	signingTime time.Time // as the signer's computer had it; zero if not said
	// certificate is the digest of the signer's certificate by the algorithm
	// certificateBy (RFC 5035), or nil where the signer does not name it.
	certificate   []byte
	certificateBy asn1.ObjectIdentifier
}

// readAttributes reads the signed attributes from their field. Each kind may
// stand there once and have one value. The type of the content must be data, and
// there must be a digest (RFC 5652 ¶ 5.3); without the first, a signature over a
// document could be shown as one over attributes.
//
// The signature is over a SET, while the field has a tag of its own (¶ 5.4).
func readAttributes(field cryptobyte.String) (attributes, error) {
	a := attributes{signed: slices.Clone(field)}
	a.signed[0] = byte(der.SET)
	var set cryptobyte.String
	if !field.ReadASN1(&set, tag0) {
		return a, errForm
	}
	seen := map[string]bool{}
	for !set.Empty() {
		var one, values cryptobyte.String
		var kind asn1.ObjectIdentifier
		if !set.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&kind) ||
			!one.ReadASN1(&values, der.SET) || !one.Empty() || count(values) != 1 {
			return a, errors.New("an attribute that is not one kind with one value")
		}
		if seen[kind.String()] {
			return a, fmt.Errorf("attribute %s stands twice", kind)
		}
		seen[kind.String()] = true
		if err := a.read(kind, values); err != nil {
			return a, fmt.Errorf("attribute %s: %w", kind, err)
		}
	}
	if !seen[oidContentType.String()] || a.digest == nil {
		return a, errors.New("no attribute with the type of the content, or none with its digest")
	}
	return a, nil
}

// read takes the value of one attribute. Others than these four are signed but
// tell nothing we use.
func (a *attributes) read(kind asn1.ObjectIdentifier, value cryptobyte.String) error {
	ok := true
	switch {
	case kind.Equal(oidContentType):
		var oid asn1.ObjectIdentifier
		ok = value.ReadASN1ObjectIdentifier(&oid) && oid.Equal(oidData)
	case kind.Equal(oidMessageDigest):
		ok = value.ReadASN1Bytes(&a.digest, der.OCTET_STRING) && len(a.digest) > 0
	case kind.Equal(oidSigningTime):
		ok = readTime(value, &a.signingTime)
	case kind.Equal(oidCertificateV2):
		ok = a.readCertificate(value)
	}
	if !ok {
		return errors.New("not of its form")
	}
	return nil
}

// readTime reads a time as RFC 5652 ¶ 11.3 wants it: UTCTime up to 2049,
// GeneralizedTime after that.
func readTime(value cryptobyte.String, t *time.Time) bool {
	if value.PeekASN1Tag(der.UTCTime) {
		return value.ReadASN1UTCTime(t)
	}
	return value.ReadASN1GeneralizedTime(t) && t.Year() >= 2050
}

// readCertificate reads the first certificate of a SigningCertificateV2, which
// is the signer's; its digest is SHA-256 unless it says otherwise.
func (a *attributes) readCertificate(value cryptobyte.String) bool {
	var all, certificates, first cryptobyte.String
	if !value.ReadASN1(&all, der.SEQUENCE) || !all.ReadASN1(&certificates, der.SEQUENCE) ||
		!certificates.ReadASN1(&first, der.SEQUENCE) {
		return false
	}
	a.certificateBy = oidSHA256
	if first.PeekASN1Tag(der.SEQUENCE) {
		oid, err := readAlgorithm(&first)
		if err != nil {
			return false
		}
		a.certificateBy = oid
	}
	return first.ReadASN1Bytes(&a.certificate, der.OCTET_STRING)
}
