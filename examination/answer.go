package examination

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// A Register is a register of another body.
type Register string

// The registers.
const (
	Entities  Register = "entities"  // legal entities, the state database
	Persons   Register = "persons"   // natural persons, the state database
	Vacancies Register = "vacancies" // the Electronic Labour Exchange
	Offences  Register = "offences"  // the unified register of administrative proceedings
	Treasury  Register = "treasury"  // payments to the budget
)

// Registers are all registers.
var Registers = []Register{Entities, Persons, Vacancies, Offences, Treasury}

// In names the register.
func (r Register) In(t lang.Tag) string { return lang.M("examination.register-" + string(r)).In(t) }

// A Status is what sort of answer it is.
type Status string

// The statuses.
const (
	Found Status = "found" // here is what the register has
	None  Status = "none"  // the register has nothing
	Down  Status = "down"  // it did not answer, or not so that it could be read
	Seen  Status = "seen"  // somebody looked elsewhere and says what they saw
)

// In names the status.
func (s Status) In(t lang.Tag) string { return lang.M("examination.status-" + string(s)).In(t) }

// A Question is what is asked of a register.
type Question struct {
	Register Register `json:"register"`
	Subject  string   `json:"subject"` // a BIN, a person, a code; see [Questions]
}

// An Answer is what a register said to a question, or why it said nothing.
type Answer struct {
	Question
	Status Status          `json:"status"`
	At     time.Time       `json:"at"`
	Reply  json.RawMessage `json:"reply,omitempty"` // as it came, if it was found
	Why    string          `json:"why,omitempty"`   // of one that is down; see package external
	Seen   Sight           `json:"seen,omitzero"`   // of one that was looked up elsewhere
	By     party.Actor     `json:"by"`              // who asked, or looked
}

// A Sight is what an official saw elsewhere while a register was down.
type Sight struct {
	Result Outcome       `json:"result,omitempty"` // OK or Problem
	Source string        `json:"source,omitempty"` // where they looked
	On     calendar.Date `json:"on,omitzero"`      // when
	Words  string        `json:"words,omitempty"`  // what they saw
}

// FreshFor is how long an answer is trusted (assumed): over a weekend, and not
// over the term in which a case is decided.
const FreshFor = 3 * 24 * time.Hour

// Evidence is the answer as a finding keeps it.
func (a Answer) Evidence() procedure.Evidence {
	e := procedure.Evidence{Source: lang.M("examination.register-" + string(a.Register)), Subject: a.Subject, At: a.At, Reply: string(a.Reply)}
	switch a.Status {
	case Seen:
		e.Source = lang.M("examination.seen-at", lang.Args{"register": a.Register, "source": a.Seen.Source, "day": a.Seen.On})
		e.Reply = a.Seen.Words
	case None:
		e.Reply = "none"
	case Down:
		e.Reply = a.Why
	}
	return e
}

// Read reads the record of an answer that was found.
func Read[T any](a Answer) (T, bool) {
	var record T
	if a.Status != Found || json.Unmarshal(a.Reply, &record) != nil {
		return record, false
	}
	return record, true
}

// PersonKey is how a person is told from others: citizenship and passport,
// whatever spaces and small letters it was typed with.
func PersonKey(citizenship, passport string) string {
	return citizenship + " " + strings.ToUpper(strings.Join(strings.Fields(passport), ""))
}

// PaymentSubject is how a payment is asked for: payer and case.
func PaymentSubject(bin party.BIN, number string) string { return string(bin) + " " + number }

// Questions returns what there is to ask about an application: the employer and
// its offences, each person, each vacancy the law of the day wants posted.
func Questions(f File) []Question {
	a := f.Application
	list := []Question{{Entities, string(a.Employer.BIN)}, {Offences, string(a.Employer.BIN)}}
	_, posting := law.ConditionOn(law.VacancyDays, f.On)
	for _, w := range a.Workers {
		list = append(list, Question{Persons, PersonKey(w.Citizenship, w.Passport)})
		if code := strings.TrimSpace(w.Vacancy); posting && asksVacancy(a) && code != "" {
			list = append(list, Question{Vacancies, code})
		}
	}
	slices.SortStableFunc(list, func(a, b Question) int {
		return slices.Index(Registers, a.Register) - slices.Index(Registers, b.Register)
	})
	return slices.CompactFunc(list, func(a, b Question) bool { return a == b })
}

func asksVacancy(a procedure.Application) bool {
	return a.Operation == law.Issue && a.Scheme == law.Regional
}

// answer returns the last answer to a question that says something; if none does,
// the last that is down. It reports false if nobody has asked.
func (f File) answer(r Register, subject string) (Answer, bool) {
	var last Answer
	found := false
	for _, a := range f.Answers {
		if a.Register == r && a.Subject == subject && (!found || a.Status != Down || last.Status == Down || f.stale(last)) {
			last, found = a, true
		}
	}
	return last, found
}

// Stale reports whether an answer is too old to be trusted.
func (a Answer) Stale(now time.Time) bool { return now.Sub(a.At) > FreshFor }

func (f File) stale(a Answer) bool { return a.Stale(f.Now) }

// ask returns a fresh answer, or the finding that says why there is none to rely
// on. A day that nobody could ask is said with what it does to the term.
func (f File) ask(r law.Rule, to Register, subject string) (Answer, *Finding) {
	if x, not := f.unread(r, to); not {
		return Answer{}, &x
	}
	a, asked := f.answer(to, subject)
	args := lang.Args{"register": to, "subject": subject}
	var x Finding
	switch {
	case !asked:
		x = find(r, Unknown, "examination.not-asked", args).cured("examination.ask")
	case a.Status == Down:
		x = find(r, Unknown, "examination.down", args).cured("examination.look-elsewhere").by(a)
	case f.stale(a):
		args["day"] = f.day(a.At)
		x = find(r, Unknown, "examination.stale", args).cured("examination.ask-again").by(a)
	case a.Status == Seen:
		x = find(r, a.Seen.Result, "examination.seen", lang.Args{"register": to, "words": a.Seen.Words}).by(a)
	default:
		return a, nil
	}
	return a, &x
}

// day returns the day of a moment in the region.
func (f File) day(t time.Time) calendar.Date {
	cal, err := law.CalendarFor(f.Region)
	if err != nil {
		return calendar.DateOf(t.Year(), t.Month(), t.Day())
	}
	return cal.Day(t)
}

// asker is who asks where nobody said: an official.
func (f File) asker() party.Role {
	if f.Asking == "" {
		return party.Executor
	}
	return f.Asking
}

// unread says that a register is the authority's to ask.
func (f File) unread(r law.Rule, to Register) (Finding, bool) {
	if f.asker() != party.Applicant || to != Persons {
		return Finding{}, false
	}
	return find(r, Unknown, "examination.authority-asks", lang.Args{"register": to}), true
}
