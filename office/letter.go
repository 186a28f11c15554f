package office

import (
	"context"
	"fmt"
	"strings"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
)

// maxWords is how many letters the questions of a request may have.
const maxWords = 5000

// A letterChange is what an act does to a request besides moving it.
type letterChange func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error

// doLetter carries out an act on a request: file, event and papers are kept
// together, or none of them.
func (o *Office) doLetter(ctx context.Context, id string, d correspondence.Deed, more letterChange) (correspondence.File, error) {
	var done correspondence.File
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		f, err := tx.Request(ctx, id)
		if err == nil && !correspondence.MaySee(d.By, f) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		if err != nil {
			return err
		}
		next, event, err := o.stepLetter(f, d)
		if err != nil {
			return err
		}
		if err := more(ctx, tx, &next, &event); err != nil {
			return err
		}
		done = next
		if err := tx.SaveRequest(ctx, next, f.Version); err != nil {
			return err
		}
		return tx.AddRequestEvent(ctx, event)
	})
	return done, err
}

// stepLetter decides whether a deed can be done to a request now.
func (o *Office) stepLetter(f correspondence.File, d correspondence.Deed) (correspondence.File, correspondence.Event, error) {
	cal, err := o.CalendarFor(f.Region)
	if err != nil {
		return f, correspondence.Event{}, said(err)
	}
	if d.At.IsZero() {
		d.At = o.Now()
	}
	next, event, err := correspondence.Perform(f, d, cal)
	return next, event, said(err)
}

// RegisterRequest enters a request for information in the journal of what comes
// in; the term of the reply begins on the day it was received (APPC art. 64, 76).
// What the reply is to tell, the executor chooses later.
func (o *Office) RegisterRequest(ctx context.Context, by party.Actor, q correspondence.Request, words string) (correspondence.File, error) {
	f := correspondence.File{ID: newID(), Region: by.Region, Request: q, Words: strings.TrimSpace(words)}
	next, event, err := o.stepLetter(f, correspondence.Deed{Act: correspondence.Register, By: by})
	if err != nil {
		return f, err
	}
	cal, err := o.CalendarFor(by.Region)
	if err != nil {
		return f, said(err)
	}
	today := cal.Day(o.Now())
	next.Request = registered(next.Request, by.Region)
	if err := checkRequest(next, today); err != nil {
		return f, err
	}
	if next.Due.End, err = correspondence.ReplyBy(next.Request, cal); err != nil {
		return f, said(err)
	}
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := knownName(ctx, tx.ReadTx, &next.Request); err != nil {
			return err
		}
		n, err := journal(ctx, tx, "вх", by.Region, today.Year)
		if err != nil {
			return err
		}
		next.Incoming = correspondence.Entry{Number: n, On: today, By: by.Name.Initials()}
		event.Note = correspondence.Note{Name: by.Name.Initials(), Number: n}
		if err := tx.AddRequest(ctx, next, event.At); err != nil {
			return err
		}
		return tx.AddRequestEvent(ctx, event)
	})
	return next, err
}

// knownName fills in the name of the employer, where the register knows it.
func knownName(ctx context.Context, tx store.ReadTx, q *correspondence.Request) error {
	permits, err := tx.PermitsOf(ctx, q.Employer.BIN)
	if n := len(permits); n > 0 {
		q.Employer.Name = permits[n-1].Name
	}
	return err
}

// registered is a request as the chancellery enters it. Until the executor has
// chosen, the reply is about the day it came and the year of that day.
func registered(q correspondence.Request, region string) correspondence.Request {
	q = q.Tidy()
	q.Region, q.Office = region, correspondence.Office{}
	if q.AsOf.IsZero() {
		q.AsOf = q.Received
	}
	if q.Year == 0 {
		q.Year = q.AsOf.Year
	}
	return q
}

func checkRequest(f correspondence.File, today calendar.Date) error {
	var form problem.Form
	if f.Request.Received.After(today) {
		form.Wrong("received", "correspondence.not-yet", lang.Args{"day": today})
	}
	if f.Words == "" {
		form.Wrong("words", "procedure.empty")
	}
	if len([]rune(f.Words)) > maxWords {
		form.Wrong("words", "correspondence.too-long", lang.Args{"n": maxWords})
	}
	return joined(f.Request.Validate(), form.Err())
}

// joined is one error of all the fields that are wrong in several.
func joined(errs ...error) error {
	all := problem.Error{Kind: problem.Invalid}
	for _, err := range errs {
		if err != nil {
			all.Fields = append(all.Fields, problem.Of(err).Fields...)
		}
	}
	if len(all.Fields) == 0 {
		return nil
	}
	all.Say = lang.M("problem.form", lang.Args{"n": len(all.Fields)})
	return &all
}

// journal returns the next number of a department's journal in a year:
// 33-исх-2026-000012. How the departments number was not read; the form is ours.
func journal(ctx context.Context, tx store.Tx, which, region string, year int) (string, error) {
	n, err := tx.NextNumber(ctx, fmt.Sprintf("journal/%s/%s/%d", which, region, year))
	return fmt.Sprintf("%s-%s-%d-%06d", region, which, year, n), err
}

// AssignRequest names the executor, with the head's resolution. A request that is
// in work is taken from one executor and given to another.
func (o *Office) AssignRequest(ctx context.Context, d correspondence.Deed, id, executor, resolution string) (correspondence.File, error) {
	d.Act = correspondence.Assign
	return o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error {
		a, err := colleague(ctx, tx.ReadTx, executor, party.Executor, f.Region, "executor")
		if err != nil {
			return err
		}
		f.Executor = a.ID
		e.Note = correspondence.Note{Text: strings.TrimSpace(resolution), Executor: a.ID, Name: a.Name.Initials()}
		return nil
	})
}

// colleague returns an active account of a role in a department; a field of the
// form is wrong if there is none.
func colleague(ctx context.Context, tx store.ReadTx, id string, role party.Role, region, field string) (party.Account, error) {
	a, ok, err := tx.Account(ctx, id)
	if err != nil {
		return a, err
	}
	if !ok || a.Role != role || a.Region != region || !a.Active {
		return a, problem.New(problem.Invalid, "correspondence.no-colleague").At(field)
	}
	return a, nil
}

// ProlongRequest moves the end of the term by a reasoned decision of the head,
// taken while the term runs (APPC art. 76).
func (o *Office) ProlongRequest(ctx context.Context, d correspondence.Deed, id string, until calendar.Date, why string) (correspondence.File, error) {
	d.Act = correspondence.Prolong
	return o.doLetter(ctx, id, d, func(_ context.Context, _ store.Tx, f *correspondence.File, e *correspondence.Event) error {
		cal, err := o.CalendarFor(f.Region)
		if err != nil {
			return said(err)
		}
		why = strings.TrimSpace(why)
		if f.Due, err = f.Due.ProlongTo(until, why, cal.Day(e.At), cal); err != nil {
			return said(err)
		}
		e.Note = correspondence.Note{Text: why, Until: until}
		return nil
	})
}

// SendLetterBack gives a draft back to the executor with remarks.
func (o *Office) SendLetterBack(ctx context.Context, d correspondence.Deed, id, remarks string) (correspondence.File, error) {
	d.Act = correspondence.SendBack
	return o.doLetter(ctx, id, d, func(_ context.Context, _ store.Tx, _ *correspondence.File, e *correspondence.Event) error {
		if e.Note.Text = strings.TrimSpace(remarks); e.Note.Text == "" {
			return problem.New(problem.Invalid, "procedure.no-remarks").At("remarks")
		}
		return nil
	})
}

// PublishLetter makes a reply that was sent public, without the names of persons,
// and with that of the employer only where the executor says that it may be
// named.
func (o *Office) PublishLetter(ctx context.Context, d correspondence.Deed, id string, n correspondence.Naming) (correspondence.File, error) {
	d.Act = correspondence.Publish
	return o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error {
		text, err := publicText(ctx, tx.ReadTx, *f, n)
		if err != nil {
			return err
		}
		f.Published = correspondence.Published{At: e.At, Naming: n, Text: text}
		e.Note.Text = string(n)
		return nil
	})
}
