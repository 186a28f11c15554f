package office

import (
	"context"
	"slices"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// A LetterView is all that the page of a request shows, as of one moment.
type LetterView struct {
	File      correspondence.File
	Today     calendar.Date
	Events    []correspondence.Event
	Papers    []store.Paper
	Executors []party.Account
	Heads     []party.Account
	Paper     correspondence.Office // of the department, as far as it is known
}

// LookLetter returns a request with all that belongs to it, to who may see it.
func (o *Office) LookLetter(ctx context.Context, by party.Actor, id string) (LetterView, error) {
	var v LetterView
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if v.File, err = seen(ctx, tx, by, id); err != nil {
			return err
		}
		if v.Events, err = tx.RequestEvents(ctx, id); err != nil {
			return err
		}
		if v.Papers, err = tx.Papers(ctx, id); err != nil {
			return err
		}
		if v.Executors, err = tx.Accounts(ctx, party.Executor, v.File.Region); err != nil {
			return err
		}
		if v.Heads, err = tx.Accounts(ctx, party.Head, v.File.Region); err != nil {
			return err
		}
		if v.Paper, err = letterhead(ctx, tx, v.File.Region); problem.IsKind(err, problem.Invalid) {
			err = nil // the page says so when it matters
		}
		return err
	})
	if err != nil {
		return LetterView{}, err
	}
	v.Today, err = o.Today(v.File.Region)
	return v, said(err)
}

// seen returns a request that an actor may see. To others it is as if there were
// none.
func seen(ctx context.Context, tx store.ReadTx, by party.Actor, id string) (correspondence.File, error) {
	f, err := tx.Request(ctx, id)
	if err == nil && !correspondence.MaySee(by, f) {
		return correspondence.File{}, problem.New(problem.NotFound, "problem.not-found")
	}
	return f, err
}

// LetterPaper returns a paper of a request and its bytes, to who may see it.
func (o *Office) LetterPaper(ctx context.Context, by party.Actor, id, paper string) (store.Paper, []byte, error) {
	var p store.Paper
	var content []byte
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if _, err = seen(ctx, tx, by, id); err != nil {
			return err
		}
		if p, err = tx.Paper(ctx, paper); err == nil && p.Case != id {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		if err == nil {
			content, err = tx.PaperContent(ctx, p)
		}
		return err
	})
	return p, content, err
}

// Letters returns the requests of a list that an actor may see, and how many
// there are in each state.
func (o *Office) Letters(ctx context.Context, by party.Actor, q store.Letters) ([]correspondence.File, map[correspondence.State]store.LetterCount, error) {
	if !by.Role.Authority() {
		return nil, nil, problem.New(problem.NotAllowed, "office.no-cases")
	}
	q.Region = by.Region
	today, err := o.Today(by.Region)
	if err != nil {
		return nil, nil, said(err)
	}
	var list []correspondence.File
	var counts map[correspondence.State]store.LetterCount
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if list, err = tx.Requests(ctx, q); err != nil {
			return err
		}
		counts, err = tx.CountRequests(ctx, q, today)
		return err
	})
	return list, counts, err
}

// LetterRows returns the permits behind a figure of a draft, in the order of the
// register and without the names of workers.
func (o *Office) LetterRows(ctx context.Context, by party.Actor, id string, figure int) (correspondence.File, []registry.Permit, error) {
	var f correspondence.File
	var rows []registry.Permit
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if f, err = seen(ctx, tx, by, id); err != nil {
			return err
		}
		if f.Draft == nil || figure < 0 || figure >= len(f.Draft.Figures) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		permits, err := tx.PermitsOf(ctx, f.Request.Employer.BIN)
		for _, p := range permits {
			if slices.Contains(f.Draft.Figures[figure].Numbers, p.Number) {
				p.Worker = ""
				rows = append(rows, p)
			}
		}
		return err
	})
	return f, rows, err
}

// PublicPreview returns a reply as the public would read it.
func (o *Office) PublicPreview(ctx context.Context, by party.Actor, id string, n correspondence.Naming) (lang.Text, error) {
	var text lang.Text
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		f, err := seen(ctx, tx, by, id)
		if err == nil {
			text, err = publicText(ctx, tx, f, n)
		}
		return err
	})
	return text, err
}

// PublishedLetters returns the replies that are public, the newest first.
func (o *Office) PublishedLetters(ctx context.Context) ([]correspondence.File, error) {
	var list []correspondence.File
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.PublishedLetters(ctx)
		return err
	})
	return list, err
}

// PublishedLetter returns a reply that is public; NotFound if it is not.
func (o *Office) PublishedLetter(ctx context.Context, id string) (correspondence.File, error) {
	var f correspondence.File
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		f, err = tx.Request(ctx, id)
		return err
	})
	if err == nil && f.Published.IsZero() {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return f, err
}

// SetLetterhead enters what stands on the letters of a department, for the
// administrator. It is an Invalid error if a letter could not go without what is
// missing.
func (o *Office) SetLetterhead(ctx context.Context, by party.Actor, region string, paper correspondence.Office) error {
	if by.Role != party.Admin {
		return problem.New(problem.NotAllowed, "office.not-admin")
	}
	if _, err := law.CalendarFor(region); err != nil {
		return said(err)
	}
	if err := paper.Check(); err != nil {
		return err
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.SetLetterhead(ctx, region, paper) })
}
