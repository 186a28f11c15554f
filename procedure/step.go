// Package procedure is the regulation as a machine: which act may follow which,
// by whom, in what time, under which paragraph.
//
// [Steps] and [Terms] are the whole of it; pages, API, diagrams and checks are
// made from them. [Perform] does one act to a case and returns what it has
// become. Nothing here reads a clock or saves anything.
//
// Start at steps.go.
package procedure

import (
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A State is where a case stands, named by the act that led there.
type State string

// The states of a case.
const (
	Preparing  State = "preparing"   // the applicant is still writing it
	Submitted  State = "submitted"   // handed in, not yet registered
	Registered State = "registered"  // has a number; waits for the resolution
	Assigned   State = "assigned"    // has an executor
	Examined   State = "examined"    // the package is complete; to be drafted
	Drafted    State = "drafted"     // a draft waits for the head
	Signed     State = "signed"      // signed, not yet handed on
	Notified   State = "notified"    // the applicant knows, and has to pay
	Paid       State = "paid"        // the payment is proved
	Issued     State = "issued"      // the permits are in the register
	HandedOver State = "handed-over" // done
	Refused    State = "refused"     // done, with grounds
	Returned   State = "returned"    // done: the package was incomplete
	Lapsed     State = "lapsed"      // done: nobody paid in time
	Withdrawn  State = "withdrawn"   // done: the applicant took it back
	Discarded  State = "discarded"   // never handed in

	Correcting State = "correcting" // the applicant has been asked to correct the package
	Forewarned State = "forewarned" // the applicant knows that it may be refused, and when they are heard
	Heard      State = "heard"      // the hearing is over, or was waived; to be drafted
)

// States are all states, in the order a case meets them.
var States = []State{
	Preparing, Submitted, Registered, Assigned, Correcting, Examined, Forewarned, Heard, Drafted, Signed, Notified, Paid, Issued,
	HandedOver, Refused, Returned, Lapsed, Withdrawn, Discarded,
}

// In names the state.
func (s State) In(t lang.Tag) string { return lang.M("procedure.state-" + string(s)).In(t) }

// Open reports whether anything can still happen in the state.
func (s State) Open() bool {
	return !slices.Contains([]State{HandedOver, Refused, Returned, Lapsed, Withdrawn, Discarded}, s)
}

// An Act is what somebody does to a case.
type Act string

// The acts.
const (
	Prepare          Act = "prepare"
	Submit           Act = "submit"
	Register         Act = "register"
	Assign           Act = "assign"
	Reassign         Act = "reassign"
	Examine          Act = "examine"
	ReturnIncomplete Act = "return"
	Draft            Act = "draft"
	SendBack         Act = "send-back"
	Sign             Act = "sign"
	Notify           Act = "notify"
	Refuse           Act = "refuse"
	ProvePayment     Act = "prove-payment"
	Lapse            Act = "lapse"
	Issue            Act = "issue"
	HandOver         Act = "hand-over"
	Withdraw         Act = "withdraw"
	Discard          Act = "discard"

	// From 1 July 2021.
	AskCorrection Act = "ask-correction"
	Correct       Act = "correct"
	GoOn          Act = "go-on" // without the correction: the time for it is over
	Forewarn      Act = "forewarn"
	Object        Act = "object"
	Waive         Act = "waive"
	Hear          Act = "hear"
	Answer        Act = "answer"    // the objections, point by point
	AskLater      Act = "ask-later" // that the hearing be postponed
	Postpone      Act = "postpone"
	KeepHour      Act = "keep-hour" // the hearing is not postponed

	// From 1 July 2023, of the departments of further regions.
	Agree    Act = "agree"
	Disagree Act = "disagree"

	// What a decision on a complaint brings about; see package complaint.
	Reopen Act = "reopen"

	// What happens to the terms and not to the case; see [Retime].
	Recount Act = "recount"
	Extend  Act = "extend"
)

// In names the act, as a button or a line of the history does.
func (a Act) In(t lang.Tag) string { return lang.M("procedure.act-" + string(a)).In(t) }

// A Condition says for which cases a step is.
type Condition string

// The conditions.
const (
	Always    Condition = "always"
	IfGrant   Condition = "grant"   // the draft grants
	IfRefusal Condition = "refusal" // the draft refuses
	IfOwing   Condition = "owing"   // it grants, and a fee is still due
	IfSettled Condition = "settled" // it grants, and no fee is due any more
	IfUnpaid  Condition = "unpaid"  // nothing has been paid yet, or need be
	IfPaid    Condition = "paid"    // the payment is proved
	IfHeard   Condition = "heard"   // the applicant was heard, or waived it; nothing is paid
	IfUnheard Condition = "unheard" // there was no hearing, and nothing is paid
)

// In names the condition, as the diagram does; Always says nothing.
func (k Condition) In(t lang.Tag) string {
	if k == Always {
		return ""
	}
	return lang.M("procedure.if-" + string(k)).In(t)
}

// A Step is one way a case can move.
type Step struct {
	Edition law.Edition
	From    State
	Act     Act
	By      party.Role
	To      State
	If      Condition
	Cite    law.Cite
	Sure    law.Sure
}

// A Term is a time that begins with one act and that others end.
type Term struct {
	Name  law.TermName
	After Act
	Ends  []Act
	Whose party.Role
}
