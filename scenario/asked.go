package scenario

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ruqsat/law"
	"ruqsat/procedure"
)

func (p *Player) asked(ctx context.Context, words []string) (procedure.Application, error) {
	if len(words) < 4 {
		return procedure.Application{}, errors.New("an application wants an operation, a number, a category and months")
	}
	op, options := law.Operation(words[0]), words[4:]
	var a procedure.Application
	var err error
	switch {
	case words[1] == "of":
		a, err = p.askedOf(ctx, op, words[2], words[3])
	default:
		a, err = p.askedAnew(ctx, op, words[1:4])
	}
	for ; err == nil && len(options) > 1; options = options[2:] {
		switch options[0] {
		case "also":
			a.MoreRegions = append(a.MoreRegions, options[1])
		case "named":
			a.Workers[0].Surname = options[1]
		case "from":
			a.Sending.Country = options[1]
		case "as":
			for i := range a.Workers {
				a.Workers[i].NKZ = options[1]
			}
		default:
			err = fmt.Errorf("nobody knows what %q means", options[0])
		}
	}
	return a, err
}

func (p *Player) askedAnew(ctx context.Context, op law.Operation, words []string) (procedure.Application, error) {
	n, err := strconv.Atoi(words[0])
	if err != nil {
		return procedure.Application{}, err
	}
	months, err := strconv.Atoi(words[2])
	if err != nil {
		return procedure.Application{}, err
	}
	a, err := p.application(op, n, law.Category(words[1]), months)
	if err != nil {
		return a, err
	}
	for i := range a.Workers {
		if op == law.Issue {
			break
		}
		until := p.cal.Day(p.clock).AddDays(45)
		w := &a.Workers[i]
		if w.Permit, err = p.oldPermit(ctx, w.Category, until.AddMonths(-12).AddDays(1), until, w.Latin()); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (p *Player) askedOf(ctx context.Context, op law.Operation, name, last string) (procedure.Application, error) {
	permits, err := p.permitsOf(ctx, name)
	if err != nil {
		return procedure.Application{}, err
	}
	months := 0
	if op == law.Extension {
		if months, err = strconv.Atoi(last); err != nil {
			return procedure.Application{}, err
		}
	}
	a, err := p.application(op, len(permits), permits[0].Category, months)
	if err != nil {
		return a, err
	}
	for i, was := range permits {
		w := &a.Workers[i]
		w.Permit, w.Category, w.Citizenship, w.NKZ = was.Number, was.Category, was.Citizenship, was.NKZ
		w.Surname, w.Given, _ = strings.Cut(was.Worker, " ")
		if _, n, ok := strings.Cut(w.Given, " "); ok {
			w.GivenCyr = "Уоркер " + n
		}
	}
	if op == law.Reissue {
		a.Change = last
		if last == "person" {
			a.Workers[0].Surname, a.Workers[0].Citizenship = "ANOTHER", "CN"
			a.Workers[0].SurnameCyr = "Анозер"
		}
	}
	return a, nil
}
