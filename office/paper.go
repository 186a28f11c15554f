package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// The forms of papers, as the store keeps them.
const (
	FormApplication = "application" // as the applicant signs it
	FormReturn      = "return"      // the written justification of a return
	FormNotice      = "notice"      // of grant, stage 1
	FormRefusal     = "refusal"
	FormPermit      = "permit"
	FormCorrection  = "correction" // the request for one
	FormInvitation  = "invitation" // to a hearing
	FormProtocol    = "protocol"   // of a hearing
)

// A sheet is a paper that has been set, and not yet kept.
type sheet struct {
	form, name string
	pdf        []byte
}

// A setting is what the papers of a case are set from. The same setting gives the
// same bytes.
type setting struct {
	address  string // of the pages, for the codes
	c        procedure.Case
	cal      calendar.Calendar
	at       time.Time // when the papers are made
	cite     law.Cite  // what the decision rests on
	note     procedure.Note
	executor party.Account
	head     party.Account     // who is to sign
	people   []party.Account   // the heads of the region, and the executor
	files    []store.File      // of an application that is to be signed
	old      []registry.Permit // those the workers are to have extended or reissued
}

// setting reads what the papers of a case are set from, as of a moment.
func (o *Office) setting(ctx context.Context, tx store.ReadTx, c procedure.Case, at time.Time) (setting, error) {
	s := setting{address: o.Address, c: c, at: at.Truncate(time.Second)}
	var err error
	if s.cal, err = o.CalendarFor(c.Region); err != nil {
		return s, err
	}
	s.at = s.at.In(s.cal.Zone())
	people, err := tx.HeadsAnd(ctx, c.Region, c.Executor)
	if err != nil {
		return s, err
	}
	for _, a := range people {
		if a.ID == c.Executor {
			s.executor = a
		}
		if a.Role == party.Head && a.Region == c.Region && a.Active && s.head.ID == "" {
			s.head = a
		}
	}
	s.people = people
	s.old, err = olds(ctx, tx, c.Application)
	return s, err
}

func (s setting) today() calendar.Date { return s.cal.Day(s.at) }

func (s setting) letterhead() document.Letterhead {
	a := party.AuthorityOf(s.c.Region)
	return document.Letterhead{
		Name: a.Name, Address: a.Address, Phone: a.Phone, Fax: a.Fax, BIN: string(a.BIN), Email: a.Email,
	}
}

func (s setting) employer() document.Recipient {
	e := s.c.Application.Employer
	return document.Recipient{Name: e.Name, BIN: string(e.BIN), Address: lang.Same(e.Address)}
}

// signatory is the head, unless the paper is not one the head signs.
func (s setting) signatory() document.Signatory {
	return document.Signatory{Name: s.head.Name.Initials(), Position: party.AuthorityOf(s.c.Region).Head}
}

// paper is what the notice, the refusal and the return have in common.
func (s setting) paper() document.Paper {
	return document.Paper{
		From: s.letterhead(), Number: s.c.Number, On: s.today(), Case: s.c.Number, Applied: s.c.LawOn,
		Operation: lang.All(s.c.Application.Operation), To: s.employer(), Cites: []law.Cite{law.Basis(s.cite)},
		Appeal: s.appeal(), Signatory: s.signatory(),
		Executor: document.Executor{Name: s.executor.Name.Initials(), Phone: s.executor.Phone},
		URL:      s.follow(),
	}
}

// appeal tells how the decision can be appealed under the law of its day: of the
// Standard's chapter 3 in 2017 (WKO 142/2017 ¶ 12), of the Code of administrative
// procedure since it is in force.
func (s setting) appeal() lang.Text {
	if s.c.LawOn.Before(calendar.DateOf(2021, time.July, 1)) {
		return lang.All(lang.M("office.appeal-standard"))
	}
	return lang.All(lang.M("office.appeal-code"))
}

// follow is where the case can be followed without an account.
func (s setting) follow() string {
	return Follow(s.address, s.c)
}

// Follow returns the address at which who has the slip can follow a case.
func Follow(address string, c procedure.Case) string {
	return strings.TrimSuffix(address, "/") + "/track?number=" + c.Number + "&code=" + c.Code
}

// set sets the papers a draft consists of: the notice of grant where a fee is
// owing, else a permit for each worker; or the refusal.
func (s setting) set() ([]sheet, error) {
	switch {
	case s.c.Verdict == procedure.Refusal:
		return s.one(FormRefusal, s.refusal)
	case s.c.Owing():
		return s.one(FormNotice, s.notice)
	}
	return s.permits()
}

func (s setting) one(form string, make func() ([]byte, error)) ([]sheet, error) {
	pdf, err := make()
	if err != nil {
		return nil, unprintable(err)
	}
	return []sheet{{form, "", pdf}}, nil
}

// unprintable makes an error of a form one that tells people what to mend.
func unprintable(err error) error {
	return problem.New(problem.Invalid, "office.unprintable", lang.Args{"what": err.Error()}).Because(err)
}

// write does an act that makes papers. They are set from the case as the act will
// leave it, before the act, which is done only if the case is still the same then. Check looks at what the act was given; it may be nil.
func (o *Office) write(ctx context.Context, id string, d procedure.Deed, note procedure.Note,
	check func(procedure.Case) error, set func(setting) ([]sheet, error), more change,
) (procedure.Case, error) {
	d.At = o.Now()
	s, err := o.foresee(ctx, id, d, note)
	if err == nil && check != nil {
		err = check(s.c)
	}
	if err == nil && s.c.Verdict == procedure.Grant && !s.c.Owing() && len(s.note.Numbers) == 0 {
		s.note.Numbers, err = o.numbers(ctx, s.c.Region, len(s.c.Application.Workers))
	}
	if err != nil {
		return procedure.Case{}, err
	}
	sheets, err := set(s)
	if err != nil {
		return procedure.Case{}, err
	}
	papers := s.papers(sheets, s.madeOf())
	return o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		if c.Version != s.c.Version {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		paused := e.Note.Paused
		e.Note = s.note
		e.Note.Paused = paused
		if err := enterPapers(ctx, tx, id, papers); err != nil {
			return err
		}
		return more(ctx, tx, c, e)
	})
}

// foresee returns what the papers of a deed are set from: the case as the deed
// will leave it. A permit that has been drafted before keeps its number.
func (o *Office) foresee(ctx context.Context, id string, d procedure.Deed, note procedure.Note) (setting, error) {
	var s setting
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		cal, err := o.CalendarFor(c.Region)
		if err != nil {
			return err
		}
		next, event, err := procedure.Perform(c, d, cal)
		if err != nil {
			return said(err)
		}
		if s, err = o.setting(ctx, tx, next, d.At); err != nil {
			return err
		}
		drafted, err := tx.LastEvent(ctx, id, procedure.Draft)
		s.note, s.cite = note, event.Cite
		s.note.Numbers = drafted.Note.Numbers
		return err
	})
	return s, err
}

// madeOf tells drafts apart: those of the same case after the same acts, for the
// same head and day, are the same.
func (s setting) madeOf() string { return fmt.Sprintf("%d %s %s", s.c.Version, s.head.ID, s.today()) }

// papers are sheets as they are to be kept.
func (s setting) papers(sheets []sheet, madeOf string) []store.Paper {
	var list []store.Paper
	for _, sh := range sheets {
		digest := sha256.Sum256(sh.pdf)
		list = append(list, store.Paper{
			ID: newID(), Case: s.c.ID, Form: sh.form, Name: sh.name, SHA256: hex.EncodeToString(digest[:]), Content: sh.pdf,
			At: s.at, MadeOf: madeOf,
		})
	}
	return list
}

// made reports whether papers are there, and all of them made of something.
func made(papers []store.Paper, of string) bool {
	return len(papers) > 0 && !slices.ContainsFunc(papers, func(p store.Paper) bool { return p.MadeOf != of })
}

// enterPapers puts papers in the place of those of the case nobody has signed.
func enterPapers(ctx context.Context, tx store.Tx, caseID string, papers []store.Paper) error {
	if err := tx.ReplaceDrafts(ctx, caseID); err != nil {
		return err
	}
	for _, p := range papers {
		if err := tx.AddPaper(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
