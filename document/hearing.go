package document

import "ruqsat/lang"

// CorrectionData is what a request for a correction says.
type CorrectionData struct {
	Paper
	Parts   lang.Text // what is to be corrected
	Reasons string    // in the words of the executor
	Until   lang.Text // the last day
}

// Correction returns the letter that asks the applicant to put a package right.
func Correction(d CorrectionData) ([]byte, error) {
	title := say("correction-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("correction-intro", lang.Args{"parts": d.Parts}))
	w.skip(1.5 * mm)
	w.words(d.Reasons)
	w.skip(2 * mm)
	w.pair("P", body(), say("correction-after", lang.Args{"day": d.Until}))
	return w.close(d.Paper)
}

// InvitationData is what the call to a hearing says (APPC art. 73).
type InvitationData struct {
	Paper
	Grounds []Point
	Reasons string    // the preliminary decision, in the words of the executor
	When    lang.Text // day and time
	Place   string
	Moves   []lang.Text // requests to postpone it, and what became of them
}

// Invitation returns the call to a hearing: what is meant to be decided and why,
// where and when the applicant is heard, and what else they may do.
func Invitation(d InvitationData) ([]byte, error) {
	title := say("invitation-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("invitation-intro"))
	w.points(d.Grounds)
	w.titledWords(say("invitation-reasons"), d.Reasons)
	w.titled(say("invitation-when"), say("invitation-place", lang.Args{"moment": d.When, "place": d.Place}))
	w.moves(d.Moves)
	w.skip(2 * mm)
	w.pair("P", body(), say("invitation-after"))
	return w.close(d.Paper)
}

// ProtocolData is what the protocol of a hearing says.
type ProtocolData struct {
	Paper
	Began      lang.Text // day and time
	Place      string
	Present    string // in the words of the executor; empty where nobody came
	Said       string
	Objections []string
	Moves      []lang.Text
}

// Protocol returns the protocol of a hearing: who was there, when, what was said
// and what the applicant objects.
func Protocol(d ProtocolData) ([]byte, error) {
	title := say("protocol-title")
	w := begin(upright, title, d.From.Name, noon(d.On))
	w.paperHead(d.Paper, title)
	w.pair("P", body(), say("invitation-place", lang.Args{"moment": d.Began, "place": d.Place}))
	w.moves(d.Moves)
	if d.Present == "" {
		w.titled(say("protocol-present"), say("protocol-nobody"))
	} else {
		w.titledWords(say("protocol-present"), d.Present)
	}
	w.titledWords(say("protocol-said"), d.Said)
	if len(d.Objections) > 0 {
		w.heading(say("protocol-objections"))
		var all []Objection
		for _, o := range d.Objections {
			all = append(all, Objection{Text: o})
		}
		w.objections(all)
	}
	return w.close(d.Paper)
}

// moves sets how a hearing was asked to be postponed.
func (w *flow) moves(all []lang.Text) {
	if len(all) == 0 {
		return
	}
	w.heading(say("hearing-moves"))
	for _, m := range all {
		w.pair("P", body(), m)
	}
}
