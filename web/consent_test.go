package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ruqsat/procedure"
)

func TestAnotherRegionIsAskedForItsConsent(t *testing.T) {
	w := openDemo(t)
	head, executor := w.as("33-head", "kk"), w.as("33-executor", "ru")
	list := head.get(http.StatusOK, "/office/consents")
	head.says(list, "27-2026-000001", "Батыс Қазақстан облысы", "жауап күтілуде")
	at := "/office/consents/" + idOf(t, list.body, "/kk/office/consents/", `"`)
	head.says(head.get(http.StatusOK, at), "Сіздің өңіріңіздің квотасы", "Осы іске резервке алынған: 2")
	if pdf := head.get(http.StatusOK, at+"/application.pdf"); !strings.HasPrefix(pdf.body, "%PDF") {
		t.Error("the application is no PDF")
	}
	head.get(http.StatusNotFound, "/cases/"+strings.TrimPrefix(at, "/office/consents/")) // the case itself is another department's
	executor.says(executor.get(http.StatusOK, at), "ждёт ответа")
	executor.post(http.StatusNotFound, at+"/agree", nil)
	w.as("applicant", "ru").get(http.StatusNotFound, at)
	head.says(head.post(http.StatusUnprocessableEntity, at+"/disagree", url.Values{"words": {" "}}), "Қарсылықтың себебі")
	head.says(head.post(http.StatusOK, at+"/disagree", url.Values{"words": {"Квота бөлінген."}}), "қарсылық білдірілді", "Квота бөлінген.")
	head.says(head.post(http.StatusOK, at+"/agree", nil), "келісім берілді")
	head.post(http.StatusConflict, at+"/disagree", url.Values{"words": {"Ойымыз өзгерді."}})
}

func TestAGrantWaitsForTheConsentAndThePageSaysOfWhom(t *testing.T) {
	w := openDemo(t)
	executor := w.as("33-executor", "ru")
	for _, c := range w.all(procedure.Examined) {
		if len(c.Course.Consents) == 0 {
			continue
		}
		at := "/cases/" + c.ID
		executor.says(executor.get(http.StatusOK, at), "Согласие дополнительных регионов", "ждёт ответа")
		executor.says(executor.post(http.StatusConflict, at+"/draft", url.Values{"verdict": {"grant"}}), "Западно-Казахстанская область", "Последний день ответа")
		return
	}
	t.Error("no case of the demo waits for a consent")
}

func TestAHearingIsPostponedOnThePages(t *testing.T) {
	w := openDemo(t)
	executor, applicant := w.as("33-executor", "ru"), w.as("applicant", "kk")
	at := "/cases/" + w.in(procedure.Forewarned).ID
	applicant.says(applicant.get(http.StatusOK, at), "Жауап әлі берілген жоқ")
	executor.says(executor.get(http.StatusOK, at), "Перенести заслушивание", "Ответа ещё нет")
	executor.post(http.StatusUnprocessableEntity, at+"/keep-hour", url.Values{"keep": {""}})
	move := url.Values{"on-day": {"27"}, "on-month": {"11"}, "on-year": {"2026"}, "hour": {"11:00"}, "place": {"кабинет 7"}}
	executor.says(executor.post(http.StatusUnprocessableEntity, at+"/postpone", move), "Слишком рано")
	move.Set("on-day", "30")
	executor.says(executor.post(http.StatusOK, at+"/postpone", move), "30 ноября 2026 года, 11:00", "Заслушивание перенесено")
	applicant.says(applicant.get(http.StatusOK, at), "Тыңдау кейінге қалдырылды", "Тыңдауды кейінге қалдыруды сұрау")
	applicant.post(http.StatusUnprocessableEntity, at+"/ask-later", url.Values{"later": {""}})
	applicant.says(applicant.post(http.StatusOK, at+"/ask-later", url.Values{"later": {"Өкіл ауырып қалды."}}), "Өкіл ауырып қалды.")
}
