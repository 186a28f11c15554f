package store

import (
	"context"
	"fmt"
	"slices"

	"ruqsat/law"
	"ruqsat/statistics"
)

// A dayKey is where a difference stands.
type dayKey struct {
	day string
	statistics.Key
}

// A count is what the figures should be, counted from the permits.
type count struct {
	changes, issued map[dayKey]int
	employers       map[string]int // more of them than the day before
}

// StockWrong recounts the figures from the permits themselves, and returns the days
// on which they differ, at most limit of them: there must be none. Where they are
// the figures of one employer, its number stands beside the day.
func (t ReadTx) StockWrong(ctx context.Context, limit int) ([]string, error) {
	wrong := map[string]bool{}
	want, err := t.recounted(ctx, wrong)
	if err != nil {
		return nil, err
	}
	kept, err := all(ctx, t, scanDifference,
		`SELECT day, region, category, citizenship, permits, issued FROM stock_change ORDER BY day, region, category, citizenship`)
	if err != nil {
		return nil, fmt.Errorf("differences: %w", err)
	}
	months := map[dayKey]int{}
	for k, n := range want.issued {
		k.day = k.day[:len("2006-01")]
		months[k] += n
	}
	for _, d := range kept {
		if want.changes[d.dayKey] != d.permits || want.issued[d.dayKey] != d.issued {
			wrong[d.day] = true
		}
		delete(want.changes, d.dayKey)
		delete(want.issued, d.dayKey)
	}
	for _, rest := range []map[dayKey]int{want.changes, want.issued} {
		for k, n := range rest {
			if n != 0 {
				wrong[k.day] = true
			}
		}
	}
	if err := t.compare(ctx, `SELECT month, region, category, citizenship, permits, 0 FROM issued_month`, months, wrong); err != nil {
		return nil, err
	}
	if err := t.employerDaysWrong(ctx, want.employers, wrong); err != nil {
		return nil, err
	}
	if err := t.snapshotsWrong(ctx, kept, wrong); err != nil {
		return nil, err
	}
	return firstOf(wrong, limit), nil
}

type difference struct {
	dayKey
	permits, issued int
}

func scanDifference(r *rows) (d difference, err error) {
	var category string
	err = r.Scan(&d.day, &d.Region, &category, &d.Citizenship, &d.permits, &d.issued)
	d.Category = law.Category(category)
	return d, err
}

// compare notes the days on which what is kept is not what it should be.
func (t ReadTx) compare(ctx context.Context, query string, want map[dayKey]int, wrong map[string]bool, args ...any) error {
	kept, err := all(ctx, t, scanDifference, query, args...)
	if err != nil {
		return fmt.Errorf("figures of the register: %w", err)
	}
	for _, d := range kept {
		if want[d.dayKey] != d.permits {
			wrong[d.day] = true
		}
		delete(want, d.dayKey)
	}
	for k, n := range want {
		if n != 0 {
			wrong[k.day] = true
		}
	}
	return nil
}

// snapshotsWrong adds the differences up, and notes the snapshots that are not
// their sum. What was issued is added up anew each year.
func (t ReadTx) snapshotsWrong(ctx context.Context, kept []difference, wrong map[string]bool) error {
	days, err := all(ctx, t, func(r *rows) (day string, err error) { return day, r.Scan(&day) }, `SELECT day FROM stock_drawn ORDER BY day`)
	if err != nil {
		return fmt.Errorf("snapshots: %w", err)
	}
	want, next, year := sums{}, 0, ""
	turn := func(day string) {
		if y := day[:len("2006")]; y != year {
			want.newYear()
			year = y
		}
	}
	for _, day := range days {
		for ; next < len(kept) && kept[next].day <= day; next++ {
			turn(kept[next].day)
			want.add(kept[next].Key, sum{kept[next].permits, kept[next].issued})
		}
		turn(day)
		got, err := t.snapshot(ctx, day)
		if err != nil || !got.equal(want) {
			wrong[day] = true
		}
	}
	return nil
}

// equal reports whether two snapshots say the same.
func (s sums) equal(other sums) bool {
	for k, n := range s {
		if other[k] != n {
			return false
		}
	}
	for k, n := range other {
		if s[k] != n {
			return false
		}
	}
	return true
}

// firstOf returns the first of some days, in order.
func firstOf(days map[string]bool, limit int) []string {
	list := make([]string, 0, len(days))
	for d := range days {
		list = append(list, d)
	}
	slices.Sort(list)
	return list[:min(len(list), limit)]
}
