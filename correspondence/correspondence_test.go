package correspondence_test

import (
	"bufio"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

// request reads the request of testdata: what one employer was issued in 2025 and
// had in force on 1 September, and whether drivers were among them.
func request(t *testing.T) correspondence.Request {
	t.Helper()
	f, err := os.Open("testdata/zt-2025-02947312.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	q, err := correspondence.ReadRequest(f)
	if err != nil {
		t.Fatalf("read request: %v", err)
	}
	return q
}

// register reads the register of the demo; its workers are made up.
func register(t *testing.T) []registry.Permit {
	t.Helper()
	f, err := os.Open("../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	permits, err := registry.ReadCSV(f)
	if err != nil {
		t.Fatal(err)
	}
	return permits
}

func compose(t *testing.T, q correspondence.Request, permits []registry.Permit) correspondence.Letter {
	t.Helper()
	l, err := correspondence.Compose(q, registry.Count(q.Question(), permits), q.Office)
	if err != nil {
		t.Fatalf("compose: %v", err)
	}
	return l
}

// says returns the lines of a file of testdata that are no comment.
func says(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// The department's letter of 2025 has all these facts; the sentences are ours.
func TestTheReplySaysWhatTheDepartmentAnswered(t *testing.T) {
	l := compose(t, request(t), register(t))
	for tag, file := range map[lang.Tag]string{lang.RU: "says-ru.txt", lang.KK: "says-kk.txt"} {
		text := l.Text(tag)
		for _, want := range says(t, file) {
			if !strings.Contains(text, want) {
				t.Errorf("the %s text does not say %q", tag, want)
			}
		}
	}
	if err := l.Check(); err != nil {
		t.Errorf("the letter does not hold: %v", err)
	}
}

// figures returns each figure of a letter by what it tells.
func figures(l correspondence.Letter) map[string]int {
	all := map[string]int{}
	for _, f := range l.Figures {
		all[f.What.In(lang.EN)] = f.Permits
	}
	return all
}

func TestARowLessChangesTheFiguresItStandsBehindAndNoOther(t *testing.T) {
	q, permits := request(t), register(t)
	before := figures(compose(t, q, permits))
	question := q.Question()
	for i, p := range permits {
		l := compose(t, q, slices.Concat(permits[:i], permits[i+1:]))
		if err := l.Check(); err != nil {
			t.Errorf("without %s the letter does not hold: %v", p.Number, err)
		}
		want := maps.Clone(before)
		if question.Flow(p) {
			want["Permits issued in 2025 (as of 1 September 2025)"]--
		}
		if question.Stock(p) {
			stock := "Permits in force as of 1 September 2025"
			want[stock]--
			want[stock+", citizenship: China"]--
			category := stock + ", category: " + p.Category.In(lang.EN)
			if want[category]--; want[category] == 0 {
				delete(want, category) // a category with nobody in it is not listed
			}
		}
		if diff := cmp.Diff(want, figures(l)); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", p.Number, diff)
		}
	}
}

func TestEveryFigureNamesThePermitsBehindIt(t *testing.T) {
	byNumber := map[string]registry.Permit{}
	permits := register(t)
	for _, p := range permits {
		byNumber[p.Number] = p
	}
	q := request(t)
	for _, f := range compose(t, q, permits).Figures {
		if len(f.Numbers) != f.Permits {
			t.Errorf("%s: %d permits, %d numbers", f.What.In(lang.EN), f.Permits, len(f.Numbers))
		}
		for _, n := range f.Numbers {
			p := byNumber[n]
			if f.Kind == correspondence.Flow && p.Issued.Year != 2025 || f.Kind == correspondence.Stock && !p.InForce(q.AsOf) {
				t.Errorf("%s: %s does not belong there", f.What.In(lang.EN), n)
			}
		}
	}
}

func TestAnotherRegisterGivesAnotherLetter(t *testing.T) {
	permit := func(number, citizenship string, c law.Category, position lang.Text, from calendar.Date, months int) registry.Permit {
		return registry.Permit{
			Number: number, Employer: "190140071009", Category: c, Scheme: c.Scheme(), Citizenship: citizenship, WorkerRef: number,
			Name:     lang.Text{KK: "«Сынақ» ЖШС", RU: "ТОО «Сынақ»"},
			Position: position, Issued: from, From: from, Until: from.PlusMonths(months),
		}
	}
	driver := lang.Text{KK: "жүргізуші", RU: "Водитель"}
	cook := lang.Text{KK: "аспаз", RU: "повар"}
	permits := []registry.Permit{
		permit("A1", "UZ", law.IV, driver, calendar.DateOf(2025, 2, 3), 12),
		permit("A2", "CN", law.IV, cook, calendar.DateOf(2025, 3, 3), 5),
		permit("A3", "CN", law.IV, cook, calendar.DateOf(2025, 4, 3), 12),
		permit("A4", "CN", law.IV, cook, calendar.DateOf(2025, 10, 3), 12), // after the day asked about
		permit("A5", "CN", law.IV, driver, calendar.DateOf(2024, 10, 3), 12),
	}
	l := compose(t, request(t), permits)
	text := l.Text(lang.RU)
	for _, want := range []string{
		"работодателю – ТОО «Сынақ», БИН 190140071009 – выдано 3 разрешения. Должности: Водитель, повар. По срокам действия:",
		"– 5 месяцев: 1 разрешение;",
		"– один год: 2 разрешения.",
		"по четвёртой категории в 2025 году работодателю выдано 3 разрешения, в том числе на эту должность: 1.",
		"работают 3 иностранных гражданина (гражданство: Китай – 2, Узбекистан – 1)",
		"– четвёртая категория (квалифицированные рабочие): 3 разрешения.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if err := l.Check(); err != nil {
		t.Errorf("the letter does not hold: %v", err)
	}
}

func TestAnEmployerWithoutPermitsHasALetterToo(t *testing.T) {
	q := request(t)
	if _, err := correspondence.Compose(q, registry.Count(q.Question(), nil), q.Office); err == nil {
		t.Error("an employer nobody can name has a letter")
	}
	q.Employer.Name = lang.Text{KK: "«Жоқ» ЖШС", RU: "ТОО «Жоқ»"}
	l := compose(t, q, nil)
	for _, want := range []string{"разрешения не выдавались", "действующих разрешений на привлечение иностранной рабочей силы нет"} {
		if !strings.Contains(l.Text(lang.RU), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if err := l.Check(); err != nil {
		t.Errorf("the letter does not hold: %v", err)
	}
}

func TestOnePermitIsToldInTheSingular(t *testing.T) {
	permits := register(t)
	i := slices.IndexFunc(permits, func(p registry.Permit) bool { return p.Category == law.ICTHead })
	l := compose(t, request(t), permits[i:i+1])
	for _, want := range []string{
		"выдано 1 разрешение сроком действия один год на должность: заместитель руководителя.",
		"работает 1 иностранный гражданин (гражданство: Китай – 1)",
	} {
		if !strings.Contains(l.Text(lang.RU), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if err := l.Check(); err != nil {
		t.Errorf("the letter does not hold: %v", err)
	}
}

func TestEachActTheLetterRestsOnIsNamedInBothLanguages(t *testing.T) {
	l := compose(t, request(t), register(t))
	if len(l.Cites) == 0 {
		t.Fatal("the letter rests on nothing")
	}
	for _, cite := range l.Cites {
		act, ok := cite.Act()
		if !ok {
			t.Errorf("%s: no such act", cite)
			continue
		}
		for tag, want := range map[lang.Tag]string{
			lang.RU: "от " + act.On.In(lang.RU) + " № " + act.Number,
			lang.KK: act.On.In(lang.KK) + "дағы № " + act.Number,
		} {
			if !strings.Contains(l.Text(tag), want) {
				t.Errorf("%s: the %s text does not say %q", cite, tag, want)
			}
		}
	}
}

func TestTheLetterIsSetOnThePaperOfTheOffice(t *testing.T) {
	l := compose(t, request(t), register(t))
	if l.Paper.From.BIN != "220740008203" || l.Paper.Signatory.Name != "С. Әбдірахманов" || l.Paper.Executor.Phone == "" {
		t.Errorf("the letterhead is %+v, signed by %+v, prepared by %+v", l.Paper.From, l.Paper.Signatory, l.Paper.Executor)
	}
	for _, p := range l.Paper.Body {
		for _, tag := range lang.Official {
			if r, bad := document.Unprintable(p.Text.In(tag)); bad {
				t.Errorf("%q cannot be printed: %s", r, p.Text.In(tag))
			}
		}
	}
}

func TestAReplyIsDueInFifteenWorkingDays(t *testing.T) {
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	for received, want := range map[calendar.Date]calendar.Date{
		calendar.DateOf(2025, 8, 27): calendar.DateOf(2025, 9, 18), // Constitution Day, a Saturday, is shifted to 1 September
		calendar.DateOf(2025, 8, 23): calendar.DateOf(2025, 9, 16), // a Saturday: registered on Monday
	} {
		end, err := correspondence.ReplyBy(correspondence.Request{Received: received}, cal)
		if err != nil {
			t.Fatal(err)
		}
		if end.Last != want {
			t.Errorf("received on %s it is due on %s, want %s", received, end.Last, want)
		}
	}
	if _, err := correspondence.ReplyBy(correspondence.Request{Received: calendar.DateOf(2025, 8, 27)}, calendar.Calendar{}); err == nil {
		t.Error("a calendar of no office has an end")
	}
}
