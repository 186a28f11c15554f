package law_test

import (
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryValueHasAnActADayAndAMark(t *testing.T) {
	if err := law.Load(); err != nil {
		t.Fatal(err)
	}
}

func TestTheTermsAreThoseOfTheRegulation(t *testing.T) {
	for _, c := range []struct {
		name   law.TermName
		op     law.Operation
		scheme law.Scheme
		on     string
		want   string
		sure   law.Sure
	}{
		{law.Register, law.Issue, law.Regional, "2017-07-03", "20 working minutes", law.Text},
		{law.Assign, law.Issue, law.Regional, "2017-07-03", "1 working hours", law.Text},
		{law.Return, law.Issue, law.Regional, "2017-07-03", "3 working days", law.Text},
		{law.Answer, law.Issue, law.Regional, "2017-07-03", "8 working days", law.Text},
		{law.Answer, law.Extension, law.Regional, "2017-07-03", "4 working days", law.Text},
		{law.Answer, law.Reissue, law.Regional, "2017-07-03", "6 working days", law.Text},
		{law.Answer, law.Issue, law.ICT, "2017-07-03", "8 working days", law.Text},
		{law.Answer, law.Extension, law.ICT, "2017-07-03", "6 working days", law.Text},
		{law.Answer, law.Reissue, law.ICT, "2017-07-03", "6 working days", law.Text},
		{law.Payment, law.Issue, law.Regional, "2017-07-03", "10 working days", law.Text},
		{law.StageTwo, law.Issue, law.Regional, "2017-07-03", "11 working days", law.Text},
		{law.Answer, law.Issue, law.Regional, "2021-07-05", "7 working days", law.Secondary},
		{law.Answer, law.Issue, law.Regional, "2025-05-08", "7 working days", law.Assumed},
	} {
		v, err := law.TermOn(c.name, c.op, c.scheme, day(t, c.on))
		if err != nil || v.Term.String() != c.want || v.Sure != c.sure {
			t.Errorf("%s of %s %s on %s: %s (%s) %v, want %s (%s)", c.name, c.op, c.scheme, c.on, v.Term, v.Sure, err, c.want, c.sure)
		}
	}
}

func TestEveryTermHasALengthForEveryOperationInEveryEdition(t *testing.T) {
	for _, on := range []string{"2017-01-03", "2017-07-03", "2020-06-18", "2020-06-19", "2023-06-30", "2023-07-03", "2026-11-24"} {
		for _, n := range law.TermNames {
			for _, op := range law.Operations {
				for _, s := range law.Schemes {
					if _, err := law.TermOn(n, op, s, day(t, on)); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
}

// 246 is the figure of the published production calendar of 2025.
func TestTheYear2025Has246WorkingDays(t *testing.T) {
	c, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	n, err := c.WorkingDaysBetween(day(t, "2024-12-31"), day(t, "2025-12-31"))
	if err != nil || n != 246 {
		t.Errorf("2025 has %d working days (%v), want 246", n, err)
	}
}

func TestDaysOffAreThoseOfThePublishedCalendars(t *testing.T) {
	c, err := law.CalendarFor("27")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]bool{
		"2017-07-01": true, "2017-07-06": false, "2017-07-07": false,
		"2024-06-17": true, // Kurban Ait became Sunday the 16th and is not shifted
		"2025-03-10": false, "2025-03-24": false, "2025-03-25": false, "2025-07-07": false, "2025-09-01": false, "2025-10-27": false,
		"2026-03-09": false, "2026-03-24": false, "2026-03-25": false, "2026-05-11": false, "2026-10-26": false,
		"2026-08-31": true, "2026-03-16": true,
		"2018-12-29": true, "2018-12-31": false, "2020-05-11": true, "2020-05-08": false, "2025-01-05": true,
	} {
		got, err := c.Working(day(t, s))
		if err != nil || got != want {
			t.Errorf("%s is a working day: %t (%v), want %t", s, got, err, want)
		}
	}
}

func TestAYearNobodyHasEnteredIsAnError(t *testing.T) {
	c, err := law.CalendarFor("27")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"2015-03-02", "2028-01-03"} {
		if _, err := c.Working(day(t, s)); err == nil {
			t.Errorf("%s is counted although its year is unknown", s)
		}
	}
	if v, err := law.IndexOn(day(t, "2027-01-05")); err == nil {
		t.Errorf("the index of 2027 is %d although nobody has entered it", v.Tenge)
	}
}

func TestTheIndexIsThatOfTheDay(t *testing.T) {
	for s, want := range map[string]int64{"2017-07-26": 2269, "2025-12-31": 3932, "2026-01-01": 4325} {
		if v, err := law.IndexOn(day(t, s)); err != nil || v.Tenge != want {
			t.Errorf("on %s it is %d (%v), want %d", s, v.Tenge, err, want)
		}
	}
}

// Two orders have the number 279, of 2015 and of 2023.
func TestAnOrderIsNeverCitedWithoutItsDay(t *testing.T) {
	if _, ok := law.Cite("Order 279 ¶ 5").Act(); ok {
		t.Error(`"Order 279 ¶ 5" names an act, but it could be either of two`)
	}
	a, ok := law.Cite("Order 279 of 2023-06-30 ¶ 5").Act()
	if !ok || a.From != day(t, "2023-07-01") {
		t.Errorf("the Rules of 2023 are %+v", a)
	}
}

func TestEveryNameIsSaidInThreeLanguages(t *testing.T) {
	for _, tag := range lang.Tags {
		for _, c := range law.Categories {
			if c.In(tag) == string(c) {
				t.Errorf("category %s has no name in %s", c, tag)
			}
		}
		for _, m := range []lang.Speaker{law.Issue, law.Extension, law.Reissue, law.Regional, law.ICT, law.E2017, law.E2020, law.E2023, law.Text, law.Secondary, law.Assumed} {
			if s := m.In(tag); len(s) > 4 && s[:4] == "law." {
				t.Errorf("%s is missing in %s", s, tag)
			}
		}
		for _, n := range law.TermNames {
			if s := n.In(tag); s == "law.term-"+string(n) {
				t.Errorf("%s is missing in %s", s, tag)
			}
		}
	}
}

func TestASeasonalPermitCostsByItsDays(t *testing.T) {
	for _, c := range []struct {
		on   string
		days int
		want int
	}{{"2017-07-03", 90, 24}, {"2021-01-01", 90, 12}, {"2021-01-01", 91, 24}, {"2026-05-01", 270, 36}, {"2026-05-01", 365, 48}} {
		if r, err := law.RateOn(day(t, c.on), law.Seasonal, "A", c.days); err != nil || r.Indices != c.want {
			t.Errorf("%d days on %s: %d (%v), want %d", c.days, c.on, r.Indices, err, c.want)
		}
	}
}
