package web

import (
	"unicode"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/web/component"
)

// linesOf tells how an outcome came about.
func linesOf(p component.Page, o *outcome) []string {
	var lines []string
	for _, m := range o.Lines {
		lines = append(lines, m.In(p.Lang))
	}
	return lines
}

// upper begins a text with a capital.
func upper(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

func unitChoices(p component.Page) []component.Option {
	var list []component.Option
	for _, u := range []calendar.Unit{calendar.WorkingDays, calendar.CalendarDays, calendar.WorkingHours, calendar.WorkingMinutes} {
		list = append(list, component.Option{Value: string(u), Text: p.T("web.unit-" + unitKeys[u])})
	}
	return list
}

var unitKeys = map[calendar.Unit]string{
	calendar.WorkingDays: "working-days", calendar.CalendarDays: "calendar-days",
	calendar.WorkingHours: "working-hours", calendar.WorkingMinutes: "working-minutes",
}

func categoryChoices(p component.Page, keep func(law.Category) bool) []component.Option {
	var list []component.Option
	for _, c := range law.Categories {
		if keep(c) {
			list = append(list, component.Option{Value: string(c), Text: upper(c.In(p.Lang))})
		}
	}
	return list
}

func groupsOf(s law.Scheme) []law.Group {
	if s == law.ICT {
		return []law.Group{law.Managers, law.Specialists}
	}
	return []law.Group{law.Leaders, law.Others}
}

func schemeTabs(p component.Page, f answers) []component.Tab {
	var tabs []component.Tab
	for _, s := range law.Schemes {
		tabs = append(tabs, component.Tab{Text: upper(s.In(p.Lang)), Href: "/calculators/ratio?scheme=" + string(s), Current: f.schemeOf() == s})
	}
	return tabs
}

// exemptionChoices are whom the ratio does not bind on the day asked for.
func exemptionChoices(p component.Page, f answers) []component.Option {
	on, err := calendar.ParseDate(f.or("on", f.today.String()))
	if err != nil {
		on = f.today
	}
	var list []component.Option
	for _, x := range law.Exemptions(on) {
		o := component.Option{Value: x.Key, Text: upper(x.Name.In(p.Lang)), Hint: x.Cite.In(p.Lang) + " – " + x.Sure.In(p.Lang)}
		if x.Most > 0 {
			o.Hint = p.T("web.exempt-most", "most", x.Most) + " " + o.Hint
		}
		list = append(list, o)
	}
	return list
}
