package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/demo"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/quota"
	"ruqsat/signature/emulator"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
	"ruqsat/web"
	"ruqsat/web/htmlcheck"
)

// A town is a running site with a department of 2017, and a clock that the test
// moves.
type town struct {
	*testing.T
	url    string
	office *office.Office
	signer *practice.Signer
	clock  time.Time
	// program stands in for NCALayer.
	program *emulator.NCALayer
	site    *web.Site
}

// open opens a department in West Kazakhstan on Monday 3 July 2017 at ten.
func open(t *testing.T) *town {
	t.Helper()
	db := storetest.Open(t, storetest.Rehearsed(t))
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	cal, err := law.CalendarFor("27")
	if err != nil {
		t.Fatal(err)
	}
	w := &town{T: t, clock: time.Date(2017, 7, 3, 10, 0, 0, 0, cal.Zone())}
	if w.signer, err = practice.New(w.clock); err != nil {
		t.Fatal(err)
	}
	w.office = &office.Office{
		DB: db, Files: files, Now: func() time.Time { return w.clock }, Verifier: w.signer.Verifier(), Address: "https://example.kz",
	}
	w.people()
	w.program = &emulator.NCALayer{Signer: w.signer, Now: w.office.Now}
	program := httptest.NewServer(w.program)
	t.Cleanup(program.Close)
	w.site = &web.Site{Office: w.office, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Training: w.signer}
	w.site.NCALayer = "ws" + strings.TrimPrefix(program.URL, "http")
	server := httptest.NewServer(w.site.Handler())
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

func (w *town) people() {
	for _, a := range []party.Account{
		{ID: "clerk", Login: "clerk", Role: party.Clerk, Region: "27"}, {ID: "executor", Login: "executor", Role: party.Executor, Region: "27"},
		{ID: "head", Login: "head", Role: party.Head, Region: "27", IIN: "990404500043"}, {ID: "stranger", Login: "stranger", Role: party.Head, Region: "33"},
		{ID: "employer", Login: "940140000385", Role: party.Applicant, BIN: "940140000385"},
		{ID: "rival", Login: "950341000052", Role: party.Applicant, BIN: "950341000052"},
	} {
		a.Active, a.Name = true, party.Name{Surname: "Сынақов", Given: a.ID}
		if err := w.office.AddAccount(w.Context(), a, "password 2017"); err != nil {
			w.Fatal(err)
		}
	}
	l, _ := quota.LineOf(2017, "27", law.III)
	if err := w.office.Allot(context.Background(), party.Actor{Role: party.Ministry}, l, 5, "Order 274 of 2023-06-30"); err != nil {
		w.Fatal(err)
	}
}

// A visitor is somebody with a browser.
type visitor struct {
	*town
	client *http.Client
	lang   string
}

func (w *town) visitor(lang string) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.Fatal(err)
	}
	return &visitor{w, &http.Client{Jar: jar}, lang}
}

// signedIn is a visitor who has signed in.
func (w *town) signedIn(login, lang string) *visitor {
	w.Helper()
	v := w.visitor(lang)
	v.post(http.StatusOK, "/sign-in", url.Values{"login": {login}, "password": {"password 2017"}})
	return v
}

// answer is a page as it came, and where it came from in the end.
type answer struct{ body, path string }

func (v *visitor) read(want int, resp *http.Response, err error) answer {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	if resp.StatusCode != want {
		v.Fatalf("%s %s: status %d, want %d\n%s", resp.Request.Method, resp.Request.URL.Path, resp.StatusCode, want, excerpt(string(b)))
	}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		for _, wrong := range htmlcheck.Page(string(b)) {
			v.Errorf("%s: %s", resp.Request.URL.Path, wrong)
		}
	}
	return answer{string(b), strings.TrimPrefix(resp.Request.URL.Path, "/"+v.lang)}
}

var tag = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>|\s+`)

// excerpt is enough of a page to tell what went wrong.
func excerpt(html string) string {
	words := []rune(strings.TrimSpace(text(html)))
	return string(words[:min(len(words), 1500)])
}

func text(html string) string { return tag.ReplaceAllString(html, " ") }

func (v *visitor) get(want int, path string) answer {
	v.Helper()
	resp, err := v.client.Get(v.url + "/" + v.lang + path)
	return v.read(want, resp, err)
}

func (v *visitor) post(want int, path string, form url.Values) answer {
	v.Helper()
	resp, err := v.client.PostForm(v.url+"/"+v.lang+path, form)
	return v.read(want, resp, err)
}

// send posts a form with files.
func (v *visitor) send(want int, path string, form url.Values, files map[string][]byte) answer {
	v.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range form {
		_ = m.WriteField(name, values[0])
	}
	for name, content := range files {
		part, err := m.CreateFormFile(name, name+".pdf")
		if err != nil {
			v.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	if err := m.Close(); err != nil {
		v.Fatal(err)
	}
	resp, err := v.client.Post(v.url+"/"+v.lang+path, m.FormDataContentType(), &body)
	return v.read(want, resp, err)
}

var pdf = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n%%EOF\n")

// day2017 is the day on which everything is filed.
var day2017 = calendar.DateOf(2017, 7, 3)

var employerForm = url.Values{
	"name_kk": {"«Үлгі» ЖШС"}, "name_ru": {"ТОО «Үлгі»"}, "address": {"г. Уральск, ул. Примерная, 1"}, "phone": {"8 7112 000000"},
	"email": {"office@example.kz"}, "section": {"F"},
}

var workerForm = url.Values{
	"surname": {"SAMPLE"}, "given": {"WORKER"}, "surname_cyr": {"Сэмпл"}, "given_cyr": {"Уоркер"}, "born-day": {"5"}, "born-month": {"6"},
	"born-year": {"1980"}, "citizenship": {"TR"}, "passport": {"T0000001"}, "passport_until-day": {"1"}, "passport_until-month": {"2"},
	"passport_until-year": {"2020"}, "category": {"III"}, "position_ru": {"инженер-строитель"}, "position_kk": {"инженер-құрылысшы"},
	"education": {"высшее"}, "experience": {"7"},
}

var termsForm = url.Values{
	"months": {"12"}, "from-day": {"1"}, "from-month": {"8"}, "from-year": {"2017"}, "reason": {"Монтаж оборудования."},
}

// fill fills an application in, part by part, and returns its path.
func (v *visitor) fill() string {
	v.Helper()
	at := v.post(http.StatusOK, "/cabinet/new", url.Values{"region": {"27"}, "scheme": {"regional"}}).path
	v.post(http.StatusOK, at+"/employer", employerForm)
	v.post(http.StatusOK, at+"/workers", workerForm)
	v.post(http.StatusOK, at+"/terms", termsForm)
	v.post(http.StatusOK, at+"/content", url.Values{"leaders_kz": {"10"}, "leaders_foreign": {"1"}, "others_kz": {"90"}, "others_foreign": {"3"}})
	files := map[string][]byte{}
	for _, d := range law.DocumentsFor(law.Issue, law.Regional, day2017) {
		files["file-"+d.Key] = pdf
	}
	v.send(http.StatusOK, at+"/documents", nil, files)
	return at
}

// sign reads what an act is to be signed over, and signs it with the visitor's own
// training key.
func (v *visitor) sign(path, act string) answer {
	v.Helper()
	v.post(http.StatusOK, path+"/to-sign", nil)
	return v.post(http.StatusOK, path+"/"+act, url.Values{"signer": {"own"}})
}

// The whole of WKO 142/2017 ¶ 10: from the applicant's registration to the permit
// that anybody can check.
func TestAnApplicationGoesThroughThePortalToAPermit(t *testing.T) {
	for _, lang := range []string{"ru", "kk", "en"} {
		t.Run(lang, func(t *testing.T) {
			w := open(t)
			employer := w.signedIn("940140000385", lang)
			at := employer.fill()
			page := employer.sign("/cases/"+strings.TrimPrefix(at, "/cabinet/"), "submit")
			w.decide(page.path, lang, func() {
				employer.send(http.StatusOK, page.path+"/prove-payment",
					url.Values{"paid_on-day": {"4"}, "paid_on-month": {"7"}, "paid_on-year": {"2017"}, "sum": {"508256"}},
					map[string][]byte{"file-payment": pdf})
			})
			w.signedIn("executor", lang).post(http.StatusOK, page.path+"/hand-over", nil)
			if got := w.visitor(lang).get(http.StatusOK, "/verify?number=KZ27IRS00000001").body; !strings.Contains(got, "940140000385") {
				t.Errorf("the permit is not found by its number: %s", text(got))
			}
		})
	}
}

// decide takes a case that was handed in to a permit that is issued. pay is done
// when the applicant was notified, a day later.
func (w *town) decide(path, lang string, pay func()) {
	w.Helper()
	clerk, head, executor := w.signedIn("clerk", lang), w.signedIn("head", lang), w.signedIn("executor", lang)
	if strings.Contains(clerk.get(http.StatusOK, path).body, path+"/register") {
		clerk.post(http.StatusOK, path+"/register", nil)
	}
	head.post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}, "resolution": {"к исполнению"}})
	executor.post(http.StatusOK, path+"/examine", url.Values{"checks": {"complete"}})
	executor.post(http.StatusOK, path+"/draft", url.Values{"verdict": {"grant"}})
	head.sign(path, "sign")
	executor.post(http.StatusOK, path+"/notify", nil)
	w.clock = w.clock.AddDate(0, 0, 1)
	pay()
	executor.post(http.StatusOK, path+"/draft", nil)
	head.sign(path, "sign")
	executor.post(http.StatusOK, path+"/issue", nil)
}

// The whole of WKO 142/2017 ¶ 7 on paper.
func TestAPackageHandedInAtTheCounterGoesToAPermit(t *testing.T) {
	w := open(t)
	clerk := w.signedIn("clerk", "ru")
	form := url.Values{"bin": {"940140000385"}, "operation": {"issue"}}
	for _, part := range []url.Values{employerForm, workerForm, termsForm} {
		for k, v := range part {
			form[k] = v
		}
	}
	slip := clerk.post(http.StatusOK, "/office/intake", form)
	for _, want := range []string{"27-2017-000001", "3 июля 2017 года, 10:00", "Сынақов"} {
		if !strings.Contains(text(slip.body), want) {
			t.Errorf("the slip lacks %q: %s", want, text(slip.body))
		}
	}
	if !strings.Contains(text(slip.body), "17 июля 2017 года") {
		t.Errorf("the slip does not say that the answer comes by 17 July: %s", text(slip.body))
	}
	svg := clerk.get(http.StatusOK, slip.path+".svg")
	if !strings.HasPrefix(svg.body, "<svg") || strings.Count(svg.body, "h1v1h-1z") < 200 {
		t.Errorf("the slip has no code to follow the case by: %.80s", svg.body)
	}
	code := regexp.MustCompile(`\b[2-9A-HJ-NP-Z]{8}\b`).FindString(text(slip.body))
	track := w.visitor("ru").get(http.StatusOK, "/track?number=27-2017-000001&code="+code)
	if !strings.Contains(text(track.body), "зарегистрировано") {
		t.Errorf("the case cannot be followed by its slip: %s", text(track.body))
	}
	w.visitor("ru").get(http.StatusNotFound, "/track?number=27-2017-000001&code=WRONG")
	path := strings.TrimSuffix(slip.path, "/slip")
	w.decide(path, "ru", func() {
		clerk.send(http.StatusOK, path+"/prove-payment",
			url.Values{"paid_on-day": {"4"}, "paid_on-month": {"7"}, "paid_on-year": {"2017"}, "sum": {"508256"}},
			map[string][]byte{"file-payment": pdf})
	})
	w.signedIn("executor", "ru").post(http.StatusUnprocessableEntity, path+"/hand-over", nil)
	w.signedIn("executor", "ru").post(http.StatusOK, path+"/hand-over", url.Values{"receiver": {"Оспанов Т."}})
}

func TestWhatIsAnothersIsRefusedByTheActItself(t *testing.T) {
	w := open(t)
	employer := w.signedIn("940140000385", "ru")
	at := employer.fill()
	id := strings.TrimPrefix(at, "/cabinet/")
	rival := w.signedIn("950341000052", "ru")
	rival.get(http.StatusNotFound, at)
	rival.post(http.StatusNotFound, at+"/terms", termsForm)
	rival.post(http.StatusNotFound, "/cases/"+id+"/submit", nil)
	rival.post(http.StatusNotFound, "/cases/"+id+"/to-sign", nil)
	employer.sign("/cases/"+id, "submit")
	employer.post(http.StatusConflict, "/cases/"+id+"/submit", nil)
	rival.get(http.StatusNotFound, "/cases/"+id)
	employer.post(http.StatusForbidden, "/cases/"+id+"/register", nil)
	w.signedIn("head", "ru").post(http.StatusForbidden, "/cases/"+id+"/register", nil)
	stranger := w.signedIn("stranger", "ru")
	stranger.get(http.StatusNotFound, "/cases/"+id)
	stranger.post(http.StatusConflict, "/cases/"+id+"/assign", url.Values{"executor": {"executor"}})
	w.signedIn("clerk", "ru").post(http.StatusOK, "/cases/"+id+"/register", nil)
	stranger.post(http.StatusForbidden, "/cases/"+id+"/assign", url.Values{"executor": {"executor"}})
	if page := w.visitor("ru").get(http.StatusOK, "/cases/"+id); page.path != "/sign-in" {
		t.Errorf("who is not signed in sees %s", page.path)
	}
}

func TestBadInputIsSaidAtItsFieldAndNothingIsLost(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	at := v.fill()
	page := v.post(http.StatusUnprocessableEntity, at+"/terms", url.Values{"months": {"много"}, "from-day": {"31"}, "from-month": {"2"}, "from-year": {"2017"}, "reason": {"Причина, которую жалко потерять"}})
	for _, want := range []string{"от 1 до 12 месяцев", "Причина, которую жалко потерять", `value="много"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	for name, content := range map[string][]byte{"пуст": {}, "такого типа не принимается": []byte("MZ this is a program"), "ни одной страницы": []byte("%PDF-1.4\n%%EOF")} {
		page := v.send(http.StatusUnprocessableEntity, at+"/documents", nil, map[string][]byte{"file-passport": content})
		if !strings.Contains(page.body, name) {
			t.Errorf("the page does not say %q: %s", name, text(page.body))
		}
	}
	v.send(http.StatusRequestEntityTooLarge, at+"/documents", nil, map[string][]byte{"file-passport": append(bytes.Clone(pdf), make([]byte, office.MaxFile)...)})
	bad := url.Values{}
	for k, values := range workerForm {
		bad[k] = values
	}
	bad["citizenship"], bad["born-year"] = []string{"KZ"}, []string{"2010"}
	page = v.post(http.StatusUnprocessableEntity, at+"/workers", bad)
	if !strings.Contains(page.body, "18 лет") || !strings.Contains(page.body, "SAMPLE") {
		t.Errorf("a child is taken, or what was entered is lost: %s", text(page.body))
	}
}

func TestAWrongPasswordAndAnUnknownLoginLookTheSame(t *testing.T) {
	w := open(t)
	form := url.Values{"login": {"940140000385"}, "password": {"wrong password"}}
	known := w.visitor("ru").post(http.StatusForbidden, "/sign-in", form)
	form["login"] = []string{"220740008203"}
	unknown := w.visitor("ru").post(http.StatusForbidden, "/sign-in", form)
	if strings.ReplaceAll(known.body, "940140000385", "") != strings.ReplaceAll(unknown.body, "220740008203", "") {
		t.Error("the pages differ")
	}
}

func TestAnEmployerEnrolsWithARightNumberOnly(t *testing.T) {
	w := open(t)
	form := url.Values{"login": {"220740008204"}, "password": {"long enough"}, "surname": {"Сынақов"}}
	page := w.visitor("kk").post(http.StatusUnprocessableEntity, "/enrol", form)
	if !strings.Contains(page.body, "бақылау цифры") {
		t.Errorf("the page does not say what is wrong with the number: %s", text(page.body))
	}
	form["login"] = []string{"220740008203"}
	if page := w.visitor("kk").post(http.StatusOK, "/enrol", form); page.path != "/cabinet" {
		t.Errorf("an employer who enrolled is at %s", page.path)
	}
	w.visitor("kk").post(http.StatusConflict, "/enrol", form)
}

func TestAFormOfAnotherSiteIsRefused(t *testing.T) {
	w := open(t)
	req, err := http.NewRequest(http.MethodPost, w.url+"/ru/sign-in", strings.NewReader("login=x"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want 403", resp.StatusCode)
	}
}

func TestTheDemoShowsACaseInEveryState(t *testing.T) {
	db := storetest.Open(t, storetest.Rehearsed(t))
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	signer, err := practice.New(time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []time.Time{time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)} {
		o := &office.Office{DB: db, Files: files, Now: func() time.Time { return now }, Verifier: signer.Verifier()}
		if err := demo.Fill(t.Context(), o, signer); err != nil {
			t.Fatal(err)
		}
	}
	o := &office.Office{DB: db, Files: files, Now: time.Now}
	_, counts, err := o.Cases(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, store.Queue{})
	if err != nil {
		t.Fatal(err)
	}
	if len(counts) != 17 {
		t.Errorf("cases are in %d states, want all 17 that can be handed in: %v", len(counts), counts)
	}
	if wrong, err := o.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the demo does not agree with itself: %v, %v", wrong, err)
	}
}
