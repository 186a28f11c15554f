package document

import (
	"strings"
	"unicode"

	"ruqsat/internal/pdf"
	"ruqsat/lang"
)

// signature sets who signs: the position left, the name right, and beneath what
// the paper has of the electronic signature.
func (w *flow) signature(s Signatory, l ...lang.Tag) {
	if len(l) == 0 {
		l = lang.Official
	}
	position := stacked(capital(s.Position), l, serifBold(10, ink), serif(9.4, soft))
	w.need(34 * mm)
	wide := w.inner() * 0.62
	w.row(
		cell{0, wide, "P", l[0], position},
		cell{wide + 5*mm, w.inner() - wide - 5*mm, "P", l[0], []part{{text: s.Name, style: serifBold(10, ink).to(right)}}},
	)
	if s.Unsigned {
		return
	}
	w.skip(3 * mm)
	w.stamp(s.Stamp, 0, w.inner(), l)
}

// capital begins a text with a capital letter.
func capital(x lang.Text) lang.Text {
	first := func(s string) string {
		r := []rune(s)
		if len(r) > 0 {
			r[0] = unicode.ToUpper(r[0])
		}
		return string(r)
	}
	return lang.Text{KK: first(x.KK), RU: first(x.RU), EN: first(x.EN)}
}

// stamp sets the mark of the electronic signature in a box: that the paper is
// signed so, and on a copy by whom, when and with which certificate.
func (w *flow) stamp(s *Stamp, x, width float64, l []lang.Tag) {
	parts := []part{{text: joinTags(say("to-be-signed"), l), style: sans(7.6, deep)}}
	if s != nil {
		parts = stampParts(*s, l)
	}
	c := cell{x + 4*mm, width - 8*mm, "P", l[0], parts}
	h := height(c.lines()) + 3.4*mm
	w.need(h)
	pen := pdf.Pen{Width: 0.7, Color: sky}
	w.page.Frame(w.left+x, w.y, width, h, pen)
	w.page.Fill(sky, [4]float64{w.left + x, w.y, 2.4, h})
	top := w.y
	w.skip(1.7 * mm)
	w.row(c)
	w.y = top + h
}

func stampParts(s Stamp, l []lang.Tag) []part {
	small := sans(7.6, ink)
	line := func(key, value string) part {
		return part{text: joinTags(say(key), l) + ": " + value, style: small, above: 0.5}
	}
	parts := []part{
		{text: joinTags(say("signed"), l), style: sansBold(8, deep)},
		line("signer", s.Signer),
		line("iin", maskIIN(s.IIN)),
		line("serial", s.Serial),
		line("signed-at", moment(s.At)),
	}
	if s.URL != "" {
		parts = append(parts, line("check-at", s.URL))
	}
	return parts
}

// maskIIN leaves the last four digits of an IIN: enough to tell two people of one
// name apart, too little to use it. The first six would be the day of birth.
func maskIIN(iin string) string {
	const shown = 4
	if len(iin) <= shown {
		return strings.Repeat("•", len(iin))
	}
	return strings.Repeat("•", len(iin)-shown) + iin[len(iin)-shown:]
}

// joinTags says one thing in several languages on one line.
func joinTags(x lang.Text, l []lang.Tag) string {
	var all []string
	for _, t := range l {
		if s := x.In(t); len(all) == 0 || s != all[0] {
			all = append(all, s)
		}
	}
	return strings.Join(all, " / ")
}

// A link is an address that a paper shows as text and as a QR code, and what
// stands there.
type link struct {
	label lang.Text
	url   string
}

// foot sets who prepared a paper and where to look further, at the bottom of the
// page.
func (w *flow) foot(e Executor, to link) error {
	c, h := w.footCell(e, to)
	w.skip(4 * mm)
	w.need(h)
	w.y = max(w.y, w.end()-h)
	return w.setFoot(c, h, to)
}

// footHere sets what foot does where the page is filled, for a paper that goes on.
func (w *flow) footHere(e Executor, to link) error {
	c, h := w.footCell(e, to)
	w.skip(5 * mm)
	w.need(h)
	return w.setFoot(c, h, to)
}

// small is how wide and high the code at the foot of a paper is.
const small = 21 * mm

func (w *flow) footCell(e Executor, to link) (cell, float64) {
	c := cell{0, w.inner(), "P", lang.KK, nil}
	least := 0.0
	if to.url != "" {
		least = small
		c.x, c.width = small+4*mm, w.inner()-small-4*mm
		c.parts = append(c.parts, part{text: joinTags(to.label, lang.Official), style: sans(7.6, soft)},
			part{text: to.url, style: sans(7.6, deep), above: 1})
	}
	if e.Name != "" {
		c.parts = append(c.parts, part{text: joinTags(say("executor"), lang.Official) + ": " + e.Name, style: sans(7.6, ink), above: 5},
			part{text: e.Phone, style: sans(7.6, ink), above: 0.5})
	}
	return c, max(least, height(c.lines()))
}

func (w *flow) setFoot(c cell, h float64, to link) error {
	top := w.y
	w.row(c)
	w.y = top + h
	if to.url == "" {
		return nil
	}
	return w.code(w.left, top, small, to.url)
}
