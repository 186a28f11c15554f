package category_test

import (
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/category"
	"ruqsat/lang"
	"ruqsat/law"
)

var day = calendar.DateOf(2025, 9, 1)

func TestPositionsOfTheLetterFallWhereTheActsPutThem(t *testing.T) {
	for position, want := range map[string]law.Category{
		"водитель": law.IV, "Водитель грузового автомобиля": law.IV, "жүргізуші": law.IV, "Truck driver": law.IV,
		"заместитель руководителя": law.I, "начальник отдела": law.II, "начальник смены": law.II,
		"архитектор": law.III, "бухгалтер": law.III, "переводчик": law.III,
		"инженер по ремонту и обслуживанию технологического оборудования": law.III,
		"инженер по инвентаризации строений и сооружений":                 law.III,
		"инженер по контрольно-измерительным приборам и автоматике":       law.III,
		"инженер-конструктор": law.III, "техник по наладке и испытаниям": law.III, "инженер-строитель": law.III,
		"техник строитель": law.III, "техник-механик": law.III,
		"сварщик": law.IV, "Электрогазосварщик 5 разряда": law.IV, "бөлім басшысы": law.II, "басшының орынбасары": law.I,
		"Head of the Department of Finance": law.II, "Директор": law.I, "директор департамента": law.II,
	} {
		s := category.Suggest(position, day)
		if s.Category != want || !s.Certain() {
			t.Errorf("%q is %q or %v by %q, want %s and nothing else", position, s.Category, s.Or, s.Words, want)
		}
		if s.Definition.Text.RU == "" || s.Cite == "" || s.Why.KK == "" {
			t.Errorf("%q is %s without a reason: %+v", position, s.Category, s)
		}
	}
}

func TestOfTheDriverADepartmentHasAnsweredOfOthersNobody(t *testing.T) {
	if s := category.Suggest("водитель", day); s.Sure != law.Text || s.Cite != "Order 279 of 2023-06-30 ¶ 5(4)" {
		t.Errorf("the driver is %s under %s", s.Sure, s.Cite)
	}
	if s := category.Suggest("бухгалтер", day); s.Sure != law.Assumed {
		t.Errorf("the accountant is %s, want assumed", s.Sure)
	}
	if s := category.Suggest("водитель", calendar.DateOf(2018, 1, 9)); s.Cite != "Order 559 of 2016-06-27 ¶ 3" || s.Sure != law.Assumed {
		t.Errorf("the driver of 2018 is %s under %s", s.Sure, s.Cite)
	}
}

func TestWhatMayBeTwoThingsSaysSo(t *testing.T) {
	for position, or := range map[string]law.Category{
		"Менеджер": law.III, "заместитель начальника отдела": law.III, "Финансовый директор": law.II,
		"оператор": law.IV, "разнорабочий": law.Seasonal, "механик": law.IV,
	} {
		s := category.Suggest(position, day)
		if s.Certain() || !s.May(or) || !s.May(s.Category) {
			t.Errorf("%q is %q or %v, want it may be %s", position, s.Category, s.Or, or)
		}
	}
}

func TestWordsNobodyKnowsSayNothingAndForbidNothing(t *testing.T) {
	for _, position := range []string{"", "  ", "кок", "!!!", strings.Repeat("я", 10000)} {
		s := category.Suggest(position, day)
		if s.Category != "" || s.Certain() || !s.May(law.II) {
			t.Errorf("%.20q is %q", position, s.Category)
		}
	}
}

func TestATransferHasNoSkilledWorkers(t *testing.T) {
	if c, ok := category.Suggest("начальник отдела", day).Transfer(); !ok || c != law.ICTManager {
		t.Errorf("a head of a division is transferred as %q", c)
	}
	if c, ok := category.Suggest("сварщик", day).Transfer(); ok {
		t.Errorf("a welder is transferred as %q", c)
	}
}

func TestEveryReasonHasThreeLanguages(t *testing.T) {
	for _, p := range law.Positions(day) {
		for _, tag := range lang.Tags {
			if p.Why.In(tag) == "" {
				t.Errorf("%v has no reason in %s", p.Stems, tag)
			}
		}
	}
}
