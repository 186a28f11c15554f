package web

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/web/component"
)

// registerSays tells what a register has in words; what it sent stays with the evidence as
// it came. The exemptions are those of a day.
func registerSays(p component.Page, a examination.Answer, on calendar.Date) string {
	var facts []string
	add := func(s string) {
		if s != "" {
			facts = append(facts, s)
		}
	}
	switch a.Register {
	case examination.Entities:
		x, _ := examination.Read[examination.Entity](a)
		add(lang.Text{KK: x.NameKK, RU: x.NameRU}.In(p.Lang))
		add(p.T(activity(x.Active)))
		if x.Kind != "" {
			add(x.Kind.In(p.Lang))
		}
		if x.Size != "" {
			add(p.T("web.employer-size") + ": " + x.Size.In(p.Lang))
		}
		add(p.T("web.foreign-share") + ": " + p.Number(x.Foreign) + " %")
	case examination.Persons:
		x, _ := examination.Read[examination.Person](a)
		add(strings.TrimSpace(x.Surname + " " + x.Given))
		if !x.Born.IsZero() {
			add(x.Born.In(p.Lang))
		}
		for _, r := range law.ExemptPersons(on) {
			if r.Key == x.Exempt {
				add(r.Name.In(p.Lang))
			}
		}
	case examination.Vacancies:
		x, _ := examination.Read[examination.Vacancy](a)
		add(x.Position)
		add(p.T("web.posted-on", "day", x.Posted))
		add(string(x.BIN))
	case examination.Offences:
		x, _ := examination.Read[examination.Proceedings](a)
		for _, o := range x.Offences {
			add("№ " + o.Number + ", " + o.On.In(p.Lang) + ", " + offence(p, o.Kind))
		}
		if len(x.Offences) == 0 {
			add(p.T("web.no-offences"))
		}
	case examination.Treasury:
		x, _ := examination.Read[examination.Payments](a)
		for _, y := range x.Payments {
			add(fee.Tenge(y.Sum).String() + ", " + y.On.In(p.Lang))
		}
	}
	return strings.Join(facts, " · ")
}

func activity(active bool) string {
	if active {
		return "web.entity-active"
	}
	return "web.entity-ended"
}

// offence names the kind of an offence; one we do not know stays as it came.
func offence(p component.Page, kind string) string {
	if kind == "without-permit" || kind == "other-profession" {
		return p.T("web.offence-" + kind)
	}
	return kind
}
