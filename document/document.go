// Package document sets the authority's papers as PDF: the slip, the written
// return, the notice of grant with its payment slip, the refusal, the permit, the
// reply letter, the application as filed, and the sheet of a signature.
//
// Each form is a pure function from its data to bytes: the same data give the
// same bytes, for ever, so that a signature over a draft is a signature over the
// paper (see package signature). Every paper speaks both official languages from
// one structure. The package decides nothing and looks nothing up: what a paper
// says about a case comes in its data, the standing words from the catalog.
//
// Characters the fonts do not have are an error, never a gap: see [Unprintable].
//
// Start at [Permit]; how a page is filled is in flow.go.
package document

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// A Letterhead is whose paper it is, as it stands at the top: the Kazakh left,
// the Russian right.
type Letterhead struct {
	Name    lang.Text
	Address lang.Text
	Phone   string
	Fax     string // may be empty
	BIN     string
	Email   string // may be empty
}

// A Recipient is who a paper is made out to.
type Recipient struct {
	Name    lang.Text // of the employer, in both official languages where they have both
	BIN     string
	Address lang.Text // may be empty
}

// A Signatory is who signs a paper.
//
// The bytes that are signed say that they are signed electronically, and by
// whom; they cannot hold the signature, which is made over them. A copy for
// paper is the same form made again with the Stamp set.
type Signatory struct {
	Name     string // with initials
	Position lang.Text
	Stamp    *Stamp // nil in the bytes that are signed
	Unsigned bool   // the paper bears no electronic signature, and does not say that it will
}

// A Stamp is what a copy shows of a signature.
type Stamp struct {
	Signer string    // name as in the certificate
	IIN    string    // shown but for the last four digits
	Serial string    // of the certificate
	At     time.Time // in the zone the paper is to show
	URL    string    // where the signature can be checked
}

// An Executor is who prepared a paper: the line at its foot. May be empty.
type Executor struct {
	Name  string // with initials
	Phone string
}

// A Paper is what the papers of a case have in common: return, notice, refusal.
type Paper struct {
	From      Letterhead
	Number    string        // of the paper in the journal; empty leaves a line to fill in
	On        calendar.Date // of the paper; zero leaves a line
	Case      string        // number of the case
	Applied   calendar.Date // the day the package was handed in
	Operation lang.Text     // "issue of a permit", as a noun in the nominative
	To        Recipient
	Cites     []law.Cite // what the paper rests on
	Appeal    lang.Text  // how the decision can be appealed; empty leaves it out
	Signatory Signatory
	Executor  Executor
	URL       string // where the case can be followed; drawn as QR
}

// A Point is one reason of a return or one ground of a refusal.
type Point struct {
	Text lang.Text // what is missing, expired or wrong
	Cure lang.Text // what would mend it
	Cite law.Cite
}
