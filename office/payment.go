package office

import (
	"context"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// A Payment is what the applicant shows to have paid; in parts, all of them
// together and the day of the last.
type Payment struct {
	On  calendar.Date
	Sum fee.Tenge
}

// ProvePayment takes the proof of payment (WKO 142/2017 ¶ 7(3), ¶ 10(13),
// condition 4). The fee is that of the day of payment. What is short, late or
// comes a second time is refused with the rule and with what can be done; what is
// too much is taken, and the event says by how much.
func (o *Office) ProvePayment(ctx context.Context, by party.Actor, id string, p Payment) (procedure.Case, error) {
	return o.prove(ctx, by, id, p, nil)
}

func (o *Office) prove(ctx context.Context, by party.Actor, id string, p Payment, proof []procedure.Evidence) (procedure.Case, error) {
	d := procedure.Deed{Act: procedure.ProvePayment, By: by}
	c, err := o.do(ctx, id, d, func(_ context.Context, _ store.Tx, c *procedure.Case, e *procedure.Event) error {
		today, err := o.Today(c.Region)
		if err != nil {
			return err
		}
		due, err := enough(*c, p, today)
		if err != nil {
			return err
		}
		e.Note = procedure.Note{PaidOn: p.On, Sum: int64(p.Sum), Over: int64(p.Sum - due), Proof: proof}
		return nil
	})
	if err != nil {
		return c, o.advise(ctx, by, id, err)
	}
	return c, nil
}

// enough returns what was due, or says what is wrong with a payment.
func enough(c procedure.Case, p Payment, today calendar.Date) (fee.Tenge, error) {
	if p.On.IsZero() || p.On.After(today) || p.On.Before(c.LawOn) {
		return 0, problem.New(problem.Invalid, "procedure.bad-paid-on").At("paid_on")
	}
	due, err := Fee(c, p.On)
	if err != nil {
		return 0, err
	}
	if p.Sum >= due {
		return due, nil
	}
	e := problem.New(problem.Invalid, "procedure.bad-sum", lang.Args{"paid": p.Sum, "due": due}).At("sum").Under("WKO 142/2017 ¶ 7(3)")
	args := lang.Args{"missing": due - p.Sum}
	key := "office.paid-short"
	if before, err := Fee(c, calendar.DateOf(p.On.Year-1, 12, 31)); err == nil && p.Sum == before {
		key, args["day"] = "office.paid-old-index", p.On
	}
	e.Fields = append(e.Fields, problem.Field{Name: "sum", Say: lang.M(key, args)})
	return 0, e
}

// advise adds to a refused payment what can be done: after the last day, or when
// it was proved already.
func (o *Office) advise(ctx context.Context, by party.Actor, id string, err error) error {
	e := problem.Of(err)
	switch {
	case e.Kind == problem.OutOfTime:
		e = e.At("sum")
		e.Fields = append(e.Fields, problem.Field{Name: "sum", Say: lang.M("office.paid-late")})
		return e
	case e.Kind != problem.Conflict:
		return err
	}
	return orErr(o.PaymentOpen(ctx, by, id), err)
}

func orErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// PaymentOpen returns an error that says what can be done unless a payment of the
// case can still be proved. A page asks before it takes a file.
func (o *Office) PaymentOpen(ctx context.Context, by party.Actor, id string) error {
	c, err := o.Case(ctx, by, id)
	if err != nil || c.State == procedure.Notified {
		return err
	}
	v, err := o.Look(ctx, by, id)
	if err != nil {
		return err
	}
	for _, e := range v.Events {
		if e.Act == procedure.ProvePayment {
			return problem.New(problem.Conflict, "office.paid-already", lang.Args{"sum": fee.Tenge(e.Note.Sum), "day": e.Note.PaidOn}).Under(e.Cite)
		}
		if e.Act == procedure.Lapse {
			return problem.New(problem.OutOfTime, "office.paid-lapsed").Under(e.Cite)
		}
	}
	return nil
}

// MatchPayment proves a payment by what the treasury has of it, without copies. It
// is done in the name of who may prove it. Of parts the last day counts.
func (o *Office) MatchPayment(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	c, err := o.Case(ctx, by, id)
	if err == nil {
		err = o.PaymentOpen(ctx, by, id)
	}
	if err == nil && c.State != procedure.Notified {
		err = problem.New(problem.Conflict, "procedure.not-possible", lang.Args{"act": procedure.ProvePayment, "state": c.State})
	}
	if err != nil {
		return procedure.Case{}, err
	}
	q := examination.Question{Register: examination.Treasury, Subject: examination.PaymentSubject(c.Application.Employer.BIN, c.Number)}
	a := o.Registers.Ask(ctx, q, by, o.Now())
	if err := o.keepAnswers(ctx, id, []examination.Answer{a}); err != nil {
		return procedure.Case{}, err
	}
	if a.Status == examination.Down {
		return procedure.Case{}, problem.New(problem.Unavailable, "office.treasury-down").At("sum")
	}
	record, _ := examination.Read[examination.Payments](a)
	p, ok := together(record, c.LawOn)
	if !ok {
		return procedure.Case{}, problem.New(problem.Conflict, "office.treasury-none", lang.Args{"case": c.Number}).At("sum")
	}
	return o.prove(ctx, by, id, p, []procedure.Evidence{a.Evidence()})
}

// together adds up what was paid for a case since it was handed in.
func together(all examination.Payments, since calendar.Date) (Payment, bool) {
	var p Payment
	for _, x := range all.Payments {
		if x.On.Before(since) || x.Sum <= 0 {
			continue
		}
		p.Sum += fee.Tenge(x.Sum)
		if x.On.After(p.On) {
			p.On = x.On
		}
	}
	return p, p.Sum > 0
}
