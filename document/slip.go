package document

import (
	"strconv"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/internal/pdf"
	"ruqsat/lang"
	"ruqsat/law"
)

// SlipData is what the tear-off slip says (WKO 142/2017 ¶ 7(1)).
type SlipData struct {
	From       Letterhead
	Case       string // number
	Code       string // with the number, lets anyone follow the case
	Operation  lang.Text
	Registered time.Time     // in the authority's zone
	ResultBy   calendar.Date // the day of the result
	Receiver   string        // surname and initials of who took the papers
	To         Recipient
	Papers     []lang.Text // what was taken
	Cite       law.Cite    // what the slip rests on
	URL        string      // to follow the case without an account; drawn as QR
}

// aside is the column on the right of a slip, with the code.
const aside = 44 * mm

// Slip returns the slip the applicant tears off and takes home: A5, landscape.
func Slip(d SlipData) ([]byte, error) {
	w := begin(landscape, say("slip-name", lang.Args{"number": d.Case}), d.From.Name, d.Registered)
	w.tearLine()
	w.slipHead(d.From)
	top := w.y
	if err := w.slipAside(d, top); err != nil {
		return nil, err
	}
	w.y, w.right = top, w.right+aside+7*mm
	w.slipTitle(d)
	w.slipDays(d)
	w.slipFacts(d)
	w.slipPapers(d)
	w.right -= aside + 7*mm
	return w.finish()
}

// tearLine shows where the slip is torn off the application.
func (w *flow) tearLine() {
	const y = 4.5 * mm
	w.page.Line(0, y, w.width, y, pdf.Pen{Width: 0.6, Color: soft, Dash: []float64{3, 2.4}})
	t := sans(6.2, soft).Type
	text := joinTags(say("tear"), lang.Official)
	x := w.width - w.right - t.Width(text)
	w.page.Fill(white, [4]float64{x - 6, y - 4, t.Width(text) + 12, 8})
	w.page.Text(x, y+2.2, t, text)
}

func (w *flow) slipHead(h Letterhead) {
	const middle = 16 * mm
	width := (w.inner() - middle) / 2
	at := func(l lang.Tag, x float64) cell {
		return cell{x, width, "P", l, []part{
			{text: h.Name.In(l), style: serifBold(7.8, ink)},
			{text: strings.Join(contacts(Letterhead{Address: h.Address, Phone: h.Phone}, l), ", "), style: sans(6.4, soft), above: 1},
		}}
	}
	top := w.y
	w.row(at(lang.KK, 0), at(lang.RU, width+middle))
	w.y = max(w.y, top+10*mm)
	crest(w.page, w.left+w.inner()/2, top+5.2*mm, 11*mm)
	w.skip(1.5 * mm)
	rule(w.page, w.left, w.y, w.inner())
	w.skip(3.5 * mm)
}

// slipAside sets the code to follow the case with, on the right.
func (w *flow) slipAside(d SlipData, top float64) error {
	x := w.inner() - aside
	const size = 35 * mm
	follow := say("slip-follow")
	c := cell{x + 3*mm, aside - 6*mm, "P", lang.KK, []part{
		{text: joinTags(say("slip-code"), lang.Official), style: sans(6.6, soft).to(center)},
		{text: d.Code, style: sansBold(13, deep).to(center).apart(1.2), above: 1},
		{text: follow.KK, style: sans(6.4, ink).to(center), above: 4},
		{text: follow.RU, style: sans(6.4, ink).to(center), above: 1.5, lang: lang.RU},
	}}
	h := size + height(c.lines()) + 10*mm
	w.page.Fill(skyPale, [4]float64{w.left + x, top, aside, h})
	w.page.Fill(sky, [4]float64{w.left + x, top, aside, 1.4})
	if err := w.code(w.left+x+(aside-size)/2, top+4.5*mm, size, d.URL); err != nil {
		return err
	}
	w.y = top + size + 6.5*mm
	w.row(c)
	return nil
}

func (w *flow) slipTitle(d SlipData) {
	w.across("H1", lang.KK, sansBold(8.4, deep).apart(0.6), joinTags(say("slip-title"), lang.Official))
	w.across("P", lang.KK, serifBold(15, ink), "№ "+d.Case)
	w.across("P", lang.KK, sans(8, soft), joinTags(d.Operation, lang.Official))
	w.skip(1.5 * mm)
}

// slipDays sets the two days the slip is for: of registration and of the result.
func (w *flow) slipDays(d SlipData) {
	const between = 4 * mm
	half := (w.inner() - between) / 2
	at := func(key, value string, x float64) cell {
		return cell{x + 3.5*mm, half - 5*mm, "P", lang.KK, []part{
			{text: joinTags(say(key), lang.Official), style: sans(6.8, soft)},
			{text: value, style: serifBold(12.5, deep), above: 0.5},
		}}
	}
	in := at("slip-registered", moment(d.Registered), 0)
	out := at("slip-result", d.ResultBy.Short(), half+between)
	h := max(height(in.lines()), height(out.lines())) + 3.4*mm
	w.need(h)
	w.ground(0, half, h, skyPale, sky)
	w.ground(half+between, half, h, goldPale, gold)
	top := w.y
	w.skip(1.5 * mm)
	w.row(in, out)
	w.y = top + h + 3*mm
}

func (w *flow) slipFacts(d SlipData) {
	w.Begin("Table", "")
	defer w.End()
	w.slipFact("receiver", lang.Same(d.Receiver))
	w.slipFact("applicant", d.To.Name)
	w.slipFact("bin-label", lang.Same(d.To.BIN))
}

func (w *flow) slipFact(key string, value lang.Text) {
	const named = 38 * mm
	bold := sansBold(8, ink)
	w.Begin("TR", "")
	w.row(
		cell{0, named - 2*mm, "TH", lang.KK, []part{{text: joinTags(say(key), lang.Official), style: sans(6.8, soft).beside(bold)}}},
		cell{named, w.inner() - named, "TD", lang.KK, bothParts(value, bold)},
	)
	w.End()
	w.under(0, w.inner())
	w.skip(3)
}

// slipPapers lists what was taken, so that nobody disputes it later.
func (w *flow) slipPapers(d SlipData) {
	w.skip(0.5 * mm)
	w.across("H2", lang.KK, sans(6.8, soft), joinTags(say("slip-papers"), lang.Official))
	w.skip(0.6)
	width := (w.inner() - 4*mm) / 2
	name := sans(7.4, ink)
	if len(d.Papers) > 4 {
		name = sans(6.4, ink) // a long list still has to fit the page
	}
	for i, p := range d.Papers {
		n := strconv.Itoa(i+1) + ". "
		w.row(
			cell{0, width, "P", lang.KK, []part{{text: n + p.In(lang.KK), style: name}}},
			cell{width + 4*mm, width, "P", lang.RU, []part{{text: n + p.RU, style: name}}},
		)
	}
	if d.Cite != "" {
		w.skip(1 * mm)
		w.across("P", lang.KK, sans(5.6, soft), joinTags(lang.All(d.Cite), lang.Official))
	}
}
