package office

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/store"
)

// Signatures are detached signatures by the ids of the papers they are over.
type Signatures map[string][]byte

// Field is the name of the field for the signature of a paper.
func Field(paper string) string { return "signature-" + paper }

// ToSign are the papers that wait for the signature of an actor in a case, which
// they may open and read. There are none until they have been made; see
// [Office.MakeApplication] and [Office.MakeDrafts].
func (o *Office) ToSign(ctx context.Context, by party.Actor, id string) ([]store.Paper, error) {
	var list []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if !MaySee(by, c) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		list, err = unsigned(ctx, tx, id)
		return err
	})
	return list, err
}

// unsigned are the papers of a case that nobody has signed or handed on.
func unsigned(ctx context.Context, tx store.ReadTx, id string) ([]store.Paper, error) {
	papers, err := tx.Papers(ctx, id)
	if err != nil {
		return nil, err
	}
	var list []store.Paper
	for _, p := range papers {
		if p.Signature == "" && p.HandedOn.IsZero() {
			list = append(list, p)
		}
	}
	return list, nil
}

// Signer is whose certificate an actor must sign with: an applicant's must name
// their firm, or themselves where they applied under their own number; a head's
// the department and the person (WKO 142/2017 ¶ 10(6), condition 2).
func Signer(by party.Actor) signature.Want {
	w := signature.Want{IIN: by.IIN, BIN: by.BIN}
	switch {
	case by.Role != party.Applicant:
		w.BIN = party.AuthorityOf(by.Region).BIN
	case string(by.BIN) == string(by.IIN):
		w.BIN = ""
	}
	return w
}

// A signed paper has been found to bear a good signature, and is not yet kept.
type signed struct {
	paper             store.Paper
	signature, report string
	outcome           signature.Outcome
	stamp             *store.Stamp // that we had put beside it
	unstamped         string       // why there is none yet, where there is to be one
}

// examine looks at the signatures over all of papers, which came at a moment. It
// returns the papers with what was found, and the first thing that is wrong, at its
// field. What is undetermined is no good either, but rejects nothing: it can be
// tried again.
func (o *Office) examine(ctx context.Context, by party.Actor, papers []store.Paper, sigs Signatures, at time.Time) ([]signed, error) {
	want := Signer(by)
	if want.At = at; want.IIN == "" && want.BIN == "" {
		return nil, problem.New(problem.NotAllowed, "office.nobody-to-sign")
	}
	rule, err := o.occasion(by, at)
	if err != nil {
		return nil, err
	}
	stamps := stamping{o: o}
	var list []signed
	var wrong error
	for _, p := range papers {
		s := signed{paper: p, signature: base64.StdEncoding.EncodeToString(sigs[p.ID])}
		report := o.verify(ctx, p, sigs[p.ID], want)
		report = rule.Judge(report, stamps.stamp(ctx, &s, report, sigs[p.ID], want))
		text, err := json.Marshal(report)
		if err != nil {
			return nil, fmt.Errorf("report on paper %s: %w", p.ID, err)
		}
		s.report, s.outcome = string(text), report.Outcome
		list = append(list, s)
		if err := report.Err(); err != nil && wrong == nil {
			wrong = problem.Of(err).At(Field(p.ID))
		}
	}
	return list, wrong
}

func (o *Office) verify(ctx context.Context, p store.Paper, sig []byte, want signature.Want) signature.Report {
	content, err := o.content(ctx, p)
	if err != nil || o.Verifier == nil {
		var none signature.Report
		signature.Examine(&none, nil)
		return none
	}
	return o.Verifier.Verify(ctx, content, sig, want)
}

// content returns the bytes of a paper.
func (o *Office) content(ctx context.Context, p store.Paper) ([]byte, error) {
	var content []byte
	err := o.DB.Glance(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		content, err = tx.PaperContent(ctx, p)
		return err
	})
	return content, err
}

// enterSigned keeps signatures with the papers they are over. It is a Conflict if
// one of them has been replaced or signed meanwhile.
func (o *Office) enterSigned(ctx context.Context, tx store.Tx, list []signed) error {
	for _, s := range list {
		if err := tx.SignPaper(ctx, s.paper, s.signature, s.report); err != nil {
			return err
		}
		if err := o.keepStamp(ctx, tx, s); err != nil {
			return err
		}
	}
	return nil
}

// MakeDrafts makes the papers that a head is to sign, with their own name and
// today's day, unless they are there (WKO 142/2017 ¶ 7(4)). Whoever may not sign
// the case is refused.
func (o *Office) MakeDrafts(ctx context.Context, by party.Actor, id string) error {
	s, papers, err := o.draftOf(ctx, by, id, o.Now())
	if err != nil {
		return err
	}
	if made(papers, s.madeOf()) {
		return nil
	}
	sheets, err := s.set()
	if err != nil {
		return err
	}
	papers = s.papers(sheets, s.madeOf())
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := unmoved(ctx, tx, s.c); err != nil {
			return err
		}
		return enterPapers(ctx, tx, id, papers)
	})
}

// draftOf reads the draft of a case that a head is to sign: what its papers are
// set from, and those there are.
func (o *Office) draftOf(ctx context.Context, by party.Actor, id string, at time.Time) (setting, []store.Paper, error) {
	var s setting
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if err := o.may(c, procedure.Deed{Act: procedure.Sign, By: by, At: at}); err != nil {
			return err
		}
		if s, err = o.setting(ctx, tx, c, at); err != nil {
			return err
		}
		for _, a := range s.people {
			if a.ID == by.Account {
				s.head = a
			}
		}
		drafted, err := tx.LastEvent(ctx, id, procedure.Draft)
		if err != nil {
			return err
		}
		s.of(drafted)
		papers, err = unsigned(ctx, tx, id)
		return err
	})
	return s, papers, err
}

// of takes over what the draft was made with.
func (s *setting) of(e procedure.Event) { s.note, s.cite = e.Note, e.Cite }

// may returns an error unless a deed could be done to a case now. The act itself
// asks again; this keeps others from having papers made or signatures examined.
func (o *Office) may(c procedure.Case, d procedure.Deed) error {
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return err
	}
	_, _, err = procedure.Perform(c, d, cal)
	return said(err)
}

// unmoved is a Conflict if a case is not as it was read.
func unmoved(ctx context.Context, tx store.Tx, was procedure.Case) error {
	c, err := tx.Case(ctx, was.ID)
	if err == nil && c.Version != was.Version {
		err = problem.New(problem.Conflict, "problem.moved-on")
	}
	return err
}

// Sign makes a draft the authority's decision: the head has signed each of its
// papers (WKO 142/2017 ¶ 7(4), ¶ 10(12), process 8). A grant needs what it takes
// from the quota to be held. Signatures that cannot be judged yet wait; see
// [Waits].
func (o *Office) Sign(ctx context.Context, by party.Actor, id string, sigs Signatures) (procedure.Case, error) {
	c, list, err := o.sign(ctx, by, id, sigs, o.Now(), nothing)
	return c, o.orWait(ctx, waitSign, by, id, sigs, list, err)
}

// sign does the act with signatures that came at a moment, and what else belongs
// to it. It returns what was found of them in any case.
func (o *Office) sign(ctx context.Context, by party.Actor, id string, sigs Signatures, at time.Time, more change) (procedure.Case, []signed, error) {
	s, papers, err := o.draftOf(ctx, by, id, at)
	if err != nil {
		return procedure.Case{}, nil, err
	}
	if !made(papers, s.madeOf()) {
		return procedure.Case{}, nil, problem.New(problem.Conflict, "office.drafts-old")
	}
	list, err := o.examine(ctx, by, papers, sigs, at)
	if err != nil {
		return procedure.Case{}, list, err
	}
	d := procedure.Deed{Act: procedure.Sign, By: by}
	c, err := o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		if c.Version != s.c.Version+1 {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		if c.Verdict == procedure.Grant {
			if err := needHold(ctx, tx.ReadTx, *c); err != nil {
				return err
			}
		}
		if err := more(ctx, tx, c, e); err != nil {
			return err
		}
		if err := tx.DropWaiting(ctx, id); err != nil {
			return err
		}
		return o.enterSigned(ctx, tx, list)
	})
	return c, list, err
}
