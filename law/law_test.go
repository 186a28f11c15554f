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
	for _, on := range []string{"2017-01-03", "2017-07-03", "2020-06-18", "2020-06-19", "2021-06-30", "2021-07-01", "2023-06-30", "2023-07-03", "2025-09-01", "2026-11-24"} {
		for _, n := range law.TermNames {
			later := n == law.Correction || n == law.Forewarning
			known := !later || !day(t, on).Before(day(t, "2021-07-01"))
			for _, op := range law.Operations {
				for _, s := range law.Schemes {
					if _, err := law.TermOn(n, op, s, day(t, on)); (err == nil) != known {
						t.Errorf("term %s for %s %s on %s: %v, want it known %t", n, op, s, on, err, known)
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
		for _, m := range []lang.Speaker{law.Issue, law.Extension, law.Reissue, law.Regional, law.ICT, law.E2017, law.E2020, law.E2021, law.E2023, law.E2025, law.Text, law.Secondary, law.Assumed} {
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

func TestACiteIsSaidAsAPaperSaysIt(t *testing.T) {
	for _, c := range []struct {
		cite law.Cite
		tag  lang.Tag
		want string
	}{
		{"WKO 142/2017 ¶ 7(3)", lang.RU, "Постановление акимата Западно-Казахстанской области от 24 мая 2017 года № 142, пункт 7, подпункт 3)"},
		{"WKO 142/2017 ¶ 7(3)", lang.KK, "Батыс Қазақстан облысы әкімдігінің 2017 жылғы 24 мамырдағы № 142 қаулысы, 7-тармақ, 3) тармақша"},
		{"Order 559 of 2016-06-27 ¶ 16", lang.EN, "Order of the acting Minister of Health and Social Development of 27 June 2016, No. 559, point 16"},
		{"APPC art. 91", lang.RU, "Административный процедурно-процессуальный кодекс Республики Казахстан от 29 июня 2020 года № 350-VI, статья 91"},
		{"WKO 142/2017 ¶ 10(5)–(8)", lang.EN, "Resolution of the akimat of West Kazakhstan Region of 24 May 2017, No. 142, ¶ 10(5)–(8)"},
		{"APPC", lang.EN, "Administrative Procedural Code of 29 June 2020, No. 350-VI"},
		{"Nothing 5", lang.RU, "Nothing 5"},
	} {
		if got := c.cite.In(c.tag); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.cite, c.tag, got, c.want)
		}
	}
}

func TestEachDayHasItsEdition(t *testing.T) {
	for s, want := range map[string]law.Edition{
		"2016-12-31": "", "2017-01-01": law.E2017, "2017-06-28": law.E2017, "2020-06-18": law.E2017,
		"2020-06-19": law.E2020, "2021-06-30": law.E2020, "2021-07-01": law.E2021, "2023-06-30": law.E2021,
		"2023-07-01": law.E2023, "2025-08-31": law.E2023, "2025-09-01": law.E2025, "2026-11-24": law.E2025,
	} {
		if got, err := law.EditionOn(day(t, s)); got != want || (err != nil) != (want == "") {
			t.Errorf("on %s it is %q (%v), want %q", s, got, err, want)
		}
	}
}

func TestAListIsThatOfItsDay(t *testing.T) {
	documents := func(s string) map[string]law.Rule {
		found := map[string]law.Rule{}
		for _, r := range law.DocumentsFor(law.Issue, law.Regional, day(t, s)) {
			found[r.Key] = r
		}
		return found
	}
	before, after, now := documents("2020-04-30"), documents("2020-05-01"), documents("2025-05-08")
	if _, old := before["experience"]; !old || after["experience"].Key != "" || after["fitness"].Key == "" {
		t.Errorf("the former employer's confirmation did not give way to the new one's letter: %v, then %v", before, after)
	}
	if got := now["passport"]; got.Sure != law.Assumed || got.Cite != "Order 279 of 2023-06-30" || !got.Expires {
		t.Errorf("the passport of 2025 rests on %+v", got.Sourced)
	}
	has := func(on string) bool {
		for _, r := range law.Checklist(law.Issue, law.Regional, day(t, on)) {
			if r.Key == "vacancy" {
				return true
			}
		}
		return false
	}
	if has("2025-08-31") || !has("2025-09-01") {
		t.Error("the vacancy is not examined from 1 September 2025 on")
	}
}

// What the regulation calls intra-corporate transfer is outside the quota, free,
// and has conditions of its own.
func TestATransferIsExaminedByItsOwnConditions(t *testing.T) {
	keys := map[string]bool{}
	for _, r := range law.Checklist(law.Issue, law.ICT, day(t, "2025-05-08")) {
		keys[r.Key] = true
	}
	for key, want := range map[string]bool{"wto": true, "ict-ratio": true, "free": true, "quota": false, "ratio": false, "fee": false} {
		if keys[key] != want {
			t.Errorf("%s is examined: %t, want %t", key, keys[key], want)
		}
	}
}

func TestSixDefinitionsMakeThePointOfTheLetter(t *testing.T) {
	rules := law.Definitions(day(t, "2025-09-01"))
	if len(rules) != 6 {
		t.Fatalf("%d definitions, want 6", len(rules))
	}
	for i, r := range rules {
		if want := law.Cite("Order 279 of 2023-06-30 ¶ 5(" + string(rune('1'+i)) + ")"); r.Cite != want || r.Sure != law.Text {
			t.Errorf("%s rests on %s (%s), want %s", r.Key, r.Cite, r.Sure, want)
		}
	}
	if was := law.Definitions(day(t, "2020-05-01")); was[0].Cite != "Order 559 of 2016-06-27 ¶ 3" {
		t.Errorf("in 2020 it stood in %s", was[0].Cite)
	}
	forms := law.CategoryRules()
	if len(forms) != len(law.Categories) {
		t.Errorf("a form has %d categories, want %d", len(forms), len(law.Categories))
	}
	for _, r := range forms {
		if r.Text.KK == "" || r.Text.RU == "" || r.Text.EN == "" {
			t.Errorf("a form says nothing beside %s", r.Key)
		}
	}
}

func TestThePermitIsAsLongAsTheCategoryAllowed(t *testing.T) {
	for _, c := range []struct {
		category law.Category
		on       string
		months   int
		times    int
	}{
		{law.I, "2017-07-03", 12, law.Unlimited}, {law.I, "2018-04-16", 36, law.Unlimited}, {law.II, "2025-01-01", 12, 3},
		{law.IV, "2025-01-01", 12, 0}, {law.Seasonal, "2025-01-01", 12, 0}, {law.ICTHead, "2025-01-01", 36, 1},
	} {
		months, err := law.MaxMonths(c.category, day(t, c.on))
		if err != nil || months != c.months {
			t.Errorf("%s on %s: %d months (%v), want %d", c.category, c.on, months, err, c.months)
		}
		times, err := law.MaxExtensions(c.category, day(t, c.on))
		if err != nil || times != c.times {
			t.Errorf("%s on %s: %d extensions (%v), want %d", c.category, c.on, times, err, c.times)
		}
	}
	if _, err := law.MaxMonths("V", day(t, "2025-01-01")); err == nil {
		t.Error("category V has a longest term")
	}
}

func TestARegionIsCalledAsItWasThen(t *testing.T) {
	for _, c := range []struct{ kato, on, want string }{
		{"61", "2017-07-03", "Южно-Казахстанская область"}, {"61", "2018-06-19", "Туркестанская область"},
		{"71", "2017-07-03", "город Астана"}, {"71", "2020-01-01", "город Нур-Султан"}, {"71", "2025-01-01", "город Астана"},
	} {
		r, ok := law.RegionBy(c.kato)
		if got := r.NameOn(day(t, c.on)).RU; !ok || got != c.want {
			t.Errorf("region %s on %s is %q, want %q", c.kato, c.on, got, c.want)
		}
	}
	for on, want := range map[string]int{"2017-07-03": 16, "2020-01-01": 17, "2022-06-08": 20} {
		if got := len(law.RegionsOn(day(t, on))); got != want {
			t.Errorf("on %s there are %d regions, want %d", on, got, want)
		}
	}
}

func TestCountriesSayWhetherTheRulesOfTradeAndUnionApply(t *testing.T) {
	for code, want := range map[string][2]bool{"CN": {true, false}, "UZ": {false, false}, "KG": {true, true}, "BY": {false, true}, "TR": {true, false}} {
		c, ok := law.CountryBy(code)
		if !ok || c.WTO != want[0] || c.EAEU != want[1] {
			t.Errorf("%s: member %t, union %t, want %v", code, c.WTO, c.EAEU, want)
		}
	}
	if n := len(law.Countries()); n < 60 {
		t.Errorf("%d countries, want at least 60", n)
	}
}

func TestDoubtsAreAllThatWasNotReadInItsAct(t *testing.T) {
	doubts := law.Doubts()
	for _, v := range doubts {
		if v.Sure == law.Text {
			t.Errorf("%s of %s was read in the act", v.What, v.From)
		}
	}
	if len(doubts) == 0 || len(doubts) >= len(law.Values()) || doubts[0].Sure != law.Assumed {
		t.Errorf("%d of %d values are in doubt, the first %s", len(doubts), len(law.Values()), doubts[0].Sure)
	}
}

func BenchmarkTermOn(b *testing.B) {
	on := calendar.Date{Year: 2025, Month: 5, Day: 8}
	for b.Loop() {
		if _, err := law.TermOn(law.Answer, law.Issue, law.Regional, on); err != nil {
			b.Fatal(err)
		}
	}
}
