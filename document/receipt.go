package document

import (
	"strconv"
	"strings"
	"time"

	"ruqsat/lang"
)

// ReceiptData is what the receipt of an application says: what was filed, who signed
// it, and where the authority's log has it.
type ReceiptData struct {
	From      Letterhead
	To        Recipient
	Case      string    // identifier of the submission
	Number    string    // of the case; empty until it is registered
	Filed     time.Time // in the authority's zone
	Made      time.Time // when this paper was made
	Operation lang.Text
	Papers    []ReceiptPaper
	Files     []File
	Seal      *Seal  // nil where the log is not signed
	URL       string // to follow the case; drawn as QR
}

// A ReceiptPaper is a signed paper of the application.
type ReceiptPaper struct {
	Name      lang.Text
	SHA256    string // of its bytes, in hexadecimal
	Signature string // SHA-256 of the signature as it was received
	Signer    Stamp
	Algorithm string
	Checks    lang.Text // names of the checks it has passed
	TimeStamp lang.Text // its time and by whom, or that there is none
}

// A Seal is the signed checkpoint of the log that covers the filing, with the proof.
type Seal struct {
	Leaf       int64 // place of the leaf of the filing
	Registered int64 // place of the leaf of the registration; negative until then
	Size       int64 // leaves under the checkpoint
	Root       string
	Key        string   // that signed the checkpoint
	Proof      []string // from the leaf to the root
}

// Receipt returns the receipt of an application, in both official languages.
func Receipt(d ReceiptData) ([]byte, error) {
	w := begin(upright, say("receipt-title"), d.From.Name, d.Made)
	w.letterhead(d.From)
	w.pair("H1", serifBold(13, deep), say("receipt-title"))
	w.skip(3 * mm)
	w.receiptFacts(d)
	w.heading(say("receipt-papers"))
	for _, p := range d.Papers {
		w.receiptPaper(p)
	}
	w.receiptFiles(d.Files)
	w.seal(d.Seal)
	if err := w.footHere(Executor{}, link{say("follow"), d.URL}); err != nil {
		return nil, err
	}
	return w.finish()
}

func (w *flow) receiptFacts(d ReceiptData) {
	w.Begin("Table", "")
	defer w.End()
	w.fact(say("receipt-filed"), lang.Same(d.Filed.Format("02.01.2006, 15:04:05")), strong())
	w.fact(say("receipt-submission"), lang.Same(d.Case), sansBold(6.6, ink))
	if d.Number != "" {
		w.fact(say("receipt-case"), lang.Same(d.Number), strong())
	}
	w.fact(say("applicant"), d.To.Name, strong())
	w.fact(say("bin-label"), lang.Same(d.To.BIN), strong())
	w.fact(say("receipt-operation"), d.Operation, strong())
	w.fact(say("made"), lang.Same(moment(d.Made)), strong())
}

// named is a label in both languages beside a value that has none.
func (w *flow) named(label lang.Text, value ...part) { w.namedIn(46*mm, label, value...) }

// namedIn is named with a label so wide.
func (w *flow) namedIn(width float64, label lang.Text, value ...part) {
	w.Begin("TR", "")
	w.row(
		cell{0, width - 3*mm, "TH", lang.KK, stacked(label, lang.Official, sans(7.6, ink).beside(strong()), sans(6.8, soft))},
		cell{width, w.inner() - width, "TD", lang.KK, value},
	)
	w.End()
	w.under(0, w.inner())
	w.skip(4)
}

// sums sets a long digest so that it can be compared: in groups of eight.
func sums(hexadecimal string) part {
	var groups []string
	for rest := hexadecimal; rest != ""; {
		n := min(8, len(rest))
		groups, rest = append(groups, rest[:n]), rest[n:]
	}
	return part{text: strings.Join(groups, " "), style: sans(7, ink)}
}

func (w *flow) receiptPaper(p ReceiptPaper) {
	w.Begin("Table", "")
	defer w.End()
	w.named(say("sheet-document"), bothParts(p.Name, strong())...)
	w.named(say("receipt-sum"), sums(p.SHA256))
	w.named(say("receipt-signature"), sums(p.Signature))
	w.named(say("signer"), part{text: p.Signer.Signer, style: strong()},
		part{text: maskIIN(p.Signer.IIN), style: sans(7.6, soft), above: 1})
	w.named(say("serial"), part{text: p.Signer.Serial, style: sans(7.6, ink)})
	w.named(say("signed-at"), part{text: p.Signer.At.Format("02.01.2006, 15:04:05"), style: strong()},
		part{text: p.Algorithm, style: sans(7.6, soft), above: 1})
	w.named(say("receipt-stamp"), bothParts(p.TimeStamp, sans(7.8, ink))...)
	w.named(say("receipt-checks"), bothParts(p.Checks, sans(7.8, ink))...)
}

func (w *flow) receiptFiles(all []File) {
	if len(all) == 0 {
		return
	}
	w.heading(say("files"))
	w.Begin("Table", "")
	defer w.End()
	for _, f := range all {
		w.namedIn(80*mm, f.Kind, part{text: f.Name + ", " + size(f.Size, lang.RU), style: sansBold(7.8, ink), lang: lang.RU}, sums(f.SHA256))
	}
}

// seal sets where the log has the filing, and the hashes with which anybody can see
// that it does.
func (w *flow) seal(s *Seal) {
	w.heading(say("receipt-seal"))
	if s == nil {
		w.pair("P", body(), say("receipt-no-seal"))
		return
	}
	w.pair("P", body(), say("receipt-sealed"))
	w.skip(2 * mm)
	w.Begin("Table", "")
	w.named(say("receipt-leaf"), part{text: strconv.FormatInt(s.Leaf, 10), style: strong()})
	if s.Registered >= 0 {
		w.named(say("receipt-registered"), part{text: strconv.FormatInt(s.Registered, 10), style: strong()})
	}
	w.named(say("receipt-size"), part{text: strconv.FormatInt(s.Size, 10), style: strong()})
	w.named(say("receipt-root"), part{text: s.Root, style: sans(7.4, ink)})
	w.named(say("receipt-key"), part{text: s.Key, style: sans(7.4, ink)})
	w.named(say("receipt-proof"), proofParts(s.Proof)...)
	w.End()
	w.skip(2 * mm)
	w.pair("P", serif(8.4, soft), say("receipt-check"))
}

func proofParts(hashes []string) []part {
	parts := make([]part, 0, len(hashes))
	for _, h := range hashes {
		parts = append(parts, part{text: h, style: sans(6.8, ink), above: 0.5})
	}
	if len(parts) == 0 {
		parts = append(parts, part{text: "–", style: sans(7.6, soft)})
	}
	return parts
}
