// Package xmldsig examines signatures inside XML documents (XMLDSig, enveloped) of
// the kinds that NCALayer and SmartBridge make: over the whole document, or over
// the body of a SOAP message.
//
// What is signed must be all there is: a signature over a part of a document says
// nothing of the rest, and moving the part elsewhere is a known attack. Several
// sign one after the other, so an earlier signature is examined without the later
// ones. Comments, processing instructions and document types are in no such
// document, and are refused, as programs differ over whether they are signed.
//
// Canonical forms are made by goxmldsig; nothing else of it is used. Keys and
// certificates are those of signature/pki.
//
// Start at [Verifier.Verify].
package xmldsig

import (
	"bytes"
	"context"
	"encoding/asn1"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/beevik/etree"

	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/pki"
)

// rules names this verifier and the edition of its rules in each report.
const rules = "xmldsig 1, " + pki.Rules

// maxDocument is how large a signed document may be: what is larger is signed
// detached. The tree of one takes some twenty times as much memory.
const maxDocument = 4 << 20 // bytes

// A Verifier examines signed XML against a trust that can be exchanged while it
// runs. It is safe for use by several goroutines.
type Verifier struct{ trust atomic.Pointer[pki.Trust] }

var _ signature.Verifier = (*Verifier)(nil)

// New returns a verifier that believes t.
func New(t *pki.Trust) *Verifier {
	v := &Verifier{}
	v.Use(t)
	return v
}

// Use makes v believe t from the next signature on.
func (v *Verifier) Use(t *pki.Trust) { v.trust.Store(t) }

// Verify examines the one signature in signed, and that without it the document is
// the one given: in canonical form, as programs that sign XML write it anew.
func (v *Verifier) Verify(ctx context.Context, document, signed []byte, want signature.Want) signature.Report {
	e := v.examination(ctx, signed, want)
	e.document, e.one = document, true
	e.report.Document = pki.Sum(document)
	return e.make()
}

// VerifyAll examines each signature in a signed document, in the order they stand.
// There is always a report.
func (v *Verifier) VerifyAll(ctx context.Context, signed []byte, want signature.Want, answers ...[]byte) []signature.Report {
	var all []signature.Report
	for n := 0; ; n++ {
		e := v.examination(ctx, signed, want)
		e.which, e.answers = n, answers
		all = append(all, e.make())
		if n+1 >= e.count {
			return all
		}
	}
}

func (v *Verifier) examination(ctx context.Context, signed []byte, want signature.Want) *examination {
	e := &examination{ctx: ctx, trust: v.trust.Load(), signed: signed, want: want}
	e.report = signature.Report{
		At: want.At, Document: pki.Sum(signed), Signature: pki.Sum(signed),
		Training: e.trust.Training(), Test: e.trust.Test(), Rules: rules,
	}
	return e
}

// An examination is one signature being examined. Each method is a check of
// [signature.Order] and finds what those before it have left.
type examination struct {
	ctx      context.Context
	trust    *pki.Trust
	document []byte // what was to be signed, if one
	signed   []byte
	want     signature.Want
	one      bool
	which    int
	answers  [][]byte
	report   signature.Report

	count  int         // of signatures, from container
	s      *xmlSigned  // from container
	scheme *pki.Scheme // from algorithm
	j      *pki.Judgement
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
		signature.Validity:   judged((*pki.Judgement).Validity),
		signature.Usage:      judged((*pki.Judgement).Usage),
		signature.Revocation: judged((*pki.Judgement).Revocation),
		signature.Identity:   judged((*pki.Judgement).Identity),
	})
	if e.j != nil {
		e.report.Answers = e.j.Responses
	}
	return e.report
}

func (e *examination) limits() signature.Check {
	limit := lang.Text{KK: "4 МБ", RU: "4 МБ", EN: "4 MB"}
	switch {
	case e.ctx.Err() != nil:
		return signature.Open(e.ctx.Err().Error(), "signature.not-checked")
	case len(e.signed) == 0:
		return signature.Failed("", "signature.missing")
	case e.one && len(e.document) == 0:
		return signature.Failed("", "signature.no-document")
	case len(e.signed) > maxDocument || len(e.document) > maxDocument:
		return signature.Failed(fmt.Sprintf("%d bytes", len(e.signed)), "signature.document-too-large", lang.Args{"limit": limit})
	}
	return signature.Passed(fmt.Sprintf("signed document of %d bytes", len(e.signed)))
}

func (e *examination) container() signature.Check {
	s, count, err := read(e.signed, e.which)
	e.count = count
	switch {
	case count == 0 && err == nil, e.one && count > 1:
		return signature.Failed(fmt.Sprintf("%d signatures", count), "signature.signers", lang.Args{"n": count})
	case errors.Is(err, errNoCertificate):
		return signature.Failed(err.Error(), "signature.no-certificate")
	case err != nil:
		return signature.Failed(err.Error(), "signature.unreadable")
	}
	e.s = s
	e.report.Signer = pki.SignerOf(s.certificate)
	return signature.Passed(fmt.Sprintf("XML, signature %d of %d", e.which+1, count))
}

func (e *examination) algorithm() signature.Check {
	used := e.s.method + " with " + e.s.digestMethod
	e.report.Algorithm = used
	algorithm, digest := methods[e.s.method], digests[e.s.digestMethod]
	if algorithm == nil || digest == nil {
		if (algorithm != nil || nationalURI(e.s.method)) && (digest != nil || nationalURI(e.s.digestMethod)) {
			return signature.Open(used, "signature.national-algorithm")
		}
		return signature.Failed(used, "signature.weak-algorithm", lang.Args{"algorithm": used})
	}
	e.scheme = pki.SchemeOf(algorithm, nil)
	key := e.s.certificate.Key
	e.report.Algorithm = key.Name + " with " + e.scheme.Digest.Name
	if !key.Allowed {
		return signature.Failed(e.report.Algorithm, "signature.weak-key", lang.Args{"algorithm": key.Name})
	}
	return signature.Passed(e.report.Algorithm)
}

// digest looks at what the signature is over: all of the document, unchanged.
func (e *examination) digest() signature.Check {
	if e.s.part != "" {
		return signature.Failed("signed is only "+e.s.part, "signature.xml-part")
	}
	if err := e.same(); err != nil {
		return signature.Failed(err.Error(), "signature.attached-differs")
	}
	content, err := e.s.content()
	if err != nil {
		return signature.Failed(err.Error(), "signature.unreadable")
	}
	digest := pki.DigestOf(digests[e.s.digestMethod])
	if got := digest.Sum(content); !bytes.Equal(got, e.s.digestValue) {
		return signature.Failed(fmt.Sprintf("signed %x, document %x", e.s.digestValue, got), "signature.document-changed")
	}
	return signature.Passed(fmt.Sprintf("%s %x, over %s", digest, e.s.digestValue, e.s.over))
}

// same compares the document without its signature with the one given.
func (e *examination) same() error {
	if !e.one {
		return nil
	}
	want, err := parse(e.document)
	if err != nil {
		return err
	}
	bare := e.s.tree.Copy()
	for _, s := range signatures(bare.Root()) {
		s.Parent().RemoveChild(s)
	}
	left, err := inclusive(bare)
	if err != nil {
		return err
	}
	right, err := inclusive(want)
	if err != nil {
		return err
	}
	if !bytes.Equal(left, right) {
		return errors.New("the document inside is another")
	}
	return nil
}

func inclusive(d *etree.Document) ([]byte, error) {
	c, err := canonicalizer(c14n, "")
	if err != nil {
		return nil, err
	}
	return c.Canonicalize(d.Root().Copy())
}

func (e *examination) fit() signature.Check {
	info, err := e.s.info()
	if err == nil {
		err = e.scheme.Check(e.s.certificate.Key, info, e.s.value)
	}
	if err != nil {
		return signature.Failed(err.Error(), "signature.does-not-fit")
	}
	return signature.Passed("certificate SHA-256 " + pki.Sum(e.s.certificate.Raw))
}

func (e *examination) chain() signature.Check {
	e.j = &pki.Judgement{
		Context: e.ctx, Trust: e.trust, Leaf: e.s.certificate, At: e.want.At, Basis: "received",
		Want: e.want, Report: &e.report, Responses: e.answers,
	}
	return e.j.Chain()
}

// Digest returns the digest algorithm that XML calls by an address, or nil.
func Digest(uri string) *pki.Digest {
	var oid asn1.ObjectIdentifier = digests[uri]
	return pki.DigestOf(oid)
}
