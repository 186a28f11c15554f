package correspondence_test

import (
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
)

var (
	clerk    = party.Actor{Account: "clerk", Role: party.Clerk, Region: "33"}
	head     = party.Actor{Account: "head", Role: party.Head, Region: "33"}
	executor = party.Actor{Account: "executor", Role: party.Executor, Region: "33"}
)

func zhetysu(t *testing.T) calendar.Calendar {
	t.Helper()
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// Whatever is done, a request is on its way to a reply, and only the right person
// moves it.
func TestEveryOpenStateHasAWayOnAndEveryStepItsPeople(t *testing.T) {
	everybody := []party.Actor{
		clerk, head, executor,
		{Account: "other", Role: party.Executor, Region: "33"}, {Account: "stranger", Role: party.Head, Region: "27"},
		{Account: "employer", Role: party.Applicant, BIN: "190140071009"}, {Role: party.Ministry}, party.TheClock,
	}
	for _, st := range correspondence.States {
		f := correspondence.File{ID: "f", Region: "33", State: st, Executor: "executor", Version: 3}
		ways := 0
		for _, by := range everybody {
			ways += len(correspondence.Ways(f, by))
			for _, a := range correspondence.Acts {
				d := correspondence.Deed{Act: a, By: by, At: time.Date(2025, 9, 2, 10, 0, 0, 0, time.UTC)}
				next, event, err := correspondence.Perform(f, d, zhetysu(t))
				if err == nil && (next.Version != 4 || event.To != next.State || event.By.Account != by.Account) {
					t.Errorf("%s by %s in %s: version %d, event %+v", a, by.Account, st, next.Version, event)
				}
				if by.Region != "33" && err == nil {
					t.Errorf("%s may %s in %s", by.Account, a, st)
				}
				if by.Account == "other" && err == nil {
					t.Errorf("an executor it was not given to may %s in %s", a, st)
				}
			}
		}
		if ways == 0 {
			t.Errorf("nobody can do anything in %s", st)
		}
		if st.Open() == (correspondence.WaitsFor(f) == "") {
			t.Errorf("%s waits for %q", st, correspondence.WaitsFor(f))
		}
	}
}

func TestWhatWasDecidedOnAnOlderVersionIsRefused(t *testing.T) {
	f := correspondence.File{ID: "f", Region: "33", State: correspondence.Registered, Version: 2}
	_, _, err := correspondence.Perform(f, correspondence.Deed{Act: correspondence.Assign, By: head, Version: 1}, zhetysu(t))
	if !problem.IsKind(err, problem.Conflict) {
		t.Errorf("version 1 of a file at version 2: %v, want a conflict", err)
	}
	if _, _, err = correspondence.Perform(f, correspondence.Deed{Act: correspondence.Assign, By: head, Version: 2}, zhetysu(t)); err != nil {
		t.Errorf("version 2: %v", err)
	}
}

func TestATermIsProlongedWhileItRunsToAWorkingDayWithinTwoMonths(t *testing.T) {
	q := request(t)
	cal := zhetysu(t)
	end, err := correspondence.ReplyBy(q, cal)
	if err != nil {
		t.Fatal(err)
	}
	due := correspondence.Due{End: end}
	if got := due.Last().String(); got != "2025-09-18" {
		t.Fatalf("the reply is due on %s, want 2025-09-18", got)
	}
	inTime := calendar.DateOf(2025, 9, 10)
	for what, c := range map[string]struct {
		until      calendar.Date
		why, field string
		today      calendar.Date
	}{
		"no day":                        {calendar.Date{}, "Ждём.", "until", inTime},
		"the day it is due anyway":      {calendar.DateOf(2025, 9, 18), "Ждём.", "until", inTime},
		"a Saturday":                    {calendar.DateOf(2025, 9, 20), "Ждём.", "until", inTime},
		"a day two months and a bit on": {calendar.DateOf(2025, 11, 19), "Ждём.", "until", inTime},
		"no reasons":                    {calendar.DateOf(2025, 10, 2), "", "why", inTime},
		"a term that is over":           {calendar.DateOf(2025, 10, 2), "Ждём.", "until", calendar.DateOf(2025, 9, 19)},
	} {
		_, err := due.ProlongTo(c.until, c.why, c.today, cal)
		if e := problem.Of(err); e == nil || e.Fields[0].Name != c.field {
			t.Errorf("%s: %v, want an error at %s", what, err, c.field)
		}
	}
	longer, err := due.ProlongTo(calendar.DateOf(2025, 10, 2), "Запрошены сведения.", inTime, cal)
	if err != nil || longer.Last().String() != "2025-10-02" {
		t.Fatalf("prolonged to %s, %v", longer.Last(), err)
	}
	lines := longer.Explain()
	if last := lines[len(lines)-1].In(lang.RU); !strings.Contains(last, "2 октября 2025 года") || !strings.Contains(last, "Запрошены сведения.") {
		t.Errorf("the prolongation is not explained: %s", last)
	}
}

// The figures of a reply are counted from whatever the register has.
func TestAnotherRegisterGivesOtherFigures(t *testing.T) {
	q, permits := request(t), register(t)
	var fewer []registry.Permit
	for i, p := range permits {
		if i%2 == 0 {
			fewer = append(fewer, p)
		}
	}
	a := registry.Count(q.Question(), fewer)
	l := compose(t, q, fewer)
	if a.IssuedTotal == 45 || a.Total == 65 {
		t.Fatal("half of the register has as many permits as all of it")
	}
	for _, tag := range lang.Official {
		text := l.Text(tag)
		for _, gone := range []string{"45 ", "65 ", " 51 "} {
			if strings.Contains(text, gone) {
				t.Errorf("%s: %q stands in a reply that was counted from another register", tag, gone)
			}
		}
	}
	if err := l.Check(); err != nil {
		t.Errorf("the reply does not hold: %v", err)
	}
}

func TestAReplyTellsTheTopicsThatWereChosenAndNoOthers(t *testing.T) {
	for what, c := range map[string]struct {
		topics  []correspondence.Topic
		says    []string
		says0   []string
		figures int
	}{
		"only what is in force": {[]correspondence.Topic{correspondence.InForce},
			[]string{"работают 65 иностранных граждан (гражданство: Китай – 65).", "БИН 190140071009"}, []string{"выдано", "№ 279", "водитель"}, 2},
		"what was issued, by category": {[]correspondence.Topic{correspondence.Issued, correspondence.FlowByCategory},
			[]string{"выдано 45 разрешений сроком действия один год.", "Выданные в 2025 году разрешения по категориям:", "третья категория (специалисты): 9 разрешений"},
			[]string{"работают", "архитектор", "водитель"}, 6},
	} {
		q := request(t)
		q.Topics = c.topics
		l := compose(t, q, register(t))
		if err := l.Check(); err != nil {
			t.Errorf("%s: %v %+v", what, err, problem.Of(err).Fields)
		}
		text := l.Text(lang.RU)
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the reply does not say %q:\n%s", what, want, text)
			}
		}
		for _, not := range c.says0 {
			if strings.Contains(text, not) {
				t.Errorf("%s: the reply says %q", what, not)
			}
		}
		if len(l.Figures) != c.figures {
			t.Errorf("%s: %d figures, want %d", what, len(l.Figures), c.figures)
		}
	}
}

func TestTopicsThatMakeNoReplyAreRefused(t *testing.T) {
	for what, topics := range map[string][]correspondence.Topic{
		"no figure at all":              {correspondence.Basis},
		"positions of nothing":          {correspondence.InForce, correspondence.Positions},
		"categories of nothing":         {correspondence.Issued, correspondence.StockByCategory},
		"a topic that there is none of": {correspondence.Issued, "weather"},
	} {
		q := request(t)
		q.Topics = topics
		if e := problem.Of(q.Validate()); e == nil || e.Fields[0].Name != "topics" {
			t.Errorf("%s: %v, want an error at topics", what, e)
		}
	}
}

func TestOwnWordsStandInTheLetterAndAreHeldAgainstOneAnother(t *testing.T) {
	q := request(t)
	q.Free = []lang.Text{{KK: "Басқарма 2024 жылы 12 өтініш қарады.", RU: "Управление в 2024 году рассмотрело 12 заявлений."}}
	l := compose(t, q, register(t))
	if err := l.Check(); err != nil {
		t.Fatalf("both say the same: %v", err)
	}
	if !strings.Contains(l.Text(lang.KK), q.Free[0].KK) {
		t.Error("the paragraph is not in the letter")
	}
	q.Free[0].KK = strings.Replace(q.Free[0].KK, "12", "21", 1)
	e := problem.Of(compose(t, q, register(t)).Check())
	if e == nil || e.Fields[0].Name != "free.1" {
		t.Errorf("12 in one language and 21 in the other: %v, want an error at free.1", e)
	}
}

func TestThePublicReadsNoNamesOfPersonsAndTheEmployerOnlyWhereThatIsAllowed(t *testing.T) {
	q := request(t)
	q.Free = []lang.Text{{
		KK: "Портал «Мысал» Д. Ермековтен сұрады; ALACEM жұмыскері CHEN WEI туралы айтылмайды.",
		RU: "Портал «Мысал» спросил у Д. Ермекова; о работнике ALACEM CHEN WEI не сообщается.",
	}}
	l := compose(t, q, register(t))
	d := correspondence.Draft{Paper: l.Paper, Employer: l.Employer()}
	for naming, visible := range map[correspondence.Naming]bool{correspondence.Unnamed: false, correspondence.Named: true} {
		text, err := correspondence.Public(d, q, naming, []string{"CHEN WEI"})
		if err != nil {
			t.Fatalf("%s: %v", naming, err)
		}
		for _, half := range []string{text.KK, text.RU} {
			for _, secret := range []string{"CHEN", "Д. Ермеков", "8 (7282)", "Абдрахманов"} {
				if strings.Contains(half, secret) {
					t.Errorf("%s: the public reads %q", naming, secret)
				}
			}
			for _, name := range []string{"190140071009", "Алацем"} {
				if strings.Contains(half, name) != visible {
					t.Errorf("%s: the public reads %q: %t", naming, name, !visible)
				}
			}
			if !visible && strings.Contains(strings.ToLower(half), "alacem") {
				t.Errorf("the employer is named: %s", half)
			}
		}
	}
	q.Free[0] = lang.Text{KK: "ЖСН 990101600012", RU: "ИИН 990101600012"}
	l = compose(t, q, register(t))
	if _, err := correspondence.Public(correspondence.Draft{Paper: l.Paper, Employer: l.Employer()}, q, correspondence.Named, nil); err == nil {
		t.Error("the number of a person is published")
	}
}
