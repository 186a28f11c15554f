package store

import (
	"context"
	"fmt"
	"strings"

	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
)

// Ahead is what an act is known to read before it runs. What is named and not
// read, or not there, does no harm.
type Ahead struct {
	Case    string
	Account string       // besides a case; empty where none is known
	Ledger  bool         // whether it settles what its case has of the quota
	Lines   []quota.Line // of the quota, on which it draws
	Series  []string     // of which it takes numbers

	// Gather says, once the case is known, what the act will gather for an examination.
	// Nil if it does not.
	Gather func(procedure.Case) About
}

// What is asked for many at once: the lines cases have to do with, and what is read
// under the locks of lines and series. {among} says that a value is one of those asked about.
const (
	linesOfCases  = `SELECT line FROM quota_entry WHERE case_id {among} AND case_id <> '' UNION SELECT line FROM quota_wait WHERE case_id {among}`
	entriesOfAll  = entries + ` WHERE case_id {among} AND case_id <> '' ORDER BY seq`
	balancesOf    = `SELECT line, allotted, held, used FROM quota_total WHERE line {among}`
	waitingForAll = `SELECT line, seq, case_id, permits FROM quota_wait WHERE line {among} ORDER BY seq`
	lastOfAll     = `SELECT name, last FROM sequence WHERE name {among}`
)

// A wish is what acts of a batch will ask for.
type wish struct {
	cases, accounts []string // in pairs
	ledgers         []string // of these cases
	lines           map[quota.Line]bool
	series          map[string]bool
	gather          map[string]func(procedure.Case) About
}

func wishOf(batch []*act) wish {
	w := wish{lines: map[quota.Line]bool{}, series: map[string]bool{}, gather: map[string]func(procedure.Case) About{}}
	for _, a := range batch {
		if a.will.Case != "" {
			w.cases, w.accounts = append(w.cases, a.will.Case), append(w.accounts, a.will.Account)
		}
		if a.will.Ledger {
			w.ledgers = append(w.ledgers, a.will.Case)
		}
		if a.will.Gather != nil {
			w.gather[a.will.Case] = a.will.Gather
		}
		for _, l := range a.will.Lines {
			w.lines[l] = true
		}
		for _, name := range a.will.Series {
			w.series[name] = true
		}
	}
	if len(w.ledgers)+len(w.lines) > 0 {
		w.series[ledgerSeries] = true
	}
	return w
}

// fetch reads what acts of a batch will ask for: where there is a network, one trip
// or two for all of them instead of several an act.
func (s *session) fetch(ctx context.Context, batch []*act) error {
	w := wishOf(batch)
	if len(batch) == 1 && (len(w.series) == 0 || !s.networked) {
		return nil // it asks for itself
	}
	if err := s.fetchCases(ctx, w); err != nil {
		return fmt.Errorf("fetch cases: %w", err)
	}
	if s.marked {
		return nil
	}
	if err := s.fetchGathered(ctx, w); err != nil {
		return fmt.Errorf("gather: %w", err)
	}
	if len(w.series) > 0 {
		if err := s.fetchLocked(ctx, w); err != nil {
			return fmt.Errorf("fetch lines and numbers: %w", err)
		}
	}
	return s.flush(ctx)
}

// fetchGathered asks for what acts will gather for examinations.
func (s *session) fetchGathered(ctx context.Context, w wish) error {
	s.known.gathered = make(map[string]*finding, len(w.gather))
	for id, about := range w.gather {
		c, ok := s.known.cases[id]
		if !ok {
			continue
		}
		what, ok := aboutOf(c, about)
		if !ok {
			continue
		}
		g, err := ReadTx{s}.askGathered(ctx, id, what)
		if err != nil {
			return err
		}
		s.known.gathered[id] = g
	}
	return nil
}

// aboutOf returns what a case is about; false if who is asked panics: the act then
// asks for itself, where a panic is its own affair.
func aboutOf(c procedure.Case, about func(procedure.Case) About) (what About, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return about(c), true
}

// fetchCases reads cases, and finds the lines of the quota they have to do with.
func (s *session) fetchCases(ctx context.Context, w wish) error {
	if len(w.cases) == 0 {
		return nil
	}
	s.known.cases, s.known.accounts = map[string]procedure.Case{}, map[string]party.Account{}
	if err := s.askEach(ctx, s.fetched, s.ahead, s.list(w.cases), s.list(w.accounts)); err != nil {
		return err
	}
	if len(w.ledgers) > 0 && !s.marked {
		if err := s.askAbout(ctx, func(c cursor) error { return readLine(c, w.lines) }, linesOfCases, w.ledgers); err != nil {
			return err
		}
	}
	return s.flush(ctx)
}

// fetched keeps a case for whoever will read it, and the account that goes with it.
func (s *session) fetched(row cursor) error {
	var body string
	c, err := s.scanCase(row, &body)
	if err != nil {
		return err
	}
	if s.known.cases[c.ID] = c; body == "" {
		return nil
	}
	a, err := s.remembered.accounts.Read(body)
	s.known.accounts[a.ID] = a
	return err
}

func readLine(c cursor, lines map[quota.Line]bool) error {
	var text string
	if err := c.Scan(&text); err != nil {
		return err
	}
	l, err := quota.ParseLine(text)
	lines[l] = true
	return err
}

// askAbout is askEach for a query about all of a list.
func (s *session) askAbout(ctx context.Context, read func(cursor) error, query string, list []string) error {
	if len(list) == 0 {
		return nil
	}
	query = strings.ReplaceAll(query, "{among}", s.among)
	return s.askEach(ctx, read, query, s.list(list))
}

// askEach has a query of the batch run, perhaps only together with the next one,
// and each row of the answer read.
func (s *session) askEach(ctx context.Context, read func(cursor) error, query string, args ...any) error {
	return s.post(ctx, op{text: query, args: args, take: func(c cursor) error {
		for c.Next() {
			if err := read(c); err != nil {
				return err
			}
		}
		return nil
	}})
}
