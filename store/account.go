package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/party"
	"ruqsat/problem"
)

// AddAccount keeps a new account with the hash of its password. It is a Conflict
// if the login is taken.
func (t Tx) AddAccount(ctx context.Context, a party.Account, hash string) error {
	const query = `
		INSERT INTO account (id, login, role, region, password, body, active) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (login) DO NOTHING`
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("account %s: %w", a.Login, err)
	}
	delete(t.s.known.accounts, a.ID)
	n, err := t.exec(ctx, query, a.ID, a.Login, string(a.Role), a.Region, hash, string(body), flag(a.Active))
	switch {
	case err != nil:
		return fmt.Errorf("add account %s: %w", a.Login, err)
	case n == 0:
		return problem.New(problem.Conflict, "office.login-taken").At("login")
	}
	return nil
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// AccountByLogin returns the account of a login with the hash of its password.
// It reports false if there is none.
func (t ReadTx) AccountByLogin(ctx context.Context, login string) (party.Account, string, bool, error) {
	return t.account(ctx, "login", login)
}

// Account returns the account of an id; it reports false if there is none.
func (t ReadTx) Account(ctx context.Context, id string) (party.Account, bool, error) {
	if a, ok := t.s.known.accounts[id]; ok {
		return a, true, nil
	}
	a, _, ok, err := t.account(ctx, "id", id)
	return a, ok, err
}

func (t ReadTx) account(ctx context.Context, column, value string) (party.Account, string, bool, error) {
	var a party.Account
	var hash, body string
	err := t.queryRow(ctx, `SELECT password, body FROM account WHERE `+column+` = $1`, value).Scan(&hash, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return a, "", false, nil
	}
	if err == nil {
		a, err = t.s.remembered.accounts.Read(body)
	}
	if err != nil {
		return a, "", false, fmt.Errorf("account %s: %w", value, err)
	}
	return a, hash, true, nil
}

// Accounts returns the accounts of a role in a region; empty values ask for
// nothing.
func (t ReadTx) Accounts(ctx context.Context, role party.Role, region string) ([]party.Account, error) {
	w := &where{}
	w.equal("role", string(role))
	w.equal("region", region)
	list, err := all(ctx, t, scanAccount, `SELECT body FROM account`+w.String()+` ORDER BY region, role, login`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	return list, nil
}

// HeadsAnd returns the heads of a region together with the account of an id, which
// may be empty, in one look.
func (t ReadTx) HeadsAnd(ctx context.Context, region, id string) ([]party.Account, error) {
	list, err := all(ctx, t, scanAccount,
		`SELECT body FROM account WHERE (role = $1 AND region = $2) OR id = $3 ORDER BY region, role, login`, string(party.Head), region, id)
	if err != nil {
		return nil, fmt.Errorf("heads of %s: %w", region, err)
	}
	return list, nil
}

func scanAccount(r *rows) (a party.Account, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(body), &a)
}

// SetPassword changes the password of an account.
func (t Tx) SetPassword(ctx context.Context, id, hash string) error {
	if err := t.write(ctx, `UPDATE account SET password = $2 WHERE id = $1`, id, hash); err != nil {
		return fmt.Errorf("set password of %s: %w", id, err)
	}
	return nil
}

// A Session is what the pages keep of somebody between requests.
type Session struct {
	Data    string
	Account party.Account // whose it is; zero if nobody has signed in
}

// PutSession keeps what the session of an account holds until it expires; account
// is empty before somebody signs in.
func (t Tx) PutSession(ctx context.Context, token, data, account string, expires time.Time) error {
	const query = `
		INSERT INTO session (token, data, account, expires) VALUES ($1, $2, $3, $4)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, account = excluded.account, expires = excluded.expires`
	if err := t.write(ctx, query, token, data, account, micros(expires)); err != nil {
		return fmt.Errorf("put session: %w", err)
	}
	return nil
}

// Session returns a session with the account as it is now; it reports false if
// there is none or it has expired by now.
func (db *DB) Session(ctx context.Context, token string, now time.Time) (Session, bool, error) {
	found, ok, err := db.sessions(ctx, token)
	if err != nil {
		return Session{}, false, fmt.Errorf("session: %w", err)
	}
	if !ok || micros(now) >= found.expires {
		return Session{}, false, nil
	}
	return found.Session, true, nil
}

// A keptSession is a session until it expires.
type keptSession struct {
	Session
	expires int64 // microseconds
}

// sessionFinder returns what looks for the session of a token: on a server for all
// who ask at the same time together.
func (db *DB) sessionFinder() func(context.Context, string) (keptSession, bool, error) {
	alone := func(ctx context.Context, token string) (map[string]keptSession, error) {
		return db.findSessions(ctx, `= $1`, token)
	}
	if !db.source.networked {
		return func(ctx context.Context, token string) (keptSession, bool, error) {
			found, err := alone(ctx, token)
			s, ok := found[token]
			return s, ok, err
		}
	}
	g := &gathering[keptSession]{look: func(ctx context.Context, tokens []string) (map[string]keptSession, error) {
		if len(tokens) == 1 {
			return alone(ctx, tokens[0])
		}
		return db.findSessions(ctx, db.source.among, db.source.list(tokens))
	}}
	return g.ask
}

// findSessions returns the sessions whose tokens meet a condition, by token.
func (db *DB) findSessions(ctx context.Context, condition string, arg any) (map[string]keptSession, error) {
	query := `
		SELECT s.token, s.data, s.expires, coalesce(a.body, '') FROM session s LEFT JOIN account a ON a.id = s.account
		WHERE s.token ` + condition
	found := map[string]keptSession{}
	err := db.Glance(ctx, func(ctx context.Context, tx ReadTx) error {
		_, err := all(ctx, tx, func(r *rows) (struct{}, error) {
			var s keptSession
			var token, body string
			err := r.Scan(&token, &s.Data, &s.expires, &body)
			if err == nil && body != "" {
				s.Account, err = tx.s.remembered.accounts.Read(body)
			}
			found[token] = s
			return struct{}{}, err
		}, query, arg)
		return err
	})
	return found, err
}

// DropSession forgets a session, and all that have expired by now.
func (t Tx) DropSession(ctx context.Context, token string, now time.Time) error {
	if err := t.write(ctx, `DELETE FROM session WHERE token = $1 OR expires <= $2`, token, micros(now)); err != nil {
		return fmt.Errorf("drop session: %w", err)
	}
	return nil
}
