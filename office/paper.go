package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// The forms of papers, as the store keeps them.
const (
	FormApplication = "application" // as the applicant signs it
	FormReturn      = "return"      // the written justification of a return
	FormNotice      = "notice"      // of grant, stage 1
	FormRefusal     = "refusal"
	FormPermit      = "permit"
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
	head     party.Account // who is to sign
	files    []store.File
}

// setting reads what the papers of a case are set from, as of a moment.
func (o *Office) setting(ctx context.Context, tx store.ReadTx, c procedure.Case, at time.Time) (setting, error) {
	s := setting{address: o.Address, c: c, at: at.Truncate(time.Second)}
	var err error
	if s.cal, err = law.CalendarFor(c.Region); err != nil {
		return s, err
	}
	s.at = s.at.In(s.cal.Zone())
	if c.Executor != "" {
		if s.executor, _, err = tx.Account(ctx, c.Executor); err != nil {
			return s, err
		}
	}
	heads, err := tx.Accounts(ctx, party.Head, c.Region)
	if err != nil {
		return s, err
	}
	for _, a := range heads {
		if a.Active {
			s.head = a
			break
		}
	}
	s.files, err = tx.FilesOf(ctx, c.ID)
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
		Operation: lang.All(s.c.Application.Operation), To: s.employer(), Cites: []law.Cite{s.cite},
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

// write does an act that makes papers. They are set and stored from the case as
// the act will leave it, before the act, which is done only if the case is still
// the same then. Check looks at what the act was given; it may be nil.
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
	papers, err := o.keep(ctx, id, s.at, sheets)
	if err != nil {
		return procedure.Case{}, err
	}
	return o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		if c.Version != s.c.Version {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		e.Note = s.note
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
		cal, err := law.CalendarFor(c.Region)
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
		events, err := tx.Events(ctx, id)
		s.note, s.cite = note, event.Cite
		s.note.Numbers = lastDraft(events).Note.Numbers
		return err
	})
	return s, err
}

// keep stores the bytes of sheets and returns the papers to be entered. The bytes
// come first, so that no table names what is not there.
func (o *Office) keep(ctx context.Context, caseID string, at time.Time, sheets []sheet) ([]store.Paper, error) {
	var papers []store.Paper
	for _, sh := range sheets {
		sum, err := o.Files.Put(ctx, sh.pdf)
		if err != nil {
			return nil, err
		}
		papers = append(papers, store.Paper{
			ID: newID(), Case: caseID, Form: sh.form, Name: sh.name, SHA256: sum, At: at.Truncate(time.Second),
		})
	}
	return papers, nil
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

// same reports whether papers are what a setting gives, byte for byte.
func same(papers []store.Paper, sheets []sheet) bool {
	if len(papers) != len(sheets) {
		return false
	}
	for i, sh := range sheets {
		digest := sha256.Sum256(sh.pdf)
		if papers[i].SHA256 != hex.EncodeToString(digest[:]) {
			return false
		}
	}
	return true
}
