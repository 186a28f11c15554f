package office

import (
	"strconv"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// application sets the application as the applicant is to sign it: all they
// entered, under the labels they saw, and the sums of what they attached (WKO
// 142/2017 ¶ 10(5)).
func (s setting) application(t lang.Tag) ([]byte, error) {
	a := s.c.Application
	d := document.ApplicationData{
		To: s.letterhead(), From: s.employer(), Made: s.at, Operation: lang.All(a.Operation), Lang: t,
		Declaration: lang.All(lang.M("office.declaration")),
		Signatory:   document.Signatory{Name: a.Employer.Name.In(t), Position: lang.All(party.Applicant)},
		Sections:    []document.Section{s.filedEmployer(), s.filedTerms(), s.filedContent()},
	}
	for i, w := range a.Workers {
		d.Sections = append(d.Sections, filedWorker(i+1, w, a))
	}
	d.Sections = append(s.correctedNote(), d.Sections...)
	documents := law.DocumentsFor(a.Operation, a.Scheme, s.today())
	for _, f := range s.files {
		d.Files = append(d.Files, document.File{
			Kind: documentName(documents, f.Kind), Name: f.Name, Size: f.Size, SHA256: f.SHA256, Until: a.PapersUntil[f.Kind],
		})
	}
	return document.Application(d)
}

// documentName returns what a document of a key is called.
func documentName(documents []law.Rule, key string) lang.Text {
	for _, r := range documents {
		if r.Key == key {
			return r.Name
		}
	}
	return lang.Same(key)
}

// row is a label of the pages with what was entered there.
func row(label string, value lang.Text) document.Row {
	return document.Row{Label: lang.All(lang.M("web." + label)), Value: value}
}

func words(label, value string) document.Row { return row(label, lang.Same(value)) }

func count(label string, n int) document.Row { return words(label, strconv.Itoa(n)) }

func date(label string, d calendar.Date) document.Row {
	if d.IsZero() {
		return words(label, "")
	}
	return row(label, lang.All(d))
}

func (s setting) filedEmployer() document.Section {
	e := s.c.Application.Employer
	section := lang.Same(e.Section)
	for _, x := range law.Sections() {
		if x.Letter == e.Section {
			section = x.Name
		}
	}
	return document.Section{Title: lang.All(procedure.PartEmployer), Rows: append([]document.Row{
		words("bin", string(e.BIN)), words("name-kk", e.Name.KK), words("name-ru", e.Name.RU), words("address", e.Address),
		words("phone", e.Phone), words("email", e.Email), row("section", section),
	}, filedEmployerMore(s.c.Application)...)}
}

func (s setting) filedTerms() document.Section {
	a := s.c.Application
	rows := []document.Row{row("region", law.RegionName(s.c.Region))}
	for _, r := range a.MoreRegions {
		rows = append(rows, row("more-regions", law.RegionName(r)))
	}
	rows = append(rows, row("operation", lang.All(a.Operation)), row("scheme", lang.All(a.Scheme)))
	switch a.Operation {
	case law.Reissue:
		for _, r := range law.Changes(a.Scheme, s.today()) {
			if r.Key == a.Change {
				rows = append(rows, row("change", r.Name))
			}
		}
	case law.Extension:
		rows = append(rows, count("months", a.Months))
	default:
		rows = append(rows, count("months", a.Months), date("from", a.From))
	}
	if a.Sending.Name != "" {
		country, _ := law.CountryBy(a.Sending.Country)
		rows = append(rows, words("sender-name", a.Sending.Name), row("sender-country", country.Name))
	}
	return document.Section{Title: lang.All(procedure.PartTerms), Rows: append(rows, words("reason", a.Reason))}
}

func (s setting) filedContent() document.Section {
	c := s.c.Application.Content
	return document.Section{Title: lang.All(procedure.PartContent), Rows: append([]document.Row{
		count("leaders_kz", c.LeadersKZ), count("leaders_foreign", c.LeadersForeign),
		count("others_kz", c.OthersKZ), count("others_foreign", c.OthersForeign),
	}, filedContentMore(s.c.Application)...)}
}

func filedWorker(n int, w party.Worker, a procedure.Application) document.Section {
	country, _ := law.CountryBy(w.Citizenship)
	var rows []document.Row
	if w.Permit != "" {
		rows = []document.Row{words("old-permit", w.Permit)}
	}
	return document.Section{Title: lang.All(lang.M("office.worker-n", lang.Args{"n": n})), Rows: append(append(rows, []document.Row{
		words("surname-latin", w.Surname), words("given-latin", w.Given), words("surname-cyr", w.SurnameCyr), words("given-cyr", w.GivenCyr),
		date("born", w.Born), row("citizenship", country.Name), words("passport", w.Passport), date("passport-until", w.PassportUntil),
		row("category", lang.All(w.Category)), words("position-kk", w.PositionKK), words("position-ru", w.PositionRU),
		words("nkz", w.NKZ), words("education", w.Education), count("experience", w.Experience),
	}...), filedWorkerMore(w, a)...)}
}
