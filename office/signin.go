package office

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/signature"
	"ruqsat/store"
)

// challengeLife is how long a challenge can be answered.
const challengeLife = 5 * time.Minute

// A Challenge is what somebody signs to sign in. It is kept in their session, and
// taken from there before it is answered: one try each.
type Challenge struct {
	Text string    `json:"text"`
	Made time.Time `json:"made"`
}

// Challenge returns a new challenge. It names us, so that a signature over it is
// of no use elsewhere, and nobody can have signed it before.
func (o *Office) Challenge() Challenge {
	now := o.Now()
	return Challenge{
		Text: fmt.Sprintf("ruqsat sign-in\n%s\n%s\n%s\n", o.Address, now.UTC().Format(time.RFC3339), rand.Text()+rand.Text()), Made: now,
	}
}

// SignInSigned returns the account of who has signed a challenge (WKO 142/2017
// ¶ 10(3)). The certificate of a firm leads to the firm's account, one of the
// authority to that of the official with its IIN, and a person's own to theirs. The
// ministry and administrators come with a key of their organisation, of which we
// know no number: their IIN decides.
func (o *Office) SignInSigned(ctx context.Context, c Challenge, sig []byte) (party.Account, error) {
	now := o.Now()
	if c.Text == "" || now.Sub(c.Made) > challengeLife || now.Before(c.Made) {
		return party.Account{}, problem.New(problem.Invalid, "office.challenge-old")
	}
	if o.Verifier == nil {
		return party.Account{}, problem.New(problem.Unavailable, "signature.not-checked")
	}
	r := o.Verifier.Verify(ctx, []byte(c.Text), sig, signature.Want{Anyone: true, For: signature.ToSignIn, At: now})
	r = signature.RuleOn(signature.ToSignIn, calendar.DateOf(now.Date())).Judge(r, signature.OwnStamp{})
	if err := r.Err(); err != nil {
		return party.Account{}, err
	}
	a, err := o.accountOf(ctx, r.Signer)
	if err == nil && !a.Active {
		err = problem.New(problem.NotAllowed, "office.no-account-for-key").Under("WKO 142/2017 ¶ 10(4)")
	}
	return a, err
}

// accountOf finds whose account a certificate leads to; a zero one if there is
// none.
func (o *Office) accountOf(ctx context.Context, s signature.Signer) (party.Account, error) {
	var found party.Account
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		for _, role := range []party.Role{party.Clerk, party.Executor, party.Head, party.Ministry, party.Admin} {
			officials, err := tx.Accounts(ctx, role, "")
			if err != nil {
				return err
			}
			for _, a := range officials {
				of := party.AuthorityOf(a.Region).BIN
				if a.Active && a.IIN != "" && string(a.IIN) == s.IIN && s.BIN != "" && (of == "" || string(of) == s.BIN) {
					found = a
					return nil
				}
			}
		}
		login := or12(s.BIN, s.IIN)
		a, _, ok, err := tx.AccountByLogin(ctx, login)
		if ok && a.Role == party.Applicant && strings.TrimSpace(string(a.BIN)) == login {
			found = a
		}
		return err
	})
	return found, err
}

// or12 returns the number of the firm, or that of the person where there is none.
func or12(bin, iin string) string {
	if bin != "" {
		return bin
	}
	return iin
}
