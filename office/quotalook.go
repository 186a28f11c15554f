package office

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/store"
)

// A QuotaYear is the quota of a year as of a day: what anybody may see.
type QuotaYear struct {
	Year   int
	On     calendar.Date
	Today  calendar.Date
	Plan   quota.Record // that in force on the day; zero where none was entered
	Lines  map[quota.Line]quota.Balance
	Orders []quota.Record // of the year, in the order they were entered
	Paces  map[quota.Line]quota.Pace
	// Since is the first day the pace was taken over.
	Since calendar.Date
}

// Region returns where a region stands over all its lines.
func (y QuotaYear) Region(kato string) quota.Balance {
	var list []quota.Balance
	for l, b := range y.Lines {
		if l.Region == kato {
			list = append(list, b)
		}
	}
	return quota.Total(list)
}

// Sorted returns the balances of all lines, by region and category.
func (y QuotaYear) Sorted() []quota.Balance {
	var list []quota.Balance
	for _, b := range y.Lines {
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b quota.Balance) int {
		return cmp.Or(strings.Compare(a.Line.Region, b.Line.Region),
			slices.Index(quota.Lines, a.Line.Category)-slices.Index(quota.Lines, b.Line.Category))
	})
	return list
}

// Of returns where a line stands.
func (y QuotaYear) Of(l quota.Line) quota.Balance {
	b := y.Lines[l]
	b.Line = l
	return b
}

// Outlook returns when a line, as it stands or would stand, runs out.
func (y QuotaYear) Outlook(b quota.Balance) quota.Outlook {
	p := y.Paces[b.Line]
	p.Days = y.days()
	return quota.Look(b, p, y.Year, y.On)
}

// days is over how many days the pace was taken; none for a year still to come.
func (y QuotaYear) days() int { return max(0, y.Since.Days(y.On)+1) }

// RegionOutlook returns when all lines of a region together run out, were they one.
func (y QuotaYear) RegionOutlook(kato string) quota.Outlook {
	p := quota.Pace{Days: y.days()}
	for l, x := range y.Paces {
		if l.Region == kato {
			p.Taken += x.Taken
			p.Cases += x.Cases
		}
	}
	return quota.Look(y.Region(kato), p, y.Year, y.On)
}

// Quota returns the quota of a year as of the end of a day, to anybody; a zero day
// is today.
func (o *Office) Quota(ctx context.Context, year int, on calendar.Date) (QuotaYear, error) {
	today, err := o.Today(capital)
	if err != nil {
		return QuotaYear{}, err
	}
	if on.IsZero() {
		on = today
	}
	if year == 0 {
		year = on.Year
	}
	if on.After(today) {
		return QuotaYear{}, problem.New(problem.Invalid, "quota.future", lang.Args{"day": on}).At("on")
	}
	if year < 2000 || year > today.Year+1 {
		return QuotaYear{}, problem.New(problem.Invalid, "quota.bad-year", lang.Args{"last": today.Year + 1}).At("year")
	}
	y := QuotaYear{Year: year, On: on, Today: today, Lines: map[quota.Line]quota.Balance{}}
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error { return y.read(ctx, tx) })
	return y, err
}

func (y *QuotaYear) read(ctx context.Context, tx store.ReadTx) (err error) {
	var lines []quota.Balance
	switch {
	case y.On == y.Today:
		lines, err = tx.QuotaTotals(ctx, y.Year)
	default:
		lines, err = tx.QuotaAsOf(ctx, y.Year, y.On)
	}
	if err != nil {
		return err
	}
	for _, b := range lines {
		y.Lines[b.Line] = b
	}
	if y.Orders, err = tx.QuotaOrders(ctx, y.Year); err != nil {
		return err
	}
	var until []quota.Record
	for _, r := range y.Orders {
		if !r.On.After(y.On) || y.On == y.Today {
			until = append(until, r)
		}
	}
	y.Plan = quota.PlanOf(until)
	return y.readPaces(ctx, tx)
}

// readPaces takes the pace over the window, or since the year's first entry or its
// first day, whichever is later.
func (y *QuotaYear) readPaces(ctx context.Context, tx store.ReadTx) error {
	first, err := tx.QuotaFirst(ctx, y.Year)
	if err != nil {
		return err
	}
	y.Since = y.On.AddDays(1 - quota.Window)
	for _, d := range []calendar.Date{first, calendar.DateOf(y.Year, 1, 1)} {
		if y.Since.Before(d) {
			y.Since = d
		}
	}
	y.Paces, err = tx.QuotaPaces(ctx, y.Year, y.Since.AddDays(-1), y.On)
	return err
}

// QuotaOrder returns an order, to anybody.
func (o *Office) QuotaOrder(ctx context.Context, id string) (r quota.Record, err error) {
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		r, err = tx.QuotaOrder(ctx, id)
		return err
	})
	return r, err
}

// QuotaYears returns the years that have a quota or an order, the latest first.
func (o *Office) QuotaYears(ctx context.Context) (years []int, err error) {
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		totals, err := tx.QuotaTotals(ctx, 0)
		if err != nil {
			return err
		}
		orders, err := tx.QuotaOrders(ctx, 0)
		years = quota.Years(totals, orders)
		return err
	})
	return years, err
}

// checkTotals counts the running totals again from the entries, and holds the
// entries of each order against what it says.
func checkTotals(ctx context.Context, tx store.ReadTx, entries []quota.Entry) ([]lang.Message, error) {
	totals, err := tx.QuotaTotals(ctx, 0)
	if err != nil {
		return nil, err
	}
	orders, err := tx.QuotaOrders(ctx, 0)
	if err != nil {
		return nil, err
	}
	var wrong []lang.Message
	for _, l := range quota.Differ(totals, entries) {
		wrong = append(wrong, lang.M("office.total-differs", lang.Args{"line": l}))
	}
	for _, r := range orders {
		var n quota.Permits
		for _, e := range entries {
			if e.Cite == r.Cite() && e.Case == "" && e.Line.Year == r.Year {
				n += e.Permits
			}
		}
		if n != r.Given()+r.Moved() {
			wrong = append(wrong, lang.M("office.order-differs", lang.Args{"order": r.Named()}))
		}
	}
	return wrong, nil
}
