package cms

import (
	"bytes"
	"context"
	"crypto"
	"crypto/subtle"
	"crypto/x509"
	"errors"
	"fmt"

	"ruqsat/lang"
	"ruqsat/signature"
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
	document, sig []byte
	want          signature.Want
	report        signature.Report

	c      *container              // from container
	hash   crypto.Hash             // from algorithm
	by     x509.SignatureAlgorithm // from algorithm
	issuer *x509.Certificate       // from chain
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
		e.c, err = parse(der)
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
	e.report.Signer = signerOf(e.c.certificate)
	e.report.SignedAt = e.c.attributes.signingTime
	return signature.Passed(e.contains())
}

// contains says what else the container holds, for the evidence.
func (e *examination) contains() string {
	s := "SignedData, one signer"
	if e.c.isAttached {
		s += ", the document inside"
	}
	if e.c.timestamped {
		s += ", unsigned attributes not relied on"
	}
	return s
}

// algorithm looks at the digest, the signature and the key. A national algorithm
// is not refused: a verifier that knows it may find the signature good.
func (e *examination) algorithm() signature.Check {
	used := e.c.algorithm.String() + " with " + e.c.digest.String()
	e.report.Algorithm = used
	if national(e.c.algorithm) || national(e.c.digest) {
		return signature.Open(used, "signature.national-algorithm")
	}
	e.hash = hashes[e.c.digest.String()]
	e.by = algorithms[e.c.algorithm.String()][e.hash]
	if e.hash == 0 || e.by == x509.UnknownSignatureAlgorithm {
		return signature.Failed(used, "signature.weak-algorithm", lang.Args{"algorithm": used})
	}
	name, ok := keyName(e.c.certificate.PublicKey)
	e.report.Algorithm = name + " with " + e.hash.String()
	if !ok {
		return signature.Failed(e.report.Algorithm, "signature.weak-key", lang.Args{"algorithm": name})
	}
	return signature.Passed(e.report.Algorithm)
}

func (e *examination) digest() signature.Check {
	if e.c.isAttached && !bytes.Equal(e.c.attached, e.document) {
		return signature.Failed("document inside: sha256 "+sum(e.c.attached), "signature.attached-differs")
	}
	h := e.hash.New()
	h.Write(e.document)
	if got := h.Sum(nil); subtle.ConstantTimeCompare(got, e.c.attributes.digest) != 1 {
		return signature.Failed(fmt.Sprintf("signed %x, document %x", e.c.attributes.digest, got), "signature.document-changed")
	}
	return signature.Passed(fmt.Sprintf("%s %x", e.hash, e.c.attributes.digest))
}

// fit checks the signature over the attributes with the key of the certificate,
// and that the signer meant this certificate, where they say which.
func (e *examination) fit() signature.Check {
	a := e.c.attributes
	if err := e.c.certificate.CheckSignature(e.by, a.signed, e.c.signature); err != nil {
		return signature.Failed(err.Error(), "signature.does-not-fit")
	}
	if a.certificate == nil {
		return signature.Passed("the certificate is not named among the signed attributes")
	}
	hash := hashes[a.certificateBy.String()]
	if hash == 0 {
		return signature.Failed("certificate named by "+a.certificateBy.String(), "signature.other-certificate")
	}
	h := hash.New()
	h.Write(e.c.certificate.Raw)
	if got := h.Sum(nil); !bytes.Equal(got, a.certificate) {
		return signature.Failed(fmt.Sprintf("signed for certificate %x, has %x", a.certificate, got), "signature.other-certificate")
	}
	return signature.Passed(fmt.Sprintf("certificate %s %x", hash, a.certificate))
}
