package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/demo"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
	"ruqsat/web"
)

// openDemo opens the department of the demo on Tuesday 24 November 2026 at noon.
func openDemo(t *testing.T) *town {
	t.Helper()
	db := storetest.Open(t, storetest.Rehearsed(t))
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	w := &town{T: t, clock: time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)}
	signer, err := practice.New(w.clock)
	if err != nil {
		t.Fatal(err)
	}
	w.office = &office.Office{DB: db, Files: files, Now: func() time.Time { return w.clock }, Verifier: signer.Verifier()}
	if err := demo.Fill(t.Context(), w.office, signer); err != nil {
		t.Fatal(err)
	}
	site := &web.Site{Office: w.office, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Training: signer}
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// as is a visitor signed in as somebody of the demo.
func (w *town) as(id, lang string) *visitor {
	w.Helper()
	accounts, err := demo.Accounts()
	if err != nil {
		w.Fatal(err)
	}
	for _, a := range accounts {
		if a.ID == id {
			v := w.visitor(lang)
			v.post(http.StatusOK, "/sign-in", url.Values{"login": {a.Login}, "password": {demo.Password}})
			return v
		}
	}
	w.Fatalf("nobody is called %s", id)
	return nil
}

// all returns the cases of the demo in a state.
func (w *town) all(state procedure.State) []procedure.Case {
	w.Helper()
	list, _, err := w.office.Cases(w.Context(), party.Actor{Role: party.Head, Region: demo.Region}, store.Queue{States: []procedure.State{state}})
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// in returns the case of the demo in a state; of several the one taken in last.
func (w *town) in(state procedure.State) procedure.Case {
	w.Helper()
	list, _, err := w.office.Cases(w.Context(), party.Actor{Role: party.Head, Region: demo.Region}, store.Queue{States: []procedure.State{state}})
	if err != nil || len(list) == 0 {
		w.Fatalf("%d cases are %s (%v), want one at least", len(list), state, err)
	}
	return slices.MaxFunc(list, func(a, b procedure.Case) int { return strings.Compare(a.Number, b.Number) })
}

// says fails unless a page has words in it.
func (v *visitor) says(a answer, words ...string) {
	v.Helper()
	for _, s := range words {
		if !strings.Contains(text(a.body), s) {
			v.Errorf("%s does not say %q:\n%s", a.path, s, text(a.body))
		}
	}
}

func TestACorrectionIsAskedForAndHandedIn(t *testing.T) {
	w := openDemo(t)
	executor, applicant := w.as("33-executor", "ru"), w.as("applicant", "kk")

	at := "/cases/" + w.in(procedure.Assigned).ID
	executor.says(executor.post(http.StatusUnprocessableEntity, at+"/ask-correction", url.Values{"asked": {"Нет печати."}}), "Выберите, какие части", "Нет печати.")
	executor.post(http.StatusUnprocessableEntity, at+"/ask-correction", url.Values{"parts": {"documents"}})
	executor.says(executor.post(http.StatusOK, at+"/ask-correction", url.Values{"asked": {"Нет печати."}, "parts": {"documents"}}), "Запрошено исправление", "Сроки, которые сейчас не текут")

	c := w.in2(procedure.Correcting, procedure.Portal)
	at = "/cases/" + c.ID
	applicant.says(applicant.get(http.StatusOK, at), "Түзету сұралды", "Перевод диплома без печати")
	applicant.says(applicant.post(http.StatusUnprocessableEntity, at+"/correct", url.Values{"words": {""}}), "Ештеңе өзгерген жоқ")
	applicant.send(http.StatusOK, "/cabinet/"+c.ID+"/documents", nil, map[string][]byte{"file-education": pdf})
	applicant.says(applicant.post(http.StatusOK, at+"/correct", url.Values{"words": {"Мөр қойылды."}}), "Түзетілген өтінішке қол қою", "Өтініш")
	applicant.post(http.StatusUnprocessableEntity, at+"/correct/sign", url.Values{"signer": {"expired"}})
	applicant.says(applicant.post(http.StatusOK, at+"/correct/sign", url.Values{"signer": {"own"}}), "орындаушы тағайындалды")
	executor.says(executor.get(http.StatusOK, at), "Срок не тёк с", "Мөр қойылды.")
}

// in2 is in for a state in which there are several cases: the one that came by a
// channel.
func (w *town) in2(state procedure.State, by procedure.Channel) procedure.Case {
	w.Helper()
	list, _, err := w.office.Cases(w.Context(), party.Actor{Role: party.Head, Region: demo.Region}, store.Queue{States: []procedure.State{state}})
	if err != nil {
		w.Fatal(err)
	}
	for _, c := range list {
		if c.Channel == by {
			return c
		}
	}
	w.Fatalf("no case by %s is %s", by, state)
	return procedure.Case{}
}

func TestNobodyIsRefusedUnheardOnThePages(t *testing.T) {
	w := openDemo(t)
	executor, applicant := w.as("33-executor", "en"), w.as("applicant", "ru")
	at := "/cases/" + w.in(procedure.Examined).ID

	refusal := url.Values{"verdict": {"refusal"}, "grounds": {"ict-conditions"}}
	executor.says(executor.post(http.StatusConflict, at+"/draft", refusal), "has to be heard")
	call := url.Values{
		"grounds": {"ict-conditions"}, "words": {"Managers exceed half of the citizens."}, "on-day": {"26"}, "on-month": {"11"}, "on-year": {"2026"},
		"hour": {"11:00"}, "place": {"Room 12"},
	}
	page := executor.post(http.StatusUnprocessableEntity, at+"/forewarn", call)
	executor.says(page, "That is too soon", "Managers exceed half of the citizens.")
	call.Set("hour", "noon")
	executor.says(executor.post(http.StatusUnprocessableEntity, at+"/forewarn", call), "Write the time like 11:00")
	call.Set("hour", "11:00")
	call.Set("on-day", "32")
	executor.says(executor.post(http.StatusUnprocessableEntity, at+"/forewarn", call), "Check the date")
	call.Set("on-day", "30")
	executor.says(executor.post(http.StatusOK, at+"/forewarn", call), "hearing appointed", "Room 12")

	c := w.caseOf(at)
	public := w.visitor("ru").get(http.StatusOK, "/track?number="+c.Number+"&code="+c.Code)
	applicant.says(public, "назначено заслушивание", "Room 12", "30 ноября 2026 года, 11:00")
	if strings.Contains(public.body, "Managers exceed") {
		t.Error("the public page tells why the case may be refused")
	}
	applicant.says(applicant.post(http.StatusUnprocessableEntity, at+"/object", url.Values{"points": {" \n "}}), "с чем вы не согласны")
	applicant.says(applicant.post(http.StatusOK, at+"/object", url.Values{"points": {"Считали не всех.\nДвое уехали."}}), "1. Считали не всех.", "2. Двое уехали.")

	if strings.Contains(executor.get(http.StatusOK, at).body, at+"/hear") {
		t.Error("the protocol of a hearing that has not been yet can be written")
	}
	w.clock = time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC)
	hear := url.Values{
		"present": {"Ospanov, director"}, "said": {"The list was shown."}, "began-day": {"30"}, "began-month": {"11"}, "began-year": {"2026"},
		"hour": {"11:00"}, "points": {""},
	}
	executor.says(executor.post(http.StatusOK, at+"/hear", hear), "hearing over", "The list was shown.", "Ospanov, director")
	executor.says(executor.post(http.StatusConflict, at+"/draft", refusal), "Answer each objection first")
	executor.says(executor.post(http.StatusUnprocessableEntity, at+"/answer", url.Values{"answer-0": {"All were counted."}}), "All were counted.")
	executor.post(http.StatusOK, at+"/answer", url.Values{"answer-0": {"All were counted."}, "answer-1": {"They were left out."}})
	executor.says(executor.post(http.StatusOK, at+"/draft", refusal), "with the head for signature")
}

// caseOf is the case of a page.
func (w *town) caseOf(at string) procedure.Case {
	w.Helper()
	c, err := w.office.Case(w.Context(), party.Actor{Role: party.Head, Region: demo.Region}, strings.TrimPrefix(at, "/cases/"))
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func TestTheAdministratorMovesADayOffAndTermsFollow(t *testing.T) {
	w := openDemo(t)
	admin := w.as("33-admin", "ru")
	c := w.in(procedure.Registered)
	before, _ := c.Term("answer")

	at := "/office/admin/calendar"
	admin.says(admin.get(http.StatusOK, at), "Календарь и сбои", "День Независимости")
	admin.says(admin.post(http.StatusUnprocessableEntity, at, url.Values{"act": {"№ 900"}}), "какой день становится выходным", "Календарь")
	admin.says(admin.post(http.StatusUnprocessableEntity, at, url.Values{"off-day": {"31"}, "off-month": {"2"}, "off-year": {"2026"}, "act": {"№ 900"}}), "Проверьте дату")
	off := url.Values{"off-day": {"27"}, "off-month": {"11"}, "off-year": {"2026"}, "act": {"Постановление № 900"}}
	admin.says(admin.post(http.StatusOK, at, off), "Выходной: 27 ноября 2026 года.", "сроки пересчитываются")
	admin.says(admin.post(http.StatusUnprocessableEntity, at, off), "и так выходной")
	if n, err := w.office.Tick(t.Context()); err != nil || n == 0 {
		t.Fatalf("the clock changed %d cases, %v", n, err)
	}
	after, _ := w.in(procedure.Registered).Term("answer")
	if !after.End.Last.After(before.End.Last) {
		t.Errorf("the answer is due by %s, as it was before (%s)", after.End.Last, before.End.Last)
	}
	terms := w.as("33-executor", "kk").get(http.StatusOK, "/cases/"+c.ID+"/terms.json").body
	for _, said := range []string{`"explained"`, "Демалыс күндері өзгерді", "Изменились выходные дни", "Days off were changed"} {
		if !strings.Contains(terms, said) {
			t.Errorf("the terms as JSON lack %q: %s", said, terms)
		}
	}
	w.as("33-executor", "kk").says(w.as("33-executor", "kk").get(http.StatusOK, "/cases/"+c.ID), "Демалыс күндері өзгерді (Постановление № 900)")

	outage := url.Values{
		"from-day": {"23"}, "from-month": {"11"}, "from-year": {"2026"}, "from_hour": {"10:00"}, "until-day": {"23"}, "until-month": {"11"},
		"until-year": {"2026"}, "until_hour": {"9:00"}, "cause": {"обрыв связи"}, "outage_act": {"Акт № 1"},
	}
	bad := admin.post(http.StatusUnprocessableEntity, "/office/admin/outage", outage)
	admin.says(bad, "позже, чем она перестала")
	if !strings.Contains(bad.body, `value="обрыв связи"`) {
		t.Error("what was typed is lost")
	}
	outage.Set("until_hour", "18:00")
	admin.says(admin.post(http.StatusOK, "/office/admin/outage", outage), "Система не работала: 23 ноября 2026 года, 10:00")
	w.as("33-head", "ru").get(http.StatusNotFound, at)
	w.clock = w.clock.Add(10 * time.Minute)
	if _, err := w.office.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.says(admin.get(http.StatusOK, at+"?year=2027"), "сроки пересчитаны", "Выходные 2027 года")
	if calendar.DateOf(2026, 11, 27).Weekday() != time.Friday {
		t.Error("27 November 2026 is no Friday")
	}
}
