package web

import (
	"fmt"
	"slices"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// quotaRegions are the numbers of the regions a year's table has, in order: those
// of its end, those that have something all the same, and the reserve if it has.
func quotaRegions(y office.QuotaYear) []string {
	var list []string
	for _, r := range law.RegionsOn(calendar.DateOf(y.Year, 12, 31)) {
		list = append(list, r.KATO)
	}
	for l, b := range y.Lines {
		if (b.Allotted != 0 || l.Region != quota.Reserve) && !slices.Contains(list, l.Region) {
			list = append(list, l.Region)
		}
	}
	slices.Sort(list)
	if i := slices.Index(list, quota.Reserve); i >= 0 {
		list = append(slices.Delete(list, i, i+1), quota.Reserve)
	}
	return list
}

// quotaGrid is what is left by region and category.
func quotaGrid(p component.Page, y office.QuotaYear, href func(region string) string) component.Grid {
	g := component.Grid{Caption: p.T("web.quota-left-caption", "day", y.On), Cards: true, Head: true,
		Columns: []component.Column{{Text: p.T("web.region")}}}
	for _, c := range quota.Lines {
		g.Columns = append(g.Columns, component.Column{Text: shortLine(p, c), Number: true})
	}
	for _, key := range []string{"left", "held", "used"} {
		g.Columns = append(g.Columns, component.Column{Text: p.T("web.quota-" + key), Number: true})
	}
	byLine := map[law.Category][]quota.Balance{}
	var all []quota.Balance
	for _, kato := range quotaRegions(y) {
		row := []component.Cell{{Text: quota.RegionName(kato).In(p.Lang), Href: href(kato)}}
		if kato == quota.Reserve {
			row[0].Href = ""
		}
		for _, c := range quota.Lines {
			b := y.Of(quota.Line{Year: y.Year, Region: kato, Category: c})
			row = append(row, leftCell(p, b))
			if kato != quota.Reserve {
				byLine[c] = append(byLine[c], b)
			}
		}
		sum := y.Region(kato)
		if kato != quota.Reserve {
			all = append(all, sum)
		}
		g.Rows = append(g.Rows, append(row, takenCells(p, sum)...))
	}
	g.Foot = []component.Cell{{Text: p.T("web.quota-country")}}
	for _, c := range quota.Lines {
		g.Foot = append(g.Foot, leftCell(p, quota.Total(byLine[c])))
	}
	g.Foot = append(g.Foot, takenCells(p, quota.Total(all))...)
	return g
}

func leftCell(p component.Page, b quota.Balance) component.Cell {
	if b.Allotted == 0 {
		return component.Cell{Text: "–"}
	}
	return component.Cell{Text: p.Number(int(b.Available())), More: p.T("web.quota-of", "n", p.Number(int(b.Allotted)))}
}

func sumCells(p component.Page, b quota.Balance) []component.Cell {
	return []component.Cell{{Text: p.Number(int(b.Available()))}, {Text: p.Number(int(b.Allotted))}, {Text: p.Number(int(b.Held))}, {Text: p.Number(int(b.Used))}}
}

// takenCells are the sums of a row: what is left, of what, and what took the rest.
func takenCells(p component.Page, b quota.Balance) []component.Cell {
	return []component.Cell{leftCell(p, b), {Text: p.Number(int(b.Held))}, {Text: p.Number(int(b.Used))}}
}

// shortLine is a category as the head of a narrow column.
func shortLine(p component.Page, c law.Category) string {
	if c == law.Seasonal {
		return p.T("web.quota-seasonal")
	}
	return string(c)
}

// quotaStats are the figures of a year on tiles.
func quotaStats(p component.Page, y office.QuotaYear) []component.Stat {
	var lines []quota.Balance
	for _, b := range y.Lines {
		lines = append(lines, b)
	}
	all := quota.Total(quota.InRegions(lines))
	list := []component.Stat{}
	if y.Plan.Units > 0 {
		more := y.Plan.Named().In(p.Lang)
		if y.Plan.Percent > 0 {
			more = p.T("web.quota-ceiling", "percent", y.Plan.Percent) + "; " + more
		}
		list = append(list, component.Stat{Number: p.Number(int(y.Plan.Units)), Label: p.T("web.quota-plan"), More: more})
	}
	given := component.Stat{Number: p.Number(int(all.Allotted)), Label: p.T("web.quota-in-regions")}
	if y.Plan.Units > 0 {
		given.More = p.T("web.quota-not-given", "n", p.Number(int(y.Plan.Units-all.Allotted)))
	}
	return append(list, given,
		component.Stat{Number: p.Number(int(all.Used)), Label: p.T("web.quota-used"), More: p.T("web.quota-used-say")},
		component.Stat{Number: p.Number(int(all.Held)), Label: p.T("web.quota-held"), More: p.T("web.quota-held-say")},
		component.Stat{Number: p.Number(int(all.Available())), Label: p.T("web.quota-left"), More: p.T("web.as-of") + " " + y.On.In(p.Lang)})
}

// outlook says when a line runs out, and how sure that is.
func outlook(p component.Page, o quota.Outlook, y office.QuotaYear) component.Cell {
	pace := p.T("web.quota-pace", "daily", decimal(p.Lang, o.Daily), "cases", o.Cases, "days", o.Days)
	switch {
	case o.Empty:
		return component.Cell{Content: component.Tag(component.Red, p.T("web.quota-empty")), More: pace}
	case o.Few:
		return component.Cell{Text: p.T("web.quota-few"), More: p.T("web.quota-few-say", "cases", o.Cases, "days", o.Days)}
	case o.Gone.IsZero() && o.Early.IsZero():
		return component.Cell{Text: p.T("web.quota-lasts", "year", y.Year), More: pace}
	}
	text := p.T("web.quota-lasts", "year", y.Year)
	if !o.Gone.IsZero() {
		text = p.T("web.quota-gone", "day", o.Gone)
	}
	late := p.T("web.quota-after-year")
	if !o.Late.IsZero() {
		late = o.Late.Short()
	}
	return component.Cell{Text: text, More: p.T("web.quota-between", "early", o.Early.Short(), "late", late) + " " + pace}
}

func decimal(t lang.Tag, f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	if t != lang.EN {
		return s[:len(s)-3] + "," + s[len(s)-2:]
	}
	return s
}

// regionGrid is one region line by line, with its pace.
func regionGrid(p component.Page, y office.QuotaYear, kato string) component.Grid {
	g := component.Grid{Caption: p.T("web.quota-region-caption", "region", quota.RegionName(kato), "year", y.Year), Cards: true, Head: true,
		Columns: []component.Column{{Text: p.T("web.category")}, {Text: p.T("web.quota-left"), Number: true}, {Text: p.T("web.quota-allotted"), Number: true},
			{Text: p.T("web.quota-held"), Number: true}, {Text: p.T("web.quota-used"), Number: true}, {Text: p.T("web.quota-outlook")}}}
	for _, c := range quota.Lines {
		b := y.Of(quota.Line{Year: y.Year, Region: kato, Category: c})
		row := append([]component.Cell{{Text: c.In(p.Lang)}}, sumCells(p, b)...)
		g.Rows = append(g.Rows, append(row, outlookOf(p, y, b, y.Outlook(b))))
	}
	g.Foot = append([]component.Cell{{Text: p.T("web.quota-together")}}, sumCells(p, y.Region(kato))...)
	g.Foot = append(g.Foot, outlookOf(p, y, y.Region(kato), y.RegionOutlook(kato)))
	return g
}

func outlookOf(p component.Page, y office.QuotaYear, b quota.Balance, o quota.Outlook) component.Cell {
	if b.Allotted == 0 {
		return component.Cell{Text: "–"}
	}
	return outlook(p, o, y)
}

// orderGrid is the history of orders.
func orderGrid(p component.Page, list []quota.Record) component.Grid {
	g := component.Grid{Caption: p.T("web.quota-orders"), Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.quota-order")}, {Text: p.T("web.quota-order-kind")}, {Text: p.T("web.quota-takes-effect"), Tight: true},
		{Text: p.T("web.quota-plan"), Number: true}, {Text: p.T("web.quota-gives"), Number: true}, {Text: p.T("web.quota-moves"), Number: true},
	}}
	for _, r := range slices.Backward(list) {
		plan := component.Cell{Text: "–"}
		if r.Units > 0 {
			plan.Text = p.Number(int(r.Units))
			if r.Percent > 0 {
				plan.More = r.Percent.In(p.Lang)
			}
		}
		g.Rows = append(g.Rows, []component.Cell{
			{Text: orderName(p, r), More: r.Title, Href: "/quota/orders/" + r.ID()}, {Text: r.Kind().In(p.Lang)}, {Text: r.On.Short()},
			plan, orDash(p, r.Given()), orDash(p, r.Moved()),
		})
	}
	return g
}

func orderName(p component.Page, r quota.Record) string {
	return p.T("web.quota-order-short", "number", r.Number, "day", r.Date.Short())
}

func orDash(p component.Page, n quota.Permits) component.Cell {
	if n == 0 {
		return component.Cell{Text: "–"}
	}
	return component.Cell{Text: p.Number(int(n))}
}

// quotaAsked reads the year and the day a page of the quota is asked for.
func (s *Site) quotaAsked(q request) (office.QuotaYear, error) {
	v := q.r.URL.Query()
	var on calendar.Date
	var year int
	var err error
	if text := v.Get("on"); text != "" {
		if on, err = calendar.ParseDate(text); err != nil {
			return office.QuotaYear{}, at(badDay(text), "on")
		}
	}
	if text := v.Get("year"); text != "" {
		if year, err = strconv.Atoi(text); err != nil {
			return office.QuotaYear{}, problem.New(problem.Invalid, "web.quota-bad-year", lang.Args{"value": text}).At("year")
		}
	}
	return s.Office.Quota(q.r.Context(), year, on)
}

// yearLinks lead to the years that have a quota.
func yearLinks(p component.Page, years []int, path string) []component.Link {
	var list []component.Link
	for _, y := range years {
		list = append(list, component.Link{Text: strconv.Itoa(y), Href: fmt.Sprintf("%s?year=%d", path, y)})
	}
	return list
}
