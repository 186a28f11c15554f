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
