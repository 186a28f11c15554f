package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
)

// What a transaction knows without asking again: what was fetched for the acts of
// its batch, and what stands under locks that it holds.
//
// Numbers and lines change as acts go on, and are written down once, at the end.
// So they are known only while either all acts are kept or none: where each may be
// undone alone ([session.runAll]), they are asked for, and written at once.
type known struct {
	cases    map[string]procedure.Case // not read yet
	accounts map[string]party.Account  // as they are
	ledgers  map[string][]quota.Entry  // of cases, that nothing was added to
	gathered map[string]*finding       // of cases that nothing was done to
	lines    map[quota.Line]*lineKnown
	numbers  map[string]int64 // the last of a series

	drawn  map[string]bool               // series of which numbers were drawn that are not written down
	totals map[quota.Line]*quota.Balance // what entries add to lines that is not written down
	rows   []*manyRows                   // added to tables, not written yet
}

// A lineKnown is a line of the quota whose lock is held.
type lineKnown struct {
	balance quota.Balance
	begun   bool      // whether its total has a row
	waiting []Waiting // in their order
}

// knows reports whether numbers and lines may be known.
func (s *session) knows() bool { return s.act != nil && !s.marked }

// number notes the last number of a series.
func (k *known) number(series string, last int64) {
	if k.numbers == nil {
		k.numbers = map[string]int64{}
	}
	k.numbers[series] = last
}

// line notes where a line stands.
func (k *known) line(l *lineKnown) {
	if k.lines == nil {
		k.lines = map[quota.Line]*lineKnown{}
	}
	k.lines[l.balance.Line] = l
}

// draw returns the next number of a series whose last one is known.
func (s *session) draw(series string) int64 {
	s.known.numbers[series]++
	if s.known.drawn == nil {
		s.known.drawn = map[string]bool{}
	}
	s.known.drawn[series] = true
	s.sent = true // to pass over the act will not do: others count on what it drew
	return s.known.numbers[series]
}

// add notes what an entry adds to a line.
func (s *session) add(d quota.Balance) {
	k := &s.known
	if l := k.lines[d.Line]; l != nil {
		l.balance = l.balance.Plus(d)
	}
	if k.totals == nil {
		k.totals = map[quota.Line]*quota.Balance{}
	}
	if t := k.totals[d.Line]; t != nil {
		*t = t.Plus(d)
	} else {
		k.totals[d.Line] = &d
	}
	s.sent = true
}

// writeDown writes numbers and totals as the acts have left them.
func (s *session) writeDown(ctx context.Context) error {
	const last = `
		INSERT INTO sequence (name, last) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET last = excluded.last`
	for _, series := range slices.Sorted(maps.Keys(s.known.drawn)) {
		if err := s.post(ctx, op{text: last, args: []any{series, s.known.numbers[series]}}); err != nil {
			return fmt.Errorf("last number of %s: %w", series, err)
		}
	}
	s.known.drawn = nil
	return errors.Join(s.writeTotals(ctx), s.writeRows(ctx))
}

func byText(a, b quota.Line) int { return strings.Compare(a.String(), b.String()) }

// writeTotals writes what entries have added to the totals of their lines, in an
// order that is the same on every node.
func (s *session) writeTotals(ctx context.Context) error {
	if len(s.known.totals) == 0 {
		return nil
	}
	totals := s.known.totals
	s.known.totals = nil
	for _, l := range slices.SortedFunc(maps.Keys(totals), byText) {
		if err := s.addToTotal(ctx, *totals[l]); err != nil {
			return err
		}
	}
	return nil
}
