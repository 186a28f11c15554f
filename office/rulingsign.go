package office

import (
	"context"
	"time"

	"ruqsat/complaint"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// MakeRuling makes the paper of a ruling that a head is to sign, with their name
// and today's day, unless it is there.
func (o *Office) MakeRuling(ctx context.Context, by party.Actor, id string) error {
	s, papers, err := o.rulingToSign(ctx, by, id, o.Now())
	if err != nil || made(papers, s.madeOf()) {
		return err
	}
	pdf, err := s.pdf()
	if err != nil {
		return unprintable(err)
	}
	papers = setting{c: caseOf(id), at: s.at}.papers([]sheet{{FormRuling, s.Ruling.Number, pdf}}, s.madeOf())
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		if r.Version != s.Ruling.Version {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		return enterPapers(ctx, tx, id, papers)
	})
}

// RulingToSign are the papers of a ruling that wait for the head's signature; none
// until they have been made, see [Office.MakeRuling].
func (o *Office) RulingToSign(ctx context.Context, by party.Actor, id string) ([]store.Paper, error) {
	s, papers, err := o.rulingToSign(ctx, by, id, o.Now())
	if err != nil || !made(papers, s.madeOf()) {
		return nil, err
	}
	return papers, nil
}

// rulingToSign reads a ruling that a head may sign, as its paper is set, and the
// papers there are. That it can still be done is asked here and in the act.
func (o *Office) rulingToSign(ctx context.Context, by party.Actor, id string, at time.Time) (rulingSetting, []store.Paper, error) {
	s := rulingSetting{at: at.Truncate(time.Second), address: o.Address}
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		if err := maySignRuling(by, r); err != nil {
			return err
		}
		if r.State != store.RulingDrafted {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		if err := s.read(ctx, tx, o, by, r); err != nil {
			return err
		}
		papers, err = unsigned(ctx, tx, id)
		return err
	})
	return s, papers, err
}

// maySignRuling returns an error unless an actor is the head of the department.
func maySignRuling(by party.Actor, r store.Ruling) error {
	switch {
	case !by.Role.Authority() || by.Region != r.Region:
		return problem.New(problem.NotFound, "problem.not-found")
	case by.Role == party.Head:
		return nil
	case r.About == store.AboutComplaint:
		return problem.New(problem.NotAllowed, "complaint.not-yours", map[string]any{"act": r.Complaint.Act, "who": party.Head})
	}
	return problem.New(problem.NotAllowed, "registry.not-yours", map[string]any{"act": r.Permit.Act, "who": party.Head})
}

// SignRuling makes a draft the department's act: the head has signed its paper, and
// what it decides is done, in one. Signatures that cannot be judged yet wait; see
// [Waits].
func (o *Office) SignRuling(ctx context.Context, by party.Actor, id string, sigs Signatures) (store.Ruling, error) {
	r, list, err := o.signRuling(ctx, by, id, sigs, o.Now(), func(context.Context, store.Tx) error { return nil })
	return r, o.orWait(ctx, waitRuling, by, id, sigs, list, err)
}

// signRuling does the act with signatures that came at a moment, and what else
// belongs to it. It returns what was found of them in any case.
func (o *Office) signRuling(ctx context.Context, by party.Actor, id string, sigs Signatures, at time.Time,
	more func(context.Context, store.Tx) error,
) (store.Ruling, []signed, error) {
	s, papers, err := o.rulingToSign(ctx, by, id, at)
	if err != nil {
		return store.Ruling{}, nil, err
	}
	if !made(papers, s.madeOf()) {
		return store.Ruling{}, nil, problem.New(problem.Conflict, "office.drafts-old")
	}
	list, err := o.examine(ctx, by, papers, sigs, at)
	if err != nil {
		return store.Ruling{}, list, err
	}
	var done store.Ruling
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		if r.Version != s.Ruling.Version {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		if err := o.carryOut(ctx, tx, by, at, s, &r); err != nil {
			return err
		}
		r.State, r.Signed, r.Signer = store.RulingSigned, at, by
		if err := tx.SaveRuling(ctx, r); err != nil {
			return err
		}
		if err := more(ctx, tx); err != nil {
			return err
		}
		if err := tx.DropWaiting(ctx, id); err != nil {
			return err
		}
		if err := o.enterSigned(ctx, tx, list); err != nil {
			return err
		}
		done = r
		return tx.HandOn(ctx, id, at)
	})
	return done, list, err
}

// carryOut does what a ruling decides, on the permit or complaint as its paper
// describes it.
func (o *Office) carryOut(ctx context.Context, tx store.Tx, by party.Actor, at time.Time, s rulingSetting, r *store.Ruling) error {
	switch {
	case r.About == store.AboutComplaint:
		d := r.Complaint
		d.By, d.At = by, at
		_, err := o.toComplaint(ctx, tx, r.Subject, s.complaint.Version, d)
		return err
	case r.Entry != 0:
		return nil // it confirms what the register has
	}
	if err := tx.LockPermit(ctx, r.Subject); err != nil {
		return err
	}
	p, err := tx.Permit(ctx, r.Subject)
	if err != nil {
		return err
	}
	if p.LastSeq() != s.permit.LastSeq() {
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	e, err := registry.Perform(p, deedAt(r.Permit, by, at), s.cal)
	if err != nil {
		return said(err)
	}
	e, err = tx.AddEntry(ctx, p, e)
	r.Entry = e.Seq
	return err
}

// deedAt is a drafted deed as a head does it now.
func deedAt(d registry.Deed, by party.Actor, at time.Time) registry.Deed {
	d.By, d.At = by, at
	return d
}

// A ToSignRuling is a ruling that waits for the head, with its papers.
type ToSignRuling struct {
	RulingView
	Papers []store.Paper // as they would be signed now; none until they are made
	Seen   bool          // the head has opened all of them
	Wrong  error         // why it cannot be signed any more
}

// RulingQueue returns the rulings that wait for the signature of a head, the oldest
// first. One that cannot be done any more says so, to be given up.
func (o *Office) RulingQueue(ctx context.Context, by party.Actor) ([]ToSignRuling, error) {
	if by.Role != party.Head {
		return nil, problem.New(problem.NotAllowed, "office.head-signs")
	}
	var rulings []store.Ruling
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		rulings, err = tx.DraftedRulings(ctx, by.Region)
		return err
	})
	var list []ToSignRuling
	for _, r := range rulings {
		t := ToSignRuling{}
		if t.RulingView, err = o.LookRuling(ctx, by, r.ID); err != nil {
			return nil, err
		}
		if t.Papers, t.Wrong = o.RulingToSign(ctx, by, r.ID); problem.IsKind(t.Wrong, problem.Internal) {
			return nil, t.Wrong
		}
		seen, err := o.seen(ctx, by, t.Papers)
		if err != nil {
			return nil, err
		}
		t.Seen = ToSignCase{Papers: t.Papers, Seen: seen}.AllSeen()
		list = append(list, t)
	}
	return list, err
}

// SignReadRuling is [Office.SignRuling] as part of a run: the head must have opened
// the paper.
func (o *Office) SignReadRuling(ctx context.Context, by party.Actor, id string, sigs Signatures) (store.Ruling, error) {
	papers, err := o.RulingToSign(ctx, by, id)
	if err != nil {
		return store.Ruling{}, err
	}
	seen, err := o.seen(ctx, by, papers)
	if err != nil {
		return store.Ruling{}, err
	}
	if !(ToSignCase{Papers: papers, Seen: seen}).AllSeen() {
		return store.Ruling{}, problem.New(problem.Invalid, "office.not-read").At("case")
	}
	return o.SignRuling(ctx, by, id, sigs)
}

// toComplaint does an act to a complaint that is still as it was read, and what
// follows from it for its case.
func (o *Office) toComplaint(ctx context.Context, tx store.Tx, id string, read int, d complaint.Deed) (complaint.Complaint, error) {
	c, err := tx.Complaint(ctx, id)
	if err != nil {
		return c, err
	}
	if c.Version != read {
		return c, problem.New(problem.Conflict, "problem.moved-on")
	}
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return c, err
	}
	next, err := complaint.Perform(c, d, cal)
	if err != nil {
		return c, said(err)
	}
	if err := o.effect(ctx, tx, next, d); err != nil {
		return c, err
	}
	return next, tx.SaveComplaint(ctx, next, c.Version)
}
