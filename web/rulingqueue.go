package web

import (
	"slices"

	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/web/component"
)

// queuedRuling is a ruling in the head's queue, with its paper for the program that
// signs. One that cannot be done any more says why.
func queuedRuling(p component.Page, t office.ToSignRuling) (queueItem, []edsItem) {
	name := t.Complaint.Name
	if t.Complaint.ID == "" {
		name = t.Permit.Name
	}
	item := queueItem{
		Case: t.Ruling.ID, Path: aboutPath(t.Ruling), Number: rulingTitle(p.Lang, t.Ruling) + ", № " + t.Ruling.Number,
		Employer: name.In(p.Lang), Seen: t.Seen && t.Wrong == nil,
	}
	if t.Wrong != nil {
		item.Wrong = problem.Of(t.Wrong).Say.In(p.Lang)
		return item, nil
	}
	var documents []edsItem
	for _, paper := range t.Papers {
		href := "/rulings/" + t.Ruling.ID + "/ruling.pdf"
		item.Papers = append(item.Papers, queuePaper{paperName(p.Lang, paper), href, t.Seen})
		documents = append(documents, edsItem{Href: p.Href(href), Field: office.Field(paper.ID), Tick: "case-" + t.Ruling.ID})
	}
	return item, documents
}

// signRulings signs the rulings that are ticked, each by itself.
func (s *Site) signRulings(q request) ([]queueItem, error) {
	list, err := s.Office.RulingQueue(q.r.Context(), q.actor())
	var items []queueItem
	for _, t := range list {
		if slices.Contains(q.r.PostForm["case"], t.Ruling.ID) {
			items = append(items, s.signOneRuling(q, t))
		}
	}
	return items, err
}

func (s *Site) signOneRuling(q request, t office.ToSignRuling) queueItem {
	item := queueItem{Case: t.Ruling.ID, Path: aboutPath(t.Ruling), Number: rulingTitle(q.lang, t.Ruling) + ", № " + t.Ruling.Number}
	q.r.SetPathValue("id", t.Ruling.ID)
	sigs, err := s.signaturesOver(q, t.Papers, s.Office.RulingPaper)
	if err == nil {
		_, err = s.Office.SignReadRuling(q.r.Context(), q.actor(), t.Ruling.ID, sigs)
	}
	if err != nil {
		return s.notSigned(q, item, err)
	}
	item.Done = s.page(q, "web.queue").T("web.ruling-signed")
	return item
}
