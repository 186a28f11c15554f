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
	Months    int            `json:"months"`           // for how long, in months
	From      calendar.Date  `json:"from,omitzero"`    // the first day wanted
	Reason    string         `json:"reason,omitempty"` // why foreigners are needed

	MoreRegions []string `json:"more_regions,omitempty"` // where else they are to work, since 2023-07-01
	Change      string   `json:"change,omitempty"`       // key of why permits are to be reissued
	Sending     Sending  `json:"sending,omitzero"`       // of a transfer: from where

	// PapersUntil is the last day of attached documents that have one, by the key of
	// the document. A passport's stands with its worker.
	PapersUntil map[string]calendar.Date `json:"papers_until,omitempty"`

	Content  LocalContent `json:"content"`
	Truthful bool         `json:"truthful"` // declares that all of it is true
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

// Lines returns what the application draws on in the quota, in a settled order:
// where it names several regions, on each region's own line. Reissue and
// intra-corporate transfer draw on nothing.
func (a Application) Lines(year int, region string) []quota.Line {
	if a.Operation == law.Reissue {
		return nil
	}
	var lines []quota.Line
	counts := a.Counts()
	for _, r := range append([]string{region}, a.MoreRegions...) {
		for _, c := range law.Categories {
			if l, ok := quota.LineOf(year, r, c); ok && counts[c] > 0 {
				lines = append(lines, l)
			}
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
	if w.Category == law.Seasonal && !law.IsSeasonal(w.NKZ, today) {
		f.Wrong("nkz", "procedure.not-seasonal", lang.Args{"list": professions(today)})
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
	passports, permits := map[string]bool{}, map[string]bool{}
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
		switch {
		case a.Operation == law.Issue:
		case w.Permit == "":
			f.Wrong("workers", "procedure.no-permit", who)
		case permits[w.Permit]:
			f.Wrong("workers", "procedure.permit-twice", lang.Args{"number": w.Permit})
		}
		permits[w.Permit] = true
	}
	return f.Err()
}

func (a Application) checkDocuments(attached []string, today calendar.Date) error {
	var f problem.Form
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, today) {
		if a.needs(d) && !slices.Contains(attached, d.Key) {
			f.Wrong("file-"+d.Key, "procedure.no-document", lang.Args{"document": d.Name})
		}
		if until, ok := a.PapersUntil[d.Key]; ok && until.Before(today) && slices.Contains(attached, d.Key) {
			f.Wrong(UntilField(d.Key), "procedure.document-over", lang.Args{"document": d.Name, "day": until})
		}
	}
	return f.Err()
}

// UntilField is the field of the last day of a document.
func UntilField(key string) string { return "until-" + key }

// needs reports whether the package is incomplete without a document. Consent of
// other regions is wanted where there are any; of the two proofs of a reissue,
// that of its reason.
func (a Application) needs(d law.Rule) bool {
	switch d.Key {
	case "consent":
		return len(a.MoreRegions) > 0
	case "qualification":
		return a.Change == "person"
	case "change":
		return a.Change == "data"
	}
	return d.Required
}

// Ready returns what is still missing before the application can be handed in,
// part by part. Nothing is missing when it is nil.
func (a Application) Ready(attached []string, today calendar.Date) error {
	var all problem.Error
	for _, p := range Parts {
		if err := a.Check(p, attached, today); err != nil {
			for _, f := range problem.Of(err).Fields {
				f.Part = string(p)
				all.Fields = append(all.Fields, f)
			}
		}
	}
	if len(all.Fields) == 0 {
		return nil
	}
	all.Kind = problem.Invalid
	all.Say = lang.M("procedure.not-ready", lang.Args{"n": len(all.Fields)})
	return &all
}

// CheckCorrected returns what is wrong with an application after its correction.
// On paper, that a document is missing is for the executor to find.
func (a Application) CheckCorrected(attached []string, filed calendar.Date, by Channel) error {
	if by == Paper {
		return a.CheckPaper(filed)
	}
	return a.Ready(attached, filed)
}
