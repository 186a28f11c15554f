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
	"ruqsat/store"
)

// askAgain is how long a register is left alone after it was asked the same.
const askAgain = time.Minute

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
