package procedure

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// Perform does a deed to c, and returns the case as it is afterwards with the
// event to record. When it fails, c stands as it was.
//
// It refuses what the edition of the case has no step for, what is another's to
// do, and what the applicant does after their time.
func Perform(c Case, d Deed, cal calendar.Calendar) (Case, Event, error) {
	next := c
	next.Running = slices.Clone(c.Running)
	switch d.Act {
	case Submit:
		next.LawOn, next.Submitted = cal.Day(d.At), d.At
	case Draft:
		next.Verdict = d.Verdict
	}
	next.Course = c.Course.Clone()
	if d.Act == Reopen { // nothing that led to the cancelled decision binds the new one
		next.Verdict, next.Course = "", Course{}
	}
	if err := c.mayRefuse(d); err != nil {
		return c, Event{}, err
	}
	if err := c.agreed(d); err != nil {
		return c, Event{}, err
	}
	s, err := next.find(d, cal.Day(d.At))
	if err != nil {
		return c, Event{}, err
	}
	late, err := next.stop(d, s)
	if err != nil {
		return c, Event{}, err
	}
	resumed, err := next.pauses(d, c, cal)
	if err != nil {
		return c, Event{}, err
	}
	if d.Act == ProvePayment {
		next.Paid = true
	}
	if err := next.start(d, cal); err != nil {
		return c, Event{}, err
	}
	if !s.To.Open() {
		next.Running, next.Course.Paused = nil, nil
	}
	next.State = s.To
	next.Version++
	return next, Event{
		Case: c.ID, Version: next.Version, Act: d.Act, By: d.By, At: d.At,
		From: c.State, To: s.To, Cite: s.Cite, Sure: s.Sure, Late: late,
		Note: Note{Paused: resumed},
	}, nil
}

// find returns the step a deed takes, or says why there is none.
func (c Case) find(d Deed, today calendar.Date) (Step, error) {
	in, err := c.Edition(today)
	if err != nil {
		return Step{}, err
	}
	var wrongHands *problem.Error
	for _, s := range StepsIn(in) {
		if s.From != c.State || s.Act != d.Act || !c.meets(s.If) {
			continue
		}
		if err := c.Allows(s, d.By); err != nil {
			wrongHands = problem.Of(err)
			continue
		}
		return s, nil
	}
	if wrongHands != nil {
		return Step{}, wrongHands
	}
	return Step{}, problem.New(problem.Conflict, "procedure.not-possible", lang.Args{"act": d.Act, "state": c.State})
}

// meets reports whether the case is one a condition speaks of.
func (c Case) meets(k Condition) bool {
	switch k {
	case IfGrant:
		return c.Verdict == Grant
	case IfRefusal:
		return c.Verdict == Refusal
	case IfOwing:
		return c.Verdict == Grant && c.Owing()
	case IfSettled:
		return c.Verdict == Grant && !c.Owing()
	case IfUnpaid:
		return !c.Paid
	case IfPaid:
		return c.Paid
	case IfHeard:
		return c.Course.heard() && !c.Paid
	case IfUnheard:
		return !c.Course.heard() && !c.Paid
	}
	return true
}

// Allows returns an error unless an actor may take a step of the case.
//
// Who hands papers in at the counter does not sign in: on paper, the
// authority's people record what the applicant does (WKO 142/2017 ¶ 5(1)).
func (c Case) Allows(s Step, by party.Actor) error {
	onPaper := s.By == party.Applicant && c.Channel == Paper && by.Role.Authority()
	switch {
	case by.Role != s.By && !onPaper:
		return problem.New(problem.NotAllowed, "procedure.not-yours", lang.Args{"act": s.Act, "who": s.By}).Under(s.Cite)
	case slices.Contains(consents, s.Act):
		if !c.Consulted(by.Region) {
			return problem.New(problem.NotAllowed, "procedure.not-consulted").Under(s.Cite)
		}
	case by.Role.Authority() && by.Region != c.Region:
		return problem.New(problem.NotAllowed, "problem.not-your-region", lang.Args{"region": law.RegionName(c.Region)})
	case by.Role == party.Applicant && by.BIN != c.Application.Employer.BIN:
		return problem.New(problem.NotFound, "problem.not-found")
	case by.Role == party.Executor && s.By == party.Executor && by.Account != c.Executor:
		return problem.New(problem.NotAllowed, "procedure.not-your-case", lang.Args{"act": s.Act})
	}
	return nil
}

// stop takes the terms that d ends off c, and returns those of the authority
// that were over. It refuses what comes too late, or not yet; see [Terms].
func (c *Case) stop(d Deed, s Step) (late []law.TermName, err error) {
	running := c.Running
	c.Running = nil
	for _, r := range running {
		over := !d.At.Before(r.End.At)
		switch {
		case !ends(r.Name, d.Act):
			c.Running = append(c.Running, r)
		case !over && r.Whose == party.Applicant && s.By != party.Applicant:
			return nil, outOfTime("procedure.not-yet", r, s)
		case over && r.Whose == party.Applicant && s.By == party.Applicant:
			return nil, outOfTime("procedure.too-late", r, s)
		case over && r.Whose.Authority():
			late = append(late, r.Name)
		}
	}
	return late, nil
}

func outOfTime(key string, r Running, s Step) error {
	return problem.New(problem.OutOfTime, key,
		lang.Args{"term": r.Name, "act": s.Act, "last": r.End.Last}).Under(s.Cite)
}

func ends(name law.TermName, a Act) bool {
	return slices.ContainsFunc(Terms, func(t Term) bool { return t.Name == name && slices.Contains(t.Ends, a) })
}

// start sets the terms running that begin with d, each as long as the law of
// the case's day says. What a complaint reopens is decided in the time of the first
// decision, counted anew.
func (c *Case) start(d Deed, cal calendar.Calendar) error {
	for _, t := range Terms {
		anew := d.Act == Reopen && t.Name == law.Answer
		if t.After != d.Act && !anew || !c.needs(t) {
			continue
		}
		v, err := law.TermOn(t.Name, c.Application.Operation, c.Application.Scheme, c.LawOn)
		if err != nil {
			return err
		}
		end, err := cal.End(d.At, v.Term)
		if err != nil {
			return err
		}
		c.Running = append(c.Running, Running{Name: t.Name, Whose: t.Whose, From: d.At, Cite: v.Cite, Sure: v.Sure, End: end})
	}
	return nil
}

// needs reports whether a term is one for this case. The second stage is only
// where a fee is due, and the time to hand a result on begins with the
// signature whatever it is.
func (c *Case) needs(t Term) bool {
	if t.Name == law.Payment || t.Name == law.StageTwo {
		return c.FeeDue()
	}
	return true
}

// Ways returns the steps an actor can take in the case now, in the order of the
// table. Pages make their buttons of them.
func Ways(c Case, by party.Actor, today calendar.Date) []Step {
	in, err := c.Edition(today)
	if err != nil {
		return nil
	}
	var ways []Step
	for _, s := range StepsIn(in) {
		if s.From == c.State && c.mayMeet(s) && c.Allows(s, by) == nil {
			ways = append(ways, s)
		}
	}
	return ways
}

// mayMeet is meets for what is not decided yet: a draft may still become either.
func (c Case) mayMeet(s Step) bool {
	return s.Act == Draft && s.If != IfRefusal || c.meets(s.If)
}

// WaitsFor returns whose turn it is: who takes the next step the procedure is
// for. Of a closed case it returns nobody.
func WaitsFor(c Case, today calendar.Date) party.Role {
	in, err := c.Edition(today)
	if err != nil {
		return ""
	}
	for _, s := range StepsIn(in) {
		if s.From == c.State && s.By != party.Clock && c.mayMeet(s) {
			return s.By
		}
	}
	return ""
}
