package fee_test

import (
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

func TestTheFeeIsTheRateTimesTheIndexOfTheDayOfPayment(t *testing.T) {
	for _, c := range []struct {
		category law.Category
		section  string
		months   int
		permits  int
		on       string
		want     fee.Tenge
	}{
		// Amounts published in 2017.
		{law.I, "A", 12, 1, "2017-02-01", 310_853},
		{law.II, "A", 12, 1, "2017-02-01", 358_502}, // printed as 358 402 by mistake
		{law.IV, "F", 12, 1, "2017-02-01", 567_250},
		{law.III, "B", 12, 2, "2017-07-26", 2 * 202 * 2269},
		// The index changes with the year.
		{law.Seasonal, "A", 3, 1, "2025-12-31", 47_184},
		{law.Seasonal, "A", 3, 1, "2026-01-01", 51_900},
		{law.Seasonal, "A", 12, 1, "2026-05-01", 48 * 4325},
		{law.I, "A", 36, 1, "2025-05-01", 3 * 137 * 3932},
	} {
		on, err := calendar.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		a, err := fee.Due(fee.Asked{Category: c.category, Section: c.section, Months: c.months, Permits: c.permits, PaidOn: on})
		if err != nil || a.Total != c.want {
			t.Errorf("%d of category %s, section %s, %d months, paid on %s: %s (%v), want %s",
				c.permits, c.category, c.section, c.months, c.on, a.Total, err, c.want)
		}
	}
}

// The amounts of 2017 as they were published, in tenge by group of activity.
// Each is a whole number of indices; that of category II in group A was printed as
// 358 402 by mistake.
func TestTheAmountsPublishedIn2017AreMet(t *testing.T) {
	for section, want := range map[string]map[law.Category]fee.Tenge{
		"A": {law.I: 310_853, law.II: 358_502, law.III: 406_151, law.IV: 453_800},
		"B": {law.I: 349_426, law.II: 403_882, law.III: 458_338, law.IV: 510_525},
		"F": {law.I: 387_999, law.II: 449_262, law.III: 508_256, law.IV: 567_250},
	} {
		for category, sum := range want {
			a, err := fee.Due(fee.Asked{Category: category, Section: section, Months: 12, Permits: 1, PaidOn: calendar.DateOf(2017, 2, 1)})
			if err != nil || a.Total != sum || a.Index.Tenge != 2269 {
				t.Errorf("category %s, section %s: %s (%v), want %s", category, section, a.Total, err, sum)
			}
		}
	}
}

func TestASumSaysHowItCameAboutAndWhatNobodyHasRead(t *testing.T) {
	for _, c := range []struct {
		asked fee.Asked
		want  []string
		sure  law.Sure
	}{
		{fee.Asked{Category: law.I, Section: "A", Months: 36, Permits: 2, PaidOn: calendar.DateOf(2025, 5, 1)},
			[]string{"411 МРП × 3 932 ₸", "3 232 104 ₸", "1 мая 2025 года", "первая категория, 137 МРП", "Лет: 3", "предположение"}, law.Assumed},
		{fee.Asked{Category: law.Seasonal, Section: "A", Months: 3, Permits: 1, PaidOn: calendar.DateOf(2025, 12, 31)},
			[]string{"12 МРП × 3 932 ₸", "47 184 ₸", "из текста акта", "Проверьте ставку"}, law.Secondary},
	} {
		a, err := fee.Due(c.asked)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, m := range a.Explain() {
			all.WriteString(strings.ReplaceAll(m.In(lang.RU), "\u00a0", " ") + "\n")
		}
		for _, want := range c.want {
			if !strings.Contains(all.String(), want) {
				t.Errorf("the explanation lacks %q:\n%s", want, all.String())
			}
		}
		if a.Sure() != c.sure {
			t.Errorf("the sum is %s, want %s", a.Sure(), c.sure)
		}
	}
}

func TestWhatIsNotAskedForIsRefused(t *testing.T) {
	good := fee.Asked{Category: law.III, Section: "F", Months: 12, Permits: 1, PaidOn: calendar.DateOf(2025, 5, 1)}
	for what, spoil := range map[string]func(*fee.Asked){
		"no permits":      func(a *fee.Asked) { a.Permits = 0 },
		"no months":       func(a *fee.Asked) { a.Months = 0 },
		"no such section": func(a *fee.Asked) { a.Section = "X" },
		"no category":     func(a *fee.Asked) { a.Category = "V" },
		"two seasons":     func(a *fee.Asked) { a.Category, a.Months = law.Seasonal, 18 },
	} {
		asked := good
		spoil(&asked)
		if a, err := fee.Due(asked); !problem.IsKind(err, problem.Invalid) {
			t.Errorf("%s: %s (%v), want an error of what was entered", what, a.Total, err)
		}
	}
}

func TestIntraCorporateTransferIsFree(t *testing.T) {
	_, err := fee.Due(fee.Asked{Category: law.ICTManager, Section: "F", Months: 12, Permits: 1, PaidOn: calendar.DateOf(2025, 5, 1)})
	if e := problem.Of(err); e == nil || e.Say.Key != "fee.free" {
		t.Errorf("%v, want fee.free", err)
	}
}

func TestAYearWithoutAnIndexIsAnErrorThatSaysSo(t *testing.T) {
	_, err := fee.Due(fee.Asked{Category: law.I, Section: "A", Months: 12, Permits: 1, PaidOn: calendar.DateOf(2030, 5, 1)})
	if !problem.IsKind(err, problem.Invalid) {
		t.Errorf("%v, want an error of what was entered", err)
	}
}

func TestAnAmountIsWrittenInThousands(t *testing.T) {
	for a, want := range map[fee.Tenge]string{0: "0 ₸", 999: "999 ₸", 310853: "310 853 ₸", 1234567: "1 234 567 ₸", -1000: "-1 000 ₸"} {
		if got := strings.ReplaceAll(a.In(lang.RU), "\u00a0", " "); got != want {
			t.Errorf("%d is written %q, want %q", int64(a), got, want)
		}
	}
}
