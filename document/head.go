package document

import (
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/internal/pdf"
	"ruqsat/lang"
	"ruqsat/law"
)

// say returns a standing text of the papers in the three languages.
func say(key string, args ...lang.Args) lang.Text {
	return lang.All(lang.M("document."+key, args...))
}

// gutter lies between the Kazakh and the Russian column.
const gutter = 8 * mm

// pair sets a text in both official languages beside one another.
func (w *flow) pair(tag string, s style, x lang.Text) {
	w.parts(tag, part{style: s, text: x.KK}, part{style: s, text: x.RU})
}

func (w *flow) parts(tag string, kk, ru part) {
	width := (w.inner() - gutter) / 2
	w.row(
		cell{0, width, tag, lang.KK, []part{kk}},
		cell{width + gutter, width, tag, lang.RU, []part{ru}},
	)
}

// across sets a text over the whole width.
func (w *flow) across(tag string, l lang.Tag, s style, text string) {
	w.row(cell{0, w.inner(), tag, l, []part{{text: text, style: s}}})
}

// letterhead sets whose paper it is: the Kazakh left, the Russian right, a crest
// between them and a line beneath.
func (w *flow) letterhead(h Letterhead) {
	const middle = 24 * mm
	width := (w.inner() - middle) / 2
	top := w.y
	head := func(l lang.Tag, x float64) cell {
		parts := []part{{text: strings.ToUpper(h.Name.In(l)), style: serifBold(9.6, ink).to(center)}}
		for i, text := range contacts(h, l) {
			parts = append(parts, part{text: text, style: sans(7.4, soft).to(center), above: max(0, 4-float64(4*i))})
		}
		return cell{x, width, "P", l, parts}
	}
	w.row(head(lang.KK, 0), head(lang.RU, width+middle))
	crest(w.page, w.width/2+(w.left-w.right)/2, top+13*mm, 15*mm)
	w.y = max(w.y, top+24*mm)
	w.skip(3 * mm)
	rule(w.page, w.left, w.y, w.inner())
	w.skip(6 * mm)
}

// contacts returns the address and all numbers there are, a line each; telephone
// and fax share one.
func contacts(h Letterhead, l lang.Tag) []string {
	var lines []string
	if a := h.Address.In(l); a != "" {
		lines = append(lines, a)
	}
	for _, row := range [][]struct{ key, value string }{
		{{"phone", h.Phone}, {"fax", h.Fax}}, {{"bin", h.BIN}}, {{"email", h.Email}},
	} {
		var numbers []string
		for _, n := range row {
			if n.value != "" {
				numbers = append(numbers, unbroken(say(n.key, lang.Args{"value": n.value}).In(l)))
			}
		}
		if len(numbers) > 0 {
			lines = append(lines, strings.Join(numbers, ", "))
		}
	}
	return lines
}

// unbroken keeps a number on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// dayLine says a day of a paper, or leaves a line to write it on.
func dayLine(on calendar.Date) string {
	if on.IsZero() {
		return blank
	}
	return on.Short()
}

// blank is a line to be filled in by hand.
const blank = "______________"

func orBlank(s string) string {
	if s == "" {
		return blank
	}
	return s
}

// moment writes a moment in the zone it has.
func moment(t time.Time) string { return t.Format("02.01.2006, 15:04") }

// cites joins what a paper rests on.
func cites(all []law.Cite) lang.Text {
	return joined("; ", all, func(c law.Cite) lang.Text { return lang.All(c) })
}

func joined[T any](between string, all []T, text func(T) lang.Text) lang.Text {
	var kk, ru, en []string
	for _, v := range all {
		x := text(v)
		kk, ru, en = append(kk, x.In(lang.KK)), append(ru, x.In(lang.RU)), append(en, x.In(lang.EN))
	}
	return lang.Text{KK: strings.Join(kk, between), RU: strings.Join(ru, between), EN: strings.Join(en, between)}
}

func pageOf(n, of int) string {
	return lang.M("document.page", lang.Args{"page": n, "of": of}).In(lang.KK)
}

// paperHead sets what all papers of a case begin with: letterhead, number and
// day, to whom, and what they are about.
func (w *flow) paperHead(p Paper, title lang.Text) {
	w.paperTop(p, title)
	w.facts(p)
	w.skip(4 * mm)
}

// paperTop sets letterhead, number and day, to whom a paper goes, and its title.
func (w *flow) paperTop(p Paper, title lang.Text) {
	w.letterhead(p.From)
	top := w.y
	w.row(cell{0, w.inner() / 2, "P", lang.RU, []part{
		{text: "№ " + orBlank(p.Number), style: sansBold(10, ink)},
		{text: dayLine(p.On), style: sans(9.5, soft), above: 2},
	}})
	under := w.y
	w.y = top
	w.recipient(p.To)
	w.y = max(w.y, under)
	w.skip(7 * mm)
	w.pair("H1", serifBold(13, deep), title)
	w.skip(3 * mm)
}

// recipient sets to whom a paper goes, on the right.
func (w *flow) recipient(r Recipient) {
	x := w.inner() * 0.54
	parts := stacked(r.Name, lang.Official, serifBold(10.5, ink), serifBold(10.5, ink))
	if r.BIN != "" {
		parts = append(parts, part{text: say("recipient-bin", lang.Args{"value": r.BIN}).KK, style: sans(8.5, soft), above: 3})
	}
	parts = append(parts, part{text: r.Address.In(lang.RU), style: sans(8.5, soft), above: 2})
	w.row(cell{x, w.inner() - x, "P", lang.KK, parts})
}

// facts sets which case a paper is about.
func (w *flow) facts(p Paper) {
	w.Begin("Table", "")
	defer w.End()
	w.fact(say("operation"), p.Operation, strong())
	w.fact(say("case"), lang.Same(p.Case), strong())
	if !p.Applied.IsZero() {
		w.fact(say("applied"), lang.Same(p.Applied.Short()), strong())
	}
	if len(p.Cites) > 0 {
		w.fact(say("cites"), cites(p.Cites), sans(8.2, ink))
	}
}

// strong is how a value stands out from its label.
func strong() style { return sansBold(8.8, ink) }

// fact sets a label and a value in both languages, with a hairline beneath.
func (w *flow) fact(label, value lang.Text, s style) {
	width := (w.inner() - gutter) / 2
	const named = 27 * mm
	at := func(l lang.Tag, x float64) []cell {
		return []cell{
			{x, named - 2*mm, "TH", l, []part{{text: label.In(l), style: sans(8, soft).beside(s)}}},
			{x + named, width - named, "TD", l, []part{{text: value.In(l), style: s}}},
		}
	}
	w.Begin("TR", "")
	w.row(append(at(lang.KK, 0), at(lang.RU, width+gutter)...)...)
	w.End()
	w.under(0, width)
	w.under(width+gutter, width)
	w.skip(3.2)
}

// under draws a hairline below what was set last.
func (w *flow) under(x, width float64) {
	w.page.Line(w.left+x, w.y+1.4, w.left+x+width, w.y+1.4, pdf.Pen{Width: 0.4, Color: hairline})
}

// stacked returns a text in each language, one under the other; what reads the
// same stands once.
func stacked(x lang.Text, l []lang.Tag, first, rest style) []part {
	var parts []part
	var seen []string
	for i, t := range l {
		text := x.In(t)
		if text == "" || slices.Contains(seen, text) {
			continue
		}
		seen = append(seen, text)
		s := rest
		if i == 0 {
			s = first
		}
		parts = append(parts, part{text: text, style: s, above: 0.5, lang: t})
	}
	return parts
}
