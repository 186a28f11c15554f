package partner_test

import (
	"testing"
	"time"

	"ruqsat/partner"
	"ruqsat/problem"
)

var now = time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC)

func whole() partner.Token {
	return partner.Token{Name: "Банк", Scopes: []partner.Scope{partner.Check}, Minute: 60, Expires: now.AddDate(1, 0, 0)}
}

func TestATokenIsIssuedOnlyWhole(t *testing.T) {
	if _, err := whole().Prepare(now); err != nil {
		t.Fatalf("a whole token is refused: %v", err)
	}
	for field, spoil := range map[string]func(*partner.Token){
		"name":    func(x *partner.Token) { x.Name = " " },
		"scope":   func(x *partner.Token) { x.Scopes = append(x.Scopes, "everything") },
		"minute":  func(x *partner.Token) { x.Minute = 0 },
		"expires": func(x *partner.Token) { x.Expires = now.AddDate(2, 0, 1) },
	} {
		x := whole()
		spoil(&x)
		_, err := x.Prepare(now)
		if e := problem.Of(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("a token with a bad %s is answered by %v", field, err)
		}
	}
}

func TestATokenHoldsFromItsIssueToItsEnd(t *testing.T) {
	x := whole()
	for _, c := range []struct {
		what  string
		scope partner.Scope
		at    time.Time
		want  problem.Kind
	}{
		{"in time", partner.Check, now, ""},
		{"in its last second", partner.Check, x.Expires.Add(-time.Second), ""},
		{"after it", partner.Check, x.Expires, problem.SignedOut},
		{"for something else", partner.Figures, now, problem.NotAllowed},
	} {
		if err := x.May(c.scope, c.at); (err != nil) != (c.want != "") || err != nil && !problem.IsKind(err, c.want) {
			t.Errorf("%s: %v, want %q", c.what, err, c.want)
		}
	}
	x.Revoked = now
	if err := x.May(partner.Check, now); !problem.IsKind(err, problem.SignedOut) {
		t.Errorf("a revoked token is answered by %v", err)
	}
}
