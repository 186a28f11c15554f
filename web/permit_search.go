package web

import (
	"strings"

	"ruqsat/party"
	"ruqsat/web/component"
)

func (s *Site) searchPermits(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	p := s.page(q, "web.permits-search")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	words := strings.TrimSpace(q.r.URL.Query().Get("q"))
	g := component.Grid{Caption: p.T("web.permits"), Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.permit-number"), Tight: true}, {Text: p.T("web.employer")}, {Text: p.T("web.worker")},
		{Text: p.T("web.valid"), Tight: true}, {Text: p.T("web.state")},
	}}
	if words != "" {
		list, err := s.Office.FindPermits(q.r.Context(), q.actor(), words)
		if err != nil {
			return err
		}
		today, err := s.Office.Today(q.user.Region)
		if err != nil {
			return err
		}
		for _, x := range list {
			status := x.Status(today)
			g.Rows = append(g.Rows, []component.Cell{
				{Text: x.Number, More: x.Category.In(q.lang), Href: permitPath(x.Number)},
				{Text: x.Name.In(q.lang), More: string(x.Employer)},
				{Text: or(x.Worker, x.WorkerRef), More: x.Position.In(q.lang)},
				{Text: x.From.Short() + " – " + x.Until.Short()},
				{Content: component.Tag(permitColour(status), status.In(q.lang))},
			})
		}
	}
	s.render(q, permitSearchPage(p, words, g))
	return nil
}
