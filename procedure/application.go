package procedure

import (
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
)

// MaxWorkers is how many foreigners one application can name: more would not
// fit a page of the resolution, and a firm may file several.
const MaxWorkers = 200

// An Application is what the applicant asks, as they entered it.
type Application struct {
	Operation law.Operation  `json:"operation"`
	Scheme    law.Scheme     `json:"scheme"`
	Employer  party.Employer `json:"employer"`
	Workers   []party.Worker `json:"workers"`
	Months    int            `json:"months"`             // for how long, in months
	From      calendar.Date  `json:"from,omitzero"`      // the first day wanted
	Previous  string         `json:"previous,omitempty"` // permit to extend or reissue
	Reason    string         `json:"reason,omitempty"`   // why foreigners are needed
	Content   LocalContent   `json:"content"`
	Sending   Sending        `json:"sending,omitzero"` // of a transfer: from where
	Truthful  bool           `json:"truthful"`         // declares that all of it is true
}

// LocalContent is how many work for the employer, for the ratio of citizens
// (Order 559 of 2016-06-27 ¶ 16).
type LocalContent struct {
	LeadersKZ      int `json:"leaders_kz"`      // citizens of categories I and II
	LeadersForeign int `json:"leaders_foreign"` // foreigners of them
	OthersKZ       int `json:"others_kz"`       // citizens of categories III and IV
	OthersForeign  int `json:"others_foreign"`

	// Besides them, those under outstaffing contracts, who count since 1 July 2023.
	OutLeadersKZ      int `json:"out_leaders_kz,omitempty"`
	OutLeadersForeign int `json:"out_leaders_foreign,omitempty"`
	OutOthersKZ       int `json:"out_others_kz,omitempty"`
	OutOthersForeign  int `json:"out_others_foreign,omitempty"`

	// For a transfer, by its own categories (Order 559 of 2016-06-27 ¶ 57).
	ManagersKZ         int `json:"managers_kz,omitempty"`
	ManagersForeign    int `json:"managers_foreign,omitempty"`
	SpecialistsKZ      int `json:"specialists_kz,omitempty"`
	SpecialistsForeign int `json:"specialists_foreign,omitempty"`

	// Exempt is why the ratio is not applied, in the applicant's words: the key of
	// a reason no register of ours knows, such as a quota by treaty.
	Exempt string `json:"exempt,omitempty"`
}

// Sending is the legal entity a transferred worker comes from (Order 279 of
// 2023-06-30 ¶ 5(6)).
type Sending struct {
	Name    string `json:"name,omitempty"`
	Country string `json:"country,omitempty"` // where it was founded, ISO 3166-1 alpha-2
}

// Counts returns how many permits are asked for in each category.
func (a Application) Counts() map[law.Category]quota.Permits {
	n := map[law.Category]quota.Permits{}
	for _, w := range a.Workers {
		n[w.Category]++
	}
	return n
}

// Lines returns what the application draws on in the quota, in a settled order.
// Reissue and intra-corporate transfer draw on nothing.
func (a Application) Lines(year int, region string) []quota.Line {
	if a.Operation == law.Reissue {
		return nil
	}
	var lines []quota.Line
	counts := a.Counts()
	for _, c := range law.Categories {
		if l, ok := quota.LineOf(year, region, c); ok && counts[c] > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

// CheckEmployer returns what is wrong with the applicant's own data.
func (a Application) CheckEmployer() error {
	var f problem.Form
	e := a.Employer
	_, err := party.ParseBIN(string(e.BIN))
	f.Take("bin", err)
	missing(&f, "name_ru", e.Name.RU)
	missing(&f, "name_kk", e.Name.KK)
	missing(&f, "address", e.Address)
	missing(&f, "phone", e.Phone)
	if !strings.Contains(e.Email, "@") || strings.ContainsAny(e.Email, " \r\n,;") {
		f.Wrong("email", "procedure.bad-email")
	}
	if !slices.ContainsFunc(law.Sections(), func(s law.Section) bool { return s.Letter == e.Section }) {
		f.Wrong("section", "procedure.choose")
	}
	checkEmployerMore(&f, e)
	checkSending(&f, a.Sending)
	return f.Err()
}

// CheckTerms returns what is wrong with how long, from when and why.
func (a Application) CheckTerms(today calendar.Date) error {
	var f problem.Form
	if most := a.maxMonths(today); a.Months < 1 || a.Months > most {
		f.Wrong("months", "procedure.bad-months", lang.Args{"most": most})
	}
	if a.From.IsZero() || a.From.Before(today) || a.From.After(today.AddMonths(12)) {
		f.Wrong("from", "procedure.bad-from")
	}
	missing(&f, "reason", a.Reason)
	return f.Err()
}

// maxMonths is the longest term all workers of the application may have.
func (a Application) maxMonths(on calendar.Date) int {
	most := 36
	for _, w := range a.Workers {
		if m, err := law.MaxMonths(w.Category, on); err == nil {
			most = min(most, m)
		}
	}
	if len(a.Workers) == 0 {
		most = 12
	}
	return most
}

// CheckContent returns what is wrong with the numbers of the staff.
func (a Application) CheckContent() error {
	var f problem.Form
	for _, v := range []struct {
		field string
		n     int
	}{
		{"leaders_kz", a.Content.LeadersKZ}, {"leaders_foreign", a.Content.LeadersForeign},
		{"others_kz", a.Content.OthersKZ}, {"others_foreign", a.Content.OthersForeign},
	} {
		if v.n < 0 || v.n > 1_000_000 {
			f.Wrong(v.field, "procedure.bad-count")
		}
	}
	checkContentMore(&f, a.Content)
	if a.Content.LeadersKZ+a.Content.OthersKZ == 0 {
		f.Wrong("others_kz", "procedure.no-citizens")
	}
	return f.Err()
}

// CheckWorker returns what is wrong with what was entered of a foreigner.
func CheckWorker(w party.Worker, scheme law.Scheme, today calendar.Date) error {
	var f problem.Form
	for _, v := range []struct{ field, value string }{
		{"surname", w.Surname}, {"given", w.Given}, {"surname_cyr", w.SurnameCyr}, {"given_cyr", w.GivenCyr},
	} {
		missing(&f, v.field, v.value)
	}
	if w.Born.IsZero() || w.Born.AddMonths(18*12).After(today) || w.Born.AddMonths(100*12).Before(today) {
		f.Wrong("born", "procedure.bad-born")
	}
	if _, ok := law.CountryBy(w.Citizenship); !ok || w.Citizenship == "KZ" {
		f.Wrong("citizenship", "procedure.choose")
	}
	missing(&f, "passport", w.Passport)
	if w.PassportUntil.IsZero() || !w.PassportUntil.After(today) {
		f.Wrong("passport_until", "procedure.passport-over")
	}
	missing(&f, "position_ru", w.PositionRU)
	missing(&f, "position_kk", w.PositionKK)
	if !slices.Contains(law.Categories, w.Category) || w.Category.Scheme() != scheme {
		f.Wrong("category", "procedure.choose")
	}
	missing(&f, "education", w.Education)
	if w.Experience < 0 || w.Experience > 70 {
		f.Wrong("experience", "procedure.bad-count")
	}
	checkWorkerMore(&f, w, today)
	return f.Err()
}

func missing(f *problem.Form, field, value string) {
	switch {
	case strings.TrimSpace(value) == "":
		f.Wrong(field, "procedure.empty")
	case len([]rune(value)) > 2000:
		f.Wrong(field, "procedure.too-long", lang.Args{"most": 2000})
	}
}

// A Part is one task of an application: something to fill in or to attach.
type Part string

// The parts, in the order in which they are asked for.
const (
	PartEmployer  Part = "employer"
	PartWorkers   Part = "workers"
	PartTerms     Part = "terms"
	PartContent   Part = "content"
	PartDocuments Part = "documents"
)

// Parts are all parts of an application.
var Parts = []Part{PartEmployer, PartWorkers, PartTerms, PartContent, PartDocuments}

// In names the part.
func (p Part) In(t lang.Tag) string { return lang.M("procedure.part-" + string(p)).In(t) }

// Check returns what is wrong with a part. Attached are the keys of the
// documents that are there.
func (a Application) Check(p Part, attached []string, today calendar.Date) error {
	switch p {
	case PartEmployer:
		return a.CheckEmployer()
	case PartWorkers:
		return a.checkWorkers(today)
	case PartTerms:
		return a.CheckTerms(today)
	case PartContent:
		return a.CheckContent()
	case PartDocuments:
		return a.checkDocuments(attached, today)
	}
	return nil
}

func (a Application) checkWorkers(today calendar.Date) error {
	var f problem.Form
	if len(a.Workers) == 0 {
		f.Wrong("workers", "procedure.no-workers")
	}
	if len(a.Workers) > MaxWorkers {
		f.Wrong("workers", "procedure.many-workers", lang.Args{"most": MaxWorkers})
	}
	passports := map[string]bool{}
	for i, w := range a.Workers {
		who := lang.Args{"who": strconv.Itoa(i+1) + ". " + w.Latin()}
		if CheckWorker(w, a.Scheme, today) != nil {
			f.Wrong("workers", "procedure.worker-incomplete", who)
		}
		if key := w.Citizenship + strings.ToUpper(w.Passport); passports[key] {
			f.Wrong("workers", "procedure.worker-twice", who)
		} else {
			passports[key] = true
		}
	}
	return f.Err()
}

func (a Application) checkDocuments(attached []string, today calendar.Date) error {
	var f problem.Form
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, today) {
		if d.Required && !slices.Contains(attached, d.Key) {
			f.Wrong("file-"+d.Key, "procedure.no-document", lang.Args{"document": d.Name})
		}
	}
	return f.Err()
}

// Ready returns what is still missing before the application can be handed in,
// part by part. Nothing is missing when it is nil.
func (a Application) Ready(attached []string, today calendar.Date) error {
	var all problem.Error
	for _, p := range Parts {
		if err := a.Check(p, attached, today); err != nil {
			all.Fields = append(all.Fields, problem.Of(err).Fields...)
		}
	}
	if len(all.Fields) == 0 {
		return nil
	}
	all.Kind = problem.Invalid
	all.Say = lang.M("procedure.not-ready", lang.Args{"n": len(all.Fields)})
	return &all
}

// CheckPaper returns what is wrong with a package of one worker as the clerk
// typed it off: who asks, for whom, for how long. That papers are missing is for
// the executor to find.
func (a Application) CheckPaper(today calendar.Date) error {
	all := &problem.Error{Kind: problem.Invalid}
	checks := []error{a.CheckEmployer(), a.CheckTerms(today)}
	for _, w := range a.Workers {
		checks = append(checks, CheckWorker(w, a.Scheme, today))
	}
	if !slices.Contains(law.Operations, a.Operation) {
		checks = append(checks, problem.New(problem.Invalid, "procedure.choose").At("operation"))
	}
	for _, err := range checks {
		if err != nil {
			all.Fields = append(all.Fields, problem.Of(err).Fields...)
		}
	}
	if len(all.Fields) == 0 {
		return nil
	}
	all.Say = lang.M("procedure.not-ready", lang.Args{"n": len(all.Fields)})
	return all
}
