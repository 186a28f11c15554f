package office

import (
	"context"
	"strconv"
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// written returns a text without space around it, or what is wrong with it at its
// field.
func written(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", problem.New(problem.Invalid, "procedure.empty").At(field)
	case len([]rune(text)) > procedure.MaxWords:
		return "", problem.New(problem.Invalid, "procedure.too-long", lang.Args{"most": procedure.MaxWords}).At(field)
	}
	return text, nil
}

// Forewarn tells the applicant of a preliminary decision against them, on which
// grounds, and where and when they are heard (APPC art. 73).
func (o *Office) Forewarn(ctx context.Context, by party.Actor, id string, h procedure.Hearing) (procedure.Case, error) {
	var err error
	if h.Place, err = written("place", h.Place); err != nil {
		return procedure.Case{}, err
	}
	if h.Reasons, err = written("words", h.Reasons); err != nil {
		return procedure.Case{}, err
	}
	if h.At.IsZero() {
		return procedure.Case{}, problem.New(problem.Invalid, "procedure.no-moment").At("on")
	}
	h = procedure.Hearing{Place: h.Place, At: h.At, Reasons: h.Reasons, Grounds: h.Grounds}
	check := func(c procedure.Case) error {
		if !known(law.GroundsFor(c.Application.Operation, c.Application.Scheme, c.LawOn), h.Grounds) {
			return problem.New(problem.Invalid, "procedure.no-grounds").At("grounds").Under("APPC art. 73")
		}
		return nil
	}
	set := func(s setting) ([]sheet, error) {
		return s.one(FormInvitation, func() ([]byte, error) { return s.invitation(h) })
	}
	d := procedure.Deed{Act: procedure.Forewarn, By: by, Hearing: h}
	return o.write(ctx, id, d, procedure.Note{Text: h.Reasons, Grounds: h.Grounds}, check, set,
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			e.Note.Hearing = c.Course.Hearing
			return o.handOn(ctx, tx, c, e)
		})
}

// Object adds points that the applicant makes against the preliminary decision.
func (o *Office) Object(ctx context.Context, by party.Actor, id string, points []string) (procedure.Case, error) {
	points, err := pointsOf(points)
	if err != nil {
		return procedure.Case{}, err
	}
	return o.do(ctx, id, procedure.Deed{Act: procedure.Object, By: by},
		func(_ context.Context, _ store.Tx, c *procedure.Case, e *procedure.Event) error {
			return note(c, e, points)
		})
}

// note adds objections to a hearing and to the event that brings them.
func note(c *procedure.Case, e *procedure.Event, points []string) error {
	h := c.Course.Hearing
	if len(h.Objections)+len(points) > procedure.MaxObjections {
		return problem.New(problem.TooLarge, "procedure.many-objections", lang.Args{"most": procedure.MaxObjections}).At("points")
	}
	for _, p := range points {
		h.Objections = append(h.Objections, procedure.Objection{Text: p, At: e.At})
	}
	e.Note.Objections = points
	return nil
}

// pointsOf returns the points that say something; there must be one at least.
func pointsOf(texts []string) ([]string, error) {
	var points []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		s, err := written("points", s)
		if err != nil {
			return nil, err
		}
		points = append(points, s)
	}
	if len(points) == 0 {
		return nil, problem.New(problem.Invalid, "procedure.no-objection").At("points")
	}
	return points, nil
}

// Waive records that the applicant does not want to be heard, in their words.
func (o *Office) Waive(ctx context.Context, by party.Actor, id, words string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Waive, By: by},
		func(_ context.Context, _ store.Tx, c *procedure.Case, e *procedure.Event) error {
			if err := short("words", words); err != nil {
				return err
			}
			e.Note.Text, e.Note.Hearing = strings.TrimSpace(words), c.Course.Hearing
			return nil
		})
}

// Hear records a hearing: who was there, when, and what was said; points that were
// made at it are added to those in writing. That the applicant did not come is a
// protocol too.
func (o *Office) Hear(ctx context.Context, by party.Actor, id string, p procedure.Protocol, points []string) (procedure.Case, error) {
	var err error
	if p.Said, err = written("said", p.Said); err != nil {
		return procedure.Case{}, err
	}
	if p.Present = strings.TrimSpace(p.Present); p.Present == "" && !p.Absent {
		return procedure.Case{}, problem.New(problem.Invalid, "procedure.empty").At("present")
	}
	if err := short("present", p.Present); err != nil {
		return procedure.Case{}, err
	}
	if strings.TrimSpace(strings.Join(points, "")) == "" {
		points = nil
	} else if points, err = pointsOf(points); err != nil {
		return procedure.Case{}, err
	}
	now := o.Now()
	check := func(c procedure.Case) error {
		if p.Began.IsZero() {
			p.Began = c.Course.Hearing.At
		}
		if p.Began.Before(c.Course.Hearing.At) || p.Began.After(now) {
			return problem.New(problem.Invalid, "procedure.bad-began").At("began")
		}
		return nil
	}
	set := func(s setting) ([]sheet, error) {
		return s.one(FormProtocol, func() ([]byte, error) { return s.protocol(p, points) })
	}
	return o.write(ctx, id, procedure.Deed{Act: procedure.Hear, By: by}, procedure.Note{Text: p.Said}, check, set,
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			c.Course.Hearing.Protocol = p
			if err := note(c, e, points); err != nil {
				return err
			}
			e.Note.Hearing = c.Course.Hearing
			return o.handOn(ctx, tx, c, e)
		})
}

// AnswerObjections answers the objections point by point, in their order, for the
// draft of a refusal.
func (o *Office) AnswerObjections(ctx context.Context, by party.Actor, id string, answers []string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Answer, By: by},
		func(_ context.Context, _ store.Tx, c *procedure.Case, e *procedure.Event) error {
			h := c.Course.Hearing
			if len(h.Objections) == 0 || len(answers) != len(h.Objections) {
				return problem.New(problem.Invalid, "procedure.answer-first").At("answer-0")
			}
			for i, a := range answers {
				a, err := written("answer-"+strconv.Itoa(i), a)
				if err != nil {
					return err
				}
				h.Objections[i].Answer = a
			}
			e.Note.Hearing = h
			return nil
		})
}
