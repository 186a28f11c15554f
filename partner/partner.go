// Package partner is who asks the program by program: a bank, another register, an
// employer's own system. Each has a token, issued by an administrator for what it
// may ask and until a day; the secret itself is kept nowhere. It decides, it does
// not save. Start at [Token].
package partner

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Scope is what a token lets its bearer ask.
type Scope string

// The scopes.
const (
	Check   Scope = "check"   // the status of permits, by their numbers
	Figures Scope = "figures" // figures of the register, small ones and those of single employers too
)

// Scopes are all scopes.
var Scopes = []Scope{Check, Figures}

// In names the scope.
func (s Scope) In(t lang.Tag) string { return lang.M("partner.scope-" + string(s)).In(t) }

// MostAMinute is how many requests a minute a token may be given.
const MostAMinute = 6000

// LongestYears is how many years a token lasts at most: who still needs one asks
// for the next.
const LongestYears = 2

// A Token lets a partner ask.
type Token struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"` // of the partner
	Hash    string      `json:"-"`    // of the secret; see [Hash]
	Scopes  []Scope     `json:"scopes"`
	Minute  int         `json:"minute"` // requests a minute
	Issued  time.Time   `json:"issued"`
	By      party.Actor `json:"by"`
	Expires time.Time   `json:"expires"`
	Revoked time.Time   `json:"revoked,omitzero"`
}

// Prepare returns the token as it may be issued at a moment, or what is wrong with
// each field.
func (t Token) Prepare(at time.Time) (Token, error) {
	var f problem.Form
	t.Name = strings.TrimSpace(t.Name)
	if t.Name == "" || len([]rune(t.Name)) > 200 {
		f.Wrong("name", "partner.no-name")
	}
	if len(t.Scopes) == 0 || slices.ContainsFunc(t.Scopes, func(s Scope) bool { return !slices.Contains(Scopes, s) }) {
		f.Wrong("scope", "partner.no-scope")
	}
	if t.Minute < 1 || t.Minute > MostAMinute {
		f.Wrong("minute", "partner.bad-minute", lang.Args{"most": MostAMinute})
	}
	if !t.Expires.After(at) || t.Expires.After(at.AddDate(LongestYears, 0, 0)) {
		f.Wrong("expires", "partner.bad-expiry", lang.Args{"years": LongestYears})
	}
	t.Issued, t.Revoked = at, time.Time{}
	return t, f.Err()
}

// May returns an error unless the token lets ask within a scope at a moment.
func (t Token) May(s Scope, at time.Time) error {
	switch {
	case !t.Revoked.IsZero() && !at.Before(t.Revoked):
		return problem.New(problem.SignedOut, "partner.revoked")
	case !at.Before(t.Expires):
		return problem.New(problem.SignedOut, "partner.expired")
	case !slices.Contains(t.Scopes, s):
		return problem.New(problem.NotAllowed, "partner.not-allowed")
	}
	return nil
}

// prefix tells a secret of ours from others, to people and to programs that look
// for secrets in the wrong places.
const prefix = "ruqsat_"

// Secret makes a secret of random text.
func Secret(random string) string { return prefix + random }

// Hash returns what is kept of a secret. The secret is random and long, so it needs
// no salt and no slow hash.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
