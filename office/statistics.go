package office

import (
	"context"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/statistics"
	"ruqsat/store"
)

// askable returns an error unless figures of a day can be told: nobody knows what
// will be in force tomorrow. The field is the one the day was asked for in.
func (o *Office) askable(on calendar.Date, field string) error {
	today, err := o.Today(law.Capital)
	if err != nil {
		return err
	}
	if on.After(today) {
		return problem.New(problem.Invalid, "statistics.future", lang.Args{"day": on, "today": today}).At(field)
	}
	return nil
}

// knownRegion returns an error unless a region exists; an empty one is the country.
func knownRegion(region string) error {
	if _, known := law.RegionBy(region); region != "" && !known {
		return problem.New(problem.Invalid, "statistics.unknown-region", lang.Args{"region": region}).At("region")
	}
	return nil
}

// Stock returns what is in force on a day.
func (o *Office) Stock(ctx context.Context, on calendar.Date) (statistics.Cells, error) {
	var cells statistics.Cells
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		cells, err = tx.Stock(ctx, on)
		return err
	})
	return cells, err
}

// Employers returns how many employers have a permit in force on a day.
func (o *Office) Employers(ctx context.Context, on calendar.Date) (int, error) {
	n := 0
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		n, err = tx.EmployersInForce(ctx, on)
		return err
	})
	return n, err
}

// Release makes the monthly release of a day from the register. Small
// numbers are in it: the pages hide them.
func (o *Office) Release(ctx context.Context, on calendar.Date) (statistics.Release, error) {
	var r statistics.Release
	if err := o.askable(on, "on"); err != nil {
		return r, err
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		cells, err := tx.Stock(ctx, on)
		if err != nil {
			return err
		}
		employers, err := tx.EmployersInForce(ctx, on)
		r = statistics.NewRelease(on, cells, employers)
		return err
	})
	return r, err
}

// Figures are everything the page of statistics shows of a day and a region.
type Figures struct {
	AsOf   calendar.Date
	Region string               // the country where it is empty
	Stock  statistics.Cells     // of the whole country, small numbers too
	Shown  statistics.Breakdown // the same as it may be shown
	Months []statistics.Point   // in force on the first of each month, the day itself last
	Issued []statistics.Point   // issued in each of those months
	Year   statistics.Figure    // issued in the year up to the day
}

// monthsShown is how far back the figures of months go.
const monthsShown = 24

// Figures returns the figures of a day, for the country or a region.
func (o *Office) Figures(ctx context.Context, on calendar.Date, region string) (Figures, error) {
	f := Figures{AsOf: on, Region: region}
	if err := knownRegion(region); err != nil {
		return f, err
	}
	if err := o.askable(on, "on"); err != nil {
		return f, err
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if f.Stock, err = tx.Stock(ctx, on); err != nil {
			return err
		}
		f.Shown = statistics.NewBreakdown(f.Stock)
		shown := func(cells statistics.Cells) statistics.Figure {
			return statistics.NewBreakdown(cells).At(region, "")
		}
		months := statistics.MonthsBefore(on, monthsShown)
		for i, first := range months {
			cells, err := tx.Stock(ctx, first)
			if err != nil {
				return err
			}
			f.Months = append(f.Months, statistics.Point{On: first, Figure: shown(cells)})
			last := on
			if i+1 < len(months) {
				last = months[i+1].AddDays(-1)
			}
			if cells, err = tx.Flow(ctx, first, last); err != nil {
				return err
			}
			f.Issued = append(f.Issued, statistics.Point{On: first, Figure: shown(cells)})
		}
		year, err := tx.Flow(ctx, calendar.DateOf(on.Year, 1, 1), on)
		f.Year = shown(year)
		return err
	})
	return f, err
}

// Times returns how long the stages of cases took that were registered in a year up
// to a day. A head sees the own region, the ministry all of them.
func (o *Office) Times(ctx context.Context, by party.Actor, from, until calendar.Date) ([]statistics.Stage, error) {
	if by.Role != party.Head && by.Role != party.Ministry {
		return nil, problem.New(problem.NotAllowed, "statistics.not-yours")
	}
	if err := o.askable(until, "until"); err != nil {
		return nil, err
	}
	region := by.Region
	if by.Role == party.Ministry {
		region = ""
	}
	cal, err := law.CalendarFor(law.Capital)
	if err != nil {
		return nil, err
	}
	var stages []statistics.Stage
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		events, err := tx.EventsBetween(ctx, region, from.At(0, 0, cal.Zone()), until.AddDays(1).At(0, 0, cal.Zone()))
		stages = statistics.Stages(events)
		return err
	})
	return stages, err
}

// DrawStock draws the snapshots of what is in force that are due.
func (o *Office) DrawStock(ctx context.Context) error {
	today, err := o.Today(law.Capital)
	if err != nil {
		return err
	}
	return o.DB.DrawStock(ctx, today)
}
