package scenario

import (
	"context"
	"fmt"

	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/store"
)

// sign has the head read and sign what was drafted: "head sign A", or "head sign A
// with revoked" for a key that must be refused.
func (p *Player) sign(ctx context.Context, by party.Actor, id string, rest []string) error {
	if err := p.office.MakeDrafts(ctx, by, id); err != nil {
		return err
	}
	sigs, err := p.signatures(ctx, by, id, rest)
	if err != nil {
		return err
	}
	_, err = p.office.Sign(ctx, by, id, sigs)
	return err
}

// signatures signs all that waits for it in a case.
func (p *Player) signatures(ctx context.Context, by party.Actor, id string, rest []string) (office.Signatures, error) {
	papers, err := p.office.ToSign(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return p.signaturesOver(ctx, by, papers, rest, func(paper string) ([]byte, error) {
		_, content, err := p.office.Paper(ctx, by, id, paper)
		return content, err
	})
}

// signaturesOver signs papers with the actor's own key, or the one named.
func (p *Player) signaturesOver(ctx context.Context, by party.Actor, papers []store.Paper, rest []string,
	read func(paper string) ([]byte, error),
) (office.Signatures, error) {
	choice := practice.Own
	if len(rest) == 2 && rest[0] == "with" {
		choice = practice.Choice(rest[1])
	} else if len(rest) > 0 {
		return nil, fmt.Errorf("a signature wants nothing more, or: with %v", practice.Choices)
	}
	person := practice.PersonOf(party.Account{Role: by.Role, Region: by.Region, IIN: by.IIN, BIN: by.BIN, Name: by.Name})
	sigs := office.Signatures{}
	for _, paper := range papers {
		content, err := read(paper.ID)
		if err != nil {
			return nil, err
		}
		if sigs[paper.ID], err = p.signer.Sign(person, choice, content, p.clock); err != nil {
			return nil, err
		}
	}
	return sigs, nil
}

// papersOf says which papers of a case hold, the first first: "A application signed,
// correction".
func (p *Player) papersOf(ctx context.Context, name string, c procedure.Case) (string, error) {
	var list []store.Paper
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		list, err = tx.Papers(ctx, c.ID)
		return err
	})
	s := name
	for i, paper := range list {
		if i > 0 {
			s += ","
		}
		s += " " + paper.Form
		if paper.Signature != "" {
			s += " signed"
		}
	}
	return s, err
}
