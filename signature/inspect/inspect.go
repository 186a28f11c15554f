// Package inspect examines a file that bears signatures, whatever its form: CMS,
// detached or not, signed XML, or the national authority's ZIP container. The page
// and the command that verify signatures both ask [File].
package inspect

import (
	"bytes"
	"context"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/archive"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
	"ruqsat/signature/xmldsig"
)

// A Given is what is examined.
type Given struct {
	File     []byte   // with the signatures
	Document []byte   // what was signed, where it is not in the file
	Answers  [][]byte // of OCSP, kept with the signature, DER
	At       time.Time
	Ask      pki.Ask // asks the OCSP service; nil asks nobody
}

// isXML reports whether a file is XML, by its first sign.
func isXML(file []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))), []byte("<"))
}

// File returns a report for each signer, whoever they are. There is always one.
func File(ctx context.Context, trust *pki.Trust, g Given) []signature.Report {
	want := signature.Want{Anyone: true, At: g.At}
	v := cms.New(trust)
	if g.Ask != nil {
		v.AskBy(g.Ask)
	}
	switch {
	case archive.Is(g.File):
		return archive.Verify(ctx, v, g.File, want, g.Answers...)
	case isXML(g.File):
		x := xmldsig.New(trust)
		if g.Document != nil {
			return []signature.Report{x.Verify(ctx, g.Document, g.File, want)}
		}
		return x.VerifyAll(ctx, g.File, want, g.Answers...)
	}
	document := g.Document
	if document == nil {
		document, _ = cms.Attached(g.File)
	}
	return v.VerifyAll(ctx, document, g.File, want, g.Answers...)
}
