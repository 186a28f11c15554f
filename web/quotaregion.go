package web

import (
	"github.com/a-h/templ"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// regionDemand is what the employers of a region ask for, and what it comes to.
func (s *Site) regionDemand(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	year, err := s.nextYear()
	if err != nil {
		return err
	}
	p := s.page(q, "web.demand-region-title", lang.Args{"year": year})
	return s.showRegionDemand(q, p, year, "")
}

func (s *Site) showRegionDemand(q request, p component.Page, year int, why string) error {
	if err := s.desk(q, &p); err != nil {
		return err
	}
	r, err := s.Office.RegionDemand(q.r.Context(), q.actor(), year)
	if err != nil {
		return err
	}
	if why == "" && r.Sent != nil {
		why = r.Sent.Why
	}
	var send templ.Component = templ.NopComponent
	if q.user.Role == party.Head {
		send = sendDemandForm(p, why)
	}
	s.render(q, regionDemandPage(p, year, r, employersGrid(p, r), togetherGrid(p, r.Together), send))
	return nil
}

// sendDemand sends the region's request to the ministry.
func (s *Site) sendDemand(q request) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	year, err := s.nextYear()
	if err != nil {
		return err
	}
	err = s.Office.SendDemand(q.r.Context(), q.actor(), year, q.form("why"))
	if err == nil {
		return s.redirect(q, "/office/demand")
	}
	p := s.page(q, "web.demand-region-title", lang.Args{"year": year})
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showRegionDemand(q, p, year, q.form("why"))
}

func employersGrid(p component.Page, r office.RegionDemand) component.Grid {
	g := component.Grid{Caption: p.T("web.demand-employers"), Cards: true, Head: true, Columns: []component.Column{{Text: p.T("web.employer")}}}
	for _, c := range quota.Lines {
		g.Columns = append(g.Columns, component.Column{Text: shortLine(p, c), Number: true})
	}
	g.Columns = append(g.Columns, component.Column{Text: p.T("web.quota-total"), Number: true},
		component.Column{Text: p.T("web.demand-valid"), Number: true}, component.Column{Text: p.T("web.demand-why")}, component.Column{Text: p.T("web.demand-came")})
	for _, d := range r.Employers {
		row := append([]component.Cell{{Text: d.Name.In(p.Lang), More: string(d.BIN)}}, demandCells(p, d)...)
		g.Rows = append(g.Rows, append(row, component.Cell{Text: p.Number(d.Valid)}, component.Cell{Text: d.Why}, component.Cell{Text: came(p, d)}))
	}
	return g
}

func demandCells(p component.Page, d quota.Demand) []component.Cell {
	var cells []component.Cell
	by := d.By()
	for _, c := range quota.Lines {
		cells = append(cells, orDash(p, by[c]))
	}
	return append(cells, component.Cell{Text: p.Number(int(d.Sum()))})
}

// togetherGrid is the region's request by category and position.
func togetherGrid(p component.Page, d quota.Demand) component.Grid {
	g := component.Grid{Caption: p.T("web.demand-together", "n", d.Count), Cards: true, Columns: []component.Column{
		{Text: p.T("web.category")}, {Text: p.T("web.position")}, {Text: p.T("web.quota-permits"), Number: true}}}
	for _, r := range d.Rows {
		g.Rows = append(g.Rows, []component.Cell{{Text: r.Category.In(p.Lang)}, {Text: r.Title}, {Text: p.Number(int(r.Permits))}})
	}
	g.Foot = []component.Cell{{Text: p.T("web.quota-total")}, {}, {Text: p.Number(int(d.Sum()))}}
	return g
}

// ministryDemand is what all regions ask for, beside this year's plan and use.
func (s *Site) ministryDemand(q request) error {
	p, err := s.ministryPage(q, "web.quota-demand")
	if err != nil {
		return err
	}
	year, err := s.nextYear()
	if err != nil {
		return err
	}
	list, err := s.Office.CountryDemand(q.r.Context(), q.actor(), year)
	if err != nil {
		return err
	}
	y, err := s.quotaAsked(q)
	if err != nil {
		return err
	}
	s.render(q, ministryDemandPage(p, year, countryGrid(p, list, y)))
	return nil
}

func countryGrid(p component.Page, list []office.RegionDemand, y office.QuotaYear) component.Grid {
	g := component.Grid{Caption: p.T("web.demand-country", "year", y.Year+1), Cards: true, Head: true, Columns: []component.Column{{Text: p.T("web.region")}}}
	for _, c := range quota.Lines {
		g.Columns = append(g.Columns, component.Column{Text: shortLine(p, c), Number: true})
	}
	for _, key := range []string{"web.demand-sent-on", "web.demand-so-far", "web.quota-allotted", "web.quota-used"} {
		g.Columns = append(g.Columns, component.Column{Text: p.T(key), Number: true})
	}
	var all quota.Demand
	var sent, far quota.Permits
	var balances []quota.Balance
	for _, r := range list {
		d, on := r.Together, component.Cell{Text: p.T("web.demand-not-sent")}
		if r.Sent != nil {
			d, on = *r.Sent, component.Cell{Text: p.Number(int(r.Sent.Sum())), More: came(p, *r.Sent)}
			sent += r.Sent.Sum()
		}
		all.Rows, far = append(all.Rows, d.Rows...), far+r.Together.Sum()
		b := y.Region(r.Together.Region)
		balances = append(balances, b)
		row := append([]component.Cell{{Text: law.RegionName(r.Together.Region).In(p.Lang)}}, demandCells(p, d)[:len(quota.Lines)]...)
		g.Rows = append(g.Rows, append(row, on, component.Cell{Text: p.Number(int(r.Together.Sum())), More: p.T("web.demand-count", "n", r.Together.Count)},
			component.Cell{Text: p.Number(int(b.Allotted))}, component.Cell{Text: p.Number(int(b.Used))}))
	}
	sum := quota.Total(balances)
	g.Foot = append([]component.Cell{{Text: p.T("web.quota-country")}}, demandCells(p, all)[:len(quota.Lines)]...)
	g.Foot = append(g.Foot, component.Cell{Text: p.Number(int(sent))}, component.Cell{Text: p.Number(int(far))},
		component.Cell{Text: p.Number(int(sum.Allotted))}, component.Cell{Text: p.Number(int(sum.Used))})
	return g
}
