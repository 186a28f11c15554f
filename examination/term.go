package examination

import (
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/window"
)

// withinLongest: the term is within the longest of each category, and the permit
// was not extended more often than it may be.
func withinLongest(f File, r law.Rule) []Finding {
	a := f.Application
	var list []Finding
	counts := a.Counts()
	for _, c := range law.Categories {
		if counts[c] == 0 {
			continue
		}
		most, err := law.MaxMonths(c, f.On)
		if err != nil {
			return []Finding{find(r, Unknown, "examination.no-law", lang.Args{"day": f.On})}
		}
		args := lang.Args{"category": c, "most": most, "n": a.Months}
		if a.Months > most {
			list = append(list, find(r, Problem, "examination.months-long", args).cured("examination.months-shorter", args).at(procedure.PartTerms, "months"))
		}
		if x, often := f.extended(r, c); often {
			list = append(list, x)
		}
	}
	if a.Months < 1 {
		list = append(list, find(r, Problem, "examination.months-none").cured("examination.months-say").at(procedure.PartTerms, "months"))
	}
	return orElse(list, find(r, OK, "examination.months", lang.Args{"n": a.Months}))
}

// extended finds that the permit to be extended was extended as often as it may
// be.
func (f File) extended(r law.Rule, c law.Category) (Finding, bool) {
	if f.Application.Operation != law.Extension {
		return Finding{}, false
	}
	times, err := law.MaxExtensions(c, f.On)
	if err != nil || times == law.Unlimited {
		return Finding{}, false
	}
	before := 0
	for p, ok := f.permit(f.Application.Previous); ok && before <= times; p, ok = f.permit(p.Previous) {
		if p.Operation == law.Extension {
			before++
		}
	}
	if before < times {
		return Finding{}, false
	}
	args := lang.Args{"category": c, "most": times, "n": before}
	return find(r, Problem, "examination.extended-out", args).cured("examination.apply-anew").at(procedure.PartTerms, "months"), true
}

// rarely: the permit was not extended more often than its category allows.
func rarely(f File, r law.Rule) []Finding {
	for c := range f.Application.Counts() {
		if x, often := f.extended(r, c); often {
			return []Finding{x}
		}
	}
	return []Finding{find(r, OK, "examination.extended-in")}
}

// permit returns the permit of a number among those of the employer.
func (f File) permit(number string) (registry.Permit, bool) {
	i := slices.IndexFunc(f.Permits, func(p registry.Permit) bool {
		return number != "" && p.Number == number && p.Employer == f.Application.Employer.BIN
	})
	if i < 0 {
		return registry.Permit{}, false
	}
	return f.Permits[i], true
}

// inWindow: an extension is asked for neither too early nor too late.
func inWindow(f File, r law.Rule) []Finding {
	p, ok := f.permit(f.Application.Previous)
	if !ok {
		return []Finding{find(r, Unknown, "examination.no-previous", lang.Args{"number": f.Application.Previous})}
	}
	cal, err := law.CalendarFor(f.Region)
	if err != nil {
		return []Finding{find(r, Unknown, "examination.no-law", lang.Args{"day": f.On})}
	}
	w, err := window.Of(p.Category, p.Until, f.On, cal)
	if err != nil {
		x := find(r, Problem, "examination.by-hand").cured("examination.apply-anew")
		x.Found = problem.Of(err).Say
		return []Finding{x}
	}
	args := lang.Args{"until": p.Until, "first": w.First, "last": w.Last}
	switch w.Stands(f.On) {
	case window.Early:
		return []Finding{find(r, Problem, "examination.window-early", args).under(w.Source.Sourced).cured("examination.window-wait", args)}
	case window.Late:
		return []Finding{find(r, Problem, "examination.window-late", args).under(w.Source.Sourced).cured("examination.apply-anew")}
	case window.Risky:
		return []Finding{find(r, Look, "examination.window-risky", args).under(w.Source.Sourced)}
	}
	return []Finding{find(r, OK, "examination.window-open", args).under(w.Source.Sourced)}
}

// inForce: the permit that is to be extended or reissued is the employer's and
// holds.
func inForce(f File, r law.Rule) []Finding {
	number := f.Application.Previous
	p, ok := f.permit(number)
	args := lang.Args{"number": number, "until": p.Until}
	switch {
	case number == "":
		return []Finding{find(r, Problem, "examination.previous-empty").cured("examination.previous-say").at(procedure.PartTerms, "previous")}
	case !ok:
		return []Finding{find(r, Problem, "examination.no-previous", args).cured("examination.previous-correct").at(procedure.PartTerms, "previous")}
	case !p.InForce(f.On):
		return []Finding{find(r, Problem, "examination.previous-over", args).cured("examination.apply-anew").at(procedure.PartTerms, "previous")}
	}
	return []Finding{find(r, OK, "examination.previous-holds", args)}
}
