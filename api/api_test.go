package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ruqsat/api"
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/partner"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// A client asks a service of a register with three permits: one in force, one that
// was revoked on 1 October 2025, one that begins in 2026.
type client struct {
	t      *testing.T
	office *office.Office
	server *httptest.Server
	secret string
	lang   string
}

func newClient(t *testing.T, db *store.DB) *client {
	o := &office.Office{DB: db, Now: func() time.Time { return time.Date(2025, 12, 1, 6, 0, 0, 0, time.UTC) }}
	err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error {
		for n, from := range []calendar.Date{calendar.DateOf(2025, 3, 1), calendar.DateOf(2025, 5, 1), calendar.DateOf(2026, 1, 10)} {
			p := registry.Permit{
				Number: registry.FormatNumber("27", int64(n+1)), Operation: law.Issue, Scheme: law.Regional, Employer: "940140000385",
				Name: lang.Same("ТОО «Қайрат Құрылыс»"), Region: "27", Category: law.III, WorkerRef: fmt.Sprint("W", n), Worker: "IVANOV IVAN",
				Citizenship: "CN", Position: lang.Same("сварщик"), NKZ: "7212", Issued: from.AddDays(-60), From: from, Until: from.PlusMonths(12).AddDays(-1),
			}
			kept, err := tx.AddPermit(ctx, p)
			if err != nil {
				return err
			}
			if n == 1 {
				if _, err := tx.AddEntry(ctx, kept, registry.Entry{Kind: registry.RevokedEntry, On: calendar.DateOf(2025, 10, 1)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(api.New(o, slog.New(slog.NewTextHandler(io.Discard, nil))).Handler())
	t.Cleanup(s.Close)
	c := &client{t: t, office: o, server: s, lang: "ru"}
	c.secret = c.token(600, partner.Check, partner.Figures)
	return c
}

var admin = party.Actor{Role: party.Admin, Account: "a"}

func (c *client) token(minute int, scopes ...partner.Scope) string {
	c.t.Helper()
	secret, err := c.office.IssueToken(c.t.Context(), admin, partner.Token{Name: "Банк", Scopes: scopes, Minute: minute, Expires: time.Now().Add(time.Hour)})
	if err != nil {
		c.t.Fatal(err)
	}
	return secret
}

// ask sends a question and returns the answer; a body makes it a POST.
func (c *client) ask(want int, path, body string, header ...string) (*http.Response, map[string]any) {
	c.t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequest(method, c.server.URL+api.Prefix+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", c.lang)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.secret != "" {
		r.Header.Set("Authorization", "Bearer "+c.secret)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if resp.StatusCode != want {
		c.t.Fatalf("%s %s answers %d, want %d: %s", method, path, resp.StatusCode, want, content)
	}
	if want >= 400 && !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/problem+json") {
		c.t.Errorf("%s: a problem comes as %s", path, resp.Header.Get("Content-Type"))
	}
	if bytes.Contains(content, []byte("IVANOV")) {
		c.t.Errorf("%s names the worker: %s", path, content)
	}
	var answer map[string]any
	if len(content) > 0 {
		if err := json.Unmarshal(content, &answer); err != nil {
			c.t.Fatalf("%s: %v: %s", path, err, content)
		}
	}
	return resp, answer
}

func TestManyPermitsAreCheckedAtOnceAsOfADay(t *testing.T) {
	t.Parallel()
	storetest.EachRehearsed(t, func(t *testing.T, db *store.DB) {
		c := newClient(t, db)
		const numbers = `"numbers": ["kz27 irs 0000 0001", "KZ27IRS00000002", "KZ27IRS00000003", "KZ27IRS00000099", "?"]`
		for day, want := range map[string]string{
			`"on": "2025-12-01", `: "in-force revoked not-yet unknown malformed",
			`"on": "2025-09-30", `: "in-force in-force unknown unknown malformed", // the third was not issued yet
			``:                     "in-force revoked not-yet unknown malformed",
		} {
			_, answer := c.ask(200, "/permits/check", "{"+day+numbers+"}")
			var got []string
			for _, x := range answer["permits"].([]any) {
				got = append(got, x.(map[string]any)["status"].(string))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("with %q the permits are %v, want %s", day, got, want)
			}
		}
	})
}

func TestWhatIsWrongIsSaidInTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	c := newClient(t, storetest.Open(t, storetest.Rehearsed(t)))
	many := `{"numbers": ["1"` + strings.Repeat(`,"1"`, 1000) + `]}`
	for _, x := range []struct {
		path, body string
		status     int
		at         string
		kk, ru, en string
	}{
		{"/permits/check", many, 422, "numbers", "жіберілгені: 1001", "прислано 1001", "1001 were sent"},
		{"/permits/check", `{"numbers": []}`, 422, "numbers", "жіберілгені: 0", "прислано 0", "0 were sent"},
		{"/permits/check", `{"on": "2025-12-02", "numbers": ["1"]}`, 422, "on", "2025", "2025", "2025"},
		{"/permits/check", `{"on": "1.12.2025", "numbers": ["1"]}`, 422, "on", "2025-12-01", "2025-12-01", "2025-12-01"},
		{"/permits/check", `{"numbers": `, 422, "", "JSON", "JSON", "JSON"},
		{"/permits/check", `{"numbers": "1"}`, 422, "", "JSON", "JSON", "JSON"},
		{"/permits/check", `{"numbers": ["` + strings.Repeat("x", 300<<10) + `"]}`, 413, "", "256", "256", "256"},
		{"/employers/123/in-force", "", 422, "bin", "", "", ""},
		{"/employers/940140000385/issued?year=2026", "", 422, "year", "2026: 1992", "2026: укажите", "2026: give"},
		{"/employers/940140000385/issued?year=x", "", 422, "year", "x: 1992", "x: укажите", "x: give"},
		{"/register/stats?as-of=2030-01-01", "", 422, "as-of", "2030", "2030", "2030"},
		{"/register/stats?region=99", "", 422, "region", "99", "99", "99"},
		{"/nothing", "", 404, "", "", "", ""},
	} {
		for tag, say := range map[string]string{"kk": x.kk, "ru-RU,ru;q=0.9": x.ru, "en": x.en} {
			c.lang = tag
			resp, answer := c.ask(x.status, x.path, x.body)
			if title, _ := answer["title"].(string); !strings.Contains(title, say) || title == "" {
				t.Errorf("%s in %s says %q, want %q in it", x.path, tag, title, say)
			}
			if x.at != "" && !strings.Contains(fmt.Sprint(answer["errors"]), "location:"+x.at) {
				t.Errorf("%s does not say where: %v, want %s", x.path, answer, x.at)
			}
			if got := resp.Header.Get("Content-Language"); got != tag[:2] {
				t.Errorf("the answer is in %q, asked was %q", got, tag)
			}
		}
	}
}

func TestATokenOpensWhatItWasIssuedForUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	storetest.EachRehearsed(t, func(t *testing.T, db *store.DB) {
		c := newClient(t, db)
		const check = `{"numbers": ["KZ27IRS00000001"]}`
		c.secret = c.token(60, partner.Check)
		c.ask(200, "/permits/check", check)
		c.ask(403, "/register/stats", "")
		list, err := c.office.Tokens(t.Context(), admin)
		if err != nil || len(list) != 2 {
			t.Fatalf("there are %d tokens (%v), want 2", len(list), err)
		}
		for _, x := range list {
			if strings.Contains(fmt.Sprint(x), c.secret) {
				t.Error("the secret is kept in the open")
			}
			if err := c.office.RevokeToken(t.Context(), admin, x.ID); err != nil {
				t.Fatal(err)
			}
		}
		resp, _ := c.ask(401, "/permits/check", check)
		if resp.Header.Get("WWW-Authenticate") == "" {
			t.Error("the answer does not say how to sign in")
		}
		c.secret = "ruqsat_guess"
		c.ask(401, "/permits/check", check)
		c.secret = ""
		c.ask(401, "/permits/check", check)
		c.ask(200, "/statistics", "")
	})
}

func TestWhoAsksTooOftenIsToldWhenToAskAgain(t *testing.T) {
	t.Parallel()
	c := newClient(t, storetest.Open(t, storetest.Rehearsed(t)))
	c.secret = c.token(2, partner.Figures)
	c.ask(200, "/register/stats", "")
	c.ask(200, "/register/stats", "")
	resp, _ := c.ask(429, "/register/stats", "")
	if after := resp.Header.Get("Retry-After"); after == "" || after == "0" {
		t.Errorf("Retry-After is %q", after)
	}
	c.secret = c.token(2, partner.Figures) // another partner is not held up
	c.ask(200, "/register/stats", "")
}

func TestFiguresAreThoseOfTheRegister(t *testing.T) {
	t.Parallel()
	storetest.EachRehearsed(t, func(t *testing.T, db *store.DB) {
		c := newClient(t, db)
		for path, want := range map[string]map[string]any{
			"/register/stats?as-of=2025-09-01":                  {"in_force": 2.0, "employers": 1.0, "as_of": "2025-09-01"},
			"/register/stats?as-of=2025-12-01&region=33":        {"in_force": 0.0},
			"/employers/940140000385/in-force?as-of=2025-09-01": {"in_force": 2.0},
			"/employers/940140000385/in-force":                  {"in_force": 1.0, "as_of": "2025-12-01"},
			"/employers/940140000385/issued?year=2025":          {"issued": 2.0, "as_of": "2025-12-01"},
			"/employers/950341000052/issued?year=2025":          {"issued": 0.0},
			"/employers/940140000385/in-force?as-of=2025-02-28": {"in_force": 0.0},
		} {
			_, answer := c.ask(200, path, "")
			for name, n := range want {
				if answer[name] != n {
					t.Errorf("%s: %s is %v, want %v", path, name, answer[name], n)
				}
			}
		}
		// One employer with a permit would be known by it: the public is not told.
		_, answer := c.ask(200, "/statistics?as-of=2025-12-01", "")
		if text := fmt.Sprint(answer); !strings.Contains(text, "hidden:true") {
			t.Errorf("small figures are not hidden: %s", text)
		}
	})
}

func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	c := newClient(t, storetest.Open(t, storetest.Rehearsed(t)))
	resp, _ := c.ask(200, "/register/stats", "")
	tag := resp.Header.Get("ETag")
	if tag == "" {
		t.Fatal("the answer has no ETag")
	}
	c.ask(304, "/register/stats", "", "If-None-Match", `"other", `+tag)
	c.ask(200, "/register/stats", "", "If-None-Match", `"other"`)
}

// The description says of each question what the page of programs does.
func TestTheServiceDescribesItself(t *testing.T) {
	t.Parallel()
	c := newClient(t, storetest.Open(t, storetest.Rehearsed(t)))
	c.secret = ""
	_, spec := c.ask(200, "/openapi.json", "")
	if version, _ := spec["openapi"].(string); !strings.HasPrefix(version, "3.1") {
		t.Errorf("the description is OpenAPI %q, want 3.1", version)
	}
	paths := spec["paths"].(map[string]any)
	if len(paths) != len(api.Operations) {
		t.Errorf("%d addresses are described, want %d", len(paths), len(api.Operations))
	}
	for _, x := range api.Operations {
		of, _ := paths[x.Path].(map[string]any)
		op, _ := of[strings.ToLower(x.Method)].(map[string]any)
		if op == nil {
			t.Errorf("%s %s is not described", x.Method, x.Path)
			continue
		}
		if _, locked := op["security"]; locked != (x.Scope != "") {
			t.Errorf("%s: whether a token is needed is described wrongly", x.Path)
		}
		for _, t2 := range lang.Tags {
			if said := lang.M("api." + x.Key).In(t2); strings.HasPrefix(said, "api.") {
				t.Errorf("%s has no words in %s", x.Key, t2)
			}
		}
	}
}
