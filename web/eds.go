package web

import (
	"encoding/json"

	"github.com/a-h/templ"

	"ruqsat/office"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/web/asset"
	"ruqsat/web/component"
)

// NCALayerAddress is where NCALayer listens on the signer's own computer.
const NCALayerAddress = "wss://127.0.0.1:13579"

// Usages that a certificate may be asked for.
const (
	usageSigning = "1.3.6.1.5.5.7.3.4" // emailProtection: signing documents
	usageSignIn  = "1.3.6.1.5.5.7.3.2" // clientAuth: signing in
)

// An edsItem is one document for the program to sign, as eds.js reads it.
type edsItem struct {
	Href  string `json:"href,omitempty"`
	Text  string `json:"text,omitempty"` // in place of a file
	Field string `json:"field"`
	Tick  string `json:"tick,omitempty"` // id of the box that must be ticked
}

// An edsWay is signing with NCALayer.
type edsWay struct {
	Address  string
	Items    string // JSON of the documents
	Usages   string // JSON of the usages the certificate must have
	IIN, BIN string // of whom the certificate must be
	Training bool   // test keys may be chosen
	Button   string
}

// edsMessages are what the page may say besides the way, by the names eds.js gives
// them.
var edsMessages = []string{"busy", "cancelled", "away", "old", "ended", "paper", "nothing", "other"}

// ncalayer is the way to sign documents with NCALayer, for who is signed in.
func (s *Site) ncalayer(q request, items []edsItem, button string) edsWay {
	want := office.Signer(q.actor())
	return edsWay{
		Address: s.ncalayerAddress(), Items: encoded(items), Usages: encoded([]string{usageSigning}),
		IIN: string(want.IIN), BIN: string(want.BIN), Training: s.Training != nil, Button: button,
	}
}

// encoded is v in JSON; nothing it is given can fail.
func encoded(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func (s *Site) ncalayerAddress() string {
	if s.NCALayer != "" {
		return s.NCALayer
	}
	return NCALayerAddress
}

// reachNCALayer lets the page talk to NCALayer, which the policy of other pages
// forbids. It must come before anything of the answer is sent.
func (s *Site) reachNCALayer(q request) {
	q.w.Header().Set("Content-Security-Policy", asset.Policy+"; connect-src 'self' "+s.ncalayerAddress())
}

// signed reads a signature that came in a field as text: PEM or base64. It is DER
// from here on; what cannot be read is left for the examination to refuse.
func signedText(text string) []byte {
	der, err := cms.Unwrap([]byte(text))
	if err != nil {
		return []byte(text)
	}
	return der
}

// edsBeside is the way to sign with NCALayer, before what else a form has.
func (s *Site) edsBeside(q request, p component.Page, documents []component.Unsigned, more ...templ.Component) templ.Component {
	var items []edsItem
	for _, d := range documents {
		items = append(items, edsItem{Href: p.Href(d.Href), Field: d.Field})
	}
	return templ.Join(append(more, edsBox(p, s.ncalayer(q, items, p.T("web.eds-sign"))))...)
}

// outcomeColours are the marks of what was found of a signature.
var outcomeColours = map[signature.Outcome]component.Colour{
	signature.Valid: component.Green, signature.Invalid: component.Red, signature.Undetermined: component.Amber,
}

// receipt sends the receipt of what was filed: the paper, or the form that
// `ruqsat verify` checks.
func (s *Site) receipt(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	pdf, err := s.Office.ReceiptPaper(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendPDF(q, "receipt.pdf", pdf)
}

func (s *Site) receiptData(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	raw, err := s.Office.Receipt(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendAs(q, "application/json", `attachment; filename="receipt.json"`, raw)
}
