package document

import (
	"ruqsat/calendar"
	"ruqsat/lang"
)

// NoticeData is what the notice of grant says, stage 1 of WKO 142/2017 ¶ 7(3).
type NoticeData struct {
	Paper
	Grants  []Grant
	Fees    []Fee
	Total   int64         // tenge
	Words   lang.Text     // the total in words; may be empty
	PayBy   calendar.Date // last day to prove payment
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

// Notice returns the notice of grant, with the payment slip.
func Notice(d NoticeData) ([]byte, error) { return nil, nil }
