package cms

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
)

// Identifiers of RFC 5652 and RFC 3161.
var (
	oidData       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidStampInfo  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

const (
	// maxCertificates is how many certificates a signature may bring: those of its
	// signers, two authorities, and room for those that add a second chain.
	maxCertificates = 8
	// maxSigners is how many may sign one document.
	maxSigners = 8
)

var (
	tag0 = der.Tag(0).ContextSpecific().Constructed()
	tag1 = der.Tag(1).ContextSpecific().Constructed()
)

// A container is a CMS SignedData.
type container struct {
	attached     []byte // the document inside, if isAttached
	isAttached   bool
	certificates []*pki.Certificate
	signers      []*signer
}

// A signer is one who signed, with the certificate they named.
type signer struct {
	certificate *pki.Certificate
	digest      asn1.ObjectIdentifier
	algorithm   asn1.ObjectIdentifier
	attributes  attributes
	signature   []byte
	unsigned    unsigned
}

// A signersError says that a container has none, or too many signers.
type signersError int

func (n signersError) Error() string { return fmt.Sprintf("%d signers", int(n)) }

var errNoCertificate = errors.New("the signer's certificate is not in it")

// errForm is what any wrong byte of the outer form comes to.
var errForm = errors.New("no SignedData in strict DER")

// parse reads a SignedData whose content has a type: signers named by issuer and
// serial number, with signed attributes. It is strict, so that no byte stands in a
// signature that means nothing: DER alone, no unknown fields, the version that
// goes with the type, the list of digest algorithms as the signers have them.
func parse(in []byte, content asn1.ObjectIdentifier) (*container, error) {
	sd, err := signedData(in)
	if err != nil {
		return nil, err
	}
	version := 1 // RFC 5652 ¶ 5.1: 3 for what is not plain data
	if !content.Equal(oidData) {
		version = 3
	}
	var got int
	var digests, inside, signers cryptobyte.String
	if !sd.ReadASN1Integer(&got) || got != version ||
		!sd.ReadASN1(&digests, der.SET) || !sd.ReadASN1(&inside, der.SEQUENCE) {
		return nil, errForm
	}
	c := &container{}
	if err := c.readContent(inside, content); err != nil {
		return nil, err
	}
	if err := c.readCertificates(&sd); err != nil {
		return nil, err
	}
	if !sd.ReadASN1(&signers, der.SET) || !sd.Empty() {
		return nil, errForm
	}
	if n := count(signers); n == 0 || n > maxSigners {
		return nil, signersError(n)
	}
	for !signers.Empty() {
		s, err := readSigner(&signers, c.certificates, content)
		if err != nil {
			return nil, err
		}
		c.signers = append(c.signers, s)
	}
	return c, c.checkDigests(digests)
}

// checkDigests wants the list of digest algorithms to be that of the signers; some
// programs write one for each of them.
func (c *container) checkDigests(list cryptobyte.String) error {
	var listed []string
	for !list.Empty() {
		oid, err := pki.ReadAlgorithm(&list)
		if err != nil {
			return err
		}
		listed = append(listed, oid.String())
	}
	var used []string
	for _, s := range c.signers {
		used = append(used, s.digest.String())
	}
	slices.Sort(listed)
	slices.Sort(used)
	if len(listed) > len(used) || !slices.Equal(slices.Compact(listed), slices.Compact(used)) {
		return errors.New("the list of digest algorithms is not that of the signers")
	}
	return nil
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

func (c *container) readContent(s cryptobyte.String, want asn1.ObjectIdentifier) error {
	var kind asn1.ObjectIdentifier
	var explicit, octets cryptobyte.String
	if !s.ReadASN1ObjectIdentifier(&kind) || !s.ReadOptionalASN1(&explicit, &c.isAttached, tag0) || !s.Empty() {
		return errForm
	}
	if !kind.Equal(want) {
		return fmt.Errorf("content of the type %s, want %s", kind, want)
	}
	if c.isAttached && (!explicit.ReadASN1(&octets, der.OCTET_STRING) || !explicit.Empty()) {
		return errForm
	}
	c.attached = octets
	return nil
}

func (c *container) readCertificates(sd *cryptobyte.String) error {
	var set cryptobyte.String
	var present bool
	if !sd.ReadOptionalASN1(&set, &present, tag0) {
		return errForm
	}
	for !set.Empty() {
		var one cryptobyte.String
		if !set.ReadASN1Element(&one, der.SEQUENCE) || len(c.certificates) == maxCertificates {
			return errors.New("something besides certificates, or too many of them")
		}
		certificate, err := pki.ParseCertificate(one)
		if err != nil {
			return fmt.Errorf("certificate %d: %w", len(c.certificates)+1, err)
		}
		c.certificates = append(c.certificates, certificate)
	}
	return nil
}

func readSigner(set *cryptobyte.String, certificates []*pki.Certificate, content asn1.ObjectIdentifier) (*signer, error) {
	var s, sid, attrs, others cryptobyte.String
	var version int
	if !set.ReadASN1(&s, der.SEQUENCE) || !s.ReadASN1Integer(&version) || version != 1 ||
		!s.ReadASN1(&sid, der.SEQUENCE) {
		return nil, errForm
	}
	made := &signer{}
	var err error
	if made.digest, err = pki.ReadAlgorithm(&s); err != nil {
		return nil, err
	}
	if !s.ReadASN1Element(&attrs, tag0) {
		return nil, errors.New("no signed attributes")
	}
	if made.algorithm, err = pki.ReadAlgorithm(&s); err != nil {
		return nil, err
	}
	var present bool
	if !s.ReadASN1Bytes(&made.signature, der.OCTET_STRING) || !s.ReadOptionalASN1(&others, &present, tag1) || !s.Empty() {
		return nil, errForm
	}
	if made.attributes, err = readAttributes(attrs, content); err != nil {
		return nil, err
	}
	if present {
		if made.unsigned, err = readUnsigned(others); err != nil {
			return nil, err
		}
	}
	made.certificate, err = findSigner(sid, certificates)
	return made, err
}

// findSigner returns the certificate with the issuer and serial number of sid.
// Two such would leave open which was meant.
func findSigner(sid cryptobyte.String, certificates []*pki.Certificate) (*pki.Certificate, error) {
	var issuer cryptobyte.String
	serial := new(big.Int)
	if !sid.ReadASN1Element(&issuer, der.SEQUENCE) || !sid.ReadASN1Integer(serial) || !sid.Empty() {
		return nil, errForm
	}
	var found *pki.Certificate
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
