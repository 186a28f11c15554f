package office

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// Register gives a case its number and holds what it needs of the quota, in the
// order of registration (WKO 142/2017 ¶ 7(1)).
func (o *Office) Register(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	will := store.Ahead{Case: id}
	if today, err := o.Today(by.Region); err == nil {
		will.Series = []string{series(by.Region, today.Year)}
	}
	return o.doOn(ctx, will, procedure.Deed{Act: procedure.Register, By: by}, o.register)
}

func (o *Office) register(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) (err error) {
	e.Note.Name = e.By.Name.Initials()
	if c.Number, err = number(ctx, tx, c.Region, c.LawOn.Year); err != nil {
		return err
	}
	return o.hold(ctx, tx, *c)
}

// Assign names the executor, with the head's resolution (WKO 142/2017 ¶ 7(2)).
func (o *Office) Assign(ctx context.Context, by party.Actor, id, executor, resolution string) (procedure.Case, error) {
	return o.doOn(ctx, store.Ahead{Case: id, Account: executor}, procedure.Deed{Act: procedure.Assign, By: by}, give(executor, resolution))
}

// Reassign gives the case to another executor.
func (o *Office) Reassign(ctx context.Context, by party.Actor, id, executor, why string) (procedure.Case, error) {
	return o.doOn(ctx, store.Ahead{Case: id, Account: executor}, procedure.Deed{Act: procedure.Reassign, By: by}, give(executor, why))
}

func give(executor, words string) change {
	return func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		a, ok, err := tx.Account(ctx, executor)
		if err != nil {
			return err
		}
		if !ok || a.Role != party.Executor || a.Region != c.Region || !a.Active {
			return problem.New(problem.Invalid, "procedure.no-executor").At("executor")
		}
		c.Executor = a.ID
		e.Note = procedure.Note{Text: strings.TrimSpace(words), Executor: a.ID, Name: a.Name.Initials()}
		return nil
	}
}

// ReturnIncomplete gives an incomplete or expired package back, with the reasons
// in writing (WKO 142/2017 ¶ 7(3)). It is no refusal of the service.
func (o *Office) ReturnIncomplete(ctx context.Context, by party.Actor, id string, reasons []string, words string) (procedure.Case, error) {
	note := procedure.Note{Text: strings.TrimSpace(words), Grounds: reasons}
	check := func(c procedure.Case) error {
		if !known(law.ReturnReasons(c.LawOn), reasons) || note.Text == "" {
			return problem.New(problem.Invalid, "procedure.no-reasons").At("words").Under("WKO 142/2017 ¶ 7(3)")
		}
		return nil
	}
	set := func(s setting) ([]sheet, error) { return s.one(FormReturn, s.returned) }
	return o.write(ctx, id, procedure.Deed{Act: procedure.ReturnIncomplete, By: by}, note, check, set, o.handOn)
}

// known reports whether keys name at least one rule of a list, and nothing else.
func known(rules []law.Rule, keys []string) bool {
	for _, k := range keys {
		if !slices.ContainsFunc(rules, func(r law.Rule) bool { return r.Key == k }) {
			return false
		}
	}
	return len(keys) > 0
}

// DraftGrant drafts the notice of grant, or the permits once nothing is owing
// (WKO 142/2017 ¶ 7(3), ¶ 10(11), process 7).
func (o *Office) DraftGrant(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	d := procedure.Deed{Act: procedure.Draft, By: by, Verdict: procedure.Grant}
	return o.write(ctx, id, d, procedure.Note{}, nil, setting.set, mayGrant)
}

// DraftRefusal drafts a refusal on grounds of the edition's list (WKO 142/2017
// ¶ 3).
func (o *Office) DraftRefusal(ctx context.Context, by party.Actor, id string, grounds []string, words string) (procedure.Case, error) {
	d := procedure.Deed{Act: procedure.Draft, By: by, Verdict: procedure.Refusal}
	check := func(c procedure.Case) error {
		if !known(law.GroundsFor(c.Application.Operation, c.Application.Scheme, c.LawOn), grounds) {
			return problem.New(problem.Invalid, "procedure.no-grounds").At("grounds").Under("WKO 142/2017 ¶ 3")
		}
		return c.HeardOn(grounds)
	}
	return o.write(ctx, id, d, procedure.Note{Text: strings.TrimSpace(words), Grounds: grounds}, check, setting.set, nothing)
}

// SendBack gives a draft back to the executor with remarks (WKO 142/2017 ¶ 7(4)).
func (o *Office) SendBack(ctx context.Context, by party.Actor, id, remarks string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.SendBack, By: by},
		func(_ context.Context, _ store.Tx, _ *procedure.Case, e *procedure.Event) error {
			if e.Note.Text = strings.TrimSpace(remarks); e.Note.Text == "" {
				return problem.New(problem.Invalid, "procedure.no-remarks").At("remarks")
			}
			return nil
		})
}

// Notify tells the applicant that the permit will be granted and what to pay
// (WKO 142/2017 ¶ 7(3), stage 1). The applicant's ten days begin.
func (o *Office) Notify(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Notify, By: by}, o.handOn)
}

// Refuse hands a signed refusal over (WKO 142/2017 ¶ 3, ¶ 7(5)).
func (o *Office) Refuse(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Refuse, By: by}, o.handOn)
}

// handOn lets the applicant have the papers of the case.
func (o *Office) handOn(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
	return tx.HandOn(ctx, c.ID, e.At)
}

// Fee returns what a case costs when it is paid for on a day; nothing where no
// fee is due.
func Fee(c procedure.Case, on calendar.Date) (fee.Tenge, error) {
	amounts, err := Fees(c, on)
	var sum fee.Tenge
	for _, a := range amounts {
		sum += a.Total
	}
	return sum, err
}

// Fees returns the fee of each category in a case, in the order of categories. A
// permit for several regions costs the fee in each (docs/deviations.md, “Several regions”).
func Fees(c procedure.Case, on calendar.Date) ([]fee.Amount, error) {
	if !c.FeeDue() {
		return nil, nil
	}
	var amounts []fee.Amount
	counts := c.Application.Counts()
	for _, category := range law.Categories {
		if counts[category] == 0 {
			continue
		}
		a, err := fee.Due(fee.Asked{
			Category: category, Section: c.Application.Employer.Section,
			Months: c.Application.Months, Permits: int(counts[category]) * (1 + len(c.Application.MoreRegions)), PaidOn: on,
		})
		if err != nil {
			return nil, err
		}
		amounts = append(amounts, a)
	}
	return amounts, nil
}

// Lapse ends a case that nobody paid for in time (Order 559 of 2016-06-27). It
// is the clock's act.
func (o *Office) Lapse(ctx context.Context, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Lapse, By: party.TheClock}, nothing)
}

// Issue turns a signed decision into permits, one a worker. What the quota held
// is used and the register has them from this moment: all of it, or nothing
// (WKO 142/2017 ¶ 7(3), stage 2; through the portal ¶ 10(14), process 9).
func (o *Office) Issue(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Issue, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			today, err := o.Today(c.Region)
			if err != nil {
				return err
			}
			if err := o.enterPermits(ctx, tx, *c, e.By); err != nil {
				return err
			}
			return o.use(ctx, tx, *c, today)
		})
}

// enterPermits puts the permits into the register as the signed papers have them.
func (o *Office) enterPermits(ctx context.Context, tx store.Tx, c procedure.Case, by party.Actor) error {
	s, err := o.setting(ctx, tx.ReadTx, c, o.Now())
	if err != nil {
		return err
	}
	drafted, err := tx.LastEvent(ctx, c.ID, procedure.Draft)
	if err != nil {
		return err
	}
	s.of(drafted)
	papers, err := tx.Papers(ctx, c.ID)
	if err != nil {
		return err
	}
	made := map[string]time.Time{}
	for _, p := range papers {
		if p.Form == FormPermit && p.Signature != "" {
			made[p.Name] = p.At
		}
	}
	for i := range c.Application.Workers {
		at, ok := made[s.note.Numbers[i]]
		if !ok {
			return fmt.Errorf("case %s: permit %s has not been signed", c.ID, s.note.Numbers[i])
		}
		s.at = at.In(s.cal.Zone())
		if err := o.enter(ctx, tx, s.cal, s.permitOf(i), by); err != nil {
			return err
		}
	}
	return nil
}

// numbers keeps free numbers for the permits of a region. Those of a draft that
// comes to nothing are lost; the register itself is numbered without gaps.
func (o *Office) numbers(ctx context.Context, region string, n int) ([]string, error) {
	var list []string
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		list = nil
		for range n {
			number, err := freeNumber(ctx, tx, region)
			if err != nil {
				return err
			}
			list = append(list, number)
		}
		return nil
	})
	return list, err
}

// freeNumber returns the next number of a region's permits that no imported
// permit has.
func freeNumber(ctx context.Context, tx store.Tx, region string) (string, error) {
	for {
		n, err := tx.NextNumber(ctx, "permit/"+region)
		if err != nil {
			return "", err
		}
		number := registry.FormatNumber(region, n)
		if _, err := tx.Permit(ctx, number); problem.IsKind(err, problem.NotFound) {
			return number, nil
		} else if err != nil {
			return "", err
		}
	}
}

// HandOver records that the applicant has the permits, and who took them (WKO
// 142/2017 ¶ 7(5)).
func (o *Office) HandOver(ctx context.Context, by party.Actor, id, receiver string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.HandOver, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			e.Note.Name = strings.TrimSpace(receiver)
			if c.Channel == procedure.Paper && e.Note.Name == "" {
				return problem.New(problem.Invalid, "procedure.empty").At("receiver")
			}
			return o.handOn(ctx, tx, c, e)
		})
}

// Withdraw takes an application back.
func (o *Office) Withdraw(ctx context.Context, by party.Actor, id, why string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Withdraw, By: by},
		func(_ context.Context, _ store.Tx, _ *procedure.Case, e *procedure.Event) error {
			e.Note.Text = strings.TrimSpace(why)
			return nil
		})
}

// Discard throws away an application that was never handed in.
func (o *Office) Discard(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.Discard, By: by}, nothing)
}
