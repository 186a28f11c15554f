package procedure

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// A Hearing is where and when the applicant is heard before an unfavourable act
// (APPC art. 73), and what came of it.
type Hearing struct {
	Place   string    `json:"place"`
	At      time.Time `json:"at"`
	Grounds []string  `json:"grounds"` // keys of the grounds a refusal would rest on
	Reasons string    `json:"reasons"` // the preliminary decision, in words

	Waived bool `json:"waived,omitempty"` // by the applicant, in writing
	Held   bool `json:"held,omitempty"`   // the protocol is written

	Moves      []Move      `json:"moves,omitempty"` // requests to postpone it, the oldest first
	Objections []Objection `json:"objections,omitempty"`
	Protocol   Protocol    `json:"protocol,omitzero"`
}

func (o Course) heard() bool { return o.Hearing != nil && (o.Hearing.Waived || o.Hearing.Held) }

// An Objection is one point of the applicant's, with the answer to it.
type Objection struct {
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Answer string    `json:"answer,omitempty"` // of the draft of a refusal
}

func (o Objection) open() bool { return o.Answer == "" }

// A Protocol says who was at a hearing, when, and what was said.
type Protocol struct {
	Present string    `json:"present"`
	Said    string    `json:"said"`
	Began   time.Time `json:"began"`
	Absent  bool      `json:"absent,omitempty"` // the applicant did not come
}

// call sets a hearing: on a working day while the office is open, after as many
// days as the law leaves the applicant.
func (c *Case) call(d Deed, cal calendar.Calendar) error {
	v, err := law.TermOn(law.Forewarning, c.Application.Operation, c.Application.Scheme, c.LawOn)
	if err != nil {
		return err
	}
	least, err := cal.End(d.At, v.Term)
	if err != nil {
		return err
	}
	open, err := cal.Open(d.Hearing.At)
	if err != nil {
		return err
	}
	sooner := d.Act == Postpone && d.Words != "" // the applicant agreed
	switch {
	case d.Hearing.At.Before(least.At) && !sooner:
		return problem.New(problem.Invalid, "procedure.hearing-soon", lang.Args{"term": v.Term, "day": least.Last}).At("on").Under(v.Cite)
	case d.Hearing.At.After(least.At.AddDate(0, 0, 60)):
		return problem.New(problem.Invalid, "procedure.hearing-far").At("on")
	case !open:
		return problem.New(problem.Invalid, "procedure.hearing-closed").At("on")
	}
	if d.Act == Forewarn {
		h := d.Hearing
		c.Course.Hearing = &h
	}
	return nil
}

// mayRefuse returns an error if d drafts a refusal before the applicant has been
// heard, or without an answer to each objection (APPC art. 73).
func (c Case) mayRefuse(d Deed) error {
	if d.Act != Draft || d.Verdict != Refusal {
		return nil
	}
	if (c.State == Examined || c.State == Forewarned) && c.HearingOwed(c.LawOn) {
		return problem.New(problem.Conflict, "procedure.hear-first").Under("APPC art. 73")
	}
	if h := c.Course.Hearing; c.State == Heard && slices.ContainsFunc(h.Objections, Objection.open) {
		return problem.New(problem.Conflict, "procedure.answer-first").At("answer-0").Under("APPC art. 73")
	}
	return nil
}

// HeardOn returns an error unless the applicant was heard on every ground of a
// refusal: on a new one they would have to be heard again.
func (c Case) HeardOn(grounds []string) error {
	h := c.Course.Hearing
	if h == nil || !c.Course.heard() {
		return nil
	}
	for _, k := range grounds {
		if !slices.Contains(h.Grounds, k) {
			return problem.New(problem.Conflict, "procedure.unheard-ground").At("grounds").Under("APPC art. 73")
		}
	}
	return nil
}

// HearingOwed reports whether a refusal has to wait until the applicant has been
// heard: then it cannot be drafted.
func (c Case) HearingOwed(today calendar.Date) bool {
	in, err := c.Edition(today)
	return err == nil && !in.Before(law.E2021) && !c.Course.heard()
}
