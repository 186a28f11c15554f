package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// says are what the department's letter of 2025 tells, each with our words for it
// in the two halves. The names of the people who signed and prepared that letter
// are not ours to print.
var says = []struct{ what, kk, ru string }{
	{"the name of the department", "«ЖЕТІСУ ОБЛЫСЫНЫҢ ЖҰМЫСПЕН ҚАМТУДЫ ҮЙЛЕСТІРУ ЖӘНЕ ӘЛЕУМЕТТІК БАҒДАРЛАМАЛАР БАСҚАРМАСЫ» МЕМЛЕКЕТТІК МЕКЕМЕСІ",
		"ГОСУДАРСТВЕННОЕ УЧРЕЖДЕНИЕ «УПРАВЛЕНИЕ КООРДИНАЦИИ ЗАНЯТОСТИ И СОЦИАЛЬНЫХ ПРОГРАММ ОБЛАСТИ ЖЕТІСУ»"},
	{"its address", "040000, Жетісу облысы, Талдықорған қаласы, Қабанбай батыр көшесі, 26", "040000, область Жетісу, г. Талдықорған, ул. Қабанбай батыра, 26"},
	{"its telephone", "тел.: 8 (7282) 329263", "тел.: 8 (7282) 329263"},
	{"its fax", "факс: 8 (7282) 329261", "факс: 8 (7282) 329261"},
	{"its number", "БСН 220740008203", "БИН 220740008203"},
	{"its e-mail", "zhetysuobltrud@zhetysu.gov.kz", "zhetysuobltrud@zhetysu.gov.kz"},
	{"a line for the number", "№ ___", "№ ___"},
	{"the addressee", "«ORDA.KZ» ақпараттық-талдау порталы", "Информационно-аналитический портал «ORDA.KZ»"},
	{"where the addressee is", "4Ф блогы, 102-кеңсе", "г. Алматы, БЦ «Нурлы-Тау», блок 4Ф, офис 102"},
	{"number and day of the request", "2025 жылғы 27 тамыздағы № ЗТ-2025-02947312 өтінішіңізді", "рассмотрев Ваше обращение № ЗТ-2025-02947312 от 27 августа 2025 года"},
	{"the service", "«Жұмыс берушілерге шетелдік жұмыс күшін тартуға рұқсат беру немесе ұзарту»", "«Выдача или продление разрешения работодателям на привлечение иностранной рабочей силы»"},
	{"the order on the quota", "2023 жылғы 30 маусымдағы № 274", "от 30 июня 2023 года № 274"},
	{"the order on permits", "2023 жылғы 30 маусымдағы № 279", "от 30 июня 2023 года № 279"},
	{"what was issued", "бір жыл мерзімге 45 рұқсат берілді", "выдано 45 разрешений сроком действия один год"},
	{"a position of many", "басшының орынбасары, бөлім бастығы, ауысым бастығы", "заместитель руководителя, начальник отдела, начальник смены"},
	{"the last position", "аудармашы.", "переводчик."},
	{"the categories of ¶ 5", "Қағидалардың 5-тармағына сәйкес", "Согласно пункту 5 Правил"},
	{"the first category", "1) бірінші санат", "1) первая категория – руководители и их заместители;"},
	{"the sixth", "6) корпоративішілік ауыстыру", "6) внутрикорпоративный перевод"},
	{"the driver", "«жүргізуші» лауазымы төртінші санатқа жатады; төртінші санат бойынша 2025 жылы жұмыс берушіге рұқсаттар берілген жоқ", "Должность «водитель» относится к четвёртой категории; по четвёртой категории в 2025 году работодателю разрешения не выдавались"},
	{"the stock of the day", "2025 жылғы 1 қыркүйектегі жағдай бойынша", "По состоянию на 1 сентября 2025 года"},
	{"whose citizens", "65 шетел азаматы жұмыс істейді (азаматтығы: Қытай – 65)", "работают 65 иностранных граждан (гражданство: Китай – 65)"},
	{"heads under transfer", "басшылар: 1 рұқсат", "руководители: 1 разрешение"},
	{"managers under transfer", "менеджерлер: 3 рұқсат", "менеджеры: 3 разрешения"},
	{"specialists under transfer", "мамандар: 51 рұқсат", "специалисты: 51 разрешение"},
	{"category II", "екінші санат (құрылымдық бөлімшелердің басшылары): 1 рұқсат", "вторая категория (руководители структурных подразделений): 1 разрешение"},
	{"category III", "үшінші санат (мамандар): 9 рұқсат", "третья категория (специалисты): 9 разрешений"},
	{"no powers of control", "бақылау-қадағалау функциялары берілмегенін", "не наделено контрольно-надзорными функциями"},
	{"the right of appeal", "№ 350-VI Әкімшілік рәсімдік-процестік кодексінің 91-бабына сәйкес", "со статьёй 91 Административного процедурно-процессуального кодекса Республики Казахстан от 29 июня 2020 года № 350-VI"},
	{"who signs", "Басқарма басшысы", "Руководитель управления"},
	{"their name", "С. Әбдірахманов", "С. Әбдірахманов"},
	{"who prepared it", "Д. Ермеков", "Д. Ермеков"},
	{"where to call", "8 (7282) 00-00-01", "8 (7282) 00-00-01"},
}

func TestThePDFSaysWhatTheDepartmentAnswered(t *testing.T) {
	kk, ru := halves(t, reply(t, "../../demo/alacem.csv"))
	for _, s := range says {
		if !strings.Contains(kk, s.kk) {
			t.Errorf("%s: the Kazakh half does not say %q", s.what, s.kk)
		}
		if !strings.Contains(ru, s.ru) {
			t.Errorf("%s: the Russian half does not say %q", s.what, s.ru)
		}
	}
	if t.Failed() {
		t.Logf("the letter:\n%s\n%s", kk, ru)
	}
}

// Nothing is typed that should be counted: a register without the specialists of
// one position, and with a driver, is told so.
func TestThePDFOfAnotherRegisterHasItsOwnFigures(t *testing.T) {
	raw, err := os.ReadFile("../../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for row := range strings.Lines(string(raw)) {
		if !strings.Contains(row, ",инженер-конструктор,") {
			kept = append(kept, row)
		}
	}
	driver := strings.NewReplacer("KZ33IRS00000071", "KZ33IRS00009999", ",III,", ",IV,", "переводчик", "водитель", "аудармашы", "жүргізуші", "W000", "X000").
		Replace(kept[len(kept)-1-rowsAfter(kept, "KZ33IRS00000071")])
	path := filepath.Join(t.TempDir(), "other.csv")
	if err := os.WriteFile(path, []byte(strings.Join(append(kept, driver), "")), 0o600); err != nil {
		t.Fatal(err)
	}
	kk, ru := halves(t, reply(t, path))
	for _, gone := range []string{"45 разрешений", "65 иностранных", "51 разрешение", "инженер-конструктор", "не выдавались"} {
		if strings.Contains(ru, gone) {
			t.Errorf("the letter says %q of another register", gone)
		}
	}
	if want := "по четвёртой категории в 2025 году работодателю выдано 1 разрешение, в том числе на эту должность: 1"; !strings.Contains(ru, want) {
		t.Errorf("the letter does not say %q:\n%s", want, ru)
	}
	if strings.Contains(kk, "берілген жоқ") {
		t.Error("the Kazakh half says that no driver was permitted")
	}
}

func rowsAfter(rows []string, number string) int {
	for i, row := range rows {
		if strings.HasPrefix(row, number) {
			return len(rows) - 1 - i
		}
	}
	return 0
}

// reply imports a register and returns the text of the letter, as a reader of PDF
// finds it.
func reply(t *testing.T, register string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("SKIPPED: pdftotext is not here (package poppler-utils), so nobody else has read the letter")
	}
	dir := t.TempDir()
	ruqsat(t, "register", "import", "--data", dir, register)
	ruqsat(t, "letterhead", "--data", dir, "--region", "33", "../../demo/letterhead.json")
	raw, err := os.ReadFile("../../demo/request-orda.json")
	if err != nil {
		t.Fatal(err)
	}
	var q map[string]any
	if err := json.Unmarshal(raw, &q); err != nil {
		t.Fatal(err)
	}
	delete(q, "words")
	q["region"] = "33"
	raw, _ = json.Marshal(q)
	request, out := filepath.Join(dir, "request.json"), filepath.Join(dir, "reply.pdf")
	if err := os.WriteFile(request, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	ruqsat(t, "letter", "--data", dir, "--request", request, "--out", out)
	text, err := exec.Command("pdftotext", "-raw", out, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}

func ruqsat(t *testing.T, args ...string) {
	t.Helper()
	var errs bytes.Buffer
	if code := run(context.Background(), args, io.Discard, &errs); code != 0 {
		t.Fatalf("ruqsat %s: exit %d, %s", strings.Join(args, " "), code, errs.String())
	}
}

// halves parts the text of a letter by language, each on one line: a half begins
// on the first page and in the middle.
func halves(t *testing.T, text string) (kk, ru string) {
	t.Helper()
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(pages)%2 != 0 {
		t.Fatalf("the letter has %d pages, want as many in one language as in the other", len(pages))
	}
	flat := func(p []string) string {
		return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(p, " ")), " "), "- ", "-")
	}
	return flat(pages[:len(pages)/2]), flat(pages[len(pages)/2:])
}
