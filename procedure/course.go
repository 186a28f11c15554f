package procedure

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// Limits of what is said about a hearing.
const (
	MaxObjections = 50   // of one case
	MaxWords      = 4000 // letters of one text
)

// A Course is what a case keeps of its correction and its hearing.
type Course struct {
	Correction *Correction `json:"correction,omitempty"` // the last that was asked for
	Hearing    *Hearing    `json:"hearing,omitempty"`
	Paused     []Paused    `json:"paused,omitempty"`
	Consents   []Consent   `json:"consents,omitempty"` // of further regions
}

func (o Course) clone() Course {
	if o.Correction != nil {
		k := *o.Correction
		o.Correction = &k
	}
	if o.Hearing != nil {
		h := *o.Hearing
		h.Objections = slices.Clone(h.Objections)
		o.Hearing = &h
	}
	o.Paused, o.Consents = slices.Clone(o.Paused), slices.Clone(o.Consents)
	return o
}

func (o Course) heard() bool { return o.Hearing != nil && (o.Hearing.Waived || o.Hearing.Held) }

// A Correction is what the executor asked the applicant to put right.
type Correction struct {
	Reasons string      `json:"reasons"` // in writing
	Parts   []Part      `json:"parts"`
	Was     Application `json:"was"`             // as it was when asked
	Files   []string    `json:"files"`           // ids of the files there were
	Words   string      `json:"words,omitempty"` // what the applicant says to the correction
}

// A Hearing is where and when the applicant is heard before an unfavourable act
// (APPC art. 73), and what came of it.
type Hearing struct {
	Place   string    `json:"place"`
	At      time.Time `json:"at"`
	Grounds []string  `json:"grounds"` // keys of the grounds a refusal would rest on
	Reasons string    `json:"reasons"` // the preliminary decision, in words

	Waived bool `json:"waived,omitempty"` // by the applicant, in writing
	Held   bool `json:"held,omitempty"`   // the protocol is written

	Objections []Objection `json:"objections,omitempty"`
	Protocol   Protocol    `json:"protocol,omitzero"`
}

// An Objection is one point of the applicant's, with the answer to it.
type Objection struct {
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Answer string    `json:"answer,omitempty"` // of the draft of a refusal
}

// A Protocol says who was at a hearing, when, and what was said.
type Protocol struct {
	Present string    `json:"present"`
	Said    string    `json:"said"`
	Began   time.Time `json:"began"`
	Absent  bool      `json:"absent,omitempty"` // the applicant did not come
}

// A Paused term stands still; what is left of it runs on later.
type Paused struct {
	Running
	At time.Time `json:"at"` // since when
}

// A Change is what was done to the end of a term, and why.
type Change struct {
	Why    Why           `json:"why"`
	Term   law.TermName  `json:"term"`
	Key    string        `json:"key,omitempty"`  // of the outage or calendar act, so that it counts once
	Act    string        `json:"act,omitempty"`  // its number and day, in the words of who entered it
	From   time.Time     `json:"from,omitzero"`  // of the pause or the outage
	Until  time.Time     `json:"until,omitzero"` //
	Before calendar.Date `json:"before"`         // the last day of the term, as it was
	After  calendar.Date `json:"after"`          // and as it is
	N      int           `json:"n,omitempty"`    // working days or minutes given back, or left
	Unit   calendar.Unit `json:"unit,omitempty"` // of N
	Sure   law.Sure      `json:"sure,omitempty"` // of the rule it rests on
	Cite   law.Cite      `json:"cite,omitempty"` //
	Zone   string        `json:"zone,omitempty"` // in which From and Until are told
}

// A Why is for what reason a term ends on another day.
type Why string

// The reasons.
const (
	ForPause    Why = "pause"
	ForOutage   Why = "outage"
	ForCalendar Why = "calendar"
)

// Say tells what was done to a term, in one sentence.
func (x Change) Say() lang.Message {
	zone, err := time.LoadLocation(x.Zone)
	if err != nil {
		zone = time.UTC
	}
	return lang.M("procedure.change-"+string(x.Why), lang.Args{
		"from": calendar.Moment{Time: x.From.In(zone)}, "until": calendar.Moment{Time: x.Until.In(zone)},
		"before": x.Before, "after": x.After, "act": x.Act, "term": x.Term, "left": calendar.Term{N: x.N, Unit: x.Unit},
	})
}

// In says the change in a language.
func (x Change) In(t lang.Tag) string { return x.Say().In(t) }

// Explain tells the whole reason of the end of a term: how it was counted, after
// what was done to it.
func (r Running) Explain() []lang.Message {
	var lines []lang.Message
	for _, x := range r.Changes {
		lines = append(lines, x.Say())
	}
	return append(lines, r.End.Explain()...)
}

// A Told term is one with the whole reason of its end, as JSON has it: in three
// languages.
type Told struct {
	Running
	Explained []lang.Message `json:"explained"`
}

// Told returns the running terms of a case, each with the reason of its end.
func (c Case) Told() []Told {
	list := []Told{}
	for _, r := range c.Running {
		list = append(list, Told{r, r.Explain()})
	}
	return list
}

// pauses sets terms of the authority still when d makes the case wait for the
// applicant, and lets them run on with what was left when that is over. It
// returns what became of each term that runs again.
func (c *Case) pauses(d Deed, before Case, cal calendar.Calendar) ([]Change, error) {
	switch d.Act {
	case Examine:
		return nil, c.askConsents(d.At, cal)
	case Agree, Disagree:
		return nil, c.reply(d)
	case Reopen:
		if before.State == Refused {
			return nil, c.askConsents(d.At, cal)
		}
	case AskCorrection:
		return nil, c.pause(d.At, law.CorrectionPauses)
	case Forewarn:
		if err := c.call(d, cal); err != nil {
			return nil, err
		}
		return nil, c.pause(d.At, law.HearingPauses)
	case Correct:
		return c.resume(d.At, cal)
	case Waive:
		c.Course.Hearing.Waived = true
		return c.resume(d.At, cal)
	case GoOn:
		// From when the applicant's time was over, however late somebody looks.
		r, _ := before.Term(law.Correction)
		return c.resume(r.End.At, cal)
	case Hear:
		h := c.Course.Hearing
		if d.At.Before(h.At) {
			return nil, problem.New(problem.OutOfTime, "procedure.hearing-later", lang.Args{"moment": calendar.Moment{Time: h.At.In(cal.Zone())}}).Under("APPC art. 73")
		}
		// The time stood still for the applicant's sake, not for who is late to
		// hold the hearing.
		h.Held = true
		return c.resume(h.At, cal)
	}
	return nil, nil
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
	switch {
	case d.Hearing.At.Before(least.At):
		return problem.New(problem.Invalid, "procedure.hearing-soon", lang.Args{"term": v.Term, "day": least.Last}).At("on").Under(v.Cite)
	case d.Hearing.At.After(least.At.AddDate(0, 0, 60)):
		return problem.New(problem.Invalid, "procedure.hearing-far").At("on")
	case !open:
		return problem.New(problem.Invalid, "procedure.hearing-closed").At("on")
	}
	h := d.Hearing
	c.Course.Hearing = &h
	return nil
}

// pause sets the terms of the authority still that are not over yet: a pause
// cures no delay.
func (c *Case) pause(at time.Time, by law.SettingName) error {
	s, err := law.SettingOn(by, c.LawOn)
	if err != nil || !s.Yes() {
		return err
	}
	var running []Running
	for _, r := range c.Running {
		if r.Whose == party.Applicant || !at.Before(r.End.At) {
			running = append(running, r)
			continue
		}
		c.Course.Paused = append(c.Course.Paused, Paused{r, at})
	}
	c.Running = running
	return nil
}

// resume lets what was paused run on from a moment.
func (c *Case) resume(at time.Time, cal calendar.Calendar) ([]Change, error) {
	var done []Change
	for _, p := range c.Course.Paused {
		r, err := p.resumed(at, cal)
		if err != nil {
			return nil, err
		}
		c.Running = append(c.Running, r)
		done = append(done, r.Changes[len(r.Changes)-1])
	}
	c.Course.Paused = nil
	return done, nil
}

// resumed returns the term running again from a moment, as long as was left of it
// when it was paused: in the calendar of now, for that may have changed.
func (p Paused) resumed(at time.Time, cal calendar.Calendar) (Running, error) {
	r := p.Running
	end, err := cal.End(r.End.Start, r.End.Term)
	if err != nil {
		return r, err
	}
	left, err := cal.Remaining(p.At, end)
	if err != nil {
		return r, err
	}
	term := calendar.Term{N: max(0, left.Days), Unit: calendar.WorkingDays}
	if !left.InDays {
		term = calendar.Term{N: int(left.Minutes / time.Minute), Unit: calendar.WorkingMinutes}
	}
	before := r.End.Last
	if r.End, err = cal.End(at, term); err != nil {
		return r, err
	}
	r.Changes = append(slices.Clone(r.Changes), Change{
		Why: ForPause, Term: r.Name, From: p.At, Until: at, Before: before, After: r.End.Last, N: term.N, Unit: term.Unit,
		Zone: cal.Zone().String(), Sure: law.Assumed, Cite: "APPC",
	})
	return r, nil
}

// ByItself returns what the clock does to the case, and when it can; no act if it
// does nothing.
func (c Case) ByItself() (Act, time.Time) {
	in, err := c.Edition(c.LawOn)
	if err != nil {
		return "", time.Time{}
	}
	for _, s := range StepsIn(in) {
		if s.From != c.State || s.By != party.Clock {
			continue
		}
		for _, r := range c.Running {
			if r.Whose == party.Applicant && ends(r.Name, s.Act) {
				return s.Act, r.End.At
			}
		}
	}
	return "", time.Time{}
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

func (o Objection) open() bool { return o.Answer == "" }

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
