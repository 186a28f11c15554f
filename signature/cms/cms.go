// Package cms examines CMS signatures (RFC 5652, CAdES-BES and CAdES-T), detached
// or with the document inside, made with RSA, ECDSA or Kazakhstan's national
// algorithms under certificates of Kazakhstan's profile.
//
// It reads the container itself, strictly: programs for CMS accept bytes that
// mean nothing, do not tell what the content is said to be, and judge by the
// signer's own clock. A signature with a time stamp is judged by the time of the
// stamp, one without by the moment it was received. Keys, certificates, lists and
// answers are those of signature/pki.
//
// Start at [Verifier.Verify]; which authorities are believed is [Trust].
package cms

import (
	"context"
	"sync/atomic"

	"ruqsat/signature"
	"ruqsat/signature/pki"
)

// rules names this verifier and the edition of its rules in each report. Change
// it with any change of what is found valid.
const rules = "cms 3, " + pki.Rules

// A Verifier examines signatures against a trust that can be exchanged while it
// runs. It is safe for use by several goroutines.
type Verifier struct {
	trust atomic.Pointer[Trust]
	ask   atomic.Pointer[pki.Ask]
}

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

// AskBy makes v ask about a certificate of which the lists do not tell.
func (v *Verifier) AskBy(ask pki.Ask) { v.ask.Store(&ask) }

// Trust returns what v believes.
func (v *Verifier) Trust() *Trust { return v.trust.Load() }

// Verify examines sig, a CMS in DER, PEM or base64, over the exact bytes of
// document. A document inside the signature must be the same, byte for byte, and
// there must be one signer: who else signed has no say in whose it is.
func (v *Verifier) Verify(ctx context.Context, document, sig []byte, want signature.Want) signature.Report {
	e := v.examination(ctx, document, sig, want)
	e.one = true
	return e.make()
}

// VerifyAll is Verify for any number of signers: a report for each, in the order
// they stand. Each is judged by itself, at the time of its own stamp, and answers
// of OCSP that came with the signature are looked at. There is always a report.
func (v *Verifier) VerifyAll(ctx context.Context, document, sig []byte, want signature.Want, answers ...[]byte) []signature.Report {
	var all []signature.Report
	for n := 0; ; n++ {
		e := v.examination(ctx, document, sig, want)
		e.which, e.answers = n, answers
		all = append(all, e.make())
		if e.c == nil || n+1 >= len(e.c.signers) {
			return all
		}
	}
}

// Attached returns the document inside a signature; it reports false if there is
// none, or no signature.
func Attached(sig []byte) ([]byte, bool) {
	der, err := unwrap(sig)
	if err != nil {
		return nil, false
	}
	c, err := parse(der, oidData)
	if err != nil {
		return nil, false
	}
	return c.attached, c.isAttached
}

func (v *Verifier) examination(ctx context.Context, document, sig []byte, want signature.Want) *examination {
	e := &examination{ctx: ctx, trust: v.Trust(), document: document, sig: sig, want: want}
	if ask := v.ask.Load(); ask != nil {
		e.ask = *ask
	}
	e.report = signature.Report{
		At:        want.At,
		Document:  pki.Sum(document),
		Signature: pki.Sum(sig),
		Training:  e.trust.Training(),
		Test:      e.trust.Test(),
		Rules:     rules,
	}
	return e
}
