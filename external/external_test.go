package external_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/external"
	"ruqsat/external/standin"
	"ruqsat/party"
)

const bin party.BIN = "940140000385"

var offences = examination.Question{Register: examination.Offences, Subject: string(bin)}

func client(t *testing.T, address string) *external.Client {
	t.Helper()
	c, err := external.New(external.All(address), 200*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestARegisterThatFailsIsDownWithTheReason(t *testing.T) {
	s := &standin.Server{}
	c := client(t, serve(t, s.Handler()))
	for m, want := range map[standin.Mode]examination.Answer{
		standin.Up:    {Status: examination.None},
		standin.Slow:  {Status: examination.Down, Why: external.Slow},
		standin.Wrong: {Status: examination.Down, Why: external.Wrong},
		standin.Down:  {Status: examination.Down, Why: external.Closed},
	} {
		if err := s.Behave(examination.Offences, m); err != nil {
			t.Fatal(err)
		}
		if a := c.Ask(t.Context(), offences, party.TheClock, time.Now()); a.Status != want.Status || a.Why != want.Why {
			t.Errorf("a register that is %s answers %s, %q; want %s, %q", m, a.Status, a.Why, want.Status, want.Why)
		}
	}
}

func TestWhatARegisterKnowsComesAsItIs(t *testing.T) {
	s := &standin.Server{}
	c := client(t, serve(t, s.Handler()))
	on := calendar.DateOf(2025, 6, 2)
	s.Offend(bin, examination.Offence{Number: "7", Kind: "without-permit", On: on})
	s.Pay(bin, "33-2025-000001", 508256, on)
	s.Put(examination.Entities, string(bin), examination.Entity{BIN: bin, NameRU: "ТОО «Үлгі»", Active: true})
	s.Put(examination.Persons, "TR T1", examination.Person{Citizenship: "TR", Passport: "t 1"})
	s.Put(examination.Vacancies, "V-1", examination.Vacancy{Code: "V-1", BIN: bin, Posted: on})
	questions := []examination.Question{
		offences, {Register: examination.Treasury, Subject: examination.PaymentSubject(bin, "33-2025-000001")},
		{Register: examination.Entities, Subject: string(bin)}, {Register: examination.Persons, Subject: "TR T1"},
		{Register: examination.Vacancies, Subject: "V-1"},
	}
	answers := c.AskAll(t.Context(), questions, party.TheClock, time.Now())
	for i, a := range answers {
		if a.Question != questions[i] || a.Status != examination.Found {
			t.Errorf("%v is answered %v: %s %s", questions[i], a.Question, a.Status, a.Why)
		}
	}
	if p, ok := examination.Read[examination.Payments](answers[1]); !ok || len(p.Payments) != 1 || p.Payments[0].Sum != 508256 {
		t.Errorf("the payment came as %s", answers[1].Reply)
	}
}

// What another server may send, whatever it is, is an answer that is wrong.
func TestAnAnswerThatIsNoneIsWrong(t *testing.T) {
	record := `{"subject": "940140000385", "found": true, "record": {"bin": "940140000385", "offences": []}}`
	for what, c := range map[string]struct {
		media, body string
		status      int
		want        string
	}{
		"right":            {"application/json; charset=utf-8", record, 200, ""},
		"no JSON":          {"text/html", "<h1>Login</h1>", 200, external.Wrong},
		"JSON as text":     {"text/plain", record, 200, external.Wrong},
		"cut off":          {"application/json", record[:40], 200, external.Wrong},
		"another subject":  {"application/json", strings.Replace(record, `"940140000385", "found"`, `"950341000052", "found"`, 1), 200, external.Wrong},
		"another record":   {"application/json", strings.Replace(record, `{"bin": "940140000385"`, `{"bin": "950341000052"`, 1), 200, external.Wrong},
		"not said whether": {"application/json", `{"subject": "940140000385"}`, 200, external.Wrong},
		"too much":         {"application/json", record + strings.Repeat(" ", external.MaxReply), 200, external.Wrong},
		"forbidden":        {"application/json", record, 403, external.Wrong},
		"too often":        {"application/json", record, 429, external.Closed},
		"elsewhere":        {"application/json", record, 302, external.Wrong},
	} {
		address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("User-Agent") != external.Agent || r.URL.Path != "/api/offences" || r.Method != http.MethodPost {
				t.Errorf("asked by %s %s as %q", r.Method, r.URL.Path, r.Header.Get("User-Agent"))
			}
			w.Header().Set("Content-Type", c.media)
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		a := client(t, address+"/api").Ask(t.Context(), offences, party.TheClock, time.Now())
		if a.Why != c.want || (a.Status == examination.Found) != (c.want == "") {
			t.Errorf("%s: %s %q, want %q", what, a.Status, a.Why, c.want)
		}
	}
}

func TestARegisterWithoutAnAddressIsDown(t *testing.T) {
	var none *external.Client
	if a := none.Ask(context.Background(), offences, party.TheClock, time.Now()); a.Status != examination.Down || a.Why != external.Unnamed {
		t.Errorf("%s, %q", a.Status, a.Why)
	}
	for _, address := range []string{"", "registers.example", "ftp://registers.example", "https://name:word@registers.example", "file:///etc"} {
		if _, err := external.New(external.All(address), 0); err == nil {
			t.Errorf("%q is taken for an address", address)
		}
	}
}
