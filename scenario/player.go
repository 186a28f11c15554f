// Package scenario plays the procedure from text that a lawyer can read, one
// sentence a line, on a real store. docs/scenarios.md tells the sentences.
//
// The demo is made of files of the same kind. Start at [Player.Play].
package scenario

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/external/standin"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/store"
)

// A Player plays scenarios on a store. Its clock stands where a scenario puts it.
type Player struct {
	// Base is the day from which "day" counts; zero where a scenario has none.
	Base time.Time
	// Beside has the files that stand beside a scenario; nil takes them from the
	// folder of the scenario.
	Beside fs.FS

	// StandIn is what the registers of other bodies are played by; made when a
	// scenario wants registers, if it is nil.
	StandIn *standin.Server

	office *office.Office
	signer *practice.Signer
	clock  time.Time

	region   string
	cal      calendar.Calendar
	cases    map[string]string      // id of each case by the name the scenario gives it
	requests map[string]string      // id of each request for information, by name
	name     string                 // of the scenario that is played
	files    map[string]string      // at its end, by name
	olds     map[string]string      // number of each permit of an old register by its name
	papers   map[string]string      // id of each complaint by its name
	actors   map[string]party.Actor // by word: clerk, executor, head, executor2, applicant

	drafting bool                                 // an act on a permit is drafted only
	imported int                                  // permits of old registers so far
	people   int                                  // who were asked for so far; no two are the same
	changes  []func(*procedure.Application) error // to the next application
	closing  []func() error
}

// New returns a player for an empty store. Its people sign with keys of signer.
func New(db *store.DB, files *store.Files, signer *practice.Signer) *Player {
	p := &Player{signer: signer, cases: map[string]string{}, requests: map[string]string{}, olds: map[string]string{}, papers: map[string]string{}, actors: map[string]party.Actor{}}
	p.office = &office.Office{
		DB: db, Files: files, Now: func() time.Time { return p.clock }, Verifier: signer.Verifier(), Address: "https://example.kz",
	}
	return p
}

// At says where the pages are to which the codes on papers lead.
func (p *Player) At(address string) { p.office.Address = address }

// A Failure is a line that did not come out as written.
type Failure struct {
	File string
	Line int
	Err  error
}

func (f Failure) Error() string { return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err) }

// Unwrap returns what went wrong.
func (f Failure) Unwrap() error { return f.Err }

// Play plays a scenario, and stops at the first line that does not come out.
func (p *Player) Play(ctx context.Context, name string, r io.Reader) error {
	defer p.hush()
	all, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	text, files := sections(string(all))
	p.name, p.files = name, files
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), " #")
		if text = strings.TrimSpace(text); text == "" || text[0] == '#' {
			continue
		}
		if err := p.line(ctx, text); err != nil {
			return Failure{name, n, err}
		}
	}
	return lines.Err()
}

// hush closes the registers a scenario has opened.
func (p *Player) hush() {
	for _, stop := range p.closing {
		_ = stop()
	}
	p.closing = nil
}

// line plays one line. After "!" stands what must be refused, after its colon the
// key of the message with which.
func (p *Player) line(ctx context.Context, text string) error {
	refused, bad := strings.CutPrefix(text, "! ")
	if !bad {
		return p.do(ctx, strings.Fields(text))
	}
	act, key, _ := strings.Cut(refused, " : ")
	err := p.do(ctx, strings.Fields(act))
	if err == nil {
		return fmt.Errorf("%s: done, though it must be refused", act)
	}
	if got := problem.Of(err); got.Say.Key != strings.TrimSpace(key) && !atField(got, strings.TrimSpace(key)) {
		return fmt.Errorf("%s: refused with %s, want %s (%w)", act, got.Say.Key, key, err)
	}
	return nil
}

// atField reports whether an error says a message at one of its fields.
func atField(e *problem.Error, key string) bool {
	return slices.ContainsFunc(e.Fields, func(f problem.Field) bool { return f.Say.Key == key })
}

func (p *Player) do(ctx context.Context, words []string) error {
	switch words[0] {
	case "office":
		return p.open(ctx, words[1:])
	case "now":
		return p.now(words[1:])
	case "day":
		return p.day(words[1:])
	case "clock":
		return p.tick(ctx)
	case "allot":
		return p.allot(ctx, words[1:])
	case "registers":
		return p.registers()
	case "register":
		if len(words) > 1 && words[1] == "on" { // ours, as of a day
			return p.expect(ctx, words)
		}
		return p.tell(ctx, words[1:])
	case "with":
		return p.with(words[1:])
	case "check":
		return p.finds(ctx, words)
	case "order":
		return p.order(ctx, words[1:])
	case "letterhead":
		return p.letterhead(ctx, words[1:])
	case "import":
		return p.take(ctx, words[1:])
	case "admin":
		return p.admin(ctx, words[1:])
	case "old":
		return p.old(ctx, words[1:])
	case "runs", "case", "quota", "orders", "permits", "permit", "acts", "consents", "papers", "entries", "chain", "complaint", "late", "still", "moved":
		return p.expect(ctx, words)
	case "request", "answer", "journal", "letter", "published":
		return p.expectLetter(ctx, words)
	}
	who, ok := p.who(words[0])
	if !ok || len(words) < 3 {
		return fmt.Errorf("nobody knows what %q means", strings.Join(words, " "))
	}
	return p.act(ctx, who, words[1], words[2], words[3:])
}

// who returns who a word names: "head", or "head-27" for the head of the department
// of another region.
func (p *Player) who(word string) (party.Actor, bool) {
	if region, other := strings.CutPrefix(word, "head-"); other {
		return party.Actor{Account: word, Role: party.Head, Region: region, Name: party.Name{Surname: "Соседов", Given: "Б"}}, true
	}
	who, ok := p.actors[word]
	return who, ok
}

// open sets the department up whose cases are played, with its people.
func (p *Player) open(ctx context.Context, words []string) (err error) {
	if len(words) != 1 {
		return errors.New("office wants the number of a region")
	}
	p.region = words[0]
	if p.cal, err = p.office.CalendarFor(p.region); err != nil {
		return err
	}
	for i, who := range []struct {
		word    string
		role    party.Role
		surname string
	}{
		{"clerk", party.Clerk, "Сапарова"}, {"executor", party.Executor, "Ермеков"}, {"executor2", party.Executor, "Жунусова"},
		{"head", party.Head, "Абдрахманов"},
	} {
		iin, ok := party.Complete(fmt.Sprintf("9901016%04d", i+1))
		if !ok {
			return fmt.Errorf("no number for %s", who.word)
		}
		a := party.Account{
			IIN: party.IIN(iin),
			ID:  p.region + "-" + who.word, Login: fmt.Sprintf("%s-%s", p.region, who.word), Role: who.role, Region: p.region,
			Name: party.Name{Surname: who.surname, Given: string([]rune("АБВГ")[i])}, Active: true,
		}
		if a, err = p.keep(ctx, a); err != nil {
			return err
		}
		p.actors[who.word] = a.Actor()
	}
	p.actors["ministry"] = party.Actor{Account: "ministry", Role: party.Ministry}
	p.actors["applicant"] = party.Actor{Account: "applicant", Role: party.Applicant, BIN: employer.BIN, Name: employer.Head}
	return nil
}

// keep returns the account of an id, which it adds unless it is there.
func (p *Player) keep(ctx context.Context, a party.Account) (party.Account, error) {
	there, err := p.office.Account(ctx, a.ID)
	if err != nil || there.ID != "" {
		return there, err
	}
	return a, p.office.AddAccount(ctx, a, "scenario password")
}

// day sets the clock to a time of the working day that many before the base.
func (p *Player) day(words []string) error {
	var n int
	if _, err := fmt.Sscanf(strings.Join(words, " "), "-%d", &n); err != nil || len(words) != 2 {
		return errors.New("day wants a number of working days before, and a time: day -3 10:00")
	}
	d := p.cal.Day(p.Base)
	for n > 0 {
		d = d.AddDays(-1)
		ok, err := p.cal.Working(d)
		if err != nil {
			return err
		}
		if ok {
			n--
		}
	}
	return p.now([]string{d.String(), words[1]})
}

// now sets the clock: a day and a time of the department's zone, with the day of
// the week before it if the writer likes.
func (p *Player) now(words []string) error {
	if len(words) == 3 {
		words = words[1:]
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(words, " "), p.cal.Zone())
	if err != nil {
		return err
	}
	if t.Before(p.clock) {
		return fmt.Errorf("the clock does not go back from %s to %s", p.clock.Format("2006-01-02 15:04"), strings.Join(words, " "))
	}
	p.clock = t
	return nil
}

// tick does what happens by itself up to now.
func (p *Player) tick(ctx context.Context) error {
	_, tick := p.office.Tick(ctx)
	_, expire := p.office.ExpireAll(ctx)
	return errors.Join(tick, expire)
}

// load returns the case a scenario calls name.
func (p *Player) load(ctx context.Context, name string) (procedure.Case, error) {
	id, ok := p.cases[name]
	if !ok {
		return procedure.Case{}, fmt.Errorf("no case %s", name)
	}
	var c procedure.Case
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		c, err = tx.Case(ctx, id)
		return err
	})
	return c, err
}
