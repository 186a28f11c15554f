package office

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// phoneLife is how long an invitation to sign with a telephone is good.
const phoneLife = 5 * time.Minute

// A Phone is an invitation to sign the papers of a case with a telephone. Who
// knows its secret may read the papers and send signatures, once.
type Phone struct {
	Secret  string // 130 bits; only its digest is kept
	Case    string
	By      party.Actor // who must sign
	Expires time.Time
	Papers  []store.Paper
	Used    bool
	Waiting bool         // the signatures came and are being checked
	Failed  lang.Message // why nothing was done
	state   procedure.State
}

// InvitePhone makes an invitation to sign what waits for an actor in a case.
func (o *Office) InvitePhone(ctx context.Context, by party.Actor, id string) (Phone, error) {
	papers, err := o.ToSign(ctx, by, id)
	if err == nil && len(papers) == 0 {
		err = problem.New(problem.Conflict, "problem.moved-on")
	}
	if err != nil {
		return Phone{}, err
	}
	p := Phone{Secret: rand.Text(), Case: id, By: by, Expires: o.Now().Add(phoneLife), Papers: papers}
	kept := store.PhoneSigning{Secret: digest(p.Secret), Case: id, Account: by.Account, Expires: p.Expires}
	for _, paper := range papers {
		kept.Papers = append(kept.Papers, paper.ID)
	}
	return p, o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.AddPhoneSigning(ctx, kept) })
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Phone returns the invitation of a secret, used or not.
func (o *Office) Phone(ctx context.Context, secret string) (Phone, error) {
	var kept store.PhoneSigning
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		kept, err = tx.PhoneSigning(ctx, digest(secret))
		return err
	})
	if err != nil {
		return Phone{}, err
	}
	a, err := o.Account(ctx, kept.Account)
	if err != nil {
		return Phone{}, err
	}
	p := Phone{Secret: secret, Case: kept.Case, By: a.Actor(), Expires: kept.Expires, Used: kept.Used, Waiting: kept.Waiting}
	if kept.Failed != "" {
		if err := json.Unmarshal([]byte(kept.Failed), &p.Failed); err != nil {
			return Phone{}, err
		}
	}
	if p.Used {
		return p, nil
	}
	c, err := o.Case(ctx, p.By, p.Case)
	if err != nil {
		return Phone{}, err
	}
	p.state = c.State
	papers, err := o.ToSign(ctx, p.By, p.Case)
	if err != nil {
		return Phone{}, err
	}
	for _, paper := range papers {
		if slices.Contains(kept.Papers, paper.ID) {
			p.Papers = append(p.Papers, paper)
		}
	}
	if len(p.Papers) != len(kept.Papers) {
		return Phone{}, problem.New(problem.Conflict, "problem.moved-on")
	}
	return p, nil
}

// OpenPhone is [Office.Phone] for who comes with the secret: it is good once, and
// for minutes.
func (o *Office) OpenPhone(ctx context.Context, secret string) (Phone, error) {
	p, err := o.Phone(ctx, secret)
	switch {
	case err != nil:
		return Phone{}, err
	case p.Used:
		return Phone{}, problem.New(problem.Conflict, "office.phone-used")
	case !o.Now().Before(p.Expires):
		return Phone{}, problem.New(problem.OutOfTime, "office.phone-late")
	}
	return p, nil
}

// SignByPhone does the act an invitation is for, as the person who was invited,
// whose certificate it must be. Whatever comes of it, the invitation is used up.
func (o *Office) SignByPhone(ctx context.Context, secret string, sigs Signatures) error {
	p, err := o.OpenPhone(ctx, secret)
	if err != nil {
		return err
	}
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.UsePhoneSigning(ctx, digest(secret)) })
	if err != nil {
		return err
	}
	act := o.Sign
	switch p.Act() {
	case procedure.Submit:
		act = o.Submit
	case procedure.Correct:
		act = o.Correct
	}
	var did error
	if _, did = act(ctx, p.By, p.Case, sigs); did == nil {
		return nil
	}
	kept := store.PhoneSigning{Secret: digest(secret), Case: p.Case, Waiting: Waits(did), Failed: string(sayOf(did))}
	for _, paper := range p.Papers {
		kept.Papers = append(kept.Papers, paper.ID)
	}
	if err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.EndPhoneSigning(ctx, kept) }); err != nil {
		return err
	}
	return did
}

// PhonePaper returns the bytes of a paper of an invitation.
func (o *Office) PhonePaper(ctx context.Context, p store.Paper) ([]byte, error) {
	return o.content(ctx, p)
}

// Act returns which act an invitation is for.
func (p Phone) Act() procedure.Act {
	switch {
	case p.By.Role != party.Applicant:
		return procedure.Sign
	case p.state == procedure.Correcting:
		return procedure.Correct
	}
	return procedure.Submit
}
