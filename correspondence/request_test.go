package correspondence_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/registry"
)

func file(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/zt-2025-02947312.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestARequestThatCannotBeReadSaysWhere(t *testing.T) {
	good := file(t)
	for what, c := range map[string]struct{ old, new, field, key string }{
		"a number of seven digits":         {"ЗТ-2025-02947312", "ЗТ-2025-0294731", "number", "correspondence.bad-number"},
		"a number of another year":         {"ЗТ-2025-", "ЗТ-2023-", "number", "correspondence.other-year"},
		"a day there is none of":           {`"received": "2025-08-27"`, `"received": "2025-08-32"`, "received", "correspondence.bad-day"},
		"no day as of which":               {`"as_of": "2025-09-01"`, `"as_of": ""`, "as_of", "correspondence.bad-day"},
		"arrival before the day of it":     {`"received": "2025-08-27"`, `"received": "2025-08-26"`, "received", "correspondence.received-before"},
		"a language that is not official":  {`"language": "ru"`, `"language": "en"`, "language", "correspondence.bad-language"},
		"a wrong check digit":              {"190140071009", "190140071000", "employer.bin", "correspondence.bad-bin"},
		"a year after the day asked about": {`"year": 2025`, `"year": 2026`, "year", "correspondence.bad-year"},
		"a category there is none of":      {`"category": "IV"`, `"category": "V"`, "asked.1.category", "correspondence.bad-category"},
		"a position in one language":       {`"kk": "жүргізуші"`, `"kk": " "`, "asked.1.position", "correspondence.missing"},
		"a name nobody can print":          {"портал «Мысал»", "портал 🎉", "from.name", "correspondence.unprintable"},
	} {
		spoilt := strings.Replace(good, c.old, c.new, 1)
		if spoilt == good {
			t.Fatalf("%s: the request has no %q", what, c.old)
		}
		_, err := correspondence.ReadRequest(strings.NewReader(spoilt))
		e := problem.Of(err)
		if e == nil || !slices.ContainsFunc(e.Fields, func(f problem.Field) bool { return f.Name == c.field && f.Say.Key == c.key }) {
			t.Errorf("%s: %v, want %s at %s", what, e, c.key, c.field)
		}
	}
}

func TestARequestIsReadStrictly(t *testing.T) {
	good := file(t)
	for what, spoilt := range map[string]string{
		"nothing":                "",
		"a field nobody knows":   strings.Replace(good, `"year"`, `"yaer"`, 1),
		"a field twice":          strings.Replace(good, `"year": 2025`, `"year": 2024, "Year": 2025`, 1),
		"something after it":     good + "{}",
		"a list":                 "[" + good + "]",
		"bytes that are no text": strings.Replace(good, "водитель", "\xff", 1),
		"half of it":             good[:len(good)/2],
		"a number for a text":    strings.Replace(good, `"ru": "водитель"`, `"ru": 5`, 1),
	} {
		_, err := correspondence.ReadRequest(strings.NewReader(spoilt))
		if e := problem.Of(err); e == nil || e.Say.Key != "correspondence.not-json" {
			t.Errorf("%s: %v", what, err)
		}
	}
	long := strings.Replace(good, "водитель", strings.Repeat("я", 1<<16), 1)
	if _, err := correspondence.ReadRequest(strings.NewReader(long)); !problem.IsKind(err, problem.TooLarge) {
		t.Errorf("64 KB and more are read: %v", err)
	}
	if _, err := correspondence.ReadRequest(strings.NewReader("\ufeff" + good)); err != nil {
		t.Errorf("a byte order mark is not passed over: %v", err)
	}
}

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	const want = "ЗТ-2025-02947312"
	for _, s := range []string{want, " зт-2025-02947312 ", "№ ЗТ-2025-02947312", "ЗT–2025–02947312", "3Т-2025-02947312"} {
		if got, err := correspondence.ParseNumber(s); err != nil || got != want {
			t.Errorf("%q is read as %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "ЗТ", "АБ-2025-02947312", "ЗТ-2025-2947312", "ЗТ-1999-02947312", "ЗТ-2025-02947312-1"} {
		if got, err := correspondence.ParseNumber(s); err == nil {
			t.Errorf("%q is read as %q", s, got)
		}
	}
}

func TestWhatIsLackingOnThePaperIsNamed(t *testing.T) {
	q := request(t)
	a := registry.Count(q.Question(), register(t))
	office := q.Office
	office.Signatory.Name, office.Letterhead.Address.KK = "", ""
	_, err := correspondence.Compose(q, a, office)
	e := problem.Of(err)
	if e == nil || len(e.Fields) != 2 {
		t.Fatalf("%v, want two fields", err)
	}
	if e.Fields[0].Name != "office.letterhead.address" || e.Fields[1].Name != "office.signatory.name" {
		t.Errorf("it names %+v", e.Fields)
	}
}

func TestALetterAnswersItsOwnRequestUnderTheRulesItQuotes(t *testing.T) {
	q := request(t)
	a := registry.Count(q.Question(), register(t))
	a.Year = 2024
	if _, err := correspondence.Compose(q, a, q.Office); err == nil || problem.Of(err).Say.Key != "correspondence.other-question" {
		t.Errorf("the answer to another question is taken: %v", err)
	}
	q.Number, q.Dated, q.Received = "ЗТ-2022-02947312", q.Dated.AddMonths(-36), q.Received.AddMonths(-36)
	if _, err := correspondence.Compose(q, registry.Count(q.Question(), nil), q.Office); err == nil || problem.Of(err).Say.Key != "correspondence.no-rules" {
		t.Errorf("a request of 2022 is answered under the rules of 2023: %v", err)
	}
}

func FuzzReadRequest(f *testing.F) {
	good := file(f)
	f.Add(good)
	f.Add(`{"number":"ЗТ-2025-02947312","asked":[{}]}`)
	f.Add("[[[[{")
	f.Fuzz(func(t *testing.T, s string) {
		q, err := correspondence.ReadRequest(strings.NewReader(s))
		if err != nil {
			problem.Of(err).Say.In(lang.KK)
			return
		}
		if err := q.Validate(); err != nil {
			t.Errorf("read, and then not valid: %v", err)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	f.Add("ЗТ-2025-02947312")
	f.Add("№ жт–2024–00000001")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := correspondence.ParseNumber(s)
		if err != nil {
			return
		}
		if again, err := correspondence.ParseNumber(string(n)); err != nil || again != n || n.Year() < 2000 {
			t.Errorf("%q is read as %q, and that as %q, %v", s, n, again, err)
		}
	})
}
