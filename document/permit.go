package document

import (
	"ruqsat/calendar"
	"ruqsat/internal/pdf"
	"ruqsat/lang"
	"ruqsat/law"
)

// PermitData is what a permit says.
type PermitData struct {
	From        Letterhead
	Number      string
	Operation   lang.Text // issue, extension, reissue
	Employer    Recipient
	Latin       string // name of the worker as in the passport
	Cyrillic    string // name as the official languages write it
	Born        calendar.Date
	Citizenship lang.Text
	Passport    string
	Category    lang.Text
	Position    lang.Text
	Regions     []lang.Text
	Valid       calendar.Date // first day
	Until       calendar.Date // last day
	Issued      calendar.Date
	Replaces    string // number of the permit that it extends or replaces; may be empty
	Cite        law.Cite
	Signatory   Signatory
	URL         string // of the live status; drawn as QR
}

// scales are how large a permit is set, by turns, until it fits on its page:
// names of two hundred letters are rare, but they are names.
var scales = []float64{1, 0.92, 0.84, 0.76, 0.68, 0.6}

// Permit returns the permit, on one A4 page with a border. Only what is too long
// for a page in the smallest type goes overleaf.
func Permit(d PermitData) ([]byte, error) {
	for i, k := range scales {
		p := permit{begin(certificate, say("permit-name", lang.Args{"number": d.Number}), d.From.Name, noon(d.Issued)), k}
		p.again = func(w *flow) { w.page.Show(border(), 0, 0) }
		p.again(p.flow)
		if err := p.fill(d); err != nil {
			return nil, err
		}
		if len(p.Pages()) == 1 || i == len(scales)-1 {
			return p.finish()
		}
	}
	panic("no scale to set a permit in")
}

// certificate leaves room for the border.
var certificate = frame{pdf.A4Width, pdf.A4Height, 25 * mm, 24 * mm, 27 * mm, 27 * mm}

// A permit is being set, larger or smaller.
type permit struct {
	*flow
	scale float64
}

func (p permit) fill(d PermitData) error {
	p.authority(d.From)
	p.title(d)
	p.person(d)
	p.rows(d)
	p.validity(d)
	return p.bottom(d)
}

func (p permit) up(points float64) { p.skip(points * p.scale) }

// authority sets who issues the permit, the Kazakh left and the Russian right.
func (p permit) authority(h Letterhead) {
	const middle = 20 * mm
	width := (p.inner() - middle) / 2
	at := func(l lang.Tag, x float64) cell {
		return cell{x, width, "P", l, []part{{text: h.Name.In(l), style: serif(8.6*p.scale, ink).to(center)}}}
	}
	top := p.y
	kk, ru := at(lang.KK, 0), at(lang.RU, width+middle)
	tallest := max(height(kk.lines()), height(ru.lines()), 13*mm)
	crest(p.page, p.width/2, top+tallest/2, 14*mm)
	p.row(kk, ru)
	p.y = max(p.y, top+tallest)
	p.up(20)
}

// title sets what it is, its number, and by which act it came.
func (p permit) title(d PermitData) {
	p.middle("H1", lang.KK, serifBold(30*p.scale, deep).apart(5), say("permit-title").KK)
	p.middle("P", lang.RU, serifBold(14*p.scale, deep).apart(4), say("permit-title").RU)
	p.up(3)
	p.middle("P", lang.KK, serif(9.6*p.scale, soft), say("permit-for").KK)
	p.middle("P", lang.RU, serif(9.6*p.scale, soft), say("permit-for").RU)
	p.up(10)
	p.ornamented(sansBold(15*p.scale, ink).apart(0.6), "№ "+d.Number)
	p.up(3)
	p.middle("P", lang.KK, sans(8*p.scale, soft), joinTags(d.Operation, lang.Official))
	if d.Replaces != "" {
		p.middle("P", lang.KK, sans(8*p.scale, soft), joinTags(say("replaces"), lang.Official)+": № "+d.Replaces)
	}
	p.up(17)
}

func (p permit) middle(tag string, l lang.Tag, s style, text string) {
	p.across(tag, l, s.to(center), text)
}

// ornamented sets a line between two gold lines with lozenges.
func (p permit) ornamented(s style, text string) {
	y := p.y + s.lead/2
	half := s.Type.Width(tidy(text))/2 + 5*mm
	if reach := p.inner()/2 - half; reach > 10*mm {
		for _, side := range []float64{-1, 1} {
			from, to := p.width/2+side*half, p.width/2+side*min(p.inner()/2, half+30*mm)
			p.page.Line(from, y, to, y, pdf.Pen{Width: 0.7, Color: gold})
			p.page.FillPath(diamond(from, y, 5, 5), gold)
		}
	}
	p.middle("P", lang.KK, s, text)
}

// person sets the name of the worker, in Latin letters and in Cyrillic.
func (p permit) person(d PermitData) {
	p.middle("P", lang.KK, sans(7.6*p.scale, soft), joinTags(say("worker"), lang.Official))
	p.up(1)
	p.middle("P", "", serifBold(17*p.scale, ink), d.Latin)
	p.middle("P", lang.RU, serif(11.5*p.scale, ink), d.Cyrillic)
	p.up(13)
}

func (p permit) rows(d PermitData) {
	p.Begin("Table", "")
	defer p.End()
	p.field("born", lang.Same(d.Born.Short()))
	p.field("citizenship", d.Citizenship)
	p.field("passport", lang.Same(d.Passport))
	p.field("employer", withBIN(d.Employer))
	p.field("category", d.Category)
	p.field("position", d.Position)
	p.field("region", joined(", ", d.Regions, func(x lang.Text) lang.Text { return x }))
}

func withBIN(r Recipient) lang.Text {
	name := func(l lang.Tag) string {
		return r.Name.In(l) + ", " + unbroken(say("bin", lang.Args{"value": r.BIN}).In(l))
	}
	return lang.Text{KK: name(lang.KK), RU: name(lang.RU)}
}

// field sets a label in both languages, and beside it the value in both.
func (p permit) field(key string, value lang.Text) {
	const named = 40 * mm
	small, large := sans(7.4*p.scale, soft), sansBold(9.6*p.scale, ink)
	label := joinTags(say(key), lang.Official)
	cells := []cell{{0, named - 3*mm, "TH", lang.KK, []part{{text: label, style: small.beside(large)}}}}
	rest := p.inner() - named
	if value.RU == "" || value.RU == value.In(lang.KK) {
		cells = append(cells, cell{named, rest, "TD", lang.KK, []part{{text: value.In(lang.KK), style: large}}})
	} else {
		half := (rest - 5*mm) / 2
		cells = append(cells,
			cell{named, half, "TD", lang.KK, []part{{text: value.KK, style: large}}},
			cell{named + half + 5*mm, half, "TD", lang.RU, []part{{text: value.RU, style: large}}})
	}
	p.Begin("TR", "")
	p.row(cells...)
	p.End()
	p.up(3)
	p.under(0, p.inner())
	p.up(6.5)
}

// validity sets the days between which the permit holds.
func (p permit) validity(d PermitData) {
	p.up(4)
	half := p.inner() / 2
	at := func(key string, day calendar.Date, x float64) cell {
		return cell{x, half - 8*mm, "P", lang.KK, []part{
			{text: joinTags(say(key), lang.Official), style: sans(7.6*p.scale, soft).to(center)},
			{text: day.Short(), style: serifBold(17*p.scale, deep).to(center), above: 1},
		}}
	}
	from, until := at("valid-from", d.Valid, 4*mm), at("valid-until", d.Until, half+4*mm)
	h := height(from.lines()) + 15*p.scale
	p.need(h)
	for _, y := range []float64{p.y, p.y + h - 0.8} {
		p.page.Fill(sky, [4]float64{p.left, y, p.inner(), 0.8})
	}
	p.page.FillPath(diamond(p.width/2, p.y+h/2, 6, 6), gold)
	top := p.y
	p.up(7)
	p.row(from, until)
	p.y = top + h
}

// bottom sets who signed it and when, and the code that tells whether it still
// holds.
func (p permit) bottom(d PermitData) error {
	const size = 31 * mm
	wide := p.inner() - size - 9*mm
	sign := cell{0, wide, "P", lang.KK, p.signParts(d)}
	status := cell{p.inner() - size - 2*mm, size + 4*mm, "P", lang.KK, []part{
		{text: say("check-status").KK, style: sans(6.8, soft).to(center)},
		{text: say("check-status").RU, style: sans(6.8, soft).to(center), above: 1, lang: lang.RU},
	}}
	h := max(height(sign.lines()), size+3*mm+height(status.lines()))
	p.up(8)
	p.need(h)
	p.y = p.end() - h
	top := p.y
	if err := p.code(p.left+p.inner()-size, top, size, d.URL); err != nil {
		return err
	}
	p.row(sign)
	p.y = top + size + 2*mm
	p.row(status)
	return nil
}

func (p permit) signParts(d PermitData) []part {
	k := p.scale
	note := say("permit-note")
	parts := []part{
		{text: joinTags(say("issued-on"), lang.Official) + ": " + d.Issued.Short(), style: sansBold(9*k, ink)},
		{text: d.Signatory.Position.In(lang.KK), style: serif(9*k, ink), above: 6},
		{text: d.Signatory.Position.RU, style: serif(9*k, ink), lang: lang.RU},
		{text: d.Signatory.Name, style: serifBold(11*k, ink), above: 2},
	}
	parts = append(parts, p.mark(d.Signatory.Stamp)...)
	parts = append(parts,
		part{text: note.KK, style: sans(7.8*k, soft), above: 6},
		part{text: note.RU, style: sans(7.8*k, soft), above: 2, lang: lang.RU})
	if d.Cite != "" {
		parts = append(parts, part{
			text:  joinTags(say("cites"), lang.Official) + ": " + joinTags(lang.All(d.Cite), lang.Official),
			style: sans(6.6*k, soft), above: 4,
		})
	}
	return parts
}

// mark is what the permit has of the electronic signature.
func (p permit) mark(s *Stamp) []part {
	if s == nil {
		return []part{{text: joinTags(say("to-be-signed"), lang.Official), style: sans(7.8*p.scale, deep), above: 3}}
	}
	parts := stampParts(*s, lang.Official)
	parts[0].above = 5
	return parts
}
