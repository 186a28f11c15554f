package web

import (
	"bytes"
	"encoding/json"
	"strings"

	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/inspect"
	"ruqsat/signature/pki"
	"ruqsat/web/component"
)

// trust is what the office believes; nil where it believes nobody.
func (s *Site) trust() *pki.Trust {
	if v, ok := s.Office.Verifier.(*cms.Verifier); ok && v != nil {
		return v.Trust()
	}
	return nil
}

// trustGaps are what an operator should mend: nothing is signed, or all that is
// signed waits, until then.
func (s *Site) trustGaps() []string {
	t := s.trust()
	if t == nil {
		return []string{"no authority is believed"}
	}
	var gaps []string
	for _, gap := range t.Gaps(s.Office.Now()) {
		gaps = append(gaps, gap.Error())
	}
	return gaps
}

func (s *Site) verifySignaturePage(q request) error {
	s.render(q, verifySignaturePage(s.page(q, "web.verify-signature"), nil))
	return nil
}

// verifySignature examines a file that anybody sends, and keeps nothing of it.
func (s *Site) verifySignature(q request) error {
	p := s.page(q, "web.verify-signature")
	reports, err := s.inspect(q)
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, verifySignaturePage(p, nil))
		return nil
	}
	if q.r.URL.Query().Get("format") == "json" || strings.HasPrefix(q.r.Header.Get("Accept"), "application/json") {
		q.w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(q.w).Encode(reports); err != nil {
			s.Log.Warn("report was not sent", "error", err)
		}
		return nil
	}
	var shown []shownReport
	for i, r := range reports {
		shown = append(shown, shownOf(p, i+1, len(reports), r))
	}
	s.render(q, verifySignaturePage(p, shown))
	return nil
}

// inspect examines what came, with personal numbers and certificates taken out of
// what is told.
func (s *Site) inspect(q request) ([]signature.Report, error) {
	trust := s.trust()
	if trust == nil {
		return nil, problem.New(problem.Unavailable, "signature.not-checked")
	}
	var given [2][]byte
	for i, field := range []string{"file", "document"} {
		_, content, err := upload(q, field)
		if err != nil {
			return nil, err
		}
		if len(content) > office.MaxFile {
			return nil, problem.New(problem.TooLarge, "office.large-file", lang.Args{"most": office.MaxFile >> 20}).At(field)
		}
		given[i] = content
	}
	file, document := given[0], given[1]
	if len(file) == 0 {
		return nil, problem.New(problem.Invalid, "web.verify-signature-none").At("file")
	}
	if len(document) == 0 {
		document = nil
	} else if bytes.HasPrefix(file, []byte("%PDF")) && !bytes.HasPrefix(document, []byte("%PDF")) {
		file, document = document, file // chosen the other way round
	}
	reports := inspect.File(q.r.Context(), trust, inspect.Given{File: file, Document: document, At: s.Office.Now()})
	for i := range reports {
		reports[i] = public(reports[i])
	}
	return reports, nil
}

// public is a report as anybody may see it: no IIN in full, and no certificate, in
// which it stands.
func public(r signature.Report) signature.Report {
	iin := r.Signer.IIN
	r.Signer.IIN, r.Signer.Certificate, r.Issuers, r.Answers = masked(iin), nil, nil, nil
	if iin == r.Signer.BIN {
		r.Signer.BIN = r.Signer.IIN
	}
	if r.Stamp != nil {
		stamp := *r.Stamp
		stamp.Token = nil
		r.Stamp = &stamp
	}
	checks := make([]signature.Check, len(r.Checks))
	for i, c := range r.Checks {
		if iin != "" {
			c.Evidence = strings.ReplaceAll(c.Evidence, iin, masked(iin))
		}
		checks[i] = c
	}
	r.Checks = checks
	return r
}

// masked is an IIN without the day of birth: its last digits are enough for its
// holder to know it.
func masked(iin string) string {
	if len(iin) < 4 {
		return ""
	}
	return strings.Repeat("*", len(iin)-4) + iin[len(iin)-4:]
}

// A shownReport is a report as the page has it.
type shownReport struct {
	Title, Outcome, Why string
	Colour              component.Colour
	Rows                []component.Row
	Checks              component.Grid
}

func shownOf(p component.Page, n, all int, r signature.Report) shownReport {
	shown := shownReport{
		Title:   p.T("web.verify-signature-signer", "n", n, "all", all),
		Outcome: r.Outcome.In(p.Lang), Colour: outcomeColours[r.Outcome],
	}
	if why, found := r.Why(); found {
		shown.Why = why.Say.In(p.Lang)
	}
	row := func(key string, value string, lines ...string) {
		if value != "" {
			shown.Rows = append(shown.Rows, component.Row{Key: p.T(key), Value: value, Lines: lines})
		}
	}
	row("web.signed-by", r.Signer.Name, r.Signer.Organisation)
	row("web.verify-signature-iin", r.Signer.IIN)
	row("web.verify-signature-bin", r.Signer.BIN)
	var roles []string
	for _, role := range signature.RolesOf(r.Signer) {
		roles = append(roles, role.In(p.Lang))
	}
	row("signature.check-role", strings.Join(roles, ", "))
	row("web.algorithm", r.Algorithm)
	row("web.certificate", r.Signer.Serial, r.Signer.Issuer)
	if r.Stamp != nil {
		row("signature.check-stamp", r.Stamp.At.In(almaty()).Format("02.01.2006 15:04:05"), r.Stamp.Issuer)
	}
	if r.Training || r.Test {
		row("web.verify-signature-worth", p.T("web.verify-signature-worthless"))
	}
	shown.Checks = checkGrid(p, r)
	return shown
}
