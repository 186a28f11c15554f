package examination

import (
	"fmt"
	"slices"
	"strings"

	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// barring are the kinds of offences after which no permits are given for a time.
var barring = []string{"without-permit", "other-profession"}

// notBanned: within the months before the hand-in nobody found the employer to
// have foreigners at work without a permit, or in another profession.
func notBanned(f File, r law.Rule) []Finding {
	a, x := f.ask(r, Offences, string(f.Application.Employer.BIN))
	if x != nil {
		return []Finding{*x}
	}
	p, ok := Read[Proceedings](a)
	if a.Status == Found && !ok {
		return []Finding{find(r, Unknown, "examination.unreadable", lang.Args{"register": a.Register}).by(a)}
	}
	ban, _ := law.ConditionOn(law.BanMonths, f.On)
	var list []Finding
	for _, o := range p.Offences {
		until := o.On.AddMonths(ban.Is)
		if slices.Contains(barring, o.Kind) && f.On.Before(until) && !o.On.After(f.On) {
			list = append(list, find(r, Problem, "examination.banned", lang.Args{"number": o.Number, "day": o.On, "until": until}).
				under(ban.Sourced).cured("examination.wait-ban", lang.Args{"until": until}).by(a))
		}
	}
	return orElse(list, find(r, OK, "examination.not-banned", lang.Args{"n": ban.Is}).by(a))
}

// quotaLeft: what is asked for is held, or could be.
func quotaLeft(f File, r law.Rule) []Finding {
	counts := f.Application.Counts()
	var list []Finding
	for _, l := range f.Application.Lines(f.On.Year, f.Region) {
		n, b := counts[l.Category], f.Quota[l]
		args := lang.Args{"line": l, "asked": int(n), "available": max(0, int(b.Available()))}
		switch {
		case f.Held[l] >= n:
			list = append(list, find(r, OK, "examination.quota-held", args))
		case f.Registered:
			list = append(list, find(r, Problem, "examination.quota-waits", args).cured("examination.quota-order").at(procedure.PartWorkers, "category"))
		case b.Allotted == 0:
			list = append(list, find(r, Problem, "examination.quota-none", args).cured("examination.quota-ask").at(procedure.PartWorkers, "category"))
		case b.Available() < n:
			list = append(list, find(r, Problem, "examination.quota-short", args).cured("examination.quota-wait").at(procedure.PartWorkers, "category"))
		default:
			list = append(list, find(r, OK, "examination.quota-left", args))
		}
	}
	return orElse(list, find(r, NotApplicable, "examination.no-quota"))
}

// posted: the vacancy of each worker was on the Electronic Labour Exchange for the
// days the law wants, under its code.
func posted(f File, r law.Rule) []Finding {
	days, ok := law.ConditionOn(law.VacancyDays, f.On)
	if !ok || !asksVacancy(f.Application) {
		return []Finding{find(r, NotApplicable, "examination.no-vacancy")}
	}
	var list []Finding
	for i, w := range f.Application.Workers {
		list = append(list, f.vacancy(r, i, strings.TrimSpace(w.Vacancy), w.Latin(), days).of(i, "vacancy"))
	}
	return list
}

func (f File) vacancy(r law.Rule, i int, code, who string, days law.Condition) Finding {
	args := lang.Args{"who": who, "code": code, "n": days.Is}
	if code == "" {
		return find(r, Problem, "examination.vacancy-no-code", args).cured("examination.vacancy-post", args)
	}
	a, x := f.ask(r, Vacancies, code)
	if x != nil {
		return *x
	}
	v, ok := Read[Vacancy](a)
	first := v.Posted.AddDays(days.Is)
	args["day"], args["first"] = v.Posted, first
	switch {
	case a.Status == None:
		return find(r, Problem, "examination.vacancy-none", args).cured("examination.vacancy-correct").by(a)
	case !ok:
		return find(r, Unknown, "examination.unreadable", lang.Args{"register": a.Register}).by(a)
	case v.BIN != f.Application.Employer.BIN:
		return find(r, Problem, "examination.vacancy-other", args).cured("examination.vacancy-correct").by(a)
	case f.On.Before(first):
		return find(r, Problem, "examination.vacancy-early", args).cured("examination.vacancy-wait", args).by(a)
	}
	return find(r, OK, "examination.vacancy-posted", args).by(a)
}

// feeDue: the rate can be told from activity, category and term.
func feeDue(f File, r law.Rule) []Finding {
	a := f.Application
	var sum fee.Tenge
	sure := law.Text
	counts := a.Counts()
	for _, c := range law.Categories {
		if counts[c] == 0 {
			continue
		}
		due, err := fee.Due(fee.Asked{Category: c, Section: a.Employer.Section, Months: a.Months, Permits: int(counts[c]), PaidOn: f.day(f.Now)})
		if err != nil {
			return []Finding{find(r, Problem, "examination.fee-unknown").cured("examination.fee-section").at(procedure.PartEmployer, "section")}
		}
		sum, sure = sum+due.Total, sure.Worse(due.Rate.Sure)
	}
	x := find(r, OK, "examination.fee", lang.Args{"sum": sum, "section": fmt.Sprintf("%q", a.Employer.Section)[1:2]})
	x.Sure = x.Sure.Worse(sure)
	return []Finding{x}
}

func feeFree(_ File, r law.Rule) []Finding { return []Finding{find(r, OK, "examination.free")} }
