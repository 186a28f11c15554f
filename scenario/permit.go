package scenario

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/store"
)

// asked reads what an application asks for: "issue 2 III 12"; "extension of A 12"
// and "reissue of A person" for the permits a case A led to, "of A/2" for its second
// one or "of OLD" for one of an old register. "extension 1 III 12" takes old permits
// that run out in 45 days for granted. Behind it may stand "also 27" for a further
// region, "from BY" for the country of the sender, "as 9211" for the profession, "named OTHER" for another person.
// askedOf asks for the permits of a case, or an old one, to be made others. What
// stands last is the months of an extension or the reason of a reissue.
// old takes a permit of an old register in: "OLD III from 2024-07-01 until
// 2025-06-30", or "OLD III ends 45" for one of a year that ends in 45 days.
func (p *Player) old(ctx context.Context, words []string) (err error) {
	if len(words) == 4 && words[2] == "ends" {
		days, err := strconv.Atoi(words[3])
		if err != nil {
			return err
		}
		until := p.cal.Day(p.clock).AddDays(days)
		p.olds[words[0]], err = p.oldPermit(ctx, law.Category(words[1]), until.AddMonths(-12).AddDays(1), until, "SAMPLE WORKER 1")
		return err
	}
	if len(words) != 6 || words[2] != "from" || words[4] != "until" {
		return errors.New("old wants a name, a category and two days: OLD III from 2024-07-01 until 2025-06-30")
	}
	from, err := calendar.ParseDate(words[3])
	if err != nil {
		return err
	}
	until, err := calendar.ParseDate(words[5])
	if err != nil {
		return err
	}
	p.olds[words[0]], err = p.oldPermit(ctx, law.Category(words[1]), from, until, "SAMPLE WORKER 1")
	return err
}

// firstOld is from where old registers count, so that no permit issued here has
// one of their numbers.
const firstOld = 90_000_000

func (p *Player) oldPermit(ctx context.Context, c law.Category, from, until calendar.Date, worker string) (string, error) {
	p.imported++
	number := registry.FormatNumber(p.region, firstOld+int64(p.imported))
	return number, p.office.Import(ctx, []registry.Permit{{
		Number: number, Operation: law.Issue, Scheme: c.Scheme(), Employer: employer.BIN, Name: employer.Name, Region: p.region,
		Category: c, WorkerRef: "OLD" + strconv.Itoa(p.imported), Worker: worker, Citizenship: "TR",
		Position: lang.Text{KK: "инженер-құрылысшы", RU: "инженер-строитель"}, NKZ: "2142", Issued: from, From: from, Until: until,
	}})
}

// permitsOf returns the permits a name stands for: A, A/2 or OLD.
func (p *Player) permitsOf(ctx context.Context, name string) ([]registry.Permit, error) {
	var list []registry.Permit
	of, nth, one := strings.Cut(name, "/")
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if number, ok := p.olds[of]; ok {
			old, err := tx.Permit(ctx, number)
			list = []registry.Permit{old}
			return err
		}
		list, err = tx.PermitsOfCase(ctx, p.cases[of])
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, errors.Join(err, fmt.Errorf("%s has no permits", name))
	}
	if n, err := strconv.Atoi(nth); one && (err != nil || n < 1 || n > len(list)) {
		return nil, fmt.Errorf("no permit %s", name)
	} else if one {
		list = list[n-1 : n]
	}
	return list, nil
}

func (p *Player) onePermit(ctx context.Context, name string) (registry.Permit, error) {
	list, err := p.permitsOf(ctx, name)
	if err != nil {
		return registry.Permit{}, err
	}
	return list[0], nil
}

// actOnPermit does what somebody does to a permit: "suspend A conditions heard
// 2025-08-25 2025-08-29 Нет отчёта." In place of "heard" with two days may stand
// "waived" or "unheard". "surrender A from 2025-10-01" gives the day,
// "correct-permit A worker=SAMPLE_WORKERS Описка." what is put right.
func (p *Player) actOnPermit(ctx context.Context, by party.Actor, act registry.Act, name string, rest []string) error {
	was, err := p.onePermit(ctx, name)
	if err != nil {
		return err
	}
	d := registry.Deed{Act: act}
	switch {
	case act == registry.Suspend || act == registry.Revoke:
		if rest, err = ground(&d, rest); err != nil {
			return err
		}
	case act == registry.Correct && len(rest) > 0:
		field, is, _ := strings.Cut(rest[0], "=")
		d.Changes = []registry.Change{{Field: registry.Field(field), Is: strings.ReplaceAll(is, "_", " ")}}
		rest = rest[1:]
	}
	if len(rest) > 1 && rest[0] == "from" {
		if d.On, err = calendar.ParseDate(rest[1]); err != nil {
			return err
		}
		rest = rest[2:]
	}
	d.Words = strings.Join(rest, " ")
	if act == registry.Surrender {
		_, err = p.office.SurrenderPermit(ctx, by, was.Number, d)
		return err
	}
	r, err := p.office.DraftOnPermit(ctx, by, was.Number, d)
	if err != nil || p.drafting {
		return err
	}
	return p.signRuling(ctx, by, r.ID, nil)
}

// ground reads the ground of an act and how the employer was heard.
func ground(d *registry.Deed, words []string) (rest []string, err error) {
	if len(words) < 2 {
		return nil, errors.New("it wants a ground, and whether the employer was heard")
	}
	d.Grounds = words[:1]
	switch words[1] {
	case "waived":
		d.Hearing.Waived = "Отказ от заслушивания от работодателя получен."
	case "unheard":
	case "heard":
		if len(words) < 4 {
			return nil, errors.New("heard wants the day of telling and that of hearing")
		}
		if d.Hearing.Told, err = calendar.ParseDate(words[2]); err != nil {
			return nil, err
		}
		if d.Hearing.On, err = calendar.ParseDate(words[3]); err != nil {
			return nil, err
		}
		d.Hearing.Protocol = "Представитель работодателя выслушан."
		return words[4:], nil
	default:
		return nil, fmt.Errorf("nobody knows how %q was heard", words[1])
	}
	return words[2:], nil
}

// permit says what a permit is today: "A suspended since 2025-09-10".
// chain says of which operations a permit came: "A issue extension until 2027-06-30".
// register says how many permits of the employer are in force: "register on
// 2025-09-10 in force 2", "register on 2025-09-10 known at 3 in force 3".
// entries says what the register has about a permit: "A issued suspended".
