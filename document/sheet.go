package document

import (
	"time"

	"ruqsat/lang"
)

// SheetData is what the signature sheet says of a signed document.
type SheetData struct {
	From   Letterhead
	Title  lang.Text // of the document
	Number string
	SHA256 string // of the signed bytes, in hexadecimal
	Stamps []Stamp
	Made   time.Time // when the sheet was made
	URL    string    // where document and signatures can be checked; drawn as QR
}

// Sheet returns a sheet about the signatures of a document: who signed which
// bytes, when and with which certificate. It goes with a printed copy; the
// signatures themselves stay with the bytes.
func Sheet(d SheetData) ([]byte, error) {
	w := begin(upright, say("sheet-title"), d.From.Name, d.Made)
	w.letterhead(d.From)
	w.pair("H1", serifBold(13, deep), say("sheet-title"))
	w.skip(3 * mm)
	w.sheetFacts(d)
	w.heading(say("sheet-signatures"))
	for i := range d.Stamps {
		w.skip(2 * mm)
		w.stamp(&d.Stamps[i], 0, w.inner(), lang.Official)
	}
	w.skip(6 * mm)
	w.pair("P", body(), say("sheet-note"))
	if err := w.foot(Executor{}, link{say("sheet-check"), d.URL}); err != nil {
		return nil, err
	}
	return w.finish()
}

func (w *flow) sheetFacts(d SheetData) {
	w.Begin("Table", "")
	defer w.End()
	w.fact(say("sheet-document"), d.Title, strong())
	w.fact(say("number"), lang.Same(orBlank(d.Number)), strong())
	w.fact(say("sheet-sum"), lang.Same(d.SHA256), strong())
	w.fact(say("made"), lang.Same(moment(d.Made)), strong())
}
