package office

import (
	"context"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// A ToSignCase is a case that waits for the head, with its papers.
type ToSignCase struct {
	Case   procedure.Case
	Papers []store.Paper // as they would be signed now; none until they are made
	Seen   []bool        // whether the head has opened each
}

// AllSeen reports whether every paper is there and has been opened.
func (t ToSignCase) AllSeen() bool {
	for _, seen := range t.Seen {
		if !seen {
			return false
		}
	}
	return len(t.Papers) > 0
}

// SignQueue returns the cases that wait for the signature of a head, those due
// first at the top.
func (o *Office) SignQueue(ctx context.Context, by party.Actor) ([]ToSignCase, error) {
	if by.Role != party.Head {
		return nil, problem.New(problem.NotAllowed, "office.no-cases")
	}
	cases, _, err := o.Cases(ctx, by, store.Queue{States: []procedure.State{procedure.Drafted}})
	if err != nil {
		return nil, err
	}
	var list []ToSignCase
	for _, c := range cases {
		s, papers, err := o.draftOf(ctx, by, c.ID, o.Now())
		if problem.IsKind(err, problem.Conflict) || problem.IsKind(err, problem.NotAllowed) {
			continue // it has moved on meanwhile
		}
		if err != nil {
			return nil, err
		}
		t := ToSignCase{Case: s.c}
		if made(papers, s.madeOf()) {
			t.Papers = papers
		}
		if t.Seen, err = o.seen(ctx, by, t.Papers); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (o *Office) seen(ctx context.Context, by party.Actor, papers []store.Paper) ([]bool, error) {
	var list []bool
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list = nil
		for _, p := range papers {
			seen, err := tx.Seen(ctx, p.ID, by.Account)
			if err != nil {
				return err
			}
			list = append(list, seen)
		}
		return nil
	})
	return list, err
}

// SawPaper keeps that a head has opened a paper nobody has signed.
func (o *Office) SawPaper(ctx context.Context, by party.Actor, p store.Paper) error {
	if by.Role != party.Head || p.Signature != "" {
		return nil
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.SawPaper(ctx, p.ID, by.Account, o.Now()) })
}

// SignRead is [Office.Sign] as part of a run over several cases: the head must
// have opened every paper of this one, for nobody decides unread. Each case of a
// run is an act of its own, and fails alone.
func (o *Office) SignRead(ctx context.Context, by party.Actor, id string, sigs Signatures) (procedure.Case, error) {
	_, papers, err := o.draftOf(ctx, by, id, o.Now())
	if err != nil {
		return procedure.Case{}, err
	}
	seen, err := o.seen(ctx, by, papers)
	if err != nil {
		return procedure.Case{}, err
	}
	if !(ToSignCase{Papers: papers, Seen: seen}).AllSeen() {
		return procedure.Case{}, problem.New(problem.Invalid, "office.not-read").At("case")
	}
	return o.Sign(ctx, by, id, sigs)
}
