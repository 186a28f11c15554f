package web

import (
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// ministryPage is the frame of the quota desk.
func (s *Site) ministryPage(q request, title string) (component.Page, error) {
	p := s.page(q, title)
	if err := signedIn(q, party.Ministry); err != nil {
		return p, err
	}
	p.Queues = []component.QueueGroup{{Title: p.T("web.quota"), Links: []component.Link{
		{Text: p.T("web.quota-overview"), Href: "/ministry/quota"}, {Text: p.T("web.quota-what-if"), Href: "/ministry/quota/what-if"},
		{Text: p.T("web.quota-orders"), Href: "/ministry/quota/orders"}, {Text: p.T("web.quota-new-order"), Href: "/ministry/quota/orders/new"},
		{Text: p.T("web.quota-import"), Href: "/ministry/quota/import"}, {Text: p.T("web.quota-demand"), Href: "/ministry/demand"},
	}}, {Title: p.T("web.more"), Links: []component.Link{{Text: p.T("web.quota-title"), Href: "/quota"}, {Text: p.T("web.viewings"), Href: "/views"}, {Text: p.T("web.services"), Href: "/services"}}}}
	return p, nil
}

// ministryQuota is the overview of a year.
func (s *Site) ministryQuota(q request) error {
	p, err := s.ministryPage(q, "web.quota-overview")
	if err != nil {
		return err
	}
	y, err := s.quotaAsked(q)
	if err != nil {
		return err
	}
	years, err := s.Office.QuotaYears(q.r.Context())
	if err != nil {
		return err
	}
	v := quotaView{Year: y, Stats: quotaStats(p, y), Years: yearLinks(p, years, "/ministry/quota"), Bars: quotaBars(p, y)}
	v.Grid = quotaGrid(p, y, func(kato string) string { return quotaLink("/ministry/quota", y, kato) })
	v.Grid.Columns = append(v.Grid.Columns, component.Column{Text: p.T("web.quota-outlook")})
	for i, kato := range quotaRegions(y) {
		cell := component.Cell{Text: "–"}
		if kato != quota.Reserve {
			o := y.RegionOutlook(kato)
			if cell = outlookOf(p, y, y.Region(kato), o); o.Few && !o.Empty {
				cell.More = "" // the region's own table tells why
			}
		}
		v.Grid.Rows[i] = append(v.Grid.Rows[i], cell)
	}
	v.Grid.Foot = append(v.Grid.Foot, component.Cell{})
	if v.Kato = q.r.URL.Query().Get("region"); v.Kato != "" {
		if _, ok := law.RegionBy(v.Kato); ok {
			g := regionGrid(p, y, v.Kato)
			v.Region = &g
		}
	}
	s.render(q, ministryQuotaPage(p, v))
	return nil
}

// whatIf shows two lines as they would stand had permits moved. Nothing is kept.
func (s *Site) whatIf(q request) error {
	p, err := s.ministryPage(q, "web.quota-what-if")
	if err != nil {
		return err
	}
	y, err := s.quotaAsked(q)
	if err != nil {
		return err
	}
	v := q.r.URL.Query()
	ask := whatIf{From: v.Get("from"), To: v.Get("to"), N: v.Get("n"), Year: y.Year}
	if ask.From+ask.To+ask.N != "" {
		g, err := tryMove(p, y, ask)
		if err != nil {
			if err := s.wrong(q, &p, err); err != nil {
				return err
			}
		} else {
			ask.Grid = &g
		}
	}
	s.render(q, whatIfPage(p, ask, lineOptions(p, y.Year)))
	return nil
}

type whatIf struct {
	From, To, N string
	Year        int
	Grid        *component.Grid
}

func tryMove(p component.Page, y office.QuotaYear, ask whatIf) (component.Grid, error) {
	var f problem.Form
	from, err := quota.ParseLine(ask.From)
	f.Take("from", err)
	to, err := quota.ParseLine(ask.To)
	f.Take("to", err)
	n, err := strconv.Atoi(strings.TrimSpace(ask.N))
	if err != nil {
		f.Wrong("n", "quota.bad-number", lang.Args{"value": ask.N})
	} else if f.Err() == nil {
		_, err = y.Of(from).MoveTo(to, quota.Permits(n), y.On, "Order 274 of 2023-06-30")
		f.Take("n", err)
	}
	if err := f.Err(); err != nil {
		return component.Grid{}, err
	}
	a, b := quota.Shifted(y.Of(from), y.Of(to), quota.Permits(n))
	g := component.Grid{Caption: p.T("web.quota-what-if-caption", "n", p.Number(n)), Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.quota-line")}, {Text: p.T("web.quota-left-now"), Number: true}, {Text: p.T("web.quota-left-then"), Number: true},
		{Text: p.T("web.quota-outlook-now")}, {Text: p.T("web.quota-outlook-then")}}}
	for _, pair := range [][2]quota.Balance{{y.Of(from), a}, {y.Of(to), b}} {
		g.Rows = append(g.Rows, []component.Cell{{Text: placeOf(p, pair[0].Line)}, {Text: p.Number(int(pair[0].Available()))},
			{Text: p.Number(int(pair[1].Available()))}, outlook(p, y.Outlook(pair[0]), y), outlook(p, y.Outlook(pair[1]), y)})
	}
	return g, nil
}

// lineOptions are the lines of a year, by region, the reserve last.
func lineOptions(p component.Page, year int) []component.Option {
	list := []component.Option{{Value: "", Text: p.T("web.quota-choose-line")}}
	regions := []string{}
	for _, r := range law.RegionsOn(calendar.DateOf(year, 12, 31)) {
		regions = append(regions, r.KATO)
	}
	for _, kato := range append(regions, quota.Reserve) {
		name := quota.RegionName(kato).In(p.Lang)
		for _, c := range quota.Lines {
			l := quota.Line{Year: year, Region: kato, Category: c}
			list = append(list, component.Option{Value: l.String(), Text: name + ", " + shortLine(p, c), Group: name})
		}
	}
	return list
}

// ministryOrders lists all orders.
func (s *Site) ministryOrders(q request) error {
	p, err := s.ministryPage(q, "web.quota-orders")
	if err != nil {
		return err
	}
	years, err := s.Office.QuotaYears(q.r.Context())
	if err != nil {
		return err
	}
	var list []quota.Record
	for _, year := range slices.Backward(years) {
		y, err := s.Office.Quota(q.r.Context(), year, calendar.Date{})
		if err != nil {
			return err
		}
		list = append(list, y.Orders...)
	}
	if q.r.URL.Query().Get("entered") != "" {
		p.Notice = &component.Notice{Kind: component.NoticeSuccess, Title: p.T("web.quota-entered"), Text: p.T("web.quota-entered-say")}
	}
	s.render(q, ministryOrdersPage(p, orderGrid(p, list)))
	return nil
}
