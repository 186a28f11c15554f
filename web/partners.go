package web

import (
	"strconv"
	"strings"
	"time"

	"ruqsat/api"
	"ruqsat/calendar"
	"ruqsat/partner"
	"ruqsat/party"
	"ruqsat/web/component"
)

// A tokensView is what the page of tokens shows.
type tokensView struct {
	Secret  string // of the token issued just now; shown once
	Grid    component.Grid
	Scopes  []string // chosen
	Options []component.Option
	Value   func(name string) string
}

// tokens lists the programs that may ask.
func (s *Site) tokens(q request) error {
	return s.showTokens(q, s.page(q, "web.tokens"), tokensView{Value: func(string) string { return "" }})
}

func (s *Site) showTokens(q request, p component.Page, x tokensView) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	list, err := s.Office.Tokens(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	p.Queues, p.Path = adminQueues(p), "/office/admin/tokens"
	x.Options = choice(q.lang, partner.Scopes)
	x.Grid = component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.tokens-name")}, {Text: p.T("web.tokens-scope")}, {Text: p.T("web.tokens-minute"), Number: true},
		{Text: p.T("web.tokens-expires"), Tight: true}, {Text: p.T("web.state")},
	}}
	for _, t := range list {
		x.Grid.Rows = append(x.Grid.Rows, tokenRow(p, t, time.Now()))
	}
	s.render(q, tokensPage(p, x))
	return nil
}

func tokenRow(p component.Page, t partner.Token, now time.Time) []component.Cell {
	var scopes []string
	for _, s := range t.Scopes {
		scopes = append(scopes, s.In(p.Lang))
	}
	state := component.Cell{Content: revokeToken(p, t.ID, t.Name)}
	switch {
	case !t.Revoked.IsZero():
		state = component.Cell{Content: component.Tag(component.Grey, p.T("web.tokens-revoked"))}
	case !now.Before(t.Expires):
		state = component.Cell{Content: component.Tag(component.Grey, p.T("web.tokens-expired"))}
	}
	return []component.Cell{
		{Text: t.Name, More: t.By.Name.Initials()}, {Text: strings.Join(scopes, "; ")}, {Text: p.Number(t.Minute)},
		{Text: lastDay(t.Expires).Short()}, state,
	}
}

// lastDay is the last day before a moment.
func lastDay(t time.Time) calendar.Date {
	y, m, d := t.Add(-time.Second).In(almaty()).Date()
	return calendar.DateOf(y, m, d)
}

// issueToken issues a token, and shows its secret this once.
func (s *Site) issueToken(q request) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	p := s.page(q, "web.tokens")
	x := tokensView{Value: q.form, Scopes: q.r.PostForm["scope"]}
	t := partner.Token{Name: q.form("name")}
	for _, name := range x.Scopes {
		t.Scopes = append(t.Scopes, partner.Scope(name))
	}
	t.Minute, _ = strconv.Atoi(q.form("minute"))                       // 0 is refused at its field
	if day, err := calendar.ParseDate(q.form("expires")); err == nil { // none is, too
		t.Expires = day.AddDays(1).At(0, 0, almaty())
	}
	secret, err := s.Office.IssueToken(q.r.Context(), q.actor(), t)
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		return s.showTokens(q, p, x)
	}
	q.w.Header().Set("Cache-Control", "no-store")
	return s.showTokens(q, p, tokensView{Secret: secret, Value: func(string) string { return "" }})
}

func (s *Site) revokeToken(q request) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	if err := s.Office.RevokeToken(q.r.Context(), q.actor(), q.id()); err != nil {
		return err
	}
	return s.redirect(q, "/office/admin/tokens")
}

// apiPage says what programs can ask.
func (s *Site) apiPage(q request) error {
	p := s.page(q, "web.api")
	g := component.Grid{Caption: p.T("web.api-questions"), Head: true, Cards: true, Columns: []component.Column{
		{Text: p.T("web.api-address")}, {Text: p.T("web.api-answer")}, {Text: p.T("web.api-token")},
	}}
	for _, x := range api.Operations {
		scope := p.T("web.api-everybody")
		if x.Scope != "" {
			scope = x.Scope.In(q.lang)
		}
		g.Rows = append(g.Rows, []component.Cell{{Text: strings.TrimPrefix(x.Path, api.Prefix), More: x.Method}, {Text: p.T("api." + x.Key)}, {Text: scope}})
	}
	address := or(s.Office.Address, "http://127.0.0.1:8080")
	s.render(q, apiPage(p, g, `curl -H 'Authorization: Bearer ruqsat_…' \
  -H 'Accept-Language: `+string(q.lang)+`' \
  -H 'Content-Type: application/json' \
  -d '{"on": "2025-12-01",
       "numbers": ["KZ27IRS00000001"]}' \
  `+address+api.Prefix+`/permits/check`))
	return nil
}
