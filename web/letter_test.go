package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruqsat/correspondence"
	"ruqsat/party"
	"ruqsat/registry"
)

// letterTown is the department of 2 September 2025, with the register of the demo
// and a letterhead.
func letterTown(t *testing.T) *town {
	t.Helper()
	w := open(t)
	w.clock = time.Date(2025, 9, 2, 10, 0, 0, 0, w.clock.Location())
	raw, err := os.ReadFile("../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	permits, err := registry.ReadCSV(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for i := range permits {
		permits[i].Region = "27"
	}
	if err := w.office.Import(t.Context(), permits); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("../demo/letterhead.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	paper, err := correspondence.ReadOffice(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.office.SetLetterhead(t.Context(), party.Actor{Role: party.Admin}, "27", paper); err != nil {
		t.Fatal(err)
	}
	return w
}

// aRequest is the form of the chancellery, filled in.
func aRequest() url.Values {
	return url.Values{
		"number": {"ЗТ-2025-02947312"}, "dated-day": {"27"}, "dated-month": {"8"}, "dated-year": {"2025"},
		"received-day": {"27"}, "received-month": {"8"}, "received-year": {"2025"}, "language": {"ru"},
		"from_ru": {"Информационно-аналитический портал «ORDA.KZ»"}, "from_kk": {"«ORDA.KZ» ақпараттық-талдау порталы"},
		"address_ru": {"г. Алматы, блок 4Ф, офис 102"}, "address_kk": {"Алматы қаласы, 4Ф блогы, 102-кеңсе"},
		"bin": {"190140071009"}, "words": {"Сколько разрешений выдано?\nЕсть ли среди них водители?"},
	}
}

// aLetter is the form of the executor, filled in.
func aLetter() url.Values {
	return url.Values{
		"topics-shown": {"1"}, "topics": {"basis", "issued", "positions", "ranks", "asked", "in-force", "stock-by-category"},
		"as_of-day": {"1"}, "as_of-month": {"9"}, "as_of-year": {"2025"}, "year": {"2025"},
		"asked-1-ru": {"водитель"}, "asked-1-kk": {"жүргізуші"}, "asked-1-category": {"IV"},
		"signatory": {"head"}, "phone": {"8 (7112) 00-00-01"},
	}
}

var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

// do presses the button of an act on the page of a request.
func (v *visitor) do(want int, path, act string, form url.Values) answer {
	v.Helper()
	m := versionField.FindStringSubmatch(v.get(http.StatusOK, path).body)
	if m == nil {
		v.Fatalf("%s offers nothing to do", path)
	}
	if form == nil {
		form = url.Values{}
	}
	form.Set("version", m[1])
	return v.post(want, path+"/"+act, form)
}

func (a answer) must(t *testing.T, says ...string) {
	t.Helper()
	for _, s := range says {
		if !strings.Contains(text(a.body), s) {
			t.Errorf("%s does not say %q", a.path, s)
		}
	}
}

func TestARequestIsAnsweredFromTheChancelleryToThePublic(t *testing.T) {
	t.Parallel()
	w := letterTown(t)
	clerk, head, executor := w.signedIn("clerk", "ru"), w.signedIn("head", "kk"), w.signedIn("executor", "ru")

	page := clerk.post(http.StatusOK, "/office/letters/new", aRequest())
	page.must(t, "ЗТ-2025-02947312", "27-вх-2025-000001", "18 сентября 2025 года", "Есть ли среди них водители?")
	path := page.path
	head.get(http.StatusOK, "/office").must(t, "Ақпарат беру туралы өтініштер")
	head.do(http.StatusOK, path, "assign", url.Values{"executor": {"executor"}, "resolution": {"Жауап беріңіз"}}).must(t, "Жауап беріңіз")

	drafted := executor.do(http.StatusOK, path, "draft", aLetter())
	drafted.must(t, "выдано 45 разрешений", "45 рұқсат берілді", "работают 65 иностранных граждан", "8 (7112) 00-00-01")
	rows := executor.get(http.StatusOK, path+"/figures/0")
	if n := strings.Count(rows.body, "/verify?number="); n != 45 {
		t.Errorf("behind 45 permits stand %d", n)
	}
	executor.get(http.StatusNotFound, path+"/figures/99")
	executor.get(http.StatusNotFound, path+"/figures/x")
	pdf := executor.get(http.StatusOK, path+"/letter.pdf")
	executor.get(http.StatusNotFound, path+"/letter.p7s")
	executor.get(http.StatusNotFound, path+"/signature")
	executor.get(http.StatusNotFound, path+"/copy.pdf")
	if !strings.HasPrefix(pdf.body, "%PDF-1.7") {
		t.Error("the letter is no PDF")
	}

	sign(t, head, path)
	if again := executor.get(http.StatusOK, path+"/letter.pdf"); again.body != pdf.body {
		t.Error("the letter that was signed is another than the one drafted")
	}
	clerk.get(http.StatusOK, "/office/letters?state=signed").must(t, "ЗТ-2025-02947312")
	clerk.do(http.StatusOK, path, "dispatch", nil).must(t, "27-исх-2025-000001")
	if sent := clerk.get(http.StatusOK, path+"/copy.pdf"); !strings.HasPrefix(sent.body, "%PDF-1.7") || sent.body == pdf.body {
		t.Error("the copy that was sent has no number")
	}

	anybody := w.visitor("ru")
	anybody.get(http.StatusOK, "/letters").must(t, "Опубликованных ответов пока нет")
	anybody.get(http.StatusNotFound, "/letters/"+strings.TrimPrefix(path, "/office/letters/"))
	executor.do(http.StatusOK, path, "publish", url.Values{"naming": {"unnamed"}})
	anybody.get(http.StatusOK, "/letters").must(t, "ЗТ-2025-02947312", "не называется")
	public := anybody.get(http.StatusOK, "/letters/"+strings.TrimPrefix(path, "/office/letters/"))
	public.must(t, "выдано 45 разрешений", "65 шетел азаматы", "27-исх-2025-000001")
	for _, secret := range []string{"Alacem", "Алацем", "190140071009", "ORDA", "Сынақов", "8 (7112)"} {
		if strings.Contains(public.body, secret) {
			t.Errorf("the public reads %s", secret)
		}
	}
}

// sign has the head sign the draft.
func sign(t *testing.T, head *visitor, path string) {
	t.Helper()
	head.get(http.StatusOK, path+"/sign").must(t, "45 рұқсат берілді", "выдано 45 разрешений")
	for _, key := range []string{"revoked", "expired", "another", "foreign", ""} {
		page := head.do(http.StatusUnprocessableEntity, path, "sign", url.Values{"signer": {key}})
		page.must(t, "45 рұқсат берілді")
	}
	head.do(http.StatusOK, path, "sign", url.Values{"signer": {"own"}}).must(t, "Қол қойылды")
	if sig := head.get(http.StatusOK, path+"/letter.p7s"); !strings.HasPrefix(sig.body, "0") {
		t.Error("the signature is no CMS")
	}
	head.get(http.StatusOK, path+"/signature").must(t, "SHA-256")
}

// drafted is a town with a request on the head's desk.
func draftedTown(t *testing.T) (*town, string) {
	t.Helper()
	w := letterTown(t)
	path := w.signedIn("clerk", "ru").post(http.StatusOK, "/office/letters/new", aRequest()).path
	w.signedIn("head", "ru").do(http.StatusOK, path, "assign", url.Values{"executor": {"executor"}})
	w.signedIn("executor", "ru").do(http.StatusOK, path, "draft", aLetter())
	return w, path
}

func TestNothingTypedIntoALetterIsLost(t *testing.T) {
	t.Parallel()
	w := letterTown(t)
	clerk := w.signedIn("clerk", "ru")
	for field, value := range map[string]string{
		"number": "ЗТ-2025-1", "dated-day": "31", "received-day": "3", "language": "en", "from_ru": "", "bin": "190140071000", "words": " ",
	} {
		form := aRequest()
		form.Set(field, value)
		if field == "dated-day" {
			form.Set("dated-month", "6")
		}
		if field == "received-day" {
			form.Set("received-month", "9")
		}
		if field == "from_ru" {
			form.Set("from_kk", "")
		}
		clerk.post(http.StatusUnprocessableEntity, "/office/letters/new", form).must(t, "офис 102")
	}
	path := clerk.post(http.StatusOK, "/office/letters/new", aRequest()).path
	clerk.post(http.StatusConflict, "/office/letters/new", aRequest()).must(t, "уже зарегистрировано", "офис 102")

	w.signedIn("head", "ru").do(http.StatusOK, path, "assign", url.Values{"executor": {"executor"}})
	executor := w.signedIn("executor", "ru")
	form := aLetter()
	form.Del("topics")
	executor.do(http.StatusUnprocessableEntity, path, "draft", form).must(t, "Выберите хотя бы одно")
	for field, values := range map[string][]string{
		"topics": {"basis"}, "as_of-year": {"2026"}, "year": {"2030"}, "asked-1-category": {"VII"}, "signatory": {"clerk"},
		"free-1-kk": {"Басқарма 21 өтініш қарады."}, "as_of-day": {"31"},
	} {
		form := aLetter()
		form.Set("free-1-ru", "Управление рассмотрело 12 заявлений.")
		form.Set("free-1-kk", "Басқарма 12 өтініш қарады.")
		form[field] = values
		executor.do(http.StatusUnprocessableEntity, path, "draft", form).must(t, "Управление рассмотрело 12 заявлений.")
	}
}

func TestALetterSomebodyElseChangedIsNotOverwritten(t *testing.T) {
	t.Parallel()
	w, path := draftedTown(t)
	executor, head := w.signedIn("executor", "ru"), w.signedIn("head", "ru")
	old := versionField.FindStringSubmatch(executor.get(http.StatusOK, path).body)[1]
	head.do(http.StatusOK, path, "send-back", url.Values{"remarks": {"Добавьте абзац."}}).must(t, "Добавьте абзац.")
	form := aLetter()
	form.Set("version", old)
	form.Set("free-1-ru", "Свои слова.")
	form.Set("free-1-kk", "Өз сөзі.")
	executor.post(http.StatusConflict, path+"/draft", form).must(t, "Свои слова.", "Өз сөзі.", "Добавьте абзац.")
	executor.do(http.StatusOK, path, "draft", form).must(t, "Свои слова.")
	head.do(http.StatusUnprocessableEntity, path, "send-back", url.Values{"remarks": {" "}})
}

func TestALetterIsForItsDepartmentAndEachActForItsRole(t *testing.T) {
	t.Parallel()
	w, path := draftedTown(t)
	for _, who := range []string{"stranger", "940140000385", "950341000052"} {
		v := w.signedIn(who, "en")
		for _, at := range []string{"", "/letter.pdf", "/figures/0"} {
			v.get(http.StatusNotFound, path+at)
		}
		for _, act := range []string{"sign", "draft", "dispatch", "publish"} {
			v.post(http.StatusNotFound, path+"/"+act, url.Values{"version": {"3"}, "naming": {"named"}})
		}
	}
	executor := w.signedIn("executor", "en")
	executor.post(http.StatusForbidden, path+"/sign", url.Values{"version": {"3"}})
	executor.post(http.StatusForbidden, path+"/assign", url.Values{"version": {"3"}, "executor": {"executor"}})
	executor.post(http.StatusConflict, path+"/publish", url.Values{"version": {"3"}, "naming": {"named"}})
	executor.post(http.StatusNotFound, path+"/burn", url.Values{"version": {"3"}})
	executor.post(http.StatusUnprocessableEntity, path+"/sign", url.Values{"version": {"three"}})
	w.signedIn("clerk", "en").post(http.StatusForbidden, path+"/sign", url.Values{"version": {"3"}})
	executor.get(http.StatusNotFound, "/office/letters/new")
	executor.get(http.StatusNotFound, "/office/letters/00000000-0000-0000-0000-000000000000")
	executor.get(http.StatusNotFound, "/office/letters?state=burnt")
}

// The head signs what the register says today, or nothing.
func TestALetterWhoseFiguresNoLongerHoldIsNotSigned(t *testing.T) {
	t.Parallel()
	w, path := draftedTown(t)
	late, err := w.office.Permit(t.Context(), "KZ33IRS00000030")
	if err != nil {
		t.Fatal(err)
	}
	late.Number, late.WorkerRef, late.Seq = "KZ27IRS00009999", "W009999", 0
	if err := w.office.Import(t.Context(), []registry.Permit{late}); err != nil {
		t.Fatal(err)
	}
	head := w.signedIn("head", "ru")
	m := versionField.FindStringSubmatch(head.get(http.StatusOK, path).body)
	version, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	signWith(head, http.StatusConflict, path, version).must(t, "Реестр изменился")
	executor := w.signedIn("executor", "ru")
	executor.do(http.StatusOK, path, "draft", aLetter()).must(t, "выдано 46 разрешений", "работают 66 иностранных граждан")
}

// signWith signs the draft of a version.
func signWith(head *visitor, want int, path string, version int) answer {
	head.Helper()
	return head.post(want, path+"/sign", url.Values{"version": {strconv.Itoa(version)}, "signer": {"own"}})
}
