package document

import (
	"errors"
	"strings"
	"time"

	"ruqsat/internal/pdf"
	"ruqsat/lang"
)

// A flow fills pages from the top down, and turns to a new one when one is full.
// What does not fit is never cut: it goes on overleaf.
type flow struct {
	*pdf.Document
	page *pdf.Page
	frame
	y     float64     // how far down the page is filled
	again func(*flow) // draws what every page but the first begins with; may be nil
}

// A frame is the paper's size and the borders of what is set on it, in points.
type frame struct {
	width, height            float64
	top, bottom, left, right float64 // from the edges of the paper
}

var (
	upright   = frame{pdf.A4Width, pdf.A4Height, 16 * mm, 20 * mm, 20 * mm, 15 * mm}
	landscape = frame{pdf.A5Height, pdf.A5Width, 9 * mm, 10 * mm, 12 * mm, 10 * mm}
)

// begin opens a paper with its first page.
func begin(f frame, title lang.Text, author lang.Text, made time.Time) *flow {
	w := &flow{frame: f, Document: pdf.New(pdf.Info{
		Title:  tidy(title.KK + " / " + title.RU),
		Author: tidy(author.RU),
		Lang:   string(lang.KK),
		Made:   made,
	})}
	w.turn()
	return w
}

func (w *flow) turn() {
	w.page = w.AddPage(w.width, w.height)
	w.y = w.top
	if w.again != nil && len(w.Pages()) > 1 {
		w.again(w)
	}
}

// hair is what adding up lengths may lose, in points.
const hair = 0.01

func (w *flow) inner() float64 { return w.width - w.left - w.right }
func (w *flow) end() float64   { return w.height - w.bottom }
func (w *flow) room() float64  { return w.end() - w.y + hair }
func (w *flow) skip(h float64) { w.y += h }

// need turns the page unless there is room for something so high.
func (w *flow) need(h float64) {
	if w.room() < h && w.y > w.top {
		w.turn()
	}
}

// A cell is a piece of text in a column of its own: paragraphs one under the
// other, x points from the left border and so wide.
type cell struct {
	x, width float64
	tag      string // what it is to a screen reader: P, H1, TD …
	lang     lang.Tag
	parts    []part
}

// A part of a cell is a paragraph in one style, with a gap above it. Its first
// line may begin further in.
type part struct {
	text string
	style
	above  float64
	indent float64
	lang   lang.Tag // where it is not that of the cell
}

// A line is ready to be set.
type line struct {
	text   string
	style  style
	height float64 // with the gap above it
	above  float64
	indent float64
	lang   lang.Tag
	last   bool // of its paragraph
}

func (c cell) lines() []line {
	var out []line
	for n, p := range c.parts {
		broken := breakLines(tidy(p.text), p.Type, c.width, p.indent)
		if last := len(broken) - 1; last >= 0 && n < len(c.parts)-1 {
			broken[last] += " "
		}
		for i, text := range broken {
			l := line{text: text, style: p.style, height: p.lead, lang: p.lang, last: i == len(broken)-1}
			if i == 0 {
				l.indent = p.indent
			}
			if i == 0 && len(out) > 0 {
				l.above = p.above
				l.height += p.above
			}
			out = append(out, l)
		}
	}
	return out
}

func height(lines []line) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.height
	}
	return h
}

// whole is the part of a page below which a row is kept together.
const whole = 0.3

// row sets cells beside one another. A row that does not fit goes overleaf if it
// is low, and else is broken between lines.
func (w *flow) row(cells ...cell) {
	columns := make([][]line, len(cells))
	tallest := 0.0
	for i, c := range cells {
		columns[i] = c.lines()
		tallest = max(tallest, height(columns[i]))
	}
	if tallest <= whole*(w.end()-w.top) {
		w.need(tallest)
	}
	for {
		rest, used := false, 0.0
		for i, c := range cells {
			n := w.fit(columns[i])
			used = max(used, w.put(c, columns[i][:n]))
			columns[i] = columns[i][n:]
			rest = rest || len(columns[i]) > 0
		}
		w.y += used
		if !rest {
			return
		}
		w.turn()
	}
}

// fit returns how many lines have room on the page: on a fresh one at least one,
// and never the first alone of a paragraph that goes on.
func (w *flow) fit(lines []line) int {
	room, n := w.room(), 0
	for n < len(lines) && lines[n].height <= room {
		room -= lines[n].height
		n++
	}
	if n > 0 && n < len(lines) && !lines[n-1].last && (n == 1 || lines[n-2].last) && w.y > w.top {
		n--
	}
	if n == 0 && len(lines) > 0 && w.y <= w.top {
		n = 1
	}
	return n
}

// put sets lines from where the page is filled on, and returns how high they are.
func (w *flow) put(c cell, lines []line) float64 {
	if len(lines) == 0 {
		return 0
	}
	w.Begin(c.tag, string(c.lang))
	defer w.End()
	y := w.y
	for _, l := range lines {
		base := y + l.above + (l.style.lead+l.style.Font.CapHeight(l.style.Size))/2
		w.speak(l.lang, c.lang)
		w.setLine(w.left+c.x, base, c.width, l)
		w.hush(l.lang, c.lang)
		y += l.height
	}
	return y - w.y
}

// speak opens a span in another language than that around it, for screen readers.
func (w *flow) speak(l, around lang.Tag) {
	if l != "" && l != around {
		w.Begin("Span", string(l))
	}
}

// hush closes what speak opened.
func (w *flow) hush(l, around lang.Tag) {
	if l != "" && l != around {
		w.End()
	}
}

// loose is how much wider a space may be made to justify a line, as a part of the
// size of the type. Kazakh words are long: a line that wants more stays ragged.
const loose = 0.6

func (w *flow) setLine(x, y, width float64, l line) {
	x, width = x+l.indent, width-l.indent
	seen := strings.TrimSuffix(l.text, " ")
	spare := width - l.style.Type.Width(seen)
	switch l.style.align {
	case center:
		x += spare / 2
	case right:
		x += spare
	case justified:
		if gaps := strings.Count(seen, " "); !l.last && spare < loose*l.style.Size*float64(gaps) {
			w.page.Spread(x, y, l.style.Type, l.text, spare/float64(gaps))
			return
		}
	}
	w.page.Text(x, y, l.style.Type, l.text)
}

// finish numbers the pages, if there are several, and returns the bytes.
func (w *flow) finish() ([]byte, error) {
	if pages := w.Pages(); len(pages) > 1 {
		for i, p := range pages {
			n := pageOf(i+1, len(pages))
			t := sans(8, soft).Type
			p.Text((w.width-t.Width(n))/2, w.height-9*mm, t, n)
		}
	}
	out, err := w.Bytes()
	if m, ok := errors.AsType[*pdf.Missing](err); ok {
		return nil, unprintable(m)
	}
	return out, err
}
