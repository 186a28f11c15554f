package procedure

import (
	"ruqsat/law"
	"ruqsat/party"
)

// hearingsIn adds to the steps of an edition what holds since 1 July 2021: the
// executor may ask for a correction, and nobody is refused unheard (APPC art. 73).
//
// That there is a hearing, and that the applicant knows of it three working days
// ahead, lawyers tell; who does which step, and that a hearing can be waived in
// writing, is our reading. For the correction no text was read at all.
func hearingsIn(steps []Step) []Step {
	in := steps[0].Edition
	var list []Step
	for _, s := range steps {
		switch {
		case s.Act == Draft && s.From == Examined:
			s.If = IfGrant // a refusal only after the hearing
		case s.Act == SendBack && s.To == Examined:
			s.If = IfUnheard
		}
		list = append(list, s)
	}
	return append(list,
		Step{in, Assigned, AskCorrection, party.Executor, Correcting, Always, "APPC", law.Assumed},
		Step{in, Correcting, Correct, party.Applicant, Assigned, Always, "APPC", law.Assumed},
		// Nobody answered in time: the case goes on with what there is.
		Step{in, Correcting, GoOn, party.Clock, Assigned, Always, "APPC", law.Assumed},
		Step{in, Correcting, GoOn, party.Executor, Assigned, Always, "APPC", law.Assumed},
		Step{in, Examined, Forewarn, party.Executor, Forewarned, Always, "APPC art. 73", law.Secondary},
		Step{in, Forewarned, Object, party.Applicant, Forewarned, Always, "APPC art. 73", law.Assumed},
		Step{in, Forewarned, Waive, party.Applicant, Heard, Always, "APPC art. 73", law.Assumed},
		Step{in, Forewarned, Hear, party.Executor, Heard, Always, "APPC art. 73", law.Secondary},
		// In advance, on a reasoned request.
		Step{in, Forewarned, AskLater, party.Applicant, Forewarned, Always, "APPC art. 73", law.Assumed},
		Step{in, Forewarned, Postpone, party.Executor, Forewarned, Always, "APPC art. 73", law.Assumed},
		Step{in, Forewarned, KeepHour, party.Executor, Forewarned, Always, "APPC art. 73", law.Assumed},
		Step{in, Heard, Answer, party.Executor, Heard, Always, "APPC art. 73", law.Assumed},
		Step{in, Heard, Draft, party.Executor, Drafted, Always, steps[0].Cite, law.Assumed},
		Step{in, Drafted, SendBack, party.Head, Heard, IfHeard, "APPC art. 73", law.Assumed},
	)
}
