package gallery

import (
	"time"

	"ruqsat/lang"
	"ruqsat/web/component"
)

// The people, employers and cases of the page set. All are made up.

var (
	batys  = lang.Text{KK: "«Батыс Құрылыс Сервис» ЖШС", RU: "ТОО «Батыс Құрылыс Сервис»", EN: "Batys Qurylys Service LLP"}
	oral   = lang.Text{KK: "«Орал Энерго Жоба» ЖШС", RU: "ТОО «Орал Энерго Жоба»", EN: "Oral Energo Joba LLP"}
	jaiyq  = lang.Text{KK: "«Жайық Агро» ШҚ", RU: "КХ «Жайық Агро»", EN: "Jaiyq Agro Farm"}
	kaspi  = lang.Text{KK: "«Каспий Мұнай Құрал» АҚ", RU: "АО «Каспий Мұнай Құрал»", EN: "Kaspii Munai Qural JSC"}
	sanat3 = lang.Text{KK: "үшінші санат", RU: "третья категория", EN: "category III"}

	sarsenova = lang.Text{KK: "Сәрсенова Айгүл Болатқызы", RU: "Сарсенова Айгуль Болатовна", EN: "Sarsenova Aigul"}
	executor  = lang.Text{KK: "Ж. Оспанов, жауапты орындаушы", RU: "Ж. Оспанов, ответственный исполнитель", EN: "J. Ospanov, executor"}
	head      = lang.Text{KK: "М. Ахметова, басқарма басшысы", RU: "М. Ахметова, руководитель управления", EN: "M. Akhmetova, head of department"}
	clerk     = lang.Text{KK: "Д. Қалиева, кеңсе қызметкері", RU: "Д. Калиева, сотрудник канцелярии", EN: "D. Kaliyeva, clerk"}

	region = lang.Text{KK: "Батыс Қазақстан облысы", RU: "Западно-Казахстанская область", EN: "West Kazakhstan Region"}
)

const (
	caseNumber = "27-2025-000118"
	digest     = "9f2c64d0a1b87e53f00d4c1be2a96c3d7718e05ab44f6c92d83a5be61f07c4e8"
)

// now is the moment the page set stands still at: Thursday 8 May 2025, 15:20.
func now(t lang.Tag) string { return day(t, time.May, 8) + ", 15:20" }

// later is when something is looked at again.
func later(t lang.Tag) string { return day(t, time.May, 8) + ", 15:21" }

func day(t lang.Tag, m time.Month, d int) string { return lang.FormatDay(t, 2025, m, d) }

// page is the frame of one sheet, as somebody signed in sees it.
func page(t lang.Tag, path, query string) component.Page {
	return component.Page{Lang: t, Path: path, Query: query, Clock: now(t), ClockHref: "/admin/demo"}
}

// public is the frame of a reader who is not signed in.
func public(p component.Page, title string) component.Page {
	p.Title = p.T(title)
	p.Menu = []component.Link{
		{Text: p.T("gallery.menu-start"), Href: "/"},
		{Text: p.T("gallery.menu-services"), Href: "/services"},
		{Text: p.T("gallery.menu-verify"), Href: "/verify"},
		{Text: p.T("gallery.menu-track"), Href: "/track"},
		{Text: p.T("gallery.menu-quota"), Href: "/quota"},
		{Text: p.T("gallery.menu-stats"), Href: "/stats"},
		{Text: p.T("gallery.menu-sign-in"), Href: "/sign-in"},
	}
	return p
}

// applicant is the frame of an employer's representative.
func applicant(p component.Page, title string) component.Page {
	p.Title = p.T(title)
	p.User = &component.User{
		Name: p.Say(sarsenova), Role: p.Say(batys),
		Menu: []component.Link{{Text: p.T("gallery.menu-company"), Href: "/cabinet/company"}, {Text: p.T("gallery.menu-settings"), Href: "/cabinet/settings"}},
	}
	p.Menu = []component.Link{
		{Text: p.T("gallery.menu-cabinet"), Href: "/cabinet"},
		{Text: p.T("gallery.menu-permits"), Href: "/cabinet/permits"},
		{Text: p.T("gallery.menu-planner"), Href: "/cabinet/planner"},
		{Text: p.T("gallery.menu-messages"), Href: "/cabinet/messages"},
	}
	p.Counters = map[string]component.Counter{"/cabinet/messages": {N: 2}}
	return p
}

// office is the frame of an officer.
func office(p component.Page, title string, who lang.Text) component.Page {
	p.Title = p.T(title)
	p.User = &component.User{
		Name: p.Say(who), Role: p.Say(region),
		Menu: []component.Link{{Text: p.T("gallery.menu-delegation"), Href: "/head/delegation"}, {Text: p.T("gallery.menu-settings"), Href: "/office/settings"}},
	}
	p.Search = "/office/search"
	p.Queues = []component.QueueGroup{
		{Title: p.T("gallery.queue-chancellery"), Links: []component.Link{
			{Text: p.T("gallery.queue-intake"), Href: "/office/intake"},
			{Text: p.T("gallery.queue-handout"), Href: "/office/handout"},
			{Text: p.T("gallery.queue-incoming"), Href: "/office/incoming"},
		}},
		{Title: p.T("gallery.queue-desk"), Links: []component.Link{
			{Text: p.T("gallery.queue-mine"), Href: "/desk"},
			{Text: p.T("gallery.queue-waiting"), Href: "/desk/waiting"},
			{Text: p.T("gallery.queue-drafts"), Href: "/desk/drafts"},
			{Text: p.T("gallery.queue-letters"), Href: "/desk/letters"},
		}},
		{Title: p.T("gallery.queue-head"), Links: []component.Link{
			{Text: p.T("gallery.queue-assign"), Href: "/head/assign"},
			{Text: p.T("gallery.queue-sign"), Href: "/head/sign"},
			{Text: p.T("gallery.queue-deadlines"), Href: "/head/deadlines"},
			{Text: p.T("gallery.queue-workload"), Href: "/head/workload"},
		}},
		{Title: p.T("gallery.queue-registers"), Links: []component.Link{
			{Text: p.T("gallery.queue-permits"), Href: "/office/permits"},
			{Text: p.T("gallery.queue-quota"), Href: "/office/quota"},
			{Text: p.T("gallery.queue-rules"), Href: "/law"},
		}},
	}
	p.Counters = map[string]component.Counter{
		"/office/intake": {N: 4, Late: 1}, "/office/handout": {N: 3}, "/office/incoming": {N: 0},
		"/desk": {N: 12, Late: 1}, "/desk/waiting": {N: 9}, "/desk/drafts": {N: 2}, "/desk/letters": {N: 3},
		"/head/assign": {N: 5}, "/head/sign": {N: 3}, "/head/deadlines": {N: 2, Late: 2},
	}
	return p
}

// answerTerm is the term of eight working days of a case handed in on 28 April,
// with three holidays and two weekends in it.
func answerTerm(p component.Page) component.Term {
	var lines []string
	for _, k := range []string{"start", "count", "off-1", "off-2", "end"} {
		lines = append(lines, p.T("gallery.term-"+k))
	}
	return component.Term{
		Title: p.T("gallery.term-title"), Until: day(p.Lang, time.May, 13),
		Days: &component.Days{Left: 2}, Strip: strip(p), Lines: lines, Cite: p.T("gallery.term-cite"),
	}
}

func strip(p component.Page) []component.StripDay {
	kinds := map[int]component.DayKind{
		28: component.DayStart, 31: component.DayOff, 33: component.DayOff, 34: component.DayOff,
		37: component.DayOff, 39: component.DayOff, 40: component.DayOff, 41: component.DayOff,
		42: component.DayAhead, 43: component.DayLast,
	}
	var days []component.StripDay
	for n := 28; n <= 43; n++ {
		d := time.Date(2025, time.April, n, 0, 0, 0, 0, time.UTC)
		kind, ok := kinds[n]
		if !ok {
			kind = component.DayCounted
		}
		days = append(days, component.StripDay{
			Day: d.Format("02"), Weekday: weekday(p.Lang, d.Weekday()), Kind: kind, Today: n == 38,
			Why: lang.FormatDay(p.Lang, 2025, d.Month(), d.Day()),
		})
	}
	return days
}

func weekday(t lang.Tag, d time.Weekday) string {
	return map[lang.Tag][]string{
		lang.KK: {"жс", "дс", "сс", "ср", "бс", "жм", "сн"},
		lang.RU: {"вс", "пн", "вт", "ср", "чт", "пт", "сб"},
		lang.EN: {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"},
	}[t][d]
}
