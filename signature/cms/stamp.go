package cms

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/pki"
)

// maxDrift is how far the clock of a time stamp authority may be before ours.
const maxDrift = 5 * time.Minute

// A stampInfo is what a time stamp says (TSTInfo of RFC 3161 ¶ 2.4.2).
type stampInfo struct {
	policy  asn1.ObjectIdentifier
	by      asn1.ObjectIdentifier // digest of what was stamped
	imprint []byte
	serial  *big.Int // may be negative, as those of the national authority are
	at      time.Time
	nonce   *big.Int // of the question; nil where it had none
}

func readStampInfo(in []byte) (stampInfo, error) {
	i := stampInfo{serial: new(big.Int)}
	var s, imprint, rest cryptobyte.String
	var version int
	outer := cryptobyte.String(in)
	if !outer.ReadASN1(&s, der.SEQUENCE) || !outer.Empty() || !s.ReadASN1Integer(&version) || version != 1 ||
		!s.ReadASN1ObjectIdentifier(&i.policy) || !s.ReadASN1(&imprint, der.SEQUENCE) {
		return i, errForm
	}
	var err error
	if i.by, err = pki.ReadAlgorithm(&imprint); err != nil {
		return i, err
	}
	if !imprint.ReadASN1Bytes(&i.imprint, der.OCTET_STRING) || !imprint.Empty() ||
		!s.ReadASN1Integer(i.serial) || !readFineTime(&s, &i.at) {
		return i, errForm
	}
	if !s.SkipOptionalASN1(der.SEQUENCE) || !s.SkipOptionalASN1(der.BOOLEAN) { // accuracy, ordering
		return i, errForm
	}
	if s.PeekASN1Tag(der.INTEGER) {
		if i.nonce = new(big.Int); !s.ReadASN1Integer(i.nonce) {
			return i, errForm
		}
	}
	if !s.SkipOptionalASN1(tag0) { // the authority
		return i, errForm
	}
	if s.ReadASN1(&rest, tag1) {
		return i, errors.New("a time stamp with extensions")
	}
	if !s.Empty() {
		return i, errForm
	}
	return i, nil
}

// readFineTime reads GeneralizedTime with or without a fraction of a second.
func readFineTime(s *cryptobyte.String, t *time.Time) bool {
	var text cryptobyte.String
	if !s.ReadASN1(&text, der.GeneralizedTime) {
		return false
	}
	const layout = "20060102150405.999999999Z"
	at, err := time.Parse(layout, string(text))
	*t = at
	return err == nil && at.Format(layout) == string(text)
}

// moment finds the moment the signature is judged by: that of its time stamp, or
// its receipt. What is wrong with a stamp is kept for the check of validity; until
// then the receipt is the moment.
func (e *examination) moment() {
	e.at, e.basis = e.want.At, "received"
	e.stamped = signature.Passed("")
	token := e.s.unsigned.stamp
	if token == nil || e.want.At.IsZero() {
		return
	}
	stamp, check := e.stamp(token)
	e.stamped = check
	if check.Outcome != signature.Valid {
		return
	}
	e.at, e.basis = stamp.At.In(e.want.At.Location()), "stamped"
	e.report.Stamp, e.report.At, e.report.Received = &stamp, e.at, e.want.At
}

// stamp examines a time stamp: that it can be read, is over this signature, was
// made by whom its certificate names, and that an authority here vouched for them
// at that time.
func (e *examination) stamp(token []byte) (signature.Stamp, signature.Check) {
	var made signature.Stamp
	failed := func(err error) (signature.Stamp, signature.Check) {
		return made, signature.Failed("time stamp: "+err.Error(), "signature.stamp-broken")
	}
	c, err := parse(token, oidStampInfo)
	if err != nil {
		return failed(err)
	}
	info, err := readStampInfo(c.attached)
	if err != nil {
		return failed(err)
	}
	s := c.signers[0]
	scheme := pki.SchemeOf(s.algorithm, s.digest)
	switch {
	case len(c.signers) != 1 || !c.isAttached || s.unsigned.stamp != nil:
		return failed(errors.New("not one signer over one content"))
	case scheme == nil:
		return failed(fmt.Errorf("algorithm %s with %s", s.algorithm, s.digest))
	case !bytes.Equal(scheme.Digest.Sum(c.attached), s.attributes.digest):
		return failed(errors.New("its content was changed"))
	}
	if err := scheme.Check(e.trust.Stamps(s.certificate).Known(s.certificate).Key, s.attributes.signed, s.signature); err != nil {
		return failed(err)
	}
	if err := s.attributes.names(s.certificate); err != nil {
		return failed(err)
	}
	by := pki.DigestOf(info.by)
	switch {
	case by == nil:
		return failed(fmt.Errorf("over a digest %s", info.by))
	case !bytes.Equal(by.Sum(e.s.signature), info.imprint):
		return failed(errors.New("it is over another signature"))
	case info.at.After(e.want.At.Add(maxDrift)):
		return made, signature.Failed("stamped "+info.at.Format(time.RFC3339Nano), "signature.stamp-ahead")
	}
	made = signature.Stamp{
		At: info.at, Policy: info.policy.String(), Serial: info.serial.String(), Token: token,
		Algorithm: s.certificate.Key.Name + " with " + scheme.Digest.Name, Issuer: s.certificate.Issuer.CommonName,
	}
	return made, e.stamper(c, s.certificate, info.at)
}

// stamper judges the certificate of who made a stamp, at the time of the stamp.
func (e *examination) stamper(c *container, by *pki.Certificate, at time.Time) signature.Check {
	args := lang.Args{"issuer": by.Issuer.CommonName}
	trust := e.trust.Stamps(by)
	if _, err := trust.Issuer(by); err != nil {
		return signature.Open("time stamp: "+err.Error(), "signature.stamp-unknown-authority", args)
	}
	known, err := trust.Stamping(by)
	if err != nil {
		return signature.Failed("time stamp: "+err.Error(), "signature.stamp-broken")
	}
	if at.Before(known.NotBefore) || at.After(known.NotAfter) {
		return signature.Failed("time stamp: made out of date", "signature.stamp-broken")
	}
	if stray := stray(c, trust); stray != nil {
		return signature.Open("time stamp: "+stray.Error(), "signature.stray-certificate")
	}
	j := pki.Judgement{
		Context: e.ctx, Trust: trust, Leaf: known, At: at.In(e.want.At.Location()), Report: &signature.Report{},
		Responses: slices.Clone(e.answers), Brought: e.s.unsigned.answers, Ask: e.ask,
	}
	if check := j.Chain(); check.Outcome != signature.Valid {
		return check
	}
	check := j.Revocation()
	e.asked = j.Responses[len(e.answers):]
	if check.Outcome == signature.Invalid {
		return signature.Failed("time stamp: "+check.Evidence, "signature.stamp-broken")
	}
	if check.Outcome != signature.Valid {
		return signature.Open("time stamp: "+check.Evidence, "signature.stamp-open", args)
	}
	return signature.Passed(check.Evidence)
}

// stray returns an error if a container brings a certificate that is neither of a
// signer nor vouched for here: nobody can say what it is there for.
func stray(c *container, trust *Trust) error {
	for _, one := range c.certificates {
		used := trust.Anchor(one)
		for _, s := range c.signers {
			used = used || s.certificate == one
		}
		if used {
			continue
		}
		if _, err := trust.Issuer(one); err != nil {
			return fmt.Errorf("a certificate of %q besides: %w", one.Subject.CommonName, err)
		}
	}
	return nil
}
