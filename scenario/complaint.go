package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
)

// complaintActs are the verbs of complaints, with what they do.
var complaintActs = map[string]func(p *Player, ctx context.Context, by party.Actor, name string, rest []string) error{
	"complain":           (*Player).complain,
	"take-complaint":     (*Player).complain,
	"grant-complaint":    (*Player).grantComplaint,
	"forward-complaint":  (*Player).forwardComplaint,
	"decide-complaint":   (*Player).decideComplaint,
	"withdraw-complaint": (*Player).withdrawComplaint,
}

// complain files a complaint: "complain K about A refusal learned 2025-06-02
// [because reasons]"; A is a case, or a permit like A/1.
func (p *Player) complain(ctx context.Context, by party.Actor, name string, rest []string) error {
	if len(rest) < 5 || rest[0] != "about" || rest[3] != "learned" {
		return errors.New("a complaint wants: about A refusal learned 2025-06-02")
	}
	subject, ok := p.cases[rest[1]]
	if !ok {
		got, err := p.onePermit(ctx, rest[1])
		if err != nil {
			return err
		}
		subject = got.Number
	}
	learned := p.cal.Day(p.clock)
	if rest[4] != "today" {
		var err error
		if learned, err = calendar.ParseDate(rest[4]); err != nil {
			return err
		}
	}
	g := office.Grievance{
		About: complaint.About(rest[2]), Learned: learned, Address: employer.Address,
		Words: "С решением не согласны: документы подтверждают соответствие требованиям.", Wanted: "Отменить решение.",
	}
	if len(rest) > 6 && rest[5] == "because" {
		g.Because = strings.Join(rest[6:], " ")
	}
	c, err := p.office.Complain(ctx, by, subject, g)
	if err == nil {
		p.papers[name] = c.ID
	}
	return err
}

func (p *Player) toComplaint(ctx context.Context, by party.Actor, name string, d complaint.Deed) error {
	_, err := p.office.ActOnComplaint(ctx, by, p.papers[name], d)
	return err
}

func (p *Player) grantComplaint(ctx context.Context, by party.Actor, name string, rest []string) error {
	return p.ruleOnComplaint(ctx, by, name, complaint.Deed{Act: complaint.Grant,
		Note: complaint.Note{Words: strings.Join(rest, " "), Effect: complaint.Cancelled}})
}

// ruleOnComplaint has the head draft and sign the department's own decision.
func (p *Player) ruleOnComplaint(ctx context.Context, by party.Actor, name string, d complaint.Deed) error {
	r, err := p.office.DraftOnComplaint(ctx, by, p.papers[name], d)
	if err != nil {
		return err
	}
	return p.signRuling(ctx, by, r.ID, nil)
}

func (p *Player) forwardComplaint(ctx context.Context, by party.Actor, name string, rest []string) error {
	return p.toComplaint(ctx, by, name, complaint.Deed{Act: complaint.Forward, Note: complaint.Note{Body: strings.Join(rest, " ")}})
}

// decideComplaint records a decision: "decide-complaint K upheld Доводы подтвердились."
func (p *Player) decideComplaint(ctx context.Context, by party.Actor, name string, rest []string) error {
	if len(rest) < 2 {
		return errors.New("a decision wants its outcome and its reasons")
	}
	n := complaint.Note{Outcome: complaint.Outcome(rest[0]), Words: strings.Join(rest[1:], " "), Number: "17-2/145", On: p.cal.Day(p.clock), Effect: complaint.Anew}
	if n.Outcome == complaint.Rejected {
		n.Effect = complaint.NoEffect
	}
	d := complaint.Deed{Act: complaint.Decide, Note: n}
	c, err := p.office.Complaint(ctx, by, p.papers[name])
	if err == nil && complaint.ByPaper(c, d.Act) {
		return p.ruleOnComplaint(ctx, by, name, d)
	}
	return p.toComplaint(ctx, by, name, d)
}

func (p *Player) withdrawComplaint(ctx context.Context, by party.Actor, name string, rest []string) error {
	return p.toComplaint(ctx, by, name, complaint.Deed{Act: complaint.Withdraw, Note: complaint.Note{Words: strings.Join(rest, " ")}})
}

// complaint says where a complaint stands, and until when what is due: "K received,
// forward by 2025-06-05, answer by 2025-07-01"; "K decided upheld, in time".
func (p *Player) complaint(ctx context.Context, name string, _ []string) (string, error) {
	c, err := p.office.Complaint(ctx, p.actors["head"], p.papers[name])
	if err != nil {
		return "", err
	}
	s := name + " " + string(c.State)
	if c.Outcome != "" {
		s += " " + string(c.Outcome)
	}
	if c.Late {
		s += ", filed late"
	}
	if c.Silent(p.clock) {
		s += ", silent"
	}
	for _, n := range []law.LimitName{law.ComplaintForward, law.ComplaintAnswer} {
		if r, ok := c.Term(n); ok {
			s += fmt.Sprintf(", %s by %s", strings.TrimPrefix(string(n), "complaint-"), r.End.Last)
		}
	}
	for _, late := range c.Events[len(c.Events)-1].Late {
		s += ", late " + strings.TrimPrefix(string(late), "complaint-")
	}
	return s, nil
}
