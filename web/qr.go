package web

import (
	"net/url"

	"ruqsat/problem"
	"ruqsat/web/component"
)

// slipCode draws the code of the slip, which leads to where the case can be
// followed without an account.
func (s *Site) slipCode(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if c.Number == "" {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	scheme := "http"
	if s.Secure {
		scheme = "https"
	}
	follow := url.URL{
		Scheme: scheme, Host: q.r.Host, Path: "/" + string(q.lang) + "/track",
		RawQuery: url.Values{"number": {c.Number}, "code": {c.Code}}.Encode(),
	}
	return s.drawCode(q, follow.String())
}

// drawCode sends the code of a text as a drawing.
func (s *Site) drawCode(q request, text string) error {
	svg, err := component.CodeSVG(text)
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "image/svg+xml")
	_, err = q.w.Write(svg)
	return err
}
