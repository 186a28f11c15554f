package document

// ReturnData is what the written justification of a return says (WKO 142/2017
// ¶ 7(3)).
type ReturnData struct {
	Paper
	Reasons []Point
	Words   string // of the executor, to the reasons; may be empty
}

// ReturnLetter returns the letter with which an incomplete or expired package
// goes back: what is missing, and how to mend it.
func ReturnLetter(d ReturnData) ([]byte, error) {
	title := say("return-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("return-intro"))
	w.points(d.Reasons)
	w.titledWords(say("in-words"), d.Words)
	w.skip(2 * mm)
	w.pair("P", body(), say("return-after"))
	return w.close(d.Paper)
}
