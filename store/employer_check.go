package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/registry"
)

// recounted counts all permits, an employer at a time, and notes where the figures
// kept of an employer are other ones.
func (t ReadTx) recounted(ctx context.Context, wrong map[string]bool) (count, error) {
	const page = 100
	want := count{map[dayKey]int{}, map[dayKey]int{}, map[string]int{}}
	for after := ""; ; {
		bins, err := all(ctx, t, func(r *rows) (bin string, err error) { return bin, r.Scan(&bin) },
			`SELECT DISTINCT bin FROM permit WHERE bin > $1 ORDER BY bin LIMIT $2`, after, int64(page))
		if err != nil || len(bins) == 0 {
			return want, err
		}
		for _, bin := range bins {
			permits, err := t.PermitsOf(ctx, party.BIN(bin))
			if err != nil {
				return want, err
			}
			if err := t.employerWrong(ctx, bin, want.add(permits), wrong); err != nil {
				return want, err
			}
		}
		after = bins[len(bins)-1]
	}
}

// An employerCount is what the figures of one employer should be.
type employerCount struct {
	changes map[dayKey]int
	stock   map[dayKey]int // the day is a year
}

// add counts the permits of one employer.
func (c count) add(permits []registry.Permit) employerCount {
	own := employerCount{map[dayKey]int{}, map[dayKey]int{}}
	steps := map[calendar.Date]int{}
	for _, p := range permits {
		k := keyOf(p)
		for _, s := range p.Spans() {
			for day, n := range map[calendar.Date]int{s.From: 1, s.Until: -1} {
				c.changes[dayKey{day.String(), k}] += n
				own.changes[dayKey{day.String(), k}] += n
				steps[day] += n
			}
			for _, year := range yearsIn(s) {
				own.stock[dayKey{fmt.Sprint(year), k}]++
			}
		}
		c.issued[dayKey{p.Issued.String(), k}]++
	}
	c.turn(steps)
	return own
}

// turn counts the days on which the employer of some steps came to have permits in
// force, or came to have none.
func (c count) turn(steps map[calendar.Date]int) {
	days := make([]calendar.Date, 0, len(steps))
	for d := range steps {
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b calendar.Date) int { return cmp.Compare(a.String(), b.String()) })
	n := 0
	for _, d := range days {
		had := n > 0
		n += steps[d]
		switch has := n > 0; {
		case has && !had:
			c.employers[d.String()]++
		case had && !has:
			c.employers[d.String()]--
		}
	}
}

// employerWrong compares what is kept of an employer with what it should be.
func (t ReadTx) employerWrong(ctx context.Context, bin string, want employerCount, wrong map[string]bool) error {
	days := map[string]bool{}
	err := t.compare(ctx, `SELECT day, region, category, citizenship, sum(permits), 0 FROM employer_change WHERE bin = $1
		GROUP BY day, region, category, citizenship`, want.changes, days, bin)
	if err != nil {
		return err
	}
	err = t.compare(ctx, `SELECT CAST(year AS TEXT), region, category, citizenship, permits, 0 FROM employer_stock WHERE bin = $1`,
		want.stock, days, bin)
	for d := range days {
		wrong[d+" ("+bin+")"] = true
	}
	return err
}

// employerDaysWrong compares how many employers have permits with how many should.
func (t ReadTx) employerDaysWrong(ctx context.Context, employers map[string]int, wrong map[string]bool) error {
	want := make(map[dayKey]int, len(employers))
	for d, n := range employers {
		want[dayKey{day: d}] = n
	}
	return t.compare(ctx, `SELECT day, '', '', '', employers, 0 FROM employer_day`, want, wrong)
}
