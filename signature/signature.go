// Package signature says whether an electronic digital signature (ЭЦҚ, ЭЦП) is
// good, whose it is, and why.
//
// A [Verifier] takes the bytes of a document, its detached signature and whose
// it should be, and returns a [Report]: named checks in a fixed order, with the
// evidence for each. The order, and that what is not known is not good, are
// decided here; how a check is made depends on the algorithms and stands in
// signature/cms and signature/xmldsig, national and international ones alike.
//
// A signature that is not confirmed is a technical rejection: there is no case
// yet, no term runs, and nobody was refused the service (WKO 142/2017 ¶ 10(7)).
// Whether the signer may sign for the firm is not asked here.
//
// Start at [Report], then [Examine].
package signature

import (
	"context"
	"time"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// Rejects is the rule under which the portal rejects what was signed wrongly.
const Rejects law.Cite = "WKO 142/2017 ¶ 10(7)"

// TrainingMark is the organisation in the name of every authority made for
// demonstrations and tests. A trust store never holds one beside a real root.
const TrainingMark = "ruqsat training, not for real documents"

// An Outcome is what is known of a signature, or of one check of it. The zero
// Outcome is none and counts as Undetermined.
type Outcome string

// The outcomes. A case may wait for an undetermined one, but is not decided on it.
const (
	Valid        Outcome = "valid"
	Invalid      Outcome = "invalid"
	Undetermined Outcome = "undetermined" // it could not be found out, and may be later
)

// In names the outcome.
func (o Outcome) In(t lang.Tag) string {
	if o == "" {
		o = Undetermined
	}
	return lang.M("signature.outcome-" + string(o)).In(t)
}

// A Name tells which check it is.
type Name string

// The checks. Validity, Revocation and Identity are condition 2 of the portal:
// the certificate's term, the list of the revoked, and that the identification
// data agree (WKO 142/2017 ¶ 10(6)).
const (
	Limits     Name = "limits"     // there is a document and a signature, neither too large
	Container  Name = "container"  // the signature can be read, and holds one signer
	Algorithm  Name = "algorithm"  // made with an algorithm and key we allow
	Digest     Name = "digest"     // made over this document
	Fit        Name = "fit"        // made with the key of this certificate
	Chain      Name = "chain"      // the certificate comes from an authority we trust
	Validity   Name = "validity"   // it was in date when the signature came
	Usage      Name = "usage"      // it is for signing documents
	Revocation Name = "revocation" // neither it nor its issuer was revoked
	Identity   Name = "identity"   // it is of the person and firm expected
)

// Order is the order in which the checks are made and reported. Each rests on
// those before it, but Identity does not rest on Revocation.
var Order = []Name{Limits, Container, Algorithm, Digest, Fit, Chain, Validity, Usage, Revocation, Identity}

// In names the check.
func (n Name) In(t lang.Tag) string { return lang.M("signature.check-" + string(n)).In(t) }

// A Check is what one check found.
type Check struct {
	Name     Name         `json:"name"`
	Outcome  Outcome      `json:"outcome"`
	Say      lang.Message `json:"say"`                // for the person: what is wrong and what to do; zero when valid
	Evidence string       `json:"evidence,omitempty"` // for the operator and for a court, in English
}

// A Signer is who signed, as the certificate names them. What it does not name
// is empty. It is worth something only in a report whose Chain is valid.
type Signer struct {
	Name         string    `json:"name,omitempty"`         // surname first, with the patronymic
	IIN          string    `json:"iin,omitempty"`          // twelve digits; empty for an information system
	BIN          string    `json:"bin,omitempty"`          // twelve digits; empty for a person's own key
	Organisation string    `json:"organisation,omitempty"` // of the firm
	Roles        []string  `json:"roles,omitempty"`        // national identifiers of the signer's role, 1.2.398.3.3.4…
	Serial       string    `json:"serial,omitempty"`       // of the certificate, hexadecimal
	Issuer       string    `json:"issuer,omitempty"`       // common name of who issued it
	NotBefore    time.Time `json:"not_before,omitzero"`
	NotAfter     time.Time `json:"not_after,omitzero"`
	Certificate  []byte    `json:"certificate,omitempty"` // DER, kept as evidence
}

// A Report is all that was found out about a signature. It is stored beside the
// signature, so that what was decided can be checked when the authority that
// issued the certificate is gone.
type Report struct {
	Outcome   Outcome   `json:"outcome"`
	Checks    []Check   `json:"checks"` // in Order, up to the one that ended the examination
	Signer    Signer    `json:"signer,omitzero"`
	SignedAt  time.Time `json:"signed_at,omitzero"`  // what the signer's computer said; zero if it did not, and never proof
	At        time.Time `json:"at"`                  // the moment the signature is judged by: that of its time stamp, or its receipt
	Received  time.Time `json:"received,omitzero"`   // when it came, where At is the time of a stamp
	Stamp     *Stamp    `json:"stamp,omitempty"`     // the time stamp it is judged by
	Algorithm string    `json:"algorithm,omitempty"` // like "ECDSA P-256 with SHA-256"
	Document  string    `json:"document"`            // SHA-256 of the document, hexadecimal
	Signature string    `json:"signature"`           // SHA-256 of the signature as received, hexadecimal
	Issuers   [][]byte  `json:"issuers,omitempty"`   // DER of the issuing authority and its root
	Answers   [][]byte  `json:"answers,omitempty"`   // DER of the answers of OCSP it rests on
	Training  bool      `json:"training,omitempty"`  // the root is of a demonstration
	Test      bool      `json:"test,omitempty"`      // the root is of the national authority's test centre
	Rules     string    `json:"rules,omitempty"`     // which verifier, and which edition of its rules
}

// A Stamp is a time stamp: the word of a time stamp authority that the signature
// was there at a moment (RFC 3161). Whoever operates the authority stands in its
// certificate, and is not shown.
type Stamp struct {
	At        time.Time `json:"at"`
	Policy    string    `json:"policy"` // identifier of the authority's policy
	Serial    string    `json:"serial"` // of the stamp, decimal
	Algorithm string    `json:"algorithm"`
	Issuer    string    `json:"issuer"` // common name of who issued the authority's certificate
	Token     []byte    `json:"token"`  // DER, with the certificate, kept as evidence
}

// A Want is whose signature it must be, and when it came.
type Want struct {
	BIN party.BIN // zero: the person signs for themselves, whatever firm the certificate names
	IIN party.IIN // zero: any person of that BIN
	// Anyone leaves it open whose signature it is where neither number is given, for
	// a page or a command that tells who signed a file. Without it nothing is valid
	// then.
	Anyone bool
	// For is what is signed; a challenge may be signed with a key for signing in.
	For Occasion
	// At is when the signature was received, by our clock; the certificate must
	// be good then. Days in messages are those of its zone. Zero: nothing is valid.
	At time.Time
}

// SignIn reports whether a challenge is signed, and no document.
func (w Want) SignIn() bool { return w.For == ToSignIn }

// A Verifier examines signatures. It returns a report whatever it is given; a
// check it could not make, even because ctx ended, is undetermined.
type Verifier interface {
	Verify(ctx context.Context, document, sig []byte, want Want) Report
}
