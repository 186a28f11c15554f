package web

import (
	"strconv"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// consentPages are what a department sees of other regions' cases to which it is
// asked for its consent.
func (s *Site) consentPages(page func(pattern string, f func(q request) error)) {
	page("GET /{lang}/office/consents", s.consents)
	page("GET /{lang}/office/consents/{id}", s.consentPage)
	page("GET /{lang}/office/consents/{id}/application.pdf", s.consentApplication)
	page("POST /{lang}/office/consents/{id}/agree", s.giveConsent(procedure.Agree))
	page("POST /{lang}/office/consents/{id}/disagree", s.giveConsent(procedure.Disagree))
}

// consentLink leads to what waits for the answer of the department, where anything
// ever did.
func (s *Site) consentLink(q request, p *component.Page, todo *component.QueueGroup) error {
	if q.user.Role != party.Head && q.user.Role != party.Executor {
		return nil
	}
	n, err := s.Office.ConsultationsWaiting(q.r.Context(), q.actor())
	todo.Links = append(todo.Links, component.Link{Text: p.T("web.consents"), Href: "/office/consents"})
	p.Counters["/office/consents"] = component.Counter{N: n}
	return err
}

// consents lists the cases of other regions, those not answered at the top.
func (s *Site) consents(q request) error {
	if err := signedIn(q, party.Head, party.Executor); err != nil {
		return err
	}
	p := s.page(q, "web.consents")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	list, err := s.Office.Consultations(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.case-number"), Tight: true}, {Text: p.T("web.employer")}, {Text: p.T("web.workers"), Number: true},
		{Text: p.T("web.consent-of"), Tight: true}, {Text: p.T("web.consent-until")},
	}}
	for _, v := range list {
		a := v.Case.Application
		status := s.consentStatus(v.Consent)
		g.Rows = append(g.Rows, []component.Cell{
			{Text: v.Case.Number, More: law.RegionName(v.Case.Region).In(p.Lang), Href: "/office/consents/" + v.Case.ID},
			{Text: a.Employer.Name.In(p.Lang), More: string(a.Employer.BIN)}, {Text: strconv.Itoa(len(a.Workers))},
			{Content: component.Tag(consentColours[status], p.T("web.consent-"+status))}, {Text: v.Consent.End.Last.In(p.Lang)},
		})
	}
	s.render(q, consentsPage(p, g))
	return nil
}

func (s *Site) consentStatus(x procedure.Consent) string { return x.Status(s.Office.Now()) }

var consentColours = map[string]component.Colour{
	"agreed": component.Green, "objected": component.Red, "waiting": component.Amber, "silent": component.Grey,
}

// consentPage shows what is asked for in another region's case, and what the
// department has left itself.
func (s *Site) consentPage(q request) error {
	return s.showConsent(q, s.page(q, "web.consent"))
}

func (s *Site) showConsent(q request, p component.Page) error {
	if err := signedIn(q, party.Head, party.Executor); err != nil {
		return err
	}
	v, err := s.Office.Consultation(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	p.Path, p.Back = "/office/consents/"+q.id(), &component.Link{Text: p.T("web.consents"), Href: "/office/consents"}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	status := s.consentStatus(v.Consent)
	f := consentFile{
		Consultation: v, Words: q.form("words"), Rows: s.consentRows(p, v),
		Identity: component.Identity{Number: v.Case.Number, State: p.T("web.consent-" + status), Colour: consentColours[status], Facts: []component.Fact{
			{Name: p.T("web.consent-for"), Value: law.RegionName(v.Case.Region).In(p.Lang)},
			{Name: p.T("web.consent-until"), Value: v.Consent.End.Last.In(p.Lang)},
		}},
	}
	f.Term = component.Term{Title: p.T("web.consent-term"), Until: v.Consent.End.Last.In(p.Lang), Cite: v.Consent.Cite.In(p.Lang)}
	if v.Consent.Sure != law.Text {
		f.Term.Assumed = v.Consent.Sure.In(p.Lang)
	}
	for _, m := range v.Consent.End.Explain() {
		f.Term.Lines = append(f.Term.Lines, m.In(p.Lang))
	}
	s.render(q, consentPage(p, f))
	return nil
}

// A consentFile is what the page of a consent shows.
type consentFile struct {
	office.Consultation
	Identity component.Identity
	Rows     []component.Row
	Term     component.Term
	Words    string
}

func (s *Site) consentRows(p component.Page, v office.Consultation) []component.Row {
	a := v.Case.Application
	var workers, regions, left []string
	for _, w := range a.Workers {
		workers = append(workers, w.Latin()+" – "+w.Category.In(p.Lang)+", "+positionOf(p, w))
	}
	for _, r := range append([]string{v.Case.Region}, a.MoreRegions...) {
		regions = append(regions, law.RegionName(r).In(p.Lang))
	}
	for _, b := range v.Lines {
		left = append(left, p.T("web.consent-quota", "category", b.Line.Category, "held", int(v.Holds[b.Line]), "free", int(b.Available())))
	}
	rows := []component.Row{
		{Key: p.T("web.employer"), Value: a.Employer.Name.In(p.Lang), Lines: []string{string(a.Employer.BIN)}},
		{Key: p.T("web.operation"), Value: a.Operation.In(p.Lang)}, {Key: p.T("web.region"), Lines: regions},
		{Key: p.T("web.workers"), Lines: workers}, {Key: p.T("web.months"), Value: strconv.Itoa(a.Months)}, {Key: p.T("web.reason"), Value: a.Reason},
		{Key: p.T("web.consent-own-quota"), Lines: left},
	}
	if v.Consent.Answer != "" {
		at := calendar.Moment{Time: v.Consent.At.In(zoneOf(v.Consent.Region))}.In(p.Lang)
		rows = append(rows, component.Row{Key: p.T("web.consent-answered"), Value: at, Lines: []string{v.Consent.By.Name.Initials(), v.Consent.Words}})
	}
	return rows
}

func positionOf(p component.Page, w party.Worker) string {
	if p.Lang == "kk" {
		return w.PositionKK
	}
	return w.PositionRU
}

// giveConsent answers the two buttons of a consent.
func (s *Site) giveConsent(a procedure.Act) func(q request) error {
	return func(q request) error {
		if err := signedIn(q, party.Head); err != nil {
			return err
		}
		var err error
		if a == procedure.Agree {
			_, err = s.Office.Agree(q.r.Context(), q.actor(), q.id())
		} else {
			_, err = s.Office.Disagree(q.r.Context(), q.actor(), q.id(), q.form("words"))
		}
		if err == nil {
			return s.redirect(q, "/office/consents/"+q.id())
		}
		p := s.page(q, "web.consent")
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		return s.showConsent(q, p)
	}
}

// consentApplication sends the application as it was signed.
func (s *Site) consentApplication(q request) error {
	if err := signedIn(q, party.Head, party.Executor); err != nil {
		return err
	}
	pdf, err := s.Office.ConsultationPaper(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendPDF(q, "application.pdf", pdf)
}

// consentLines are how the consents of a case stand, for its own page.
func consentLines(p component.Page, f caseFile) []component.Row {
	var rows []component.Row
	for _, x := range f.Case.Course.Consents {
		lines := []string{p.T("web.by", "day", x.End.Last)}
		if x.Words != "" {
			lines = append(lines, x.Words)
		}
		rows = append(rows, component.Row{Key: law.RegionName(x.Region).In(p.Lang), Value: p.T("web.consent-" + x.Status(f.Now)), Lines: lines})
	}
	return rows
}
