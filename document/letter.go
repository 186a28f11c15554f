package document

import (
	"regexp"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// LetterData is a reply on the authority's letterhead. Package correspondence
// composes it; here it is only set.
type LetterData struct {
	From      Letterhead
	Number    string        // empty leaves a line to fill in
	On        calendar.Date // zero leaves a line
	To        lang.Text     // the addressee, a line each
	Title     lang.Text     // of the PDF; not printed
	Body      []Paragraph
	Signatory Signatory
	Executor  Executor
	Langs     []lang.Tag // the halves, in order; nil is Kazakh, then Russian
	URL       string     // where the letter can be checked; may be empty
}

// A Paragraph of a letter: a text, a list, and rows of figures, in this order
// where it has several.
type Paragraph struct {
	Text  lang.Text
	Items []Item
	Rows  []Row
	Bold  bool
}

// An Item of a list. Mark is what stands before it, "1)" or "–".
type Item struct {
	Mark string
	Text lang.Text
}

// A Row is a label and its value; a sum is set off from the rows above it.
type Row struct {
	Label lang.Text
	Value lang.Text
	Sum   bool
}

// Letter returns the letter: for each language a half on pages of its own, with
// the letterhead in both.
func Letter(d LetterData) ([]byte, error) {
	if len(d.Langs) == 0 {
		d.Langs = lang.Official
	}
	w, err := letterAt(d, letterSize(d))
	if err != nil {
		return nil, err
	}
	return w.finish()
}

// letterSizes are the sizes of type a letter may be set in, in points.
var letterSizes = []float64{10.8, 10.6, 10.4, 10.2, 10}

// letterSize returns the largest type in which the letter takes the fewest pages:
// a signature should not go overleaf alone.
func letterSize(d LetterData) float64 {
	best, fewest := letterSizes[0], 0
	for _, size := range letterSizes {
		w, err := letterAt(d, size)
		if err != nil {
			return best
		}
		if n := len(w.Pages()); fewest == 0 || n < fewest {
			best, fewest = size, n
		}
	}
	return best
}

// letterAt sets a letter in a size of type.
func letterAt(d LetterData, size float64) (*flow, error) {
	w := begin(upright, d.Title, d.From.Name, noon(d.On))
	for i, l := range d.Langs {
		if i > 0 {
			w.turn()
		}
		w.Begin("Sect", string(l))
		err := w.half(d, l, size)
		w.End()
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// half sets the letter in one language.
func (w *flow) half(d LetterData, l lang.Tag, size float64) error {
	w.letterhead(d.From)
	w.numberLine(d, l, size)
	for i, p := range d.Body {
		if i == len(d.Body)-1 {
			w.need(withSignature)
		}
		w.paragraph(p, l, size)
	}
	w.skip(7 * mm)
	w.signature(d.Signatory, l)
	return w.letterFoot(d, l)
}

// withSignature is the room that the last paragraph wants: it does not leave the
// signature alone on a page.
const withSignature = 58 * mm

// numberLine sets number and day on the left, and the addressee on the right.
func (w *flow) numberLine(d LetterData, l lang.Tag, size float64) {
	var to []part
	for text := range strings.Lines(d.To.In(l)) {
		to = append(to, part{text: text, style: serifBold(size, ink), above: 1})
	}
	x := w.inner() * 0.56
	w.row(
		cell{0, x - 10*mm, "P", l, []part{
			{text: unbroken("№ " + orBlank(d.Number)), style: serif(size, ink)},
			{text: dayLine(d.On), style: serif(size, ink), above: 2},
		}},
		cell{x, w.inner() - x, "P", l, to},
	)
	w.skip(9 * mm)
}

// paragraph sets a part of the letter's body. Its lines stay ragged: the words of
// both languages are long, and nothing divides them.
func (w *flow) paragraph(p Paragraph, l lang.Tag, size float64) {
	s := serif(size, ink)
	if p.Bold {
		s = serifBold(size, ink)
	}
	const indent = 10 * mm
	if text := p.Text.In(l); text != "" {
		w.row(cell{0, w.inner(), "P", l, []part{{text: bound(text), style: s, indent: indent}}})
		w.skip(5)
	}
	for _, i := range p.Items {
		w.row(
			cell{indent, 6 * mm, "Lbl", l, []part{{text: i.Mark, style: s}}},
			cell{indent + 6*mm, w.inner() - indent - 6*mm, "LBody", l, []part{{text: bound(i.Text.In(l)), style: s}}},
		)
		w.skip(3)
	}
	if len(p.Items) > 0 {
		w.skip(3)
	}
	w.figures(p.Rows, l)
}

// dates are the parts of a day as a letter writes it in Russian and in Kazakh.
var dates = regexp.MustCompile(`(\d{1,2}) (\p{L}+) (\d{4}) (года)|(\d{4}) (жылғы) (\d{1,2}) (\p{L}+)`)

// bound keeps together what should stand on one line: a dash with the word before
// it, № with its number, the parts of a day.
func bound(s string) string {
	s = dates.ReplaceAllStringFunc(s, unbroken)
	return strings.NewReplacer(" –", "\u00a0–", "№ ", "№\u00a0").Replace(s)
}

// figures sets rows with their values on the right.
func (w *flow) figures(rows []Row, l lang.Tag) {
	if len(rows) == 0 {
		return
	}
	w.Begin("Table", string(l))
	defer w.End()
	const x = 10 * mm
	value := 34 * mm
	w.skip(2)
	for _, r := range rows {
		s := serif(10.4, ink)
		if r.Sum {
			s = serifBold(10.4, ink)
		}
		w.Begin("TR", "")
		w.row(
			cell{x, w.inner() - x - value - 4*mm, "TH", l, []part{{text: r.Label.In(l), style: s}}},
			cell{w.inner() - value, value, "TD", l, []part{{text: r.Value.In(l), style: s.to(right)}}},
		)
		w.End()
		w.under(x, w.inner()-x)
		w.skip(4)
	}
	w.skip(4)
}

// letterFoot sets the executor's line, as every letter of an authority has.
func (w *flow) letterFoot(d LetterData, l lang.Tag) error {
	if d.URL != "" {
		return w.foot(d.Executor, link{say("letter-check"), d.URL})
	}
	parts := []part{
		{text: d.Executor.Name, style: serif(8.4, soft)},
		{text: d.Executor.Phone, style: serif(8.4, soft)},
	}
	c := cell{0, w.inner(), "P", l, parts}
	h := height(c.lines())
	w.skip(4 * mm)
	w.need(h)
	w.y = max(w.y, w.end()-h)
	w.row(c)
	return nil
}
