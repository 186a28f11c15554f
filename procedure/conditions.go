package procedure

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// What the examination asks besides is optional: who leaves it out is told by the
// examination what could not be checked. What is entered must be possible.

func checkEmployerMore(f *problem.Form, e party.Employer) {
	if e.Kind != "" && !slices.Contains(party.Kinds, e.Kind) {
		f.Wrong("kind", "procedure.choose")
	}
	if e.Size != "" && !slices.Contains(party.Sizes, e.Size) {
		f.Wrong("size", "procedure.choose")
	}
	if e.Foreign < 0 || e.Foreign > 100 {
		f.Wrong("foreign", "procedure.bad-count")
	}
}

func checkSending(f *problem.Form, s Sending) {
	if _, ok := law.CountryBy(s.Country); s.Country != "" && s.Country != "KZ" && !ok {
		f.Wrong("sending_country", "procedure.choose")
	}
	if len([]rune(s.Name)) > 2000 {
		f.Wrong("sending_name", "procedure.too-long", map[string]any{"most": 2000})
	}
}

func checkContentMore(f *problem.Form, c LocalContent) {
	for _, v := range []struct {
		field string
		n     int
	}{
		{"out_leaders_kz", c.OutLeadersKZ}, {"out_leaders_foreign", c.OutLeadersForeign},
		{"out_others_kz", c.OutOthersKZ}, {"out_others_foreign", c.OutOthersForeign},
		{"managers_kz", c.ManagersKZ}, {"managers_foreign", c.ManagersForeign},
		{"specialists_kz", c.SpecialistsKZ}, {"specialists_foreign", c.SpecialistsForeign},
	} {
		if v.n < 0 || v.n > 1_000_000 {
			f.Wrong(v.field, "procedure.bad-count")
		}
	}
}

func checkWorkerMore(f *problem.Form, w party.Worker, today calendar.Date) {
	known := func(x law.Rule) bool { return x.Key == w.Exempt }
	if w.Exempt != "" && !slices.ContainsFunc(law.ExemptPersons(today), known) {
		f.Wrong("exempt", "procedure.choose")
	}
	if w.Transfer < 0 || w.Transfer > 840 { // seventy years
		f.Wrong("transfer", "procedure.bad-count")
	}
	if len([]rune(w.Vacancy)) > 100 {
		f.Wrong("vacancy", "procedure.too-long", map[string]any{"most": 100})
	}
}
