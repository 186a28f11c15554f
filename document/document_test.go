package document_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/problem"
)

// forms are all forms with data that fill every field.
var forms = map[string]func() ([]byte, error){
	"slip":        func() ([]byte, error) { return document.Slip(slip) },
	"return":      func() ([]byte, error) { return document.ReturnLetter(returned) },
	"notice":      func() ([]byte, error) { return document.Notice(notice) },
	"refusal":     func() ([]byte, error) { return document.Refusal(refusal) },
	"permit":      func() ([]byte, error) { return document.Permit(permit) },
	"letter":      func() ([]byte, error) { return document.Letter(letter) },
	"application": func() ([]byte, error) { return document.Application(application) },
	"ruling":      func() ([]byte, error) { return document.Ruling(ruling) },
	"complaint":   func() ([]byte, error) { return document.ComplaintReceipt(complaintReceipt) },
	"sheet":       func() ([]byte, error) { return document.Sheet(sheet) },
	"receipt":     func() ([]byte, error) { return document.Receipt(receipt) },
}

// keep puts a paper into the folder that RUQSAT_FORMS names, to look at it.
func keep(t *testing.T, name string, pdf []byte) {
	t.Helper()
	if dir := os.Getenv("RUQSAT_FORMS"); dir != "" {
		file := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Error(err)
		}
	}
}

// A signature over a draft must be a signature over the paper.
func TestTheSameDataGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	for name, form := range forms {
		first, err := form()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		keep(t, name, first)
		for range 5 {
			again, err := form()
			if err != nil || !bytes.Equal(first, again) {
				t.Errorf("%s: two runs differ (%v)", name, err)
			}
		}
	}
}

func TestEveryFormIsTaggedAndSaysItsLanguages(t *testing.T) {
	t.Parallel()
	for name, form := range forms {
		pdf, err := form()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, want := range []string{"/Lang(kk)", "/Lang(ru)", "/StructTreeRoot", "/Marked true", "/DisplayDocTitle true", "/Title<FEFF"} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
}

// A screen reader follows the structure: it must find headings, tables and the
// code, and no two words grown together where a line ends.
func TestAPermitIsReadAloudInOrder(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("pdfinfo")
	if err != nil {
		t.Skip("SKIPPED: pdfinfo (poppler-utils) is not here, so the structure is not read back")
	}
	pdf, err := forms["permit"]()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "permit.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, "-struct-text", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{
		`H1 (block) "РҰҚСАТ"`, `TH "Паспорт" TD "U 01234567"`,
		`"Товарищество с ограниченной ответственностью «Жайық Үлгі Құрылыс», БИН 170340000009"`, "Figure",
	} {
		at := strings.Index(got, want)
		if at < 0 {
			t.Fatalf("%s does not come next; the rest is %s", want, got)
		}
		got = got[at:]
	}
}

// A gap in a name would make it another name.
func TestACharacterThatCannotBePrintedIsAnErrorThatNamesIt(t *testing.T) {
	t.Parallel()
	d := permit
	d.Latin = "WANG 小明"
	_, err := document.Permit(d)
	if !problem.IsKind(err, problem.Invalid) {
		t.Fatalf("got %v, want an Invalid error", err)
	}
	for _, tag := range lang.Tags {
		if say := problem.Of(err).Say.In(tag); !strings.Contains(say, "小") || !strings.Contains(say, "U+5C0F") || !strings.Contains(say, "WANG") {
			t.Errorf("%s: %q does not say which character and where", tag, say)
		}
	}
}

func TestUnprintableFindsTheFirstCharacterNoPaperCanShow(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]rune{
		"Нұрсұлтан": 0, "Nguyễn Văn Đức": 0, "O’Brien": 0, "Şükrü\u200bYılmaz": 0, "Jose\u0301": 0, "two\nlines": 0, "": 0,
		"王小明": '王', "Anna 🙂": '🙂', "محمد": 'م',
	} {
		if got, found := document.Unprintable(name); got != want || found != (want != 0) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// An accent that comes apart from its letter, and signs that cannot be seen,
// would let two names look the same and be different.
func TestANameIsPrintedAsItReads(t *testing.T) {
	t.Parallel()
	same := []string{"José\u00a0Ünal", "Jose\u0301\u00a0U\u0308nal", "Jo\u200bsé\u00a0Ünal\u202e", " José\u202fÜnal\u00ad "}
	var first []byte
	for i, name := range same {
		d := permit
		d.Latin = name
		pdf, err := document.Permit(d)
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if i == 0 {
			first = pdf
		} else if !bytes.Equal(pdf, first) {
			t.Errorf("%q is printed otherwise than %q", name, same[0])
		}
	}
}

// A copy shows the signature; the signed bytes say only that there will be one.
func TestOnlyACopyShowsTheSignature(t *testing.T) {
	t.Parallel()
	d := permit
	d.Signatory.Stamp = &stamp
	pdf, err := document.Permit(d)
	if err != nil {
		t.Fatal(err)
	}
	copied := text(t, pdf)
	for _, want := range []string{"Подписано ЭЦП", stamp.Signer, stamp.Serial, "••••••••0012", "12.07.2017, 12:41"} {
		if !strings.Contains(copied, want) {
			t.Errorf("the copy does not say %q", want)
		}
	}
	if strings.Contains(copied, stamp.IIN) {
		t.Error("the copy shows the whole IIN")
	}
	signed, err := forms["permit"]()
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, signed); !strings.Contains(got, "Подписывается электронной") || strings.Contains(got, "Подписано ЭЦП") {
		t.Errorf("the bytes to be signed say %q", got)
	}
}

func TestOnlyAPaperOfSeveralPagesNumbersThem(t *testing.T) {
	t.Parallel()
	for name, numbered := range map[string]bool{"permit": false, "slip": false, "notice": true, "letter": true} {
		pdf, err := forms[name]()
		if err != nil {
			t.Fatal(err)
		}
		// pdftotext may leave out the spaces around the stroke.
		if got := strings.Contains(strings.ReplaceAll(text(t, pdf), " ", ""), "1/2"); got != numbered {
			t.Errorf("%s: numbered %t, want %t", name, got, numbered)
		}
	}
}

func TestALetterCanHaveOneLanguageOnly(t *testing.T) {
	t.Parallel()
	d := letter
	d.Langs = []lang.Tag{lang.RU}
	pdf, err := document.Letter(d)
	if err != nil {
		t.Fatal(err)
	}
	got := text(t, pdf)
	if !strings.Contains(got, "рассмотрев Ваше обращение") || strings.Contains(got, "мынаны хабарлайды") {
		t.Errorf("a letter in Russian says %q", got)
	}
}
