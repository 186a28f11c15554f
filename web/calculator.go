package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ruqsat/calendar"
	"ruqsat/category"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/ratio"
	"ruqsat/web/component"
	"ruqsat/window"
)

// A calculator is a form anybody may fill in, and what comes of it. It keeps no
// data and asks no database.
type calculator struct {
	key  string // in the address, and of its words
	form func(p component.Page, f answers) templ.Component
	run  func(s *Site, f answers) (outcome, error)
}

// calculators are those on the page, in its order.
var calculators = []calculator{
	{"term", termForm, (*Site).termOutcome},
	{"fee", feeForm, (*Site).feeOutcome},
	{"ratio", ratioForm, (*Site).ratioOutcome},
	{"category", categoryForm, (*Site).categoryOutcome},
	{"extension", extensionForm, (*Site).extensionOutcome},
}

// answers are what was filled in.
type answers struct {
	query map[string][]string
	today calendar.Date
}

func (f answers) get(name string) string {
	if v := f.query[name]; len(v) > 0 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

// or is an answer, or what stands there before anybody answers.
func (f answers) or(name, instead string) string {
	if _, ok := f.query[name]; ok {
		return f.get(name)
	}
	return instead
}

func (f answers) number(form *problem.Form, name string) int {
	text := f.or(name, "0")
	n, err := strconv.Atoi(strings.ReplaceAll(text, " ", ""))
	if text == "" {
		return 0
	}
	if err != nil {
		form.Wrong(name, "procedure.bad-count")
	}
	return n
}

func (f answers) day(form *problem.Form, name string) calendar.Date {
	day, err := calendar.ParseDate(f.or(name, f.today.String()))
	if err != nil {
		form.Wrong(name, "web.bad-day")
	}
	return day
}

// An outcome is what a calculator says: the result, how it came about, and the
// same as data.
type outcome struct {
	Result lang.Speaker   `json:"-"`
	Good   bool           `json:"good"`
	Sure   law.Sure       `json:"sure"`
	Data   any            `json:"result"`
	Lines  []lang.Message `json:"explained"`
}

// calculators leads to each of them.
func (s *Site) calculators(q request) error {
	p := s.page(q, "web.calculators")
	var doors []component.Door
	for _, c := range calculators {
		doors = append(doors, component.Door{Title: p.T("web.calculator-" + c.key), Text: p.T("web.calculator-" + c.key + "-say"), Href: "/calculators/" + c.key})
	}
	s.render(q, calculatorsPage(p, doors))
	return nil
}

// calculator answers one of them: the empty form, or the form with what comes of
// it.
func (s *Site) calculator(c calculator) func(q request) error {
	return func(q request) error {
		p := s.page(q, "web.calculator-"+c.key)
		p.Crumbs = []component.Link{{Text: p.T("web.calculators"), Href: "/calculators"}}
		today, err := s.Office.Today(capital)
		if err != nil {
			return err
		}
		f := answers{q.r.URL.Query(), today}
		if f.get("asked") == "" && !asksJSON(q) {
			s.render(q, calculatorPage(p, c.key, c.form(p, f), nil))
			return nil
		}
		o, err := c.run(s, f)
		if err != nil {
			return s.askAgain(q, p, atForm(err), func(p component.Page) {
				s.render(q, calculatorPage(p, c.key, c.form(p, f), nil))
			})
		}
		if asksJSON(q) {
			return s.sendJSON(q, o)
		}
		s.render(q, calculatorPage(p, c.key, c.form(p, f), &o))
		return nil
	}
}

// atForm gives what is wrong with no field in particular its place: the day, on
// which it mostly depends.
func atForm(err error) error {
	e := problem.Of(err)
	if e.Kind == problem.Invalid && len(e.Fields) == 0 {
		return e.At("on")
	}
	return err
}

func (s *Site) termOutcome(f answers) (outcome, error) {
	var form problem.Form
	cal, err := law.CalendarFor(f.or("region", capital))
	if err != nil {
		form.Wrong("region", "procedure.choose")
		return outcome{}, form.Err()
	}
	from, err := time.ParseInLocation("2006-01-02T15:04", f.get("from"), cal.Zone())
	if err != nil {
		form.Wrong("from", "web.bad-moment")
	}
	n := f.number(&form, "n")
	unit := calendar.Unit(f.or("unit", string(calendar.WorkingDays)))
	if n < 1 || n > 5000 {
		form.Wrong("n", "web.bad-length")
	}
	term, err := calendar.ParseTerm(strconv.Itoa(n) + " " + string(unit))
	if err != nil && n >= 1 {
		form.Wrong("unit", "procedure.choose")
	}
	if err := form.Err(); err != nil {
		return outcome{}, err
	}
	end, err := cal.End(from, term)
	if u, ok := err.(calendar.UnknownYear); ok {
		return outcome{}, (&problem.Error{Kind: problem.Invalid, Say: u.Say(), Err: err}).At("from")
	}
	if err != nil {
		return outcome{}, err
	}
	var said lang.Speaker = end.Last
	if unit == calendar.WorkingHours || unit == calendar.WorkingMinutes {
		said = calendar.Moment{Time: end.At}
	}
	return outcome{Result: said, Good: true, Sure: law.Text, Data: end, Lines: end.Explain()}, nil
}

func (s *Site) feeOutcome(f answers) (outcome, error) {
	var form problem.Form
	asked := fee.Asked{
		Category: law.Category(f.or("category", "III")), Section: f.get("section"),
		Months: f.number(&form, "months"), Permits: f.number(&form, "permits"), PaidOn: f.day(&form, "on"),
	}
	if !asked.Category.Quota() {
		form.Wrong("category", "fee.free")
	}
	if most, err := law.MaxMonths(asked.Category, asked.PaidOn); err == nil && (asked.Months < 1 || asked.Months > most) {
		form.Wrong("months", "procedure.bad-months", lang.Args{"most": most})
	}
	if asked.Permits < 1 || asked.Permits > 10000 {
		form.Wrong("permits", "web.bad-permits")
	}
	if err := form.Err(); err != nil {
		return outcome{}, err
	}
	a, err := fee.Due(asked)
	if err != nil {
		return outcome{}, err
	}
	return outcome{Result: a.Total, Good: true, Sure: a.Sure(), Lines: a.Explain(), Data: struct {
		PerPermit fee.Tenge `json:"per_permit"`
		Total     fee.Tenge `json:"total"`
	}{a.PerPermit, a.Total}}, nil
}

// schemeOf is under which rules the staff is counted.
func (f answers) schemeOf() law.Scheme {
	if f.get("scheme") == string(law.ICT) {
		return law.ICT
	}
	return law.Regional
}

func (s *Site) ratioOutcome(f answers) (outcome, error) {
	var form problem.Form
	asked := ratio.Asked{
		Operation: law.Issue, Scheme: f.schemeOf(), On: f.day(&form, "on"), Staff: map[law.Group]ratio.Count{},
		Claims: f.query["claim"], Workers: f.number(&form, "workers"),
	}
	for _, g := range law.Groups {
		asked.Staff[g] = ratio.Count{Citizens: f.number(&form, string(g)+"_citizens"), Foreigners: f.number(&form, string(g)+"_foreigners")}
	}
	if err := form.Err(); err != nil {
		return outcome{}, err
	}
	a, err := ratio.Check(asked)
	if err != nil {
		return outcome{}, err
	}
	if len(a.Lines) == 0 {
		form.Wrong("on", "law.outside", lang.Args{"day": asked.On})
		return outcome{}, form.Err()
	}
	key := "web.ratio-broken"
	switch {
	case a.Exempt != nil:
		key = "web.ratio-exempt"
	case a.Kept():
		key = "web.ratio-kept"
	}
	lines := a.Explain()
	for _, note := range a.Notes {
		lines = append(lines, lang.M("web.ratio-note", lang.Args{"note": note.Name, "cite": note.Cite, "sure": note.Sure}))
	}
	return outcome{Result: lang.M(key), Good: a.Kept(), Sure: a.Sure(), Lines: lines, Data: struct {
		Kept  bool                      `json:"kept"`
		Staff map[law.Group]ratio.Count `json:"staff"`
	}{a.Kept(), asked.Staff}}, nil
}

func (s *Site) categoryOutcome(f answers) (outcome, error) {
	var form problem.Form
	on := f.day(&form, "on")
	position := f.get("position")
	switch {
	case position == "":
		form.Wrong("position", "procedure.empty")
	case len([]rune(position)) > 200:
		form.Wrong("position", "procedure.too-long", lang.Args{"most": 200})
	}
	if err := form.Err(); err != nil {
		return outcome{}, err
	}
	c := category.Suggest(position, on)
	var result lang.Speaker = lang.M("web.category-unknown")
	switch {
	case c.Certain():
		result = c.Category
	case c.Category != "":
		result = lang.M("web.category-or", lang.Args{"category": c.Category, "or": c.Or[0]})
	}
	return outcome{Result: result, Good: c.Certain(), Sure: c.Sure, Lines: c.Explain(), Data: struct {
		Category law.Category   `json:"category"`
		Or       []law.Category `json:"or,omitempty"`
		Certain  bool           `json:"certain"`
		Cite     law.Cite       `json:"cite,omitempty"`
	}{c.Category, c.Or, c.Certain(), c.Cite}}, nil
}

func (s *Site) extensionOutcome(f answers) (outcome, error) {
	var form problem.Form
	on := f.day(&form, "on")
	until, err := calendar.ParseDate(f.get("until"))
	if err != nil {
		form.Wrong("until", "web.bad-day")
	}
	cal, err := law.CalendarFor(f.or("region", capital))
	if err != nil {
		form.Wrong("region", "procedure.choose")
	}
	c := law.Category(f.or("category", "III"))
	if !c.Known() {
		form.Wrong("category", "procedure.choose")
	}
	if err := form.Err(); err != nil {
		return outcome{}, err
	}
	w, err := window.Of(c, until, on, cal)
	if err != nil {
		return outcome{}, err
	}
	stands := w.Stands(on)
	return outcome{
		Result: lang.M("web.safe-day", lang.Args{"day": w.Safe}), Good: stands == window.Open || stands == window.Early, Sure: w.Source.Sure,
		Lines: append([]lang.Message{lang.M("window.stands-" + string(stands))}, w.Explain()...),
		Data: struct {
			First  calendar.Date `json:"first,omitzero"`
			Safe   calendar.Date `json:"safe"`
			Last   calendar.Date `json:"last"`
			Stands window.Stand  `json:"stands"`
		}{w.First, w.Safe, w.Last, stands},
	}, nil
}
