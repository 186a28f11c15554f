package examination

import (
	"slices"

	"ruqsat/calendar"
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

// extended finds that a permit to be extended was extended as often as its
// category may be.
func (f File) extended(r law.Rule, c law.Category) (Finding, bool) {
	if f.Application.Operation != law.Extension {
		return Finding{}, false
	}
	times, err := law.MaxExtensions(c, f.On)
	if err != nil || times == law.Unlimited {
		return Finding{}, false
	}
	for i, w := range f.Application.Workers {
		if before := f.extensions(w.Permit); w.Category == c && before >= times {
			args := lang.Args{"category": c, "most": times, "n": before}
			return find(r, Problem, "examination.extended-out", args).cured("examination.apply-anew").of(i, "permit"), true
		}
	}
	return Finding{}, false
}

// extensions counts how often what became the permit of a number was extended,
// reissues in between included.
func (f File) extensions(number string) int {
	n := 0
	for p, ok := f.permit(number); ok; p, ok = f.permit(p.Previous) {
		if p.Operation == law.Extension {
			n++
		}
	}
	return n
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
	cal, err := law.CalendarFor(f.Region)
	if err != nil {
		return []Finding{find(r, Unknown, "examination.no-law", lang.Args{"day": f.On})}
	}
	var list []Finding
	for i, w := range f.Application.Workers {
		p, ok := f.permit(w.Permit)
		if !ok {
			list = append(list, find(r, Unknown, "examination.no-previous", lang.Args{"number": w.Permit}).of(i, "permit"))
			continue
		}
		list = append(list, f.window(r, p, cal).of(i, "permit"))
	}
	return list
}

// window finds whether the extension of one permit is asked for in time.
func (f File) window(r law.Rule, p registry.Permit, cal calendar.Calendar) Finding {
	w, err := window.Of(p.Category, p.Until, f.On, cal)
	if err != nil {
		x := find(r, Problem, "examination.by-hand").cured("examination.apply-anew")
		x.Found = problem.Of(err).Say
		return x
	}
	args := lang.Args{"until": p.Until, "first": w.First, "last": w.Last}
	switch w.Stands(f.On) {
	case window.Early:
		return find(r, Problem, "examination.window-early", args).under(w.Source.Sourced).cured("examination.window-wait", args)
	case window.Late:
		return find(r, Problem, "examination.window-late", args).under(w.Source.Sourced).cured("examination.apply-anew")
	case window.Risky:
		return find(r, Look, "examination.window-risky", args).under(w.Source.Sourced)
	}
	return find(r, OK, "examination.window-open", args).under(w.Source.Sourced)
}

// inForce: each permit that is to be extended or reissued is the employer's and
// holds.
func inForce(f File, r law.Rule) []Finding {
	var list []Finding
	for i, w := range f.Application.Workers {
		p, ok := f.permit(w.Permit)
		args := lang.Args{"number": w.Permit, "until": p.Until}
		x := find(r, OK, "examination.previous-holds", args)
		switch {
		case w.Permit == "":
			x = find(r, Problem, "examination.previous-empty").cured("examination.previous-say")
		case !ok:
			x = find(r, Problem, "examination.no-previous", args).cured("examination.previous-correct")
		case !p.InForce(f.On):
			x = find(r, Problem, "examination.previous-over", args).cured("examination.apply-anew")
		}
		list = append(list, x.of(i, "permit"))
	}
	return list
}
