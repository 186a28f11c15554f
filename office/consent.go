package office

import (
	"context"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
)

// Agree gives the consent of another region's department to a case (Order 279 of
// 2023-06-30).
func (o *Office) Agree(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.reply(ctx, by, id, procedure.Agree, "")
}

// Disagree is the objection of another region's department, with the reason.
func (o *Office) Disagree(ctx context.Context, by party.Actor, id, why string) (procedure.Case, error) {
	if err := short("words", why); err != nil {
		return procedure.Case{}, err
	}
	return o.reply(ctx, by, id, procedure.Disagree, strings.TrimSpace(why))
}

func (o *Office) reply(ctx context.Context, by party.Actor, id string, a procedure.Act, words string) (procedure.Case, error) {
	if _, err := o.Consultation(ctx, by, id); err != nil {
		return procedure.Case{}, err
	}
	return o.do(ctx, id, procedure.Deed{Act: a, By: by, Words: words},
		func(_ context.Context, _ store.Tx, _ *procedure.Case, e *procedure.Event) error {
			e.Note.Text, e.Note.Region = words, by.Region
			return nil
		})
}

// A Consultation is what a department sees of another region's case to which it is
// asked for its consent: what is asked for, what it has left itself, what it said.
type Consultation struct {
	Case    procedure.Case
	Consent procedure.Consent
	Ways    []procedure.Step
	Lines   []quota.Balance // its own lines that the case draws on
	Holds   map[quota.Line]quota.Permits
	Today   calendar.Date
}

// Consultation returns a case to a department that was asked about it.
func (o *Office) Consultation(ctx context.Context, by party.Actor, id string) (Consultation, error) {
	var v Consultation
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err == nil && !mayConsult(by, c) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		if err != nil {
			return err
		}
		v, err = o.consultation(ctx, tx, by, c)
		return err
	})
	return v, err
}

func mayConsult(by party.Actor, c procedure.Case) bool {
	return (by.Role == party.Head || by.Role == party.Executor) && c.Consulted(by.Region)
}

func (o *Office) consultation(ctx context.Context, tx store.ReadTx, by party.Actor, c procedure.Case) (Consultation, error) {
	v := Consultation{Case: c}
	for _, x := range c.Course.Consents {
		if x.Region == by.Region {
			v.Consent = x
		}
	}
	var err error
	if v.Today, err = o.Today(by.Region); err != nil {
		return v, err
	}
	for _, w := range procedure.Ways(c, by, v.Today) {
		taken := w.Act == procedure.Disagree && (v.Consent.Answer != "" || !o.Now().Before(v.Consent.End.At))
		if !taken && v.Consent.Answer != procedure.Agreed {
			v.Ways = append(v.Ways, w)
		}
	}
	if v.Holds, err = held(ctx, tx, c.ID); err != nil {
		return v, err
	}
	for _, l := range c.Application.Lines(c.LawOn.Year, c.Region) {
		if l.Region != by.Region {
			continue
		}
		b, err := tx.QuotaBalance(ctx, l)
		if err != nil {
			return v, err
		}
		v.Lines = append(v.Lines, b)
	}
	return v, nil
}

// Consultations returns the cases of other regions a department was asked about,
// those it has not answered at the top.
func (o *Office) Consultations(ctx context.Context, by party.Actor) ([]Consultation, error) {
	if by.Role != party.Head && by.Role != party.Executor {
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	var list []Consultation
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list = nil
		ids, err := tx.ConsultedCases(ctx, by.Region)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c, err := tx.Case(ctx, id)
			if err != nil {
				return err
			}
			v, err := o.consultation(ctx, tx, by, c)
			if err != nil {
				return err
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// ConsultationsWaiting returns how many cases wait for the answer of a department.
func (o *Office) ConsultationsWaiting(ctx context.Context, by party.Actor) (n int, err error) {
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		n, err = tx.AwaitedConsents(ctx, by.Region)
		return err
	})
	return n, err
}

// ConsultationPaper returns the application of a case as it was signed last, to a
// department that was asked about it; NotFound where it came on paper.
func (o *Office) ConsultationPaper(ctx context.Context, by party.Actor, id string) ([]byte, error) {
	if _, err := o.Consultation(ctx, by, id); err != nil {
		return nil, err
	}
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		papers, err = tx.Papers(ctx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(papers) {
		if p.Form == FormApplication && p.Signature != "" {
			return o.content(ctx, p)
		}
	}
	return nil, problem.New(problem.NotFound, "problem.not-found")
}
