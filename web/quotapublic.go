package web

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// quotaPublic shows what is left of the quota as of a day, to anybody.
func (s *Site) quotaPublic(q request) error {
	p := s.page(q, "web.quota-title")
	y, err := s.quotaAsked(q)
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, quotaWrongPage(p, q.r.URL.Query().Get("year"), q.r.URL.Query().Get("on")))
		return nil
	}
	years, err := s.Office.QuotaYears(q.r.Context())
	if err != nil {
		return err
	}
	v := quotaView{Year: y, Stats: quotaStats(p, y), Years: yearLinks(p, years, "/quota"), Orders: orderGrid(p, y.Orders), Bars: quotaBars(p, y)}
	v.Grid = quotaGrid(p, y, func(kato string) string { return quotaLink("/quota", y, kato) })
	if kato := q.r.URL.Query().Get("region"); kato != "" {
		if _, ok := law.RegionBy(kato); ok {
			g := regionGrid(p, y, kato)
			v.Region, v.Kato = &g, kato
		}
	}
	v.Permalink = quotaLink("/quota", y, v.Kato)
	s.render(q, quotaPage(p, v))
	return nil
}

// quotaLink is the address of a page as of a day, which shows the same for ever.
func quotaLink(path string, y office.QuotaYear, kato string) string {
	v := url.Values{"year": {strconv.Itoa(y.Year)}, "on": {y.On.String()}}
	if kato != "" {
		v.Set("region", kato)
	}
	return path + "?" + v.Encode()
}

// A quotaView is what the public page and the desk show of a year.
type quotaView struct {
	Year      office.QuotaYear
	Stats     []component.Stat
	Years     []component.Link
	Grid      component.Grid
	Region    *component.Grid // line by line, where one was asked for
	Kato      string
	Orders    component.Grid
	Bars      []bar
	Permalink string
}

// A quotaRow is a line of the open data.
type quotaRow struct {
	Year     int    `json:"year"`
	AsOf     string `json:"as_of"`
	KATO     string `json:"kato"`
	Region   string `json:"region"`
	Category string `json:"category"`
	Allotted int    `json:"allotted"`
	Held     int    `json:"held"`
	Used     int    `json:"used"`
	Free     int    `json:"free"`
}

// quotaColumns are the columns of the open data, each with its entry in the
// dictionary: web.quota-column-….
var quotaColumns = []string{"year", "as_of", "kato", "region", "category", "allotted", "held", "used", "free"}

func quotaRows(t lang.Tag, y office.QuotaYear) []quotaRow {
	list := []quotaRow{}
	for _, kato := range quotaRegions(y) {
		for _, c := range quota.Lines {
			b := y.Of(quota.Line{Year: y.Year, Region: kato, Category: c})
			list = append(list, quotaRow{y.Year, y.On.String(), kato, quota.RegionName(kato).In(t), string(c),
				int(b.Allotted), int(b.Held), int(b.Used), int(b.Available())})
		}
	}
	return list
}

func dictionary(t lang.Tag) map[string]string {
	words := map[string]string{}
	for _, c := range quotaColumns {
		words[c] = lang.M("web.quota-column-" + c).In(t)
	}
	return words
}

func (s *Site) quotaJSON(q request) error {
	y, err := s.quotaAsked(q)
	if err != nil {
		return err
	}
	if y.Orders == nil {
		y.Orders = []quota.Record{}
	}
	return s.sendJSON(q, struct {
		Dictionary map[string]string `json:"dictionary"`
		Lines      []quotaRow        `json:"lines"`
		Orders     []quota.Record    `json:"orders"`
	}{dictionary(q.lang), quotaRows(q.lang, y), y.Orders})
}

func (s *Site) quotaCSV(q request) error {
	y, err := s.quotaAsked(q)
	if err != nil {
		return err
	}
	rows := [][]string{quotaColumns}
	for _, r := range quotaRows(q.lang, y) {
		rows = append(rows, []string{strconv.Itoa(r.Year), r.AsOf, r.KATO, r.Region, r.Category,
			strconv.Itoa(r.Allotted), strconv.Itoa(r.Held), strconv.Itoa(r.Used), strconv.Itoa(r.Free)})
	}
	return s.sendCSV(q, fmt.Sprintf("quota-%d-%s.csv", y.Year, y.On), rows)
}

func (s *Site) sendCSV(q request, name string, rows [][]string) error {
	q.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	q.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	out := csv.NewWriter(q.w)
	if err := out.WriteAll(rows); err != nil {
		s.Log.Warn("file was not sent", "path", q.r.URL.Path, "error", err)
	}
	return nil
}

// quotaOrder shows an order with its entries, to anybody; as a table to take away
// with ?format=csv.
func (s *Site) quotaOrder(q request) error {
	r, err := s.Office.QuotaOrder(q.r.Context(), q.id())
	if err != nil {
		return err
	}
	switch q.r.URL.Query().Get("format") {
	case "json":
		return s.sendJSON(q, r)
	case "csv":
		return s.sendCSV(q, "order-"+r.ID()+".csv", r.Table())
	}
	p := s.page(q, "web.quota-order-title", lang.Args{"number": r.Number, "day": r.Date})
	p.Back = &component.Link{Text: p.T("web.quota-title"), Href: fmt.Sprintf("/quota?year=%d", r.Year)}
	logged, err := s.inLog(q, p, "quota_order", strconv.FormatInt(r.Seq, 10))
	if err != nil {
		return err
	}
	s.render(q, quotaOrderPage(p, r, append(orderRows(p, r), logged...), orderEntries(p, r)))
	return nil
}

// orderRows says what an order is.
func orderRows(p component.Page, r quota.Record) []component.Row {
	rows := []component.Row{
		{Key: p.T("web.quota-order"), Value: r.Named().In(p.Lang), Lines: []string{r.Title}},
		{Key: p.T("web.quota-order-kind"), Value: r.Kind().In(p.Lang)},
		{Key: p.T("web.quota-year"), Value: strconv.Itoa(r.Year)},
	}
	if r.Units > 0 {
		plan := component.Row{Key: p.T("web.quota-plan"), Value: p.Number(int(r.Units))}
		if r.Percent > 0 {
			plan.Lines = append(plan.Lines, p.T("web.quota-ceiling", "percent", r.Percent))
		}
		rows = append(rows, plan)
	}
	rows = append(rows, component.Row{Key: p.T("web.quota-gives"), Value: p.Number(int(r.Given()))},
		component.Row{Key: p.T("web.quota-moves"), Value: p.Number(int(r.Moved()))},
		component.Row{Key: p.T("web.quota-control"), Value: p.Number(int(r.Sums.Total))})
	if !r.On.IsZero() {
		rows = append(rows, component.Row{Key: p.T("web.quota-takes-effect"), Value: r.On.In(p.Lang)})
	}
	return rows
}

// orderEntries are the tables of an order: what it gives, and what it moves.
func orderEntries(p component.Page, r quota.Record) []component.Grid {
	var list []component.Grid
	if len(r.Gives) > 0 {
		list = append(list, givesGrid(p, r))
	}
	if len(r.Shifts) > 0 {
		g := component.Grid{Caption: p.T("web.quota-moves"), Cards: true, Columns: []component.Column{
			{Text: p.T("web.quota-from")}, {Text: p.T("web.quota-to")}, {Text: p.T("web.quota-permits"), Number: true}}}
		for _, x := range r.Shifts {
			g.Rows = append(g.Rows, []component.Cell{{Text: placeOf(p, x.From)}, {Text: placeOf(p, x.To)}, {Text: p.Number(int(x.Permits))}})
		}
		g.Foot = []component.Cell{{Text: p.T("web.quota-total")}, {}, {Text: p.Number(int(r.Moved()))}}
		list = append(list, g)
	}
	return list
}

func placeOf(p component.Page, l quota.Line) string {
	return quota.RegionName(l.Region).In(p.Lang) + ", " + l.Category.In(p.Lang)
}

// givesGrid is what an order gives, as its annex has it.
func givesGrid(p component.Page, r quota.Record) component.Grid {
	only := r
	only.Shifts = nil
	table := only.Table()
	g := component.Grid{Caption: p.T("web.quota-gives"), Cards: true, Head: true, Columns: []component.Column{{Text: p.T("web.region")}}}
	for _, c := range quota.Lines {
		g.Columns = append(g.Columns, component.Column{Text: shortLine(p, c), Number: true})
	}
	g.Columns = append(g.Columns, component.Column{Text: p.T("web.quota-total"), Number: true})
	for i, row := range table[1:] {
		name := p.T("web.quota-total")
		if i < len(table)-2 {
			name = quota.RegionName(row[0]).In(p.Lang)
		}
		cells := []component.Cell{{Text: name}}
		for _, text := range row[2:] {
			n, _ := strconv.Atoi(text)
			cells = append(cells, component.Cell{Text: p.Number(n)})
		}
		g.Rows = append(g.Rows, cells)
	}
	g.Foot = g.Rows[len(g.Rows)-1]
	g.Rows = slices.Delete(g.Rows, len(g.Rows)-1, len(g.Rows))
	return g
}
