package web

import (
	"context"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/web/component"
)

// toSign makes what is to be signed in a case and leads to it: the application
// for its applicant (WKO 142/2017 ¶ 10(5)), the drafts for the head (¶ 7(4)).
func (s *Site) toSign(q request) error {
	if err := signedIn(q, party.Applicant, party.Head); err != nil {
		return err
	}
	var err error
	if q.user.Role == party.Applicant {
		err = s.Office.MakeApplication(q.r.Context(), q.actor(), q.id(), q.lang)
	} else {
		err = s.Office.MakeDrafts(q.r.Context(), q.actor(), q.id())
	}
	if err != nil {
		return err
	}
	return s.redirect(q, "/cases/"+q.id()+"/sign")
}

// signPage shows what waits for the signature of who is signed in, and the ways
// to sign it.
func (s *Site) signPage(q request) error {
	if err := signedIn(q, party.Applicant, party.Head); err != nil {
		return err
	}
	s.reachNCALayer(q)
	return s.showSign(q, s.page(q, "web.to-sign"))
}

func (s *Site) showSign(q request, p component.Page) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	papers, err := s.Office.ToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if len(papers) == 0 {
		return s.redirect(q, "/cases/"+q.id())
	}
	p.Path = "/cases/" + c.ID + "/sign"
	p.Back = &component.Link{Text: p.T("web.case"), Href: "/cases/" + c.ID}
	act := procedure.Sign
	if q.user.Role == party.Applicant {
		act = procedure.Submit
		if c.State == procedure.Correcting {
			act = procedure.Correct
		}
	} else if err := s.desk(q, &p); err != nil {
		return err
	}
	wait, err := s.waiting(q, p, c)
	if err != nil {
		return err
	}
	s.render(q, signPage(p, act, s.signing(q, p, c, act, papers), rejection(q.lang, papers), wait))
	return nil
}

func (s *Site) signing(q request, p component.Page, c procedure.Case, act procedure.Act, papers []store.Paper) component.Signing {
	action := "/cases/" + c.ID + "/" + string(act)
	if act == procedure.Correct {
		action += "/sign" // the correction itself is made ready by the act
	}
	box := component.Signing{
		Title: p.T("web.to-sign"), Statement: p.T("web.signing-" + string(act)), Action: action,
		Button: p.T("web.sign-" + string(act)), Chosen: or(q.form("signer"), string(practice.Own)),
	}
	for _, paper := range papers {
		d := s.document(p, c, paper)
		d.Signatures = nil
		box.Documents = append(box.Documents, component.Unsigned{Document: d, Field: office.Field(paper.ID)})
	}
	box.Signers = s.trainingKeys(p)
	box.Further = s.edsBeside(q, p, box.Documents)
	box.Beside = phoneBeside(p, "/cases/"+c.ID+"/sign/phone")
	return box
}

// trainingKeys are the keys to choose from in a training system; none in a real
// one.
func (s *Site) trainingKeys(p component.Page) []component.Signer {
	var keys []component.Signer
	if s.Training != nil {
		for _, choice := range practice.Choices {
			keys = append(keys, component.Signer{
				Value: string(choice), Name: p.T("web.key-" + string(choice)), More: p.T("web.key-" + string(choice) + "-say"),
			})
		}
	}
	return keys
}

// rejection says why the last signature was not confirmed; nothing if none was
// refused (WKO 142/2017 ¶ 10(7), process 4).
func rejection(t lang.Tag, papers []store.Paper) string {
	for _, paper := range papers {
		if r, ok := office.Rejected(paper); ok {
			if why, found := r.Why(); found {
				return why.Say.In(t)
			}
		}
	}
	return ""
}

// signatures are those a form brings: files made elsewhere, or made here with a
// training key.
func (s *Site) signatures(q request) (office.Signatures, error) {
	papers, err := s.Office.ToSign(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return nil, err
	}
	return s.signaturesOver(q, papers, s.Office.Paper)
}

// A reading returns a paper of a case or a request, and its bytes, to who may have
// it.
type reading func(ctx context.Context, by party.Actor, of, paper string) (store.Paper, []byte, error)

// signaturesOver are those a form brings over papers.
func (s *Site) signaturesOver(q request, papers []store.Paper, read reading) (office.Signatures, error) {
	sigs := office.Signatures{}
	for _, p := range papers {
		name, content, err := upload(q, office.Field(p.ID))
		if err != nil {
			return nil, err
		}
		if name != "" {
			sigs[p.ID] = content
		} else if text := q.form(office.Field(p.ID)); text != "" {
			sigs[p.ID] = signedText(text)
		}
	}
	if len(sigs) > 0 || s.Training == nil || q.form("signer") == "" {
		return sigs, nil
	}
	for _, p := range papers {
		_, content, err := read(q.r.Context(), q.actor(), q.id(), p.ID)
		if err != nil {
			return nil, err
		}
		choice := practice.Choice(q.form("signer"))
		if sigs[p.ID], err = s.Training.Sign(practice.PersonOf(q.user), choice, content, s.Office.Now()); err != nil {
			return nil, err
		}
	}
	return sigs, nil
}

// sign answers the button of an act that wants signatures. What is wrong with
// them stands at the field they came by.
func (s *Site) sign(q request, a procedure.Act) error {
	s.reachNCALayer(q)
	sigs, err := s.signatures(q)
	if err != nil {
		return err
	}
	switch a {
	case procedure.Submit:
		_, err = s.Office.Submit(q.r.Context(), q.actor(), q.id(), sigs)
	case procedure.Correct:
		_, err = s.Office.Correct(q.r.Context(), q.actor(), q.id(), sigs)
	default:
		_, err = s.Office.Sign(q.r.Context(), q.actor(), q.id(), sigs)
	}
	return q.atSigner(err)
}

// signCorrection hands a correction in that the applicant has signed.
func (s *Site) signCorrection(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	err := s.sign(q, procedure.Correct)
	switch {
	case err == nil:
		return s.redirect(q, "/cases/"+q.id())
	case office.Waits(err):
		return s.redirect(q, "/cases/"+q.id()+"/sign")
	}
	p := s.page(q, "web.to-sign")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showSign(q, p)
}

// correct makes a correction ready to be signed; one on paper is handed in by who
// enters it.
func (s *Site) correct(q request) error {
	if q.user.Role == party.Applicant {
		return s.Office.MakeCorrection(q.r.Context(), q.actor(), q.id(), q.form("words"), q.lang)
	}
	_, err := s.Office.CorrectOnPaper(q.r.Context(), q.actor(), q.id(), q.form("words"))
	return err
}

// atSigner puts what is wrong with a training signature at the choice of the key.
func (q request) atSigner(err error) error {
	e := problem.Of(err)
	if e == nil || office.Waits(err) || q.form("signer") == "" || q.r.MultipartForm != nil && len(q.r.MultipartForm.File) > 0 {
		return err
	}
	c := *e
	c.Fields = nil
	for _, f := range e.Fields {
		if strings.HasPrefix(f.Name, office.Field("")) {
			f.Name = "signer"
		}
		c.Fields = append(c.Fields, f)
	}
	return &c
}

// document shows a paper of a case.
func (s *Site) document(p component.Page, c procedure.Case, paper store.Paper) component.Document {
	at := "/cases/" + c.ID + "/papers/" + paper.ID + "/"
	d := component.Document{
		Name: paperName(p.Lang, paper), Href: at + paper.Form + ".pdf", Kind: "PDF", When: s.moment(p.Lang, c, paper), Digest: paper.SHA256,
	}
	_, r, err := office.Signed(paper)
	if err != nil {
		return d
	}
	d.Signatures = []component.Signature{{State: signatureState(r), Who: r.Signer.Name, Href: at + "signature"}}
	return d
}

func signatureState(r signature.Report) component.SignatureState {
	switch r.Outcome {
	case signature.Valid:
		return component.SignatureValid
	case signature.Invalid:
		return component.SignatureInvalid
	}
	return component.SignatureUndetermined
}

func (s *Site) moment(t lang.Tag, c procedure.Case, paper store.Paper) string {
	at := paper.At
	if cal, err := law.CalendarFor(c.Region); err == nil {
		at = at.In(cal.Zone())
	}
	return calendar.Moment{Time: at}.In(t)
}

// paperName is what a paper is called: "Permit KZ27IRS00000001".
func paperName(t lang.Tag, paper store.Paper) string {
	name := lang.M("web.paper-" + paper.Form).In(t)
	if paper.Form == office.FormPermit {
		name += " " + paper.Name
	}
	return name
}

// paper sends a paper of a case, its signature, or the sheet that goes with a
// printed copy.
func (s *Site) paper(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	paper, content, err := s.Office.Paper(q.r.Context(), q.actor(), q.id(), q.r.PathValue("paper"))
	if err != nil {
		return err
	}
	switch file := q.r.PathValue("file"); file {
	case paper.Form + ".pdf":
		if err := s.Office.SawPaper(q.r.Context(), q.actor(), paper); err != nil {
			return err
		}
		return s.sendPDF(q, file, content)
	case paper.Form + ".p7s":
		sig, err := s.withStamp(q, paper)
		if err != nil {
			return err
		}
		return s.sendAs(q, "application/pkcs7-signature", `attachment; filename="`+file+`"`, sig)
	case "sheet.pdf":
		title := lang.All(lang.M("web.paper-" + paper.Form))
		sheet, err := s.Office.SignatureSheet(q.r.Context(), q.actor(), q.id(), paper.ID, title)
		if err != nil {
			return err
		}
		return s.sendPDF(q, file, sheet)
	case "signature":
		return s.showSignature(q, paper)
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

// showSignature tells what was checked of a signature, in the order of WKO
// 142/2017 ¶ 10(6).
func (s *Site) showSignature(q request, paper store.Paper) error {
	_, r, err := office.Signed(paper)
	if err != nil {
		return err
	}
	p := s.page(q, "web.signature")
	p.Path = "/cases/" + q.id() + "/papers/" + paper.ID + "/signature"
	p.Back = &component.Link{Text: p.T("web.case"), Href: "/cases/" + q.id()}
	rows, g, err := s.checked(q, p, paper, r)
	if err != nil {
		return err
	}
	at := "/cases/" + q.id() + "/papers/" + paper.ID + "/"
	s.render(q, signaturePage(p, rows, g, []component.Link{
		{Text: p.T("web.open-paper"), Href: at + paper.Form + ".pdf"}, {Text: p.T("web.open-signature"), Href: at + paper.Form + ".p7s"},
		{Text: p.T("web.open-sheet"), Href: at + "sheet.pdf"},
	}))
	return nil
}

// checked shows what was found of the signature of a paper.
func (s *Site) checked(q request, p component.Page, paper store.Paper, r signature.Report) ([]component.Row, component.Grid, error) {
	rows := []component.Row{
		{Key: p.T("web.paper"), Value: paperName(p.Lang, paper)},
		{Key: p.T("web.signed-by"), Value: r.Signer.Name, Lines: []string{r.Signer.Organisation}},
		{Key: p.T("web.algorithm"), Value: r.Algorithm},
		{Key: p.T("web.certificate"), Value: r.Signer.Serial, Lines: []string{r.Signer.Issuer}},
		{Key: "SHA-256", Value: r.Document},
	}
	stamp, err := s.stampRow(q, p, paper, r)
	return append(rows, stamp), checkGrid(p, r), err
}

// outcomeOf is what a check found; one that was not made is open.
func outcomeOf(c signature.Check) signature.Outcome {
	if c.Outcome == "" {
		return signature.Undetermined
	}
	return c.Outcome
}

// checkGrid lists the checks of a signature with what was found.
func checkGrid(p component.Page, r signature.Report) component.Grid {
	g := component.Grid{Caption: p.T("web.signature-checks"), Cards: true, Columns: []component.Column{
		{Text: p.T("web.check-name")}, {Text: p.T("web.outcome")}, {Text: p.T("web.evidence")},
	}}
	for _, c := range r.Checks {
		g.Rows = append(g.Rows, []component.Cell{
			{Text: c.Name.In(p.Lang)}, {Content: component.Tag(outcomeColours[c.Outcome], p.T("web.check-"+string(outcomeOf(c))))}, {Content: checkEvidence(c.Evidence)},
		})
	}
	return g
}

// slipPDF sends the slip as a paper to print.
func (s *Site) slipPDF(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	pdf, err := s.Office.Slip(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendPDF(q, "slip.pdf", pdf)
}

func (s *Site) sendPDF(q request, name string, content []byte) error {
	return s.sendAs(q, "application/pdf", `inline; filename="`+name+`"`, content)
}

func (s *Site) sendAs(q request, media, disposition string, content []byte) error {
	h := q.w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", disposition)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	if _, err := q.w.Write(content); err != nil {
		s.Log.Warn("paper was not sent", "path", q.r.URL.Path, "error", err)
	}
	return nil
}
