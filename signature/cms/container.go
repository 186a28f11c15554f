package cms

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Identifiers of RFC 5652 and RFC 5035.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
)

// maxCertificates is how many certificates a signature may bring: its own, two
// authorities, and room for those that add a second chain.
const maxCertificates = 8

var (
	tag0 = der.Tag(0).ContextSpecific().Constructed()
	tag1 = der.Tag(1).ContextSpecific().Constructed()
)

// A container is a CMS SignedData with one signer.
type container struct {
	attached    []byte            // the document inside, if isAttached
	isAttached  bool              //
	certificate *x509.Certificate // of the signer
	digest      asn1.ObjectIdentifier
	algorithm   asn1.ObjectIdentifier
	attributes  attributes
	signature   []byte
	timestamped bool // there are unsigned attributes; they are kept and not relied on
}

// A signersError says that a container has none or several signers.
type signersError int

func (n signersError) Error() string { return fmt.Sprintf("%d signers, want one", int(n)) }

var errNoCertificate = errors.New("the signer's certificate is not in it")

// errForm is what any wrong byte of the outer form comes to.
var errForm = errors.New("no SignedData in strict DER")

// parse reads a SignedData of version 1: content of the type data, one signer
// named by issuer and serial number, with signed attributes. It is strict, so
// that no byte stands in a signature that means nothing: DER alone, no unknown
// fields, the list of digest algorithms as the signer has it.
//
// Lists of revoked certificates and unsigned attributes inside are passed over:
// nobody signed them.
func parse(in []byte) (*container, error) {
	sd, err := signedData(in)
	if err != nil {
		return nil, err
	}
	var version int
	var digests, content, signers cryptobyte.String
	if !sd.ReadASN1Integer(&version) || version != 1 ||
		!sd.ReadASN1(&digests, der.SET) || !sd.ReadASN1(&content, der.SEQUENCE) {
		return nil, errForm
	}
	c := &container{}
	if err := c.readContent(content); err != nil {
		return nil, err
	}
	certificates, err := readCertificates(&sd)
	if err != nil {
		return nil, err
	}
	if !sd.SkipOptionalASN1(tag1) || !sd.ReadASN1(&signers, der.SET) || !sd.Empty() {
		return nil, errForm
	}
	if n := count(signers); n != 1 {
		return nil, signersError(n)
	}
	if err := c.readSigner(signers, certificates); err != nil {
		return nil, err
	}
	digest, err := readAlgorithm(&digests)
	if err != nil || !digests.Empty() || !digest.Equal(c.digest) {
		return nil, errors.New("the list of digest algorithms is not that of the signer")
	}
	return c, nil
}

// signedData takes the outer ContentInfo off.
func signedData(in []byte) (cryptobyte.String, error) {
	var info, explicit, sd cryptobyte.String
	var kind asn1.ObjectIdentifier
	s := cryptobyte.String(in)
	if !s.ReadASN1(&info, der.SEQUENCE) || !s.Empty() ||
		!info.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidSignedData) ||
		!info.ReadASN1(&explicit, tag0) || !info.Empty() ||
		!explicit.ReadASN1(&sd, der.SEQUENCE) || !explicit.Empty() {
		return nil, errForm
	}
	return sd, nil
}

func (c *container) readContent(s cryptobyte.String) error {
	var kind asn1.ObjectIdentifier
	var explicit, octets cryptobyte.String
	if !s.ReadASN1ObjectIdentifier(&kind) || !s.ReadOptionalASN1(&explicit, &c.isAttached, tag0) || !s.Empty() {
		return errForm
	}
	if !kind.Equal(oidData) {
		return fmt.Errorf("content of the type %s, want data", kind)
	}
	if c.isAttached && (!explicit.ReadASN1(&octets, der.OCTET_STRING) || !explicit.Empty()) {
		return errForm
	}
	c.attached = octets
	return nil
}

func readCertificates(sd *cryptobyte.String) ([]*x509.Certificate, error) {
	var set cryptobyte.String
	var present bool
	if !sd.ReadOptionalASN1(&set, &present, tag0) {
		return nil, errForm
	}
	var all []*x509.Certificate
	for !set.Empty() {
		var one cryptobyte.String
		if !set.ReadASN1Element(&one, der.SEQUENCE) || len(all) == maxCertificates {
			return nil, errors.New("something besides certificates, or too many of them")
		}
		certificate, err := x509.ParseCertificate(one)
		if err != nil {
			return nil, fmt.Errorf("certificate %d: %w", len(all)+1, err)
		}
		all = append(all, certificate)
	}
	return all, nil
}

func (c *container) readSigner(set cryptobyte.String, certificates []*x509.Certificate) error {
	var s, sid, attrs, unsigned cryptobyte.String
	var version int
	if !set.ReadASN1(&s, der.SEQUENCE) || !s.ReadASN1Integer(&version) || version != 1 ||
		!s.ReadASN1(&sid, der.SEQUENCE) {
		return errForm
	}
	var err error
	if c.digest, err = readAlgorithm(&s); err != nil {
		return err
	}
	if !s.ReadASN1Element(&attrs, tag0) {
		return errors.New("no signed attributes")
	}
	if c.algorithm, err = readAlgorithm(&s); err != nil {
		return err
	}
	if !s.ReadASN1Bytes(&c.signature, der.OCTET_STRING) ||
		!s.ReadOptionalASN1(&unsigned, &c.timestamped, tag1) || !s.Empty() {
		return errForm
	}
	if c.attributes, err = readAttributes(attrs); err != nil {
		return err
	}
	c.certificate, err = findSigner(sid, certificates)
	return err
}

// findSigner returns the certificate with the issuer and serial number of sid.
// Two such would leave open which was meant.
func findSigner(sid cryptobyte.String, certificates []*x509.Certificate) (*x509.Certificate, error) {
	var issuer cryptobyte.String
	serial := new(big.Int)
	if !sid.ReadASN1Element(&issuer, der.SEQUENCE) || !sid.ReadASN1Integer(serial) || !sid.Empty() {
		return nil, errForm
	}
	var found *x509.Certificate
	for _, one := range certificates {
		if one.SerialNumber.Cmp(serial) != 0 || !bytes.Equal(one.RawIssuer, issuer) {
			continue
		}
		if found != nil {
			return nil, errors.New("two certificates of the signer")
		}
		found = one
	}
	if found == nil {
		return nil, errNoCertificate
	}
	return found, nil
}

// readAlgorithm reads an AlgorithmIdentifier with no parameters, or the NULL that
// many write. An algorithm with others, such as RSA-PSS, is none of ours.
func readAlgorithm(s *cryptobyte.String) (asn1.ObjectIdentifier, error) {
	var id, null cryptobyte.String
	var oid asn1.ObjectIdentifier
	var present bool
	if !s.ReadASN1(&id, der.SEQUENCE) || !id.ReadASN1ObjectIdentifier(&oid) {
		return nil, errForm
	}
	if !id.ReadOptionalASN1(&null, &present, der.NULL) || !null.Empty() || !id.Empty() {
		return nil, fmt.Errorf("algorithm %s with parameters", oid)
	}
	return oid, nil
}

// count returns how many values stand in a set; 0 where it cannot be read.
func count(set cryptobyte.String) int {
	n := 0
	for !set.Empty() {
		var value cryptobyte.String
		var tag der.Tag
		if !set.ReadAnyASN1Element(&value, &tag) {
			return 0
		}
		n++
	}
	return n
}
