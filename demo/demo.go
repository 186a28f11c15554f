// Package demo fills an empty store with a department at work: people, quota, a
// register, and a case in every state.
//
// The cases are played from cases.txt by the same acts as real ones, so they
// cannot be impossible. No person in it is a real one; the firm of alacem.csv is
// named in a published letter, its permits are made up. Start at [Fill].
package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/scenario"
	"ruqsat/signature/practice"
)

// prepared are the cases, the register, and what the cases read.
//
//go:embed cases.txt alacem.csv *.json
var prepared embed.FS

// Region is where the demo plays: Zhetysu.
const Region = "33"

// Password is that of every account of the demo.
const Password = "ruqsat-demo"

// people are those who can sign in. Each number has its check digit and belongs
// to nobody: the days of birth have not come yet.
var people = []struct {
	id, eleven   string
	role         party.Role
	surname      string
	given        string
	patronymic   string
	ofRegion     string
	representing party.BIN
}{
	{"applicant", "", party.Applicant, "Оспанов", "Тимур", "Қайратұлы", "", "940140000385"},
	{"33-clerk", "99010160001", party.Clerk, "Сапарова", "Әсел", "Маратқызы", Region, ""},
	{"33-executor", "99020250002", party.Executor, "Ермеков", "Данияр", "Болатұлы", Region, ""},
	{"33-executor2", "99030360003", party.Executor, "Жүнісова", "Гүлнұр", "Асқарқызы", Region, ""},
	{"33-head", "99040450004", party.Head, "Әбдірахманов", "Серік", "Нұрланұлы", Region, ""},
	{"ministry", "99060660006", party.Ministry, "Исаева", "Айгерім", "Ерланқызы", "", ""},
	{"33-admin", "99050560005", party.Admin, "Тілеуов", "Арман", "Ерланұлы", Region, ""},
}

// Accounts are the people of the demo.
func Accounts() ([]party.Account, error) {
	var list []party.Account
	for _, p := range people {
		login := string(p.representing)
		if p.eleven != "" {
			number, ok := party.Complete(p.eleven)
			if !ok {
				return nil, fmt.Errorf("no number begins with %s", p.eleven)
			}
			login = number
		}
		a := party.Account{
			ID: p.id, Login: login, Role: p.role, Region: p.ofRegion, BIN: p.representing, Active: true,
			Name: party.Name{Surname: p.surname, Given: p.given, Patronymic: p.patronymic},
		}
		if p.representing == "" {
			a.IIN = party.IIN(login)
		}
		list = append(list, a)
	}
	return list, nil
}

// Fill fills the empty store of an office as of now; its people sign with keys of
// signer. A store that has the demo already is left as it is.
func Fill(ctx context.Context, o *office.Office, signer *practice.Signer) error {
	if a, err := o.Account(ctx, people[0].id); err != nil || a.ID != "" {
		return err
	}
	alacem, err := prepared.ReadFile("alacem.csv")
	if err != nil {
		return err
	}
	permits, err := registry.ReadCSV(bytes.NewReader(alacem))
	if err != nil {
		return fmt.Errorf("demo register: %w", err)
	}
	if err := o.Import(ctx, permits); err != nil {
		return fmt.Errorf("demo register: %w", err)
	}
	accounts, err := Accounts()
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if err := o.AddAccount(ctx, a, Password); err != nil {
			return fmt.Errorf("demo account %s: %w", a.ID, err)
		}
	}
	now := o.Now()
	if err := giveOut(ctx, o, now); err != nil {
		return err
	}
	player := scenario.New(o.DB, o.Files, signer)
	player.Base, player.StandIn = now, Registers(now)
	player.At(o.Address)
	player.Beside = prepared
	cases, err := prepared.ReadFile("cases.txt")
	if err != nil {
		return err
	}
	return player.Play(ctx, "cases.txt", bytes.NewReader(cases))
}

// Today returns the moment at which the demo plays: now, or the last moment for
// which the law is known, should it be run in a year nobody has entered.
func Today(now time.Time) time.Time {
	cal, err := law.CalendarFor(Region)
	if err != nil {
		return now
	}
	for year := now.Year(); year > 2017; year-- {
		at := now.AddDate(year-now.Year(), 0, 0)
		_, noIndex := law.IndexOn(cal.Day(at))
		_, noDays := cal.Working(calendar.DateOf(year, 12, 31))
		if noIndex == nil && noDays == nil {
			return at
		}
	}
	return now
}
