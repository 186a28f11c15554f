package correspondence

import (
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A State is how far a request has come.
type State string

// The states. Received is that of a request nobody has registered yet: it is no
// state of a file.
const (
	Received   State = ""
	Registered State = "registered"
	Assigned   State = "assigned"
	Drafted    State = "drafted"
	Signed     State = "signed"
	Dispatched State = "dispatched"
)

// States are the states of a file, in the order in which it meets them.
var States = []State{Registered, Assigned, Drafted, Signed, Dispatched}

// In names the state.
func (s State) In(t lang.Tag) string { return lang.M("correspondence.state-" + string(s)).In(t) }

// Open reports whether somebody still has to do something.
func (s State) Open() bool { return s != Dispatched }

// An Act is something done to a request.
type Act string

// The acts.
const (
	Register Act = "register"
	Assign   Act = "assign"
	Prolong  Act = "prolong"
	Write    Act = "draft"
	Sign     Act = "sign"
	SendBack Act = "send-back"
	Dispatch Act = "dispatch"
	Publish  Act = "publish"

	// Recount is what the clock does to the term and not to the request; see [Retime].
	Recount Act = "recount"
)

// Acts are all acts.
var Acts = []Act{Register, Assign, Prolong, Write, Sign, SendBack, Dispatch, Publish}

// In names the act, as its button does.
func (a Act) In(t lang.Tag) string { return lang.M("correspondence.act-" + string(a)).In(t) }

// A Step is one way on: who may do an act in a state, and where it leads.
type Step struct {
	From State
	Act  Act
	By   []party.Role
	To   State
	Cite law.Cite
	Sure law.Sure
}

// Steps are the whole way of a request. The Code gives the frame; who does what
// within the department is our reading of how the departments work, and of the
// letter of 2025, which names a head who signs and an executor.
var Steps = []Step{
	{Received, Register, []party.Role{party.Clerk}, Registered, "APPC art. 64", law.Assumed},
	{Registered, Assign, []party.Role{party.Head}, Assigned, "APPC art. 64", law.Assumed},
	{Assigned, Assign, []party.Role{party.Head}, Assigned, "APPC art. 64", law.Assumed},
	{Drafted, Assign, []party.Role{party.Head}, Assigned, "APPC art. 64", law.Assumed},

	{Registered, Prolong, []party.Role{party.Head}, Registered, "APPC art. 76", law.Assumed},
	{Assigned, Prolong, []party.Role{party.Head}, Assigned, "APPC art. 76", law.Assumed},
	{Drafted, Prolong, []party.Role{party.Head}, Drafted, "APPC art. 76", law.Assumed},

	{Assigned, Write, []party.Role{party.Executor}, Drafted, "APPC art. 76", law.Assumed},
	{Drafted, Write, []party.Role{party.Executor}, Drafted, "APPC art. 76", law.Assumed},
	{Drafted, Sign, []party.Role{party.Head}, Signed, "APPC art. 76", law.Assumed},
	{Drafted, SendBack, []party.Role{party.Head}, Assigned, "APPC art. 76", law.Assumed},
	{Signed, Dispatch, []party.Role{party.Clerk, party.Executor}, Dispatched, "APPC art. 76", law.Assumed},
	{Dispatched, Publish, []party.Role{party.Executor}, Dispatched, "APPC art. 76", law.Assumed},
}
