package web

import (
	"net/url"
	"slices"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/web/component"
)

// caseFields are what is asked before a case is begun. Nobody is named in them.
var caseFields = []string{
	"operation", "category", "region", "workers", "months", "position", "nkz", "citizenship", "experience", "until",
	"section", "kind", "size", "foreign", "leaders_kz", "leaders_foreign", "others_kz", "others_foreign", "ratio_exempt",
	"sending_country", "transfer", "managers_kz", "managers_foreign", "specialists_kz", "specialists_foreign",
}

// unsaid are the lines of the checklist on which nothing was asked: they are about
// papers and persons, and come when there are any.
var unsaid = []string{"complete", "unexpired", "authentic", "duplicate", "replacement", "change", "permit-in-force", "no-ban", "vacancy"}

// mostMonths is how many months can be asked about: what is too long by the law the
// examination says.
const mostMonths = 120

// between reads a whole number that has bounds.
func (f answers) between(form *problem.Form, name string, least, most int) int {
	n, err := strconv.Atoi(or(f.get(name), "0"))
	if err != nil || n < least || n > most {
		form.Wrong(name, "web.count-between", lang.Args{"least": least, "most": most})
	}
	return n
}

// sketch reads what was answered, in a language for the position.
func (f answers) sketch(t lang.Tag) (office.Sketch, error) {
	var form problem.Form
	c := law.Category(f.get("category"))
	op := law.Operation(f.get("operation"))
	if !slices.Contains(law.Categories, c) {
		form.Wrong("category", "procedure.choose")
	}
	if !slices.Contains(law.Operations, op) {
		form.Wrong("operation", "procedure.choose")
	}
	region := f.get("region")
	if _, err := law.CalendarFor(region); err != nil {
		form.Wrong("region", "procedure.choose")
	}
	n := f.between(&form, "workers", 1, procedure.MaxWorkers)
	s := office.Sketch{Region: region, Application: procedure.Application{
		Operation: op, Scheme: c.Scheme(), Months: f.between(&form, "months", 0, mostMonths), Content: f.content(&form),
		Employer: party.Employer{Region: region, Section: f.get("section"), Kind: party.Kind(f.get("kind")), Size: party.Size(f.get("size")), Foreign: f.number(&form, "foreign")},
		Sending:  procedure.Sending{Country: f.get("sending_country")},
	}}
	w := f.worker(&form, c, t)
	until := f.lastDay(&form, op)
	if err := form.Err(); err != nil {
		return s, err
	}
	for range n {
		s.Application.Workers = append(s.Application.Workers, w)
	}
	if !until.IsZero() {
		s.Old = bind(s.Application.Workers, c, until)
	}
	return s, nil
}

func (f answers) worker(form *problem.Form, c law.Category, t lang.Tag) party.Worker {
	w := party.Worker{
		Surname: lang.M("web.case-somebody").In(t), Category: c, Citizenship: f.get("citizenship"), NKZ: f.get("nkz"),
		Experience: f.number(form, "experience"), Transfer: f.number(form, "transfer"),
	}
	if _, ok := law.CountryBy(w.Citizenship); !ok || w.Citizenship == "KZ" {
		form.Wrong("citizenship", "procedure.choose")
	}
	if w.PositionRU = f.get("position"); t == lang.KK {
		w.PositionKK, w.PositionRU = w.PositionRU, ""
	}
	if f.get("position") == "" {
		form.Wrong("position", "procedure.empty")
	}
	return w
}

func (f answers) content(form *problem.Form) procedure.LocalContent {
	var c procedure.LocalContent
	fields := staffFields(&c)
	fields["leaders_kz"], fields["leaders_foreign"] = &c.LeadersKZ, &c.LeadersForeign
	fields["others_kz"], fields["others_foreign"] = &c.OthersKZ, &c.OthersForeign
	for _, name := range caseFields {
		n, ok := fields[name]
		if !ok {
			continue
		}
		*n = f.between(form, name, 0, 1_000_000)
	}
	c.Exempt = f.get("ratio_exempt")
	return c
}

// lastDay is that of the permit to be extended; no day for other operations.
func (f answers) lastDay(form *problem.Form, op law.Operation) calendar.Date {
	if op != law.Extension {
		return calendar.Date{}
	}
	day, err := calendar.ParseDate(f.get("until"))
	if err != nil {
		form.Wrong("until", "web.bad-day")
	}
	return day
}

// bind gives each worker a permit that runs out on a day, so that the window of an
// extension can be told. Its number is of no permit.
func bind(workers []party.Worker, c law.Category, until calendar.Date) []registry.Permit {
	var list []registry.Permit
	for i := range workers {
		workers[i].Permit = strconv.Itoa(i + 1)
		list = append(list, registry.Permit{Number: workers[i].Permit, Operation: law.Issue, Scheme: c.Scheme(), Category: c, Until: until})
	}
	return list
}

// A caseAnswer is what comes of the answers.
type caseAnswer struct {
	Groups    []findingGroup
	Terms     []component.Row
	Documents []string
	Problems  int
	Draft     bool // it can be taken into an application
	SignIn    string
}

// checkCase answers anybody what would be found of an application, before there is
// one. The answers stand in the address; nothing is kept.
func (s *Site) checkCase(q request) error {
	p := s.page(q, "web.case-check")
	today, err := s.Office.Today(capital)
	if err != nil {
		return err
	}
	f := answers{q.r.URL.Query(), today}
	if f.get("asked") == "" {
		s.render(q, checkCasePage(p, f, nil))
		return nil
	}
	seen, err := s.tellCase(q, p, f)
	if err != nil {
		return s.askAgain(q, p, err, func(p component.Page) { s.render(q, checkCasePage(p, f, nil)) })
	}
	s.render(q, checkCasePage(p, f, seen))
	return nil
}

func (s *Site) tellCase(q request, p component.Page, f answers) (*caseAnswer, error) {
	sketch, err := f.sketch(q.lang)
	if err != nil {
		return nil, err
	}
	x, err := s.Office.Preview(q.r.Context(), sketch)
	if err != nil {
		return nil, err
	}
	x.Lines = slices.DeleteFunc(x.Lines, func(l examination.Line) bool { return slices.Contains(unsaid, l.Key) })
	x.Case.Region = sketch.Region
	a := sketch.Application
	v := &caseAnswer{Groups: s.grouped(p, x), Draft: a.Operation == law.Issue && q.user.Role == party.Applicant, SignIn: signInBack(q)}
	if q.user.ID != "" || a.Operation != law.Issue {
		v.SignIn = ""
	}
	for _, g := range v.Groups {
		if g.Outcome == examination.Problem {
			v.Problems = len(g.Found)
		}
	}
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, x.On) {
		name := d.Name.In(q.lang)
		switch {
		case d.Key == "consent", d.Key == "replacement" && a.Counts()[law.IV] == 0:
			continue // this case has no further region, or no worker of category IV
		case !d.Required && d.Key != "replacement":
			name = p.T("web.case-if-need", "document", name)
		}
		v.Documents = append(v.Documents, name)
	}
	for _, name := range []law.TermName{law.Answer, law.Payment} {
		if t, err := law.TermOn(name, a.Operation, a.Scheme, x.On); err == nil {
			v.Terms = append(v.Terms, component.Row{Key: upper(name.In(q.lang)), Value: t.Term.In(q.lang), Lines: []string{t.Cite.In(q.lang)}})
		}
	}
	return v, nil
}

// signInBack is where to sign in and come back to the same answers.
func signInBack(q request) string {
	return "/sign-in?to=" + url.QueryEscape("/"+string(q.lang)+"/check-your-case?"+q.r.URL.RawQuery)
}

// takeCase makes a draft of the answers, for an applicant.
func (s *Site) takeCase(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	today, err := s.Office.Today(capital)
	if err != nil {
		return err
	}
	sketch, err := answers{q.r.PostForm, today}.sketch(q.lang)
	if err != nil {
		return err
	}
	a := sketch.Application
	if a.Operation != law.Issue {
		return s.redirect(q, "/cabinet/permits?operation="+string(a.Operation)) // of which permits, is asked there
	}
	for i := range a.Workers {
		a.Workers[i].Surname = ""
	}
	id, err := s.Office.Prepare(q.r.Context(), q.actor(), sketch.Region, a)
	if err != nil {
		return err
	}
	return s.redirect(q, "/cabinet/"+id)
}
