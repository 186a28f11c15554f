package signature

import (
	"testing"
	"time"
)

// signedBy is the report of a good signature of somebody with roles.
func signedBy(roles ...Role) Report {
	r := Report{Outcome: Valid, Signer: Signer{Certificate: []byte{1}}}
	for _, role := range roles {
		r.Signer.Roles = append(r.Signer.Roles, string(role))
	}
	return r
}

func TestWhoMaySignFollowsFromTheRules(t *testing.T) {
	for _, c := range []struct {
		to    Occasion
		roles []Role
		want  Outcome
	}{
		{ToSubmit, []Role{Organisation, Head}, Valid},
		{ToSubmit, []Role{Individual}, Valid},
		{ToSubmit, []Role{Organisation, Employee}, Invalid},
		{ToSubmit, nil, Invalid},
		{ToSign, []Role{Organisation, MaySign}, Valid},
		{ToSign, []Role{Organisation, Employee}, Invalid},
		{ToSign, []Role{Individual}, Invalid},
		{ToSign, []Role{System + ".7"}, Invalid},
		{ToSignIn, []Role{Organisation, Employee}, Valid},
		{"something else", []Role{Organisation, Head}, Invalid},
	} {
		r := RuleOf(c.to).Judge(signedBy(c.roles...))
		if r.Outcome != c.want {
			t.Errorf("%s with roles %v: %s, want %s", c.to, c.roles, r.Outcome, c.want)
		}
		if why, found := r.Why(); r.Outcome == Invalid && (!found || why.Name != RoleCheck) {
			t.Errorf("%s with roles %v: the role is not given as the reason, but %+v", c.to, c.roles, why)
		}
	}
}

func TestAnInvalidSignatureStaysAsItIs(t *testing.T) {
	r := signedBy(Organisation, Head)
	r.Outcome = Invalid
	if got := RuleOf(ToSign).Judge(r); len(got.Checks) != 0 {
		t.Errorf("a rule added %v to a signature that is not valid", got.Checks)
	}
}

func TestATimeStampIsAskedForWhereTheRuleSaysSo(t *testing.T) {
	rule := RuleOf(ToSign)
	rule.Stamp = StampAsked
	r := signedBy(Organisation, Head)
	if got := rule.Judge(r); got.Outcome != Invalid {
		t.Errorf("without the stamp that is asked for: %s", got.Outcome)
	}
	r.Stamp = &Stamp{At: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	if got := rule.Judge(r); got.Outcome != Valid {
		t.Errorf("with the stamp: %s, %v", got.Outcome, got.Err())
	}
}
