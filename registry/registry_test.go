package registry_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

// alacem is the synthetic number of the firm in demo/alacem.csv.
const alacem = "190140071009"

func read(t *testing.T) []registry.Permit {
	t.Helper()
	raw, err := os.ReadFile("../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	permits, err := registry.ReadCSV(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return permits
}

// The department's letter of 2025: 45 issued in the year, 65 in force on
// 1 September. Both are right, and they are not the same thing.
func TestTheRegisterAnswersTheLetter(t *testing.T) {
	a := registry.Count(registry.Question{Employer: alacem, AsOf: calendar.DateOf(2025, 9, 1), Year: 2025}, read(t))
	want := map[law.Category]int{law.ICTHead: 1, law.ICTManager: 3, law.ICTSpecialist: 51, law.II: 1, law.III: 9}
	if diff := cmp.Diff(want, a.InForce); diff != "" {
		t.Errorf("in force on 1 September 2025 (-want +got):\n%s", diff)
	}
	if a.Total != 65 || a.Citizenship["CN"] != 65 {
		t.Errorf("%d in force, %d of them Chinese; want 65 and 65", a.Total, a.Citizenship["CN"])
	}
	if a.IssuedTotal != 45 || a.Months[12] != 45 || len(a.Positions) != 14 {
		t.Errorf("issued in 2025: %d, %d of them for a year, in %d positions; want 45, 45, 14", a.IssuedTotal, a.Months[12], len(a.Positions))
	}
	if a.Issued[law.IV] != 0 {
		t.Errorf("%d of category IV were issued in 2025, want none", a.Issued[law.IV])
	}
}

func TestAnotherDayHasOtherFigures(t *testing.T) {
	permits := read(t)
	later := registry.Count(registry.Question{Employer: alacem, AsOf: calendar.DateOf(2026, 11, 24), Year: 2026}, permits)
	if later.Total == 65 || later.IssuedTotal != 0 {
		t.Errorf("on 24 November 2026: %d in force, %d issued in the year", later.Total, later.IssuedTotal)
	}
	none := registry.Count(registry.Question{Employer: "220740008203", AsOf: calendar.DateOf(2025, 9, 1), Year: 2025}, permits)
	if none.Total != 0 || none.IssuedTotal != 0 {
		t.Errorf("a firm with no permits has %d and %d", none.Total, none.IssuedTotal)
	}
}

func TestAPermitIsInForceFromItsFirstDayToItsLast(t *testing.T) {
	p := registry.Permit{From: calendar.DateOf(2017, 7, 27), Until: calendar.DateOf(2018, 7, 26)}
	ended := p
	ended.Ended = calendar.DateOf(2017, 10, 2)
	for _, c := range []struct {
		p    registry.Permit
		on   calendar.Date
		want registry.Status
	}{
		{p, calendar.DateOf(2017, 7, 26), registry.NotYet},
		{p, calendar.DateOf(2017, 7, 27), registry.InForce},
		{p, calendar.DateOf(2018, 7, 26), registry.InForce},
		{p, calendar.DateOf(2018, 7, 27), registry.Expired},
		{ended, calendar.DateOf(2017, 10, 1), registry.InForce},
		{ended, calendar.DateOf(2017, 10, 2), registry.Ended},
	} {
		if got := c.p.Status(c.on); got != c.want || c.p.InForce(c.on) != (c.want == registry.InForce) {
			t.Errorf("on %s it is %s, want %s", c.on, got, c.want)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	permits := read(t)
	var file bytes.Buffer
	if err := registry.WriteCSV(&file, permits); err != nil {
		t.Fatal(err)
	}
	back, err := registry.ReadCSV(&file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(permits, back); diff != "" {
		t.Errorf("read back otherwise (-want +got):\n%s", diff)
	}
}

func TestAFileWithABadRowIsRefusedWholeAndTheRowNamed(t *testing.T) {
	raw, err := os.ReadFile("../demo/alacem.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for _, c := range []struct {
		what     string
		old, new string
		column   string
		key      string
	}{
		{"a day there is none of", "2024-03-05", "2024-13-05", "issued_on", "registry.bad-day"},
		{"an unknown country", ",CN,", ",XX,", "citizenship", "registry.unknown"},
		{"an unknown category", ",ict-specialist,", ",V,", "category", "registry.unknown"},
		{"a category of the other scheme", ",ict-specialist,", ",III,", "category", "registry.other-scheme"},
		{"a wrong check digit", alacem, "190140071000", "employer_bin", "party.bin-check"},
		{"no such region", ",33,", ",99,", "region_kato", "registry.unknown"},
	} {
		broken := append([]string{}, lines...)
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
	double := append(append([]string{}, lines...), lines[1])
	if _, err := registry.ReadCSV(strings.NewReader(strings.Join(double, "\n"))); err == nil {
		t.Error("a number that stands twice is taken")
	}
	if _, err := registry.ReadCSV(strings.NewReader("a,b\n1,2\n")); err == nil {
		t.Error("another header is taken")
	}
}

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	for _, s := range []string{"KZ27IRS00000001", " kz27 irs 00000001 ", "КZ27IRS-00000001"} {
		if got, err := registry.ParseNumber(s); err != nil || got != registry.FormatNumber("27", 1) {
			t.Errorf("%q is read as %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "'; DROP TABLE permit", "№ 5", strings.Repeat("1", 41)} {
		if got, err := registry.ParseNumber(s); err == nil {
			t.Errorf("%q is read as %q", s, got)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add(strings.Join(registry.Columns, ",") + "\n")
	raw, err := os.ReadFile("../demo/alacem.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw[:2000]))
	f.Fuzz(func(t *testing.T, s string) {
		permits, err := registry.ReadCSV(strings.NewReader(s))
		if err != nil && permits != nil {
			t.Errorf("an error and %d permits", len(permits))
		}
	})
}
