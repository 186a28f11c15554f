package office

import (
	"context"
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/store"
)

// AskQuota keeps what an employer asks for next year. It may be asked again, and
// the later takes the place of the earlier; what comes after the day it was due is
// taken and marked as late.
func (o *Office) AskQuota(ctx context.Context, by party.Actor, d quota.Demand) error {
	if by.Role != party.Applicant {
		return problem.New(problem.NotAllowed, "office.applicant-only")
	}
	today, err := o.Today(capital)
	if err != nil {
		return err
	}
	if d.Year != today.Year+1 {
		return problem.New(problem.Invalid, "quota.demand-year", lang.Args{"year": today.Year + 1}).At("year")
	}
	d.BIN, d.At, d.Late, d.Count = by.BIN, o.Now(), today.After(quota.DemandDue(d.Year)), 0
	if err := d.Check(); err != nil {
		return err
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.PutQuotaDemand(ctx, d) })
}

// DemandsOf returns what an employer has asked for, to the employer.
func (o *Office) DemandsOf(ctx context.Context, by party.Actor) (list []quota.Demand, err error) {
	if by.Role != party.Applicant {
		return nil, problem.New(problem.NotAllowed, "office.applicant-only")
	}
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list, err = tx.QuotaDemandsOf(ctx, by.BIN)
		return err
	})
	return list, err
}

// A RegionDemand is what a department sees: what its employers ask for, what that
// comes to, and what it has sent on to the ministry, if it has.
type RegionDemand struct {
	Employers []quota.Demand
	Together  quota.Demand
	Sent      *quota.Demand
}

// RegionDemand returns the demand of the actor's own region.
func (o *Office) RegionDemand(ctx context.Context, by party.Actor, year int) (r RegionDemand, err error) {
	if !by.Role.Authority() {
		return r, problem.New(problem.NotAllowed, "office.department-only")
	}
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		r, err = regionDemand(ctx, tx, year, by.Region)
		return err
	})
	return r, err
}

func regionDemand(ctx context.Context, tx store.ReadTx, year int, region string) (r RegionDemand, err error) {
	if r.Employers, err = tx.QuotaDemands(ctx, year, region); err != nil {
		return r, err
	}
	r.Together = quota.Consolidate(year, region, r.Employers)
	r.Together.Name = lang.All(law.RegionName(region))
	sent, err := tx.QuotaRequests(ctx, year)
	if i := slices.IndexFunc(sent, func(d quota.Demand) bool { return d.Region == region }); i >= 0 {
		r.Sent = &sent[i]
	}
	return r, err
}

// SendDemand sends the consolidated request of a region to the ministry: the sum
// of what its employers ask for at this moment, with the head's grounds. Sent
// again, it takes the place of the earlier.
func (o *Office) SendDemand(ctx context.Context, by party.Actor, year int, why string) error {
	if by.Role != party.Head {
		return problem.New(problem.NotAllowed, "office.head-only")
	}
	today, err := o.Today(by.Region)
	if err != nil {
		return err
	}
	if year != today.Year+1 {
		return problem.New(problem.Invalid, "quota.demand-year", lang.Args{"year": today.Year + 1}).At("year")
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		r, err := regionDemand(ctx, tx.ReadTx, year, by.Region)
		if err != nil {
			return err
		}
		d := r.Together
		d.Why, d.At, d.Late = why, o.Now(), today.After(quota.DemandDue(year))
		if err := d.Check(); err != nil {
			return err
		}
		return tx.PutQuotaDemand(ctx, d)
	})
}

// CountryDemand returns what each region has sent, to the ministry, and beside it
// what employers have asked for so far, sent on or not.
func (o *Office) CountryDemand(ctx context.Context, by party.Actor, year int) (list []RegionDemand, err error) {
	if by.Role != party.Ministry {
		return nil, problem.New(problem.NotAllowed, "office.ministry-only")
	}
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		for _, region := range law.Regions() {
			r, err := regionDemand(ctx, tx, year, region.KATO)
			if err != nil {
				return err
			}
			list = append(list, r)
		}
		return nil
	})
	return list, err
}
