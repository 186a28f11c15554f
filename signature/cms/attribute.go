package cms

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
)

// Identifiers of attributes: RFC 5652, RFC 2634, RFC 5035, RFC 3161.
var (
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertificateV1 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidStamp         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidRevocations   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 24}
	oidSHA1          = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
)

// longTerm are the unsigned attributes of the forms CAdES-C to -LTA (ETSI EN 319
// 122-1): collected lists, answers and later stamps. They are kept with the
// signature. Answers of OCSP among them are looked at where nothing else tells; the
// rest is not relied on.
var longTerm = []string{
	"1.2.840.113549.1.9.16.2.21", "1.2.840.113549.1.9.16.2.22", // references to certificates and lists
	"1.2.840.113549.1.9.16.2.23", "1.2.840.113549.1.9.16.2.24", // the certificates and lists
	"1.2.840.113549.1.9.16.2.25", "1.2.840.113549.1.9.16.2.26", // stamps over them
	"0.4.0.1733.2.4", "0.4.0.1733.2.5", // archive stamps
}

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

// readAttributes reads the signed attributes from their field. The type of the
// content must be the one wanted, and there must be a digest (RFC 5652 ¶ 5.3);
// without the first, a signature over a document could be shown as one over
// attributes, and a time stamp as one over a document.
//
// The signature is over a SET, while the field has a tag of its own (RFC 5652 ¶ 5.4).
func readAttributes(field cryptobyte.String, content asn1.ObjectIdentifier) (attributes, error) {
	a := attributes{signed: slices.Clone(field)}
	a.signed[0] = byte(der.SET)
	var set cryptobyte.String
	if !field.ReadASN1(&set, tag0) {
		return a, errForm
	}
	typed := false
	err := eachAttribute(set, func(kind asn1.ObjectIdentifier, value cryptobyte.String) error {
		if kind.Equal(oidContentType) {
			typed = true
		}
		return a.read(kind, value, content)
	})
	if err == nil && (!typed || a.digest == nil) {
		err = errors.New("no attribute with the type of the content, or none with its digest")
	}
	return a, err
}

// eachAttribute reads attributes, each kind of which may stand there once and has
// one value.
func eachAttribute(set cryptobyte.String, take func(asn1.ObjectIdentifier, cryptobyte.String) error) error {
	seen := map[string]bool{}
	for !set.Empty() {
		var one, values cryptobyte.String
		var kind asn1.ObjectIdentifier
		if !set.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&kind) ||
			!one.ReadASN1(&values, der.SET) || !one.Empty() || count(values) != 1 {
			return errors.New("an attribute that is not one kind with one value")
		}
		if seen[kind.String()] {
			return fmt.Errorf("attribute %s stands twice", kind)
		}
		seen[kind.String()] = true
		if err := take(kind, values); err != nil {
			return fmt.Errorf("attribute %s: %w", kind, err)
		}
	}
	return nil
}

// read takes the value of one attribute. Others than these are signed but tell
// nothing we use. The second edition of the certificate's name is better than the
// first, which is by SHA-1.
func (a *attributes) read(kind asn1.ObjectIdentifier, value cryptobyte.String, content asn1.ObjectIdentifier) error {
	ok := true
	switch {
	case kind.Equal(oidContentType):
		var oid asn1.ObjectIdentifier
		ok = value.ReadASN1ObjectIdentifier(&oid) && oid.Equal(content)
	case kind.Equal(oidMessageDigest):
		ok = value.ReadASN1Bytes(&a.digest, der.OCTET_STRING) && len(a.digest) > 0
	case kind.Equal(oidSigningTime):
		ok = readTime(value, &a.signingTime)
	case kind.Equal(oidCertificateV1):
		if a.certificate == nil {
			ok = a.readCertificate(value, oidSHA1)
		}
	case kind.Equal(oidCertificateV2):
		ok = a.readCertificate(value, oidSHA256)
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

// readCertificate reads the first certificate of a SigningCertificate, which is
// the signer's; its digest is by an algorithm unless it says otherwise, which the
// first edition cannot.
func (a *attributes) readCertificate(value cryptobyte.String, by asn1.ObjectIdentifier) bool {
	var all, certificates, first cryptobyte.String
	if !value.ReadASN1(&all, der.SEQUENCE) || !all.ReadASN1(&certificates, der.SEQUENCE) ||
		!certificates.ReadASN1(&first, der.SEQUENCE) {
		return false
	}
	if by.Equal(oidSHA256) && first.PeekASN1Tag(der.SEQUENCE) {
		oid, err := pki.ReadAlgorithm(&first)
		if err != nil || oid.Equal(oidSHA1) {
			return false
		}
		by = oid
	}
	a.certificateBy = by
	return first.ReadASN1Bytes(&a.certificate, der.OCTET_STRING)
}

var errNotNamed = errors.New("the certificate is not named among the signed attributes")

// names returns nil if c is the certificate the signer meant, and errNotNamed where
// they do not say.
func (a *attributes) names(c *pki.Certificate) error {
	if a.certificate == nil {
		return errNotNamed
	}
	d := pki.NamingDigest(a.certificateBy)
	if d == nil {
		return fmt.Errorf("certificate named by %s", a.certificateBy)
	}
	if got := d.Sum(c.Raw); !bytes.Equal(got, a.certificate) {
		return fmt.Errorf("signed for certificate %x, has %x", a.certificate, got)
	}
	return nil
}

// unsigned are what stands beside a signature: its time stamp, and what was
// collected to keep it for long.
type unsigned struct {
	stamp    []byte // DER of the token, if there is one
	longTerm []string
	answers  [][]byte // of OCSP, DER, that came with the signature
}

// readUnsigned reads the unsigned attributes. One we do not know is an error: as
// nobody signed it, anybody may have put it there.
func readUnsigned(set cryptobyte.String) (unsigned, error) {
	var u unsigned
	err := eachAttribute(set, func(kind asn1.ObjectIdentifier, value cryptobyte.String) error {
		switch {
		case kind.Equal(oidStamp):
			u.stamp = value
		case slices.Contains(longTerm, kind.String()):
			if !kind.Equal(oidRevocations) || !u.readRevocations(value) {
				u.longTerm = append(u.longTerm, kind.String())
			}
		default:
			return errors.New("nobody signed it, and it is not known")
		}
		return nil
	})
	if err == nil && u.stamp == nil && u.longTerm == nil && u.answers == nil {
		err = errors.New("unsigned attributes, and none there")
	}
	return u, err
}

// readRevocations reads the answers of OCSP among the collected evidence
// (RevocationValues). They stand there without their outer form, which is put round
// them again. Lists are passed over: those we have are as good or newer. It reports
// false if there are no answers in a form we know; that is no fault of the signature.
func (u *unsigned) readRevocations(value cryptobyte.String) bool {
	var all, explicit, answers cryptobyte.String
	var present bool
	if !value.ReadASN1(&all, der.SEQUENCE) || !all.SkipOptionalASN1(tag0) || !all.ReadOptionalASN1(&explicit, &present, tag1) ||
		!present || !explicit.ReadASN1(&answers, der.SEQUENCE) || !explicit.Empty() {
		return false
	}
	for !answers.Empty() {
		var one cryptobyte.String
		if !answers.ReadASN1Element(&one, der.SEQUENCE) || len(u.answers) == maxSigners {
			u.answers = nil
			return false
		}
		raw, err := pki.WrapAnswer(one)
		if err != nil {
			u.answers = nil
			return false
		}
		u.answers = append(u.answers, raw)
	}
	return len(u.answers) > 0
}

func (u unsigned) String() string {
	s := ""
	if u.stamp != nil {
		s += ", a time stamp"
	}
	if u.answers != nil {
		s += fmt.Sprintf(", answers of OCSP: %d", len(u.answers))
	}
	if u.longTerm != nil {
		s += ", not relied on: " + strings.Join(u.longTerm, " ")
	}
	return s
}
