package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruqsat/internal/pdf"
)

func load(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../document/font/NotoSans-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func sans(t *testing.T) *pdf.Font {
	t.Helper()
	f, err := pdf.ParseFont("NotoSans-Regular", pdf.Style{}, load(t))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// page returns a document with one text on one page.
func page(t *testing.T, s string) *pdf.Document {
	t.Helper()
	d := pdf.New(pdf.Info{Title: "Рұқсат", Lang: "kk", Made: time.Date(2017, 7, 3, 5, 15, 0, 0, time.UTC)})
	p := d.AddPage(pdf.A4Width, pdf.A4Height)
	d.Begin("P", "kk")
	p.Text(20*pdf.MM, 20*pdf.MM, pdf.Type{Font: sans(t), Size: 10}, s)
	d.End()
	return d
}

func TestOnlyTheGlyphsUsedAreEmbedded(t *testing.T) {
	t.Parallel()
	few, err := page(t, "қол").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if len(few) > 6000 {
		t.Errorf("a page of three letters has %d bytes", len(few))
	}
}

// Ş and Ü are drawn of a letter and its accent; both parts must come along.
func TestAnAccentedLetterBringsItsParts(t *testing.T) {
	t.Parallel()
	plain, err := page(t, "SU").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	accented, err := page(t, "ŞÜ").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if len(accented) <= len(plain) {
		t.Errorf("with accents %d bytes, without %d", len(accented), len(plain))
	}
}

func TestACharacterTheFontLacksIsNamed(t *testing.T) {
	t.Parallel()
	_, err := page(t, "Wang 王").Bytes()
	m, ok := errors.AsType[*pdf.Missing](err)
	if !ok || m.Rune != '王' || m.Text != "Wang 王" {
		t.Errorf("got %v, want the character and its text", err)
	}
}

func TestTheTimeInAFileIsTheOneGiven(t *testing.T) {
	t.Parallel()
	out, err := page(t, "x").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out, []byte("/CreationDate(D:20170703051500Z)")) {
		t.Error("the file does not say when it was made")
	}
	out, err = pdf.New(pdf.Info{}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out, []byte("Date")) {
		t.Error("a file without a time says one")
	}
}

// A reader finds each object where the table at the end says.
func TestEveryObjectStandsWhereTheTableSays(t *testing.T) {
	t.Parallel()
	out, err := page(t, "Қазақстан").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(out), "\nxref\n")
	rows := strings.Split(table, "\n")[2:]
	n := 0
	for _, row := range rows {
		if !strings.HasSuffix(row, " n ") {
			break
		}
		n++
		at := 0
		for _, digit := range row[:10] {
			at = at*10 + int(digit-'0')
		}
		if want := strconv.Itoa(n) + " 0 obj"; !strings.HasPrefix(string(out[at:]), want) {
			t.Errorf("at %d stands %q, want %q", at, out[at:at+10], want)
		}
	}
	if n < 10 {
		t.Errorf("the table has %d objects", n)
	}
}

func TestAFontFileThatIsCutOffIsRefused(t *testing.T) {
	t.Parallel()
	whole := load(t)
	for n := 0; n < len(whole)-4; n += 97 {
		if _, err := pdf.ParseFont("cut", pdf.Style{}, whole[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are taken for a font", n, len(whole))
		}
	}
}

func FuzzParseFont(f *testing.F) {
	raw, err := os.ReadFile("../../document/font/NotoSans-Regular.ttf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw[:2000])
	f.Add(raw)
	f.Fuzz(func(t *testing.T, file []byte) {
		font, err := pdf.ParseFont("fuzzed", pdf.Style{}, file)
		if err == nil {
			font.Width("Қазақ", 10)
		}
	})
}
