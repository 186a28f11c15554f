package office

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// FormRuling is the form of the paper of what a head decides outside a case.
const FormRuling = "ruling"

// DraftOnPermit drafts an act on a permit for the head to sign; it takes the place
// of a draft before it. What is wrong with it is said now, and asked again when it
// is signed: see [registry.Foresee].
func (o *Office) DraftOnPermit(ctx context.Context, by party.Actor, number string, d registry.Deed) (store.Ruling, error) {
	var r store.Ruling
	if !d.Act.ByHand() || d.Act == registry.Surrender {
		return r, problem.New(problem.NotFound, "problem.not-found")
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		p, cal, err := o.permitToActOn(ctx, tx, by, number)
		if err != nil {
			return err
		}
		d.By, d.At = by, o.Now()
		if _, err := registry.Foresee(p, d, cal); err != nil {
			return said(err)
		}
		r = store.Ruling{Region: p.Region, About: store.AboutPermit, Subject: p.Number, Permit: d}
		return o.draftRuling(ctx, tx, by, &r, cal)
	})
	return r, err
}

// permitToActOn returns a permit that an actor may look into, locked, with the
// calendar of its department.
func (o *Office) permitToActOn(ctx context.Context, tx store.Tx, by party.Actor, number string) (registry.Permit, calendar.Calendar, error) {
	var cal calendar.Calendar
	if err := tx.LockPermit(ctx, number); err != nil {
		return registry.Permit{}, cal, err
	}
	p, err := tx.Permit(ctx, number)
	if err == nil && !maySeePermit(by, p) {
		err = problem.New(problem.NotFound, "registry.not-found", lang.Args{"number": number})
	}
	if err == nil {
		cal, err = o.CalendarFor(p.Region)
	}
	return p, cal, err
}

// SurrenderPermit records that the employer gives a permit up, from a day on. It
// holds at once; the head signs the confirmation afterwards.
func (o *Office) SurrenderPermit(ctx context.Context, by party.Actor, number string, d registry.Deed) (registry.Entry, error) {
	var done registry.Entry
	d.Act = registry.Surrender
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		p, cal, err := o.permitToActOn(ctx, tx, by, number)
		if err != nil {
			return err
		}
		d.By, d.At = by, o.Now()
		if done, err = registry.Perform(p, d, cal); err != nil {
			return said(err)
		}
		if done, err = tx.AddEntry(ctx, p, done); err != nil {
			return err
		}
		d.On = done.On
		r := store.Ruling{Region: p.Region, About: store.AboutPermit, Subject: p.Number, Permit: d, Entry: done.Seq}
		return o.draftRuling(ctx, tx, by, &r, cal)
	})
	return done, err
}

// DraftOnComplaint drafts the decision of the department on a complaint, for the
// head to sign.
func (o *Office) DraftOnComplaint(ctx context.Context, by party.Actor, id string, d complaint.Deed) (store.Ruling, error) {
	var r store.Ruling
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.Complaint(ctx, id)
		if err == nil && !maySeeComplaint(by, c) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		if err != nil {
			return err
		}
		if !complaint.ByPaper(c, d.Act) {
			return problem.New(problem.Conflict, "complaint.not-possible", lang.Args{"act": d.Act, "state": c.State})
		}
		cal, err := o.CalendarFor(c.Region)
		if err != nil {
			return err
		}
		d.By, d.At = by, o.Now()
		if _, err := complaint.Perform(c, d, cal); err != nil {
			return said(err)
		}
		r = store.Ruling{Region: c.Region, About: store.AboutComplaint, Subject: c.ID, Complaint: d}
		return o.draftRuling(ctx, tx, by, &r, cal)
	})
	return r, err
}

// draftRuling numbers and keeps a draft, in the place of one before it. What only
// confirms an entry of the register replaces nothing, and nothing replaces it.
func (o *Office) draftRuling(ctx context.Context, tx store.Tx, by party.Actor, r *store.Ruling, cal calendar.Calendar) error {
	if r.Entry == 0 {
		before, err := tx.Rulings(ctx, r.About, r.Subject)
		if err != nil {
			return err
		}
		for _, b := range before {
			if b.State != store.RulingDrafted || b.Entry != 0 {
				continue
			}
			if err := drop(ctx, tx, b); err != nil {
				return err
			}
		}
	}
	now := o.Now()
	year := cal.Day(now).Year
	n, err := tx.NextNumber(ctx, fmt.Sprintf("ruling/%s/%d", r.Region, year))
	if err != nil {
		return err
	}
	r.ID, r.Number, r.State = newID(), fmt.Sprintf("А-%s-%d-%05d", r.Region, year, n), store.RulingDrafted
	r.By, r.At, r.Version = by, now, 1
	return tx.AddRuling(ctx, *r)
}

func drop(ctx context.Context, tx store.Tx, r store.Ruling) error {
	r.State = store.RulingDropped
	if err := tx.SaveRuling(ctx, r); err != nil {
		return err
	}
	return tx.ReplaceDrafts(ctx, r.ID)
}

// DropRuling gives a draft up. What confirms an entry of the register stays until
// it is signed.
func (o *Office) DropRuling(ctx context.Context, by party.Actor, id string) error {
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		if !by.Role.Authority() || by.Region != r.Region || by.Role != party.Head && by.Account != r.By.Account {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		if r.State != store.RulingDrafted || r.Entry != 0 {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		return drop(ctx, tx, r)
	})
}

// Rulings returns what was decided of a permit or a complaint, the latest first, to
// who may look into it; applicants see what was signed.
func (o *Office) Rulings(ctx context.Context, by party.Actor, about store.RulingAbout, subject string) ([]RulingView, error) {
	var list []RulingView
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list = nil
		rulings, err := tx.Rulings(ctx, about, subject)
		if err != nil {
			return err
		}
		for _, r := range rulings {
			v, err := viewOf(ctx, tx, by, r)
			if problem.IsKind(err, problem.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// A RulingView is a ruling with what it is about and its papers.
type RulingView struct {
	Ruling    store.Ruling
	Papers    []store.Paper
	Permit    registry.Permit     // of one about a permit
	Complaint complaint.Complaint // of one about a complaint
}

// LookRuling returns a ruling to who may have it.
func (o *Office) LookRuling(ctx context.Context, by party.Actor, id string) (RulingView, error) {
	var v RulingView
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		v, err = viewOf(ctx, tx, by, r)
		return err
	})
	return v, err
}

func viewOf(ctx context.Context, tx store.ReadTx, by party.Actor, r store.Ruling) (RulingView, error) {
	v := RulingView{Ruling: r}
	var err error
	var may bool
	switch r.About {
	case store.AboutPermit:
		v.Permit, err = tx.Permit(ctx, r.Subject)
		may = maySeePermit(by, v.Permit)
	case store.AboutComplaint:
		v.Complaint, err = tx.Complaint(ctx, r.Subject)
		may = maySeeComplaint(by, v.Complaint)
	}
	if err == nil && (!may || by.Role == party.Applicant && r.State != store.RulingSigned || r.State == store.RulingDropped) {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return RulingView{}, err
	}
	v.Papers, err = tx.Papers(ctx, r.ID)
	return v, err
}

// RulingPaper returns a paper of a ruling and its bytes, to who may have it.
func (o *Office) RulingPaper(ctx context.Context, by party.Actor, id, paper string) (store.Paper, []byte, error) {
	v, err := o.LookRuling(ctx, by, id)
	if err != nil {
		return store.Paper{}, nil, err
	}
	i := slices.IndexFunc(v.Papers, func(p store.Paper) bool { return p.ID == paper })
	if i < 0 {
		return store.Paper{}, nil, problem.New(problem.NotFound, "problem.not-found")
	}
	content, err := o.content(ctx, v.Papers[i])
	return v.Papers[i], content, err
}

// SealedOn is the day of the department on which a ruling was signed.
func (o *Office) SealedOn(r store.Ruling) calendar.Date {
	cal, err := o.CalendarFor(r.Region)
	if err != nil || r.Signed.IsZero() {
		return calendar.Date{}
	}
	return cal.Day(r.Signed.Truncate(time.Second))
}
