package document

import (
	"strconv"

	"ruqsat/lang"
)

// RefusalData is what a reasoned refusal says (WKO 142/2017 ¶ 3).
type RefusalData struct {
	Paper
	Grounds    []Point
	Words      string    // of the executor, to the grounds; may be empty
	Heard      lang.Text // how the applicant was heard; empty where the law of the day knows no hearing
	Objections []Objection
}

// An Objection of the applicant, with the answer to it, each in its author's words.
type Objection struct{ Text, Answer string }

// Refusal returns the refusal: its grounds numbered, each with what would cure it.
func Refusal(d RefusalData) ([]byte, error) {
	title := say("refusal-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("refusal-intro"))
	w.points(d.Grounds)
	w.titledWords(say("in-words"), d.Words)
	if d.Heard.RU != "" {
		w.titled(say("refusal-heard"), d.Heard)
		w.objections(d.Objections)
	}
	w.skip(2 * mm)
	w.pair("P", body(), say("refusal-after"))
	return w.close(d.Paper)
}

// objections sets objections, numbered, each with its answer.
func (w *flow) objections(all []Objection) {
	for i, o := range all {
		w.skip(2 * mm)
		parts := []part{{text: strconv.Itoa(i+1) + ". " + o.Text, style: serifBold(9.4, ink)}}
		if o.Answer != "" {
			parts = append(parts, part{text: joinTags(say("objection-answer"), lang.Official) + ": " + o.Answer, style: body(), above: 1.5})
		}
		c := cell{3.5 * mm, w.inner() - 3.5*mm, "P", "", parts}
		w.need(min(height(c.lines()), whole*(w.end()-w.top)))
		top, page := w.y, w.page
		w.row(c)
		if page == w.page {
			w.bar(0, top)
		}
	}
	w.skip(1 * mm)
}
