package cms

import (
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruqsat/lang"
	"ruqsat/signature"
)

// maxAhead is how far the signer's clock may be before ours. Computers whose time
// zone was not changed with the country's are hours off.
const maxAhead = 24 * time.Hour

// chain looks for the authority that issued the certificate. Whether all are in
// date comes next; so that an expired certificate is called that and not unknown,
// it is verified here as of its own last moment.
func (e *examination) chain() signature.Check {
	leaf := e.c.certificate
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots:       e.trust.anchors,
		CurrentTime: within(e.want.At, leaf.NotBefore, leaf.NotAfter),
		KeyUsages:   []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	issuer := lang.Args{"issuer": nameOf(leaf.Issuer)}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return signature.Failed(err.Error(), "signature.authority-expired", issuer)
	}
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return signature.Failed(unknown.Error(), "signature.unknown-authority", issuer)
	}
	if err != nil {
		return signature.Failed(err.Error(), "signature.bad-certificate")
	}
	e.issuer = chains[0][1]
	return e.rooted(issuer)
}

// rooted notes the root of the issuing authority, which vouched for it when the
// trust was made.
func (e *examination) rooted(issuer lang.Args) signature.Check {
	i := slices.IndexFunc(e.trust.issuing, e.issuer.Equal)
	if i < 0 {
		return signature.Failed("the certificate is that of an authority", "signature.unknown-authority", issuer)
	}
	e.issuer = e.trust.issuing[i]
	root := e.trust.parent[e.issuer]
	at := within(e.want.At, e.c.certificate.NotBefore, e.c.certificate.NotAfter)
	if at.Before(root.NotBefore) || at.After(root.NotAfter) {
		return signature.Failed("root out of date", "signature.authority-expired", lang.Args{"issuer": nameOf(root.Subject)})
	}
	e.report.Issuers = [][]byte{e.issuer.Raw, root.Raw}
	return signature.Passed(fmt.Sprintf("%s, root sha256 %s", nameOf(e.issuer.Subject), sum(root.Raw)))
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

// validity judges by the moment of receipt: the time in the signature is the
// signer's word. It must only not contradict the rest.
func (e *examination) validity() signature.Check {
	at, signed := e.want.At, e.c.attributes.signingTime
	from, until := e.c.certificate.NotBefore, e.c.certificate.NotAfter
	evidence := fmt.Sprintf("in force %s to %s, received %s", from.Format(time.RFC3339), until.Format(time.RFC3339), at.UTC().Format(time.RFC3339))
	switch {
	case at.IsZero():
		return signature.Open("the moment of receipt is not known", "signature.not-checked")
	case at.Before(from):
		return signature.Failed(evidence, "signature.not-yet", e.day(from))
	case at.After(until):
		return signature.Failed(evidence, "signature.expired", e.day(until))
	case signed.IsZero():
		return signature.Passed(evidence + ", time of signing not said")
	case signed.After(at.Add(maxAhead)):
		return signature.Failed("signed "+signed.Format(time.RFC3339), "signature.clock-ahead", e.day(signed))
	case signed.Before(from) || signed.After(until):
		return signature.Failed("signed "+signed.Format(time.RFC3339), "signature.signed-out-of-date", e.day(signed))
	}
	return signature.Passed(evidence + ", signed " + signed.Format(time.RFC3339))
}

// day returns the argument that says the day of t, in the zone of the receipt.
func (e *examination) day(t time.Time) lang.Args {
	y, m, d := t.In(e.want.At.Location()).Date()
	return lang.Args{"day": lang.FormatDayShort(y, m, d)}
}

// usage wants a key for signing documents: non-repudiation, and among extended
// usages, where there are any, the protection of messages or a role in a firm.
// Keys for signing in have client authentication instead.
func (e *examination) usage() signature.Check {
	c := e.c.certificate
	evidence := fmt.Sprintf("key usage %#x, extended %v %v", int(c.KeyUsage), c.ExtKeyUsage, c.UnknownExtKeyUsage)
	extended := len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) > 0
	signs := slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageEmailProtection)
	switch {
	case c.IsCA || c.KeyUsage&(x509.KeyUsageCertSign|x509.KeyUsageCRLSign) != 0 || e.staff():
		return signature.Failed(evidence, "signature.other-purpose")
	case slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) && !signs:
		return signature.Failed(evidence, "signature.authentication-key")
	case c.KeyUsage&x509.KeyUsageContentCommitment == 0, extended && !signs && len(e.report.Signer.Roles) == 0:
		return signature.Failed(evidence, "signature.other-purpose")
	}
	return signature.Passed(evidence)
}

// staff reports whether the certificate is of somebody at the authority itself.
func (e *examination) staff() bool {
	return slices.ContainsFunc(e.report.Signer.Roles, func(oid string) bool {
		return oid == authorityStaff || strings.HasPrefix(oid, authorityStaff+".")
	})
}

// revocation looks the certificate up in the list of its issuer, and the issuer
// in the list of the root. Revoked is what was revoked by the moment of receipt.
func (e *examination) revocation() signature.Check {
	own := e.lookUp(e.c.certificate, e.issuer, "signature.revoked")
	above := e.lookUp(e.issuer, e.trust.parent[e.issuer], "signature.authority-revoked")
	if own.Outcome == signature.Valid || own.Outcome == signature.Undetermined && above.Outcome == signature.Invalid {
		above.Evidence = own.Evidence + "; " + above.Evidence
		return above
	}
	return own
}

func (e *examination) lookUp(c, issuer *x509.Certificate, key string) signature.Check {
	l := e.trust.lists[issuer]
	args := lang.Args{"issuer": nameOf(issuer.Subject)}
	if l == nil {
		return signature.Open("no list of "+nameOf(issuer.Subject), "signature.list-missing", args)
	}
	if since, listed := l.revoked(c.SerialNumber); listed && !since.After(e.want.At) {
		args = lang.Args{"issuer": nameOf(c.Subject), "day": e.day(since)["day"]}
		return signature.Failed(fmt.Sprintf("%s: revoked %s", l, since.UTC().Format(time.RFC3339)), key, args)
	}
	if err := l.tells(c, e.want.At); err != nil {
		args["day"] = e.day(l.from)["day"]
		return signature.Open(fmt.Sprintf("%s: %v", l, err), "signature.list-stale", args)
	}
	return signature.Passed(l.String())
}

// identity compares the certificate with whose signature is wanted: the
// identification data of the session and of the application.
func (e *examination) identity() signature.Check {
	s, want := e.report.Signer, e.want
	iin, bin := string(want.IIN), string(want.BIN)
	evidence := fmt.Sprintf("certificate: IIN %q, BIN %q; wanted: IIN %q, BIN %q", s.IIN, s.BIN, iin, bin)
	switch {
	case iin == "" && bin == "" && want.Anyone:
		return signature.Passed(evidence)
	case iin == "" && bin == "":
		return signature.Open(evidence, "signature.nobody-named")
	case s.IIN == "":
		return signature.Failed(evidence, "signature.no-person")
	case iin != "" && iin != s.IIN:
		return signature.Failed(evidence, "signature.other-person", lang.Args{"name": s.Name, "iin": iin})
	case bin != "" && s.BIN == "":
		return signature.Failed(evidence, "signature.no-firm", lang.Args{"bin": bin})
	case bin != "" && bin != s.BIN:
		return signature.Failed(evidence, "signature.other-firm", lang.Args{"got": s.BIN, "bin": bin})
	}
	return signature.Passed(evidence)
}
