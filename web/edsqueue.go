package web

import (
	"slices"

	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/web/component"
)

// A queueItem is a case that waits for the head, or what came of signing it.
type queueItem struct {
	Case, Number, Employer string
	Path                   string // of its page; empty for that of the case
	Papers                 []queuePaper
	Seen                   bool
	Done, Wrong            string
	Colour                 component.Colour
}

type queuePaper struct {
	Name, Href string
	Seen       bool
}

// keyOptions are training keys as answers to choose from.
func keyOptions(keys []component.Signer) []component.Option {
	var list []component.Option
	for _, k := range keys {
		list = append(list, component.Option{Value: k.Value, Text: k.Name, Hint: k.More})
	}
	return list
}

// signQueue shows the head all that waits for their signature.
func (s *Site) signQueue(q request) error {
	s.reachNCALayer(q)
	return s.showQueue(q, s.page(q, "web.queue"))
}

func (s *Site) showQueue(q request, p component.Page) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	list, err := s.Office.SignQueue(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	p.Path = "/office/sign"
	if err := s.desk(q, &p); err != nil {
		return err
	}
	var items []queueItem
	var documents []edsItem
	unmade := 0
	for _, t := range list {
		if len(t.Papers) == 0 {
			unmade++
			continue
		}
		item := queueItem{Case: t.Case.ID, Number: s.name(p, t.Case), Employer: t.Case.Application.Employer.Name.In(q.lang), Seen: t.AllSeen()}
		for n, paper := range t.Papers {
			href := "/cases/" + t.Case.ID + "/papers/" + paper.ID + "/" + paper.Form + ".pdf"
			item.Papers = append(item.Papers, queuePaper{paperName(p.Lang, paper), href, t.Seen[n]})
			documents = append(documents, edsItem{Href: p.Href(href), Field: office.Field(paper.ID), Tick: "case-" + t.Case.ID})
		}
		items = append(items, item)
	}
	rulings, err := s.Office.RulingQueue(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	for _, t := range rulings {
		if len(t.Papers) == 0 && t.Wrong == nil {
			unmade++
			continue
		}
		item, doc := queuedRuling(p, t)
		items, documents = append(items, item), append(documents, doc...)
	}
	way := s.ncalayer(q, documents, p.T("web.eds-sign"))
	s.render(q, signQueuePage(p, items, way, s.trainingKeys(p), string(practice.Own), unmade))
	return nil
}

// prepareQueue makes the papers of every case that waits for the head.
func (s *Site) prepareQueue(q request) error {
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	list, err := s.Office.SignQueue(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := s.Office.MakeDrafts(q.r.Context(), q.actor(), t.Case.ID); err != nil && !problem.IsKind(err, problem.Conflict) {
			return err
		}
	}
	rulings, err := s.Office.RulingQueue(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	for _, t := range rulings {
		if err := s.Office.MakeRuling(q.r.Context(), q.actor(), t.Ruling.ID); t.Wrong == nil && err != nil && !problem.IsKind(err, problem.Conflict) {
			return err
		}
	}
	return s.redirect(q, "/office/sign")
}

// signRun signs what is ticked, each case by itself, and says what came of each.
func (s *Site) signRun(q request) error {
	s.reachNCALayer(q)
	if err := signedIn(q, party.Head); err != nil {
		return err
	}
	list, err := s.Office.SignQueue(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	p := s.page(q, "web.queue-result")
	p.Path = "/office/sign"
	var items []queueItem
	for _, t := range list {
		if slices.Contains(q.r.PostForm["case"], t.Case.ID) {
			items = append(items, s.signOne(q, p, t))
		}
	}
	signed, err := s.signRulings(q)
	if err != nil {
		return err
	}
	items = append(items, signed...)
	if len(items) == 0 {
		return problem.New(problem.Invalid, "web.eds-nothing")
	}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	s.render(q, signedPage(p, items))
	return nil
}

// signOne does the act of one case of a run.
func (s *Site) signOne(q request, p component.Page, t office.ToSignCase) queueItem {
	item := queueItem{Case: t.Case.ID, Number: s.name(p, t.Case)}
	q.r.SetPathValue("id", t.Case.ID)
	sigs, err := s.signaturesOver(q, t.Papers, s.Office.Paper)
	var c procedure.Case
	if err == nil {
		c, err = s.Office.SignRead(q.r.Context(), q.actor(), t.Case.ID, sigs)
	}
	if err == nil {
		item.Done = c.State.In(q.lang)
		return item
	}
	return s.notSigned(q, item, err)
}

// notSigned says why one of a run was not signed.
func (s *Site) notSigned(q request, item queueItem, err error) queueItem {
	e := problem.Of(err)
	if e.Kind == problem.Internal {
		s.Log.Error("sign in a run", "id", item.Case, "error", err)
	}
	item.Wrong, item.Colour = e.Say.In(q.lang), component.Red
	for _, f := range e.Fields {
		item.Wrong = f.Say.In(q.lang)
	}
	if office.Waits(err) {
		item.Colour = component.Amber
	}
	return item
}
