// Package party is about who takes part: employers and the foreigners they want
// to bring, those who represent them, and the people of the authority. It knows
// their numbers and which of them are right.
//
// It does not know what any of them may do in a case: see package procedure.
package party

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// A Role is in what capacity somebody acts.
type Role string

// The roles. The Clock is nobody: it is what happens because time has passed.
const (
	Applicant Role = "applicant" // an employer, or who represents one
	Clerk     Role = "clerk"     // of the chancellery
	Executor  Role = "executor"  // who examines and drafts
	Head      Role = "head"      // of the department, who assigns and signs
	Ministry  Role = "ministry"  // gives out the quota
	Admin     Role = "admin"     // people, offices, calendar
	Clock     Role = "clock"
)

// Roles are the roles an account can have.
var Roles = []Role{Applicant, Clerk, Executor, Head, Ministry, Admin}

// In names the role.
func (r Role) In(t lang.Tag) string { return lang.M("party.role-" + string(r)).In(t) }

// Authority reports whether who acts so works for the department.
func (r Role) Authority() bool { return r == Clerk || r == Executor || r == Head }

// A Name is a person's name as the official languages write it. Patronymic may
// be empty.
type Name struct {
	Surname    string `json:"surname"`
	Given      string `json:"given"`
	Patronymic string `json:"patronymic,omitempty"`
}

// String returns the whole name, surname first.
func (n Name) String() string {
	return strings.Join(strings.Fields(n.Surname+" "+n.Given+" "+n.Patronymic), " ")
}

// Initials returns the surname with initials, as the slip wants it (WKO 142/2017
// ¶ 7(1)): Иванов И. И.
func (n Name) Initials() string {
	s := n.Surname
	for _, part := range []string{n.Given, n.Patronymic} {
		if r := []rune(part); len(r) > 0 {
			s += " " + string(r[0]) + "."
		}
	}
	return s
}

// An Employer is who asks for permits.
type Employer struct {
	BIN     BIN       `json:"bin"`
	Name    lang.Text `json:"name"`
	Region  string    `json:"region"`  // two digits of KATO
	Address string    `json:"address"` // where letters go
	Phone   string    `json:"phone"`
	Email   string    `json:"email"`
	Section string    `json:"section"` // letter of the OKED section; the fee depends on it
	Head    Name      `json:"head"`

	// What the ratio of citizens and the exemptions ask; see employer.go.
	Kind    Kind `json:"kind,omitempty"`
	Size    Size `json:"size,omitempty"`
	Foreign int  `json:"foreign,omitempty"` // per cent of foreign participation
}

// A Worker is a foreigner an employer asks a permit for. Latin names are as the
// passport has them.
type Worker struct {
	Surname       string        `json:"surname"`
	Given         string        `json:"given"`
	SurnameCyr    string        `json:"surname_cyr"`
	GivenCyr      string        `json:"given_cyr"`
	Born          calendar.Date `json:"born"`
	Citizenship   string        `json:"citizenship"` // ISO 3166-1 alpha-2
	Passport      string        `json:"passport"`
	PassportUntil calendar.Date `json:"passport_until"`
	Category      law.Category  `json:"category"`
	PositionRU    string        `json:"position_ru"`
	PositionKK    string        `json:"position_kk"`
	NKZ           string        `json:"nkz"` // group of the national classification of occupations, like 2142-1
	Education     string        `json:"education"`
	Experience    int           `json:"experience"`       // whole years in the speciality
	Permit        string        `json:"permit,omitempty"` // number of the permit to extend or reissue

	Vacancy  string `json:"vacancy,omitempty"`  // publication code of the Electronic Labour Exchange
	Exempt   string `json:"exempt,omitempty"`   // key of the exemption the person falls under, as the applicant says
	Transfer int    `json:"transfer,omitempty"` // whole months at the sending company, for a transfer
}

// Latin returns the name as in the passport.
func (w Worker) Latin() string { return strings.TrimSpace(w.Surname + " " + w.Given) }

// Cyrillic returns the name as the official languages write it.
func (w Worker) Cyrillic() string { return strings.TrimSpace(w.SurnameCyr + " " + w.GivenCyr) }

// An Account is somebody who can sign in.
type Account struct {
	ID       string    `json:"id"`
	Login    string    `json:"login"` // IIN, or BIN of an applicant
	Role     Role      `json:"role"`
	Region   string    `json:"region"` // whose department, two digits of KATO; empty for applicants and the ministry
	IIN      IIN       `json:"iin"`
	BIN      BIN       `json:"bin"` // the employer, for an applicant
	Name     Name      `json:"name"`
	Position lang.Text `json:"position"`
	Phone    string    `json:"phone"`
	Active   bool      `json:"active"`
}

// An Actor is who does an act, in what capacity.
type Actor struct {
	Account string `json:"account"` // empty for the clock
	Role    Role   `json:"role"`
	Region  string `json:"region,omitempty"`
	BIN     BIN    `json:"bin,omitempty"`
	IIN     IIN    `json:"iin,omitempty"`
	Name    Name   `json:"name"`
}

// Actor returns the account as one who acts.
func (a Account) Actor() Actor {
	return Actor{a.ID, a.Role, a.Region, a.BIN, a.IIN, a.Name}
}

// TheClock acts where nobody does.
var TheClock = Actor{Role: Clock}
