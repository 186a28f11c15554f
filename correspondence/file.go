package correspondence

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A File is what the authority keeps of one request: the request, what was
// answered, and how far it has come.
type File struct {
	ID        string    `json:"id"`
	Region    string    `json:"region"` // whose department, two digits of KATO
	State     State     `json:"state"`
	Request   Request   `json:"request"`
	Words     string    `json:"words"`    // the questions, as the asker put them
	Incoming  Entry     `json:"incoming"` // in the journal of what comes in
	Executor  string    `json:"executor"` // account; empty until assigned
	Due       Due       `json:"due"`
	Draft     *Draft    `json:"draft,omitempty"`
	Outgoing  Entry     `json:"outgoing,omitzero"` // in the journal of what goes out
	Published Published `json:"published,omitzero"`
	Version   int       `json:"version"` // counts the acts; every event has one
}

// An Entry is a line of the chancellery's journal.
type Entry struct {
	Number string        `json:"number"` // 33-вх-2026-000001, 33-исх-2026-000012
	On     calendar.Date `json:"on"`
	By     string        `json:"by"` // who took it in, or sent it, with initials
}

// IsZero reports whether nothing was entered.
func (e Entry) IsZero() bool { return e == Entry{} }

// Due is until when a request has to be answered, and why until then.
type Due struct {
	End   calendar.End  `json:"end"`            // of the term of the law, with the days it skips
	Until calendar.Date `json:"until,omitzero"` // the last day after a prolongation; zero if there was none
	Why   string        `json:"why,omitempty"`  // the reasons of the prolongation
}

// Last returns the last day on which the request can be answered in time.
func (d Due) Last() calendar.Date {
	if !d.Until.IsZero() {
		return d.Until
	}
	return d.End.Last
}

// A Draft is a letter as it was put before the head: its words, and what they
// were counted from.
type Draft struct {
	Paper     document.LetterData `json:"paper"`
	Figures   []Figure            `json:"figures"`
	Cites     []law.Cite          `json:"cites"`
	Employer  lang.Text           `json:"employer"`  // its name, as the letter has it
	Seq       int64               `json:"seq"`       // the last entry of the register it was counted from
	Signatory string              `json:"signatory"` // account of who is to sign
	At        time.Time           `json:"at"`
}

// Published is that a reply was made public, and how. Its zero value says that it
// was not.
type Published struct {
	At     time.Time `json:"at"`
	Naming Naming    `json:"naming"`
	Text   lang.Text `json:"text"` // the body, as the public reads it
}

// IsZero reports whether the reply is not public.
func (p Published) IsZero() bool { return p.At.IsZero() }

// A Naming says whether a published reply names the employer.
type Naming string

// The namings.
const (
	Unnamed Naming = "unnamed"
	Named   Naming = "named"
)

// In says the naming.
func (n Naming) In(t lang.Tag) string { return lang.M("correspondence.naming-" + string(n)).In(t) }

// An Event is the record of an act that was done to a request. Events are
// numbered in their file without gaps and never changed.
type Event struct {
	File    string
	Version int
	Act     Act
	By      party.Actor
	At      time.Time
	From    State
	To      State
	Cite    law.Cite
	Sure    law.Sure
	Late    bool // the term was over
	Note    Note
}

// A Note is what an act was done with.
type Note struct {
	Text     string        `json:"text,omitempty"`     // resolution, remarks, reasons
	Executor string        `json:"executor,omitempty"` // account of who was assigned
	Name     string        `json:"name,omitempty"`     // their name, with initials
	Until    calendar.Date `json:"until,omitzero"`     // the day a term was prolonged to
	Number   string        `json:"number,omitempty"`   // of the journal
}
