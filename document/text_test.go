package document_test

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ruqsat/document"
)

// A word as an independent reader of PDF finds it, with its box in points.
type word struct {
	Text string  `xml:",chardata"`
	Left float64 `xml:"xMin,attr"`
	Top  float64 `xml:"yMin,attr"`
	End  float64 `xml:"xMax,attr"`
	Foot float64 `xml:"yMax,attr"`
}

type page struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []word  `xml:"word"`
}

// pages reads a paper back with pdftotext, of poppler-utils.
func pages(t *testing.T, pdf []byte) []page {
	t.Helper()
	var out struct {
		Pages []page `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal([]byte(poppler(t, pdf, "-bbox")), &out); err != nil {
		t.Fatal(err)
	}
	return out.Pages
}

// text reads a paper back as plain text.
func text(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(poppler(t, pdf)), " ")
}

func poppler(t *testing.T, pdf []byte, options ...string) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext (poppler-utils) is not here, so papers are not read back")
	}
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, append(options, file, "-")...).Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

// crosses reports whether two words cover one another by more than the air above
// and below letters.
func crosses(a, b word) bool {
	const air = 0.28 // of the height of a line
	high := min(a.Foot-a.Top, b.Foot-b.Top)
	return a.Left < b.End-0.5 && b.Left < a.End-0.5 && min(a.Foot, b.Foot)-max(a.Top, b.Top) > air*high
}

// sound complains of words that leave the paper or cover one another.
func sound(t *testing.T, name string, all []page) {
	t.Helper()
	const edge = 8 // points: printers cannot print further out
	for n, p := range all {
		for i, w := range p.Words {
			if w.Left < edge || w.Top < edge || w.End > p.Width-edge || w.Foot > p.Height-edge {
				t.Errorf("%s, page %d: %q leaves the paper", name, n+1, w.Text)
			}
			for _, other := range p.Words[i+1:] {
				if crosses(w, other) {
					t.Errorf("%s, page %d: %q and %q cover one another", name, n+1, w.Text, other.Text)
				}
			}
		}
	}
}

func TestNothingIsCutOrCovered(t *testing.T) {
	t.Parallel()
	for name, form := range forms {
		pdf, err := form()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sound(t, name, pages(t, pdf))
	}
}

func TestAKazakhNameComesBackAsItWentIn(t *testing.T) {
	t.Parallel()
	const letters = "ӘҒҚҢӨҰҮҺІ әғқңөұүһі Ёё 310 853 ₸ № 7 «а–б»"
	d := slip
	d.Receiver = letters
	pdf, err := document.Slip(d)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, pdf); !strings.Contains(got, letters) {
		t.Errorf("%q is not in %q", letters, got)
	}
}

// Each form says in both official languages what the regulation wants of it.
func TestEveryFormSaysWhatItMust(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"slip":        {"27-2017-000042", "03.07.2017, 10:15", "17.07.2017", "Әубәкірова Қ. Ө.", "7KQM-4XWP", "170340000009", "ОТРЫВНОЙ ТАЛОН", "Белгіленген нысандағы өтініш"},
		"return":      {"Письменное обоснование", "Срок действия паспорта", "Как устранить", "7-тармақ, 3) тармақша", "подпункт"},
		"notice":      {"26 июля 2017 года", "2017 жылғы 26 шілде", "179 МРП × 2 269 ₸", "812 302 ₸", "YILMAZ ŞÜKRÜ", "Срок: 10 рабочих дней", "КБК"},
		"refusal":     {"Мотивированный отказ", "1. Не соблюдено", "2. Квалификация", "Порядок обжалования", "главой 3 Стандарта"},
		"permit":      {"РҰҚСАТ", "27-2017-000311", "ЙЫЛМАЗ ШҮКРҮ", "U 01234567", "26.07.2018", "Западно-Казахстанская область", "QR-код"},
		"letter":      {"ЗТ-2025-00000042", "ЗАПАДНО-КАЗАХСТАНСКОЙ ОБЛАСТИ", "Информационный портал", "бақылау-қадағалау", "Г. Мысалова"},
		"application": {"APPLICATION", "ӨТІНІШ", "ЗАЯВЛЕНИЕ", "passport.pdf, 180 kB", "9f86d081884c"},
		"sheet":       {"Подписано ЭЦП", "ҮЛГІБАЕВ ЕРЛАН", "••••••••0012", "12.07.2017, 12:41"},
	} {
		pdf, err := forms[name]()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := strings.ReplaceAll(text(t, pdf), "\u00a0", " ")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q: %s", name, w, got)
			}
		}
	}
}

// An account number is never made up: what is unknown stays a line.
func TestAnUnknownAccountStaysALine(t *testing.T) {
	t.Parallel()
	unknown, err := document.Notice(notice)
	if err != nil {
		t.Fatal(err)
	}
	d := notice
	d.Pay.KBK, d.Pay.IBAN = "105101", "KZ000000000000000000"
	known, err := document.Notice(d)
	if err != nil {
		t.Fatal(err)
	}
	lines := func(pdf []byte) int { return strings.Count(text(t, pdf), "____") }
	if lines(known) >= lines(unknown) {
		t.Errorf("%v places to fill in with two codes known, %v with none", lines(known), lines(unknown))
	}
}
