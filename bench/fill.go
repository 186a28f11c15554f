package main

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"slices"

	"ruqsat/calendar"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// A loader puts rows into a table in bulk, past the store.
type loader interface {
	exec(ctx context.Context, text string) error
	load(ctx context.Context, table string, columns []string, rows iter.Seq[[]any]) error
	// indexes returns what makes each index of a table again, by name; those of keys
	// are not among them.
	indexes(ctx context.Context, table string) (map[string]string, error)
}

// fill puts a register of some permits into an empty store: what the store itself
// would have kept of them, but for the leaves of the log.
func fill(ctx context.Context, l loader, permits int) error {
	var again []string
	for _, table := range []string{"permit", "permit_entry", "employer_change"} {
		made, err := l.indexes(ctx, table)
		if err != nil {
			return err
		}
		for name, text := range made {
			if err := l.exec(ctx, `DROP INDEX `+name); err != nil {
				return err
			}
			again = append(again, text)
		}
	}
	f := newTally()
	for _, t := range []struct {
		table   string
		columns []string
		rows    iter.Seq[[]any]
	}{
		{"permit", []string{"seq", "number", "case_id", "bin", "region", "category", "citizenship", "issued_on", "valid_from",
			"valid_until", "ended_on", "body", "previous", "worker_ref"}, permitRows(permits)},
		{"permit_entry", []string{"seq", "number", "kind", "region", "on_day", "at", "body"}, entryRows(permits)},
		{"employer_key", []string{"name_key", "bin"}, keyRows(permits)},
		{"employer_change", []string{"bin", "day", "region", "category", "citizenship", "permits"}, f.changes(permits)},
		{"stock_change", []string{"day", "region", "category", "citizenship", "permits", "issued"}, f.days()},
		{"issued_month", []string{"month", "region", "category", "citizenship", "permits"}, f.months()},
		{"employer_stock", []string{"bin", "year", "region", "category", "citizenship", "permits"}, f.years()},
		{"employer_day", []string{"day", "employers"}, f.turns()},
		{"sequence", []string{"name", "last"}, slices.Values([][]any{{"permit", int64(2 * permits)}})},
	} {
		if err := l.load(ctx, t.table, t.columns, t.rows); err != nil {
			return err
		}
	}
	for _, text := range again {
		if err := l.exec(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// each makes all permits.
func each(permits int) iter.Seq[registry.Permit] {
	return func(yield func(registry.Permit) bool) {
		c := newCountry(permits)
		for i := range permits {
			if !yield(c.permit(i)) {
				return
			}
		}
	}
}

func permitRows(permits int) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for p := range each(permits) {
			body, err := json.Marshal(p)
			if err != nil {
				panic(err) // a permit is plain data
			}
			p.Ended = calendar.Date{} // what ended it is an entry
			if !yield([]any{p.Seq, p.Number, "", string(p.Employer), p.Region, string(p.Category), p.Citizenship, p.Issued.String(),
				p.From.String(), p.Until.String(), "", string(body), "", p.WorkerRef}) {
				return
			}
		}
	}
}

// entryRows are the entries of the issue of permits, and after them those of what
// became of some.
func entryRows(permits int) iter.Seq[[]any] {
	row := func(p registry.Permit, e registry.Entry) []any {
		body, err := json.Marshal(e)
		if err != nil {
			panic(err)
		}
		return []any{e.Seq, p.Number, string(e.Kind), p.Region, e.On.String(), int64(0), string(body)}
	}
	return func(yield func([]any) bool) {
		for p := range each(permits) {
			if !yield(row(p, registry.Entry{Seq: p.Seq, Number: p.Number, Kind: registry.IssuedEntry, On: p.Issued})) {
				return
			}
		}
		next := int64(permits)
		for p := range each(permits) {
			for _, e := range p.History {
				next++
				e.Seq = next
				if !yield(row(p, e)) {
					return
				}
			}
		}
	}
}

func keyRows(permits int) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for n := range newCountry(permits).employers {
			for _, key := range (registry.Permit{Name: nameOf(n)}).Keys() {
				if !yield([]any{key, string(employer(n))}) {
					return
				}
			}
		}
	}
}

// A tally is what the store keeps of the permits besides them.
type tally struct {
	change, issued map[cell]int
	year           map[employerYear]int
	steps          []step
}

type cell struct {
	day calendar.Date
	statistics.Key
}

type employerYear struct {
	bin  string
	year int
	statistics.Key
}

// A step is that an employer has more permits in force than the day before.
type step struct {
	bin string
	day int // from firstIssue
	n   int8
}

func newTally() *tally {
	return &tally{change: map[cell]int{}, issued: map[cell]int{}, year: map[employerYear]int{}}
}

// changes returns the differences of employers, and counts the other figures on
// its way.
func (f *tally) changes(permits int) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for p := range each(permits) {
			k, bin := keyOf(p), string(p.Employer)
			f.issued[cell{p.Issued, k}]++
			for _, s := range p.Spans() {
				for y := s.From.Year; y <= s.Until.Year; y++ {
					if s.Has(calendar.DateOf(y, 1, 1)) {
						f.year[employerYear{bin, y, k}]++
					}
				}
				for i, day := range []calendar.Date{s.From, s.Until} {
					n := 1 - 2*i
					f.change[cell{day, k}] += n
					f.steps = append(f.steps, step{bin, firstIssue.Days(day), int8(n)})
					if !yield([]any{bin, day.String(), k.Region, string(k.Category), k.Citizenship, int64(n)}) {
						return
					}
				}
			}
		}
	}
}

func (f *tally) days() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		all := map[cell][2]int{}
		for c, n := range f.change {
			all[c] = [2]int{n, f.issued[c]}
		}
		for c, n := range f.issued {
			all[c] = [2]int{f.change[c], n}
		}
		cells := make([]cell, 0, len(all))
		for c := range all {
			cells = append(cells, c)
		}
		slices.SortFunc(cells, func(a, b cell) int { return cmp.Compare(firstIssue.Days(a.day), firstIssue.Days(b.day)) })
		for _, c := range cells {
			n := all[c]
			if !yield([]any{c.day.String(), c.Region, string(c.Category), c.Citizenship, int64(n[0]), int64(n[1])}) {
				return
			}
		}
	}
}

func (f *tally) months() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		months := map[cell]int{}
		for c, n := range f.issued {
			c.day.Day = 1
			months[c] += n
		}
		for c, n := range months {
			if !yield([]any{c.day.String()[:len("2006-01")], c.Region, string(c.Category), c.Citizenship, int64(n)}) {
				return
			}
		}
	}
}

func (f *tally) years() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for y, n := range f.year {
			if !yield([]any{y.bin, int64(y.year), y.Region, string(y.Category), y.Citizenship, int64(n)}) {
				return
			}
		}
	}
}

// turns counts the employers that have permits in force.
func (f *tally) turns() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		slices.SortFunc(f.steps, func(a, b step) int { return cmp.Or(cmp.Compare(a.bin, b.bin), cmp.Compare(a.day, b.day)) })
		turns, n := map[int]int{}, 0
		for i, s := range f.steps {
			if i == 0 || f.steps[i-1].bin != s.bin {
				n = 0
			}
			had := n > 0
			n += int(s.n)
			if has := n > 0; has != had {
				turns[s.day] += map[bool]int{true: 1, false: -1}[has]
			}
		}
		for day, n := range turns {
			if n != 0 && !yield([]any{firstIssue.AddDays(day).String(), int64(n)}) {
				return
			}
		}
	}
}
