package web

import (
	"strconv"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// A timesView is what the administrator's page of calendar and outages shows.
type timesView struct {
	Changes component.Grid
	Days    component.Grid
	Years   []component.Link
	Value   func(string) string
}

// calendarPage shows the days off of a year and what was entered, and takes more.
func (s *Site) calendarPage(q request) error {
	return s.showCalendar(q, s.page(q, "web.calendar"), func(string) string { return "" })
}

func (s *Site) showCalendar(q request, p component.Page, value func(string) string) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	p.Path = "/office/admin/calendar"
	p.Queues = adminQueues(p)
	x := timesView{Value: value}
	var err error
	if x.Changes, err = s.changeGrid(q, p); err != nil {
		return err
	}
	if x.Days, err = s.dayGrid(q, p); err != nil {
		return err
	}
	for _, y := range law.Years() {
		n := strconv.Itoa(y)
		x.Years = append(x.Years, component.Link{Text: n, Href: "/office/admin/calendar?year=" + n})
	}
	s.render(q, timesPage(p, x))
	return nil
}

// changeGrid lists what was entered, the newest first.
func (s *Site) changeGrid(q request, p component.Page) (component.Grid, error) {
	g := component.Grid{Caption: p.T("web.entered"), Cards: true, Columns: []component.Column{
		{Text: p.T("web.time-what-changed")}, {Text: p.T("web.number-of-act")}, {Text: p.T("web.entered-on")}, {Text: p.T("web.state")},
	}}
	list, err := s.Office.TimeChanges(q.r.Context(), q.actor())
	for i := len(list) - 1; i >= 0; i-- {
		x := list[i]
		what, act := p.T("web.day-change"), ""
		if d := x.Days; d != nil {
			act = d.Act
			what = dayWords(p, *d)
		}
		if u := x.Outage; u != nil {
			act = u.Act
			what = p.T("web.outage-words", "from", calendar.Moment{Time: u.From.In(s.adminZone(q))}, "until", calendar.Moment{Time: u.Until.In(s.adminZone(q))}) + " " + u.Cause
		}
		state := p.T("web.being-settled")
		if x.Settled {
			state = p.T("web.settled")
		}
		g.Rows = append(g.Rows, []component.Cell{
			{Text: what}, {Text: act}, {Text: calendar.Moment{Time: x.At.In(s.adminZone(q))}.In(p.Lang), More: x.By.Name.Initials()}, {Text: state},
		})
	}
	return g, err
}

// dayWords says what a change makes of which days.
func dayWords(p component.Page, d law.DayChange) string {
	switch {
	case d.Worked.IsZero():
		return p.T("web.is-off", "day", d.Off)
	case d.Off.IsZero():
		return p.T("web.is-worked", "day", d.Worked)
	}
	return p.T("web.is-off", "day", d.Off) + " " + p.T("web.is-worked", "day", d.Worked)
}

// dayGrid lists the days off of a year that are no ordinary weekend, with why.
func (s *Site) dayGrid(q request, p component.Page) (component.Grid, error) {
	cal, err := s.Office.CalendarFor(s.adminRegion(q))
	if err != nil {
		return component.Grid{}, err
	}
	year, err := strconv.Atoi(q.r.URL.Query().Get("year"))
	if err != nil || !law.YearKnown(year) {
		year = cal.Day(s.Office.Now()).Year
	}
	g := component.Grid{
		Caption: p.T("web.days-off-of", "year", strconv.Itoa(year)), Cards: true,
		Columns: []component.Column{{Text: p.T("web.time-day")}, {Text: p.T("web.why-off")}},
	}
	for d := calendar.DateOf(year, time.January, 1); d.Year == year && law.YearKnown(year); d = d.AddDays(1) {
		m, err := cal.Mark(d)
		if err != nil {
			return g, err
		}
		if m.Why != "" && m.Why != calendar.Weekend {
			g.Rows = append(g.Rows, []component.Cell{{Text: d.In(p.Lang), More: lang.Weekday(p.Lang, d.Weekday())}, {Text: m.Say().In(p.Lang)}})
		}
	}
	return g, nil
}

// adminRegion is whose clock the administrator's page goes by.
func (s *Site) adminRegion(q request) string {
	if q.user.Region != "" {
		return q.user.Region
	}
	return law.Capital
}

func (s *Site) adminZone(q request) *time.Location { return zoneOf(s.adminRegion(q)) }

// changeDays takes an act that changed the days off.
func (s *Site) changeDays(q request) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	x := law.DayChange{Off: date(q, "off"), Worked: date(q, "worked"), Act: q.form("act"), Note: q.form("note")}
	var err error
	for _, field := range []string{"off", "worked"} {
		if typed := q.form(field+"-day") + q.form(field+"-month") + q.form(field+"-year"); typed != "" && date(q, field).IsZero() {
			err = badDayAt(field)
		}
	}
	if err == nil {
		err = s.Office.ChangeDays(q.r.Context(), q.actor(), x)
	}
	return s.entered(q, err)
}

// recordOutage takes a time in which the system did not work.
func (s *Site) recordOutage(q request) error {
	if err := signedIn(q, party.Admin); err != nil {
		return err
	}
	from, err := s.typedMoment(q, s.adminRegion(q), "from", "from_hour")
	if err != nil {
		return s.entered(q, err)
	}
	until, err := s.typedMoment(q, s.adminRegion(q), "until", "until_hour")
	if err != nil {
		return s.entered(q, err)
	}
	err = s.Office.RecordOutage(q.r.Context(), q.actor(), procedure.Outage{
		From: from, Until: until, Cause: q.form("cause"), Act: q.form("outage_act"),
	})
	return s.entered(q, err)
}

// entered leads back to the page, or shows it with what is wrong.
func (s *Site) entered(q request, err error) error {
	if err == nil {
		return s.redirect(q, "/office/admin/calendar")
	}
	p := s.page(q, "web.calendar")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showCalendar(q, p, func(name string) string { return q.r.PostFormValue(name) })
}
