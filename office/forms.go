package office

import (
	"slices"

	"ruqsat/document"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
)

// notice sets the notice of grant (WKO 142/2017 ¶ 7(3), stage 1). The applicant's
// days begin when it reaches them, so it says how many, and the case until when.
func (s setting) notice() ([]byte, error) {
	a := s.c.Application
	amounts, err := Fees(s.c, s.today())
	if err != nil {
		return nil, err
	}
	term, err := law.TermOn(law.Payment, a.Operation, a.Scheme, s.c.LawOn)
	if err != nil {
		return nil, err
	}
	d := document.NoticeData{
		Paper: s.paper(), Extends: a.Operation == law.Extension, PayTerm: lang.All(term.Term),
		Pay: document.Payment{Purpose: lang.All(lang.M("office.purpose", lang.Args{"case": s.c.Number}))},
	}
	for _, w := range a.Workers {
		country, _ := law.CountryBy(w.Citizenship)
		d.Grants = append(d.Grants, document.Grant{
			Worker: w.Latin(), Citizen: country.Name, Position: position(w), Category: shortOf(w.Category), Months: a.Months,
		})
	}
	var total fee.Tenge
	for _, m := range amounts {
		total += m.Total
		d.Fees = append(d.Fees, document.Fee{
			Category: lang.All(m.Category), Permits: m.Permits, Indices: m.Rate.Indices * m.Years, Index: m.Index.Tenge, Tenge: int64(m.Total),
		})
	}
	d.Total, d.Words = int64(total), lang.Text{KK: total.Words(lang.KK), RU: total.Words(lang.RU), EN: total.Words(lang.EN)}
	return document.Notice(d)
}

func position(w party.Worker) lang.Text { return lang.Text{KK: w.PositionKK, RU: w.PositionRU} }

// refusal sets the reasoned refusal, its grounds with what would cure them (WKO
// 142/2017 ¶ 3).
func (s setting) refusal() ([]byte, error) {
	a := s.c.Application
	d := document.RefusalData{Paper: s.paper(), Grounds: points(law.GroundsFor(a.Operation, a.Scheme, s.c.LawOn), s.note), Words: s.note.Text}
	d.Heard, d.Objections = s.heard()
	return document.Refusal(d)
}

// returned sets the written justification of a return (WKO 142/2017 ¶ 7(3)). The
// executor gives it, so it bears the executor's name.
func (s setting) returned() ([]byte, error) {
	d := document.ReturnData{Paper: s.paper(), Reasons: points(law.ReturnReasons(s.c.LawOn), s.note), Words: s.note.Text}
	d.Signatory = document.Signatory{Name: s.executor.Name.Initials(), Position: lang.All(party.Executor), Unsigned: true}
	return document.ReturnLetter(d)
}

// points are the rules an act rests on, in the order of the list.
func points(rules []law.Rule, note procedure.Note) []document.Point {
	var list []document.Point
	for _, r := range rules {
		if slices.Contains(note.Grounds, r.Key) {
			list = append(list, document.Point{Text: r.Name, Cure: r.Cure, Cite: r.Cite})
		}
	}
	return list
}

// shortOf names it in a table: the list says "seasonal workers", a line is of one.
func shortOf(c law.Category) lang.Text {
	if c == law.Seasonal {
		return oneOf(c)
	}
	return lang.All(c)
}

// oneOf names the category of one worker, with what it is of; the names of the
// list are of many, and shorter.
func oneOf(c law.Category) lang.Text { return lang.All(lang.M("office.category-" + string(c))) }

// permits sets a permit for each worker, under the numbers kept for them.
func (s setting) permits() ([]sheet, error) {
	var list []sheet
	for i := range s.c.Application.Workers {
		p := s.permitOf(i)
		pdf, err := document.Permit(s.permitData(i, p))
		if err != nil {
			return nil, unprintable(err)
		}
		list = append(list, sheet{FormPermit, p.Number, pdf})
	}
	return list, nil
}

// permitOf is the permit of one worker as the register will have it. A first one
// begins on the day asked for, or on the day of the paper where that has passed;
// one that extends or reissues another, as [registry.Permit.Term] says.
func (s setting) permitOf(i int) registry.Permit {
	w, a := s.c.Application.Workers[i], s.c.Application
	p := registry.Permit{
		Number: s.note.Numbers[i], Operation: a.Operation, Scheme: a.Scheme, Case: s.c.ID, Previous: w.Permit,
		Employer: a.Employer.BIN, Name: a.Employer.Name, Region: s.c.Region, MoreRegions: a.MoreRegions, Category: w.Category,
		Worker: w.Latin(), Citizenship: w.Citizenship, Position: position(w), NKZ: w.NKZ, Change: a.Change,
		Issued: s.today(), From: a.From,
	}
	if a.Operation != law.Issue {
		old := s.old[i]
		p.From, p.Until = old.Term(a.Operation, a.Months, p.Issued)
		if a.Operation == law.Reissue {
			p.MoreRegions = old.MoreRegions
		}
		return p
	}
	if p.From.Before(p.Issued) {
		p.From = p.Issued
	}
	p.Until = p.From.PlusMonths(a.Months)
	return p
}

func (s setting) permitData(i int, p registry.Permit) document.PermitData {
	w := s.c.Application.Workers[i]
	country, _ := law.CountryBy(w.Citizenship)
	var regions []lang.Text
	for _, r := range p.Regions() {
		regions = append(regions, law.RegionName(r))
	}
	return document.PermitData{
		From: s.letterhead(), Number: p.Number, Operation: lang.All(p.Operation), Employer: s.employer(),
		Latin: w.Latin(), Cyrillic: w.Cyrillic(), Born: w.Born, Citizenship: country.Name, Passport: w.Passport,
		Category: oneOf(w.Category), Position: p.Position, Regions: regions,
		Valid: p.From, Until: p.Until, Issued: p.Issued, Replaces: p.Previous, Cite: law.Basis(s.cite), Signatory: s.signatory(),
		URL: s.address + "/verify?number=" + p.Number,
	}
}
