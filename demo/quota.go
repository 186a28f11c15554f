package demo

import (
	"context"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/quota"
)

// country is what the country was given in 2026 by category (Order 397 of
// 2025-12-12, secondary). How regions share it is made up here, by weight; so the
// order of the demo has a number of its own.
var country = map[law.Category]quota.Permits{law.I: 726, law.II: 3402, law.III: 5893, law.IV: 3131, law.Seasonal: 4994}

// zhetysu is what the region of the demo has, so little that its cases feel it.
var zhetysu = map[law.Category]quota.Permits{law.I: 5, law.II: 12, law.III: 30, law.IV: 8, law.Seasonal: 20}

// weights are how other regions share, the largest with most oil and building.
var weights = map[string]quota.Permits{"23": 20, "71": 9, "47": 9, "19": 8, "75": 8, "27": 7, "15": 6, "35": 6, "79": 5}

// giveOut enters the orders of the ministry, for this year and the year of the
// first cases.
func giveOut(ctx context.Context, o *office.Office, now time.Time) error {
	ministry := party.Actor{Account: "ministry", Role: party.Ministry}
	cal, err := law.CalendarFor(Region)
	if err != nil {
		return err
	}
	years := []int{now.AddDate(0, 0, -30).Year()}
	if now.Year() != years[0] {
		years = append(years, now.Year())
	}
	for i, year := range years {
		for _, r := range []quota.Record{plan(year, i), share(year, i)} {
			r.Date = cal.Day(now)
			r.Sums.Total = r.Total()
			if _, err := o.EnterOrder(ctx, ministry, r); err != nil {
				return fmt.Errorf("demo quota: %w", err)
			}
		}
	}
	return nil
}

func plan(year, i int) quota.Record {
	var all quota.Permits
	for _, n := range country {
		all += n
	}
	return quota.Record{Number: fmt.Sprintf("У-%d", 2*i+1), Year: year, Units: all, Percent: 25,
		Title: "Учебный приказ: квота на привлечение иностранной рабочей силы"}
}

// share gives each region its part of each category; what does not divide stays
// with the ministry, not given out.
func share(year, i int) quota.Record {
	r := quota.Record{Number: fmt.Sprintf("У-%d", 2*i+2), Year: year, Title: "Учебный приказ: распределение квоты, доли регионов вымышлены"}
	regions := law.RegionsOn(calendar.DateOf(year, 12, 31))
	var sum quota.Permits
	for _, x := range regions {
		sum += weight(x.KATO)
	}
	for _, x := range regions {
		for _, c := range quota.Lines {
			n := (country[c] - zhetysu[c]) * weight(x.KATO) / sum
			if x.KATO == Region {
				n = zhetysu[c]
			}
			if n > 0 {
				r.Gives = append(r.Gives, quota.Give{Line: quota.Line{Year: year, Region: x.KATO, Category: c}, Permits: n})
			}
		}
	}
	return r
}

func weight(kato string) quota.Permits {
	switch {
	case kato == Region:
		return 0
	case weights[kato] > 0:
		return weights[kato]
	}
	return 3
}
