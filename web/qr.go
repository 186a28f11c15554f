package web

import (
	"fmt"
	"net/url"
	"strings"

	"rsc.io/qr"

	"ruqsat/problem"
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
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("code: %w", err)
	}
	q.w.Header().Set("Content-Type", "image/svg+xml")
	_, err = q.w.Write(drawCode(code))
	return err
}

// drawCode draws a code as rectangles, with the quiet margin it needs.
func drawCode(code *qr.Code) []byte {
	const margin = 4
	size := code.Size + 2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><rect width="%d" height="%d" fill="#fff"/><path d="`, size, size, size, size)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+margin, y+margin)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return []byte(b.String())
}
