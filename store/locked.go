package store

import (
	"context"
	"errors"
	"maps"
	"slices"

	"ruqsat/quota"
)

// fetchLocked takes the locks of lines and series, as far as no other node has
// them, and reads what stands under them. The statements go together; the server
// runs them in order.
func (s *session) fetchLocked(ctx context.Context, w wish) error {
	keys := make(map[int64]string, len(w.lines)+len(w.series))
	lines := make(map[string]*lineKnown, len(w.lines))
	for l := range w.lines {
		keys[lockNumber(lineKey(l))] = lineKey(l)
		lines[l.String()] = &lineKnown{balance: quota.Balance{Line: l}}
	}
	for series := range w.series {
		keys[lockNumber(numberKey(series))] = numberKey(series)
	}
	numbers, ledgers := map[string]int64{}, map[string][]quota.Entry{}
	var missed []string
	err := errors.Join(
		s.tryAll(ctx, keys, &missed),
		s.askAbout(ctx, func(c cursor) error { return readBalance(c, lines) }, balancesOf, slices.Collect(maps.Keys(lines))),
		s.askAbout(ctx, func(c cursor) error { return readWaiting(c, lines) }, waitingForAll, slices.Collect(maps.Keys(lines))),
		s.askAbout(ctx, func(c cursor) error { return readNumber(c, numbers) }, lastOfAll, slices.Collect(maps.Keys(w.series))),
		s.askAbout(ctx, func(c cursor) error { return readLedger(c, ledgers) }, entriesOfAll, w.ledgers),
		s.flush(ctx))
	if err != nil {
		return err
	}
	for _, key := range keys {
		if !slices.Contains(missed, key) {
			s.locked = append(s.locked, key)
		}
	}
	s.missed = append(s.missed, missed...)
	s.keep(w, lines, numbers, ledgers)
	return nil
}

// keep keeps what was read under locks that were had.
func (s *session) keep(w wish, lines map[string]*lineKnown, numbers map[string]int64, ledgers map[string][]quota.Entry) {
	all := true
	for _, l := range lines {
		if slices.Contains(s.locked, lineKey(l.balance.Line)) {
			s.known.line(l)
		} else {
			all = false
		}
	}
	for series := range w.series {
		if slices.Contains(s.locked, numberKey(series)) {
			s.known.number(series, numbers[series])
		}
	}
	if !all {
		return
	}
	s.known.ledgers = make(map[string][]quota.Entry, len(w.ledgers))
	for _, id := range w.ledgers {
		s.known.ledgers[id] = ledgers[id]
	}
}

// tryAll asks for locks, and adds to missed the keys another node has.
func (s *session) tryAll(ctx context.Context, keys map[int64]string, missed *[]string) error {
	if s.tryLocks == "" {
		return nil
	}
	return s.askEach(ctx, func(c cursor) error {
		var n int64
		err := c.Scan(&n)
		*missed = append(*missed, keys[n])
		return err
	}, s.tryLocks, slices.Sorted(maps.Keys(keys)))
}

func readBalance(c cursor, lines map[string]*lineKnown) error {
	var text string
	var b quota.Balance
	if err := c.Scan(&text, &b.Allotted, &b.Held, &b.Used); err != nil {
		return err
	}
	l := lines[text]
	b.Line = l.balance.Line
	l.balance, l.begun = b, true
	return nil
}

func readWaiting(c cursor, lines map[string]*lineKnown) error {
	var text string
	var w Waiting
	if err := c.Scan(&text, &w.Seq, &w.Case, &w.Permits); err != nil {
		return err
	}
	l := lines[text]
	w.Line = l.balance.Line
	l.waiting = append(l.waiting, w)
	return nil
}

func readNumber(c cursor, numbers map[string]int64) error {
	var series string
	var last int64
	err := c.Scan(&series, &last)
	numbers[series] = last
	return err
}

func readLedger(c cursor, ledgers map[string][]quota.Entry) error {
	e, err := scanEntry(c)
	ledgers[e.Case] = append(ledgers[e.Case], e)
	return err
}
