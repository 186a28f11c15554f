package procedure

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/problem"
)

// A Move is a request of the applicant to hear them later, with what became of it.
// It is made and answered before the hour of the hearing (assumed: the Code was not
// read on it).
type Move struct {
	At       time.Time `json:"at"`
	Reasons  string    `json:"reasons"`
	Answer   Moved     `json:"answer,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
	Words    string    `json:"words,omitempty"` // why not, or how the applicant agreed to a sooner day
	Was      time.Time `json:"was,omitzero"`    // the hour before it was moved
	Place    string    `json:"place,omitempty"` // and the place
}

// Moved is the answer to a request to postpone.
type Moved string

// The answers. None is empty.
const (
	Postponed Moved = "postponed"
	Kept      Moved = "kept"
)

// Asked returns the request that has no answer yet, or nil.
func (h *Hearing) Asked() *Move {
	if n := len(h.Moves); n > 0 && h.Moves[n-1].Answer == "" {
		return &h.Moves[n-1]
	}
	return nil
}

// move asks for a later hearing, postpones it, or keeps it as it was called. A new
// day leaves the applicant as long as the first did, unless they agree to less; the
// clock of the authority stands still until then, for it is they who asked.
func (c *Case) move(d Deed, cal calendar.Calendar) error {
	h := c.Course.Hearing
	asked := h.Asked()
	switch {
	case !d.At.Before(h.At):
		return problem.New(problem.OutOfTime, "procedure.hearing-began", lang.Args{"moment": calendar.Moment{Time: h.At.In(cal.Zone())}}).Under("APPC art. 73")
	case d.Act == AskLater && asked != nil:
		return problem.New(problem.Conflict, "procedure.asked-already")
	case d.Act != AskLater && asked == nil:
		return problem.New(problem.Conflict, "procedure.nobody-asked").Under("APPC art. 73")
	case d.Act == AskLater && d.Words == "":
		return problem.New(problem.Invalid, "procedure.empty").At("later")
	case d.Act == KeepHour && d.Words == "":
		return problem.New(problem.Invalid, "procedure.empty").At("keep")
	case d.Act == AskLater:
		h.Moves = append(h.Moves, Move{At: d.At, Reasons: d.Words})
		return nil
	case d.Act == KeepHour:
		asked.Answer, asked.Answered, asked.Words = Kept, d.At, d.Words
		return nil
	case !d.Hearing.At.After(h.At):
		return problem.New(problem.Invalid, "procedure.not-later", lang.Args{"moment": calendar.Moment{Time: h.At.In(cal.Zone())}}).At("on")
	}
	if err := c.call(d, cal); err != nil {
		return err
	}
	asked.Answer, asked.Answered, asked.Words = Postponed, d.At, d.Words
	asked.Was, asked.Place = h.At, h.Place
	h.At, h.Place = d.Hearing.At, d.Hearing.Place
	return nil
}

// past is what the sentences about a request need.
func (m Move) past(cal calendar.Calendar) lang.Args {
	return lang.Args{
		"asked": cal.Day(m.At), "reasons": m.Reasons, "words": m.Words, "place": m.Place,
		"was": calendar.Moment{Time: m.Was.In(cal.Zone())},
	}
}

// Say tells a request and what became of it, in one sentence.
func (m Move) Say(cal calendar.Calendar) lang.Message {
	key := "procedure.move-open"
	switch {
	case m.Answer == Kept:
		key = "procedure.move-kept"
	case m.Answer == Postponed && m.Words != "":
		key = "procedure.move-agreed"
	case m.Answer == Postponed:
		key = "procedure.move-postponed"
	}
	return lang.M(key, m.past(cal))
}
