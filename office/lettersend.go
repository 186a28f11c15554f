package office

import (
	"context"
	"time"

	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
)

// LetterToSign are the papers of a request that wait for the head's signature:
// the letter as it was drafted. There are none for who may not sign it, or once
// the register says something else.
func (o *Office) LetterToSign(ctx context.Context, by party.Actor, id string) ([]store.Paper, error) {
	_, papers, err := o.letterToSign(ctx, correspondence.Deed{Act: correspondence.Sign, By: by}, id)
	return papers, err
}

func (o *Office) letterToSign(ctx context.Context, d correspondence.Deed, id string) (correspondence.File, []store.Paper, error) {
	var f correspondence.File
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if f, err = seen(ctx, tx, d.By, id); err != nil {
			return err
		}
		if _, _, err := o.stepLetter(f, d); err != nil {
			return err
		}
		if err := mayBeSigned(ctx, tx, f, d.By); err != nil {
			return err
		}
		papers, err = unsigned(ctx, tx, id)
		return err
	})
	return f, papers, err
}

// SignLetter makes a draft the department's reply: the head has signed the bytes
// of the letter. It is refused when the register does not say any more what the
// draft does. A signature that cannot be judged yet waits, and the letter is not
// sent meanwhile; see [Waits].
func (o *Office) SignLetter(ctx context.Context, d correspondence.Deed, id string, sigs Signatures) (correspondence.File, error) {
	none := func(context.Context, store.Tx) error { return nil }
	f, list, err := o.signLetter(ctx, d, id, sigs, o.Now(), none)
	return f, o.orWait(ctx, waitLetter, d.By, id, sigs, list, err)
}

// signLetter does the act with signatures that came at a moment, and what else
// belongs to it. It returns what was found of them in any case.
func (o *Office) signLetter(ctx context.Context, d correspondence.Deed, id string, sigs Signatures, at time.Time, more func(context.Context, store.Tx) error) (correspondence.File, []signed, error) {
	d.Act = correspondence.Sign
	f, papers, err := o.letterToSign(ctx, d, id)
	if err != nil {
		return f, nil, err
	}
	if len(papers) == 0 {
		return f, nil, problem.New(problem.Conflict, "problem.moved-on")
	}
	list, err := o.examine(ctx, d.By, papers, sigs, at)
	if err != nil {
		return f, list, err
	}
	d.Version = f.Version // the one whose letter was looked at
	f, err = o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, _ *correspondence.Event) error {
		if err := mayBeSigned(ctx, tx.ReadTx, *f, d.By); err != nil {
			return err
		}
		if err := more(ctx, tx); err != nil {
			return err
		}
		if err := tx.DropWaiting(ctx, id); err != nil {
			return err
		}
		return o.enterSigned(ctx, tx, list)
	})
	return f, list, err
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

// DispatchLetter enters a signed reply in the journal of what goes out. What is
// sent is [LetterCopy] with the signed letter and its signature.
func (o *Office) DispatchLetter(ctx context.Context, d correspondence.Deed, id string) (correspondence.File, error) {
	d.Act = correspondence.Dispatch
	f, err := o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error {
		cal, err := o.CalendarFor(f.Region)
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

// LetterCopy sets the letter that was sent: the signed one again, with its number
// and day, and a mark of the signature. What was signed has a line in their place,
// for a letter gets its number after it is signed.
func LetterCopy(f correspondence.File, papers []store.Paper) ([]byte, error) {
	if f.Draft == nil || f.Outgoing.IsZero() {
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	cal, err := law.CalendarFor(f.Region)
	if err != nil {
		return nil, err
	}
	d := f.Draft.Paper
	d.Number, d.On = f.Outgoing.Number, f.Outgoing.On
	for _, p := range papers {
		if _, r, err := Signed(p); err == nil && p.Form == LetterForm {
			d.Signatory.Stamp = &document.Stamp{Signer: r.Signer.Name, IIN: r.Signer.IIN, Serial: r.Signer.Serial, At: r.At.In(cal.Zone())}
		}
	}
	return document.Letter(d)
}
