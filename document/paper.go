package document

import (
	"strconv"
	"time"

	"ruqsat/calendar"
	"ruqsat/internal/pdf"
	"ruqsat/lang"
)

// body is the type of the papers of a case, in two columns.
func body() style { return serif(9.4, ink) }

// noon is the time in the file of a paper that has only a day. A file without a
// day has no time.
func noon(on calendar.Date) time.Time {
	if on.IsZero() {
		return time.Time{}
	}
	return on.At(12, 0, time.UTC)
}

// heading sets a heading between the parts of a paper.
func (w *flow) heading(x lang.Text) {
	w.skip(3.5 * mm)
	w.need(18 * mm)
	w.pair("H2", sansBold(9.2, deep), x)
	w.skip(1.2 * mm)
}

// titled sets a heading with the text under it, and keeps the two together.
func (w *flow) titled(heading, x lang.Text) {
	width := (w.inner() - gutter) / 2
	h := 0.0
	for _, l := range lang.Official {
		h = max(h, height(cell{0, width, "P", l, []part{{text: x.In(l), style: body()}}}.lines()))
	}
	w.need(14*mm + min(h, whole*(w.end()-w.top)))
	w.heading(heading)
	w.pair("P", body(), x)
}

// words sets what somebody said or wrote in words of their own: once, over the
// whole width, for they were written in one language.
func (w *flow) words(s string) { w.across("P", "", body(), s) }

// titledWords sets a heading with somebody's words under it.
func (w *flow) titledWords(heading lang.Text, s string) {
	if s == "" {
		return
	}
	h := height(cell{0, w.inner(), "P", "", []part{{text: s, style: body()}}}.lines())
	w.need(14*mm + min(h, whole*(w.end()-w.top)))
	w.heading(heading)
	w.words(s)
}

// points sets reasons or grounds, numbered, each with its cure and its rule.
func (w *flow) points(all []Point) {
	width := (w.inner() - gutter) / 2
	for i, p := range all {
		w.skip(3 * mm)
		w.need(24 * mm)
		top, page := w.y, w.page
		w.row(w.point(i+1, p, lang.KK, 0, width), w.point(i+1, p, lang.RU, width+gutter, width))
		if page == w.page {
			w.bar(0, top)
			w.bar(width+gutter, top)
		}
	}
	w.skip(2 * mm)
}

// bar marks what stands from top to where the page is filled.
func (w *flow) bar(x, top float64) {
	w.page.Fill(gold, [4]float64{w.left + x, top + 2, 1.6, w.y - top - 2})
}

func (w *flow) point(n int, p Point, l lang.Tag, x, width float64) cell {
	parts := []part{{text: strconv.Itoa(n) + ". " + p.Text.In(l), style: serifBold(9.4, ink)}}
	if p.Cure.In(l) != "" {
		parts = append(parts, part{text: say("cure", lang.Args{"text": p.Cure}).In(l), style: serif(9.2, ink), above: 2.5})
	}
	if p.Cite != "" {
		parts = append(parts, part{text: say("cite", lang.Args{"cite": p.Cite}).In(l), style: sans(7.8, soft), above: 2.5})
	}
	return cell{x + 3.5*mm, width - 3.5*mm, "P", l, parts}
}

// close sets what the papers of a case end with.
func (w *flow) close(p Paper) ([]byte, error) {
	w.conclude(p)
	if err := w.foot(p.Executor, p.link()); err != nil {
		return nil, err
	}
	return w.finish()
}

// ending is how high the signature and the foot of a paper are, about.
const ending = 58 * mm

// conclude sets how to appeal, and who signs. Both stay on one page with the foot:
// a signature alone on a page could stand under anything.
func (w *flow) conclude(p Paper) {
	if p.Appeal.RU != "" {
		width := (w.inner() - gutter) / 2
		w.need(height(cell{0, width, "P", lang.RU, []part{{text: p.Appeal.RU, style: body()}}}.lines()) + 10*mm + ending)
		w.heading(say("appeal"))
		w.pair("P", body(), p.Appeal)
	}
	w.skip(8 * mm)
	w.signature(p.Signatory)
}

func (p Paper) link() link { return link{say("follow"), p.URL} }

// ground fills the ground of a column from where the page is filled down, before
// anything is set on it. There must be room for it.
func (w *flow) ground(x, width, h float64, c, edge pdf.Color) {
	w.page.Fill(c, [4]float64{w.left + x, w.y, width, h})
	w.page.Fill(edge, [4]float64{w.left + x, w.y, 2.4, h})
}
