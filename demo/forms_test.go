package demo_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/demo"
	"ruqsat/scenario"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// says are what the permit of each case has to say, in both official languages.
var says = map[string][]string{
	"issue-I":                  {"бірінші санат", "первая категория", "выдача разрешения", "Действует с 02.04.2026", "Действует по 01.04.2029"},
	"issue-II":                 {"екінші санат", "вторая категория", "начальник отдела", "Действует с 02.04.2026", "Действует по 01.04.2027"},
	"issue-III":                {"үшінші санат", "третья категория", "инженер-строитель", "Действует с 02.04.2026", "Действует по 01.04.2027"},
	"issue-IV":                 {"төртінші санат", "четвёртая категория", "сварщик", "дәнекерлеуші"},
	"issue-seasonal":           {"маусымдық шетелдік жұмыскер", "сезонный иностранный работник", "Действует с 02.04.2026", "Действует по 01.10.2026"},
	"issue-ict-head":           {"корпоративішілік ауыстыру: басшы", "внутрикорпоративный перевод: руководитель", "01.04.2029"},
	"issue-ict-manager":        {"корпоративішілік ауыстыру: менеджер", "внутрикорпоративный перевод: менеджер", "01.04.2029"},
	"issue-ict-specialist":     {"корпоративішілік ауыстыру: маман", "внутрикорпоративный перевод: специалист", "01.04.2029"},
	"issue-regions":            {"Батыс Қазақстан облысы, Жетісу облысы, Атырау облысы", "Западно-Казахстанская область, область Жетісу, Атырауская область"},
	"extension-I":              {"первая категория", "продление разрешения", "прежнее разрешение: № KZ27IRS90000001", "Действует с 18.04.2026", "Действует по 17.04.2027"},
	"extension-II":             {"вторая категория", "рұқсатты ұзарту", "бұрынғы рұқсат", "KZ27IRS90000002", "Действует с 18.04.2026", "Действует по 17.04.2027"},
	"extension-III":            {"третья категория", "KZ27IRS90000003", "Действует с 18.04.2026", "Действует по 17.04.2027"},
	"extension-ict-head":       {"внутрикорпоративный перевод: руководитель", "KZ27IRS90000004", "17.04.2027"},
	"extension-ict-manager":    {"внутрикорпоративный перевод: менеджер", "KZ27IRS90000005", "17.04.2027"},
	"extension-ict-specialist": {"внутрикорпоративный перевод: специалист", "KZ27IRS90000006", "17.04.2027"},
	"reissue-I":                {"первая категория", "переоформление разрешения", "Действует с 02.04.2026", "Действует по 01.04.2029"},
	"reissue-II":               {"вторая категория", "рұқсатты қайта ресімдеу", "Действует с 02.04.2026", "Действует по 01.04.2027"},
	"reissue-III":              {"третья категория", "ANOTHER WORKER", "Китай", "Действует с 02.04.2026", "Действует по 01.04.2027"},
	"reissue-IV":               {"четвёртая категория", "Действует с 02.04.2026", "Действует по 01.04.2027"},
	"reissue-seasonal":         {"сезонный иностранный работник", "Действует с 02.04.2026", "Действует по 01.10.2026"},
	"reissue-ict-head":         {"внутрикорпоративный перевод: руководитель", "01.04.2029"},
	"reissue-ict-manager":      {"внутрикорпоративный перевод: менеджер", "01.04.2029"},
	"reissue-ict-specialist":   {"внутрикорпоративный перевод: специалист", "01.04.2029"},
}

func forms(t *testing.T) []scenario.Form {
	t.Helper()
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	signer, err := practice.New(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	list, err := demo.Forms(t.Context(), storetest.Open(t, storetest.SQLite(t)), files, signer)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryOperationEndsWithAPermitThatSaysWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	permits, kinds := map[string]string{}, map[string]bool{}
	numbers := map[string]string{}
	for _, f := range forms(t) {
		kinds[f.Kind] = true
		text := words(t, f)
		if strings.Contains(text, "office.") || strings.Contains(text, "document.") {
			t.Errorf("%s of %s lacks words: %s", f.Kind, f.Case, text)
		}
		if f.Kind == "permit" {
			permits[f.Case], numbers[f.Case] = text, f.Name
		}
	}
	for _, kind := range []string{"slip", "application", "notice", "permit", "refusal", "return", "correction", "invitation", "protocol"} {
		if !kinds[kind] {
			t.Errorf("no case led to a %s", kind)
		}
	}
	for name, wants := range says {
		for _, want := range append(wants, "№ "+numbers[name], "940140000385") {
			if !strings.Contains(permits[name], want) {
				t.Errorf("the permit of %s does not say %q:\n%s", name, want, permits[name])
			}
		}
		of, reissued := strings.CutPrefix(name, "reissue-")
		if reissued && !strings.Contains(permits[name], "прежнее разрешение: № "+numbers["issue-"+of]) {
			t.Errorf("the permit of %s does not name the permit %s it replaces:\n%s", name, numbers["issue-"+of], permits[name])
		}
	}
}

// words reads a form back with pdftotext, of poppler-utils, column by column.
func words(t *testing.T, f scenario.Form) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext (poppler-utils) is not here, so forms are not read back")
	}
	file := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(file, f.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, "-raw", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}
