package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/statistics"
	"ruqsat/web/component"
)

// figuresOf are the figures asked for in an address.
func (s *Site) figuresOf(q request) (office.Figures, error) {
	on, err := s.dayOf(q, "on")
	if err != nil {
		return office.Figures{}, err
	}
	return s.Office.Figures(q.r.Context(), on, q.r.URL.Query().Get("region"))
}

// statsPage shows figures of the register as of a day.
func (s *Site) statsPage(q request) error {
	p := s.page(q, "web.stats")
	ask := q.r.URL.Query()
	f, err := s.figuresOf(q)
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, statsPage(p, ask.Get("on"), ask.Get("region"), nil))
		return nil
	}
	s.render(q, statsPage(p, f.AsOf.String(), f.Region, &f))
	return nil
}

// statsHref is the lasting address of figures.
func statsHref(path string, f office.Figures) string {
	ask := url.Values{"on": {f.AsOf.String()}}
	if f.Region != "" {
		ask.Set("region", f.Region)
	}
	return path + "?" + ask.Encode()
}

// figure writes a number, or that it is too small to be shown.
func figure(p component.Page, f statistics.Figure) string {
	if f.Hidden {
		return "×"
	}
	return p.Number(f.Permits)
}

func placeName(p component.Page, region string) string {
	if region == "" {
		return p.T("web.stats-country")
	}
	return law.RegionName(region).In(p.Lang)
}

func statsRegions(p component.Page) []component.Option {
	return append([]component.Option{{Value: "", Text: p.T("web.stats-country")}}, regions(p.Lang)...)
}

// breakdownGrid is the table of regions and parts.
func breakdownGrid(p component.Page, b statistics.Breakdown) component.Grid {
	g := component.Grid{Caption: p.T("web.stats-breakdown"), Head: true, Columns: []component.Column{{Text: p.T("web.region")}}}
	for _, part := range statistics.Parts {
		g.Columns = append(g.Columns, component.Column{Text: p.T("web.stats-part-" + string(part)), Number: true})
	}
	g.Columns = append(g.Columns, component.Column{Text: p.T("web.stats-all"), Number: true})
	row := func(region string) []component.Cell {
		cells := []component.Cell{{Text: placeName(p, region)}}
		for _, part := range append(statistics.Parts[:len(statistics.Parts):len(statistics.Parts)], "") {
			cells = append(cells, component.Cell{Text: figure(p, b.At(region, part))})
		}
		return cells
	}
	for _, region := range b.Regions {
		g.Rows = append(g.Rows, row(region))
	}
	g.Foot = row("")
	return g
}

func citizenshipGrid(p component.Page, list []statistics.Country) component.Grid {
	g := component.Grid{Caption: p.T("web.stats-countries"), Head: true,
		Columns: []component.Column{{Text: p.T("web.citizenship")}, {Text: p.T("web.stats-permits"), Number: true}}}
	for _, c := range list {
		g.Rows = append(g.Rows, []component.Cell{{Text: c.In(p.Lang)}, {Text: figure(p, statistics.Figure{Permits: c.Permits, Hidden: statistics.Small(c.Permits)})}})
	}
	return g
}

func pointGrid(p component.Page, caption string, points []statistics.Point) component.Grid {
	g := component.Grid{Caption: caption, Head: true,
		Columns: []component.Column{{Text: p.T("web.stats-month")}, {Text: p.T("web.stats-permits"), Number: true}}}
	for _, x := range points {
		g.Rows = append(g.Rows, []component.Cell{{Text: monthName(x.On)}, {Text: figure(p, x.Figure)}})
	}
	return g
}

func monthName(d calendar.Date) string { return d.String()[:len("2006-01")] }

// statsCSV sends the breakdown of a day as a file.
func (s *Site) statsCSV(q request) error {
	f, err := s.figuresOf(q)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	rows := [][]string{{"as_of", "region_kato", "part", "permits", "hidden"}}
	for _, region := range append(f.Shown.Regions, "") {
		for _, part := range append(statistics.Parts[:len(statistics.Parts):len(statistics.Parts)], "") {
			x := f.Shown.At(region, part)
			permits := strconv.Itoa(x.Permits)
			if x.Hidden {
				permits = ""
			}
			rows = append(rows, []string{f.AsOf.String(), orAll(region), orAll(string(part)), permits, strconv.FormatBool(x.Hidden)})
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return s.sendAs(q, "text/csv; charset=utf-8", `attachment; filename="ruqsat-`+f.AsOf.String()+`.csv"`, file.Bytes())
}

func orAll(s string) string {
	if s == "" {
		return "all"
	}
	return s
}

// statsDictionary says what the columns of the files are, in the language of the page.
func statsDictionary(p component.Page) []component.Row {
	var rows []component.Row
	for _, name := range []string{"as_of", "region_kato", "part", "permits", "hidden"} {
		rows = append(rows, component.Row{Key: name, Value: p.T("web.stats-column-" + name)})
	}
	return rows
}

// statsJSON sends the same with the series, and with the dictionary in it.
func (s *Site) statsJSON(q request) error {
	f, err := s.figuresOf(q)
	if err != nil {
		return s.failJSON(q, err)
	}
	p := s.page(q, "web.stats")
	type cell struct {
		Region string `json:"region_kato"`
		Part   string `json:"part"`
		statistics.Figure
	}
	answer := struct {
		AsOf        calendar.Date        `json:"as_of"`
		Region      string               `json:"region_of_series"`
		Definitions map[string]string    `json:"definitions"`
		Dictionary  map[string]string    `json:"dictionary"`
		Cells       []cell               `json:"in_force"`
		Countries   []statistics.Country `json:"countries"`
		Months      []statistics.Point   `json:"in_force_on_first_of_month"`
		Issued      []statistics.Point   `json:"issued_in_month"`
		Year        statistics.Figure    `json:"issued_in_year"`
	}{
		AsOf: f.AsOf, Region: orAll(f.Region), Definitions: map[string]string{}, Dictionary: map[string]string{},
		Countries: f.Stock.Main(shownCountries), Months: f.Months, Issued: f.Issued, Year: f.Year,
	}
	for _, x := range []statistics.Series{statistics.InForce, statistics.Issued} {
		answer.Definitions[string(x)] = x.Definition(q.lang)
	}
	for _, row := range statsDictionary(p) {
		answer.Dictionary[row.Key] = row.Value
	}
	for _, region := range append(f.Shown.Regions, "") {
		for _, part := range append(statistics.Parts[:len(statistics.Parts):len(statistics.Parts)], "") {
			answer.Cells = append(answer.Cells, cell{orAll(region), orAll(string(part)), f.Shown.At(region, part)})
		}
	}
	b, err := json.MarshalIndent(answer, "", "  ")
	if err != nil {
		return err
	}
	return s.sendAs(q, "application/json; charset=utf-8", "inline", b)
}

// shownCountries is how many citizenships are named.
const shownCountries = 12

// releasePage shows the monthly release of a day, to be printed.
func (s *Site) releasePage(q request) error {
	p := s.page(q, "web.release")
	p.Back = &component.Link{Text: p.T("web.stats"), Href: "/stats"}
	on, err := s.dayOf(q, "on")
	var r statistics.Release
	var f office.Figures
	if err == nil {
		r, err = s.Office.Release(q.r.Context(), on)
	}
	if err == nil {
		f, err = s.Office.Figures(q.r.Context(), on, "")
	}
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, releasePage(p, q.r.URL.Query().Get("on"), nil, nil))
		return nil
	}
	p.Title = lang.M("statistics.release-title", lang.Args{"day": on}).In(q.lang)
	s.render(q, releasePage(p, on.String(), &r, releaseRows(p, r, f.Shown)))
	return nil
}

// releaseRows are the lines of a release as they may be shown.
func releaseRows(p component.Page, r statistics.Release, shown statistics.Breakdown) []component.Row {
	rows := []component.Row{{Key: p.T("web.stats-all"), Value: figure(p, shown.At("", ""))}}
	for _, part := range statistics.Parts {
		rows = append(rows, component.Row{Key: part.In(p.Lang), Value: figure(p, shown.At("", part))})
	}
	employers := statistics.Figure{Permits: r.Employers, Hidden: statistics.Small(r.Employers)}
	return append(rows, component.Row{Key: p.T("web.stats-employers"), Value: figure(p, employers)})
}

// releaseNotes are the notes of a release, unless a number in it must stay hidden:
// they would tell it.
func releaseNotes(p component.Page, r statistics.Release) []string {
	for _, l := range r.Parts {
		if statistics.Small(l.Permits) {
			return []string{p.T("web.stats-hidden")}
		}
	}
	return r.Said(p.Lang)
}

// timesPage shows heads and the ministry how long the stages of cases take.
func (s *Site) timesPage(q request) error {
	if err := signedIn(q, party.Head, party.Ministry); err != nil {
		return err
	}
	p := s.page(q, "web.stage-times")
	if q.user.Role == party.Head { // the ministry has no cases of its own to list
		if err := s.desk(q, &p); err != nil {
			return err
		}
	}
	until, err := s.dayOf(q, "until")
	from := until.AddMonths(-12)
	if text := q.r.URL.Query().Get("from"); err == nil && text != "" {
		if from, err = calendar.ParseDate(text); err != nil {
			err = problem.New(problem.Invalid, "web.bad-day").At("from")
		}
	}
	var stages []statistics.Stage
	if err == nil {
		stages, err = s.Office.Times(q.r.Context(), q.actor(), from, until)
	}
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
	}
	s.render(q, stageTimesPage(p, from.String(), until.String(), stageGrid(p, stages)))
	return nil
}

func stageGrid(p component.Page, stages []statistics.Stage) component.Grid {
	g := component.Grid{Caption: statistics.Times.In(p.Lang), Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.stage")}, {Text: p.T("web.stage-cases"), Number: true}, {Text: p.T("web.stage-median"), Number: true},
		{Text: p.T("web.stage-p90"), Number: true}, {Text: p.T("web.stage-late"), Number: true},
	}}
	for _, x := range stages {
		g.Rows = append(g.Rows, []component.Cell{
			{Text: x.State.In(p.Lang)}, {Text: p.Number(x.Times)}, {Text: duration(p, x.Median.Hours())}, {Text: duration(p, x.P90.Hours())},
			lateCell(p, x),
		})
	}
	return g
}

// lateCell says how often a stage ended late; nothing beside where it never did.
func lateCell(p component.Page, x statistics.Stage) component.Cell {
	if x.Late == 0 {
		return component.Cell{Text: "0"}
	}
	return component.Cell{Text: p.Number(x.Late), More: strconv.Itoa(x.Share()) + " %"}
}

// duration says minutes up to an hour, and days from two days on.
func duration(p component.Page, hours float64) string {
	decimal := func(n float64) string {
		text := strconv.FormatFloat(n, 'f', 1, 64)
		if p.Lang != lang.EN {
			text = strings.Replace(text, ".", ",", 1)
		}
		return text
	}
	switch {
	case hours*60 < 0.5:
		return p.T("web.stage-at-once")
	case hours < 1:
		return p.T("web.stage-minutes", "n", int(hours*60+0.5))
	case hours < 48:
		return p.T("web.stage-hours", "n", decimal(hours))
	}
	return p.T("web.stage-days", "n", decimal(hours/24))
}
