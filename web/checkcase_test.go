package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// asking is a case that meets every condition.
var asking = url.Values{
	"asked": {"1"}, "operation": {"issue"}, "category": {"III"}, "region": {"27"}, "workers": {"2"}, "months": {"12"},
	"position": {"инженер-строитель"}, "citizenship": {"TR"}, "experience": {"7"}, "section": {"F"}, "kind": {"company"}, "size": {"medium"},
	"leaders_kz": {"20"}, "leaders_foreign": {"1"}, "others_kz": {"190"}, "others_foreign": {"3"},
}

// but is asking with some answers changed.
func but(pairs ...string) string {
	form := url.Values{}
	for k, v := range asking {
		form[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = []string{pairs[i+1]}
	}
	return "/check-your-case?" + form.Encode()
}

func TestAnybodyMayCheckTheirCaseBeforeTheyApply(t *testing.T) {
	d := openDepartment(t)
	v := d.visitor("ru")
	v.get(http.StatusOK, "/check-your-case").says(t, "Регистрация не нужна")
	v.get(http.StatusOK, but()).says(t, "препятствий не найдено", "7 рабочих дней", "Копии паспортов", "Войти и подать заявление")
	for says, change := range map[string][]string{
		"квот": {"workers", "30"},
		"Евразийского экономического союза": {"citizenship", "KG"},
		"90":             {"others_kz", "20"},
		"не входит":      {"category", "ict-manager", "sending_country", "BY", "transfer", "24"},
		"слишком поздно": {"operation", "extension", "until", "2026-03-20"},
		"водител":        {"position", "водитель"},
		"36":             {"category", "I", "months", "48", "position", "директор"},
	} {
		page := v.get(http.StatusOK, but(change...))
		page.says(t, "не одобрят", says)
	}
	for _, wrong := range []string{"0", "201", "много"} {
		v.get(http.StatusUnprocessableEntity, but("workers", wrong)).says(t, "Введите целое число от 1 до 200.")
	}
	v.get(http.StatusUnprocessableEntity, but("category", "", "position", "", "workers", "много"))
	for _, tag := range []string{"kk", "en"} {
		d.visitor(tag).get(http.StatusOK, but("workers", "30")).says(t)
	}
}

func TestTheAnswersOfACheckAreTakenIntoADraft(t *testing.T) {
	d := openDepartment(t)
	v := d.visitor("ru")
	page := v.get(http.StatusOK, but())
	_, to, _ := strings.Cut(page.body, `href="/ru/sign-in?to=`)
	to, _, _ = strings.Cut(to, `"`)
	back, err := url.QueryUnescape(strings.ReplaceAll(to, "&amp;", "&"))
	if err != nil {
		t.Fatal(err)
	}
	back = v.post(http.StatusOK, "/sign-in", url.Values{"login": {"940140000385"}, "password": {"password 2017"}, "to": {back}}).path
	if back != "/check-your-case" {
		t.Errorf("after signing in one is at %s", back)
	}
	draft := v.press(http.StatusOK, but(), "/cabinet/from-check", nil)
	v.get(http.StatusOK, draft.path+"/workers").says(t, "инженер-строитель", "третья категория")
	v.get(http.StatusOK, draft.path+"/content").says(t)
	if got := v.get(http.StatusOK, draft.path+"/content").body; !strings.Contains(got, `value="190"`) {
		t.Error("the staff is not taken over")
	}
	if page := d.visitor("ru").post(http.StatusOK, "/cabinet/from-check", nil); page.path != "/sign-in" {
		t.Errorf("who has not signed in makes a draft at %s", page.path)
	}
}
