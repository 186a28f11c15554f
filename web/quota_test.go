package web_test

import (
	"bytes"
	"encoding/json"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/web/htmlcheck"
)

// quotaTown is the department of Zhetysu's neighbour on 4 May 2026, with somebody
// of the ministry.
func quotaTown(t *testing.T) *town {
	t.Helper()
	w := open(t)
	w.clock = time.Date(2026, 5, 4, 10, 0, 0, 0, w.clock.Location())
	a := party.Account{ID: "ministry", Login: "ministry", Role: party.Ministry, Active: true, Name: party.Name{Surname: "Сынақов", Given: "М"}}
	if err := w.office.AddAccount(t.Context(), a, "password 2017"); err != nil {
		t.Fatal(err)
	}
	return w
}

func anOrderForm() url.Values {
	return url.Values{"number": {"14"}, "date-day": {"4"}, "date-month": {"5"}, "date-year": {"2026"}, "year": {"2026"}, "title": {"О квоте"},
		"units": {"100"}, "percent": {"0,25"}, "g-27-III": {"7"}, "g-33-II": {"5"}, "total": {"12"}}
}

var orderField = regexp.MustCompile(`name="order" value="([^"]*)"`)

// enter presses the button of a preview.
func (v *visitor) enter(want int, preview answer) answer {
	v.Helper()
	m := orderField.FindStringSubmatch(preview.body)
	if m == nil {
		v.Fatalf("the preview has no order:\n%s", excerpt(preview.body))
	}
	return v.post(want, "/ministry/quota/orders", url.Values{"order": {html.UnescapeString(m[1])}})
}

func (a answer) has(t *testing.T, words ...string) {
	t.Helper()
	said := strings.Join(strings.Fields(strings.ReplaceAll(html.UnescapeString(text(a.body)), "\u00a0", " ")), " ")
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%s does not say %q:\n%s", a.path, w, excerpt(a.body))
		}
	}
}

func TestTheMinistryEntersAnOrderAndThePublicSeesIt(t *testing.T) {
	w := quotaTown(t)
	m := w.signedIn("ministry", "ru")
	preview := m.post(http.StatusOK, "/ministry/quota/orders/new", anOrderForm())
	preview.has(t, "Приказ ещё не введён", "Западно-Казахстанская область", "Контрольная сумма 12")
	w.visitor("ru").get(http.StatusOK, "/quota").has(t, "Приказы не введены")
	m.enter(http.StatusOK, preview).has(t, "Приказ введён", "№ 14 от 04.05.2026")
	m.enter(http.StatusConflict, preview).has(t, "уже введён")

	public := w.visitor("ru")
	public.get(http.StatusOK, "/quota").has(t, "№ 14 от 04.05.2026", "не распределено: 88")
	public.get(http.StatusOK, "/quota/orders/14-2026-05-04").has(t, "приказ № 14 от 4 мая 2026", "7")
	public.get(http.StatusNotFound, "/quota/orders/15-2026-05-04")

	// The day before nothing was there, and the link of that day keeps saying so.
	public.get(http.StatusOK, "/quota?year=2026&on=2026-05-03").has(t, "Квота на этот год не введена")
	public.get(http.StatusUnprocessableEntity, "/quota?on=2026-05-05").has(t, "ещё не наступило")
	public.get(http.StatusUnprocessableEntity, "/quota?on=вчера")
	public.get(http.StatusUnprocessableEntity, "/quota?year=1")

	var data struct {
		Dictionary map[string]string
		Lines      []struct {
			KATO, Category string
			Free           int
		}
	}
	if err := json.Unmarshal([]byte(public.get(http.StatusOK, "/quota.json").body), &data); err != nil {
		t.Fatal(err)
	}
	free := 0
	for _, l := range data.Lines {
		free += l.Free
	}
	if free != 12 || len(data.Lines) != 100 || len(data.Dictionary) != 9 {
		t.Errorf("the open data have %d free in %d lines, %d words; want 12 in 100, 9", free, len(data.Lines), len(data.Dictionary))
	}
	if csv := public.get(http.StatusOK, "/quota.csv").body; !strings.Contains(csv, "2026,2026-05-04,33,область Жетісу,II,5,0,0,5\n") {
		t.Errorf("the CSV is\n%s", csv)
	}
	m.get(http.StatusOK, "/ministry/quota/what-if?year=2026&n=3&from=2026/33/II&to=2026/27/III").has(t, "вторая категория 5 2", "третья категория 7 10")
	m.get(http.StatusUnprocessableEntity, "/ministry/quota/what-if?year=2026&n=6&from=2026/33/II&to=2026/27/III").has(t, "осталось: 5")
}

func TestWhatIsWrongWithAnOrderIsSaidAtItsFieldAndNothingIsLost(t *testing.T) {
	w := quotaTown(t)
	m := w.signedIn("ministry", "ru")
	for _, c := range []struct {
		field, value, says string
		status             int
	}{
		{"total", "13", "в приказе 13, по строкам 12", 422}, {"number", "", "номер приказа", 422}, {"percent", "много", "Процент", 422},
		{"g-27-III", "x", "должно быть целым", 422}, {"units", "11", "лишних 1", 409}, {"year", "1", "Укажите год", 422}, {"date-day", "31", "ещё не наступила", 422},
		{"n-1", "5", "Строка квоты не распознана", 422},
	} {
		form := anOrderForm()
		form.Set(c.field, c.value)
		page := m.post(c.status, "/ministry/quota/orders/new", form)
		page.has(t, c.says)
		if !strings.Contains(page.body, `value="О квоте"`) {
			t.Errorf("%s=%s: the title is lost", c.field, c.value)
		}
	}
}

// upload sends the import form with a file.
func (v *visitor) upload(want int, form url.Values, name, content string) answer {
	v.Helper()
	var b bytes.Buffer
	out := multipart.NewWriter(&b)
	for k, list := range form {
		if err := out.WriteField(k, list[0]); err != nil {
			v.Fatal(err)
		}
	}
	part, err := out.CreateFormFile("file", name)
	if err != nil {
		v.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		v.Fatal(err)
	}
	if err := out.Close(); err != nil {
		v.Fatal(err)
	}
	resp, err := v.client.Post(v.url+"/"+v.lang+"/ministry/quota/import", out.FormDataContentType(), &b)
	return v.read(want, resp, err)
}

func TestATableIsTakenWholeAfterAPreviewOrEachBadRowIsNamed(t *testing.T) {
	w := quotaTown(t)
	m := w.signedIn("ministry", "ru")
	form := anOrderForm()
	const head = "kato,region,I,II,III,IV,seasonal,total\n"
	m.upload(http.StatusUnprocessableEntity, form, "a.csv", head+"27,,1,2,3,,,7\n99,,1,,,,,1\ntotal,,2,2,3,,,8\n").
		has(t, "Строка 2, столбец total", "Строка 3, столбец kato", "Строка 4, столбец total")
	m.upload(http.StatusUnprocessableEntity, form, "a.xlsx", "PK\x03\x04 no").has(t, "Нужен файл XLSX или CSV")
	m.upload(http.StatusRequestEntityTooLarge, form, "a.csv", strings.Repeat("x", 1<<20+1))
	m.post(http.StatusUnprocessableEntity, "/ministry/quota/import", form).has(t, "Выберите файл")
	preview := m.upload(http.StatusOK, form, "a.csv", head+"27,,1,2,3,,,6\ntotal,,1,2,3,,,6\n")
	m.enter(http.StatusOK, preview).has(t, "Приказ введён")
	template := m.get(http.StatusOK, "/ministry/quota/template/gives.csv").body
	if strings.Count(template, "\n") != 22 {
		t.Errorf("the template has not a row for each region:\n%s", template)
	}
	m.get(http.StatusOK, "/ministry/quota/template/gives.xlsx")
	m.get(http.StatusOK, "/ministry/quota/template/moves.csv")
	m.get(http.StatusNotFound, "/ministry/quota/template/else")
}

func TestTheDeskIsTheMinistrysAlone(t *testing.T) {
	w := quotaTown(t)
	paths := []string{"/ministry/quota", "/ministry/quota/what-if", "/ministry/quota/orders", "/ministry/quota/orders/new", "/ministry/quota/import",
		"/ministry/quota/template/gives.csv", "/ministry/demand"}
	for _, login := range []string{"head", "clerk", "executor", "940140000385"} {
		v := w.signedIn(login, "en")
		for _, p := range paths {
			v.get(http.StatusNotFound, p)
		}
		for _, p := range []string{"/ministry/quota/orders/new", "/ministry/quota/import", "/ministry/quota/orders"} {
			v.post(http.StatusNotFound, p, anOrderForm())
		}
	}
	for _, l := range lang.Tags {
		m := w.signedIn("ministry", string(l))
		for _, p := range append(paths, "/quota", "/quota?region=27") {
			page := m.get(http.StatusOK, p)
			if strings.HasPrefix(page.body, "<!") {
				for _, fault := range htmlcheck.Page(page.body) {
					t.Errorf("%s %s: %s", l, p, fault)
				}
			}
		}
	}
}

func TestAnEmployersDemandGoesThroughTheDepartmentToTheMinistry(t *testing.T) {
	w := quotaTown(t)
	e := w.signedIn("940140000385", "ru")
	form := url.Values{"name": {"ТОО «Үлгі»"}, "region": {"27"}, "valid": {"2"}, "category-1": {"III"}, "position-1": {"сварщик"}, "permits-1": {"6"},
		"why": {"Цех в Аксае, договор № 5 от 01.03.2026"}}
	bad := url.Values{"name": {"ТОО «Үлгі»"}, "position-1": {"сварщик"}, "permits-1": {"x"}}
	e.post(http.StatusUnprocessableEntity, "/cabinet/demand", bad).has(t, "В каждой строке укажите")
	e.post(http.StatusOK, "/cabinet/demand", form).has(t, "Заявка отправлена")
	head := w.signedIn("head", "ru")
	head.get(http.StatusOK, "/office/demand").has(t, "ТОО «Үлгі»", "сварщик")
	head.post(http.StatusUnprocessableEntity, "/office/demand", url.Values{"why": {"–"}}).has(t, "от 10 до 2000")
	head.post(http.StatusOK, "/office/demand", url.Values{"why": {"Сводная заявка области"}}).has(t, "Отправлено в министерство")
	w.signedIn("clerk", "ru").post(http.StatusNotFound, "/office/demand", url.Values{"why": {"Сводная заявка области"}})
	w.signedIn("ministry", "ru").get(http.StatusOK, "/ministry/demand").has(t, "Запросы регионов на 2027 год", "Все регионы – – 6 – – 6")
}
