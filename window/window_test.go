package window_test

import (
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/window"
)

func zhetysu(t *testing.T) calendar.Calendar {
	t.Helper()
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func TestAnExtensionIsFiledFromTheSixtiethToTheThirtiethDayBeforeTheEnd(t *testing.T) {
	for _, c := range []struct{ until, on, first, last, safe string }{
		{"2025-12-01", "2025-10-10", "2025-10-02", "2025-11-01", "2025-10-31"}, // 1 November is a Saturday
		{"2025-12-31", "2025-11-10", "2025-11-01", "2025-12-01", "2025-12-01"},
		{"2025-02-06", "2024-12-15", "2024-12-08", "2025-01-07", "2025-01-06"},
		{"2025-02-04", "2024-12-15", "2024-12-06", "2025-01-05", "2025-01-05"}, // a Sunday that was worked
		{"2025-02-02", "2024-12-15", "2024-12-04", "2025-01-03", "2024-12-31"}, // 1 and 2 January are holidays, the 3rd was moved
		{"2018-12-01", "2018-10-10", "", "2018-11-01", "2018-11-01"},           // no first day before 1 May 2020
		{"2020-12-01", "2020-05-01", "2020-10-02", "2020-11-01", "2020-10-30"},
	} {
		w, err := window.Of(law.III, day(t, c.until), day(t, c.on), zhetysu(t))
		if err != nil {
			t.Fatalf("%s: %v", c.until, err)
		}
		if w.First != day(t, c.first) || w.Last != day(t, c.last) || w.Safe != day(t, c.safe) {
			t.Errorf("a permit until %s by the law of %s: from %s to %s, safe %s; want %s, %s, %s", c.until, c.on, w.First, w.Last, w.Safe, c.first, c.last, c.safe)
		}
	}
}

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADayStandsBeforeInOrAfterTheWindow(t *testing.T) {
	w, err := window.Of(law.II, day(t, "2025-12-01"), day(t, "2025-10-10"), zhetysu(t))
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]window.Stand{
		"2025-10-01": window.Early, "2025-10-02": window.Open, "2025-10-31": window.Open, "2025-11-01": window.Risky, "2025-11-02": window.Late,
	} {
		if got := w.Stands(day(t, on)); got != want {
			t.Errorf("%s is %s, want %s", on, got, want)
		}
	}
}

func TestWhatIsNeverExtendedHasNoWindow(t *testing.T) {
	for _, c := range []law.Category{law.IV, law.Seasonal} {
		_, err := window.Of(c, day(t, "2025-12-01"), day(t, "2025-10-10"), zhetysu(t))
		if e := problem.Of(err); e == nil || e.Kind != problem.Invalid || e.Fields[0].Name != "category" {
			t.Errorf("category %s: %v", c, err)
		}
	}
}

func TestAYearWithoutDaysOffIsToldAndNotGuessed(t *testing.T) {
	_, err := window.Of(law.I, day(t, "2060-12-01"), day(t, "2025-10-10"), zhetysu(t))
	if e := problem.Of(err); e == nil || e.Kind != problem.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != "until" {
		t.Errorf("got %v", err)
	}
}

func TestAWindowExplainsItselfInThreeLanguages(t *testing.T) {
	for _, on := range []string{"2018-01-09", "2025-10-10"} {
		w, err := window.Of(law.I, day(t, "2025-02-02"), day(t, on), zhetysu(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range w.Explain() {
			for _, tag := range lang.Tags {
				if said := m.In(tag); said == m.Key || said == "" {
					t.Errorf("%s has no words in %s", m.Key, tag)
				}
			}
		}
	}
}
