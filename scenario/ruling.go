package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/store"
)

// rulingAct does acts on a permit that wait for the head; it reports whether the
// verb is one of them.
func (p *Player) rulingAct(ctx context.Context, by party.Actor, verb, name string, rest []string) (bool, error) {
	switch verb {
	case "draft-act":
		return true, p.draftAct(ctx, by, name, rest)
	case "sign-act":
		return true, p.signAct(ctx, by, name, rest)
	case "drop-act":
		return true, p.dropAct(ctx, by, name)
	}
	return false, nil
}

// draftAct drafts for the head: "executor draft-act A suspend conditions waived Нет
// отчёта."
func (p *Player) draftAct(ctx context.Context, by party.Actor, name string, rest []string) error {
	if len(rest) == 0 {
		return errors.New("draft-act wants an act")
	}
	p.drafting = true
	defer func() { p.drafting = false }()
	return p.actOnPermit(ctx, by, registry.Act(rest[0]), name, rest[1:])
}

// signAct signs what waits for a permit: "head sign-act A", or "with revoked".
func (p *Player) signAct(ctx context.Context, by party.Actor, name string, rest []string) error {
	r, err := p.waitingRuling(ctx, name)
	if err != nil {
		return err
	}
	return p.signRuling(ctx, by, r.ID, rest)
}

func (p *Player) dropAct(ctx context.Context, by party.Actor, name string) error {
	r, err := p.waitingRuling(ctx, name)
	if err != nil {
		return err
	}
	return p.office.DropRuling(ctx, by, r.ID)
}

func (p *Player) waitingRuling(ctx context.Context, name string) (store.Ruling, error) {
	permit, err := p.onePermit(ctx, name)
	if err != nil {
		return store.Ruling{}, err
	}
	list, err := p.office.Rulings(ctx, p.actors["head"], store.AboutPermit, permit.Number)
	if err != nil {
		return store.Ruling{}, err
	}
	for _, v := range list {
		if v.Ruling.State == store.RulingDrafted {
			return v.Ruling, nil
		}
	}
	return store.Ruling{}, fmt.Errorf("nothing waits for the head about %s", name)
}

// signRuling has the head read and sign a ruling.
func (p *Player) signRuling(ctx context.Context, by party.Actor, id string, with []string) error {
	if err := p.office.MakeRuling(ctx, by, id); err != nil {
		return err
	}
	papers, err := p.office.RulingToSign(ctx, by, id)
	if err != nil {
		return err
	}
	sigs, err := p.signaturesOver(ctx, by, papers, with, func(paper string) ([]byte, error) {
		_, content, err := p.office.RulingPaper(ctx, by, id, paper)
		return content, err
	})
	if err != nil {
		return err
	}
	_, err = p.office.SignRuling(ctx, by, id, office.Signatures(sigs))
	return err
}

// acts says what acts of the head about a permit there are, the latest first: "A
// suspend signed", "A surrender drafted, suspend signed"; as the employer sees
// them with "seen by the applicant".
func (p *Player) acts(ctx context.Context, name string, rest []string) (string, error) {
	by, seen := p.actors["head"], ""
	if strings.HasSuffix(strings.Join(rest, " "), "for the applicant") {
		by, seen = p.actors["applicant"], " for the applicant"
	}
	permit, err := p.onePermit(ctx, name)
	if err != nil {
		return "", err
	}
	list, err := p.office.Rulings(ctx, by, store.AboutPermit, permit.Number)
	if err != nil {
		return "", err
	}
	var words []string
	for _, v := range list {
		if v.Ruling.State == store.RulingSigned && len(v.Papers) != 1 {
			return "", fmt.Errorf("%s is signed and has %d papers", v.Ruling.Number, len(v.Papers))
		}
		words = append(words, string(v.Ruling.Permit.Act)+" "+string(v.Ruling.State))
	}
	if len(words) == 0 {
		words = []string{"none"}
	}
	return name + " " + strings.Join(words, ", ") + seen, nil
}
