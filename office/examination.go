package office

import (
	"context"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
	"ruqsat/store"
)

// askAgain is how long a register is left alone after it was asked the same.
const askAgain = time.Minute

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
		Quota: map[quota.Line]quota.Balance{}, Asking: party.Executor,
	}
	if f.On.IsZero() {
		f.On = today
	}
	files, err := tx.FilesOf(ctx, c.ID)
	if err != nil {
		return f, err
	}
	for _, x := range files {
		f.Documents = append(f.Documents, examination.Document{Kind: x.Kind, Name: x.Name})
	}
	if f.Answers, err = tx.Answers(ctx, c.ID); err != nil {
		return f, err
	}
	if bin := c.Application.Employer.BIN; bin != "" {
		if f.Permits, err = tx.PermitsOf(ctx, bin); err != nil {
			return f, err
		}
	}
	if err := balances(ctx, tx, c, &f); err != nil {
		return f, err
	}
	return f, namesakes(ctx, tx, c, &f)
}

func balances(ctx context.Context, tx store.ReadTx, c procedure.Case, f *examination.File) (err error) {
	for _, l := range c.Application.Lines(f.On.Year, c.Region) {
		if f.Quota[l], err = tx.QuotaBalance(ctx, l); err != nil {
			return err
		}
	}
	f.Held, err = held(ctx, tx, c.ID)
	return err
}

// namesakes finds what else was asked or issued for the same people.
func namesakes(ctx context.Context, tx store.ReadTx, c procedure.Case, f *examination.File) error {
	others, err := tx.CasesNaming(ctx, persons(c), c.ID)
	if err != nil {
		return err
	}
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

// AskRegisters asks the registers of other bodies what an examination wants to
// know, and keeps what they answer. The applicant asks about their own firm and
// vacancies; about persons only the executor of the case does. It is no error
// that a register is down: the answer says so.
func (o *Office) AskRegisters(ctx context.Context, by party.Actor, id string) error {
	x, err := o.Examination(ctx, by, id)
	if err != nil {
		return err
	}
	if err := mayAsk(by, x.Case); err != nil {
		return err
	}
	var ask []examination.Question
	for _, q := range x.Asked {
		if by.Role == party.Applicant && q.Register == examination.Persons || o.justAsked(x.Answers, q) {
			continue
		}
		ask = append(ask, q)
	}
	// Asked outside the transaction: a slow register must not hold up the store.
	return o.keepAnswers(ctx, id, o.Registers.AskAll(ctx, ask, by, o.Now()))
}

// mayAsk returns an error unless an actor has reason to ask about a case.
func mayAsk(by party.Actor, c procedure.Case) error {
	own := by.Role == party.Applicant && c.State == procedure.Preparing
	if own || by.Role == party.Executor && by.Account == c.Executor && c.State.Open() {
		return nil
	}
	return problem.New(problem.NotAllowed, "office.not-to-ask")
}

func (o *Office) justAsked(answers []examination.Answer, q examination.Question) bool {
	for _, a := range answers {
		if a.Question == q && a.Status != examination.Down && o.Now().Sub(a.At) < askAgain {
			return true
		}
	}
	return false
}

func (o *Office) keepAnswers(ctx context.Context, id string, answers []examination.Answer) error {
	if len(answers) == 0 {
		return nil
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, a := range answers {
			if err := tx.AddAnswer(ctx, newID(), id, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// NoteSeen keeps what the executor saw elsewhere about a question that a register
// did not answer: where, when, and what. The term runs on meanwhile.
func (o *Office) NoteSeen(ctx context.Context, by party.Actor, id string, q examination.Question, s examination.Sight) error {
	x, err := o.Examination(ctx, by, id)
	if err != nil {
		return err
	}
	if by.Role == party.Applicant {
		return problem.New(problem.NotAllowed, "office.not-to-ask")
	}
	if err := mayAsk(by, x.Case); err != nil {
		return err
	}
	today, err := o.Today(x.Case.Region)
	if err != nil {
		return err
	}
	if err := sighted(x, q, s, today); err != nil {
		return err
	}
	s.Source, s.Words = strings.TrimSpace(s.Source), strings.TrimSpace(s.Words)
	a := examination.Answer{Question: q, Status: examination.Seen, At: o.Now(), Seen: s, By: by}
	return o.keepAnswers(ctx, id, []examination.Answer{a})
}

// sighted says what is wrong with what somebody says to have seen.
func sighted(x Examination, q examination.Question, s examination.Sight, today calendar.Date) error {
	var f problem.Form
	asked := false
	for _, known := range x.Asked {
		asked = asked || known == q
	}
	if !asked {
		f.Wrong("question", "procedure.choose")
	}
	if strings.TrimSpace(s.Source) == "" {
		f.Wrong("source", "procedure.empty")
	}
	if strings.TrimSpace(s.Words) == "" {
		f.Wrong("seen", "procedure.empty")
	}
	for field, text := range map[string]string{"source": s.Source, "seen": s.Words} {
		if len([]rune(text)) > 2000 {
			f.Wrong(field, "procedure.too-long", lang.Args{"most": 2000})
		}
	}
	if s.On.IsZero() || s.On.After(today) {
		f.Wrong("seen_on", "office.bad-seen-on")
	}
	if s.Result != examination.OK && s.Result != examination.Problem {
		f.Wrong("result", "procedure.choose")
	}
	return f.Err()
}

// Examine accepts a package as the executor has decided line by line (WKO 142/2017 ¶ 7(3), ¶ 10(9)–(10)). What the examination proposed, on
// what evidence, stands beside each decision in the event.
func (o *Office) Examine(ctx context.Context, by party.Actor, id string, decisions []examination.Decision) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Examine, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			f, err := o.examined(ctx, tx.ReadTx, *c)
			if err != nil {
				return err
			}
			e.Note.Findings, err = examination.Decide(examination.Examine(f), decisions)
			return err
		})
}
