package office

import (
	"context"
	"strings"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// An Examination is an application looked at, line by line, as of a moment.
type Examination struct {
	Case    procedure.Case
	On      calendar.Date // whose law
	Lines   []examination.Line
	Answers []examination.Answer   // that registers gave, the first first
	Asked   []examination.Question // what there is to ask
}

// Examination looks at an application as the executor does, for who may see it:
// the applicant before handing in, the authority after. What registers of persons
// have of others, applicants are not told.
func (o *Office) Examination(ctx context.Context, by party.Actor, id string) (Examination, error) {
	var x Examination
	var f examination.File
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if x.Case, err = tx.Case(ctx, id); err != nil {
			return err
		}
		if !MaySee(by, x.Case) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		f, err = o.examined(ctx, tx, x.Case)
		return err
	})
	if err != nil {
		return Examination{}, err
	}
	if by.Role == party.Applicant {
		f = forApplicant(f)
	}
	x.On, x.Lines, x.Answers, x.Asked = f.On, examination.Examine(f), f.Answers, examination.Questions(f)
	return x, nil
}

// about is what an examination of a case under the law of a day looks for elsewhere.
func about(c procedure.Case, on calendar.Date) store.About {
	return store.About{Lines: c.Application.Lines(on.Year, c.Region), BIN: c.Application.Employer.BIN, Persons: persons(c)}
}

// forApplicant leaves out of a file what is not the applicant's to know.
func forApplicant(f examination.File) examination.File {
	f.Asking = party.Applicant
	var own []examination.Answer
	for _, a := range f.Answers {
		if a.Register != examination.Persons {
			own = append(own, a)
		}
	}
	f.Answers = own
	return f
}

// examined gathers all an examination of a case looks at.
func (o *Office) examined(ctx context.Context, tx store.ReadTx, c procedure.Case) (examination.File, error) {
	today, err := o.Today(c.Region)
	if err != nil {
		return examination.File{}, err
	}
	f := examination.File{
		Application: c.Application, Region: c.Region, Channel: c.Channel, Registered: c.Number != "", On: c.LawOn, Now: o.Now(),
		Asking: party.Executor,
	}
	if f.On.IsZero() {
		f.On = today
	}
	found, err := tx.Gather(ctx, c.ID, about(c, f.On))
	if err != nil {
		return f, err
	}
	for _, x := range found.Files {
		f.Documents = append(f.Documents, examination.Document{Kind: x.Kind, Name: x.Name})
	}
	f.Answers, f.Quota, f.Held, f.Permits = found.Answers, found.Balances, holdsOf(found.Entries), found.Permits
	return f, namesakes(ctx, tx, c, &f, found.Naming)
}

// namesakes finds what else was asked or issued for the same people in other cases
// that name them.
func namesakes(ctx context.Context, tx store.ReadTx, c procedure.Case, f *examination.File, others []procedure.Case) error {
	known := map[string]bool{}
	for _, p := range f.Permits {
		known[p.Number] = true
	}
	for _, other := range others {
		if other.State == procedure.Issued || other.State == procedure.HandedOver {
			permits, err := tx.PermitsOfCase(ctx, other.ID)
			if err != nil {
				return err
			}
			f.Permits = append(f.Permits, unknown(permits, known)...)
			continue
		}
		if !other.State.Open() || other.State == procedure.Preparing {
			continue
		}
		for _, who := range persons(other) {
			f.Others = append(f.Others, examination.Other{
				Number: named(other), Worker: who, Own: other.Application.Employer.BIN == c.Application.Employer.BIN,
				From: other.Application.From, Until: other.Application.From.PlusMonths(max(1, other.Application.Months)),
			})
		}
	}
	return nil
}

func unknown(permits []registry.Permit, known map[string]bool) []registry.Permit {
	var list []registry.Permit
	for _, p := range permits {
		if !known[p.Number] {
			known[p.Number] = true
			list = append(list, p)
		}
	}
	return list
}

// named is how a case is told of: by its number, or before it has one by its id.
func named(c procedure.Case) string {
	if c.Number == "" {
		return c.ID
	}
	return c.Number
}

// persons are whom a case is about.
func persons(c procedure.Case) []string {
	var list []string
	for _, w := range c.Application.Workers {
		if strings.TrimSpace(w.Passport) != "" {
			list = append(list, examination.PersonKey(w.Citizenship, w.Passport))
		}
	}
	return list
}

// Examine accepts a package as the executor has decided line by line (WKO 142/2017 ¶ 7(3), ¶ 10(9)–(10)). What the examination proposed, on
// what evidence, stands beside each decision in the event.
func (o *Office) Examine(ctx context.Context, by party.Actor, id string, decisions []examination.Decision) (procedure.Case, error) {
	will := store.Ahead{Case: id, Gather: func(c procedure.Case) store.About { return about(c, c.LawOn) }}
	return o.doOn(ctx, will, procedure.Deed{Act: procedure.Examine, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			f, err := o.examined(ctx, tx.ReadTx, *c)
			if err != nil {
				return err
			}
			e.Note.Findings, err = examination.Decide(examination.Examine(f), decisions)
			return err
		})
}
