package web

import (
	"slices"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// What the examination asks besides; see package procedure, conditions.go.

// fillContent takes the staff over from the form of the counter.
func fillContent(q request, c *procedure.LocalContent) {
	c.LeadersKZ, c.LeadersForeign = whole(q, "leaders_kz"), whole(q, "leaders_foreign")
	c.OthersKZ, c.OthersForeign = whole(q, "others_kz"), whole(q, "others_foreign")
	fillStaff(q, c)
}

// fillStaff takes what the ratio asks besides over from the form.
func fillStaff(q request, c *procedure.LocalContent) {
	for name, n := range staffFields(c) {
		*n = whole(q, name)
	}
	c.Exempt = q.form("ratio_exempt")
}

// staffFields are the numbers of the staff besides the four of old, by field.
func staffFields(c *procedure.LocalContent) map[string]*int {
	return map[string]*int{
		"out_leaders_kz": &c.OutLeadersKZ, "out_leaders_foreign": &c.OutLeadersForeign,
		"out_others_kz": &c.OutOthersKZ, "out_others_foreign": &c.OutOthersForeign,
		"managers_kz": &c.ManagersKZ, "managers_foreign": &c.ManagersForeign,
		"specialists_kz": &c.SpecialistsKZ, "specialists_foreign": &c.SpecialistsForeign,
	}
}

// storedMore is what an application has at one of these fields, and whether it is
// one.
func storedMore(a procedure.Application, name string) (string, bool) {
	text, ok := map[string]string{
		"kind": string(a.Employer.Kind), "size": string(a.Employer.Size),
		"ratio_exempt": a.Content.Exempt,
	}[name]
	if ok {
		return text, true
	}
	n, ok := staffFields(&a.Content)[name]
	if name == "foreign" {
		n, ok = &a.Employer.Foreign, true
	}
	if !ok {
		return "", false
	}
	if *n == 0 {
		return "", true
	}
	return strconv.Itoa(*n), true
}

// moreAnswers are what was entered of the staff and of a transfer, to be looked
// over with the rest.
func moreAnswers(p component.Page, c procedure.Case) []component.Row {
	a, at := c.Application, "/cabinet/"+c.ID+"/"
	rows := []component.Row{
		{Key: p.T("web.employer-kind"), Value: a.Employer.Kind.In(p.Lang), Lines: []string{p.T("web.employer-size") + ": " + a.Employer.Size.In(p.Lang)}, Change: at + "employer"},
	}
	staff := component.Row{Key: procedure.PartContent.In(p.Lang), Change: at + "content"}
	n := a.Content
	add := func(name string, count int) {
		if count != 0 {
			staff.Lines = append(staff.Lines, p.T("web."+name)+": "+p.Number(count))
		}
	}
	add("leaders_kz", n.LeadersKZ)
	add("leaders_foreign", n.LeadersForeign)
	add("others_kz", n.OthersKZ)
	add("others_foreign", n.OthersForeign)
	if a.Scheme == law.ICT {
		add("managers_kz", n.ManagersKZ)
		add("managers_foreign", n.ManagersForeign)
		add("specialists_kz", n.SpecialistsKZ)
		add("specialists_foreign", n.SpecialistsForeign)
	}
	if out := n.OutLeadersKZ + n.OutLeadersForeign + n.OutOthersKZ + n.OutOthersForeign; out > 0 {
		staff.Lines = append(staff.Lines, p.T("web.outstaffed")+": "+p.Number(out))
	}
	return append(rows, staff)
}

func employerKinds(p component.Page) []component.Option {
	list := []component.Option{{Value: "", Text: p.T("party.not-said")}}
	return append(list, choice(p.Lang, party.Kinds)...)
}

func employerSizes(p component.Page) []component.Option {
	list := []component.Option{{Value: "", Text: p.T("party.not-said")}}
	return append(list, choice(p.Lang, party.Sizes)...)
}

// ratioExemptions are the reasons for no ratio that only the applicant knows of.
func ratioExemptions(p component.Page, on calendar.Date) []component.Option {
	list := []component.Option{{Value: "", Text: p.T("web.no-ratio-none")}}
	for _, x := range law.Exemptions(on) {
		if x.Key == "treaty" || x.Key == "self-employment" {
			list = append(list, component.Option{Value: x.Key, Text: x.Name.In(p.Lang)})
		}
	}
	return list
}

// postsVacancies reports whether the law of a day wants vacancies posted.
func postsVacancies(on calendar.Date) bool {
	_, ok := law.ConditionOn(law.VacancyDays, on)
	return ok
}

// countsOutstaffed reports whether outstaffed workers count on a day.
func countsOutstaffed(on calendar.Date) bool {
	return slices.ContainsFunc(law.CountingRules(law.Issue, law.Regional, on), func(r law.Rule) bool { return r.Key == "outstaffed" })
}

// exemptions are the reasons why a worker may need no permit, as options.
func exemptions(p component.Page, on calendar.Date) []component.Option {
	list := []component.Option{{Value: "", Text: p.T("web.exempt-none")}}
	for _, x := range law.ExemptPersons(on) {
		list = append(list, component.Option{Value: x.Key, Text: x.Name.In(p.Lang)})
	}
	return list
}
