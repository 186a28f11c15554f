package office

import (
	"context"

	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// Prepare opens an application that the applicant goes on to fill in, and
// returns its id (WKO 142/2017 ¶ 10(5), process 3). Nobody else sees it.
func (o *Office) Prepare(ctx context.Context, by party.Actor, region string, a procedure.Application) (string, error) {
	if by.Role != party.Applicant {
		return "", problem.New(problem.NotAllowed, "procedure.not-yours", map[string]any{"act": procedure.Prepare, "who": party.Applicant})
	}
	if _, err := law.CalendarFor(region); err != nil {
		return "", problem.New(problem.Invalid, "procedure.choose").At("region")
	}
	a.Employer.BIN = by.BIN
	c := procedure.Case{
		ID: newID(), Region: region, Code: newCode(), Channel: procedure.Portal, State: procedure.Preparing, Application: a,
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.AddCase(ctx, c) })
	return c.ID, err
}

// Edit changes an application that is being prepared. What is still wrong with
// it is no error: people save half a form and come back.
func (o *Office) Edit(ctx context.Context, by party.Actor, id string, edit func(*procedure.Application)) error {
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if by.Role != party.Applicant || !MaySee(by, c) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		if c.State != procedure.Preparing {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		edit(&c.Application)
		c.Application.Employer.BIN = by.BIN
		return tx.SaveCase(ctx, c, c.Version)
	})
}

// Submit hands an application in (WKO 142/2017 ¶ 10(8), process 5). It must be
// complete: what is missing is said part by part.
func (o *Office) Submit(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	d := procedure.Deed{Act: procedure.Submit, By: by}
	return o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, _ *procedure.Event) error {
		return o.ready(ctx, tx, *c)
	})
}

func (o *Office) ready(ctx context.Context, tx store.Tx, c procedure.Case) error {
	files, err := tx.FilesOf(ctx, c.ID)
	if err != nil {
		return err
	}
	var attached []string
	for _, f := range files {
		attached = append(attached, f.Kind)
	}
	return c.Application.Ready(attached, c.LawOn)
}

// A Package is what an applicant hands in at the counter.
type Package struct {
	Region      string
	Application procedure.Application
	Papers      []string // keys of the documents that are in it
}

// TakeIn takes a package in at the counter and registers it, in one (WKO
// 142/2017 ¶ 7(1)). A package that lacks papers is taken all the same: it is for
// the executor to return it (¶ 7(3)).
func (o *Office) TakeIn(ctx context.Context, by party.Actor, p Package) (procedure.Case, error) {
	if by.Role != party.Clerk || by.Region != p.Region {
		return procedure.Case{}, problem.New(problem.NotAllowed, "procedure.not-yours",
			map[string]any{"act": procedure.Register, "who": party.Clerk})
	}
	if err := o.legible(p); err != nil {
		return procedure.Case{}, err
	}
	c := procedure.Case{
		ID: newID(), Region: p.Region, Code: newCode(), Channel: procedure.Paper, State: procedure.Preparing,
		Application: p.Application,
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := tx.AddCase(ctx, c); err != nil {
			return err
		}
		submitted, err := o.perform(ctx, tx, c, procedure.Deed{Act: procedure.Submit, By: by}, nothing)
		if err != nil {
			return err
		}
		c, err = o.perform(ctx, tx, submitted, procedure.Deed{Act: procedure.Register, By: by}, o.register)
		return err
	})
	return c, err
}

// legible returns an error unless a package says who asks for what: without that
// nothing can be registered.
func (o *Office) legible(p Package) error {
	today, err := o.Today(p.Region)
	if err != nil {
		return err
	}
	if err := p.Application.CheckEmployer(); err != nil {
		return err
	}
	return p.Application.Check(procedure.PartWorkers, nil, today)
}
