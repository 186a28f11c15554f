package office

import (
	"context"
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// A Grievance is what somebody complains of, as it was entered.
type Grievance struct {
	About   complaint.About
	Words   string
	Wanted  string
	Address string
	Learned calendar.Date
	Because string // why so late, if it is
}

// Complain receives a complaint against what was done, or not, in a case or to a
// permit: from the employer through the portal, or from the clerk for who hands it
// in on paper (APPC art. 91; WKO 142/2017 ¶ 12). Subject is the id of the case, or
// the number of the case or the permit as people write it.
func (o *Office) Complain(ctx context.Context, by party.Actor, subject string, g Grievance) (complaint.Complaint, error) {
	var done complaint.Complaint
	if by.Role != party.Applicant && by.Role != party.Clerk {
		return done, problem.New(problem.NotAllowed, "complaint.not-yours",
			map[string]any{"act": complaint.File, "who": party.Applicant})
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		c, err := complainOf(ctx, tx.ReadTx, by, subject)
		if err != nil {
			return err
		}
		c.ID, c.About, c.Words, c.Wanted, c.Learned, c.Because = newID(), g.About, g.Words, g.Wanted, g.Learned, g.Because
		c.Channel, c.Receiver = procedure.Portal, ""
		if g.Address != "" {
			c.Address = g.Address
		}
		if by.Role == party.Clerk {
			c.Channel, c.Receiver = procedure.Paper, by.Name.Initials()
		}
		cal, err := o.CalendarFor(c.Region)
		if err != nil {
			return err
		}
		if c, err = complaint.Receive(c, by, o.Now(), cal); err != nil {
			return said(err)
		}
		n, err := tx.NextNumber(ctx, fmt.Sprintf("complaint/%s/%d", c.Region, c.LawOn.Year))
		if err != nil {
			return err
		}
		c.Number = fmt.Sprintf("Ш-%s-%d-%05d", c.Region, c.LawOn.Year, n)
		done = c
		return tx.AddComplaint(ctx, c)
	})
	return done, err
}

// complainOf finds what a complaint is about, and whose it is.
func complainOf(ctx context.Context, tx store.ReadTx, by party.Actor, subject string) (complaint.Complaint, error) {
	c, err := tx.Case(ctx, subject)
	if problem.IsKind(err, problem.NotFound) {
		c, err = tx.CaseByNumber(ctx, subject)
	}
	if err == nil {
		if !MaySee(by, c) || c.State == procedure.Preparing || c.State == procedure.Discarded {
			return complaint.Complaint{}, noSubject()
		}
		e := c.Application.Employer
		reference := c.Number
		if reference == "" {
			reference = c.Code
		}
		return complaint.Complaint{Region: c.Region, Case: c.ID, Reference: reference, BIN: e.BIN, Name: e.Name, Address: e.Address}, nil
	}
	if !problem.IsKind(err, problem.NotFound) {
		return complaint.Complaint{}, err
	}
	n, err := registry.ParseNumber(subject)
	if err != nil {
		return complaint.Complaint{}, noSubject()
	}
	p, err := tx.Permit(ctx, n)
	if problem.IsKind(err, problem.NotFound) || err == nil && !maySeePermit(by, p) {
		return complaint.Complaint{}, noSubject()
	}
	return complaint.Complaint{Region: p.Region, Permit: p.Number, Reference: p.Number, BIN: p.Employer, Name: p.Name}, err
}

func noSubject() error { return problem.New(problem.NotFound, "complaint.no-subject").At("subject") }

// maySeeComplaint reports whether an actor may look into a complaint.
func maySeeComplaint(by party.Actor, c complaint.Complaint) bool {
	if by.Role == party.Applicant {
		return by.BIN == c.BIN
	}
	return by.Role.Authority() && by.Region == c.Region
}

// Complaint returns a complaint that an actor may see.
func (o *Office) Complaint(ctx context.Context, by party.Actor, id string) (complaint.Complaint, error) {
	var c complaint.Complaint
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		c, err = tx.Complaint(ctx, id)
		return err
	})
	if err == nil && !maySeeComplaint(by, c) {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return complaint.Complaint{}, err
	}
	return c, nil
}

// Complaints returns the complaints of a list that an actor may see.
func (o *Office) Complaints(ctx context.Context, by party.Actor, q store.Complaints) ([]complaint.Complaint, error) {
	switch {
	case by.Role == party.Applicant:
		q.BIN = by.BIN
	case by.Role.Authority():
		q.Region = by.Region
	default:
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	var list []complaint.Complaint
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.FindComplaints(ctx, q)
		return err
	})
	return slices.DeleteFunc(list, func(c complaint.Complaint) bool { return !maySeeComplaint(by, c) }), err
}

// ActOnComplaint does an act to a complaint that needs no paper of the head; see
// [complaint.Perform]. What the department decides itself is drafted and signed
// ([Office.DraftOnComplaint]). A decision of the higher body takes effect on the
// case when it is recorded.
func (o *Office) ActOnComplaint(ctx context.Context, by party.Actor, id string, d complaint.Deed) (complaint.Complaint, error) {
	var done complaint.Complaint
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.Complaint(ctx, id)
		if err == nil && !maySeeComplaint(by, c) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		if err != nil {
			return err
		}
		if complaint.ByPaper(c, d.Act) {
			return problem.New(problem.Conflict, "office.wants-paper", map[string]any{"act": d.Act})
		}
		d.By, d.At = by, o.Now()
		done, err = o.toComplaint(ctx, tx, id, c.Version, d)
		return err
	})
	return done, err
}
