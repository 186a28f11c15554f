package web

import (
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

func correctionRows(p component.Page, c procedure.Case) []component.Row {
	k := c.Course.Correction
	rows := []component.Row{{Key: p.T("web.correction-parts"), Lines: partNames(p.Lang, k.Parts)}, {Key: p.T("web.correction-reasons"), Value: k.Reasons}}
	if r, ok := c.Term(law.Correction); ok {
		rows = append(rows, component.Row{Key: upper(law.Correction.In(p.Lang)), Value: p.T("web.by", "day", r.End.Last)})
	}
	return rows
}

func partNames(t lang.Tag, parts []procedure.Part) []string {
	var names []string
	for _, x := range parts {
		names = append(names, x.In(t))
	}
	return names
}

// partOptions are the parts that can be asked to be corrected.
func partOptions(t lang.Tag) []component.Option {
	return choice(t, []procedure.Part{procedure.PartDocuments, procedure.PartWorkers, procedure.PartEmployer, procedure.PartContent})
}
