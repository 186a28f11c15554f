package office

import (
	"strconv"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// What the examination asks besides is signed with the rest. Left out is what the
// applicant did not say and the scheme does not ask.

func filedEmployerMore(a procedure.Application) []document.Row {
	e := a.Employer
	rows := []document.Row{row("employer-kind", lang.All(e.Kind)), row("employer-size", lang.All(e.Size)), words("foreign-share", strconv.Itoa(e.Foreign)+" %")}
	return rows
}

func filedContentMore(a procedure.Application) []document.Row {
	c := a.Content
	var rows []document.Row
	if a.Scheme == law.ICT {
		return append(rows,
			count("managers_kz", c.ManagersKZ), count("managers_foreign", c.ManagersForeign),
			count("specialists_kz", c.SpecialistsKZ), count("specialists_foreign", c.SpecialistsForeign))
	}
	out := func(label string, n int) {
		if n != 0 {
			rows = append(rows, document.Row{Label: twoLabels("web.outstaffed", "web."+label), Value: lang.Same(strconv.Itoa(n))})
		}
	}
	out("leaders_kz", c.OutLeadersKZ)
	out("leaders_foreign", c.OutLeadersForeign)
	out("others_kz", c.OutOthersKZ)
	out("others_foreign", c.OutOthersForeign)
	for _, x := range law.Exemptions(a.From) {
		if x.Key == c.Exempt {
			rows = append(rows, row("no-ratio", x.Name))
		}
	}
	return rows
}

func filedWorkerMore(w party.Worker, a procedure.Application) []document.Row {
	var rows []document.Row
	if w.Vacancy != "" {
		rows = append(rows, words("vacancy", w.Vacancy))
	}
	if a.Scheme == law.ICT {
		rows = append(rows, count("transfer", w.Transfer))
	}
	for _, x := range law.ExemptPersons(a.From) {
		if x.Key == w.Exempt {
			rows = append(rows, row("exempt", x.Name))
		}
	}
	return rows
}

// twoLabels is two labels, one after the other.
func twoLabels(a, b string) lang.Text {
	one, two := lang.All(lang.M(a)), lang.All(lang.M(b))
	return lang.Text{KK: one.KK + ": " + two.KK, RU: one.RU + ": " + two.RU, EN: one.EN + ": " + two.EN}
}
