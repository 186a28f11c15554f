package procedure

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A Channel is how an application comes in (WKO 142/2017 ¶ 5).
type Channel string

// The channels.
const (
	Paper  Channel = "paper"  // ¶ 5(1), the chancellery
	Portal Channel = "portal" // ¶ 5(2)
)

// In names the channel.
func (c Channel) In(t lang.Tag) string { return lang.M("procedure.channel-" + string(c)).In(t) }

// A Verdict is what a draft decides.
type Verdict string

// The verdicts. A case that nobody has decided has none.
const (
	Grant   Verdict = "grant"
	Refusal Verdict = "refusal"
)

// In names the verdict.
func (v Verdict) In(t lang.Tag) string { return lang.M("procedure.verdict-" + string(v)).In(t) }

// A Case is the authority's file on one application.
type Case struct {
	ID      string
	Region  string // whose department, two digits of KATO
	Number  string // given at registration, printed on the slip
	Code    string // with the number, lets anyone follow the case
	Channel Channel
	State   State
	Verdict Verdict

	// LawOn is the day whose law decides the case: the day it was submitted,
	// whatever changes afterwards. Zero while it is being prepared. The fee alone
	// follows the day of payment.
	LawOn     calendar.Date
	Submitted time.Time

	Application Application
	Executor    string // account of who examines it; empty until assigned
	Paid        bool
	Running     []Running
	Course      Course
	Version     int // counts the acts; every event has one
}

// A Running term of a case, with the whole reason of its end.
type Running struct {
	Name  law.TermName `json:"name"`
	Whose party.Role   `json:"whose"`
	From  time.Time    `json:"from"`
	Cite  law.Cite     `json:"cite"`
	Sure  law.Sure     `json:"sure"`
	End   calendar.End `json:"end"`
	// Changes are what was done to the end since, the oldest first.
	Changes []Change `json:"changes,omitempty"`
}

// FeeDue reports whether the applicant has to pay for what they ask (WKO
// 142/2017 ¶ 4): issue and extension within a region cost a fee, reissue and
// intra-corporate transfer do not.
func (c Case) FeeDue() bool {
	a := c.Application
	return a.Scheme == law.Regional && a.Operation != law.Reissue
}

// Owing reports whether the fee is still to be paid.
func (c Case) Owing() bool { return c.FeeDue() && !c.Paid }

// Edition returns the edition that decides the case; for one being prepared,
// that of the day given.
func (c Case) Edition(today calendar.Date) (law.Edition, error) {
	on := c.LawOn
	if on.IsZero() {
		on = today
	}
	return law.EditionOn(on)
}

// Term returns the running term of a name, if it runs.
func (c Case) Term(name law.TermName) (Running, bool) {
	for _, r := range c.Running {
		if r.Name == name {
			return r, true
		}
	}
	return Running{}, false
}

// Next returns the running term that ends first, if any runs.
func (c Case) Next() (Running, bool) {
	var first Running
	for _, r := range c.Running {
		if first.Name == "" || r.End.At.Before(first.End.At) {
			first = r
		}
	}
	return first, first.Name != ""
}

// A Deed is an act that somebody does, and when.
type Deed struct {
	Act     Act
	By      party.Actor
	At      time.Time
	Verdict Verdict // what a draft decides
	Hearing Hearing // of Forewarn: where and when
	// Words are the reason of Disagree, AskLater and KeepHour; of Postpone, how the
	// applicant agreed to a day sooner than the law leaves them, if they did.
	Words string
}

// An Event is the record of an act that was done. Events are numbered in their
// case without gaps and never changed.
type Event struct {
	Case    string
	Version int
	Act     Act
	By      party.Actor
	At      time.Time
	From    State
	To      State
	Cite    law.Cite
	Sure    law.Sure
	Late    []law.TermName // terms of the authority that were over
	Note    Note
}

// A Note is what the act was done with, in the words of who did it.
type Note struct {
	Text     string        `json:"text,omitempty"`     // resolution, remarks, reasons
	Grounds  []string      `json:"grounds,omitempty"`  // keys of refusal grounds or return reasons
	Executor string        `json:"executor,omitempty"` // who was assigned
	Name     string        `json:"name,omitempty"`     // their name, or that of who received a result
	PaidOn   calendar.Date `json:"paid_on,omitzero"`
	Sum      int64         `json:"sum,omitempty"`     // tenge paid
	Over     int64         `json:"over,omitempty"`    // tenge of it that were not due
	Proof    []Evidence    `json:"proof,omitempty"`   // of a payment that the treasury knows
	Numbers  []string      `json:"numbers,omitempty"` // of the permits drafted, one a worker
	Findings []Finding     `json:"findings,omitempty"`

	Hearing    *Hearing     `json:"hearing,omitempty"`    // as it was called, waived or held
	Objections []string     `json:"objections,omitempty"` // what the applicant objects, point by point
	Parts      []Part       `json:"parts,omitempty"`      // to be corrected, or that were
	Region     string       `json:"region,omitempty"`     // whose department agrees or objects
	Was        *Application `json:"was,omitempty"`        // the application before it was corrected
	Paused     []Change     `json:"paused,omitempty"`     // terms that stood still and run again
	Retimed    []Change     `json:"retimed,omitempty"`    // terms that end on another day now
}

// A Finding is one line of the executor's checklist, as it was when the package
// was accepted: what the examination proposed, on what evidence, and what the
// executor made of it. An empty Outcome: nobody has looked yet.
type Finding struct {
	Key      string         `json:"key"` // of the checklist of the edition
	OK       bool           `json:"ok"`
	Say      string         `json:"say,omitempty"`      // the executor's words
	Outcome  string         `json:"outcome,omitempty"`  // of the executor: ok, problem, not-applicable
	Proposed string         `json:"proposed,omitempty"` // by the examination; see package examination
	Found    []lang.Message `json:"found,omitempty"`    // in its words, as of that day
	Cure     []lang.Message `json:"cure,omitempty"`
	Proof    []Evidence     `json:"proof,omitempty"`
}

// Evidence is what a finding rests on: who was asked, about what, when, and what
// came back.
type Evidence struct {
	Source  lang.Message `json:"source"`
	Subject string       `json:"subject,omitempty"`
	At      time.Time    `json:"at"`
	Reply   string       `json:"reply,omitempty"` // as it came
}
