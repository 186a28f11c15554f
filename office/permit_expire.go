package office

import (
	"context"
	"errors"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/store"
)

func (o *Office) ExpireAll(ctx context.Context) (int, error) {
	n := 0
	var errs []error
	for _, r := range law.Regions() {
		cal, err := o.CalendarFor(r.KATO)
		if err != nil {
			return n, err
		}
		for more := expireBatch; more == expireBatch; {
			more, err = o.expire(ctx, r.KATO, cal)
			n += more
			if err != nil {
				errs = append(errs, err)
			}
		}
	}
	return n, errors.Join(errs...)
}

const expireBatch = 200

func (o *Office) expire(ctx context.Context, region string, cal calendar.Calendar) (int, error) {
	var out []registry.Permit
	today := cal.Day(o.Now())
	look := func(ctx context.Context, tx store.ReadTx) (err error) {
		out, err = tx.RunOut(ctx, region, today, expireBatch)
		return err
	}
	if err := o.DB.View(ctx, look); err != nil || len(out) == 0 {
		return 0, err
	}
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := tx.Lock(ctx, "expire "+region); err != nil {
			return err
		}
		if err := look(ctx, tx.ReadTx); err != nil { // another node may have been quicker
			return err
		}
		for _, p := range out {
			d := registry.Deed{Act: registry.Expire, By: party.TheClock, At: o.Now(), On: p.Until.AddDays(1)}
			e, err := registry.Perform(p, d, cal)
			if err != nil {
				return err
			}
			if _, err := tx.AddEntry(ctx, p, e); err != nil {
				return err
			}
		}
		return nil
	})
	return len(out), err
}
