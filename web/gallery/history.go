package gallery

import (
	"time"

	"ruqsat/lang"
	"ruqsat/web/component"
)

func lang1986(p component.Page) string { return lang.FormatDay(p.Lang, 1986, time.June, 14) }

// caseEvents are what happened in the case, the newest first. The first two are
// for officers only.
func caseEvents(p component.Page) []component.Event {
	april28, april29 := day(p.Lang, time.April, 28), day(p.Lang, time.April, 29)
	return []component.Event{
		{What: p.T("gallery.event-note"), Who: p.Say(executor), When: day(p.Lang, time.May, 8) + ", 11:05", Moment: "2025-05-08T11:05:12+05:00", Text: p.T("gallery.event-note-text")},
		{What: p.T("gallery.event-check"), Who: p.Say(executor), When: day(p.Lang, time.May, 2) + ", 16:40", Moment: "2025-05-02T16:40:51+05:00", Link: &component.Link{Text: p.T("gallery.event-check-link"), Href: "/desk/cases/" + caseNumber + "/checks"}},
		{What: p.T("gallery.event-examined"), Who: p.Say(executor), When: april29 + ", 09:12", Moment: "2025-04-29T09:12:40+05:00"},
		{What: p.T("gallery.event-assigned"), Who: p.Say(head), When: april28 + ", 11:02", Moment: "2025-04-28T11:02:08+05:00", Text: p.T("gallery.event-assigned-text")},
		{What: p.T("gallery.event-registered"), Who: p.Say(clerk), When: april28 + ", 10:24", Moment: "2025-04-28T10:24:33+05:00", Link: &component.Link{Text: p.T("gallery.doc-slip"), Href: "/slip.pdf"}},
		{What: p.T("gallery.event-submitted"), Who: p.Say(sarsenova), When: april28 + ", 10:15", Moment: "2025-04-28T10:15:02+05:00"},
	}
}
