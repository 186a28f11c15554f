package web

import (
	"net/url"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/web/component"
)

// rulingPages are the pages of what a head decides outside a case.
func (s *Site) rulingPages(page func(pattern string, f func(q request) error)) {
	page("POST /{lang}/rulings/{id}/to-sign", s.makeRuling)
	page("GET /{lang}/rulings/{id}/sign", s.rulingSignPage)
	page("POST /{lang}/rulings/{id}/sign", s.signRuling)
	page("POST /{lang}/rulings/{id}/drop", s.dropRuling)
	page("GET /{lang}/rulings/{id}/{file}", s.rulingFile)
	page("GET /{lang}/complaints/{id}/receipt.pdf", s.complaintReceipt)
}

// A rulingCard is a ruling on the page of what it is about.
type rulingCard struct {
	ID, Title, Note  string
	Document         *component.Document // once it is signed
	MaySign, MayDrop bool
}

// rulingCards are the rulings about a permit or a complaint, as who is signed in may
// see them.
func (s *Site) rulingCards(q request, p component.Page, about store.RulingAbout, subject string) ([]rulingCard, error) {
	list, err := s.Office.Rulings(q.r.Context(), q.actor(), about, subject)
	var cards []rulingCard
	for _, v := range list {
		r := v.Ruling
		c := rulingCard{ID: r.ID, Title: rulingTitle(p.Lang, r)}
		if r.State == store.RulingSigned && len(v.Papers) > 0 {
			d := s.rulingDocument(p, v, v.Papers[0])
			c.Document = &d
		} else {
			c.Note = p.T("web.ruling-waits", "number", r.Number, "by", r.By.Name.Initials())
			c.MaySign = q.user.Role == party.Head && q.user.Region == r.Region
			c.MayDrop = r.Entry == 0 && (c.MaySign || q.user.ID == r.By.Account)
		}
		cards = append(cards, c)
	}
	return cards, err
}

// rulingTitle is what a ruling is called.
func rulingTitle(t lang.Tag, r store.Ruling) string {
	if r.About == store.AboutComplaint {
		return lang.M("office.ruling-title-complaint-" + string(r.Complaint.Act)).In(t)
	}
	return lang.M("office.ruling-title-" + string(r.Permit.Act)).In(t)
}

// rulingDocument shows the paper of a ruling, and who signed it.
func (s *Site) rulingDocument(p component.Page, v office.RulingView, paper store.Paper) component.Document {
	at := paper.At
	if cal, err := law.CalendarFor(v.Ruling.Region); err == nil {
		at = at.In(cal.Zone())
	}
	d := component.Document{
		Name: rulingTitle(p.Lang, v.Ruling) + ", № " + v.Ruling.Number, Href: "/rulings/" + v.Ruling.ID + "/ruling.pdf", Kind: "PDF",
		When: calendar.Moment{Time: at}.In(p.Lang), Digest: paper.SHA256,
	}
	if _, r, err := office.Signed(paper); err == nil {
		d.Signatures = []component.Signature{{State: signatureState(r), Who: r.Signer.Name, Href: "/rulings/" + v.Ruling.ID + "/signature"}}
	}
	return d
}

// aboutPath is the page of what a ruling is about.
func aboutPath(r store.Ruling) string {
	if r.About == store.AboutComplaint {
		return "/complaints/" + r.Subject
	}
	return permitPath(r.Subject)
}

// makeRuling makes the paper of a ruling and leads the head to it.
func (s *Site) makeRuling(q request) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	return s.leadToSign(q, q.id())
}

func (s *Site) leadToSign(q request, id string) error {
	if err := s.Office.MakeRuling(q.r.Context(), q.actor(), id); err != nil {
		return err
	}
	return s.redirect(q, "/rulings/"+id+"/sign")
}

// drafted leads on after a draft: the head to the paper, others back.
func (s *Site) drafted(q request, r store.Ruling) error {
	if q.user.Role == party.Head {
		return s.leadToSign(q, r.ID)
	}
	return s.redirect(q, aboutPath(r))
}

// rulingSignPage shows the paper of a ruling to the head, and the ways to sign.
func (s *Site) rulingSignPage(q request) error {
	s.reachNCALayer(q)
	return s.showRulingSign(q, s.page(q, "web.to-sign"))
}

func (s *Site) showRulingSign(q request, p component.Page) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	v, err := s.Office.LookRuling(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	papers, err := s.Office.RulingToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if len(papers) == 0 {
		return s.redirect(q, aboutPath(v.Ruling))
	}
	p.Title, p.Path = rulingTitle(q.lang, v.Ruling), "/rulings/"+v.Ruling.ID+"/sign"
	p.Back = &component.Link{Text: p.T("web.ruling-back"), Href: aboutPath(v.Ruling)}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	box := component.Signing{
		Title: p.T("web.to-sign"), Statement: p.T("web.ruling-signing"), Action: p.Path, Button: p.T("web.sign-sign"),
		Chosen: or(q.form("signer"), string(practice.Own)), Signers: s.trainingKeys(p),
	}
	for _, paper := range papers {
		d := s.rulingDocument(p, v, paper)
		d.Signatures = nil
		box.Documents = append(box.Documents, component.Unsigned{Document: d, Field: office.Field(paper.ID)})
	}
	box.Further = s.edsBeside(q, p, box.Documents)
	wait, err := s.rulingWaiting(q, p, v.Ruling)
	if err != nil {
		return err
	}
	s.render(q, rulingSignPage(p, box, wait))
	return nil
}

// signRuling signs a ruling with the signature the form brings.
func (s *Site) signRuling(q request) error {
	s.reachNCALayer(q)
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	papers, err := s.Office.RulingToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	sigs, err := s.signaturesOver(q, papers, s.Office.RulingPaper)
	var r store.Ruling
	if err == nil {
		r, err = s.Office.SignRuling(q.r.Context(), q.actor(), q.id(), sigs)
	}
	if err == nil {
		return s.redirect(q, aboutPath(r))
	}
	if office.Waits(err) {
		return s.redirect(q, "/rulings/"+q.id()+"/sign")
	}
	p := s.page(q, "web.to-sign")
	if err := s.wrong(q, &p, q.atSigner(err)); err != nil {
		return err
	}
	return s.showRulingSign(q, p)
}

// dropRuling gives a draft up.
func (s *Site) dropRuling(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	v, err := s.Office.LookRuling(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if err := s.Office.DropRuling(q.r.Context(), q.actor(), q.id()); err != nil {
		return err
	}
	return s.redirect(q, aboutPath(v.Ruling))
}

// rulingFile sends the paper of a ruling or its signature, or tells what was checked
// of it.
func (s *Site) rulingFile(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	v, err := s.Office.LookRuling(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if len(v.Papers) == 0 {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	paper, at := v.Papers[0], "/rulings/"+q.id()+"/"
	switch file := q.r.PathValue("file"); file {
	case "ruling.pdf":
		if err := s.Office.SawPaper(q.r.Context(), q.actor(), paper); err != nil {
			return err
		}
		_, content, err := s.Office.RulingPaper(q.r.Context(), q.actor(), q.id(), paper.ID)
		if err != nil {
			return err
		}
		return s.sendPDF(q, file, content)
	case "ruling.p7s":
		sig, _, err := office.Signed(paper)
		if err != nil {
			return err
		}
		return s.sendAs(q, "application/pkcs7-signature", "attachment; filename*=UTF-8''"+url.PathEscape(v.Ruling.Number+".p7s"), sig)
	case "signature":
		_, r, err := office.Signed(paper)
		if err != nil {
			return err
		}
		p := s.page(q, "web.signature")
		p.Path = strings.TrimSuffix(at, "/") + "/signature"
		p.Back = &component.Link{Text: p.T("web.ruling-back"), Href: aboutPath(v.Ruling)}
		rows, g, err := s.checked(q, p, paper, r)
		if err != nil {
			return err
		}
		s.render(q, signaturePage(p, rows, g, []component.Link{
			{Text: p.T("web.open-paper"), Href: at + "ruling.pdf"}, {Text: p.T("web.open-signature"), Href: at + "ruling.p7s"},
		}))
		return nil
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

// complaintReceipt sends the receipt of a complaint.
func (s *Site) complaintReceipt(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	pdf, err := s.Office.ComplaintReceipt(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendPDF(q, "receipt.pdf", pdf)
}

// publicActs are what became of a permit, as the public may know it: what, and from
// which day.
func publicActs(p component.Page, x registry.Permit) []component.Row {
	var lines []string
	for _, e := range x.History {
		switch e.Kind {
		case registry.SuspendedEntry, registry.ReinstatedEntry, registry.RevokedEntry, registry.SurrenderedEntry:
			lines = append(lines, e.Kind.In(p.Lang)+", "+p.T("web.life-from-day", "day", e.On))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []component.Row{{Key: p.T("web.rulings"), Lines: lines}}
}
