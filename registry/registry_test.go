package registry_test

import (
	"bytes"
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

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	for _, s := range []string{"KZ27IRS00000001", " kz27 irs 00000001 ", "КZ27IRS-00000001", "кз27ирс–0000\u00a00001"} {
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

func TestAYearIsCountedUpToTheDayAskedAbout(t *testing.T) {
	permits := read(t)
	inMay := registry.Count(registry.Question{Employer: alacem, AsOf: calendar.DateOf(2025, 5, 31), Year: 2025}, permits)
	all := registry.Count(registry.Question{Employer: alacem, AsOf: calendar.DateOf(2026, 5, 31), Year: 2025}, permits)
	if inMay.IssuedTotal == 0 || inMay.IssuedTotal >= 45 || all.IssuedTotal != 45 {
		t.Errorf("issued in 2025: %d by 31 May, %d in all; want fewer than 45, and 45", inMay.IssuedTotal, all.IssuedTotal)
	}
}

func TestAFigureIsTracedToItsPermits(t *testing.T) {
	permits := read(t)
	for i := range permits {
		permits[i].Worker = "ZHANG WEI"
	}
	a := registry.Count(registry.Question{Employer: alacem, AsOf: calendar.DateOf(2025, 9, 1), Year: 2025}, permits)
	for _, c := range law.Categories {
		if got := len(a.Numbers(a.Stock, registry.OfCategory(c))); got != a.InForce[c] {
			t.Errorf("%s: %d in force, %d numbers", c, a.InForce[c], got)
		}
		if got := len(a.Numbers(a.Flow, registry.OfCategory(c))); got != a.Issued[c] {
			t.Errorf("%s: %d issued, %d numbers", c, a.Issued[c], got)
		}
	}
	for _, x := range a.Positions {
		if got := len(a.Numbers(a.Flow, registry.OfPosition(lang.Text{RU: strings.ToUpper(x.Position.RU)}))); got != x.Permits {
			t.Errorf("%s: %d issued, %d numbers", x.Position.RU, x.Permits, got)
		}
	}
	if got := len(a.Numbers(a.Stock, registry.OfCitizenship("CN"))); got != 65 {
		t.Errorf("%d numbers of Chinese citizens, want 65", got)
	}
	if got := len(a.Numbers(a.Stock, a.Flow)); got != 45 || len(a.Behind) != 65 {
		t.Errorf("%d of %d are both issued and in force, want 45 of 65", got, len(a.Behind))
	}
	for _, p := range a.Behind {
		if p.Worker != "" {
			t.Fatalf("%s carries the name of its worker", p.Number)
		}
	}
}

func TestATermIsCountedInMonthsBegun(t *testing.T) {
	for _, c := range []struct {
		from, until calendar.Date
		want        int
	}{
		{calendar.DateOf(2025, 1, 1), calendar.DateOf(2025, 12, 31), 12},
		{calendar.DateOf(2025, 1, 31), calendar.DateOf(2026, 1, 30), 12},
		{calendar.DateOf(2025, 1, 31), calendar.DateOf(2025, 2, 28), 1},
		{calendar.DateOf(2024, 2, 29), calendar.DateOf(2027, 2, 28), 36},
		{calendar.DateOf(2025, 3, 5), calendar.DateOf(2025, 3, 5), 1},
		{calendar.DateOf(2025, 3, 5), calendar.DateOf(2025, 4, 5), 2},
	} {
		if got := (registry.Permit{From: c.from, Until: c.until}).Months(); got != c.want {
			t.Errorf("from %s until %s: %d months, want %d", c.from, c.until, got, c.want)
		}
	}
}

func TestNoPermitOfTheExampleWasIssuedOnADayOff(t *testing.T) {
	for _, p := range read(t) {
		of, err := law.CalendarFor(p.Region)
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := of.Working(p.Issued); err != nil || !ok {
			t.Errorf("%s was issued on %s: %v", p.Number, p.Issued, err)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	f.Add("KZ27IRS00000001")
	f.Add(" кз27–ирс 00000001")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := registry.ParseNumber(s)
		if err != nil {
			return
		}
		if again, err := registry.ParseNumber(n); err != nil || again != n {
			t.Errorf("%q is read as %q, and that as %q, %v", s, n, again, err)
		}
	})
}
