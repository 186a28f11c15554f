package signature

import (
	"testing"
	"time"

	"ruqsat/calendar"
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
		r := RuleOn(c.to, day).Judge(signedBy(c.roles...), OwnStamp{})
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
	if got := RuleOn(ToSign, day).Judge(r, OwnStamp{}); len(got.Checks) != 0 {
		t.Errorf("a rule added %v to a signature that is not valid", got.Checks)
	}
}

// day is one on which every rule holds.
var day = calendar.DateOf(2026, 11, 2)

func TestBeforeTheFirstRuleNobodySigns(t *testing.T) {
	r := RuleOn(ToSign, calendar.DateOf(2015, 12, 31)).Judge(signedBy(Organisation, Head), OwnStamp{})
	if r.Outcome != Invalid {
		t.Errorf("on a day without a rule: %s", r.Outcome)
	}
}

func TestAStampOfOurOwnIsAsGoodAndOneThatIsAwaitedLeavesItOpen(t *testing.T) {
	rule := RuleOn(ToSign, day)
	rule.Stamp = StampAsked
	for want, own := range map[Outcome]OwnStamp{Valid: {Stamp: &Stamp{}}, Undetermined: {Awaited: true}, Invalid: {}} {
		if got := rule.Judge(signedBy(Organisation, Head), own); got.Outcome != want {
			t.Errorf("with %+v: %s, want %s", own, got.Outcome, want)
		}
	}
	rule.Stamp = StampTaken
	if got := rule.Judge(signedBy(Organisation, Head), OwnStamp{Awaited: true}); got.Outcome != Valid {
		t.Errorf("a stamp that nobody asks for is awaited: %s", got.Outcome)
	}
}

func TestATimeStampIsAskedForWhereTheRuleSaysSo(t *testing.T) {
	rule := RuleOn(ToSign, day)
	rule.Stamp = StampAsked
	r := signedBy(Organisation, Head)
	if got := rule.Judge(r, OwnStamp{}); got.Outcome != Invalid {
		t.Errorf("without the stamp that is asked for: %s", got.Outcome)
	}
	r.Stamp = &Stamp{At: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	if got := rule.Judge(r, OwnStamp{}); got.Outcome != Valid {
		t.Errorf("with the stamp: %s, %v", got.Outcome, got.Err())
	}
}
