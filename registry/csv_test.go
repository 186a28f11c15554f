package registry_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
)

// permits draws registers of any permits a file can hold.
func permits(t *rapid.T) []registry.Permit {
	text := rapid.StringMatching(`[=+@'"A-Za-zА-Яә][-=+@'",;A-Za-zА-Яә ]{0,20}[.)"'A-Zә]`)
	var list []registry.Permit
	for i := range rapid.IntRange(0, 5).Draw(t, "permits") {
		c := rapid.SampledFrom(law.Categories).Draw(t, "category")
		from := calendar.DateOf(2017, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(t, "from"))
		p := registry.Permit{
			Number: registry.FormatNumber("27", int64(i+1)), Operation: rapid.SampledFrom(law.Operations).Draw(t, "operation"),
			Scheme: c.Scheme(), Employer: party.BIN(alacem), Region: rapid.SampledFrom(law.Regions()).Draw(t, "region").KATO,
			Name:     lang.Text{KK: text.Draw(t, "name kk"), RU: text.Draw(t, "name ru")},
			Position: lang.Text{KK: text.Draw(t, "position kk"), RU: text.Draw(t, "position ru")},
			Category: c, WorkerRef: text.Draw(t, "worker"), Citizenship: rapid.SampledFrom([]string{"CN", "TR", "UZ"}).Draw(t, "citizenship"),
			NKZ:    rapid.SampledFrom([]string{"", "2142", "2142-1"}).Draw(t, "nkz"),
			Issued: from, From: from, Until: from.PlusMonths(rapid.IntRange(1, 12).Draw(t, "months")),
		}
		if rapid.Bool().Draw(t, "ended") {
			p.Ended, p.EndedReason = p.Until, text.Draw(t, "reason")
		}
		list = append(list, p)
	}
	return list
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := permits(t)
		var file bytes.Buffer
		if err := registry.WriteCSV(&file, want); err != nil {
			t.Fatal(err)
		}
		got, err := registry.ReadCSV(strings.NewReader("\ufeff" + file.String()))
		if err != nil {
			t.Fatalf("%v\n%s", err, file.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read back otherwise (-want +got):\n%s", diff)
		}
	})
}

func TestASpreadsheetFindsNoFormulaInTheFile(t *testing.T) {
	p := read(t)[0]
	p.Name.RU = `=HYPERLINK("http://example.kz")`
	var file bytes.Buffer
	if err := registry.WriteCSV(&file, []registry.Permit{p}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(file.String(), `"'=HYPERLINK(`) {
		t.Errorf("it would be reckoned:\n%s", file.String())
	}
}

// example returns the lines of the example file: a header and rows.
func example(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

func TestAFileWithABadRowIsRefusedWholeAndTheRowNamed(t *testing.T) {
	lines := example(t)
	for _, c := range []struct {
		what     string
		old, new string
		column   string
		key      string
	}{
		{"a day there is none of", "2024-03-05", "2024-13-05", "issued_on", "registry.bad-day"},
		{"a day of the last century", "2024-03-05", "1924-03-05", "issued_on", "registry.bad-day"},
		{"an unknown country", ",CN,", ",XX,", "citizenship", "registry.unknown"},
		{"a citizen of Kazakhstan", ",CN,", ",KZ,", "citizenship", "registry.own-citizen"},
		{"an unknown category", ",ict-specialist,", ",V,", "category", "registry.unknown"},
		{"a category of the other scheme", ",ict-specialist,", ",III,", "category", "registry.other-scheme"},
		{"an unknown operation", ",issue,", ",grant,", "operation", "registry.unknown"},
		{"a wrong check digit", alacem, "190140071000", "employer_bin", "party.bin-check"},
		{"no such region", ",33,", ",99,", "region_kato", "registry.unknown"},
		{"a region in letters", ",33,", ",33abcdefg,", "region_kato", "registry.unknown"},
		{"a number nobody would find", "KZ33IRS00000001", "KZ33-IRS-00000001", "permit_number", "registry.number-form"},
		{"a number with a name in it", "KZ33IRS00000001", "№ 1", "permit_number", "registry.bad-number"},
		{"no worker", ",W000501,", ",,", "worker_ref", "registry.empty"},
		{"an end before the beginning", "2027-03-07", "2024-03-07", "valid_until", "registry.until-before-from"},
		{"an end before the issue", "2024-03-08,2027-03-07", "2023-03-08,2024-03-04", "valid_until", "registry.until-before-issued"},
		{"a transfer of more than three years", "2027-03-07", "2027-03-08", "valid_until", "registry.too-long-life"},
		{"an end before it was issued", "2027-03-07,,", "2027-03-07,2024-03-04,отзыв", "ended_on", "registry.ended-outside"},
		{"an end for no reason", "2027-03-07,,", "2027-03-07,2024-05-05,", "ended_reason", "registry.ended-reason"},
		{"a line break in a name", `""Alacem""`, "\"\"Ala\ncem\"\"", "employer_name_ru", "registry.control"},
		{"bytes that are no text", "Алацем", "\xc0\xcb", "employer_name_ru", "registry.not-utf8"},
		{"a field of a page", "Алацем", strings.Repeat("а", 501), "employer_name_ru", "registry.too-long"},
		{"a column too many", "2027-03-07,,", "2027-03-07,,,", "", "registry.columns"},
		{"a quote left open", `""Alacem""`, `"Alacem`, "", "registry.not-csv"},
	} {
		broken := slices.Clone(lines)
		broken[1] = strings.Replace(broken[1], c.old, c.new, 1)
		if broken[1] == lines[1] {
			t.Fatalf("%s: the row has no %q", c.what, c.old)
		}
		got, err := registry.ReadCSV(strings.NewReader(strings.Join(broken, "\n")))
		bad, ok := errors.AsType[registry.RowErrors](err)
		if !ok || got != nil {
			t.Errorf("%s: taken, %v", c.what, err)
			continue
		}
		if bad[0].Line != 2 || bad[0].Column != c.column || bad[0].Say.Key != c.key {
			t.Errorf("%s: %s, want line 2, %s, %s", c.what, bad.In(lang.EN), c.column, c.key)
		}
	}
}

func TestEveryBadRowIsNamed(t *testing.T) {
	lines := example(t)
	for i := range lines[1:] {
		lines[i+1] = strings.Replace(lines[i+1], ",W000", ", ,W000", 1)
	}
	_, err := registry.ReadCSV(strings.NewReader(strings.Join(lines, "\n")))
	bad, _ := errors.AsType[registry.RowErrors](err)
	if len(bad) != len(lines)-1 {
		t.Errorf("%d of %d bad rows are named", len(bad), len(lines)-1)
	}
}

func TestALongListOfMistakesSaysThatItIsNotTheWhole(t *testing.T) {
	row := strings.Repeat(",", len(registry.Columns)-1) + "\n"
	_, err := registry.ReadCSV(strings.NewReader(strings.Join(registry.Columns, ",") + "\n" + strings.Repeat(row, 1000)))
	bad, _ := errors.AsType[registry.RowErrors](err)
	if n := len(bad); n < 1000 || n > 1100 || bad[n-1].Say.Key != "registry.and-more" {
		t.Errorf("%d mistakes, the last is %+v", n, bad[max(0, n-1)])
	}
}

func TestAFileMustBeginWithItsColumnsAndNameEachPermitOnce(t *testing.T) {
	lines := example(t)
	for what, c := range map[string]struct {
		text string
		want string
	}{
		"nothing":             {"", "registry.no-header"},
		"other columns":       {"a,b\n1,2\n", "registry.bad-header"},
		"semicolons":          {strings.ReplaceAll(lines[0], ",", ";") + "\n", "registry.bad-header"},
		"a number that twice": {strings.Join(append(slices.Clone(lines), lines[1]), "\n"), "registry.twice"},
	} {
		_, err := registry.ReadCSV(strings.NewReader(c.text))
		bad, ok := errors.AsType[registry.RowErrors](err)
		if !ok || bad[0].Say.Key != c.want {
			t.Errorf("%s: %v, want %s", what, err, c.want)
		}
	}
}

// What is wrong is said in the language of whoever brought the file.
func TestABadRowIsToldInThreeLanguages(t *testing.T) {
	lines := example(t)
	text := lines[0] + "\n" + strings.Replace(lines[1], ",CN,", ",XX,", 1)
	_, err := registry.ReadCSV(strings.NewReader(text))
	bad, _ := errors.AsType[registry.RowErrors](err)
	for tag, want := range map[lang.Tag]string{
		lang.KK: "2-жол, citizenship: Мұндай мән жоқ: XX.",
		lang.RU: "строка 2, citizenship: Такого значения нет: XX.",
		lang.EN: "line 2, citizenship: There is no such value: XX.",
	} {
		if got := bad.In(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	head := strings.Join(registry.Columns, ",") + "\n"
	f.Add(head)
	f.Add(head + fmt.Sprintf("A1,issue,ict,%s,'=a,\"б\",27,ict-head,W,CN,в,г,,2025-01-01,2025-01-01,2025-12-31,,\n", alacem))
	f.Fuzz(func(t *testing.T, s string) {
		permits, err := registry.ReadCSV(strings.NewReader(s))
		if err != nil {
			if bad, ok := errors.AsType[registry.RowErrors](err); !ok || len(bad) == 0 || permits != nil {
				t.Fatalf("%d permits beside %v", len(permits), err)
			}
			return
		}
		var file bytes.Buffer
		if err := registry.WriteCSV(&file, permits); err != nil {
			t.Fatal(err)
		}
		again, err := registry.ReadCSV(&file)
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if diff := cmp.Diff(permits, again); diff != "" {
			t.Errorf("read back otherwise (-first +again):\n%s", diff)
		}
	})
}
