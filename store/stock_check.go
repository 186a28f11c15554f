package store

import (
	"context"
	"fmt"
	"slices"

	"ruqsat/law"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// A dayKey is where a difference stands.
type dayKey struct {
	day string
	statistics.Key
}

// StockWrong recounts the figures from the permits themselves, and returns the days
// on which they differ, at most limit of them: there must be none.
func (t ReadTx) StockWrong(ctx context.Context, limit int) ([]string, error) {
	changes, issued, err := t.recounted(ctx)
	if err != nil {
		return nil, err
	}
	wrong := map[string]bool{}
	kept, err := all(ctx, t, scanDifference,
		`SELECT day, region, category, citizenship, permits, issued FROM stock_change ORDER BY day, region, category, citizenship`)
	if err != nil {
		return nil, fmt.Errorf("differences: %w", err)
	}
	months := map[dayKey]int{}
	for k, n := range issued {
		k.day = k.day[:len("2006-01")]
		months[k] += n
	}
	for _, d := range kept {
		if changes[d.dayKey] != d.permits || issued[d.dayKey] != d.issued {
			wrong[d.day] = true
		}
		delete(changes, d.dayKey)
		delete(issued, d.dayKey)
	}
	for _, rest := range []map[dayKey]int{changes, issued} {
		for k, n := range rest {
			if n != 0 {
				wrong[k.day] = true
			}
		}
	}
	if err := t.compare(ctx, `SELECT month, region, category, citizenship, permits, 0 FROM issued_month`, months, wrong); err != nil {
		return nil, err
	}
	if err := t.snapshotsWrong(ctx, kept, wrong); err != nil {
		return nil, err
	}
	return firstOf(wrong, limit), nil
}

// recounted counts differences and what was issued from all permits.
func (t ReadTx) recounted(ctx context.Context) (changes, issued map[dayKey]int, err error) {
	const page = 1000
	changes, issued = map[dayKey]int{}, map[dayKey]int{}
	var last int64
	if err := t.queryRow(ctx, `SELECT coalesce(max(seq), 0) FROM permit`).Scan(&last); err != nil {
		return nil, nil, fmt.Errorf("last permit: %w", err)
	}
	for after := int64(0); after < last; after += page {
		permits, err := t.permitsFrom(ctx, after, after+page)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range permits {
			k := keyOf(p)
			for _, s := range registry.Shifts(nil, p.Spans()) {
				changes[dayKey{s.From.String(), k}] += s.Permits
				changes[dayKey{s.Until.String(), k}] -= s.Permits
			}
			issued[dayKey{p.Issued.String(), k}]++
		}
	}
	return changes, issued, nil
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
// their sum.
func (t ReadTx) snapshotsWrong(ctx context.Context, kept []difference, wrong map[string]bool) error {
	days, err := all(ctx, t, func(r *rows) (day string, err error) { return day, r.Scan(&day) }, `SELECT day FROM stock_drawn ORDER BY day`)
	if err != nil {
		return fmt.Errorf("snapshots: %w", err)
	}
	sums, next := map[statistics.Key]int{}, 0
	for _, day := range days {
		for ; next < len(kept) && kept[next].day <= day; next++ {
			sums[kept[next].Key] += kept[next].permits
		}
		want := make(map[dayKey]int, len(sums))
		for k, n := range sums {
			want[dayKey{day, k}] = n
		}
		err := t.compare(ctx, `SELECT day, region, category, citizenship, permits, 0 FROM stock WHERE day = $1`, want, wrong, day)
		if err != nil {
			return err
		}
	}
	return nil
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
