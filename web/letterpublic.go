package web

import (
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/web/component"
)

// publishedLetters lists the replies that are public, to anybody.
func (s *Site) publishedLetters(q request) error {
	list, err := s.Office.PublishedLetters(q.r.Context())
	if err != nil {
		return err
	}
	p := s.page(q, "web.published")
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.letter-reply")}, {Text: p.T("web.region")}, {Text: p.T("web.letter-about")}, {Text: p.T("web.letter-sent"), Tight: true},
	}}
	for _, f := range list {
		g.Rows = append(g.Rows, []component.Cell{
			{Text: p.T("web.letter-reply-to", "number", f.Request.Number), More: f.Outgoing.Number, Href: "/letters/" + f.ID},
			{Text: law.RegionName(f.Region).In(q.lang)}, {Text: publicEmployer(p, f)}, {Text: f.Outgoing.On.Short()},
		})
	}
	s.render(q, publishedPage(p, g))
	return nil
}

// publicEmployer names the employer where that was allowed.
func publicEmployer(p component.Page, f correspondence.File) string {
	if f.Published.Naming == correspondence.Named {
		return employerOf(p.Lang, f)
	}
	return p.T("web.letter-unnamed")
}

// publishedLetter shows one reply as the public reads it.
func (s *Site) publishedLetter(q request) error {
	f, err := s.Office.PublishedLetter(q.r.Context(), q.id())
	if err != nil {
		return err
	}
	p := s.page(q, "web.letter-reply-to", lang.Args{"number": f.Request.Number})
	p.Back = &component.Link{Text: p.T("web.published"), Href: "/letters"}
	s.render(q, publishedLetterPage(p, f))
	return nil
}
