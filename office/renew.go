package office

import (
	"context"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// oldPermits returns an error unless every worker of an extension or a reissue is
// bound to a permit that can be made another, by the law of the day of filing.
func oldPermits(ctx context.Context, tx store.ReadTx, c procedure.Case) error {
	if slices.Contains(c.Application.MoreRegions, c.Region) {
		return problem.New(problem.Invalid, "procedure.choose").At("more_regions")
	}
	for i := range c.Application.Workers {
		if c.Application.Operation == law.Issue {
			return nil
		}
		if err := oldPermit(ctx, tx, c, i); err != nil {
			return problem.Of(err).At("workers")
		}
	}
	return nil
}

func oldPermit(ctx context.Context, tx store.ReadTx, c procedure.Case, i int) error {
	a, w := c.Application, c.Application.Workers[i]
	chain, err := tx.Chain(ctx, w.Permit)
	if err != nil {
		return err
	}
	p := chain.Last()
	if err := sameDepartment(c, p); err != nil {
		return err
	}
	if p.Category != w.Category {
		return problem.New(problem.Invalid, "registry.other-category", lang.Args{"number": p.Number, "category": p.Category})
	}
	if a.Operation == law.Reissue {
		if a.Change == "data" && p.Citizenship != w.Citizenship && !samePerson(p, w) {
			return problem.New(problem.Invalid, "registry.other-person-data", lang.Args{"number": p.Number})
		}
		return registry.MayReissue(p, a.Employer.BIN, c.LawOn)
	}
	if !samePerson(p, w) {
		return problem.New(problem.Invalid, "registry.other-person", lang.Args{"number": p.Number})
	}
	return registry.MayExtend(chain, a.Employer.BIN, a.Months, c.LawOn)
}

// samePerson reports whether a worker is whom a permit is for, by the name in the
// passport. A permit of an old register has none: there the citizenship must do.
func samePerson(p registry.Permit, w party.Worker) bool {
	if p.Worker == "" {
		return p.Citizenship == w.Citizenship
	}
	return strings.EqualFold(p.Worker, w.Latin())
}

// sameDepartment returns an error unless the department of a case issued the
// permit: another's is extended and reissued there.
func sameDepartment(c procedure.Case, p registry.Permit) error {
	if p.Region != c.Region {
		return problem.New(problem.Invalid, "registry.other-region",
			lang.Args{"number": p.Number, "region": law.RegionName(p.Region)}).Under("Migration Law")
	}
	return nil
}

// ownPermits returns an error unless the permits that a package on paper names are
// there, and the employer's: a slip of the pen is mended at the counter. Whether
// they can be extended is for the executor.
func ownPermits(ctx context.Context, tx store.ReadTx, c procedure.Case) error {
	for n, w := range c.Application.Workers {
		if c.Application.Operation == law.Issue {
			return nil
		}
		p, err := tx.Permit(ctx, w.Permit)
		if err == nil && p.Employer != c.Application.Employer.BIN {
			err = problem.New(problem.Invalid, "registry.anothers", lang.Args{"number": p.Number})
		}
		if err == nil {
			err = sameDepartment(c, p)
		}
		if err != nil {
			return problem.Of(err).At(procedure.WorkerField("permit", n))
		}
	}
	return nil
}

// mayGrant is what the law wants of every grant, whoever examined it: a term the
// category can have, and old permits that can be made others.
func mayGrant(ctx context.Context, tx store.Tx, c *procedure.Case, _ *procedure.Event) error {
	if err := c.Application.CheckTerms(c.LawOn); err != nil {
		return err
	}
	for _, w := range c.Application.Workers {
		if err := procedure.CheckWorker(w, c.Application.Scheme, c.LawOn); err != nil {
			return err
		}
	}
	if c.Paid {
		return nil // the notice was signed on it
	}
	return oldPermits(ctx, tx.ReadTx, *c)
}

// olds are the permits the workers of an application are to have extended or
// reissued, in their order; a zero one where there is none of the number.
func olds(ctx context.Context, tx store.ReadTx, a procedure.Application) ([]registry.Permit, error) {
	if a.Operation == law.Issue {
		return nil, nil
	}
	list := make([]registry.Permit, len(a.Workers))
	for i, w := range a.Workers {
		p, err := tx.Permit(ctx, w.Permit)
		if err != nil && !problem.IsKind(err, problem.NotFound) {
			return nil, err
		}
		list[i] = p
	}
	return list, nil
}

// enter puts a permit into the register as its paper has it. The one it extends or
// reissues says of itself that it was: since the decision it may have been revoked,
// or another case may have made another of it.
func (o *Office) enter(ctx context.Context, tx store.Tx, cal calendar.Calendar, p registry.Permit, by party.Actor) error {
	p.WorkerRef, p.Entered = newCode(), o.Now()
	if p.Operation == law.Issue {
		_, err := tx.AddPermit(ctx, p)
		return err
	}
	if err := tx.LockPermit(ctx, p.Previous); err != nil {
		return err
	}
	old, err := tx.Permit(ctx, p.Previous)
	if err != nil {
		return err
	}
	if err := still(old, p, cal.Day(o.Now())); err != nil {
		return err
	}
	act := registry.Extend
	if p.Operation == law.Reissue {
		act = registry.Reissue
	}
	if p.Change != "person" {
		p.WorkerRef = old.WorkerRef
	}
	if p, err = tx.AddPermit(ctx, p); err != nil {
		return err
	}
	e, err := registry.Perform(old, registry.Deed{Act: act, By: by, At: o.Now(), On: p.From, Other: p.Number}, cal)
	if err != nil {
		return err
	}
	_, err = tx.AddEntry(ctx, old, e)
	return err
}

// still returns an error unless an old permit can be made another on the day of
// issue. One whose time ran out while its extension was decided can.
func still(old, p registry.Permit, today calendar.Date) error {
	on := today
	if p.Operation == law.Extension && today.After(old.Until) {
		on = old.Until
	}
	return registry.MayReissue(old, p.Employer, on)
}
