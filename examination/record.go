package examination

import (
	"ruqsat/calendar"
	"ruqsat/party"
)

// What registers have; docs/registers.md tells how it is sent.

// An Entity is a legal entity as its register has it.
type Entity struct {
	BIN     party.BIN     `json:"bin"`
	NameRU  string        `json:"name_ru"`
	NameKK  string        `json:"name_kk"`
	Active  bool          `json:"active"`
	Kind    party.Kind    `json:"kind"`
	Size    party.Size    `json:"size"`
	Foreign int           `json:"foreign"` // per cent of foreign participation
	Since   calendar.Date `json:"since,omitzero"`
}

// A Person is a foreigner as the register has them.
type Person struct {
	Citizenship string        `json:"citizenship"`
	Passport    string        `json:"passport"`
	Surname     string        `json:"surname"`
	Given       string        `json:"given"`
	Born        calendar.Date `json:"born,omitzero"`
	Exempt      string        `json:"exempt,omitempty"` // key of an exemption, such as kandas
}

// A Vacancy is a vacancy as the labour exchange has it.
type Vacancy struct {
	Code     string        `json:"code"`
	BIN      party.BIN     `json:"bin"`
	Position string        `json:"position"`
	Posted   calendar.Date `json:"posted"`
}

// Proceedings are the offences of an employer.
type Proceedings struct {
	BIN      party.BIN `json:"bin"`
	Offences []Offence `json:"offences"`
}

// An Offence is one finding against an employer. Kind is without-permit or
// other-profession for those that bar new permits.
type Offence struct {
	Number string        `json:"number"`
	Kind   string        `json:"kind"`
	On     calendar.Date `json:"on"`
}

// Payments are what the treasury has of a payer for a case.
type Payments struct {
	BIN      party.BIN `json:"bin"`
	Case     string    `json:"case"` // number of the case in the purpose
	Payments []Payment `json:"payments"`
}

// A Payment is one payment that reached the budget.
type Payment struct {
	Reference string        `json:"reference"`
	On        calendar.Date `json:"on"`
	Sum       int64         `json:"sum"` // tenge
}
