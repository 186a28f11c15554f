// Package cms examines detached CMS signatures (RFC 5652) made with RSA or ECDSA
// and SHA-256 or stronger, under certificates of Kazakhstan's profile.
//
// It reads the container itself, strictly: programs for CMS accept bytes that
// mean nothing, do not tell what the content is said to be, and judge by the
// signer's own clock. Certificates and the arithmetic are crypto/x509's. It
// knows no national algorithms (GOST) and says so, and it does not verify time
// stamps: a signature is judged by the moment it was received.
//
// Start at [Verifier.Verify]; which authorities are believed is [Trust].
package cms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync/atomic"

	"ruqsat/signature"
)

// rules names this verifier and the edition of its rules in each report. Change
// it with any change of what is found valid.
const rules = "cms 1"

// A Verifier examines signatures against a trust that can be exchanged while it
// runs. It is safe for use by several goroutines.
type Verifier struct{ trust atomic.Pointer[Trust] }

var _ signature.Verifier = (*Verifier)(nil)

// New returns a verifier that believes t.
func New(t *Trust) *Verifier {
	v := &Verifier{}
	v.Use(t)
	return v
}

// Use makes v believe t from the next signature on: new lists of revoked
// certificates come in this way.
func (v *Verifier) Use(t *Trust) { v.trust.Store(t) }

// Trust returns what v believes.
func (v *Verifier) Trust() *Trust { return v.trust.Load() }

// Verify examines sig, a CMS in DER, PEM or base64, over the exact bytes of
// document. A document inside the signature must be the same, byte for byte.
func (v *Verifier) Verify(ctx context.Context, document, sig []byte, want signature.Want) signature.Report {
	e := examination{ctx: ctx, trust: v.Trust(), document: document, sig: sig, want: want}
	e.report = signature.Report{
		At:        want.At,
		Document:  sum(document),
		Signature: sum(sig),
		Training:  e.trust.training,
		Rules:     rules,
	}
	signature.Examine(&e.report, signature.Methods{
		signature.Limits:     e.limits,
		signature.Container:  e.container,
		signature.Algorithm:  e.algorithm,
		signature.Digest:     e.digest,
		signature.Fit:        e.fit,
		signature.Chain:      e.chain,
		signature.Validity:   e.validity,
		signature.Usage:      e.usage,
		signature.Revocation: e.revocation,
		signature.Identity:   e.identity,
	})
	return e.report
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
