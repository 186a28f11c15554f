package document

import (
	"ruqsat/calendar"
	"ruqsat/lang"
)

// LetterData is a reply on the authority's letterhead. Package correspondence
// composes it; here it is only set.
type LetterData struct {
	From      Letterhead
	Number    string        // empty leaves a line to fill in
	On        calendar.Date // zero leaves a line
	To        lang.Text     // the addressee, a line each
	Title     lang.Text     // of the PDF; not printed
	Body      []Paragraph
	Signatory Signatory
	Executor  Executor
	Langs     []lang.Tag // the halves, in order; nil is Kazakh, then Russian
	URL       string     // where the letter can be checked; may be empty
}

// A Paragraph of a letter: a text, a list, or a table of figures, in this order
// where it has several.
type Paragraph struct {
	Text  lang.Text
	Items []Item
	Rows  []Row // a label and a figure each
	Bold  bool
}

// An Item of a list. Mark is what stands before it, "1)" or "–".
type Item struct {
	Mark string
	Text lang.Text
}

// A Row is a label and its value; a sum is set off from the rows above it.
type Row struct {
	Label lang.Text
	Value lang.Text
	Sum   bool
}

// Letter returns the letter, one half a language.
func Letter(d LetterData) ([]byte, error) { return nil, nil }
