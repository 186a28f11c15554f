package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/statistics"
)

// A sum is what a snapshot says of a region, category and citizenship: how many
// permits are in force on its day, and were issued in its year up to its day.
type sum struct{ permits, issued int }

type sums map[statistics.Key]sum

func (s sums) add(k statistics.Key, more sum) {
	n := s[k]
	s[k] = sum{n.permits + more.permits, n.issued + more.issued}
}

// newYear forgets what was issued in another year.
func (s sums) newYear() {
	for k, n := range s {
		s[k] = sum{permits: n.permits}
	}
}

// cells returns what is not nothing of the sums, in order.
func (s sums) cells(of func(sum) int) statistics.Cells {
	var list statistics.Cells
	for k, n := range s {
		if of(n) != 0 {
			list = append(list, statistics.Cell{Key: k, Permits: of(n)})
		}
	}
	slices.SortFunc(list, func(a, b statistics.Cell) int { return byKey(a.Key, b.Key) })
	return list
}

func byKey(a, b statistics.Key) int {
	return cmp.Or(strings.Compare(a.Region, b.Region), strings.Compare(string(a.Category), string(b.Category)),
		strings.Compare(a.Citizenship, b.Citizenship))
}

// A snapshot is kept as one row a region, so that thousands of figures are read as
// twenty rows: "III,CN,12,3;" is 12 in force and 3 issued of category III and China.
func (s sums) byRegion() map[string]string {
	keys := make([]statistics.Key, 0, len(s))
	for k, n := range s {
		if n != (sum{}) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, byKey)
	texts := map[string]*strings.Builder{}
	for _, k := range keys {
		b := texts[k.Region]
		if b == nil {
			b = &strings.Builder{}
			texts[k.Region] = b
		}
		fmt.Fprintf(b, "%s,%s,%d,%d;", k.Category, k.Citizenship, s[k].permits, s[k].issued)
	}
	regions := make(map[string]string, len(texts))
	for region, b := range texts {
		regions[region] = b.String()
	}
	return regions
}

// read adds what a row of a snapshot says.
func (s sums) read(region, text string) error {
	for len(text) > 0 {
		line, rest, ended := strings.Cut(text, ";")
		category, line, _ := strings.Cut(line, ",")
		citizenship, line, _ := strings.Cut(line, ",")
		permits, issued, _ := strings.Cut(line, ",")
		p, wrong := strconv.Atoi(permits)
		i, wrongToo := strconv.Atoi(issued)
		if wrong != nil || wrongToo != nil || !ended {
			return fmt.Errorf("snapshot of region %s: %q is no figure", region, line)
		}
		s.add(statistics.Key{Region: region, Category: law.Category(category), Citizenship: citizenship}, sum{p, i})
		text = rest
	}
	return nil
}

// snapshot returns what the snapshot of a day says; nothing where none was drawn.
func (t ReadTx) snapshot(ctx context.Context, day string) (sums, error) {
	s := sums{}
	type part struct{ region, text string }
	parts, err := all(ctx, t, func(r *rows) (p part, err error) { return p, r.Scan(&p.region, &p.text) },
		`SELECT region, cells FROM stock_snapshot WHERE day = $1`, day)
	if err != nil {
		return nil, fmt.Errorf("snapshot of %s: %w", day, err)
	}
	for _, p := range parts {
		if err := s.read(p.region, p.text); err != nil {
			return nil, fmt.Errorf("%s: %w", day, err)
		}
	}
	return s, nil
}

// sumsOn returns the figures of a day: those of the last snapshot before it with the
// differences since.
func (t ReadTx) sumsOn(ctx context.Context, on calendar.Date) (sums, error) {
	var drawn string
	err := t.queryRow(ctx, `SELECT coalesce(max(day), '') FROM stock_drawn WHERE day <= $1`, on.String()).Scan(&drawn)
	if err != nil {
		return nil, fmt.Errorf("snapshot before %s: %w", on, err)
	}
	return t.sumsSince(ctx, drawn, on)
}

// sumsSince returns the figures of a day from the snapshot of another.
func (t ReadTx) sumsSince(ctx context.Context, drawn string, on calendar.Date) (sums, error) {
	s, err := t.snapshot(ctx, drawn)
	if err != nil {
		return nil, err
	}
	january := calendar.DateOf(on.Year, 1, 1).String()
	if drawn < january {
		s.newYear()
	}
	changes, err := all(ctx, t, scanDifference,
		`SELECT day, region, category, citizenship, permits, issued FROM stock_change WHERE day > $1 AND day <= $2`, drawn, on.String())
	if err != nil {
		return nil, fmt.Errorf("differences up to %s: %w", on, err)
	}
	for _, d := range changes {
		if d.day < january {
			d.issued = 0
		}
		s.add(d.Key, sum{d.permits, d.issued})
	}
	return s, nil
}

// amend changes the snapshots that were drawn of days from one up to, not including,
// another: what is entered late changes those too.
func (t Tx) amend(ctx context.Context, k statistics.Key, from, until calendar.Date, more sum) error {
	days, err := all(ctx, t.ReadTx, func(r *rows) (day string, err error) { return day, r.Scan(&day) },
		`SELECT day FROM stock_drawn WHERE day >= $1 AND day < $2`, from.String(), until.String())
	if err != nil {
		return fmt.Errorf("snapshots from %s: %w", from, err)
	}
	for _, day := range days {
		if err := t.amendOne(ctx, day, k, more); err != nil {
			return fmt.Errorf("snapshot of %s: %w", day, err)
		}
	}
	return nil
}

func (t Tx) amendOne(ctx context.Context, day string, k statistics.Key, more sum) error {
	var text string
	err := t.queryRow(ctx, `SELECT coalesce(max(cells), '') FROM stock_snapshot WHERE day = $1 AND region = $2`, day, k.Region).Scan(&text)
	if err != nil {
		return err
	}
	s := sums{}
	if err := s.read(k.Region, text); err != nil {
		return err
	}
	s.add(k, more)
	return t.draw(ctx, day, k.Region, s.byRegion()[k.Region])
}

// draw keeps a row of a snapshot.
func (t Tx) draw(ctx context.Context, day, region, text string) error {
	const query = `
		INSERT INTO stock_snapshot (day, region, cells) VALUES ($1, $2, $3)
		ON CONFLICT (day, region) DO UPDATE SET cells = excluded.cells`
	return t.write(ctx, query, day, region, text)
}
