package web

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/rulebook"
	"ruqsat/web/component"
)

// dayOf is a day in the query of an address; today where none is.
func (s *Site) dayOf(q request, name string) (calendar.Date, error) {
	text := strings.TrimSpace(q.r.URL.Query().Get(name))
	if text == "" {
		return s.Office.Today(capital)
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return day, problem.New(problem.Invalid, "web.bad-day").At(name)
	}
	return day, nil
}

// capital is whose day it is on pages of no region.
const capital = "71"

// outsideLaw tells at a field that no law is known on the day asked for.
func outsideLaw(err error, field string) error {
	if o, ok := errors.AsType[law.OutsideLaw](err); ok {
		return (&problem.Error{Kind: problem.Invalid, Say: o.Say(), Err: err}).At(field)
	}
	return err
}

// rules answers the old address of the rules.
func (s *Site) rules(q request) error { return s.redirect(q, "/services") }

func (s *Site) crumbs(p component.Page, service law.Service) []component.Link {
	return []component.Link{{Text: p.T("web.services"), Href: "/services"}, {Text: serviceName(p, service), Href: "/services/" + service.Code()}}
}

// services lists what can be asked for.
func (s *Site) services(q request) error {
	p := s.page(q, "web.services")
	today, err := s.Office.Today(capital)
	if err != nil {
		return err
	}
	var cards []serviceCard
	for _, service := range law.Services() {
		b, err := rulebook.On(service, today)
		if err != nil {
			return err
		}
		cards = append(cards, cardOf(p, b))
	}
	s.render(q, servicesPage(p, cards))
	return nil
}

// A serviceCard is a service at a glance.
type serviceCard struct {
	Service law.Service
	Rows    []component.Row
}

// cardOf takes from the rules of a day what who asks wants to know first.
func cardOf(p component.Page, b rulebook.Book) serviceCard {
	lines := func(section rulebook.Section, keep func(rulebook.Line) bool) []string {
		var list []string
		for _, l := range b.Of(section) {
			if keep(l) {
				list = append(list, l.Name.In(p.Lang))
			}
		}
		return list
	}
	fact := func(keys ...string) []string {
		var list []string
		for _, key := range keys {
			list = append(list, lines(rulebook.Facts, func(l rulebook.Line) bool { return strings.HasPrefix(l.Key, "facts "+key) })...)
		}
		return list
	}
	var terms []string
	for _, l := range b.Of(rulebook.Terms) {
		if l.Key == "term answer" || l.Key == "term payment" || l.Key == "term stage-two" {
			terms = append(terms, l.Name.In(p.Lang)+" – "+l.Is[0].In(p.Lang))
		}
	}
	documents := lines(rulebook.Documents, func(rulebook.Line) bool { return true })
	return serviceCard{b.Service, []component.Row{
		{Key: p.T("web.service-who"), Lines: fact("who")},
		{Key: p.T("web.service-fee"), Lines: fact("paid", "free")},
		{Key: p.T("web.service-terms"), Lines: terms},
		{Key: p.T("web.service-documents"), Lines: documents},
		{Key: p.T("web.service-result"), Lines: fact("result")},
		{Key: p.T("web.service-where"), Lines: fact("channel")},
		{Key: p.T("web.service-complaint"), Lines: fact("complaint")},
	}}
}

// service shows one service.
func (s *Site) service(q request) error {
	p := s.page(q, "web.services")
	service, err := serviceOf(q)
	if err != nil {
		return err
	}
	today, err := s.Office.Today(capital)
	if err != nil {
		return err
	}
	b, err := rulebook.On(service, today)
	if err != nil {
		return err
	}
	p.Title = serviceName(p, service)
	p.Crumbs = s.crumbs(p, service)[:1]
	s.render(q, servicePage(p, cardOf(p, b)))
	return nil
}

// serviceRules shows the rules of a service on a day.
func (s *Site) serviceRules(q request) error {
	p := s.page(q, "web.rules")
	service, err := serviceOf(q)
	if err != nil {
		return err
	}
	p.Crumbs = s.crumbs(p, service)
	b, err := s.book(q, service, "on")
	if err != nil {
		return s.askAgain(q, p, err, func(p component.Page) { s.render(q, rulesPage(p, service, q.r.URL.Query().Get("on"), nil)) })
	}
	if asksJSON(q) {
		return s.sendJSON(q, b)
	}
	p.Title = p.T("web.rules-on", "day", b.On)
	s.render(q, rulesPage(p, service, b.On.String(), sectionsOf(p, b)))
	return nil
}

func (s *Site) book(q request, service law.Service, field string) (rulebook.Book, error) {
	on, err := s.dayOf(q, field)
	if err != nil {
		return rulebook.Book{}, err
	}
	b, err := rulebook.On(service, on)
	return b, outsideLaw(err, field)
}

// askAgain shows a form with what is wrong in it; other errors it returns.
func (s *Site) askAgain(q request, p component.Page, err error, show func(component.Page)) error {
	if asksJSON(q) {
		return s.failJSON(q, err)
	}
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	show(p)
	return nil
}

// A ruleSection is a part of the rules, as a table.
type ruleSection struct {
	Key  string
	Name string
	Grid component.Grid
}

func sectionsOf(p component.Page, b rulebook.Book) []ruleSection {
	var list []ruleSection
	for _, section := range rulebook.Sections {
		lines := b.Of(section)
		if len(lines) == 0 {
			continue
		}
		g := component.Grid{Caption: section.In(p.Lang), Unseen: true, Cards: true, Columns: ruleColumns(p)}
		for _, l := range lines {
			g.Rows = append(g.Rows, ruleRow(p, l))
		}
		list = append(list, ruleSection{string(section), section.In(p.Lang), g})
	}
	return list
}

func ruleColumns(p component.Page) []component.Column {
	return []component.Column{{Text: p.T("web.rule")}, {Text: p.T("web.source")}, {Text: p.T("web.since"), Tight: true}}
}

// ruleRow is a rule with its act and paragraph, since when, and how sure it is.
func ruleRow(p component.Page, l rulebook.Line) []component.Cell {
	since := l.From.Short()
	if !l.Until.IsZero() {
		since += " – " + l.Until.Short()
	}
	return []component.Cell{
		{Content: ruleText(p, l)},
		{Content: ruleSource(p, l)},
		{Text: since},
	}
}

// compare shows what changed in the rules of a service between two days.
func (s *Site) compare(q request) error {
	p := s.page(q, "web.compare")
	service, err := serviceOf(q)
	if err != nil {
		return err
	}
	p.Crumbs = s.crumbs(p, service)
	query := q.r.URL.Query()
	if query.Get("from") == "" {
		s.render(q, comparePage(p, service, "", query.Get("to"), nil, false))
		return nil
	}
	before, err := s.book(q, service, "from")
	var after rulebook.Book
	if err == nil {
		after, err = s.book(q, service, "to")
	}
	if err != nil {
		return s.askAgain(q, p, err, func(p component.Page) {
			s.render(q, comparePage(p, service, query.Get("from"), query.Get("to"), nil, false))
		})
	}
	changes := rulebook.Compare(before, after)
	if asksJSON(q) {
		return s.sendJSON(q, append([]rulebook.Change{}, changes...))
	}
	s.render(q, comparePage(p, service, before.On.String(), after.On.String(), changes, true))
	return nil
}

// kindColour is the mark of a change.
func kindColour(k rulebook.Kind) component.Colour {
	switch k {
	case rulebook.Added:
		return component.Green
	case rulebook.Ended:
		return component.Red
	case rulebook.Changed:
		return component.Amber
	}
	return component.Grey
}

// asksJSON reports whether the address asks for data instead of a page.
func asksJSON(q request) bool { return q.r.URL.Query().Get("format") == "json" }

// withJSON is the address of the same answer as data.
func withJSON(p component.Page) string {
	v := mustQuery(p.Query)
	v.Set("format", "json")
	return p.Path + "?" + v.Encode()
}

func (s *Site) sendJSON(q request, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := q.w.Write(append(b, '\n')); err != nil {
		s.Log.Warn("data were not sent", "error", err)
	}
	return nil
}

// failJSON answers an error as a problem of RFC 9457.
func (s *Site) failJSON(q request, err error) error {
	e := problem.Of(err)
	if e.Kind == problem.Internal {
		return err
	}
	type field struct {
		Name string    `json:"name"`
		Say  lang.Text `json:"say"`
	}
	answer := struct {
		Type   string  `json:"type"`
		Title  string  `json:"title"`
		Status int     `json:"status"`
		Fields []field `json:"fields,omitempty"`
	}{"about:blank", e.Say.In(q.lang), statuses[e.Kind], nil}
	for _, f := range e.Fields {
		answer.Fields = append(answer.Fields, field{f.Name, lang.All(f.Say)})
	}
	b, err := json.MarshalIndent(answer, "", "  ")
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	q.w.WriteHeader(statuses[e.Kind])
	if _, err := q.w.Write(append(b, '\n')); err != nil {
		s.Log.Warn("data were not sent", "error", err)
	}
	return nil
}

// servicePath is the address of a view of a service.
func servicePath(service law.Service, view string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	path := "/services/" + service.Code() + view
	if len(v) > 0 {
		path += "?" + v.Encode()
	}
	return path
}
