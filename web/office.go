package web

import (
	"strconv"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/web/component"
)

// queues are what each role has to do, by the states in which a case waits for it.
var queues = map[party.Role][]procedure.State{
	party.Clerk:    {procedure.Submitted},
	party.Head:     {procedure.Registered, procedure.Drafted},
	party.Executor: {procedure.Assigned, procedure.Examined, procedure.Forewarned, procedure.Heard, procedure.Signed, procedure.Paid, procedure.Issued},
}

// desk puts the queues with their counters on the left of an office page.
func (s *Site) desk(q request, p *component.Page) error {
	own := store.Queue{}
	if q.user.Role == party.Executor {
		own.Executor = q.user.ID
	}
	_, mine, err := s.Office.Cases(q.r.Context(), q.actor(), own)
	if err != nil {
		return err
	}
	p.Counters = map[string]component.Counter{}
	todo := component.QueueGroup{Title: p.T("web.to-do")}
	if len(queues[q.user.Role]) > 1 {
		todo.Links = append(todo.Links, component.Link{Text: p.T("web.to-do-all"), Href: "/office"})
	}
	all := 0
	for _, st := range queues[q.user.Role] {
		href := "/office?state=" + string(st)
		todo.Links = append(todo.Links, component.Link{Text: large(st.In(q.lang)), Href: href})
		p.Counters[href] = component.Counter{N: mine[st]}
		all += mine[st]
	}
	p.Counters["/office"] = component.Counter{N: all}
	more := component.QueueGroup{Title: p.T("web.more"), Links: []component.Link{
		{Text: p.T("web.all-cases"), Href: "/office?state=all"}, {Text: p.T("web.permits-search"), Href: "/office/permits"},
		{Text: p.T("web.register"), Href: "/office/register"}, {Text: p.T("web.complaints"), Href: "/complaints"},
		{Text: p.T("web.services"), Href: "/services"}, {Text: p.T("web.quota-demand"), Href: "/office/demand"}, {Text: p.T("web.quota-title"), Href: "/quota"},
	}}
	if q.user.Role == party.Clerk {
		more.Links = append([]component.Link{{Text: p.T("web.intake"), Href: "/office/intake"}}, more.Links...)
	}
	more.Links = append(more.Links, component.Link{Text: p.T("web.stats"), Href: "/stats"})
	if q.user.Role == party.Head {
		todo.Links = append(todo.Links, component.Link{Text: p.T("web.queue-link"), Href: "/office/sign"})
		more.Links = append(more.Links, component.Link{Text: p.T("web.stage-times"), Href: "/office/times"}, component.Link{Text: p.T("web.viewings"), Href: "/views"})
	}
	if err := s.consentLink(q, p, &todo); err != nil {
		return err
	}
	letters, err := s.letterDesk(q, p)
	p.Queues = []component.QueueGroup{todo, letters, more}
	return err
}

// inbox lists the cases of a queue, those due first at the top.
func (s *Site) inbox(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	p := s.page(q, "web.to-do")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	state := procedure.State(q.r.URL.Query().Get("state"))
	ask := store.Queue{States: queues[q.user.Role], Search: q.r.URL.Query().Get("q")}
	switch {
	case state == "all":
		ask.States = procedure.States[1:]
		p.Title = p.T("web.all-cases")
	case state != "":
		ask.States = []procedure.State{state}
		p.Title = large(state.In(q.lang))
	}
	if q.user.Role == party.Executor && state != "all" {
		ask.Executor = q.user.ID
	}
	list, _, err := s.Office.Cases(q.r.Context(), q.actor(), ask)
	if err != nil {
		return err
	}
	waits, err := s.awaiting(q, list)
	if err != nil {
		return err
	}
	s.render(q, inboxPage(p, s.caseGrid(q, p, list, waits)))
	return nil
}

func (s *Site) caseGrid(q request, p component.Page, list []procedure.Case, waits map[string]bool) component.Grid {
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.case-number")}, {Text: p.T("web.employer")}, {Text: p.T("web.workers"), Number: true},
		{Text: p.T("web.state")}, {Text: p.T("web.time-left")},
	}}
	for _, c := range list {
		g.Rows = append(g.Rows, []component.Cell{
			{Text: s.name(p, c), More: c.Channel.In(q.lang), Href: "/cases/" + c.ID},
			{Text: c.Application.Employer.Name.In(q.lang), More: string(c.Application.Employer.BIN)},
			{Text: strconv.Itoa(len(c.Application.Workers))},
			{Content: stateTags(p, c, waits[c.ID])},
			{Content: s.daysTag(p, c)},
		})
	}
	return g
}

// slip shows the tear-off slip of a case, to be printed (WKO 142/2017 ¶ 7(1)).
func (s *Site) slip(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	v, err := s.Office.Look(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	p := s.page(q, "web.slip")
	c := v.Case
	rows := []component.Row{
		{Key: p.T("web.case-number"), Value: c.Number}, {Key: p.T("web.code"), Value: c.Code},
		{Key: p.T("web.employer"), Value: c.Application.Employer.Name.In(q.lang), Lines: []string{string(c.Application.Employer.BIN)}},
	}
	for _, e := range v.Events {
		if e.Act == procedure.Register {
			rows = append(rows, component.Row{Key: p.T("web.registered-on"), Value: s.event(p, c, e).When},
				component.Row{Key: p.T("web.taken-by"), Value: e.Note.Name})
		}
	}
	if r, ok := c.Term(law.Answer); ok {
		rows = append(rows, component.Row{Key: p.T("web.answer-by"), Value: r.End.Last.In(q.lang)})
	}
	s.render(q, slipPage(p, rows, "/cases/"+c.ID, "/cases/"+c.ID+"/slip.svg"))
	return nil
}

// registerPage answers what an employer has in force on a day, and was issued in
// its year.
func (s *Site) registerPage(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	p := s.page(q, "web.register")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	employer, day := q.r.URL.Query().Get("employer"), q.r.URL.Query().Get("on")
	var a *registry.Answer
	if employer+day != "" {
		got, err := s.ask(q, employer, day)
		if err != nil {
			if err := s.wrong(q, &p, err); err != nil {
				return err
			}
		} else {
			a = &got
		}
	}
	s.render(q, registerPage(p, employer, day, a))
	return nil
}

func (s *Site) ask(q request, employer, day string) (registry.Answer, error) {
	bin, err := party.ParseBIN(employer)
	if err != nil {
		return registry.Answer{}, at(err, "employer")
	}
	on, err := calendar.ParseDate(day)
	if err != nil {
		return registry.Answer{}, at(badDay(day), "on")
	}
	today, err := s.Office.Today(q.user.Region)
	if err != nil {
		return registry.Answer{}, err
	}
	if on.After(today) {
		return registry.Answer{}, at(future(on), "on")
	}
	return s.Office.Ask(q.r.Context(), registry.Question{Employer: bin, AsOf: on, Year: on.Year})
}
