package cms

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/pki"
)

// What we take: an application with its scans is some megabytes, a signature
// with its certificates, time stamps and answers some tens of kilobytes.
const (
	maxDocument  = 64 << 20 // bytes
	maxSignature = 1 << 20  // bytes, in whatever form it comes
)

// An examination is one signature being examined. Each method is a check of
// [signature.Order] and finds what those before it have left.
type examination struct {
	ctx           context.Context
	trust         *Trust
	ask           pki.Ask
	document, sig []byte
	want          signature.Want
	one           bool     // there must be one signer
	which         int      // of the signers
	answers       [][]byte // of OCSP, that came with the signature
	report        signature.Report

	c       *container      // from container
	s       *signer         // from container
	scheme  *pki.Scheme     // from algorithm
	at      time.Time       // from moment, as the next two
	basis   string          //
	stamped signature.Check //
	asked   [][]byte        // answers about the stamp's certificate
	j       *pki.Judgement  // from chain
}

func (e *examination) make() signature.Report {
	judged := func(check func(*pki.Judgement) signature.Check) func() signature.Check {
		return func() signature.Check { return check(e.j) }
	}
	signature.Examine(&e.report, signature.Methods{
		signature.Limits:     e.limits,
		signature.Container:  e.container,
		signature.Algorithm:  e.algorithm,
		signature.Digest:     e.digest,
		signature.Fit:        e.fit,
		signature.Chain:      e.chain,
		signature.Validity:   e.validity,
		signature.Usage:      judged((*pki.Judgement).Usage),
		signature.Revocation: judged((*pki.Judgement).Revocation),
		signature.Identity:   judged((*pki.Judgement).Identity),
	})
	if e.j != nil {
		e.report.Answers = append(e.j.Responses, e.asked...)
	}
	return e.report
}

func (e *examination) limits() signature.Check {
	switch {
	case e.ctx.Err() != nil:
		return signature.Open(e.ctx.Err().Error(), "signature.not-checked")
	case len(e.sig) == 0:
		return signature.Failed("", "signature.missing")
	case len(e.document) == 0:
		return signature.Failed("", "signature.no-document")
	case len(e.sig) > maxSignature:
		return signature.Failed(fmt.Sprintf("%d bytes", len(e.sig)), "signature.too-large", lang.Args{"limit": megabytes(maxSignature)})
	case len(e.document) > maxDocument:
		return signature.Failed(fmt.Sprintf("%d bytes", len(e.document)), "signature.document-too-large", lang.Args{"limit": megabytes(maxDocument)})
	}
	return signature.Passed(fmt.Sprintf("document of %d bytes, signature of %d", len(e.document), len(e.sig)))
}

func megabytes(n int) lang.Text {
	return lang.Text{KK: fmt.Sprintf("%d МБ", n>>20), RU: fmt.Sprintf("%d МБ", n>>20), EN: fmt.Sprintf("%d MB", n>>20)}
}

func (e *examination) container() signature.Check {
	der, err := unwrap(e.sig)
	if err == nil {
		e.c, err = parse(der, oidData)
	}
	if err == nil && e.one && len(e.c.signers) != 1 {
		err = signersError(len(e.c.signers))
	}
	if n, ok := errors.AsType[signersError](err); ok {
		return signature.Failed(err.Error(), "signature.signers", lang.Args{"n": int(n)})
	}
	switch {
	case errors.Is(err, errNoCertificate):
		return signature.Failed(err.Error(), "signature.no-certificate")
	case err != nil:
		return signature.Failed(err.Error(), "signature.unreadable")
	}
	e.s = e.c.signers[e.which]
	e.report.Signer = pki.SignerOf(e.s.certificate)
	e.report.SignedAt = e.s.attributes.signingTime
	return signature.Passed(e.contains())
}

// contains says what else the container holds, for the evidence.
func (e *examination) contains() string {
	s := "SignedData, one signer"
	if n := len(e.c.signers); n > 1 {
		s = fmt.Sprintf("SignedData, signer %d of %d", e.which+1, n)
	}
	if e.c.isAttached {
		s += ", the document inside"
	}
	return s + e.s.unsigned.String()
}

// algorithm looks at the digest, the signature and the key. A national algorithm
// we do not know is not refused: a later edition may find the signature good.
func (e *examination) algorithm() signature.Check {
	used := e.s.algorithm.String() + " with " + e.s.digest.String()
	e.report.Algorithm = used
	e.scheme = pki.SchemeOf(e.s.algorithm, e.s.digest)
	if e.scheme == nil {
		if pki.National(e.s.algorithm) || pki.National(e.s.digest) {
			return signature.Open(used, "signature.national-algorithm")
		}
		return signature.Failed(used, "signature.weak-algorithm", lang.Args{"algorithm": used})
	}
	key := e.s.certificate.Key
	e.report.Algorithm = key.Name + " with " + e.scheme.Digest.Name
	if !key.Allowed {
		return signature.Failed(e.report.Algorithm, "signature.weak-key", lang.Args{"algorithm": key.Name})
	}
	return signature.Passed(e.report.Algorithm)
}

func (e *examination) digest() signature.Check {
	if e.c.isAttached && !bytes.Equal(e.c.attached, e.document) {
		return signature.Failed("document inside: sha256 "+pki.Sum(e.c.attached), "signature.attached-differs")
	}
	signed := e.s.attributes.digest
	if got := e.scheme.Digest.Sum(e.document); !bytes.Equal(got, signed) {
		return signature.Failed(fmt.Sprintf("signed %x, document %x", signed, got), "signature.document-changed")
	}
	return signature.Passed(fmt.Sprintf("%s %x", e.scheme.Digest, signed))
}

// fit checks the signature over the attributes with the key of the certificate,
// and that the signer meant this certificate, where they say which.
func (e *examination) fit() signature.Check {
	a := e.s.attributes
	if err := e.scheme.Check(e.s.certificate.Key, a.signed, e.s.signature); err != nil {
		return signature.Failed(err.Error(), "signature.does-not-fit")
	}
	switch err := a.names(e.s.certificate); {
	case errors.Is(err, errNotNamed):
		return signature.Passed(err.Error())
	case err != nil:
		return signature.Failed(err.Error(), "signature.other-certificate")
	}
	return signature.Passed(fmt.Sprintf("certificate %s %x", pki.NamingDigest(a.certificateBy), a.certificate))
}

func (e *examination) chain() signature.Check {
	e.moment()
	e.j = &pki.Judgement{
		Context: e.ctx, Trust: e.trust, Leaf: e.s.certificate, At: e.at, Basis: e.basis, Signed: e.s.attributes.signingTime,
		Want: e.want, Report: &e.report, Responses: slices.Clone(e.answers), Brought: e.s.unsigned.answers, Ask: e.ask,
	}
	check := e.j.Chain()
	if err := stray(e.c, e.trust); err != nil && check.Outcome == signature.Valid {
		return signature.Open(err.Error(), "signature.stray-certificate")
	}
	return check
}

func (e *examination) validity() signature.Check {
	if e.stamped.Outcome != signature.Valid {
		return e.stamped
	}
	check := e.j.Validity()
	if e.report.Stamp != nil {
		check.Evidence += ", time stamp " + e.report.Stamp.Serial + ": " + e.stamped.Evidence
	}
	return check
}
