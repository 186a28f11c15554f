package complaint

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// An Act is what somebody does to a complaint.
type Act string

// The acts.
const (
	File     Act = "file"
	Grant    Act = "grant"
	Forward  Act = "forward"
	Decide   Act = "decide"
	Withdraw Act = "withdraw"
	Recount  Act = "recount" // of the terms, by the clock; see [Retime]
)

// In names the act, as a button does.
func (a Act) In(t lang.Tag) string { return lang.M("complaint.act-" + string(a)).In(t) }

// A Step is one way a complaint can move. From and Until bound the days on which a
// complaint was received that it is for.
type Step struct {
	State       State
	Act         Act
	By          []party.Role
	To          State
	From, Until calendar.Date
	Cite        law.Cite
	Sure        law.Sure
}

// code is the first day of the Administrative Procedural Code.
var code = calendar.DateOf(2021, 7, 1)

var (
	heads = []party.Role{party.Head}
	staff = []party.Role{party.Head, party.Clerk}
	them  = []party.Role{party.Applicant, party.Clerk} // the clerk records it for who is on paper
)

// Steps is the whole way of a complaint.
var Steps = []Step{
	// By the Law on State Services: the authority itself answers.
	{Received, Decide, heads, Decided, calendar.Date{}, code.AddDays(-1), "State Services Law", law.Text},
	// By the Code.
	{Received, Grant, heads, Granted, code, calendar.Date{}, "APPC art. 91", law.Assumed},
	{Received, Forward, staff, Forwarded, code, calendar.Date{}, "APPC art. 91", law.Text},
	{Forwarded, Decide, staff, Decided, code, calendar.Date{}, "APPC art. 91", law.Text}, // recorded when it arrives
	{Received, Withdraw, them, Withdrawn, calendar.Date{}, calendar.Date{}, "APPC", law.Assumed},
	{Forwarded, Withdraw, them, Withdrawn, calendar.Date{}, calendar.Date{}, "APPC", law.Assumed},
}

func (s Step) holds(on calendar.Date) bool {
	return !on.Before(s.From) && (s.Until.IsZero() || !on.After(s.Until))
}

// Ways returns the steps an actor can take, in the order of the table. Pages make
// their buttons of them.
func Ways(c Complaint, by party.Actor) []Step {
	var ways []Step
	for _, s := range Steps {
		if s.State == c.State && s.holds(c.LawOn) && s.allows(c, by) == nil {
			ways = append(ways, s)
		}
	}
	return ways
}

func (s Step) by(r party.Role) bool { return slices.Contains(s.By, r) }

// ByPaper reports whether an act on a complaint is the department's own decision:
// it is drafted, and done when the head has signed its paper.
func ByPaper(c Complaint, a Act) bool { return c.State == Received && (a == Grant || a == Decide) }
