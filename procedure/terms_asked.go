package procedure

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// CheckTerms returns what is wrong with how long, from when, where and why. An
// extension begins when the old permit ends, and a reissue keeps its term: there
// nobody is asked from when, or for how long.
func (a Application) CheckTerms(today calendar.Date) error {
	var f problem.Form
	switch a.Operation {
	case law.Reissue:
		changes := law.Changes(a.Scheme, today)
		if !slices.ContainsFunc(changes, func(r law.Rule) bool { return r.Key == a.Change }) {
			f.Wrong("change", "procedure.choose")
		}
	case law.Extension:
		a.checkMonths(&f, today)
	default:
		a.checkMonths(&f, today)
		if a.From.IsZero() || a.From.Before(today) || a.From.After(today.AddMonths(12)) {
			f.Wrong("from", "procedure.bad-from")
		}
	}
	a.checkSending(&f)
	a.checkRegions(&f, today)
	missing(&f, "reason", a.Reason)
	return f.Err()
}

// checkMonths notes a term that a category of the application cannot have.
func (a Application) checkMonths(f *problem.Form, on calendar.Date) {
	if a.Months < 1 {
		f.Wrong("months", "procedure.bad-months", lang.Args{"most": a.maxMonths(on)})
		return
	}
	for _, w := range a.Workers {
		m, err := law.MonthsFor(w.Category, a.Operation, on)
		switch {
		case err != nil: // the category is wrong, and said to be elsewhere
		case a.Months > m.Most:
			f.Wrong("months", "procedure.long-months", lang.Args{"most": m.Most, "category": w.Category, "cite": m.Cite})
			return
		case a.Months%m.Step != 0:
			f.Wrong("months", "procedure.whole-years", lang.Args{"category": w.Category, "most": m.Most, "cite": m.Cite})
			return
		}
	}
	if most := a.maxMonths(on); a.Months > most {
		f.Wrong("months", "procedure.bad-months", lang.Args{"most": most})
	}
}

// maxMonths is the longest term all workers of the application may have.
func (a Application) maxMonths(on calendar.Date) int {
	most := 36
	for _, w := range a.Workers {
		if m, err := law.MonthsFor(w.Category, a.Operation, on); err == nil {
			most = min(most, m.Most)
		}
	}
	if len(a.Workers) == 0 {
		most = 12
	}
	return most
}

// checkSending notes a transfer from no member of the World Trade Organization: it
// is the country of the company that counts, not that of the worker (Order 279 of
// 2023-06-30 ¶ 5(6)).
func (a Application) checkSending(f *problem.Form) {
	if a.Scheme != law.ICT || a.Operation != law.Issue {
		return
	}
	missing(f, "sending_name", a.Sending.Name)
	switch c, ok := law.CountryBy(a.Sending.Country); {
	case !ok || c.Code == "KZ":
		f.Wrong("sending_country", "procedure.choose")
	case !c.WTO:
		f.Wrong("sending_country", "procedure.not-wto", lang.Args{"country": c.Name, "cite": law.Cite("Order 279 of 2023-06-30 ¶ 5(6)")})
	}
}

// checkRegions notes further regions where a permit may name one only, or none
// that is a region.
func (a Application) checkRegions(f *problem.Form, on calendar.Date) {
	limit, _ := law.LimitOn(law.RegionsInOne, on)
	if n := len(a.MoreRegions); n > 0 && n+1 > limit.N {
		f.Wrong("more_regions", "procedure.one-region", lang.Args{"cite": limit.Cite})
		return
	}
	seen := map[string]bool{}
	for _, r := range a.MoreRegions {
		if _, ok := law.RegionBy(r); !ok || seen[r] {
			f.Wrong("more_regions", "procedure.choose")
			return
		}
		seen[r] = true
	}
}

// A professionList is the seasonal professions, to be named to who chose another.
type professionList []law.Rule

func professions(on calendar.Date) professionList { return law.SeasonalProfessions(on) }

// In names the professions, each with the group it has in the classification.
func (l professionList) In(t lang.Tag) string {
	s := ""
	for i, r := range l {
		if i > 0 {
			s += "; "
		}
		s += r.Key + " " + r.Name.In(t)
	}
	return s
}
