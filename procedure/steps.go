package procedure

import (
	"slices"

	"ruqsat/law"
	"ruqsat/party"
)

// steps2017 is the regulation of West Kazakhstan of 2017: ¶ 7 on paper, ¶ 10
// through the portal, where the same steps carry the numbers of processes and
// conditions (docs/trace.md).
var steps2017 = []Step{
	{law.E2017, Preparing, Submit, party.Applicant, Submitted, Always, "WKO 142/2017 ¶ 6", law.Text},
	{law.E2017, Preparing, Discard, party.Applicant, Discarded, Always, "WKO 142/2017 ¶ 6", law.Assumed},
	{law.E2017, Submitted, Register, party.Clerk, Registered, Always, "WKO 142/2017 ¶ 7(1)", law.Text},
	{law.E2017, Registered, Assign, party.Head, Assigned, Always, "WKO 142/2017 ¶ 7(2)", law.Text},
	{law.E2017, Assigned, ReturnIncomplete, party.Executor, Returned, Always, "WKO 142/2017 ¶ 7(3)", law.Text},
	{law.E2017, Assigned, Examine, party.Executor, Examined, Always, "WKO 142/2017 ¶ 7(3)", law.Text},
	{law.E2017, Examined, Draft, party.Executor, Drafted, Always, "WKO 142/2017 ¶ 7(3)", law.Text},
	{law.E2017, Drafted, Sign, party.Head, Signed, Always, "WKO 142/2017 ¶ 7(4)", law.Text},
	// With remarks. To the executor, whether it is the notice or the permit.
	{law.E2017, Drafted, SendBack, party.Head, Examined, IfUnpaid, "WKO 142/2017 ¶ 7(4)", law.Assumed},
	{law.E2017, Drafted, SendBack, party.Head, Paid, IfPaid, "WKO 142/2017 ¶ 7(4)", law.Assumed},
	{law.E2017, Signed, Refuse, party.Executor, Refused, IfRefusal, "WKO 142/2017 ¶ 3", law.Text},
	{law.E2017, Signed, Notify, party.Executor, Notified, IfOwing, "WKO 142/2017 ¶ 7(3)", law.Text}, // stage 1 ends
	{law.E2017, Notified, ProvePayment, party.Applicant, Paid, Always, "WKO 142/2017 ¶ 7(3)", law.Text},
	{law.E2017, Notified, Lapse, party.Clock, Lapsed, Always, "Order 559 of 2016-06-27", law.Secondary},
	{law.E2017, Paid, Draft, party.Executor, Drafted, IfGrant, "WKO 142/2017 ¶ 7(3)", law.Text}, // the permit itself
	{law.E2017, Signed, Issue, party.Executor, Issued, IfSettled, "WKO 142/2017 ¶ 7(3)", law.Text},
	{law.E2017, Issued, HandOver, party.Executor, HandedOver, Always, "WKO 142/2017 ¶ 7(5)", law.Text},
}

// Steps is the whole procedure, edition by edition. A case moves in these ways
// and in no other.
var Steps = slices.Concat(
	complete(steps2017),
	complete(standIn(law.E2020, "Order 559 of 2016-06-27")),
	complete(hearingsIn(standIn(law.E2021, "Order 559 of 2016-06-27"))),
	complete(hearingsIn(standIn(law.E2023, "Order 279 of 2023-06-30"))), consentsIn(law.E2023),
	complete(hearingsIn(standIn(law.E2025, "Order 93 of 2025-03-28"))), consentsIn(law.E2025),
)

// standIn returns the steps of 2017 for an edition whose own nobody has read
// yet, all of them marked as assumed.
func standIn(in law.Edition, cite law.Cite) []Step {
	steps := slices.Clone(steps2017)
	for i := range steps {
		steps[i].Edition, steps[i].Cite, steps[i].Sure = in, cite, law.Assumed
	}
	return steps
}

// complete adds what holds in every open state alike: the applicant may take a
// case back until the permit is issued, and the head may give it to another
// executor, for people fall ill and go on leave. What was signed but not handed on
// the head may send back, since a permit to be extended may be revoked meanwhile.
// None of it stands in the text.
func complete(steps []Step) []Step {
	edition := steps[0].Edition
	cite := law.Cite("WKO 142/2017 ¶ 7")
	if edition != law.E2017 {
		cite = steps[0].Cite
	}
	for _, s := range States[1:] {
		known := slices.ContainsFunc(steps, func(x Step) bool { return x.To == s })
		if known && s.Open() && s != Issued {
			steps = append(steps, Step{edition, s, Withdraw, party.Applicant, Withdrawn, Always, cite, law.Assumed})
		}
	}
	steps = append(steps, Step{edition, Signed, SendBack, party.Head, Examined, Always, cite, law.Assumed})
	for _, s := range []State{Assigned, Correcting, Examined, Forewarned, Heard, Drafted, Signed, Notified, Paid, Issued} {
		if !slices.ContainsFunc(steps, func(x Step) bool { return x.To == s }) {
			continue // the edition has no such state
		}
		steps = append(steps, Step{edition, s, Reassign, party.Head, s, Always, cite, law.Assumed})
	}
	return append(steps, reopened(edition)...)
}

// reopened are the steps that follow where a complaint is upheld: a refusal that
// was cancelled is drafted anew, a package that should not have been returned is
// checked anew. They follow from the decision, in its transaction, and nobody has a button
// for them.
func reopened(in law.Edition) []Step {
	cite := law.Cite("State Services Law")
	if !in.Before(law.E2021) {
		cite = "APPC art. 91"
	}
	return []Step{
		{in, Refused, Reopen, party.Clock, Examined, Always, cite, law.Assumed},
		{in, Returned, Reopen, party.Clock, Assigned, Always, cite, law.Assumed},
	}
}

// Terms is every term that runs in a case. How long each is, the law of the
// case's day says; see law/data/terms.toml.
//
// What comes after the end depends on whose time it was. The authority's acts
// are done all the same, and the event says they were late. The applicant's are
// refused, and the clock may end the case.
var Terms = []Term{
	{law.Register, Submit, []Act{Register}, party.Clerk},
	{law.Assign, Register, []Act{Assign}, party.Head},
	{law.Return, Submit, []Act{ReturnIncomplete, Examine}, party.Executor},
	// It stands still while the applicant corrects or is to be heard; see [Paused]. A
	// case that a complaint reopens has it anew; see [Case.start].
	{law.Answer, Submit, []Act{ReturnIncomplete, Notify, Issue, Refuse}, party.Executor},
	{law.Sign, Draft, []Act{Sign, SendBack}, party.Head},
	{law.Notify, Sign, []Act{Notify, Issue, Refuse, SendBack}, party.Executor},
	{law.Payment, Notify, []Act{ProvePayment, Lapse}, party.Applicant},
	{law.StageTwo, Notify, []Act{Issue, Refuse, Lapse}, party.Executor},
	{law.HandOver, Issue, []Act{HandOver}, party.Executor},
	{law.Correction, AskCorrection, []Act{Correct, GoOn}, party.Applicant},
	{law.Forewarning, Forewarn, []Act{Waive, Hear}, party.Applicant},
}

// byEdition are the steps of each edition.
var byEdition = func() map[law.Edition][]Step {
	of := map[law.Edition][]Step{}
	for _, s := range Steps {
		of[s.Edition] = append(of[s.Edition], s)
	}
	return of
}()

// StepsIn returns the steps of an edition, which are not to be changed.
func StepsIn(in law.Edition) []Step { return slices.Clip(byEdition[in]) }

// settling are the acts of [Act.Settles].
var settling = func() map[Act]bool {
	acts := map[Act]bool{Issue: true}
	for _, s := range Steps {
		if !s.To.Open() && s.To != HandedOver && s.From != Preparing {
			acts[s.Act] = true
		}
	}
	return acts
}()

// Settles reports whether an act may settle what a case holds of the quota: it uses
// it, or ends the case without a permit, which gives it back.
func (a Act) Settles() bool { return settling[a] }
