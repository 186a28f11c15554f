package web

import (
	"net/url"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/web/component"
)

// letterSignPage shows a letter to the head who is to sign it: both halves, the
// figures with their permits, and the ways to sign.
func (s *Site) letterSignPage(q request) error {
	s.reachNCALayer(q)
	return s.showLetterSign(q, s.page(q, "web.letter-sign"))
}

func (s *Site) showLetterSign(q request, p component.Page) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	papers, err := s.Office.LetterToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	v, err := s.Office.LookLetter(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	p.Title = p.T("web.letter-sign")
	p.Path = "/office/letters/" + q.id() + "/sign"
	p.Back = &component.Link{Text: string(v.File.Request.Number), Href: "/office/letters/" + q.id()}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	box := component.Signing{
		Title: p.T("web.to-sign"), Statement: p.T("web.letter-signing"), Action: p.Path, Button: correspondence.Sign.In(p.Lang),
		Chosen: or(q.form("signer"), string(practice.Own)), Signers: s.trainingKeys(p),
	}
	for _, paper := range papers {
		d := s.letterDocument(p, v.File, paper)
		d.Signatures = nil
		box.Documents = append(box.Documents, component.Unsigned{Document: d, Field: office.Field(paper.ID)})
	}
	box.Further = s.edsBeside(q, p, box.Documents, component.HiddenInput("version", strconv.Itoa(v.File.Version)))
	wait, err := s.letterWaiting(q, p, v)
	if err != nil {
		return err
	}
	s.render(q, letterSignPage(p, v.File, figureGrid(p, v.File), box, wait))
	return nil
}

// signLetter signs a letter with the signature the form brings.
func (s *Site) signLetter(q request, d correspondence.Deed) error {
	s.reachNCALayer(q)
	papers, err := s.Office.LetterToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	sigs, err := s.signaturesOver(q, papers, s.Office.LetterPaper)
	if err != nil {
		return err
	}
	_, err = s.Office.SignLetter(q.r.Context(), d, q.id(), sigs)
	return q.atSigner(err)
}

// letterPapers are the PDFs of a request.
func (s *Site) letterPapers(p component.Page, v office.LetterView) []component.Document {
	var list []component.Document
	for _, paper := range v.Papers {
		if paper.Form == office.LetterForm {
			list = append(list, s.letterDocument(p, v.File, paper))
		}
	}
	if !v.File.Outgoing.IsZero() {
		list = append(list, component.Document{
			Name: p.T("web.letter-copy"), Href: "/office/letters/" + v.File.ID + "/copy.pdf", Kind: "PDF", Note: p.T("web.letter-copy-say"),
		})
	}
	return list
}

// letterDocument shows a letter, and who signed it.
func (s *Site) letterDocument(p component.Page, f correspondence.File, paper store.Paper) component.Document {
	at := paper.At
	if cal, err := law.CalendarFor(f.Region); err == nil {
		at = at.In(cal.Zone())
	}
	d := component.Document{
		Name: paperName(p.Lang, paper), Href: "/office/letters/" + f.ID + "/letter.pdf", Kind: "PDF", Digest: paper.SHA256,
		When: calendar.Moment{Time: at}.In(p.Lang), Signatures: []component.Signature{{State: component.SignatureMissing}},
	}
	if _, r, err := office.Signed(paper); err == nil {
		d.Signatures = []component.Signature{{
			State: signatureState(r), Who: r.Signer.Name, Href: "/office/letters/" + f.ID + "/signature",
		}}
	}
	return d
}

// letterFiles sends what belongs to a letter: the paper that is or will be
// signed, its signature, the copy that is sent; or tells what was checked of the
// signature.
func (s *Site) letterFiles(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	v, err := s.Office.LookLetter(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if q.r.PathValue("file") == "copy.pdf" {
		pdf, err := office.LetterCopy(v.File, v.Papers)
		if err != nil {
			return err
		}
		return s.sendAs(q, "application/pdf", inline(v.File.Outgoing.Number+".pdf"), pdf)
	}
	for _, paper := range v.Papers {
		if paper.Form == office.LetterForm {
			return s.sendLetter(q, v.File, paper)
		}
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

func (s *Site) sendLetter(q request, f correspondence.File, paper store.Paper) error {
	name := string(f.Request.Number)
	switch q.r.PathValue("file") {
	case "letter.pdf":
		_, content, err := s.Office.LetterPaper(q.r.Context(), q.actor(), f.ID, paper.ID)
		if err != nil {
			return err
		}
		return s.sendAs(q, "application/pdf", inline(name+".pdf"), content)
	case "letter.p7s":
		sig, err := s.withStamp(q, paper)
		if err != nil {
			return err
		}
		return s.sendAs(q, "application/pkcs7-signature", "attachment; filename*=UTF-8''"+url.PathEscape(name+".p7s"), sig)
	case "signature":
		_, r, err := office.Signed(paper)
		if err != nil {
			return err
		}
		at := "/office/letters/" + f.ID + "/"
		p := s.page(q, "web.signature")
		p.Back = &component.Link{Text: name, Href: "/office/letters/" + f.ID}
		rows, g, err := s.checked(q, p, paper, r)
		if err != nil {
			return err
		}
		s.render(q, signaturePage(p, rows, g, []component.Link{
			{Text: p.T("web.open-paper"), Href: at + "letter.pdf"}, {Text: p.T("web.open-signature"), Href: at + "letter.p7s"},
		}))
		return nil
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

// inline shows a file in the browser, under a name in any letters.
func inline(name string) string { return "inline; filename*=UTF-8''" + url.PathEscape(name) }
