package office

import (
	"context"

	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
)

// LetterCopyForm is the form of the copy that is sent: the signed letter set
// again with its number and day. What was signed has a line in their place, for a
// letter gets its number after it is signed.
const LetterCopyForm = "letter-copy"

// SignLetter makes a draft the department's reply. It is refused when the
// register does not say any more what the draft does.
func (o *Office) SignLetter(ctx context.Context, d correspondence.Deed, id string) (correspondence.File, error) {
	d.Act = correspondence.Sign
	return o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, _ *correspondence.Event) error {
		return mayBeSigned(ctx, tx.ReadTx, *f, d.By)
	})
}

// mayBeSigned says why a draft cannot be signed by somebody: it names another, or
// the register has moved on.
func mayBeSigned(ctx context.Context, tx store.ReadTx, f correspondence.File, by party.Actor) error {
	if f.Draft == nil {
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	if f.Draft.Signatory != by.Account {
		return problem.New(problem.NotAllowed, "correspondence.other-signatory", lang.Args{"name": f.Draft.Paper.Signatory.Name})
	}
	return borneOut(ctx, tx, f)
}

// DispatchLetter enters a signed reply in the journal of what goes out, and makes
// the copy that is sent.
func (o *Office) DispatchLetter(ctx context.Context, d correspondence.Deed, id string) (correspondence.File, error) {
	d.Act = correspondence.Dispatch
	f, err := o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error {
		cal, err := law.CalendarFor(f.Region)
		if err != nil {
			return said(err)
		}
		today := cal.Day(e.At)
		n, err := journal(ctx, tx, "исх", f.Region, today.Year)
		if err != nil {
			return err
		}
		f.Outgoing = correspondence.Entry{Number: n, On: today, By: e.By.Name.Initials()}
		e.Note.Number = n
		return tx.HandOn(ctx, f.ID, e.At)
	})
	return f, err
}

// Copy sets the letter that was sent again, with its number and day.
func Copy(f correspondence.File) ([]byte, error) {
	if f.Draft == nil || f.Outgoing.IsZero() {
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	d := f.Draft.Paper
	d.Number, d.On = f.Outgoing.Number, f.Outgoing.On
	return document.Letter(d)
}
