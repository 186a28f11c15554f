package document

import (
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// NoticeData is what the notice of grant says, stage 1 of WKO 142/2017 ¶ 7(3).
type NoticeData struct {
	Paper
	Extends bool // it is of an extension
	Grants  []Grant
	Fees    []Fee
	Total   int64         // tenge
	Words   lang.Text     // the total in words; may be empty
	PayBy   calendar.Date // last day to prove payment; zero where it depends on when the notice arrives
	PayTerm lang.Text     // "10 working days"
	Pay     Payment
}

// A Grant is one permit that will be issued.
type Grant struct {
	Worker   string // name as in the passport
	Citizen  lang.Text
	Position lang.Text
	Category lang.Text
	Months   int // of the permit; 0 leaves it out
}

// A Fee is how a part of the fee comes about: indices × index × permits.
type Fee struct {
	Category lang.Text
	Permits  int
	Indices  int   // rate for one permit
	Index    int64 // tenge, of the day of payment
	Tenge    int64
}

// Notice returns the notice of grant: what will be granted, what it costs and
// why, until when payment can be proved, and the slip to pay with.
func Notice(d NoticeData) ([]byte, error) {
	title := say("notice-title")
	if d.Extends {
		title = say("notice-title-extension")
	}
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("notice-intro"))
	w.grants(d.Grants)
	w.heading(say("fee"))
	w.fees(d)
	w.payBy(d)
	w.pair("P", body(), say("notice-otherwise"))
	w.skip(1.5 * mm)
	w.pair("P", serif(8.4, soft), say("notice-index"))
	w.conclude(d.Paper)
	if err := w.footHere(d.Executor, d.link()); err != nil {
		return nil, err
	}
	w.paymentSlip(d)
	return w.finish()
}

// A column of a table over the whole width, as a share of it.
type column struct {
	title lang.Text
	share float64
	align align
}

// header sets the titles of columns, in both languages.
func (w *flow) header(cols []column) {
	w.need(16 * mm)
	w.skip(2 * mm)
	w.Begin("TR", "")
	w.row(w.cells(cols, "TH", func(i int) []part {
		return []part{{text: joinTags(cols[i].title, lang.Official), style: sans(7.2, soft).to(cols[i].align)}}
	})...)
	w.End()
	w.page.Fill(sky, [4]float64{w.left, w.y + 1.5, w.inner(), 0.8})
	w.skip(4)
}

// cells lays columns side by side.
func (w *flow) cells(cols []column, tag string, parts func(i int) []part) []cell {
	const between = 2.5 * mm
	var out []cell
	x := 0.0
	for i, c := range cols {
		width := c.share * w.inner()
		out = append(out, cell{x, width - between, tag, lang.KK, parts(i)})
		x += width
	}
	return out
}

// line sets one line of a table, with a hairline beneath.
func (w *flow) line(cols []column, values []lang.Text, first style) {
	w.Begin("TR", "")
	w.row(w.cells(cols, "TD", func(i int) []part { return bothParts(values[i], first.to(cols[i].align)) })...)
	w.End()
	w.under(0, w.inner())
	w.skip(4)
}

// bothParts sets a value in Kazakh with the Russian under it, once if they are
// the same.
func bothParts(x lang.Text, s style) []part {
	second := s
	second.Color = soft
	return stacked(x, lang.Official, s, second)
}

func (w *flow) grants(all []Grant) {
	w.Begin("Table", "")
	defer w.End()
	cols := []column{
		{lang.Same("№"), 0.05, left}, {say("worker"), 0.23, left}, {say("citizenship"), 0.14, left},
		{say("position"), 0.24, left}, {say("category"), 0.24, left}, {say("months"), 0.10, right},
	}
	w.header(cols)
	for i, g := range all {
		months := "–"
		if g.Months > 0 {
			months = strconv.Itoa(g.Months)
		}
		w.line(cols, []lang.Text{
			lang.Same(strconv.Itoa(i + 1)), lang.Same(g.Worker), g.Citizen, g.Position, g.Category, lang.Same(months),
		}, sans(8, ink))
	}
}

func (w *flow) fees(d NoticeData) {
	w.Begin("Table", "")
	defer w.End()
	cols := []column{{say("category"), 0.34, left}, {say("formula"), 0.42, left}, {say("sum"), 0.24, right}}
	w.header(cols)
	for _, f := range d.Fees {
		formula := say("fee-formula", lang.Args{"indices": f.Indices, "index": tenge(f.Index), "permits": f.Permits})
		w.line(cols, []lang.Text{f.Category, formula, lang.Same(tenge(f.Tenge))}, sans(8.2, ink))
	}
	w.line(cols, []lang.Text{say("total"), d.Words, lang.Same(tenge(d.Total))}, sansBold(8.8, ink))
}

// payBy sets the day after which it is too late, so that nobody can miss it.
func (w *flow) payBy(d NoticeData) {
	w.skip(3 * mm)
	width := (w.inner() - gutter) / 2
	label, large, small := say("pay-by"), lang.All(d.PayBy), say("pay-term", lang.Args{"term": d.PayTerm})
	if d.PayBy.IsZero() {
		label, large, small = say("pay-within"), d.PayTerm, say("pay-counted")
	}
	at := func(l lang.Tag, x float64) cell {
		return cell{x + 4*mm, width - 6*mm, "P", l, []part{
			{text: label.In(l), style: sans(8, soft)},
			{text: large.In(l), style: serifBold(13, deep), above: 1},
			{text: small.In(l), style: sans(7.8, soft), above: 2},
		}}
	}
	kk, ru := at(lang.KK, 0), at(lang.RU, width+gutter)
	h := max(height(kk.lines()), height(ru.lines())) + 5*mm
	w.need(h)
	w.ground(0, w.inner(), h, goldPale, gold)
	top := w.y
	w.skip(2.2 * mm)
	w.row(kk, ru)
	w.y = top + h
	w.skip(3.5 * mm)
}

// tenge writes an amount as both official languages do: 310 853 ₸.
func tenge(v int64) string {
	s := strconv.FormatInt(v, 10)
	sign := ""
	if v < 0 {
		sign, s = "–", s[1:]
	}
	var groups []string
	for len(s) > 3 {
		groups = append([]string{s[len(s)-3:]}, groups...)
		s = s[:len(s)-3]
	}
	return sign + strings.Join(append([]string{s}, groups...), "\u00a0") + "\u00a0₸"
}
