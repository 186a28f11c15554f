package web

import (
	"encoding/json"
	"strings"

	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
	"ruqsat/web/component"
)

// challengeField carries the signature over the challenge.
const challengeField = "signature-challenge"

// edsSignInPage offers to sign in with a key in place of a password.
func (s *Site) edsSignInPage(q request) error {
	s.reachNCALayer(q)
	return s.showEDSSignIn(q, s.page(q, "web.eds-sign-in"), q.r.URL.Query().Get("to"))
}

func (s *Site) showEDSSignIn(q request, p component.Page, to string) error {
	c := s.Office.Challenge()
	s.sessions.Put(q.r.Context(), "challenge", encoded(c))
	p.Path = "/sign-in/eds"
	p.Back = &component.Link{Text: p.T("web.sign-in"), Href: "/sign-in"}
	way := edsWay{
		Address: s.ncalayerAddress(), Items: encoded([]edsItem{{Text: c.Text, Field: challengeField}}),
		Usages: encoded([]string{usageSignIn}), Training: s.Training != nil, Button: p.T("web.eds-sign-in-auth"),
	}
	signing := way
	signing.Usages, signing.Button = encoded([]string{usageSigning}), p.T("web.eds-sign-in-signing")
	var people []component.Option
	if s.Training != nil {
		for _, l := range s.Logins {
			people = append(people, component.Option{Value: l.Account.Login, Text: l.Account.Name.String(), Hint: l.Account.Role.In(q.lang)})
		}
	}
	s.render(q, edsSignInPage(p, to, c.Text, []edsWay{way, signing}, people))
	return nil
}

// edsSignIn answers POST /sign-in/eds.
func (s *Site) edsSignIn(q request) error {
	s.reachNCALayer(q)
	var c office.Challenge
	_ = json.Unmarshal([]byte(s.sessions.PopString(q.r.Context(), "challenge")), &c) // without one it is refused as old
	sig, err := s.challengeSignature(q, c)
	var a party.Account
	if err == nil {
		a, err = s.Office.SignInSigned(q.r.Context(), c, sig)
	}
	if err != nil {
		if !problem.IsKind(err, problem.Internal) {
			err = problem.Of(err).At(challengeField)
		}
		p := s.page(q, "web.eds-sign-in")
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		return s.showEDSSignIn(q, p, q.form("to"))
	}
	if err := s.sessions.RenewToken(q.r.Context()); err != nil {
		return err
	}
	s.sessions.Put(q.r.Context(), accountKey, a.ID)
	if path, ok := strings.CutPrefix(q.form("to"), "/"+string(q.lang)+"/"); ok {
		return s.redirect(q, "/"+path)
	}
	return s.redirect(q, home(a.Role))
}

// challengeSignature is the signature that came: as a file, as text, or made here
// with a training key.
func (s *Site) challengeSignature(q request, c office.Challenge) ([]byte, error) {
	name, content, err := upload(q, challengeField)
	if err != nil || name != "" {
		return content, err
	}
	if text := q.form(challengeField); text != "" {
		return signedText(text), nil
	}
	for _, l := range s.Logins {
		if s.Training != nil && q.form("signer") != "" && l.Account.Login == q.form("signer") {
			p := practice.PersonOf(l.Account)
			p.For = training.Authentication
			return s.Training.Sign(p, practice.Own, []byte(c.Text), s.Office.Now())
		}
	}
	return nil, nil
}

// edsChallenge is the challenge as a file, to be signed by another program.
func (s *Site) edsChallenge(q request) error {
	var c office.Challenge
	if json.Unmarshal([]byte(s.sessions.GetString(q.r.Context(), "challenge")), &c) != nil {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	return s.sendAs(q, "text/plain; charset=utf-8", `attachment; filename="challenge.txt"`, []byte(c.Text))
}
