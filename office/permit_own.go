package office

import (
	"context"
	"strings"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// A Renewable is a permit of an employer, and whether it may be extended or
// reissued on a day.
type Renewable struct {
	Permit              registry.Permit
	Today               calendar.Date
	NoExtend, NoReissue error // why not; nil where it may
}

// OwnPermits returns the permits of the applicant who asks, at most 1,000, and what
// may be asked for each today.
func (o *Office) OwnPermits(ctx context.Context, by party.Actor) ([]Renewable, error) {
	if by.Role != party.Applicant {
		return nil, problem.New(problem.NotFound, "problem.not-found")
	}
	var list []Renewable
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		permits, err := tx.FindPermits(ctx, store.Search{BIN: by.BIN, Limit: maxOwn})
		if err != nil {
			return err
		}
		list = nil
		for _, p := range permits {
			chain, err := tx.Chain(ctx, p.Number)
			if err != nil {
				return err
			}
			today, err := o.Today(p.Region)
			if err != nil {
				return err
			}
			list = append(list, Renewable{p, today, registry.MayExtend(chain, by.BIN, 0, today), registry.MayReissue(p, by.BIN, today)})
		}
		return nil
	})
	return list, err
}

// maxOwn is how many permits one list shows.
const maxOwn = 1000

// Renew opens an application to extend or reissue permits, filled with what they and
// the applications they came of say, and returns its id. Of permits that may not be
// renewed, or do not go together, the error says why.
func (o *Office) Renew(ctx context.Context, by party.Actor, op law.Operation, numbers []string) (string, error) {
	if len(numbers) == 0 || op != law.Extension && op != law.Reissue {
		return "", problem.New(problem.Invalid, "procedure.no-permits-chosen").At("permits")
	}
	a := procedure.Application{Operation: op}
	region := ""
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		a.Workers = nil
		for _, n := range numbers {
			chain, err := tx.Chain(ctx, n)
			if err != nil {
				return err
			}
			p := chain.Last()
			today, err := o.Today(p.Region)
			if err != nil {
				return err
			}
			err = registry.MayReissue(p, by.BIN, today)
			if op == law.Extension {
				err = registry.MayExtend(chain, by.BIN, 0, today)
			}
			if err != nil {
				return err
			}
			if region != "" && (p.Region != region || p.Scheme != a.Scheme) && len(a.Workers) > 0 {
				return problem.New(problem.Invalid, "procedure.mixed-permits").At("permits")
			}
			region, a.Scheme = p.Region, p.Scheme
			if err := fillFrom(ctx, tx, &a, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return o.Prepare(ctx, by, region, a)
}

// fillFrom adds the worker of a permit to an application, and the employer and what
// else was asked with it.
func fillFrom(ctx context.Context, tx store.ReadTx, a *procedure.Application, p registry.Permit) error {
	w := party.Worker{
		Category: p.Category, Citizenship: p.Citizenship, PositionKK: p.Position.KK, PositionRU: p.Position.RU, NKZ: p.NKZ,
	}
	w.Surname, w.Given, _ = strings.Cut(p.Worker, " ")
	a.Employer.Name = p.Name
	if p.Case != "" {
		c, err := tx.Case(ctx, p.Case)
		if err != nil {
			return err
		}
		a.Employer, a.Content = c.Application.Employer, c.Application.Content
		for _, was := range c.Application.Workers {
			if strings.EqualFold(was.Latin(), p.Worker) && was.Category == p.Category {
				w = was
			}
		}
		w.PositionKK, w.PositionRU, w.NKZ = p.Position.KK, p.Position.RU, p.NKZ
	}
	w.Permit = p.Number
	a.Workers = append(a.Workers, w)
	if a.Operation == law.Extension {
		a.MoreRegions = p.MoreRegions
	}
	return nil
}
