package signature_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/signature"
)

// all returns methods that find everything in order, but for those in but.
func all(but signature.Methods) signature.Methods {
	m := signature.Methods{}
	for _, name := range signature.Order {
		m[name] = func() signature.Check { return signature.Passed("") }
	}
	for name, check := range but {
		m[name] = check
	}
	return m
}

func failed(key string) func() signature.Check {
	return func() signature.Check { return signature.Failed("seen", key) }
}

func open(key string) func() signature.Check {
	return func() signature.Check { return signature.Open("not seen", key) }
}

func TestASignatureIsValidWhenEveryCheckIs(t *testing.T) {
	var r signature.Report
	signature.Examine(&r, all(nil))
	if r.Outcome != signature.Valid || r.Err() != nil {
		t.Errorf("outcome %q, error %v; want valid and none", r.Outcome, r.Err())
	}
	for i, name := range signature.Order {
		if r.Checks[i].Name != name {
			t.Errorf("check %d is %s, want %s", i, r.Checks[i].Name, name)
		}
	}
}

func TestWithoutAnyOneCheckNothingIsValid(t *testing.T) {
	for _, name := range signature.Order {
		for what, check := range map[string]func() signature.Check{
			"forgotten": nil,
			"open":      open("signature.list-missing"),
			"empty":     func() signature.Check { return signature.Check{} },
			"failed":    failed("signature.revoked"),
		} {
			var r signature.Report
			signature.Examine(&r, all(signature.Methods{name: check}))
			if r.Outcome == signature.Valid || r.Err() == nil {
				t.Errorf("%s %s: outcome %q, error %v; want an error", name, what, r.Outcome, r.Err())
			}
		}
	}
}

func TestTheExaminationEndsWhereTheNextCheckWouldRestOnNothing(t *testing.T) {
	reached := false
	var r signature.Report
	signature.Examine(&r, all(signature.Methods{
		signature.Digest: failed("signature.document-changed"),
		signature.Fit:    func() signature.Check { reached = true; return signature.Passed("") },
	}))
	if reached || len(r.Checks) != 4 {
		t.Errorf("%d checks were made after a changed document, want it to be the last of 4", len(r.Checks))
	}
}

// A missing list must not hide that the signature is another's.
func TestIdentityIsLookedAtThoughTheListIsMissing(t *testing.T) {
	var r signature.Report
	signature.Examine(&r, all(signature.Methods{
		signature.Revocation: open("signature.list-missing"),
		signature.Identity:   failed("signature.other-firm"),
	}))
	if why, _ := r.Why(); r.Outcome != signature.Invalid || why.Name != signature.Identity {
		t.Errorf("outcome %q for %s, want invalid for identity", r.Outcome, why.Name)
	}
}

func TestARejectionCitesTheRuleAndAnOpenCheckRejectsNothing(t *testing.T) {
	var r signature.Report
	signature.Examine(&r, all(signature.Methods{signature.Validity: failed("signature.expired")}))
	if e := problem.Of(r.Err()); e.Kind != problem.Invalid || e.Cite != signature.Rejects || e.Say.Key != "signature.expired" {
		t.Errorf("expired: %s %s %s, want invalid under %s", e.Kind, e.Cite, e.Say.Key, signature.Rejects)
	}
	signature.Examine(&r, all(signature.Methods{signature.Revocation: open("signature.list-stale")}))
	if e := problem.Of(r.Err()); e.Kind != problem.Unavailable || e.Cite != "" || e.Say.Key != "signature.list-stale" {
		t.Errorf("stale list: %s %q %s, want unavailable under no rule", e.Kind, e.Cite, e.Say.Key)
	}
}

func TestAReportThatNobodyMadeIsNotValid(t *testing.T) {
	for _, r := range []signature.Report{{}, {Outcome: signature.Invalid}, {Outcome: signature.Undetermined}} {
		if !problem.IsKind(r.Err(), problem.Unavailable) {
			t.Errorf("an empty report %q: %v, want unavailable", r.Outcome, r.Err())
		}
	}
}

func TestAStoredReportKeepsItsWordsAndEvidence(t *testing.T) {
	r := signature.Report{
		At:     time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC),
		Signer: signature.Signer{Name: "Сейтқали Айгүл Ерланқызы", Serial: "4f"},
	}
	signature.Examine(&r, all(signature.Methods{signature.Validity: failed("signature.authentication-key")}))
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back signature.Report
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	was, _ := r.Why()
	is, _ := back.Why()
	for _, tag := range lang.Tags {
		if is.Say.In(tag) != was.Say.In(tag) {
			t.Errorf("%s: read back %q, want %q", tag, is.Say.In(tag), was.Say.In(tag))
		}
	}
	if is.Evidence != "seen" || !back.At.Equal(r.At) || back.Signer.Name != r.Signer.Name || back.Outcome != r.Outcome {
		t.Errorf("read back %+v, want %+v", back, r)
	}
	if strings.Contains(string(raw), "0001-01-01") {
		t.Errorf("a time that is not known stands in the report: %s", raw)
	}
}

func TestEveryCheckAndOutcomeHasAName(t *testing.T) {
	var all []lang.Speaker
	for _, n := range signature.Order {
		all = append(all, n)
	}
	for _, o := range []signature.Outcome{signature.Valid, signature.Invalid, signature.Undetermined, ""} {
		all = append(all, o)
	}
	for _, s := range all {
		for _, tag := range lang.Tags {
			if words := s.In(tag); words == "" || strings.HasPrefix(words, "signature.") {
				t.Errorf("%v has no name in %s", s, tag)
			}
		}
	}
}
