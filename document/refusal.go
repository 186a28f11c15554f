package document

import "ruqsat/lang"

// RefusalData is what a reasoned refusal says (WKO 142/2017 ¶ 3).
type RefusalData struct {
	Paper
	Heard   lang.Text // how the applicant was heard; empty where the law of the day knows no hearing
	Grounds []Point
}

// Refusal returns the refusal: its grounds numbered, each with what would cure it.
func Refusal(d RefusalData) ([]byte, error) {
	title := say("refusal-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("refusal-intro"))
	w.points(d.Grounds)
	if d.Heard.RU != "" {
		w.heading(say("refusal-heard"))
		w.pair("P", body(), d.Heard)
	}
	w.skip(2 * mm)
	w.pair("P", body(), say("refusal-after"))
	return w.close(d.Paper)
}
