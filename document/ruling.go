package document

import (
	"time"

	"ruqsat/lang"
)

// RulingData is what the paper of an act says that the head does outside a case:
// on a permit that was issued, or on a complaint.
type RulingData struct {
	Paper
	Title   lang.Text
	Facts   []Row     // what it is about; what it rests on is added
	Decides lang.Text // what is decided, in one sentence
	Grounds []Point
	Words   string // the reasons, as they were written
	Changes []Row  // of a correction: field, and from what to what
	Heard   lang.Text
	Effect  lang.Text // what follows from it
}

// Ruling returns the act as a paper to be signed.
func Ruling(d RulingData) ([]byte, error) {
	w := begin(upright, d.Title, d.From.Name, noon(d.On))
	w.paperTop(d.Paper, d.Title)
	w.rulingFacts(d.Facts, d.Paper)
	w.pair("P", serifBold(10, ink), d.Decides)
	if len(d.Grounds) > 0 {
		w.heading(say("ruling-grounds"))
		w.points(d.Grounds)
	}
	if len(d.Changes) > 0 {
		w.heading(say("ruling-changes"))
		w.rows(d.Changes)
	}
	w.titledWords(say("ruling-words"), d.Words)
	if d.Heard.RU != "" {
		w.titled(say("refusal-heard"), d.Heard)
	}
	if d.Effect.RU != "" {
		w.titled(say("ruling-effect"), d.Effect)
	}
	w.conclude(d.Paper)
	if err := w.foot(d.Executor, link{say("ruling-check"), d.URL}); err != nil {
		return nil, err
	}
	return w.finish()
}

func (w *flow) rulingFacts(facts []Row, p Paper) {
	rows := facts
	if len(p.Cites) > 0 {
		rows = append(rows[:len(rows):len(rows)], Row{Label: say("cites"), Value: cites(p.Cites)})
	}
	w.rows(rows)
	w.skip(4 * mm)
}

// rows sets labels and values as a table in both languages.
func (w *flow) rows(rows []Row) {
	w.Begin("Table", "")
	defer w.End()
	for _, r := range rows {
		w.fact(r.Label, r.Value, strong())
	}
}

// ComplaintReceiptData is what the receipt of a complaint says (APPC art. 91): its number
// and day, who took it, where and until when it is answered.
type ComplaintReceiptData struct {
	Paper
	Received time.Time // in the authority's zone
	Facts    []Row
	Words    string // of the complaint
	Wanted   string
	Rights   lang.Text // what happens now
}

// ComplaintReceipt returns the receipt whoever complains takes home. Nobody signs
// it: it says who took the complaint.
func ComplaintReceipt(d ComplaintReceiptData) ([]byte, error) {
	title := say("complaint-receipt-title")
	w := begin(upright, title, d.From.Name, d.Received)
	w.paperTop(d.Paper, title)
	w.rulingFacts(d.Facts, d.Paper)
	w.titledWords(say("complaint-receipt-words"), d.Words)
	w.titledWords(say("complaint-receipt-wanted"), d.Wanted)
	w.titled(say("complaint-receipt-now"), d.Rights)
	w.skip(5 * mm)
	w.signature(d.Signatory)
	if err := w.foot(d.Executor, d.link()); err != nil {
		return nil, err
	}
	return w.finish()
}
