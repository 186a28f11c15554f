package web

import (
	"slices"

	"ruqsat/law"
	"ruqsat/rulebook"
	"ruqsat/web/component"
)

// serviceLinks lead to the views of a service.
func serviceLinks(p component.Page, s law.Service) []component.Link {
	return []component.Link{
		{Text: p.T("web.service-more"), Href: servicePath(s, "")},
		{Text: p.T("web.rules"), Href: servicePath(s, "/rules")},
		{Text: p.T("web.compare"), Href: servicePath(s, "/compare")},
		{Text: p.T("web.diagram"), Href: servicePath(s, "/diagram")},
	}
}

// serviceName is a service as a title.
func serviceName(p component.Page, s law.Service) string { return upper(s.In(p.Lang)) }

// shortRows are those a list of services has room for: code, fee and terms.
func shortRows(rows []component.Row) []component.Row {
	return []component.Row{rows[0], rows[2], rows[3]}
}

func sureColour(s law.Sure) component.Colour {
	if s == law.Assumed {
		return component.Amber
	}
	return component.Grey
}

// said are the changes of what the rules say.
func said(changes []rulebook.Change) []rulebook.Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c rulebook.Change) bool { return c.Kind == rulebook.Moved })
}

// onlySource are the rules that say the same as before, under another act or
// surer: after a new order those are most, and they would hide the others.
func onlySource(changes []rulebook.Change) []rulebook.Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c rulebook.Change) bool { return c.Kind != rulebook.Moved })
}

// changeGrid shows the changes of a section side by side, and reports whether
// there are any.
func changeGrid(p component.Page, section rulebook.Section, changes []rulebook.Change) (component.Grid, bool) {
	g := component.Grid{
		Caption: section.In(p.Lang), Unseen: true, Cards: true,
		Columns: []component.Column{{Text: p.T("web.what-changed"), Tight: true}, {Text: p.T("web.was")}, {Text: p.T("web.is-now")}},
	}
	for _, c := range changes {
		if c.Section == section {
			g.Rows = append(g.Rows, []component.Cell{{Content: changeKind(c, p)}, {Content: changeSide(p, c.Before)}, {Content: changeSide(p, c.After)}})
		}
	}
	return g, len(g.Rows) > 0
}
