package web

import (
	"strconv"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// moreRegions reports whether an application may name more regions than one.
func moreRegions(a procedure.Application, today calendar.Date) bool {
	limit, ok := law.LimitOn(law.RegionsInOne, today)
	return ok && limit.N > 1 && a.Scheme == law.Regional && a.Operation != law.Reissue
}

// otherRegions are the regions besides that of the department.
func otherRegions(t lang.Tag, region string) []component.Option {
	var list []component.Option
	for _, o := range regions(t) {
		if o.Value != region {
			list = append(list, o)
		}
	}
	return list
}

// fillAsked takes over from a form what [operationFields] asks for.
func fillAsked(q request, a *procedure.Application) {
	a.Months, a.From, a.Reason, a.Change = whole(q, "months"), date(q, "from"), q.form("reason"), q.form("change")
	a.Sending = procedure.Sending{Name: q.form("sending_name"), Country: q.form("sending_country")}
	a.MoreRegions = q.r.PostForm["more_regions"]
}

// asked is how long and from when, or of a reissue why.
func (s *Site) asked(p component.Page, a procedure.Application, change string) component.Row {
	row := component.Row{Key: p.T("web.months"), Value: strconv.Itoa(a.Months), Change: change}
	switch a.Operation {
	case law.Reissue:
		row.Key, row.Value = p.T("web.change"), a.Change
		for _, r := range law.Changes(a.Scheme, calendar.DateOf(2100, 1, 1)) {
			if r.Key == a.Change {
				row.Value = r.Name.In(p.Lang)
			}
		}
	case law.Issue:
		if !a.From.IsZero() {
			row.Lines = []string{p.T("web.from") + ": " + a.From.In(p.Lang)}
		}
	}
	if a.Sending.Name != "" {
		country, _ := law.CountryBy(a.Sending.Country)
		row.Lines = append(row.Lines, p.T("web.sent-by", "name", a.Sending.Name, "country", country.Name))
	}
	return row
}

// furtherRegions names the regions besides that of the department.
func furtherRegions(t lang.Tag, a procedure.Application) []string {
	var names []string
	for _, r := range a.MoreRegions {
		names = append(names, law.RegionName(r).In(t))
	}
	return names
}
