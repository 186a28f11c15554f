package web

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
	"ruqsat/web/component"
)

// A viewingsForm is what was asked of the list of who looked.
type viewingsForm struct {
	Own             bool // an employer asks about the own papers
	Whose, Who, Day string
}

// viewings lists who looked at personal data: to heads, the ministry and
// administrators, and to employers of their own papers.
func (s *Site) viewings(q request) error {
	if err := signedIn(q, party.Applicant, party.Head, party.Ministry, party.Admin); err != nil {
		return err
	}
	p, err := s.viewingsFrame(q)
	if err != nil {
		return err
	}
	ask := q.r.URL.Query()
	f := viewingsForm{Own: q.user.Role == party.Applicant, Whose: strings.TrimSpace(ask.Get("whose")), Who: strings.TrimSpace(ask.Get("who")), Day: ask.Get("day")}
	search := store.ViewingSearch{Subject: f.Whose, Name: f.Who}
	if f.Day != "" {
		day, err := calendar.ParseDate(f.Day)
		if err != nil {
			if err := s.wrong(q, &p, problem.New(problem.Invalid, "web.bad-day").At("day")); err != nil {
				return err
			}
			s.render(q, viewingsPage(p, f, component.Grid{}))
			return nil
		}
		search.From, search.Until = day.At(0, 0, almaty()), day.AddDays(1).At(0, 0, almaty())
	}
	list, err := s.Office.Viewings(q.r.Context(), q.actor(), search)
	if err != nil {
		return err
	}
	s.render(q, viewingsPage(p, f, viewingsGrid(p, list, f.Own)))
	return nil
}

// viewingsFrame is the page in the frame of who asks.
func (s *Site) viewingsFrame(q request) (component.Page, error) {
	switch q.user.Role {
	case party.Ministry:
		return s.ministryPage(q, "web.viewings")
	case party.Admin:
		p := s.page(q, "web.viewings")
		p.Queues = adminQueues(p)
		return p, nil
	}
	p := s.page(q, "web.viewings")
	if q.user.Role == party.Head {
		return p, s.desk(q, &p)
	}
	return p, nil
}

// viewingsGrid lists them. An employer is told the department and the role, not the
// name: the department answers for its people.
func viewingsGrid(p component.Page, list []store.Viewing, own bool) component.Grid {
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.viewings-when"), Tight: true}, {Text: p.T("web.viewings-who")}, {Text: p.T("web.viewings-what")},
		{Text: p.T("web.viewings-whose")},
	}}
	for _, v := range list {
		who := component.Cell{Text: or(v.Name, p.T("web.viewings-console")), More: v.Role.In(p.Lang)}
		region := p.T("web.stats-country")
		if v.Region != "" {
			region = law.RegionName(v.Region).In(p.Lang)
		}
		if own {
			who = component.Cell{Text: v.Role.In(p.Lang), More: region}
		}
		whose := component.Cell{Text: v.Subject, More: or(v.Worker, string(v.BIN))}
		g.Rows = append(g.Rows, []component.Cell{
			{Text: calendar.Moment{Time: v.At.In(almaty())}.In(p.Lang)}, who, {Text: p.T("web.viewed-" + v.What)}, whose,
		})
	}
	return g
}

// adminQueues are the pages of an administrator.
func adminQueues(p component.Page) []component.QueueGroup {
	return []component.QueueGroup{{Title: p.T("web.more"), Links: []component.Link{
		{Text: p.T("web.calendar"), Href: "/office/admin/calendar"}, {Text: p.T("web.tokens"), Href: "/office/admin/tokens"},
		{Text: p.T("web.viewings"), Href: "/views"}, {Text: p.T("web.rules"), Href: "/rules"},
	}}}
}
