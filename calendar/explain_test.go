package calendar_test

import (
	"encoding/json"
	"slices"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
)

func TestAnEndIsExplainedLineByLineInThreeLanguages(t *testing.T) {
	c := oral(t)
	end, err := c.End(at(t, c, "2017-06-30 19:00"), calendar.Term{N: 5, Unit: calendar.WorkingDays})
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[lang.Tag][]string{
		lang.KK: {
			"Басталуы: 2017 жылғы 30 маусым, 19:00. Мерзімі: 5 жұмыс күні.",
			"Ол кезде мекеме жабық болған, сондықтан мерзім ашылған сәттен есептеледі: 2017 жылғы 1 шілде, 09:00.",
			"Түскен күні есептелмейді: 2017 жылғы 1 шілде.",
			"2017 жылғы 2 шілде, жексенбі: демалыс күні, есептелмейді.",
			"2017 жылғы 6 шілде: Астана күні, мереке күні, есептелмейді. Негізі: «Қазақстан Республикасындағы мерекелер туралы» Қазақстан Республикасының 2001 жылғы 13 желтоқсандағы Заңы.",
			"2017 жылғы 7 шілде: демалыс осы күнге ауыстырылды, есептелмейді. Оның орнына жұмыс істейтін күн: 2017 жылғы 1 шілде. Негізі: Қазақстан Республикасы Үкіметінің 2017 жылғы № 5 қаулысы (Әділет: P1700000005).",
			"2017 жылғы 8 шілде – 2017 жылғы 9 шілде (сенбі, жексенбі): демалыс күндері, есептелмейді.",
			"Соңғы күні: 2017 жылғы 11 шілде, күннің соңына дейін.",
			"Мерзім өткен деп есептелетін сәт: 2017 жылғы 12 шілде, 00:00.",
		},
		lang.RU: {
			"Начало: 30 июня 2017 года, 19:00. Срок: 5 рабочих дней.",
			"В это время учреждение закрыто, поэтому срок считается с открытия: 1 июля 2017 года, 09:00.",
			"День поступления не считается: 1 июля 2017 года.",
			"2 июля 2017 года, воскресенье: выходной, не считается.",
			"6 июля 2017 года: День столицы, праздничный день, не считается. Основание: Закон Республики Казахстан от 13 декабря 2001 года «О праздниках в Республике Казахстан».",
			"7 июля 2017 года: выходной перенесён на этот день, не считается. Вместо него рабочий день: 1 июля 2017 года. Основание: Постановление Правительства Республики Казахстан 2017 года № 5 (Әділет: P1700000005).",
			"8 июля 2017 года – 9 июля 2017 года (суббота, воскресенье): выходные, не считаются.",
			"Последний день: 11 июля 2017 года, до конца дня.",
			"Срок считается истёкшим с момента: 12 июля 2017 года, 00:00.",
		},
		lang.EN: {
			"Began: 30 June 2017, 19:00. Term: 5 working days.",
			"The office was closed then, so the term counts from its next opening: 1 July 2017, 09:00.",
			"The day it came in does not count: 1 July 2017.",
			"2 July 2017, Sunday: a day off, not counted.",
			"6 July 2017: Capital Day, a holiday, not counted. Ground: Law of 13 December 2001 on Holidays.",
			"7 July 2017: a day off was moved here, not counted. Worked instead: 1 July 2017. Ground: Government Resolution of 2017, No. 5 (Adilet P1700000005).",
			"8 July 2017 – 9 July 2017 (Saturday, Sunday): days off, not counted.",
			"Last day: 11 July 2017, until its end.",
			"The term is over from: 12 July 2017, 00:00.",
		},
	} {
		if got := said(end, tag); !slices.Equal(got, want) {
			t.Errorf("in %s:\n%q\nwant\n%q", tag, got, want)
		}
	}
}

func said(e calendar.End, tag lang.Tag) []string {
	var lines []string
	for _, m := range e.Explain() {
		lines = append(lines, m.In(tag))
	}
	return lines
}

// A case is stored with its ends, and explained from what was stored.
func TestAStoredEndIsExplainedAsBefore(t *testing.T) {
	c := oral(t)
	end, err := c.End(at(t, c, "2025-03-06 12:30"), calendar.Term{N: 8, Unit: calendar.WorkingDays})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(end)
	if err != nil {
		t.Fatal(err)
	}
	var back calendar.End
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	for _, tag := range lang.Tags {
		if got, want := said(back, tag), said(end, tag); !slices.Equal(got, want) {
			t.Errorf("in %s:\n%q\nwant\n%q", tag, got, want)
		}
	}
}

// On 7 June 2024 Kurban Ait became a Sunday, and the Monday that calendars had
// printed as a day off was worked.
func TestADayOffThatWasLostCounts(t *testing.T) {
	c := oral(t)
	end, err := c.End(at(t, c, "2024-06-13 10:00"), calendar.Term{N: 3, Unit: calendar.WorkingDays})
	if err != nil {
		t.Fatal(err)
	}
	if end.Last != calendar.DateOf(2024, 6, 18) || len(end.Skipped) != 2 || end.Skipped[1].Why != calendar.Holiday {
		t.Errorf("the last day is %s, skipped %v; want 18 June, after Saturday and Kurban Ait on Sunday", end.Last, end.Skipped)
	}
}
