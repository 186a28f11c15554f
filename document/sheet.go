package document

import (
	"time"

	"ruqsat/lang"
)

// SheetData is what the signature sheet says of a signed document.
type SheetData struct {
	From   Letterhead
	Title  lang.Text // of the document
	Number string
	SHA256 string // of the signed bytes, in hexadecimal
	Stamps []Stamp
	Made   time.Time // when the sheet was made
	URL    string    // where document and signatures can be checked; drawn as QR
}

// Sheet returns a sheet about the signatures of a document: who signed which
// bytes, when and with which certificate. It goes with a printed copy; the
// signatures themselves stay with the bytes.
func Sheet(d SheetData) ([]byte, error) { return nil, nil }
