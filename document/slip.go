package document

import (
	"time"

	"ruqsat/calendar"
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

// Slip returns the slip the applicant gets for a package: A5, landscape.
func Slip(d SlipData) ([]byte, error) { return nil, nil }
