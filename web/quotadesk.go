package web

import (
	"encoding/json"
	"fmt"
	"io"
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
	}}, {Title: p.T("web.more"), Links: []component.Link{{Text: p.T("web.quota-title"), Href: "/quota"}, {Text: p.T("web.services"), Href: "/services"}}}}
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

// moveRows is how many moves the form has room for; more come as a table.
const moveRows = 5

func (s *Site) newOrder(q request) error {
	p, err := s.ministryPage(q, "web.quota-new-order")
	if err != nil {
		return err
	}
	today, err := s.Office.Today("71")
	if err != nil {
		return err
	}
	year := today.Year
	if n, err := strconv.Atoi(q.r.URL.Query().Get("year")); err == nil && n >= 2000 && n <= today.Year+1 {
		year = n
	}
	s.render(q, newOrderPage(p, year, func(name string) string {
		if name == "year" {
			return strconv.Itoa(year)
		}
		return ""
	}))
	return nil
}

// checkOrder reads the form of an order and shows what it would do.
func (s *Site) checkOrder(q request) error {
	p, err := s.ministryPage(q, "web.quota-new-order")
	if err != nil {
		return err
	}
	r, err := orderForm(q)
	if err == nil {
		err = readGrid(q, &r)
	}
	if err == nil {
		err = s.preview(q, r)
		if err == nil {
			return nil
		}
	}
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	s.render(q, newOrderPage(p, r.Year, q.form))
	return nil
}

// orderForm reads what is asked of every order, however its lines come.
func orderForm(q request) (quota.Record, error) {
	var f problem.Form
	r := quota.Record{Number: strings.TrimPrefix(q.form("number"), "№ "), Date: date(q, "date"), Year: whole(q, "year"), Title: q.form("title"),
		Units: quota.Permits(whole(q, "units")), Force: whole(q, "force")}
	percent, err := quota.ParsePercent(q.form("percent"))
	f.Take("percent", err)
	r.Percent = percent
	return r, f.Err()
}

// readGrid reads the lines typed into the form.
func readGrid(q request, r *quota.Record) error {
	var f problem.Form
	for _, o := range lineOptions(component.Page{Lang: q.lang}, r.Year)[1:] {
		l, err := quota.ParseLine(o.Value)
		if err != nil {
			continue
		}
		name := gridName(l)
		switch n := whole(q, name); {
		case n < 0:
			f.Wrong(name, "quota.bad-number", lang.Args{"value": q.form(name)})
		case n > 0:
			r.Gives = append(r.Gives, quota.Give{Line: l, Permits: quota.Permits(n)})
		}
	}
	for i := 1; i <= moveRows; i++ {
		from, to, n := q.form(fmt.Sprint("from-", i)), q.form(fmt.Sprint("to-", i)), whole(q, fmt.Sprint("n-", i))
		if from+to == "" && n == 0 {
			continue
		}
		a, err := quota.ParseLine(from)
		f.Take(fmt.Sprint("from-", i), err)
		b, err := quota.ParseLine(to)
		f.Take(fmt.Sprint("to-", i), err)
		if n <= 0 {
			f.Wrong(fmt.Sprint("n-", i), "quota.bad-number", lang.Args{"value": q.form(fmt.Sprint("n-", i))})
		}
		r.Shifts = append(r.Shifts, quota.Shift{From: a, To: b, Permits: quota.Permits(n)})
	}
	r.Sums.Total = quota.Permits(whole(q, "total"))
	return f.Err()
}

func gridName(l quota.Line) string { return "g-" + l.Region + "-" + string(l.Category) }

// preview shows what an order would do, with a button that enters it. The order
// travels in the form; when it comes back all of it is checked again.
func (s *Site) preview(q request, r quota.Record) error {
	before, after, err := s.Office.TryOrder(q.r.Context(), q.actor(), r)
	if err != nil {
		return err
	}
	p, err := s.ministryPage(q, "web.quota-preview")
	if err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	s.render(q, previewPage(p, string(body), orderRows(p, r), orderEntries(p, r), changesGrid(p, before, after)))
	return nil
}

// changesGrid is where each line an order touches stands before and after it.
func changesGrid(p component.Page, before, after []quota.Balance) component.Grid {
	was := map[quota.Line]quota.Balance{}
	for _, b := range before {
		was[b.Line] = b
	}
	g := component.Grid{Caption: p.T("web.quota-changes"), Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.quota-line")}, {Text: p.T("web.quota-allotted-before"), Number: true}, {Text: p.T("web.quota-allotted-after"), Number: true},
		{Text: p.T("web.quota-left-now"), Number: true}, {Text: p.T("web.quota-left-then"), Number: true}}}
	for _, b := range after {
		a := was[b.Line]
		if a.Allotted == b.Allotted && a.Held == b.Held {
			continue
		}
		cell := component.Cell{Text: p.Number(int(b.Available()))}
		if b.Held > a.Held {
			cell.More = p.T("web.quota-served", "n", int(b.Held-a.Held))
		}
		g.Rows = append(g.Rows, []component.Cell{{Text: placeOf(p, b.Line)}, {Text: p.Number(int(a.Allotted))}, {Text: p.Number(int(b.Allotted))},
			{Text: p.Number(int(a.Available()))}, cell})
	}
	return g
}

// enterOrder enters an order that was looked over.
func (s *Site) enterOrder(q request) error {
	p, err := s.ministryPage(q, "web.quota-new-order")
	if err != nil {
		return err
	}
	var r quota.Record
	if err := json.Unmarshal([]byte(q.form("order")), &r); err != nil {
		return problem.New(problem.Invalid, "web.bad-form").Because(err)
	}
	if _, err := s.Office.EnterOrder(q.r.Context(), q.actor(), r); err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, newOrderPage(p, r.Year, recordValue(r)))
		return nil
	}
	return s.redirect(q, "/ministry/quota/orders?entered=1")
}

// recordValue gives a form the fields of an order back, so that nothing is lost
// when it was entered too late.
func recordValue(r quota.Record) func(string) string {
	values := map[string]string{"number": r.Number, "title": r.Title, "year": strconv.Itoa(r.Year), "total": fmt.Sprint(r.Sums.Total),
		"date-day": strconv.Itoa(r.Date.Day), "date-month": strconv.Itoa(int(r.Date.Month)), "date-year": strconv.Itoa(r.Date.Year)}
	if r.Units > 0 {
		values["units"] = fmt.Sprint(r.Units)
	}
	if r.Percent > 0 {
		values["percent"] = r.Percent.In(lang.EN)
	}
	if r.Force > 0 {
		values["force"] = strconv.Itoa(r.Force)
	}
	for _, g := range r.Gives {
		values[gridName(g.Line)] = fmt.Sprint(g.Permits)
	}
	for i, x := range r.Shifts {
		values[fmt.Sprint("from-", i+1)], values[fmt.Sprint("to-", i+1)] = x.From.String(), x.To.String()
		values[fmt.Sprint("n-", i+1)] = fmt.Sprint(x.Permits)
	}
	return func(name string) string { return values[name] }
}

func (s *Site) importOrderPage(q request) error {
	p, err := s.ministryPage(q, "web.quota-import")
	if err != nil {
		return err
	}
	s.render(q, importPage(p, func(string) string { return "" }))
	return nil
}

// importOrder reads the table of an order from a file and shows what it would do.
func (s *Site) importOrder(q request) error {
	p, err := s.ministryPage(q, "web.quota-import")
	if err != nil {
		return err
	}
	r, err := orderForm(q)
	if err == nil {
		err = readSheet(q, &r)
	}
	if err == nil {
		if err = s.preview(q, r); err == nil {
			return nil
		}
	}
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	s.render(q, importPage(p, q.form))
	return nil
}

func readSheet(q request, r *quota.Record) error {
	in, head, err := q.r.FormFile("file")
	if err != nil {
		return problem.New(problem.Invalid, "web.quota-no-file").At("file")
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, office.MaxSheet+1))
	if err != nil {
		return err
	}
	sheet, err := office.ReadSheet(head.Filename, raw, r.Year)
	if err != nil {
		return err
	}
	r.Gives, r.Shifts, r.Sums = sheet.Gives, sheet.Shifts, sheet.Sums
	return nil
}

// quotaTemplate sends the empty table of an order.
func (s *Site) quotaTemplate(q request) error {
	if err := signedIn(q, party.Ministry); err != nil {
		return err
	}
	today, err := s.Office.Today("71")
	if err != nil {
		return err
	}
	rows := quota.Template(q.lang, law.RegionsOn(today))
	switch q.r.PathValue("form") {
	case "gives.csv":
		return s.sendCSV(q, "quota-gives.csv", rows)
	case "moves.csv":
		return s.sendCSV(q, "quota-moves.csv", quota.Record{}.Table())
	case "gives.xlsx":
		q.w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		q.w.Header().Set("Content-Disposition", `attachment; filename="quota-gives.xlsx"`)
		return office.WriteXLSX(q.w, rows)
	}
	return problem.New(problem.NotFound, "problem.not-found")
}
