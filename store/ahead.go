package store

import (
	"context"
	"fmt"

	"ruqsat/party"
	"ruqsat/procedure"
)

// Ahead is what an act is known to read before it runs: ids, empty where nothing
// is known. What is named and not read, or not there, does no harm.
type Ahead struct {
	Case    string
	Account string
}

// fetch reads what acts of a batch will ask for: where there is a network, one trip
// each for all of them instead of one an act.
func (s *session) fetch(ctx context.Context, batch []*act) error {
	if len(batch) < 2 {
		return nil
	}
	var cases, accounts []string
	for _, a := range batch {
		if a.will.Case != "" {
			cases = append(cases, a.will.Case)
		}
		if a.will.Account != "" {
			accounts = append(accounts, a.will.Account)
		}
	}
	s.cases, s.accounts = make(map[string]procedure.Case, len(cases)), make(map[string]party.Account, len(accounts))
	if err := s.fetchAll(ctx, s.casesOf, cases, s.fetchCase); err != nil {
		return fmt.Errorf("fetch cases: %w", err)
	}
	if err := s.fetchAll(ctx, s.accountsOf, accounts, s.fetchAccount); err != nil {
		return fmt.Errorf("fetch accounts: %w", err)
	}
	return nil
}

// fetchAll has take read each row that a query finds for ids.
func (s *session) fetchAll(ctx context.Context, query string, ids []string, take func(cursor) error) error {
	if query == "" || len(ids) == 0 {
		return nil
	}
	rows, err := s.query(ctx, query, []any{ids})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *session) fetchCase(row cursor) error {
	c, err := s.scanCase(row)
	s.cases[c.ID] = c
	return err
}

func (s *session) fetchAccount(row cursor) error {
	var body string
	if err := row.Scan(&body); err != nil {
		return err
	}
	a, err := s.remembered.accounts.Read(body)
	s.accounts[a.ID] = a
	return err
}
