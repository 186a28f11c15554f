package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/web/component"
)

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
