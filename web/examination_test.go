package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/external"
	"ruqsat/external/standin"
)

// registers opens the registers of other bodies for a department.
func (w *town) registers() *standin.Server {
	w.Helper()
	s := &standin.Server{}
	s.Put(examination.Entities, "940140000385", examination.Entity{BIN: "940140000385", NameRU: "ТОО «Үлгі»", Active: true})
	server := httptest.NewServer(s.Handler())
	w.Cleanup(server.Close)
	c, err := external.New(external.All(server.URL), 200*time.Millisecond)
	if err != nil {
		w.Fatal(err)
	}
	w.office.Registers = c
	return s
}

// wants fails unless a page says all of it.
func (v *visitor) wants(page answer, what ...string) {
	v.Helper()
	for _, s := range what {
		if !strings.Contains(page.body, s) && !strings.Contains(strings.Join(strings.Fields(text(page.body)), " "), s) {
			v.Errorf("%s does not say %q: %s", page.path, s, text(page.body))
		}
	}
}

func TestTheApplicantSeesBeforeHandingInWhatTheExecutorWill(t *testing.T) {
	for lang, want := range map[string][]string{
		"ru": {"Нужно исправить", "Разрешение не нужно: IVANOV IVAN", "Проверить не удалось", "В порядке"},
		"kk": {"Түзету қажет", "Рұқсат қажет емес: IVANOV IVAN", "Тексеру мүмкін болмады", "Дұрыс"},
		"en": {"Must be cured", "No permit is needed: IVANOV IVAN", "Could not be checked", "In order"},
	} {
		t.Run(lang, func(t *testing.T) {
			w := open(t)
			w.registers()
			v := w.signedIn("940140000385", lang)
			at := v.fill()
			russian := maps.Clone(workerForm)
			russian["surname"], russian["given"], russian["citizenship"], russian["passport"] = []string{"IVANOV"}, []string{"IVAN"}, []string{"RU"}, []string{"R1"}
			v.post(http.StatusOK, at+"/workers", russian)
			v.wants(v.get(http.StatusOK, at), at+"/preflight")
			page := v.post(http.StatusOK, at+"/preflight", nil)
			v.wants(page, append(want, at+"/workers")...)
			if page.path != at+"/preflight" {
				t.Errorf("after the registers were asked the applicant is at %s", page.path)
			}
			// It keeps nobody from handing in, and is shown once more before.
			v.wants(v.get(http.StatusOK, at), want[1])
			id := strings.TrimPrefix(at, "/cabinet/")
			w.signedIn("950341000052", lang).get(http.StatusNotFound, at+"/preflight")
			w.signedIn("950341000052", lang).post(http.StatusNotFound, at+"/preflight", nil)
			v.sign("/cases/"+id, "submit")
			v.get(http.StatusConflict, at+"/preflight")
			v.post(http.StatusForbidden, at+"/preflight", nil)
		})
	}
}

// assigned is the path of a case with an executor: a driver asked for as a
// specialist.
func (w *town) assigned() string {
	w.Helper()
	v := w.signedIn("940140000385", "ru")
	at := v.fill()
	v.post(http.StatusOK, at+"/workers/0/remove", nil)
	driver := maps.Clone(workerForm)
	driver["position_ru"], driver["position_kk"] = []string{"водитель"}, []string{"жүргізуші"}
	v.post(http.StatusOK, at+"/workers", driver)
	path := v.sign("/cases/"+strings.TrimPrefix(at, "/cabinet/"), "submit").path
	w.signedIn("clerk", "ru").post(http.StatusOK, path+"/register", nil)
	w.signedIn("head", "ru").post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}})
	return path
}

func TestARegisterThatIsDownOpensTheManualWay(t *testing.T) {
	w := open(t)
	s := w.registers()
	path := w.assigned()
	executor := w.signedIn("executor", "ru")
	if err := s.Behave(examination.Offences, standin.Slow); err != nil {
		t.Fatal(err)
	}
	page := executor.post(http.StatusOK, path+"/registers", nil)
	executor.wants(page, "ТОО «Үлгі» · действует", "Реестр не ответил: Единый реестр административных производств", "На сколько рабочих дней приостанавливается срок, если реестр не отвечает: 0", path+"/seen")
	for _, login := range []string{"head", "940140000385"} {
		w.signedIn(login, "ru").post(http.StatusNotFound, path+"/registers", nil)
		w.signedIn(login, "ru").post(http.StatusNotFound, path+"/seen", nil)
	}
	form := url.Values{"question": {"offences 940140000385"}, "source": {""}, "seen": {"Слова, которые жалко потерять"}, "result": {"ok"},
		"seen_on-day": {"4"}, "seen_on-month": {"7"}, "seen_on-year": {"2017"}}
	page = executor.post(http.StatusUnprocessableEntity, path+"/seen", form)
	executor.wants(page, "Слова, которые жалко потерять", "не в будущем")
	form["source"], form["seen_on-day"] = []string{"qamqor.gov.kz"}, []string{"3"}
	executor.wants(executor.post(http.StatusOK, path+"/seen", form), "Проверено вручную", "qamqor.gov.kz")
	form["question"] = []string{"gossip x"}
	executor.post(http.StatusUnprocessableEntity, path+"/seen", form)
}

func TestTheExecutorConfirmsOrOverrulesAndTheCaseKeepsBoth(t *testing.T) {
	w := open(t)
	w.registers()
	path := w.assigned()
	executor := w.signedIn("executor", "ru")
	executor.wants(executor.post(http.StatusOK, path+"/registers", nil), "по словам должности: четвёртая категория", `name="line-category"`)
	form := url.Values{"line-category": {"ok"}, "say-ratio": {"Слова, которые жалко потерять"}, "line-complete": {"ok"}}
	page := executor.post(http.StatusUnprocessableEntity, path+"/examine", form)
	executor.wants(page, "Проверка показала другое", "Слова, которые жалко потерять", `id="say-category-error"`)
	form["line-category"], form["line-ratio"] = []string{"problem"}, []string{"ok"}
	page = executor.post(http.StatusOK, path+"/examine", form)
	executor.wants(page, "Лист проверки", "Слова, которые жалко потерять", "Не рассмотрено")
	if raw := `{"`; strings.Contains(text(page.body), raw) {
		t.Errorf("a register's reply is shown as it came, not in words: %s", text(page.body))
	}
	// The draft proposes the ground, with what would cure it.
	executor.wants(page, "Измените категорию (четвёртая категория)", `value="qualification" checked`)
	if page := w.signedIn("940140000385", "ru").get(http.StatusOK, path); strings.Contains(page.body, "Лист проверки") {
		t.Error("the applicant sees the notes of officials")
	}
}

func TestAPaymentIsProvedWithoutCopiesAndOnlyOnce(t *testing.T) {
	w := open(t)
	s := w.registers()
	path := w.assigned()
	head, executor, employer := w.signedIn("head", "ru"), w.signedIn("executor", "ru"), w.signedIn("940140000385", "ru")
	executor.post(http.StatusOK, path+"/examine", nil)
	executor.post(http.StatusOK, path+"/draft", url.Values{"verdict": {"grant"}})
	head.sign(path, "sign")
	employer.post(http.StatusConflict, path+"/match-payment", nil)
	executor.post(http.StatusOK, path+"/notify", nil)
	employer.wants(employer.post(http.StatusConflict, path+"/match-payment", nil), "В казначействе нет платежа по этому делу: 27-2017-000001")
	if err := s.Behave(examination.Treasury, standin.Wrong); err != nil {
		t.Fatal(err)
	}
	employer.wants(employer.post(http.StatusServiceUnavailable, path+"/match-payment", nil), "Приложите копию платежа")
	if err := s.Behave(examination.Treasury, standin.Up); err != nil {
		t.Fatal(err)
	}
	s.Pay("940140000385", "27-2017-000001", 508256, calendar.DateOf(2017, 7, 3))
	employer.wants(employer.post(http.StatusOK, path+"/match-payment", nil), "Казначейство: платежи в бюджет", "оплата подтверждена")
	again := employer.send(http.StatusConflict, path+"/prove-payment",
		url.Values{"paid_on-day": {"3"}, "paid_on-month": {"7"}, "paid_on-year": {"2017"}, "sum": {"508256"}}, map[string][]byte{"file-payment": pdf})
	employer.wants(again, "Оплата уже подтверждена", "Второй раз подтверждать не нужно")
}

// What the checks ask besides is optional, but must be possible.
func TestWhatTheExaminationAsksBesidesIsKeptAndChecked(t *testing.T) {
	w := open(t)
	w.clock = time.Date(2025, 9, 15, 10, 0, 0, 0, w.clock.Location())
	v := w.signedIn("940140000385", "ru")
	at := v.post(http.StatusOK, "/cabinet/new", url.Values{"region": {"27"}, "scheme": {"ict"}}).path
	form := maps.Clone(employerForm)
	form["foreign"], form["kind"] = []string{"101"}, []string{"branch-foreign"}
	v.wants(v.post(http.StatusUnprocessableEntity, at+"/employer", form), `id="foreign-error"`)
	form["foreign"] = []string{"100"}
	v.post(http.StatusOK, at+"/employer", form)
	v.wants(v.get(http.StatusOK, at+"/employer"), `value="100"`, `<option value="branch-foreign" selected`)
	terms := maps.Clone(termsForm)
	terms["from-year"], terms["from-month"] = []string{"2025"}, []string{"11"}
	terms["sending_name"], terms["sending_country"] = []string{"Örnek A.Ş."}, []string{"TR"}
	v.post(http.StatusOK, at+"/terms", terms)
	v.wants(v.get(http.StatusOK, at+"/terms"), "Örnek A.Ş.", `<option value="TR" selected`)
	v.post(http.StatusUnprocessableEntity, at+"/content", url.Values{"others_kz": {"5"}, "managers_kz": {"-1"}})
	v.post(http.StatusOK, at+"/content", url.Values{"others_kz": {"5"}, "managers_kz": {"4"}, "managers_foreign": {"1"}})
	worker := maps.Clone(workerForm)
	worker["category"], worker["passport_until-year"], worker["transfer"] = []string{"ict-manager"}, []string{"2032"}, []string{"много"}
	v.post(http.StatusUnprocessableEntity, at+"/workers", worker)
	worker["transfer"] = []string{"6"}
	v.post(http.StatusOK, at+"/workers", worker)
	page := v.get(http.StatusOK, at+"/preflight")
	v.wants(page, "нужно не менее 12", "входит во Всемирную торговую организацию: Турция", "менеджеры (ВКП). Граждан 4")
}
