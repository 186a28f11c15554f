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

// A Paused term stands still; what is left of it runs on later.
type Paused struct {
	Running
	At time.Time `json:"at"` // since when
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
	case AskLater, Postpone, KeepHour:
		return nil, c.move(d, cal)
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
