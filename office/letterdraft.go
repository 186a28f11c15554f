package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// LetterForm is the form of the paper a reply is.
const LetterForm = "letter"

// A Wish is what the executor chooses for a letter. What the register says they
// cannot type.
type Wish struct {
	AsOf      calendar.Date
	Year      int
	Topics    []correspondence.Topic
	Asked     []correspondence.Asked
	Free      []lang.Text
	Employer  lang.Text // its name; counts only where the register knows none
	Signatory string    // account of the head who is to sign
	Phone     string    // of the executor
}

// DraftLetter composes the reply from the register, checks it and puts it before
// the head. A draft takes the place of the one before; if anything is wrong, the
// one before stands.
func (o *Office) DraftLetter(ctx context.Context, d correspondence.Deed, id string, w Wish) (correspondence.File, error) {
	d.Act = correspondence.Write
	var draft correspondence.File
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		draft, err = o.composed(ctx, tx, d, id, w)
		return err
	})
	if err != nil {
		return correspondence.File{}, err
	}
	pdf, err := document.Letter(draft.Draft.Paper)
	if err != nil {
		return correspondence.File{}, err
	}
	digest := sha256.Sum256(pdf)
	d.Version = draft.Version // the register was asked for this version of the file
	return o.doLetter(ctx, id, d, func(ctx context.Context, tx store.Tx, f *correspondence.File, e *correspondence.Event) error {
		f.Request, f.Draft = draft.Request, draft.Draft
		f.Draft.At = e.At
		if err := tx.ReplaceDrafts(ctx, f.ID); err != nil {
			return err
		}
		return tx.AddPaper(ctx, store.Paper{
			ID: newID(), Case: f.ID, Form: LetterForm, SHA256: hex.EncodeToString(digest[:]), Content: pdf, At: e.At,
		})
	})
}

// composed returns the file with the letter that a wish leads to, checked.
func (o *Office) composed(ctx context.Context, tx store.ReadTx, d correspondence.Deed, id string, w Wish) (correspondence.File, error) {
	f, err := tx.Request(ctx, id)
	if err != nil {
		return f, err
	}
	if !correspondence.MaySee(d.By, f) {
		return f, problem.New(problem.NotFound, "problem.not-found")
	}
	if _, _, err := o.stepLetter(f, d); err != nil {
		return f, err
	}
	today, err := o.Today(f.Region)
	if err != nil {
		return f, said(err)
	}
	if f.Request = w.ask(f.Request); f.Request.AsOf.After(today) {
		return f, problem.New(problem.Invalid, "correspondence.future", lang.Args{"day": f.Request.AsOf}).At("as_of")
	}
	paper, err := dressed(ctx, tx, d.By, f.Region, w)
	if err != nil {
		return f, err
	}
	l, err := answer(ctx, tx, f.Request, paper)
	if err != nil {
		return f, err
	}
	if err := l.Check(); err != nil {
		return f, err
	}
	f.Draft = &correspondence.Draft{
		Paper: l.Paper, Figures: l.Figures, Cites: l.Cites, Seq: l.Answer.Seq, Employer: l.Employer(), Signatory: w.Signatory,
	}
	return f, nil
}

// ask puts what the executor chose into the request.
func (w Wish) ask(q correspondence.Request) correspondence.Request {
	q.AsOf, q.Year, q.Topics, q.Asked, q.Free = w.AsOf, w.Year, w.Topics, w.Asked, w.Free
	if w.Employer.RU+w.Employer.KK != "" {
		q.Employer.Name = w.Employer
	}
	return q.Tidy()
}

// dressed returns the paper of a department, with who is to sign and who prepares
// the letter.
func dressed(ctx context.Context, tx store.ReadTx, by party.Actor, region string, w Wish) (correspondence.Office, error) {
	paper, err := letterhead(ctx, tx, region)
	if err != nil {
		return paper, err
	}
	head, err := colleague(ctx, tx, w.Signatory, party.Head, region, "signatory")
	if err != nil {
		return paper, err
	}
	paper.Signatory.Name = byInitials(head.Name)
	if head.Position != (lang.Text{}) {
		paper.Signatory.Position = head.Position
	}
	executor, _, err := tx.Account(ctx, by.Account)
	if err != nil {
		return paper, err
	}
	paper.Executor.Name = byInitials(executor.Name)
	for _, phone := range []string{executor.Phone, strings.TrimSpace(w.Phone)} {
		if phone != "" {
			paper.Executor.Phone = phone
		}
	}
	return paper, nil
}

// letterhead returns what stands on the letters of a department: what was entered
// for it, or what is known of it anyway. It is Invalid if that is not enough.
func letterhead(ctx context.Context, tx store.ReadTx, region string) (correspondence.Office, error) {
	paper, err := tx.Letterhead(ctx, region)
	if err != nil {
		return paper, err
	}
	if paper.IsZero() {
		paper = knownOffice(party.AuthorityOf(region))
	}
	if paper.Check() != nil {
		return paper, problem.New(problem.Invalid, "correspondence.no-letterhead", lang.Args{"region": law.RegionName(region)}).At("letterhead")
	}
	return paper, nil
}

// knownOffice is a department on whose letters nobody has entered anything. Until
// somebody signs and prepares one, the department itself stands for them.
func knownOffice(a party.Authority) correspondence.Office {
	var o correspondence.Office
	o.Name = a.Name
	o.Letterhead = correspondence.Letterhead{Name: a.Name, Address: a.Address, Phone: a.Phone, Fax: a.Fax, BIN: string(a.BIN), Email: a.Email}
	o.Signatory = correspondence.Signatory{Position: a.Head, Name: a.Head.RU}
	o.Executor = correspondence.Executor{Name: a.Name.RU, Phone: a.Phone}
	return o
}

// byInitials is a name as a letter has it: С. Әбдірахманов.
func byInitials(n party.Name) string {
	if r := []rune(n.Given); len(r) > 0 {
		return string(r[0]) + ". " + n.Surname
	}
	return n.Surname
}

// answer asks the register and composes the letter.
func answer(ctx context.Context, tx store.ReadTx, q correspondence.Request, paper correspondence.Office) (correspondence.Letter, error) {
	permits, err := tx.PermitsOf(ctx, q.Employer.BIN)
	if err != nil {
		return correspondence.Letter{}, err
	}
	return correspondence.Compose(q, registry.Count(q.Question(), permits), paper)
}

// Reply composes the reply to a request that carries its own letterhead, or whose
// region has one, and checks it. Nothing is kept.
func (o *Office) Reply(ctx context.Context, q correspondence.Request) (correspondence.Letter, error) {
	var l correspondence.Letter
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		paper := q.Office
		if paper.IsZero() {
			if paper, err = tx.Letterhead(ctx, q.Region); err != nil {
				return err
			}
		}
		if paper.IsZero() { // who signs and who prepared it are not known here
			return problem.New(problem.Invalid, "correspondence.no-letterhead", lang.Args{"region": law.RegionName(q.Region)}).At("office")
		}
		l, err = answer(ctx, tx, q, paper)
		return err
	})
	if err != nil {
		return l, err
	}
	return l, l.Check()
}

// borneOut says why a draft cannot be signed: the register has changed since.
func borneOut(ctx context.Context, tx store.ReadTx, f correspondence.File) error {
	paper, err := letterhead(ctx, tx, f.Region)
	if err != nil {
		return err
	}
	p := f.Draft.Paper
	paper.Signatory = correspondence.Signatory{Name: p.Signatory.Name, Position: p.Signatory.Position}
	paper.Executor = correspondence.Executor{Name: p.Executor.Name, Phone: p.Executor.Phone}
	l, err := answer(ctx, tx, f.Request, paper)
	if err != nil {
		return err
	}
	if !f.Draft.Holds(l) {
		return problem.New(problem.Conflict, "correspondence.register-changed", lang.Args{"seq": f.Draft.Seq})
	}
	return l.Check()
}

// publicText is a reply as the public would read it.
func publicText(ctx context.Context, tx store.ReadTx, f correspondence.File, n correspondence.Naming) (lang.Text, error) {
	if !slices.Contains([]correspondence.Naming{correspondence.Named, correspondence.Unnamed}, n) {
		return lang.Text{}, problem.New(problem.Invalid, "procedure.choose").At("naming")
	}
	if f.Draft == nil {
		return lang.Text{}, problem.New(problem.NotFound, "problem.not-found")
	}
	permits, err := tx.PermitsOf(ctx, f.Request.Employer.BIN)
	if err != nil {
		return lang.Text{}, err
	}
	var people []string
	for _, p := range permits {
		people = append(people, p.Worker)
	}
	return correspondence.Public(*f.Draft, f.Request, n, people)
}
