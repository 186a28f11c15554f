// Package complaint is what becomes of a complaint against a decision, or against
// none having been made.
//
// Under the Administrative Procedural Code (art. 91) it goes to the body that
// acted, which within three working days grants it or forwards it with the file to
// the higher body, and that decides. Before the Code the authority answered itself
// (Law on State Services; WKO 142/2017 ¶ 12). A complaint that comes late is taken
// all the same, with the reason, since the term can be restored (art. 92).
//
// [Steps] is the whole of it. It decides, it does not save: see package store.
// Start at [Receive], then [Perform].
package complaint

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// A State is where a complaint stands.
type State string

// The states.
const (
	Received  State = "received"  // stamped: number, day, receiver, place and term of the answer
	Granted   State = "granted"   // by the body that acted
	Forwarded State = "forwarded" // to the higher body, with the file
	Decided   State = "decided"   // by the higher body, or before the Code by the authority
	Withdrawn State = "withdrawn"
)

// States are all states.
var States = []State{Received, Granted, Forwarded, Decided, Withdrawn}

// In names the state.
func (s State) In(t lang.Tag) string { return lang.M("complaint.state-" + string(s)).In(t) }

// Open reports whether anything can still happen.
func (s State) Open() bool { return s == Received || s == Forwarded }

// An About is what a complaint is against.
type About string

// What one complains of.
const (
	Refusal   About = "refusal"    // a refusal of the permit
	Return    About = "return"     // that the package was returned
	PermitAct About = "permit-act" // suspension or revocation of a permit
	Delay     About = "delay"      // that nothing was decided in time
	Treatment About = "treatment"  // how officials acted
	Otherwise About = "other"
)

// Abouts are all of them.
var Abouts = []About{Refusal, Return, PermitAct, Delay, Treatment, Otherwise}

// In names what is complained of.
func (a About) In(t lang.Tag) string { return lang.M("complaint.about-" + string(a)).In(t) }

// An Outcome is what a decision makes of a complaint.
type Outcome string

// The outcomes.
const (
	Upheld   Outcome = "upheld"   // the complaint is right
	Partly   Outcome = "partly"   // in part
	Rejected Outcome = "rejected" // it is not
)

// Outcomes are all outcomes.
var Outcomes = []Outcome{Upheld, Partly, Rejected}

// In names the outcome.
func (o Outcome) In(t lang.Tag) string { return lang.M("complaint.outcome-" + string(o)).In(t) }

// An Effect is what a decision means for the case or the permit.
type Effect string

// The effects. A refusal or a return that is cancelled, or that is to be decided
// anew, reopens its case: see procedure.Reopen.
const (
	NoEffect  Effect = "none"
	Cancelled Effect = "cancelled" // the decision is cancelled
	Anew      Effect = "anew"      // it is to be decided anew
	Made      Effect = "made"      // what was omitted is to be done
)

// Effects are all effects.
var Effects = []Effect{NoEffect, Cancelled, Anew, Made}

// In names the effect.
func (e Effect) In(t lang.Tag) string { return lang.M("complaint.effect-" + string(e)).In(t) }

// A Complaint is one complaint, with all that was done about it.
type Complaint struct {
	ID        string            `json:"id"`
	Region    string            `json:"region"`
	Number    string            `json:"number"` // of the register of complaints
	Channel   procedure.Channel `json:"channel"`
	State     State             `json:"state"`
	About     About             `json:"about"`
	Case      string            `json:"case,omitempty"`   // id of the case it is about
	Reference string            `json:"reference"`        // number of the case or the permit, for people
	Permit    string            `json:"permit,omitempty"` // number of the permit it is about
	BIN       party.BIN         `json:"bin"`
	Name      lang.Text         `json:"name"` // of the employer
	Address   string            `json:"address"`
	Words     string            `json:"words"`             // the substance
	Wanted    string            `json:"wanted"`            // what is asked for
	Learned   calendar.Date     `json:"learned"`           // when they learned of the act
	Late      bool              `json:"late,omitempty"`    // it came after the term of art. 92
	Because   string            `json:"because,omitempty"` // why so late
	Received  time.Time         `json:"received"`
	Receiver  string            `json:"receiver"` // who took it; empty through the portal
	LawOn     calendar.Date     `json:"law_on"`
	Running   []Running         `json:"running,omitempty"`
	Stamped   []Running         `json:"stamped,omitempty"` // the terms as they stand on the receipt
	Outcome   Outcome           `json:"outcome,omitempty"`
	Effect    Effect            `json:"effect,omitempty"`
	Events    []Event           `json:"events"`
	Version   int               `json:"version"`
}

// A Running term of a complaint, with the whole reason of its end.
type Running struct {
	Name law.LimitName `json:"name"`
	End  calendar.End  `json:"end"`
	Cite law.Cite      `json:"cite"`
	Sure law.Sure      `json:"sure"`
}

// Term returns the running term of a name, if it runs.
func (c Complaint) Term(name law.LimitName) (Running, bool) {
	for _, r := range c.Running {
		if r.Name == name {
			return r, true
		}
	}
	return Running{}, false
}

// Next returns the running term that ends first, if any runs.
func (c Complaint) Next() (Running, bool) {
	var first Running
	for _, r := range c.Running {
		if first.Name == "" || r.End.At.Before(first.End.At) {
			first = r
		}
	}
	return first, first.Name != ""
}

// Silent reports whether the term of the answer is over with no decision: that
// counts as a refusal, and the way to the court is open (APPC art. 91).
func (c Complaint) Silent(now time.Time) bool {
	r, ok := c.Term(law.ComplaintAnswer)
	return ok && c.State.Open() && !now.Before(r.End.At)
}

// An Event is the record of an act on a complaint.
type Event struct {
	Act  Act             `json:"act"`
	By   party.Actor     `json:"by"`
	At   time.Time       `json:"at"`
	To   State           `json:"to"`
	Cite law.Cite        `json:"cite"`
	Sure law.Sure        `json:"sure"`
	Late []law.LimitName `json:"late,omitempty"` // terms that were over
	Note Note            `json:"note,omitzero"`
}

// A Note is what an act was done with.
type Note struct {
	Words   string        `json:"words,omitempty"` // reasons
	Body    string        `json:"body,omitempty"`  // the higher body
	Number  string        `json:"number,omitempty"`
	On      calendar.Date `json:"on,omitzero"` // day of the higher body's decision
	Outcome Outcome       `json:"outcome,omitempty"`
	Effect  Effect        `json:"effect,omitempty"`
}
