package office

import (
	"context"
	"strings"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// AskLater asks, with reasons, to be heard on another day.
func (o *Office) AskLater(ctx context.Context, by party.Actor, id, why string) (procedure.Case, error) {
	return o.moveHearing(ctx, by, id, procedure.AskLater, why)
}

// KeepHour tells the applicant, with reasons, that the hearing is held as it was
// called.
func (o *Office) KeepHour(ctx context.Context, by party.Actor, id, why string) (procedure.Case, error) {
	return o.moveHearing(ctx, by, id, procedure.KeepHour, why)
}

func (o *Office) moveHearing(ctx context.Context, by party.Actor, id string, a procedure.Act, words string) (procedure.Case, error) {
	words = strings.TrimSpace(words)
	field := map[procedure.Act]string{procedure.AskLater: "later", procedure.KeepHour: "keep"}[a]
	if err := short(field, words); err != nil {
		return procedure.Case{}, err
	}
	return o.do(ctx, id, procedure.Deed{Act: a, By: by, Words: words},
		func(_ context.Context, _ store.Tx, _ *procedure.Case, e *procedure.Event) error {
			e.Note.Text = words
			return nil
		})
}

// Postpone calls the hearing to another place and time, on the request of the
// applicant, with a new invitation. Agreed is how they agreed to a day sooner than
// the law leaves them; empty where it is not sooner.
func (o *Office) Postpone(ctx context.Context, by party.Actor, id string, h procedure.Hearing, agreed string) (procedure.Case, error) {
	var err error
	if h.Place, err = written("place", h.Place); err != nil {
		return procedure.Case{}, err
	}
	if h.At.IsZero() {
		return procedure.Case{}, problem.New(problem.Invalid, "procedure.no-moment").At("on")
	}
	agreed = strings.TrimSpace(agreed)
	if err := short("agreed", agreed); err != nil {
		return procedure.Case{}, err
	}
	set := func(s setting) ([]sheet, error) {
		return s.one(FormInvitation, func() ([]byte, error) { return s.invitation(*s.c.Course.Hearing) })
	}
	d := procedure.Deed{Act: procedure.Postpone, By: by, Hearing: procedure.Hearing{Place: h.Place, At: h.At}, Words: agreed}
	return o.write(ctx, id, d, procedure.Note{Text: agreed}, nil, set,
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			e.Note.Hearing = c.Course.Hearing
			return o.handOn(ctx, tx, c, e)
		})
}

// moves are the requests to postpone a hearing, as its papers tell them.
func (s setting) moves() []lang.Text {
	h := s.c.Course.Hearing
	if h == nil {
		return nil
	}
	var list []lang.Text
	for _, m := range h.Moves {
		list = append(list, lang.All(m.Say(s.cal)))
	}
	return list
}
