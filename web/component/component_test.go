package component

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"ruqsat/lang"
	"ruqsat/web/htmlcheck"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func want(t *testing.T, what, markup string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(markup, p) {
			t.Errorf("%s lacks %s:\n%s", what, p, markup)
		}
	}
}

var wrong = Page{Lang: lang.RU, Path: "/x", Title: "Проверка", Errors: []FieldError{{"bin", "Введите БИН: 12 цифр."}, {"", "Форма устарела."}}}

// fields are all kinds of questions, each named bin.
func fields(p Page) map[string]templ.Component {
	some := []Option{{Value: "a", Text: "А"}, {Value: "b c", Text: "Б", Hint: "подсказка", Further: TextInput(p, Field{Name: "more", Label: "Ещё"})}}
	return map[string]templ.Component{
		"TextInput":  TextInput(p, Field{Name: "bin", Label: "БИН", Hint: "12 цифр", Before: "№", After: "₸"}),
		"Textarea":   Textarea(p, Field{Name: "bin", Label: "БИН", Hint: "12 цифр", Most: 100}),
		"Select":     Select(p, Field{Name: "bin", Label: "БИН", Hint: "12 цифр", Options: some}),
		"Radios":     Radios(p, Choices{Name: "bin", Label: "БИН", Hint: "12 цифр", Options: some}),
		"Checkboxes": Checkboxes(p, Choices{Name: "bin", Label: "БИН", Hint: "12 цифр", Options: some}),
		"DateInput":  DateInput(p, DateField{Name: "bin", Label: "БИН", Hint: "12 цифр"}),
		"FileUpload": FileUpload(p, FileField{Name: "bin", Label: "БИН", Hint: "12 цифр", Most: 1 << 20}),
	}
}

func TestAQuestionIsTiedToItsHintAndItsError(t *testing.T) {
	t.Parallel()
	for name, c := range fields(wrong) {
		markup := render(t, c)
		want(t, name, markup, `id="bin"`, `id="bin-hint"`, `id="bin-error"`, `aria-describedby="bin-hint bin-error`, `govuk-form-group--error`)
		for _, fault := range htmlcheck.Part(markup) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func TestAQuestionAnsweredRightShowsNoError(t *testing.T) {
	t.Parallel()
	for name, c := range fields(Page{Lang: lang.KK}) {
		markup := render(t, c)
		if strings.Contains(markup, "error") || strings.Contains(markup, "invalid") {
			t.Errorf("%s shows an error nobody made:\n%s", name, markup)
		}
		for _, fault := range htmlcheck.Part(markup) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func TestTheErrorSummaryLeadsToTheFields(t *testing.T) {
	t.Parallel()
	markup := render(t, PublicLayout(wrong))
	want(t, "the page", markup, `<a href="#bin">Введите БИН: 12 цифр.</a>`, `Форма устарела.`, `role="alert"`, `Нужно исправить 2 ответа`, `<title>Ошибка: Проверка — рұқсат</title>`)
}

func TestWhatAReaderTypedStaysText(t *testing.T) {
	t.Parallel()
	const typed = `"><script>alert(1)</script>`
	p := Page{Lang: lang.EN, Path: "/a", Query: `q="><b>`, Title: typed, User: &User{Name: typed}, Sought: typed, Search: "/s", Errors: []FieldError{{"a", typed}}}
	for name, c := range map[string]templ.Component{
		"layout":   OfficeLayout(p),
		"input":    TextInput(p, Field{Name: "a", Label: typed, Hint: typed, Value: typed}),
		"textarea": Textarea(p, Field{Name: "a", Value: typed, Label: "a"}),
		"select":   Select(p, Field{Name: "a", Label: "a", Options: []Option{{Value: typed, Text: typed}}}),
		"table":    Table(p, Grid{Caption: typed, Columns: []Column{{Text: typed}}, Rows: [][]Cell{{{Text: typed, More: typed}}}}),
		"timeline": Timeline(p, []Event{{What: typed, Text: typed}}),
		"document": DocumentCard(p, Document{Name: typed, Href: "javascript:alert(1)"}),
		"summary":  SummaryList(p, []Row{{Key: typed, Value: typed, Change: "javascript:alert(1)"}}),
	} {
		markup := render(t, c)
		if strings.Contains(markup, "<script>") || strings.Contains(markup, "javascript:") {
			t.Errorf("%s lets through what was typed:\n%s", name, markup)
		}
	}
}

func TestAPasswordIsNeverSentBack(t *testing.T) {
	t.Parallel()
	if markup := render(t, TextInput(Page{}, Field{Name: "p", Label: "P", Kind: "password", Value: "secret"})); strings.Contains(markup, "secret") {
		t.Errorf("the password is in the page:\n%s", markup)
	}
}

func TestTheLanguageSwitchKeepsThePage(t *testing.T) {
	t.Parallel()
	p := Page{Lang: lang.KK, Path: "/desk", Query: "state=open&page=2"}
	for tag, href := range map[lang.Tag]string{lang.KK: "/kk/desk?state=open&page=2", lang.RU: "/ru/desk?state=open&page=2", lang.EN: "/en/desk?state=open&page=2"} {
		if got := p.In(tag); got != href {
			t.Errorf("the page in %s is at %s, want %s", tag, got, href)
		}
	}
}

func TestAnAddressGetsTheLanguageOnce(t *testing.T) {
	t.Parallel()
	p := Page{Lang: lang.RU}
	for path, href := range map[string]string{"/": "/ru", "/desk": "/ru/desk", "#bin": "#bin", "?page=2": "?page=2", "//evil.example": "//evil.example"} {
		if got := p.Href(path); got != href {
			t.Errorf("%s becomes %s, want %s", path, got, href)
		}
	}
}

func TestTheNearestPlaceIsCurrent(t *testing.T) {
	t.Parallel()
	links := []Link{{"a", "/"}, {"b", "/desk"}, {"c", "/desk/waiting"}}
	for path, want := range map[string]string{"/": "/", "/desk": "/desk", "/desk/cases/1": "/desk", "/desk/waiting": "/desk/waiting", "/deskless": ""} {
		p := Page{Path: path}
		i := slices.IndexFunc(links, func(l Link) bool { return p.current(l.Href, links) })
		got := ""
		if i >= 0 {
			got = links[i].Href
		}
		if got != want {
			t.Errorf("at %s the place %q is current, want %q", path, got, want)
		}
	}
}

func TestOfPlacesWithOnePathTheOneAskedForIsCurrent(t *testing.T) {
	t.Parallel()
	links := []Link{{"all", "/office"}, {"a", "/office?state=a"}, {"b", "/office?state=b"}}
	for query, want := range map[string]string{"": "all", "state=a": "a", "state=b": "b", "state=b&page=2": "all"} {
		p := Page{Path: "/office", Query: query}
		i := slices.IndexFunc(links, func(l Link) bool { return p.current(l.Href, links) })
		if i < 0 || links[i].Text != want {
			t.Errorf("at /office?%s the current link is number %d, want %q", query, i, want)
		}
	}
}

// Every number of days has a colour, and the colours follow each other without a
// gap as time runs out.
func TestTheBandsOfDaysTouch(t *testing.T) {
	t.Parallel()
	order := []Colour{Green, Amber, Red, Black}
	for _, bands := range []Days{{}, {Amber: 10, Red: 3}, {Amber: 30, Red: 5, Unit: InMinutes}} {
		at := 0
		for left := 60; left >= -60; left-- {
			d := bands
			d.Left = left
			next := slices.Index(order, d.Colour())
			if next < at || next > at+1 {
				t.Fatalf("%+v turns %s after %s", d, d.Colour(), order[at])
			}
			at = next
		}
		if at != 3 {
			t.Errorf("%+v never turns black", bands)
		}
	}
}

func TestDaysAreSaidWithTheRightWords(t *testing.T) {
	t.Parallel()
	for said, d := range map[string]Days{
		"осталось 5 рабочих дней":                {Left: 5},
		"остался 1 рабочий день":                 {Left: 1},
		"сегодня последний день":                 {},
		"просрочено на 2 рабочих дня":            {Left: -2},
		"приостановлено, осталось 3 рабочих дня": {Left: 3, Paused: true},
		"в срок":            {Left: 3, Done: true},
		"осталась 1 минута": {Left: 1, Unit: InMinutes},
		"меньше часа":       {Unit: InHours},
	} {
		if got := d.In(lang.RU); !strings.Contains(got, said) {
			t.Errorf("%+v says %q, want %q", d, got, said)
		}
	}
}

func TestALongListShowsThePagesAroundTheReader(t *testing.T) {
	t.Parallel()
	for at, want := range map[Pages][]int{
		{Page: 1, Of: 3}:   {1, 2, 3},
		{Page: 1, Of: 9}:   {1, 2, 0, 9},
		{Page: 5, Of: 9}:   {1, 0, 4, 5, 6, 0, 9},
		{Page: 9, Of: 9}:   {1, 0, 8, 9},
		{Page: 3, Of: 500}: {1, 2, 3, 4, 0, 500},
	} {
		if got := at.shown(); !slices.Equal(got, want) {
			t.Errorf("page %d of %d shows %v, want %v", at.Page, at.Of, got, want)
		}
	}
	if markup := render(t, Pagination(Page{Lang: lang.KK}, Pages{Page: 1, Of: 1})); markup != "" {
		t.Errorf("a list of one page leads to %s", markup)
	}
}

func TestAQuotaIsWhatIsLeft(t *testing.T) {
	t.Parallel()
	q := Quota{Name: "III", Allotted: 480, Used: 402, Held: 31}
	if q.Left() != 47 || q.share(120) != "25.00%" || (Quota{}).share(3) != "0%" {
		t.Errorf("left %d, share of 120 %s", q.Left(), q.share(120))
	}
	want(t, "the bar", render(t, QuotaBar(Page{Lang: lang.EN}, q)), `Left: <strong class="rq-number">47</strong>`, `Used: 402`, `Allotted: 480`)
}

func TestEveryPartIsSoundHTML(t *testing.T) {
	t.Parallel()
	p := Page{Lang: lang.KK, Path: "/desk"}
	days := Days{Left: 2}
	for name, c := range map[string]templ.Component{
		"IdentityBar": IdentityBar(p, Identity{Number: "1", State: "s", Days: &days, Facts: []Fact{{"a", "b"}}}),
		"StepsNav":    StepsNav(p, []Step{{Text: "a", State: StepDone}, {Text: "b", State: StepNow}, {Text: "c"}}),
		"TermExplain": TermExplain(p, Term{Title: "a", Until: "b", Days: &days, Strip: []StripDay{{Day: "1", Weekday: "дс", Kind: DayLast, Today: true}}, Lines: []string{"c"}, Cite: "d", Assumed: "e"}),
		"SignBox":     SignBox(p, Signing{Title: "a", Statement: "b", Documents: []Unsigned{{Document{Name: "c", Href: "/c"}, "f"}}, Action: "/d", Button: "e", Signers: []Signer{{"f", "g", "h"}}}),
		"FilterPanel": FilterPanel(p, Filter{Action: "/a", Clear: "/b", Chips: []Chip{{"c", "/d"}}, Found: "e"}),
		"TaskList":    TaskList(p, "t", []Task{{Title: "a", Hint: "b", Href: "/c", Status: "d", Colour: Blue}, {Title: "e", Status: "f"}}),
		"Tabs":        Tabs(p, "a", []Tab{{Text: "b", Href: "/c", Count: 1, Counted: true, Current: true}}),
		"Stats":       Stats(p, []Stat{{Number: "1", Label: "a", More: "b", Href: "/c", Colour: Red}}),
		"CheckList":   CheckList(p, "a", []Check{{What: "a", Cite: "b", Proof: "c", Result: "d", Act: &Act{Text: "e", Post: "/f"}}}),
		"Facing":      Facing(Text("a"), Text("b")),
		"Checkbox":    Checkbox("case", "1", "a"),
		"CheckAll":    CheckAll(p, "case"),
		"Notice":      NotificationBanner(p, Notice{Kind: NoticeError, Title: "a", Text: "b", Link: &Link{"c", "/d"}}),
	} {
		for _, fault := range htmlcheck.Part(render(t, c)) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}
