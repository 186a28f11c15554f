package examination

import (
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/ratio"
)

// fields are where the form asks for the citizens of a group.
var fields = map[law.Group]string{
	law.Leaders: "leaders_kz", law.Others: "others_kz", law.Managers: "managers_kz", law.Specialists: "specialists_kz",
}

// ratioKept: citizens are as many beside the foreigners as the law of the day
// wants, those asked for among the foreigners, or nobody is bound to it.
func ratioKept(f File, r law.Rule) []Finding {
	a := f.Application
	answer, err := ratio.Check(ratio.Asked{
		Operation: a.Operation, Scheme: a.Scheme, On: f.On, Staff: f.staff(), Claims: f.claims(), Workers: f.workers(),
	})
	if err != nil {
		return []Finding{{Key: r.Key, Outcome: Problem, Found: problem.Of(err).Say, Cite: r.Cite, Sure: r.Sure,
			At: Place{Part: procedure.PartContent}}}
	}
	if x := answer.Exempt; x != nil {
		o := OK
		if x.Key == a.Content.Exempt {
			o = Look // no register says so, the applicant does
		}
		found := Finding{Key: r.Key, Outcome: o, Found: answer.Explain()[0], Cite: x.Cite, Sure: x.Sure}
		if o == Look {
			found = found.cured("examination.ratio-show").at(procedure.PartContent, "ratio_exempt")
		}
		return []Finding{found}
	}
	var list []Finding
	counts := a.Counts()
	for _, l := range answer.Lines {
		if asks(counts, l.Rule.Group) {
			list = append(list, weighed(r, l))
		}
	}
	return orElse(list, find(r, NotApplicable, "examination.ratio-nobody"))
}

// asks reports whether any worker asked for belongs to a group.
func asks[N ~int](counts map[law.Category]N, g law.Group) bool {
	return slices.ContainsFunc(law.Categories, func(c law.Category) bool {
		in, ok := law.GroupOf(c)
		return ok && in == g && counts[c] > 0
	})
}

func weighed(r law.Rule, l ratio.Line) Finding {
	args := lang.Args{
		"group": l.Rule.Group, "citizens": l.Citizens, "foreigners": l.Foreigners, "percent": l.Rule.Percent,
		"most": l.Most, "need": l.Need, "missing": l.Missing(),
	}
	kind := "staff"
	if l.Rule.Measure == law.ForeignersToCitizens {
		kind = "transfer"
	}
	if l.Kept {
		return find(r, OK, "examination.ratio-kept-"+kind, args).under(l.Rule.Sourced)
	}
	return find(r, Problem, "examination.ratio-broken-"+kind, args).under(l.Rule.Sourced).
		cured("examination.ratio-cure", args).at(procedure.PartContent, fields[l.Rule.Group])
}

// staff counts who works for the employer, by group. Who is asked for joins the
// foreigners; an extension asks for those who are there already. Workers under
// outstaffing contracts count from the day the law says so.
func (f File) staff() map[law.Group]ratio.Count {
	a, c := f.Application, f.Application.Content
	n := map[law.Group]ratio.Count{
		law.Leaders:     {Citizens: c.LeadersKZ, Foreigners: c.LeadersForeign},
		law.Others:      {Citizens: c.OthersKZ, Foreigners: c.OthersForeign},
		law.Managers:    {Citizens: c.ManagersKZ, Foreigners: c.ManagersForeign},
		law.Specialists: {Citizens: c.SpecialistsKZ, Foreigners: c.SpecialistsForeign},
	}
	add := func(g law.Group, citizens, foreigners int) {
		n[g] = ratio.Count{Citizens: n[g].Citizens + citizens, Foreigners: n[g].Foreigners + foreigners}
	}
	if f.countsOutstaffed() {
		add(law.Leaders, c.OutLeadersKZ, c.OutLeadersForeign)
		add(law.Others, c.OutOthersKZ, c.OutOthersForeign)
	}
	for _, w := range a.Workers {
		country, _ := law.CountryBy(w.Citizenship)
		if g, ok := law.GroupOf(w.Category); ok && a.Operation == law.Issue && !country.EAEU {
			add(g, 0, 1)
		}
	}
	return n
}

func (f File) countsOutstaffed() bool {
	rules := law.CountingRules(f.Application.Operation, f.Application.Scheme, f.On)
	return slices.ContainsFunc(rules, func(x law.Rule) bool { return x.Key == "outstaffed" })
}

// workers is how many work for the employer, all together, before anybody comes.
func (f File) workers() int {
	c := f.Application.Content
	n := c.LeadersKZ + c.LeadersForeign + c.OthersKZ + c.OthersForeign
	if f.countsOutstaffed() {
		n += c.OutLeadersKZ + c.OutLeadersForeign + c.OutOthersKZ + c.OutOthersForeign
	}
	return n
}

// claims are the exemptions from the ratio that what was entered speaks for.
func (f File) claims() []string {
	e := f.Application.Employer
	var keys []string
	if e.Size == party.Small {
		keys = append(keys, "small")
	}
	if e.Kind == party.State {
		keys = append(keys, "state")
	}
	if e.Kind == party.ForeignBranch {
		keys = append(keys, "foreign-branch")
	}
	if x := f.Application.Content.Exempt; x != "" {
		keys = append(keys, x)
	}
	return keys
}
