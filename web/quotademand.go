package web

import (
	"fmt"
	"slices"
	"strconv"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/web/component"
)

// demandRows is how many positions the form of a demand has room for.
const demandRows = 8

// nextYear is the year for which demand is taken now.
func (s *Site) nextYear() (int, error) {
	today, err := s.Office.Today("71")
	return today.Year + 1, err
}

// demandPage is the form on which an employer asks for next year's quota.
func (s *Site) demandPage(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	year, err := s.nextYear()
	if err != nil {
		return err
	}
	p := s.page(q, "web.demand-title", lang.Args{"year": year})
	list, err := s.Office.DemandsOf(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	value := func(string) string { return "" }
	for _, d := range list {
		if d.Year == year {
			value = demandValue(d)
			break
		}
	}
	if q.r.URL.Query().Get("sent") != "" {
		p.Notice = &component.Notice{Kind: component.NoticeSuccess, Title: p.T("web.demand-sent"), Text: p.T("web.demand-sent-say")}
	}
	s.render(q, demandForm(p, year, value, demandHistory(p, list)))
	return nil
}

// askQuota takes the form.
func (s *Site) askQuota(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	year, err := s.nextYear()
	if err != nil {
		return err
	}
	d, err := readDemand(q, year)
	if err == nil {
		err = s.Office.AskQuota(q.r.Context(), q.actor(), d)
	}
	if err == nil {
		return s.redirect(q, "/cabinet/demand?sent=1")
	}
	p := s.page(q, "web.demand-title", lang.Args{"year": year})
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	s.render(q, demandForm(p, year, q.form, component.Grid{}))
	return nil
}

func readDemand(q request, year int) (quota.Demand, error) {
	var f problem.Form
	d := quota.Demand{Year: year, Region: q.form("region"), Name: lang.Same(q.form("name")), Valid: whole(q, "valid"), Why: q.form("why")}
	if n := len([]rune(q.form("name"))); n == 0 || n > 300 {
		f.Wrong("name", "web.demand-no-name")
	}
	for i := 1; i <= demandRows; i++ {
		title, n := q.form(fmt.Sprint("position-", i)), whole(q, fmt.Sprint("permits-", i))
		if title == "" && n == 0 {
			continue
		}
		row := quota.Position{Category: law.Category(q.form(fmt.Sprint("category-", i))), Title: title, Permits: quota.Permits(n)}
		if n <= 0 || title == "" {
			f.Wrong(fmt.Sprint("permits-", i), "quota.demand-position")
		}
		if !slices.Contains(quota.Lines, row.Category) {
			f.Wrong(fmt.Sprint("category-", i), "quota.bad-category", lang.Args{"value": string(row.Category)})
		}
		d.Rows = append(d.Rows, row)
	}
	return d, f.Err()
}

func demandValue(d quota.Demand) func(string) string {
	v := map[string]string{"region": d.Region, "name": d.Name.RU, "valid": strconv.Itoa(d.Valid), "why": d.Why}
	for i, r := range d.Rows {
		v[fmt.Sprint("position-", i+1)], v[fmt.Sprint("category-", i+1)] = r.Title, string(r.Category)
		v[fmt.Sprint("permits-", i+1)] = fmt.Sprint(r.Permits)
	}
	return func(name string) string { return v[name] }
}

func demandHistory(p component.Page, list []quota.Demand) component.Grid {
	g := component.Grid{Caption: p.T("web.demand-mine"), Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.quota-year")}, {Text: p.T("web.region")}, {Text: p.T("web.demand-asked"), Number: true}, {Text: p.T("web.demand-came")}}}
	for _, d := range list {
		g.Rows = append(g.Rows, []component.Cell{{Text: strconv.Itoa(d.Year)}, {Text: law.RegionName(d.Region).In(p.Lang)},
			{Text: p.Number(int(d.Sum()))}, {Text: came(p, d)}})
	}
	return g
}

func came(p component.Page, d quota.Demand) string {
	s := d.At.In(almaty()).Format("02.01.2006")
	if d.Late {
		s += ", " + p.T("web.demand-late")
	}
	return s
}
