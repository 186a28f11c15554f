package registry

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// An Act is what somebody does to a permit that was issued.
type Act string

// The acts.
const (
	Suspend   Act = "suspend"
	Reinstate Act = "reinstate"
	Revoke    Act = "revoke"
	Surrender Act = "surrender"
	Correct   Act = "correct"
	Expire    Act = "expire"
	Extend    Act = "extend"  // by a case that ends in another permit
	Reissue   Act = "reissue" // likewise
)

// In names the act, as a button does.
func (a Act) In(t lang.Tag) string { return lang.M("registry.act-" + string(a)).In(t) }

// A Step is one thing that may become of a permit.
type Step struct {
	Act     Act
	By      party.Role
	From    []Status // what the permit is on the day from which the act holds
	Entry   Kind
	Reasons bool // in words
	Grounds bool // from law.PermitGrounds
	Heard   bool // the employer is heard first, since the law wants it
	Cite    law.Cite
	Sure    law.Sure
}

var (
	alive = []Status{NotYet, InForce, Suspended}
	holds = []Status{NotYet, InForce}
)

// Steps is the whole life of a permit after its issue. That the department
// suspends and revokes stands in the law; who signs and what else may be done is
// assumed, for the paragraphs of Orders 559 and 279 are unread.
var Steps = []Step{
	{Suspend, party.Head, holds, SuspendedEntry, true, true, true, "Migration Law", law.Text},
	{Reinstate, party.Head, []Status{Suspended}, ReinstatedEntry, true, false, false, "Migration Law", law.Assumed},
	{Revoke, party.Head, alive, RevokedEntry, true, true, true, "Migration Law", law.Text},
	{Surrender, party.Applicant, alive, SurrenderedEntry, false, false, false, "Migration Law", law.Assumed},
	{Surrender, party.Clerk, alive, SurrenderedEntry, false, false, false, "Migration Law", law.Assumed}, // asked for on paper
	{Correct, party.Head, append(alive[:3:3], Expired), CorrectedEntry, true, false, false, "APPC", law.Assumed},
	{Extend, party.Executor, []Status{InForce, Expired}, ExtendedEntry, false, false, false, "WKO 142/2017 ¶ 7(3)", law.Text},
	{Reissue, party.Executor, holds, ReissuedEntry, false, false, false, "WKO 142/2017 ¶ 7(3)", law.Text},
	{Expire, party.Clock, []Status{Expired}, ExpiredEntry, false, false, false, "Migration Law", law.Text},
}

// byHand are the acts that are done to a permit itself. The others come of a case
// or of time.
var byHand = []Act{Suspend, Reinstate, Revoke, Surrender, Correct}

// ByHand reports whether an act is done to a permit itself.
func (a Act) ByHand() bool { return slices.Contains(byHand, a) }

// drafts reports whether an actor may draft for the head what the head decides
// (assumed, as in a case).
func (s Step) drafts(p Permit, by party.Actor) bool {
	return s.By == party.Head && by.Role == party.Executor && by.Region == p.Region
}

// Ways returns what an actor can do to a permit on a day, or draft for the head to
// do. Pages make their buttons of them.
func Ways(p Permit, by party.Actor, on calendar.Date) []Step {
	var ways []Step
	for _, s := range Steps {
		if s.Act.ByHand() && s.possible(p, on) && (s.allows(p, by) == nil || s.drafts(p, by)) {
			ways = append(ways, s)
		}
	}
	return ways
}

// possible reports whether a permit can take the step from a day on. One whose
// end is entered already can only be corrected, until that day.
func (s Step) possible(p Permit, on calendar.Date) bool {
	if !p.Ended.IsZero() && s.Act != Correct {
		return false
	}
	return slices.Contains(s.From, p.Status(on))
}
