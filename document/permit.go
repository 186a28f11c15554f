package document

import (
	"ruqsat/calendar"
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

// Permit returns the permit: one page, A4.
func Permit(d PermitData) ([]byte, error) { return nil, nil }
