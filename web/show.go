package web

import (
	"slices"
	"strconv"
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/web/component"
)

// or returns the first text that is not empty.
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// kind says how much the button of an act asks to be pressed: what cannot be
// taken back warns.
func kind(a procedure.Act) component.ButtonKind {
	switch a {
	case procedure.Withdraw, procedure.Refuse:
		return component.Warning
	case procedure.SendBack, procedure.ReturnIncomplete, procedure.Reassign, procedure.AskCorrection, procedure.Waive:
		return component.Secondary
	}
	return component.Primary
}

// pressed is where the button of an act leads: what is to be signed is read first.
func pressed(a procedure.Act) string {
	if a == procedure.Sign {
		return "to-sign"
	}
	return string(a)
}

// button is what stands on the button of an act.
func button(t lang.Tag, a procedure.Act) string {
	if a == procedure.Sign {
		return lang.M("web.read-and-sign").In(t)
	}
	return a.In(t)
}

// countries are those a foreigner may be a citizen of, by name.
func countries(t lang.Tag) []component.Option {
	var list []component.Option
	for _, c := range law.Countries() {
		if c.Code != "KZ" {
			list = append(list, component.Option{Value: c.Code, Text: c.Name.In(t)})
		}
	}
	slices.SortFunc(list, func(a, b component.Option) int { return strings.Compare(a.Text, b.Text) })
	return list
}

// categories are those of a scheme, with the words of the Rules; all of
// them for no scheme.
func categories(t lang.Tag, scheme law.Scheme) []component.Option {
	var list []component.Option
	for _, r := range law.CategoryRules() {
		if c := law.Category(r.Key); scheme == "" || c.Scheme() == scheme {
			list = append(list, component.Option{Value: r.Key, Text: upper(lang.M("office.category-" + r.Key).In(t))})
		}
	}
	return list
}

func people(accounts []party.Account) []component.Option {
	var list []component.Option
	for _, a := range accounts {
		if a.Active {
			list = append(list, component.Option{Value: a.ID, Text: a.Name.String()})
		}
	}
	return list
}

// chooseOne lets nothing be chosen at first: a country nobody chose would pass for
// an answer.
func chooseOne(p component.Page, list []component.Option) []component.Option {
	return append([]component.Option{{Text: p.T("web.choose-one")}}, list...)
}

// ruleOptions are the lines of a list of the law, each with its source, unless all
// have the same: that stands above them once ([ruleHint]).
func ruleOptions(t lang.Tag, rules []law.Rule) []component.Option {
	var list []component.Option
	shared := sharedSource(t, rules)
	for _, r := range rules {
		o := component.Option{Value: r.Key, Text: r.Name.In(t)}
		if shared == "" {
			o.Hint = sourceOf(t, r)
		}
		list = append(list, o)
	}
	return list
}

// ruleHint says what is to be said above a list of the law, and the source its
// lines share.
func ruleHint(t lang.Tag, say string, rules []law.Rule) string {
	return strings.TrimSpace(say + " " + sharedSource(t, rules))
}

func sourceOf(t lang.Tag, r law.Rule) string { return r.Cite.In(t) + " – " + r.Sure.In(t) }

// sharedSource is the source of all rules; empty if they have several.
func sharedSource(t lang.Tag, rules []law.Rule) string {
	if len(rules) == 0 {
		return ""
	}
	first := sourceOf(t, rules[0])
	for _, r := range rules {
		if sourceOf(t, r) != first {
			return ""
		}
	}
	return first
}

// inForce shows the stock of a day.
func inForce(p component.Page, a registry.Answer) component.Grid {
	g := component.Grid{
		Caption: p.T("web.in-force-on", "day", a.AsOf),
		Columns: []component.Column{{Text: p.T("web.category")}, {Text: p.T("web.permits"), Number: true}},
		Foot:    []component.Cell{{Text: p.T("web.total")}, {Text: strconv.Itoa(a.Total)}},
	}
	for _, c := range law.Categories {
		if n := a.InForce[c]; n > 0 {
			g.Rows = append(g.Rows, []component.Cell{{Text: c.In(p.Lang)}, {Text: strconv.Itoa(n)}})
		}
	}
	return g
}

// issued shows the flow of a year.
func issued(p component.Page, a registry.Answer) component.Grid {
	g := component.Grid{
		Caption: p.T("web.issued-in", "year", a.Year),
		Columns: []component.Column{{Text: p.T("web.position")}, {Text: p.T("web.permits"), Number: true}},
		Foot:    []component.Cell{{Text: p.T("web.total")}, {Text: strconv.Itoa(a.IssuedTotal)}},
	}
	for _, x := range a.Positions {
		g.Rows = append(g.Rows, []component.Cell{{Text: x.Position.In(p.Lang)}, {Text: strconv.Itoa(x.Permits)}})
	}
	return g
}

// whose names the owner of an account, with their region if they have one.
func whose(t lang.Tag, a party.Account) string {
	if a.Region == "" {
		return a.Name.String()
	}
	return a.Name.String() + ", " + law.RegionName(a.Region).In(t)
}
