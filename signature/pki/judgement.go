package pki

import (
	"context"
	"crypto/x509"
	"fmt"
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/signature"
)

// maxAhead is how far the signer's clock may be before ours. Computers whose time
// zone was not changed with the country's are hours off.
const maxAhead = 24 * time.Hour

// A Judgement is a signer's certificate, judged by a moment. Its methods are the
// checks of [signature.Order] from Chain to Identity, to be made in that order.
type Judgement struct {
	Context   context.Context
	Trust     *Trust
	Leaf      *Certificate
	At        time.Time // the moment; days in messages are those of its zone
	Basis     string    // where the moment is from, for the evidence: received, or stamped
	Signed    time.Time // what the signer's computer said; zero if it did not
	Want      signature.Want
	Report    *signature.Report
	Responses [][]byte // answers of OCSP about the certificate, in DER
	Brought   [][]byte // answers that came with the signature: whoever sent it chose them
	Ask       Ask      // gets one where the list does not tell; may be nil

	issuer   *Certificate // from Chain
	notAsked error
}

// Chain looks for the authority that issued the certificate. Whether all are in
// date comes next; so that an expired certificate is called that and not unknown,
// it is verified here as of its own last moment.
func (j *Judgement) Chain() signature.Check {
	issuer := lang.Args{"issuer": nameOf(j.Leaf.Issuer)}
	if j.Trust.Anchor(j.Leaf) {
		return signature.Failed("the certificate is that of an authority", "signature.unknown-authority", issuer)
	}
	var err error
	if j.issuer, err = j.Trust.Issuer(j.Leaf); err != nil {
		return signature.Failed(err.Error(), "signature.unknown-authority", issuer)
	}
	if critical := j.Leaf.UnhandledCriticalExtensions; len(critical) > 0 {
		return signature.Failed("critical extension "+critical[0].String(), "signature.bad-certificate")
	}
	root := j.Trust.parent[j.issuer]
	at := within(j.At, j.Leaf.NotBefore, j.Leaf.NotAfter)
	for _, authority := range []*Certificate{j.issuer, root} {
		if at.Before(authority.NotBefore) || at.After(authority.NotAfter) {
			issuer["issuer"] = nameOf(authority.Subject)
			return signature.Failed(nameOf(authority.Subject)+" out of date", "signature.authority-expired", issuer)
		}
	}
	j.Report.Issuers = [][]byte{j.issuer.Raw, root.Raw}
	return signature.Passed(fmt.Sprintf("%s, root sha256 %s", nameOf(j.issuer.Subject), Sum(root.Raw)))
}

// within returns the moment of [from, until] nearest to t.
func within(t, from, until time.Time) time.Time {
	switch {
	case t.Before(from):
		return from
	case t.After(until):
		return until
	}
	return t
}

// Validity judges by the moment: the time in the signature is the
// signer's word. It must only not contradict the rest.
func (j *Judgement) Validity() signature.Check {
	at, signed := j.At, j.Signed
	from, until := j.Leaf.NotBefore, j.Leaf.NotAfter
	evidence := fmt.Sprintf("in force %s to %s, %s %s", from.Format(time.RFC3339), until.Format(time.RFC3339), j.Basis, at.UTC().Format(time.RFC3339))
	switch {
	case at.IsZero():
		return signature.Open("the moment of receipt is not known", "signature.not-checked")
	case at.Before(from):
		return signature.Failed(evidence, "signature.not-yet", j.day(from))
	case at.After(until):
		return signature.Failed(evidence, "signature.expired", j.day(until))
	case signed.IsZero():
		return signature.Passed(evidence + ", time of signing not said")
	case signed.After(at.Add(maxAhead)):
		return signature.Failed("signed "+signed.Format(time.RFC3339), "signature.clock-ahead", j.day(signed))
	case signed.Before(from) || signed.After(until):
		return signature.Failed("signed "+signed.Format(time.RFC3339), "signature.signed-out-of-date", j.day(signed))
	}
	return signature.Passed(evidence + ", signed " + signed.Format(time.RFC3339))
}

// day returns the argument that says the day of t, in the zone of the receipt.
func (j *Judgement) day(t time.Time) lang.Args {
	y, m, d := t.In(j.At.Location()).Date()
	return lang.Args{"day": lang.FormatDayShort(y, m, d)}
}

// Usage wants a key for signing documents: non-repudiation, and among extended
// usages, where there are any, the protection of messages or a role in a firm.
// Keys for signing in have client authentication instead, and are good where
// somebody signs in.
func (j *Judgement) Usage() signature.Check {
	c := j.Leaf
	evidence := fmt.Sprintf("key usage %#x, extended %v %v", int(c.KeyUsage), c.ExtKeyUsage, c.UnknownExtKeyUsage)
	extended := len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) > 0
	signs := slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageEmailProtection)
	switch {
	case c.IsCA || c.KeyUsage&(x509.KeyUsageCertSign|x509.KeyUsageCRLSign) != 0 || j.staff():
		return signature.Failed(evidence, "signature.other-purpose")
	case j.Want.SignIn() && slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) && c.KeyUsage&x509.KeyUsageDigitalSignature != 0:
		return signature.Passed(evidence)
	case slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) && !signs:
		return signature.Failed(evidence, "signature.authentication-key")
	case c.KeyUsage&x509.KeyUsageContentCommitment == 0, extended && !signs && len(j.Report.Signer.Roles) == 0:
		return signature.Failed(evidence, "signature.other-purpose")
	}
	return signature.Passed(evidence)
}

// staff reports whether the certificate is of somebody at the authority itself.
func (j *Judgement) staff() bool {
	return slices.ContainsFunc(signature.RolesOf(j.Report.Signer), func(r signature.Role) bool {
		known, _ := r.Known()
		return known == signature.Staff
	})
}

// Identity compares the certificate with whose signature is wanted: the
// identification data of the session and of the application.
func (j *Judgement) Identity() signature.Check {
	s, want := j.Report.Signer, j.Want
	iin, bin := string(want.IIN), string(want.BIN)
	evidence := fmt.Sprintf("certificate: IIN %q, BIN %q; wanted: IIN %q, BIN %q", s.IIN, s.BIN, iin, bin)
	switch {
	case iin == "" && bin == "" && !want.Anyone:
		return signature.Open(evidence, "signature.nobody-named")
	case s.IIN == "" && (iin != "" || bin != ""):
		return signature.Failed(evidence, "signature.no-person")
	case iin != "" && iin != s.IIN:
		return signature.Failed(evidence, "signature.other-person", lang.Args{"name": s.Name, "iin": iin})
	case bin != "" && s.BIN == "":
		return signature.Failed(evidence, "signature.no-firm", lang.Args{"bin": bin})
	case bin != "" && bin != s.BIN:
		return signature.Failed(evidence, "signature.other-firm", lang.Args{"got": s.BIN, "bin": bin})
	case j.Trust.domain == domainReal && (iin == "" && !rightIIN(s.IIN) || bin == "" && !rightBIN(s.BIN)):
		return signature.Failed(evidence, "signature.wrong-number")
	}
	return signature.Passed(evidence)
}

// rightIIN reports whether a number that is compared with none has the right check
// digit, if it is there. Those of people made up by the test centre do not, and
// are not asked.
func rightIIN(number string) bool {
	_, err := party.ParseIIN(number)
	return number == "" || err == nil
}

func rightBIN(number string) bool {
	_, err := party.ParseBIN(number)
	return number == "" || err == nil
}
