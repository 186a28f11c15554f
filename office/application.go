package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
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

// Edit changes an application that is being prepared or corrected. What is still wrong with
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
		if c.State != procedure.Preparing && c.State != procedure.Correcting {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		edit(&c.Application)
		c.Application.Employer.BIN = by.BIN
		return tx.SaveCase(ctx, c, c.Version)
	})
}

// MakeApplication makes the paper of an application that the applicant is to
// read and sign (WKO 142/2017 ¶ 10(5), process 3). The application must be
// complete: what is missing is said part by part.
func (o *Office) MakeApplication(ctx context.Context, by party.Actor, id string, t lang.Tag) error {
	s, _, err := o.applied(ctx, by, id, o.Now())
	if err != nil {
		return err
	}
	pdf, err := s.application(t)
	if err != nil {
		return unprintable(err)
	}
	papers := s.papers([]sheet{{FormApplication, string(t), pdf}}, s.entered())
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := unmoved(ctx, tx, s.c); err != nil {
			return err
		}
		return enterPapers(ctx, tx, id, papers)
	})
}

// entered tells apart what an applicant has entered and attached.
func (s setting) entered() string {
	h := sha256.New()
	_ = json.NewEncoder(h).Encode(s.c.Application) // a hash takes all
	for _, f := range s.files {
		fmt.Fprintln(h, f.Kind, f.Name, f.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// applied reads an application that its applicant may hand in, with its papers.
func (o *Office) applied(ctx context.Context, by party.Actor, id string, at time.Time) (setting, []store.Paper, error) {
	var s setting
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if err := o.may(c, procedure.Deed{Act: procedure.Submit, By: by, At: at}); err != nil {
			return err
		}
		if s, err = o.setting(ctx, tx, c, at); err != nil {
			return err
		}
		if s.files, err = tx.FilesOf(ctx, id); err != nil {
			return err
		}
		if err := s.ready(); err != nil {
			return err
		}
		c.LawOn = s.today()
		if err := oldPermits(ctx, tx, c); err != nil {
			return err
		}
		papers, err = unsigned(ctx, tx, id)
		return err
	})
	return s, papers, err
}

// Submit hands an application in that the applicant has signed (WKO 142/2017
// ¶ 10(5)–(8), process 5). It must be complete, and the paper signed must be the
// application as it is now. A signature that is not confirmed is a technical
// rejection, which the cabinet shows (¶ 10(7), process 4): there is no case yet,
// and nobody was refused the service.
// Signatures that cannot be judged yet wait; see [Waits].
func (o *Office) Submit(ctx context.Context, by party.Actor, id string, sigs Signatures) (procedure.Case, error) {
	c, list, err := o.submit(ctx, by, id, sigs, o.Now(), nothing)
	return c, o.orWait(ctx, waitSubmit, by, id, sigs, list, err)
}

// submit does the act with signatures that came at a moment, and what else belongs
// to it. It returns what was found of them in any case.
func (o *Office) submit(ctx context.Context, by party.Actor, id string, sigs Signatures, at time.Time, more change) (procedure.Case, []signed, error) {
	s, papers, err := o.applied(ctx, by, id, at)
	if err != nil {
		return procedure.Case{}, nil, err
	}
	if !made(papers, s.entered()) {
		return procedure.Case{}, nil, problem.New(problem.Conflict, "office.application-changed")
	}
	list, err := o.examine(ctx, by, papers, sigs, at)
	if err != nil {
		return procedure.Case{}, list, o.reject(ctx, list, err)
	}
	d := procedure.Deed{Act: procedure.Submit, By: by}
	c, err := o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		if c.Version != s.c.Version+1 {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		if err := ready(ctx, tx, *c); err != nil {
			return err
		}
		if err := more(ctx, tx, c, e); err != nil {
			return err
		}
		if err := tx.DropWaiting(ctx, id); err != nil {
			return err
		}
		return o.enterSigned(ctx, tx, list)
	})
	return c, list, err
}

// reject keeps what was found out about signatures that were not confirmed, for
// the cabinet to show, and returns why.
func (o *Office) reject(ctx context.Context, list []signed, why error) error {
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, s := range list {
			if err := tx.ReportPaper(ctx, s.paper.ID, s.report); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return why
}

// ready returns what is still missing of an application, part by part.
func (s setting) ready() error {
	return s.c.Application.Ready(kinds(s.files), s.today())
}

func ready(ctx context.Context, tx store.Tx, c procedure.Case) error {
	files, err := tx.FilesOf(ctx, c.ID)
	if err != nil {
		return err
	}
	if err := c.Application.Ready(kinds(files), c.LawOn); err != nil {
		return err
	}
	return oldPermits(ctx, tx.ReadTx, c)
}

// kinds are the keys of the documents that files are.
func kinds(files []store.File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Kind)
	}
	return list
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
	today, err := o.legible(p)
	if err != nil {
		return procedure.Case{}, err
	}
	c := procedure.Case{
		ID: newID(), Region: p.Region, Code: newCode(), Channel: procedure.Paper, State: procedure.Preparing,
		Application: p.Application,
	}
	will := store.Ahead{Lines: p.Application.Lines(today.Year, p.Region), Series: []string{series(p.Region, today.Year)}}
	var done procedure.Case
	err = o.DB.DoOn(ctx, will, func(ctx context.Context, tx store.Tx) error {
		if err := ownPermits(ctx, tx.ReadTx, c); err != nil {
			return err
		}
		submitted, submit, err := o.become(ctx, tx, c, procedure.Deed{Act: procedure.Submit, By: by}, nothing)
		if err != nil {
			return err
		}
		registered, register, err := o.become(ctx, tx, submitted, procedure.Deed{Act: procedure.Register, By: by}, o.register)
		if err != nil {
			return err
		}
		if err := tx.AddCase(ctx, registered); err != nil {
			return err
		}
		done = registered
		return o.keepBeside(ctx, tx, registered, submit, register)
	})
	return done, err
}

// legible returns the day on which a package is taken in, and an error unless it
// says who asks for what: without that nothing can be registered.
func (o *Office) legible(p Package) (calendar.Date, error) {
	today, err := o.Today(p.Region)
	if err == nil {
		err = p.Application.CheckEmployer()
	}
	if err == nil {
		err = p.Application.Check(procedure.PartWorkers, nil, today)
	}
	return today, err
}
