package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/store"
)

// expect compares what a line says with what is.
func (p *Player) expect(ctx context.Context, words []string) error {
	got, err := p.found(ctx, words)
	if err != nil {
		return err
	}
	if want := strings.Join(words[1:], " "); got != want {
		return fmt.Errorf("%s %s, want %s", words[0], got, want)
	}
	return nil
}

// found says what is, in the words of the scenario.
func (p *Player) found(ctx context.Context, words []string) (string, error) {
	if len(words) < 3 {
		return "", fmt.Errorf("%s wants a name and what is to be found", words[0])
	}
	switch words[0] {
	case "quota":
		return p.quota(ctx, words[1])
	case "permit":
		return p.permit(ctx, words[1])
	case "entries":
		return p.entries(ctx, words[1])
	case "chain":
		return p.chain(ctx, words[1])
	case "register":
		return p.register(ctx, words)
	case "acts":
		return p.acts(ctx, words[1], words[2:])
	case "complaint":
		return p.complaint(ctx, words[1], words[2:])
	}
	if words[0] == "orders" {
		return p.orders(ctx, words[1])
	}
	c, err := p.load(ctx, words[1])
	if err != nil {
		return "", err
	}
	switch words[0] {
	case "case":
		return p.state(ctx, words[1], c)
	case "runs":
		return p.runs(words[1], law.TermName(words[2]), c)
	case "late":
		return p.late(ctx, words[1], c)
	case "consents":
		return p.consents(words[1], c), nil
	case "papers":
		return p.papersOf(ctx, words[1], c)
	case "still":
		return still(words[1], c), nil
	case "moved":
		return moved(words[1], law.TermName(words[2]), c)
	}
	return p.permits(ctx, words[1], c)
}

// state says where a case stands: "A notified, waits for the applicant".
func (p *Player) state(ctx context.Context, name string, c procedure.Case) (string, error) {
	s := name + " " + string(c.State)
	if who := procedure.WaitsFor(c, p.cal.Day(p.clock)); who != "" {
		s += ", waits for the " + string(who)
	}
	var lines []quota.Line
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		lines, err = tx.WaitsFor(ctx, c.ID)
		return err
	})
	for _, l := range lines {
		s += ", waits for " + l.String()
	}
	return s, err
}

// runs says until when a term runs: "A answer by 2017-07-17 on the executor";
// a term in hours or minutes ends at a time.
func (p *Player) runs(name string, term law.TermName, c procedure.Case) (string, error) {
	r, ok := c.Term(term)
	if !ok {
		return fmt.Sprintf("%s %s not", name, term), nil
	}
	by := r.End.Last.String()
	if unit := string(r.End.Term.Unit); !strings.HasSuffix(unit, "days") {
		by = r.End.At.In(p.cal.Zone()).Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("%s %s by %s on the %s", name, term, by, r.Whose), nil
}

// late says which terms the last act found over: "A register", or "A in time".
func (p *Player) late(ctx context.Context, name string, c procedure.Case) (string, error) {
	var events []procedure.Event
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		events, err = tx.Events(ctx, c.ID)
		return err
	})
	if err != nil || len(events) == 0 || len(events[len(events)-1].Late) == 0 {
		return name + " in time", err
	}
	var terms []string
	for _, n := range events[len(events)-1].Late {
		terms = append(terms, string(n))
	}
	slices.Sort(terms)
	return name + " " + strings.Join(terms, " "), nil
}

// permits says what a case led to: "A 2 from 2017-08-02 until 2018-08-01".
func (p *Player) permits(ctx context.Context, name string, c procedure.Case) (string, error) {
	s := name + " none"
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list, err := tx.PermitsOfCase(ctx, c.ID)
		if len(list) > 0 {
			s = fmt.Sprintf("%s %d from %s until %s", name, len(list), list[0].From, list[0].Until)
		}
		return err
	})
	return s, err
}

// quota says where a line stands: "2017/27/III allotted 5, held 2, used 0".
func (p *Player) quota(ctx context.Context, line string) (string, error) {
	l, err := quota.ParseLine(line)
	if err != nil {
		return "", err
	}
	var b quota.Balance
	err = p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		b, err = tx.QuotaBalance(ctx, l)
		return err
	})
	return fmt.Sprintf("%s allotted %d, held %d, used %d", l, b.Allotted, b.Held, b.Used), err
}
