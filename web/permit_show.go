package web

import (
	"net/url"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/registry"
	"ruqsat/web/component"
)

func (s *Site) fillPermit(p component.Page, f *permitFile) {
	v, x := f.PermitView, f.Permit
	status := x.Status(v.Today)
	f.Identity = component.Identity{
		Number: x.Number, State: status.In(p.Lang), Colour: permitColour(status),
		Facts: []component.Fact{
			{Name: p.T("web.life-since"), Value: x.Since(v.Today).In(p.Lang)},
			{Name: p.T("web.employer"), Value: x.Name.In(p.Lang)},
			{Name: p.T("web.category"), Value: x.Category.In(p.Lang)},
		},
	}
	country, _ := law.CountryBy(x.Citizenship)
	var places []string
	for _, r := range x.Regions() {
		places = append(places, law.RegionName(r).In(p.Lang))
	}
	f.Facts = []component.Row{
		{Key: p.T("web.employer"), Value: x.Name.In(p.Lang), Lines: []string{string(x.Employer)}},
		{Key: p.T("web.worker"), Value: or(x.Worker, x.WorkerRef), Lines: []string{country.Name.In(p.Lang)}},
		{Key: p.T("web.position"), Value: x.Position.In(p.Lang), Lines: []string{x.NKZ}},
		{Key: p.T("web.operation"), Value: x.Operation.In(p.Lang), Lines: []string{x.Scheme.In(p.Lang)}},
		{Key: p.T("web.region"), Lines: places},
		{Key: p.T("web.valid"), Value: x.From.Short() + " – " + x.Until.Short()},
	}
	if f.Staff && x.Case != "" {
		f.Facts = append(f.Facts, component.Row{Key: p.T("web.case"), Content: plainLink(p, "/cases/"+x.Case, p.T("web.open-case"))})
	}
	f.Chain = s.chainGrid(p, v)
	for i := len(v.Entries) - 1; i >= 0; i-- {
		f.Events = append(f.Events, s.entry(p, x, v.Entries[i]))
	}
}

func (s *Site) chainGrid(p component.Page, v office.PermitView) component.Grid {
	g := component.Grid{Caption: p.T("web.chain"), Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.permit-number"), Tight: true}, {Text: p.T("web.operation")}, {Text: p.T("web.valid"), Tight: true}, {Text: p.T("web.state")},
	}}
	chain := append(append(v.Before[:len(v.Before):len(v.Before)], v.Permit), v.After...)
	if len(chain) == 1 {
		return g
	}
	for _, x := range chain {
		status := x.Status(v.Today)
		c := component.Cell{Text: x.Number, Href: permitPath(x.Number)}
		if x.Number == v.Permit.Number {
			c = component.Cell{Text: x.Number, More: p.T("web.this-permit")}
		}
		g.Rows = append(g.Rows, []component.Cell{
			c, {Text: x.Operation.In(p.Lang)}, {Text: x.From.Short() + " – " + x.Until.Short()},
			{Content: component.Tag(permitColour(status), status.In(p.Lang))},
		})
	}
	return g
}

func (s *Site) entry(p component.Page, x registry.Permit, e registry.Entry) component.Event {
	shown := component.Event{What: e.Kind.In(p.Lang) + ", " + p.T("web.life-from-day", "day", e.On), When: p.T("web.entry-number", "seq", e.Seq)}
	if cal, err := law.CalendarFor(x.Region); err == nil && !e.At.IsZero() {
		at := e.At.In(cal.Zone())
		shown.When += " · " + p.T("web.life-entered", "moment", calendar.Moment{Time: at})
		shown.Moment = at.Format("2006-01-02T15:04:05Z07:00")
	}
	if e.By.Role != "" {
		shown.Who = e.By.Role.In(p.Lang)
	}
	var lines []string
	for _, r := range law.PermitGrounds(string(actOf(e.Kind)), e.On) {
		for _, key := range e.Grounds {
			if r.Key == key {
				lines = append(lines, r.Name.In(p.Lang))
			}
		}
	}
	for _, c := range e.Changes {
		lines = append(lines, p.T("web.was-is", "field", c.Field, "was", c.Was, "is", c.Is))
	}
	if e.Words != "" {
		lines = append(lines, e.Words)
	}
	switch {
	case e.Hearing.Waived != "":
		lines = append(lines, p.T("web.life-hearing-waived")+": "+e.Hearing.Waived)
	case e.Hearing.Protocol != "":
		lines = append(lines, p.T("web.life-heard-on", "told", e.Hearing.Told, "day", e.Hearing.On)+": "+e.Hearing.Protocol)
	}
	if e.Cite != "" {
		lines = append(lines, e.Cite.In(p.Lang)+" ("+e.Sure.In(p.Lang)+")")
	}
	if len(lines) > 0 {
		shown.Content = component.Bullets(lines)
	}
	if e.Other != "" {
		shown.Link = &component.Link{Text: e.Other, Href: permitPath(e.Other)}
	}
	return shown
}

func actOf(k registry.Kind) registry.Act {
	for _, st := range registry.Steps {
		if st.Entry == k {
			return st.Act
		}
	}
	return ""
}

func (s *Site) publicChain(p component.Page, x registry.Permit) component.Row {
	var links []component.Link
	if x.Previous != "" {
		links = append(links, component.Link{Text: p.T("web.came-of", "number", x.Previous), Href: "/verify?number=" + url.QueryEscape(x.Previous)})
	}
	if next, ok := x.Successor(); ok {
		links = append(links, component.Link{Text: p.T("web.became", "number", next), Href: "/verify?number=" + url.QueryEscape(next)})
	}
	if len(links) == 0 {
		return component.Row{Key: p.T("web.chain"), Value: p.T("web.stands-alone")}
	}
	return component.Row{Key: p.T("web.chain"), Content: component.Links(p, links)}
}
