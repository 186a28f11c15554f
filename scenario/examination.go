package scenario

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/external"
	"ruqsat/external/standin"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// patience is how long a scenario waits for a register: it waits for none that is
// slow for long.
const patience = 200 * time.Millisecond

// registers opens the registers of other bodies: "registers up". They know the
// employer, and the vacancies of whom a scenario asks for.
func (p *Player) registers() error {
	if p.StandIn == nil {
		p.StandIn = &standin.Server{}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: p.StandIn.Handler(), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	p.closing = append(p.closing, server.Close)
	p.office.Registers, err = external.New(external.All("http://"+listener.Addr().String()), patience)
	p.StandIn.Put(examination.Entities, string(employer.BIN), Entity())
	return err
}

// Entity is the employer of every scenario as the register of legal entities has
// it.
func Entity() examination.Entity {
	return examination.Entity{BIN: employer.BIN, NameRU: employer.Name.RU, NameKK: employer.Name.KK, Active: true,
		Kind: party.Company, Size: party.Medium, Since: calendar.DateOf(1994, 1, 5)}
}

// tell tells a register of another body something: "register offences down", or "register
// offences has without-permit 2017-05-02", "register treasury has A 508256",
// "register vacancies has V-001 2025-08-20", "register persons has TR/T0000001
// kandas", "register entities has ended".
func (p *Player) tell(ctx context.Context, words []string) error {
	if p.StandIn == nil || len(words) < 2 {
		return errors.New(`register wants "registers up" before it, a register, and how it behaves or what it has`)
	}
	r := examination.Register(words[0])
	if words[1] != "has" {
		return p.StandIn.Behave(r, standin.Mode(words[1]))
	}
	return p.learn(ctx, r, words[2:])
}

func (p *Player) learn(ctx context.Context, r examination.Register, words []string) error {
	words = append(words, "", "")
	switch r {
	case examination.Offences:
		on, err := calendar.ParseDate(words[1])
		p.StandIn.Offend(employer.BIN, examination.Offence{Number: "1", Kind: words[0], On: on})
		return err
	case examination.Vacancies:
		on, err := calendar.ParseDate(words[1])
		p.StandIn.Put(r, words[0], examination.Vacancy{Code: words[0], BIN: employer.BIN, Posted: on})
		return err
	case examination.Treasury:
		var sum int64
		if _, err := fmt.Sscan(words[1], &sum); err != nil {
			return err
		}
		c, err := p.load(ctx, words[0])
		p.StandIn.Pay(employer.BIN, c.Number, sum, p.cal.Day(p.clock))
		return err
	case examination.Persons:
		country, passport, _ := strings.Cut(words[0], "/")
		p.StandIn.Put(r, examination.PersonKey(country, passport),
			examination.Person{Citizenship: country, Passport: passport, Surname: "SAMPLE", Given: "WORKER 1", Exempt: words[1]})
		return nil
	case examination.Entities:
		e := Entity()
		e.Active = words[0] != "ended"
		p.StandIn.Put(r, string(e.BIN), e)
		return nil
	}
	return fmt.Errorf("there is no register %q", r)
}

// looker is who may look at a case: the applicant while preparing it, then the
// executor.
func (p *Player) looker(c procedure.Case) party.Actor {
	if c.State == procedure.Preparing {
		return p.actors["applicant"]
	}
	return p.actors["executor"]
}

// finds says what a check finds: "check A finds ratio problem".
func (p *Player) finds(ctx context.Context, words []string) error {
	if len(words) != 5 || words[2] != "finds" {
		return errors.New("check wants a case, a line and an outcome: check A finds ratio problem")
	}
	c, err := p.load(ctx, words[1])
	if err != nil {
		return err
	}
	x, err := p.office.Examination(ctx, p.looker(c), c.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(x.Lines, func(l examination.Line) bool { return l.Key == words[3] })
	if i < 0 {
		return fmt.Errorf("the checklist of %s has no line %s", x.On, words[3])
	}
	if got := x.Lines[i].Outcome; got != examination.Outcome(words[4]) {
		return fmt.Errorf("check %s finds %s %s, want %s", words[1], words[3], got, words[4])
	}
	return nil
}

// decisions are those of an executor who finds in order whatever the examination
// does not find wrong, and leaves the rest open; but for lines named otherwise:
// "executor examine A ratio=problem", "… no-ban=ok because сверено по письму".
func (p *Player) decisions(ctx context.Context, by party.Actor, c procedure.Case, rest []string) ([]examination.Decision, error) {
	x, err := p.office.Examination(ctx, by, c.ID)
	if err != nil {
		return nil, err
	}
	named, why := rest, ""
	if i := slices.Index(rest, "because"); i >= 0 {
		named, why = rest[:i], strings.Join(rest[i+1:], " ")
	}
	var list []examination.Decision
	for _, l := range x.Lines {
		d := examination.Decision{Key: l.Key, Outcome: examination.OK}
		for _, n := range named {
			if key, o, ok := strings.Cut(n, "="); ok && key == l.Key {
				d.Outcome, d.Say = examination.Outcome(o), why
			}
		}
		open := l.Outcome == examination.Problem && !slices.ContainsFunc(named, func(n string) bool { return strings.HasPrefix(n, l.Key+"=") })
		if l.Outcome == examination.NotApplicable {
			d.Outcome = examination.NotApplicable
		}
		if !open {
			list = append(list, d)
		}
	}
	return list, nil
}

// look asks the registers, notes what was seen elsewhere, or has the treasury
// prove a payment: "executor ask A", "executor note A offences ok words", "applicant
// match A". It reports whether the verb is one of these.
func (p *Player) look(ctx context.Context, by party.Actor, verb string, c procedure.Case, rest []string) (bool, error) {
	switch verb {
	case "ask":
		return true, p.office.AskRegisters(ctx, by, c.ID)
	case "match":
		_, err := p.office.MatchPayment(ctx, by, c.ID)
		return true, err
	case "note":
		return true, p.note(ctx, by, c, rest)
	}
	return false, nil
}

func (p *Player) note(ctx context.Context, by party.Actor, c procedure.Case, rest []string) error {
	if len(rest) < 3 {
		return errors.New("note wants a register, ok or problem, and words")
	}
	x, err := p.office.Examination(ctx, by, c.ID)
	if err != nil {
		return err
	}
	s := examination.Sight{Result: examination.Outcome(rest[1]), Source: "письмо органа", On: p.cal.Day(p.clock), Words: strings.Join(rest[2:], " ")}
	for _, q := range x.Asked {
		if string(q.Register) == rest[0] {
			return p.office.NoteSeen(ctx, by, c.ID, q, s)
		}
	}
	return fmt.Errorf("nothing is asked of %s", rest[0])
}

// vacancy gives the next vacancy a code, and has the exchange know it for thirty
// days.
func (p *Player) vacancy(today calendar.Date) string {
	if _, posting := law.ConditionOn(law.VacancyDays, today); !posting {
		return ""
	}
	code := VacancyCode(p.people)
	if p.StandIn != nil {
		p.StandIn.Put(examination.Vacancies, code, examination.Vacancy{Code: code, BIN: employer.BIN, Position: "инженер-строитель", Posted: today.AddDays(-30)})
	}
	return code
}

// VacancyCode is the code of the n-th vacancy of the employer of every scenario.
func VacancyCode(n int) string { return fmt.Sprintf("V-%04d", n) }
