package pki

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/signature"
)

// An Ask asks the authority's OCSP service about a certificate. It returns the
// answer in DER, and asks only where it was configured to.
type Ask func(ctx context.Context, c, issuer *Certificate) ([]byte, error)

// maxAge is how much older than the moment an answer may be that does not say
// when the next is due, as those of the national authority do not.
const maxAge = time.Hour

// Revocation looks the certificate up in answers of OCSP and in the list of its
// issuer, and the issuer in the list of the root; no service tells of issuers.
// Revoked is what was revoked by the moment.
func (j *Judgement) Revocation() signature.Check {
	own := j.ownRevocation()
	above := j.lookUp(j.issuer, j.Trust.parent[j.issuer], "signature.authority-revoked")
	if own.Outcome == signature.Valid || own.Outcome == signature.Undetermined && above.Outcome == signature.Invalid {
		above.Evidence = own.Evidence + "; " + above.Evidence
		return above
	}
	return own
}

// ownRevocation weighs what list and answers say: one that revokes decides, then
// one that confirms.
func (j *Judgement) ownRevocation() signature.Check {
	found := []signature.Check{j.lookUp(j.Leaf, j.issuer, "signature.revoked")}
	if found[0].Outcome == signature.Undetermined && len(j.Responses) == 0 && j.Ask != nil {
		j.ask()
	}
	for _, raw := range j.Responses {
		found = append(found, j.answered(raw))
	}
	if !slices.ContainsFunc(found, func(c signature.Check) bool { return c.Outcome != signature.Undetermined }) {
		found = append(found, j.brought()...)
	}
	evidence := ""
	for i, c := range found {
		if i > 0 {
			evidence += "; "
		}
		evidence += c.Evidence
	}
	if j.notAsked != nil {
		evidence += "; " + j.notAsked.Error()
	}
	for _, wanted := range []signature.Outcome{signature.Invalid, signature.Valid} {
		for _, c := range found {
			if c.Outcome == wanted {
				c.Evidence = evidence
				return c
			}
		}
	}
	found[0].Evidence = evidence
	return found[0]
}

// brought says what the answers tell that came with a signature, where nothing of
// ours does. Whoever sent it could have left out one that revokes, so an answer
// counts only if it was made at the moment or after: it would tell of a revocation.
// One that decides is kept with the others.
func (j *Judgement) brought() (found []signature.Check) {
	for _, raw := range j.Brought {
		check := j.answered(raw)
		if check.Outcome == signature.Valid && !j.madeSince(raw) {
			check = signature.Open(check.Evidence+", made before the signature", "signature.answer-unusable", lang.Args{"issuer": nameOf(j.issuer.Subject)})
		}
		if check.Outcome != signature.Undetermined {
			j.Responses = append(j.Responses, raw)
		}
		check.Evidence = "came with the signature, " + check.Evidence
		found = append(found, check)
	}
	return found
}

// madeSince reports whether an answer about the certificate is of the moment or
// later.
func (j *Judgement) madeSince(raw []byte) bool {
	r, err := ParseResponse(raw)
	if err != nil {
		return false
	}
	a, err := r.about(j.Leaf, j.issuer, j.Trust)
	return err == nil && !a.from.Before(j.At.Truncate(time.Second))
}

// ask gets an answer; without one the list has to do.
func (j *Judgement) ask() {
	raw, err := j.Ask(j.Context, j.Leaf, j.issuer)
	if err != nil {
		j.notAsked = err
		return
	}
	j.Responses = append(j.Responses, raw)
}

func (j *Judgement) lookUp(c, issuer *Certificate, key string) signature.Check {
	l := j.Trust.lists[issuer]
	args := lang.Args{"issuer": nameOf(issuer.Subject)}
	if l == nil {
		return signature.Open("no list of "+nameOf(issuer.Subject), "signature.list-missing", args)
	}
	if since, listed := l.revoked(c.SerialNumber); listed && !since.After(j.At) {
		args = lang.Args{"issuer": nameOf(c.Subject), "day": j.day(since)["day"]}
		return signature.Failed(fmt.Sprintf("%s: revoked %s", l, since.UTC().Format(time.RFC3339)), key, args)
	}
	if err := l.tells(c, j.At); err != nil {
		args["day"] = j.day(l.from)["day"]
		return signature.Open(fmt.Sprintf("%s: %v", l, err), "signature.list-stale", args)
	}
	return signature.Passed(l.String())
}

// answered says what an answer of OCSP tells of the signer's certificate. A later
// revocation does not undo the signature; an answer from before the moment, or
// from after the certificate's end, says nothing.
func (j *Judgement) answered(raw []byte) signature.Check {
	args := lang.Args{"issuer": nameOf(j.issuer.Subject)}
	open := func(why string) signature.Check {
		return signature.Open("OCSP: "+why, "signature.answer-unusable", args)
	}
	r, err := ParseResponse(raw)
	if err != nil {
		return open(err.Error())
	}
	a, err := r.about(j.Leaf, j.issuer, j.Trust)
	if err != nil {
		return open(err.Error())
	}
	evidence := fmt.Sprintf("OCSP of %s, sha256 %s: %s", r.Produced.UTC().Format(time.RFC3339), Sum(raw), a)
	until := a.until
	if until.IsZero() {
		until = a.from.Add(maxAge)
	}
	switch {
	case !a.known:
		return open(a.String())
	case a.neverIssued():
		return signature.Failed(evidence, "signature.never-issued", args)
	case a.revoked && !a.since.After(j.At):
		args = lang.Args{"issuer": nameOf(j.Leaf.Subject), "day": j.day(a.since)["day"]}
		return signature.Failed(evidence, "signature.revoked", args)
	case a.from.After(j.Leaf.NotAfter):
		return open(evidence + ", but the certificate had expired by then")
	case !j.At.Before(until):
		return open(evidence + ", older than the signature")
	}
	return signature.Passed(evidence)
}
