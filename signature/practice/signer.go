// Package practice signs for the people of a training system, in place of their
// own program and key: with the right key, or with one the portal must refuse.
//
// Keys come from an authority of package training; nothing they sign is worth
// anything. Start at [NewSigner].
package practice

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/training"
)

// A Choice is with which key somebody signs in a training system. Besides their
// own there are keys that the portal must refuse, so that people see how.
type Choice string

// The choices.
const (
	Own     Choice = "own"
	Expired Choice = "expired" // the certificate ran out the day before
	Revoked Choice = "revoked" // it was revoked the day before
	Another Choice = "another" // somebody else's
	Foreign Choice = "foreign" // of an authority nobody trusts
	Other   Choice = "other"   // the same person's as an employee, who may not sign for the firm
)

// Choices are all choices, the right one first.
var Choices = []Choice{Own, Expired, Revoked, Another, Foreign, Other}

// PersonOf is who a certificate for an account names: an applicant's their firm,
// an official's the department. Where an account has no IIN, one is made up.
func PersonOf(a party.Account) training.Person {
	p := training.Person{
		Name: strings.TrimSpace(a.Name.Surname + " " + a.Name.Given), Patronymic: a.Name.Patronymic,
		IIN: string(a.IIN), BIN: string(a.BIN), Head: true,
	}
	if p.IIN == "" {
		p.IIN, _ = party.Complete(madeUp)
	}
	switch {
	case a.Role.Authority():
		of := party.AuthorityOf(a.Region)
		p.BIN, p.Organisation, p.Head = string(of.BIN), of.Name.RU, a.Role == party.Head
		if p.BIN == "" { // not known yet; a key of a firm all the same
			p.BIN, _ = party.Complete(madeUpFirm)
		}
	case a.Role == party.Ministry || a.Role == party.Admin:
		p.BIN, _ = party.Complete(madeUpFirm)
		p.Organisation, p.Head = a.Role.In(lang.RU), false
	case p.BIN == p.IIN:
		p.BIN = ""
	}
	return p
}

// The first eleven digits of numbers nobody has: the days of birth are to come.
const (
	madeUp    = "99050560001"
	madeUpToo = "99060660002"
	// of a department whose BIN nobody has entered
	madeUpFirm = "99104000001"
)

// A Signer signs for the people of a training system, in place of their own
// program and key, and has a verifier that believes its authority. It is safe for
// use by several goroutines.
type Signer struct {
	authority *training.Authority
	verifier  *cms.Verifier

	mu   sync.Mutex
	keys map[keyOf]training.Key
}

type keyOf struct {
	iin, bin string
	purpose  training.Purpose
	choice   Choice
}

// NewSigner returns a signer with keys of an authority.
func NewSigner(a *training.Authority) (*Signer, error) {
	trust, err := cms.NewTrust(a.Trust())
	if err != nil {
		return nil, fmt.Errorf("training signer: %w", err)
	}
	return &Signer{authority: a, verifier: cms.New(trust), keys: map[keyOf]training.Key{}}, nil
}

// Open returns a signer whose authority is kept in a folder: the one that is
// there, or a new one for around a moment.
func Open(dir string, now time.Time) (*Signer, error) {
	a, err := training.Load(dir, rand.Reader)
	if errors.Is(err, fs.ErrNotExist) {
		if a, err = training.NewNational(now, rand.Reader); err == nil {
			err = a.Save(dir)
		}
	}
	if err != nil {
		return nil, err
	}
	return NewSigner(a)
}

// New returns a signer whose authority is kept nowhere.
func New(now time.Time) (*Signer, error) {
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		return nil, err
	}
	return NewSigner(a)
}

// Verifier returns who examines the signatures.
func (s *Signer) Verifier() signature.Verifier { return s.verifier }

// Sign returns the detached signature of a person over a document, with the key
// chosen. A choice that is none signs with the person's own.
func (s *Signer) Sign(p training.Person, with Choice, document []byte, at time.Time) ([]byte, error) {
	key, err := s.Key(p, with, at)
	if err != nil {
		return nil, err
	}
	return key.Sign(document, at)
}

// Authority returns who issues the keys.
func (s *Signer) Authority() *training.Authority { return s.authority }

// Key returns the key of a person that a choice means; the same one each time.
func (s *Signer) Key(p training.Person, with Choice, at time.Time) (training.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := keyOf{p.IIN, p.BIN, p.For, with}
	if key, ok := s.keys[of]; ok {
		return key, nil
	}
	key, err := s.issue(p, with, at)
	if err != nil {
		return training.Key{}, err
	}
	s.keys[of] = key
	return key, nil
}

func (s *Signer) issue(p training.Person, with Choice, at time.Time) (training.Key, error) {
	switch with {
	case Expired:
		return s.authority.IssueExpired(p, at)
	case Foreign:
		return s.authority.IssueForeign(p)
	case Another:
		p.IIN, _ = party.Complete(madeUpToo)
		p.Name, p.BIN, p.Organisation = "БАСҚА АДАМ", "", ""
	case Other:
		p.Head = false
	case Revoked:
		key, err := s.authority.IssueRevoked(p, at)
		if err != nil {
			return training.Key{}, err
		}
		return key, s.renew()
	}
	return s.authority.Issue(p, s.authority.Always())
}

// renew has the verifier take in the authority's newest list.
func (s *Signer) renew() error {
	trust, err := cms.NewTrust(s.authority.Trust())
	if err == nil {
		s.verifier.Use(trust)
	}
	return err
}
