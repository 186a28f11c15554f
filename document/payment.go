package document

import (
	"ruqsat/internal/pdf"
	"ruqsat/lang"
)

// A Payment is to whom the fee goes. What is not known stays a line to be filled
// in: an account number is never made up.
type Payment struct {
	Beneficiary    lang.Text // the revenue office
	BeneficiaryBIN string
	Bank           lang.Text
	BIC            string
	IBAN           string
	KBK            string // code of the budget classification
	KNP            string // code of the purpose of payment
	KBE            string // code of the beneficiary
	Purpose        lang.Text
}

// paymentSlip sets what a bank asks, to be cut off below a dashed line.
func (w *flow) paymentSlip(d NoticeData) {
	const slip = 78 * mm // it is not cut in two, but for names of many lines
	p := d.Pay
	w.skip(5 * mm)
	w.need(slip)
	w.page.Line(w.left, w.y, w.left+w.inner(), w.y, pdf.Pen{Width: 0.6, Color: soft, Dash: []float64{3, 2.4}})
	w.skip(2 * mm)
	w.pair("H2", sansBold(9.2, deep), say("payment-slip"))
	w.skip(1.5 * mm)
	w.Begin("Table", "")
	defer w.End()
	w.bankRow(bankCell{"payer", d.To.Name, 0.7}, bankCell{"bin-label", lang.Same(d.To.BIN), 0.3})
	w.bankRow(bankCell{"beneficiary", p.Beneficiary, 0.7}, bankCell{"bin-label", lang.Same(p.BeneficiaryBIN), 0.3})
	w.bankRow(bankCell{"bank", p.Bank, 0.42}, bankCell{"bic", lang.Same(p.BIC), 0.2}, bankCell{"iban", lang.Same(p.IBAN), 0.38})
	w.bankRow(bankCell{"kbk", lang.Same(p.KBK), 0.29}, bankCell{"knp", lang.Same(p.KNP), 0.27}, bankCell{"kbe", lang.Same(p.KBE), 0.22}, bankCell{"sum", lang.Same(tenge(d.Total)), 0.22})
	w.bankRow(bankCell{"purpose", p.Purpose, 1})
	if d.Words.RU != "" {
		w.bankRow(bankCell{"words", d.Words, 1})
	}
}

// A bankCell is one field of the payment slip, under its label.
type bankCell struct {
	label string
	value lang.Text
	share float64
}

func (w *flow) bankRow(fields ...bankCell) {
	w.Begin("TR", "")
	defer w.End()
	var cells []cell
	x := 0.0
	for _, f := range fields {
		width := f.share * w.inner()
		value := []part{{text: blank, style: sansBold(8.6, ink), above: 1}}
		if f.value.In(lang.KK) != "" {
			value = bothParts(f.value, sansBold(8.6, ink))
			value[0].above = 1
		}
		cells = append(cells, cell{x, width - 3*mm, "TD", lang.KK,
			append([]part{{text: joinTags(say(f.label), lang.Official), style: sans(6.8, soft)}}, value...)})
		x += width
	}
	w.row(cells...)
	w.under(0, w.inner())
	w.skip(3.6)
}
