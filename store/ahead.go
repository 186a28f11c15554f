package store

import (
	"context"
	"fmt"

	"ruqsat/party"
	"ruqsat/procedure"
)

// Ahead is what an act is known to read before it runs, by its ids. What is named
// and not read, or not there, does no harm.
type Ahead struct {
	Case    string
	Account string // besides a case; empty where none is known
}

// fetch reads what acts of a batch will ask for: where there is a network, one trip
// for all of them instead of one or two an act.
func (s *session) fetch(ctx context.Context, batch []*act) error {
	if s.ahead == "" || len(batch) < 2 {
		return nil
	}
	var cases, accounts []string
	for _, a := range batch {
		if a.will.Case != "" {
			cases, accounts = append(cases, a.will.Case), append(accounts, a.will.Account)
		}
	}
	if len(cases) == 0 {
		return nil
	}
	rows, err := s.query(ctx, s.ahead, []any{cases, accounts})
	if err != nil {
		return fmt.Errorf("fetch cases: %w", err)
	}
	defer rows.Close()
	s.cases, s.accounts = make(map[string]procedure.Case, len(cases)), make(map[string]party.Account)
	for rows.Next() {
		if err := s.fetched(rows); err != nil {
			return fmt.Errorf("fetch cases: %w", err)
		}
	}
	return rows.Err()
}

// fetched keeps a case for whoever will read it, and the account that goes with it.
func (s *session) fetched(row cursor) error {
	var body string
	c, err := s.scanCase(row, &body)
	if err != nil {
		return err
	}
	if s.cases[c.ID] = c; body == "" {
		return nil
	}
	a, err := s.remembered.accounts.Read(body)
	s.accounts[a.ID] = a
	return err
}
