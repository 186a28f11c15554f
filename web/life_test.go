package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

// old puts a permit of the employer into the register that runs out in some days.
func (w *town) old(number int64, category law.Category, days int) string {
	w.Helper()
	until := calendar.DateOf(w.clock.Year(), w.clock.Month(), w.clock.Day()).AddDays(days)
	p := registry.Permit{
		Number: registry.FormatNumber("27", number), Operation: law.Issue, Scheme: category.Scheme(), Employer: "940140000385",
		Name: lang.Text{KK: "«Үлгі» ЖШС", RU: "ТОО «Үлгі»"}, Region: "27", Category: category, WorkerRef: "W1", Worker: "SAMPLE WORKER",
		Citizenship: "TR", Position: lang.Text{KK: "инженер", RU: "инженер"}, NKZ: "2142",
		Issued: until.AddMonths(-12), From: until.AddMonths(-12).AddDays(1), Until: until,
	}
	if err := w.office.Import(w.Context(), []registry.Permit{p}); err != nil {
		w.Fatal(err)
	}
	return p.Number
}

// at2025 is an open town with its clock on 2 June 2025.
func at2025(t *testing.T) *town {
	w := open(t)
	w.clock = w.clock.AddDate(8, -1, -1)
	return w
}

var key = regexp.MustCompile(`\b(web|registry|complaint|procedure|component)\.[a-z][a-z-]+\b`)

func (a answer) says(t *testing.T, wants ...string) {
	t.Helper()
	shown := text(a.body)
	for _, want := range wants {
		if !strings.Contains(shown, want) {
			t.Errorf("%s does not say %q:\n%s", a.path, want, shown)
		}
	}
	if k := key.FindString(shown); k != "" {
		t.Errorf("%s lacks the words %s", a.path, k)
	}
}

// From the list of own permits to the extended permit, through the portal.
func TestAPermitIsExtendedThroughThePortal(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.ICTManager, 45)
	late := w.old(71, law.ICTManager, 10)
	v := w.signedIn("940140000385", "ru")
	if page := v.post(http.StatusOK, "/cabinet/new", url.Values{"region": {"27"}, "scheme": {"ict"}, "operation": {"extension"}}); page.path != "/cabinet/permits" {
		t.Errorf("an extension leads to %s, want the list of own permits", page.path)
	}
	v.get(http.StatusOK, "/cabinet/permits").says(t, number, "Можно продлить и переоформить", "последний день обращения")
	v.post(http.StatusConflict, "/cabinet/permits", url.Values{"permits": {late}, "operation": {"extension"}}).says(t, "Срок обращения за продлением")
	v.post(http.StatusUnprocessableEntity, "/cabinet/permits", url.Values{"operation": {"extension"}}).says(t, "Отметьте хотя бы одно")
	at := v.post(http.StatusOK, "/cabinet/permits", url.Values{"permits": {number}, "operation": {"extension"}}).path
	v.get(http.StatusOK, at+"/workers").says(t, number, "SAMPLE WORKER")
	v.get(http.StatusOK, at+"/workers/0").says(t, number)
	form := url.Values{}
	for k, x := range workerForm {
		form[k] = x
	}
	form["category"], form["passport_until-year"] = []string{"ict-manager"}, []string{"2031"}
	bad := url.Values{"surname": {"KEPT"}}
	if page := v.post(http.StatusUnprocessableEntity, at+"/workers/0", bad); !strings.Contains(page.body, "KEPT") {
		t.Error("what was entered is lost")
	}
	v.post(http.StatusOK, at+"/workers/0", form)
	v.post(http.StatusOK, at+"/employer", employerForm)
	v.post(http.StatusUnprocessableEntity, at+"/terms", url.Values{"months": {"24"}, "reason": {"Работы продолжаются."}}).says(t, "от 1 до 12 месяцев", "Приказ")
	v.post(http.StatusOK, at+"/terms", url.Values{"months": {"12"}, "reason": {"Работы продолжаются."}})
	v.post(http.StatusOK, at+"/content", url.Values{"leaders_kz": {"10"}, "leaders_foreign": {"1"}, "others_kz": {"90"}, "others_foreign": {"3"}})
	files := map[string][]byte{}
	for _, d := range law.DocumentsFor(law.Extension, law.ICT, calendar.DateOf(2025, 6, 2)) {
		files["file-"+d.Key] = pdf
	}
	v.send(http.StatusOK, at+"/documents", nil, files)
	path := v.sign("/cases/"+strings.TrimPrefix(at, "/cabinet/"), "submit").path
	clerk, head, executor := w.signedIn("clerk", "ru"), w.signedIn("head", "ru"), w.signedIn("executor", "ru")
	clerk.post(http.StatusOK, path+"/register", nil)
	head.post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}})
	executor.post(http.StatusOK, path+"/examine", url.Values{"checks": {"complete"}})
	executor.post(http.StatusOK, path+"/draft", url.Values{"verdict": {"grant"}})
	head.sign(path, "sign")
	executor.post(http.StatusOK, path+"/issue", nil)
	for _, tag := range []string{"ru", "kk", "en"} {
		w.signedIn("head", tag).get(http.StatusOK, "/permits/"+number).says(t, number, "KZ27IRS00000001")
		w.visitor(tag).get(http.StatusOK, "/verify?number="+number).says(t, "KZ27IRS00000001")
	}
	w.visitor("ru").get(http.StatusOK, "/verify?number=KZ27IRS00000001").says(t, "ещё не действует", number)
	v.get(http.StatusOK, "/permits/KZ27IRS00000001").says(t, "Цепочка разрешений", "это разрешение")
}

func TestAPermitIsSuspendedAndSurrenderedOnItsPage(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 200)
	at := "/permits/" + number
	head, employer := w.signedIn("head", "ru"), w.signedIn("940140000385", "ru")
	head.get(http.StatusOK, at).says(t, "Приостановить действие", "Отозвать", "Исправить описку")
	w.signedIn("stranger", "ru").get(http.StatusNotFound, at)
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, at)
	w.signedIn("950341000052", "ru").post(http.StatusNotFound, at+"/surrender", nil)
	employer.post(http.StatusForbidden, at+"/suspend", url.Values{"grounds": {"court"}, "words": {"x"}})
	employer.post(http.StatusNotFound, at+"/extend", nil)
	form := url.Values{"act": {"suspend"}, "words": {"Нет отчёта, который был обещан."}}
	head.post(http.StatusUnprocessableEntity, at+"/suspend", form).says(t, "хотя бы одно основание", "Нет отчёта, который был обещан.")
	form["grounds"] = []string{"conditions"}
	head.post(http.StatusUnprocessableEntity, at+"/suspend", form).says(t, "Работодателя нужно сначала заслушать")
	form["on-day"], form["on-month"], form["on-year"] = []string{"31"}, []string{"2"}, []string{"2025"}
	head.post(http.StatusUnprocessableEntity, at+"/suspend", form).says(t, "Такого дня нет")
	for _, part := range []string{"on-day", "on-month", "on-year"} {
		delete(form, part)
	}
	form["waived"] = []string{"Письмо от 30 мая."}
	head.ruled(at+"/suspend", form).says(t, "Действие приостановлено", "Возобновить действие", "Письмо от 30 мая.")
	w.visitor("ru").get(http.StatusOK, "/verify?number="+number).says(t, "действие приостановлено", "2 июня 2025 года")
	head.ruled(at+"/correct", url.Values{"worker": {"SAMPLE WORKERS"}, "citizenship": {"TR"}, "position_kk": {"инженер"},
		"position_ru": {"инженер"}, "nkz": {"2142"}, "name_kk": {"«Үлгі» ЖШС"}, "name_ru": {"ТОО «Үлгі»"}, "words": {"Описка."}}).says(t, "было – SAMPLE WORKER, стало – SAMPLE WORKERS")
	employer.post(http.StatusOK, at+"/surrender", nil).says(t, "сдано работодателем")
	for _, q := range []string{number, "940140000385", "Үлгі", "улги", "ULGI", "W1"} {
		w.signedIn("clerk", "ru").get(http.StatusOK, "/office/permits?q="+url.QueryEscape(q)).says(t, number, "сдано работодателем")
	}
	w.signedIn("clerk", "ru").get(http.StatusOK, "/office/permits?q=nobody").says(t, "Ничего не найдено")
}

func TestAComplaintIsFiledFollowedAndDecided(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 200)
	employer := w.signedIn("940140000385", "ru")
	form := url.Values{"subject": {number}, "about": {"permit-act"}, "words": {"Не согласны."}, "wanted": {"Отменить."}, "address": {"г. Уральск"},
		"learned-day": {"1"}, "learned-month": {"2"}, "learned-year": {"2025"}}
	employer.get(http.StatusOK, "/complaints/new?about="+number).says(t, "Подать жалобу")
	employer.post(http.StatusUnprocessableEntity, "/complaints/new", form).says(t, "последний день был 1 мая 2025 года", "Не согласны.")
	form["because"] = []string{"Решение пришло поздно."}
	page := employer.post(http.StatusOK, "/complaints/new", form)
	page.says(t, "Ш-27-2025-00001", "2 июня 2025 года", "5 июня 2025 года")
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, page.path)
	w.signedIn("stranger", "ru").get(http.StatusNotFound, page.path)
	w.signedIn("950341000052", "ru").post(http.StatusNotFound, "/complaints/new", form)
	head := w.signedIn("head", "ru")
	head.get(http.StatusOK, "/complaints").says(t, "Ш-27-2025-00001")
	employer.post(http.StatusForbidden, page.path+"/forward", url.Values{"body": {"Комитет"}})
	head.post(http.StatusUnprocessableEntity, page.path+"/forward", nil)
	head.post(http.StatusOK, page.path+"/forward", url.Values{"body": {"Комитет по миграции"}}).says(t, "передана в вышестоящий орган")
	w.clock = w.clock.Add(10 * 24 * time.Hour)
	decision := url.Values{"outcome": {"rejected"}, "effect": {"anew"}, "words": {"Доводы не подтвердились."}, "number": {"17"},
		"on-day": {"10"}, "on-month": {"6"}, "on-year": {"2025"}}
	head.post(http.StatusUnprocessableEntity, page.path+"/decide", decision).says(t, "у отклонённой его нет")
	decision["effect"] = []string{"none"}
	head.post(http.StatusOK, page.path+"/decide", decision).says(t, "жалоба оставлена без удовлетворения")
	for _, tag := range []string{"kk", "en", "ru"} {
		w.signedIn("940140000385", tag).get(http.StatusOK, page.path).says(t, "Ш-27-2025-00001")
		w.signedIn("940140000385", tag).get(http.StatusOK, "/complaints").says(t, "Ш-27-2025-00001")
		w.signedIn("clerk", tag).get(http.StatusOK, "/complaints/new").says(t)
		w.signedIn("clerk", tag).get(http.StatusOK, "/office/intake").says(t)
		w.signedIn("940140000385", tag).get(http.StatusOK, "/cabinet/permits").says(t, number)
		w.signedIn("head", tag).get(http.StatusOK, "/permits/"+number).says(t, "Ш-27-2025-00001")
	}
}

func TestAnExtensionOnPaperIsBoundToItsPermitAtTheCounter(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 45)
	clerk := w.signedIn("clerk", "ru")
	form := url.Values{"bin": {"940140000385"}, "operation": {"extension"}, "months": {"12"}, "reason": {"Работы продолжаются."}}
	for _, part := range []url.Values{employerForm, workerForm} {
		for k, v := range part {
			form[k] = v
		}
	}
	form["passport_until-year"] = []string{"2031"}
	clerk.post(http.StatusUnprocessableEntity, "/office/intake", form).says(t, "Работы продолжаются.")
	form["permit"] = []string{"KZ27IRS00000099"}
	clerk.post(http.StatusNotFound, "/office/intake", form).says(t, "KZ27IRS00000099", "Работы продолжаются.")
	form["bin"], form["permit"] = []string{"950341000052"}, []string{number}
	clerk.post(http.StatusUnprocessableEntity, "/office/intake", form).says(t, "выдано другому работодателю")
	form["bin"], form["permit"] = []string{"940140000385"}, []string{"кз27 ирс 00000070"}
	slip := clerk.post(http.StatusOK, "/office/intake", form)
	slip.says(t, "27-2025-000001")
	path := strings.TrimSuffix(slip.path, "/slip")
	w.signedIn("head", "ru").get(http.StatusOK, path).says(t, "Продлеваемые или переоформляемые разрешения", number)
}

// Each refusal says the rule, where it stands, and what can be done.
func TestTheTermsOfAnApplicationAreAskedByItsOperation(t *testing.T) {
	w := at2025(t)
	v := w.signedIn("940140000385", "ru")
	at := v.post(http.StatusOK, "/cabinet/new", url.Values{"region": {"27"}, "scheme": {"ict"}, "operation": {"issue"}}).path
	form := url.Values{"category": {"ict-head"}, "passport_until-year": {"2031"}}
	for k, x := range workerForm {
		if _, ok := form[k]; !ok {
			form[k] = x
		}
	}
	v.post(http.StatusOK, at+"/workers", form)
	terms := url.Values{"months": {"36"}, "from-day": {"1"}, "from-month": {"8"}, "from-year": {"2025"}, "reason": {"Перевод."},
		"sending_name": {"Minsk Holding"}, "sending_country": {"BY"}}
	v.post(http.StatusUnprocessableEntity, at+"/terms", terms).says(t, "не входит во Всемирную торговую организацию", "№ 279", "по квоте")
	terms["sending_country"] = []string{"TR"}
	v.post(http.StatusOK, at+"/terms", terms)
	v.get(http.StatusOK, at+"/terms").says(t)

	at = v.post(http.StatusOK, "/cabinet/new", url.Values{"region": {"27"}, "scheme": {"regional"}}).path
	form["category"], form["nkz"] = []string{"seasonal"}, []string{"2142"}
	v.post(http.StatusUnprocessableEntity, at+"/workers", form).says(t, "нет в перечне", "9211")
	form["category"] = []string{"I"}
	v.post(http.StatusOK, at+"/workers", form)
	terms["months"], terms["more_regions"] = []string{"18"}, []string{"33"}
	v.post(http.StatusUnprocessableEntity, at+"/terms", terms).says(t, "на целые годы")
	terms["months"] = []string{"24"}
	v.post(http.StatusOK, at+"/terms", terms)
	if page := v.get(http.StatusOK, at+"/terms"); !strings.Contains(page.body, `value="33" checked`) {
		t.Error("the further region is not kept")
	}
	v.post(http.StatusUnprocessableEntity, "/cases/"+strings.TrimPrefix(at, "/cabinet/")+"/to-sign", nil).says(t, "Если разрешение на несколько регионов")
}
