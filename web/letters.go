package web

import (
	"net/url"
	"slices"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/web/component"
)

// letterQueues are what each role has to do with requests for information, by the
// states in which a request waits for it.
var letterQueues = map[party.Role][]correspondence.State{
	party.Clerk:    {correspondence.Signed},
	party.Head:     {correspondence.Registered, correspondence.Drafted},
	party.Executor: {correspondence.Assigned, correspondence.Signed},
}

// letterColour is the mark of a state of a request.
func letterColour(st correspondence.State) component.Colour {
	if st == correspondence.Dispatched {
		return component.Green
	}
	return component.Blue
}

// letterDesk is the queues of requests on the left of an office page.
func (s *Site) letterDesk(q request, p *component.Page) (component.QueueGroup, error) {
	own := store.Letters{}
	if q.user.Role == party.Executor {
		own.Executor = q.user.ID
	}
	_, counts, err := s.Office.Letters(q.r.Context(), q.actor(), own)
	if err != nil {
		return component.QueueGroup{}, err
	}
	g := component.QueueGroup{Title: p.T("web.letters")}
	for _, st := range letterQueues[q.user.Role] {
		href := "/office/letters?state=" + string(st)
		g.Links = append(g.Links, component.Link{Text: st.In(q.lang), Href: href})
		p.Counters[href] = component.Counter{N: counts[st].N, Late: counts[st].Late}
	}
	if q.user.Role == party.Clerk {
		g.Links = append(g.Links, component.Link{Text: p.T("web.letter-new"), Href: "/office/letters/new"})
	}
	g.Links = append(g.Links, component.Link{Text: p.T("web.letters-all"), Href: "/office/letters"})
	return g, nil
}

// letters lists requests for information, those to answer first at the top.
func (s *Site) letters(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	p := s.page(q, "web.letters-all")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	ask := store.Letters{State: correspondence.State(q.r.URL.Query().Get("state")), Search: q.r.URL.Query().Get("q")}
	if ask.State != "" {
		if !slices.Contains(correspondence.States, ask.State) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		p.Title = ask.State.In(q.lang)
		if q.user.Role == party.Executor {
			ask.Executor = q.user.ID
		}
	}
	list, counts, err := s.Office.Letters(q.r.Context(), q.actor(), ask)
	if err != nil {
		return err
	}
	var ids []string
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	waits, err := s.Office.Awaiting(q.r.Context(), ids)
	if err != nil {
		return err
	}
	p.Search, p.Sought = "/office/letters", ask.Search
	s.render(q, lettersPage(p, letterStats(p, counts), s.letterGrid(p, list, waits)))
	return nil
}

// letterStats are how many requests there are in each state.
func letterStats(p component.Page, counts map[correspondence.State]store.LetterCount) []component.Stat {
	var stats []component.Stat
	for _, st := range correspondence.States {
		one := component.Stat{Number: strconv.Itoa(counts[st].N), Label: st.In(p.Lang), Href: "/office/letters?state=" + string(st)}
		if late := counts[st].Late; late > 0 {
			one.Colour, one.More = component.Red, p.T("web.letters-late", "n", late)
		}
		stats = append(stats, one)
	}
	return stats
}

func (s *Site) letterGrid(p component.Page, list []correspondence.File, waits map[string]bool) component.Grid {
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.letter-number"), Tight: true}, {Text: p.T("web.letter-from")}, {Text: p.T("web.letter-about")},
		{Text: p.T("web.state")}, {Text: p.T("web.time-left")},
	}}
	for _, f := range list {
		row := []component.Cell{
			{Text: string(f.Request.Number), More: f.Incoming.Number, Href: "/office/letters/" + f.ID},
			{Text: oneLine(f.Request.From.Name.In(p.Lang)), More: f.Request.Received.In(p.Lang)},
			{Text: employerOf(p.Lang, f), More: string(f.Request.Employer.BIN)},
			{Content: withWait(p, component.Tag(letterColour(f.State), f.State.In(p.Lang)), waits[f.ID])},
			{More: p.T("web.letter-answer-by", "day", f.Due.Last().Short())},
		}
		if d := s.letterDays(f); d != nil {
			row[4].Content = component.DaysTag(p, *d)
		} else if !f.Outgoing.IsZero() {
			row[4] = component.Cell{Text: p.T("web.letter-sent-on", "day", f.Outgoing.On.Short()), More: f.Outgoing.Number}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// letterDays is how much is left of the term of a reply; nil once it was sent.
func (s *Site) letterDays(f correspondence.File) *component.Days {
	cal, err := s.Office.CalendarFor(f.Region)
	if err != nil || !f.State.Open() {
		return nil
	}
	left, err := cal.Remaining(s.Office.Now(), f.Due.EndOf(cal))
	if err != nil {
		return nil
	}
	return &component.Days{Left: left.Days, Unit: component.InDays}
}

// employerOf names the employer a request is about, as far as it is known yet.
func employerOf(t lang.Tag, f correspondence.File) string {
	if f.Draft != nil {
		return f.Draft.Employer.In(t)
	}
	return f.Request.Employer.Name.In(t)
}

// letterNew is the form on which the chancellery registers a request.
func (s *Site) letterNew(q request) error {
	if err := signedIn(q, party.Clerk); err != nil {
		return err
	}
	p := s.page(q, "web.letter-new")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	today, err := s.Office.Today(q.user.Region)
	if err != nil {
		return err
	}
	values := url.Values{"language": {"ru"}}
	fillDay(values, "received", today)
	s.render(q, letterNewPage(p, values.Get))
	return nil
}

// letterRegister registers a request for information (APPC art. 64).
func (s *Site) letterRegister(q request) error {
	if err := signedIn(q, party.Clerk); err != nil {
		return err
	}
	r := correspondence.Request{
		Number: correspondence.Number(q.form("number")), Dated: date(q, "dated"), Received: date(q, "received"),
		Language: lang.Tag(q.form("language")),
		From: correspondence.Asker{
			Name:    lang.Text{KK: q.form("from_kk"), RU: q.form("from_ru")},
			Address: lang.Text{KK: q.form("address_kk"), RU: q.form("address_ru")},
		},
		Employer: correspondence.Subject{BIN: party.BIN(q.form("bin")), Name: lang.Text{KK: q.form("employer_kk"), RU: q.form("employer_ru")}},
	}
	f, err := s.Office.RegisterRequest(q.r.Context(), q.actor(), r, q.form("words"))
	if err == nil {
		return s.redirect(q, "/office/letters/"+f.ID)
	}
	p := s.page(q, "web.letter-new")
	if err := s.wrongLetter(q, &p, err); err != nil {
		return err
	}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	s.render(q, letterNewPage(p, q.r.PostFormValue))
	return nil
}

// fillDay puts a day into the three boxes of a form.
func fillDay(v url.Values, name string, d calendar.Date) {
	if !d.IsZero() {
		v.Set(name+"-day", strconv.Itoa(d.Day))
		v.Set(name+"-month", strconv.Itoa(int(d.Month)))
		v.Set(name+"-year", strconv.Itoa(d.Year))
	}
}

// letterRows shows the permits behind a figure of a letter.
func (s *Site) letterRows(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	n, err := strconv.Atoi(q.r.PathValue("n"))
	if err != nil {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	f, rows, err := s.Office.LetterRows(q.r.Context(), q.actor(), q.id(), n)
	if err != nil {
		return err
	}
	p := s.page(q, "web.letter-rows")
	if err := s.desk(q, &p); err != nil {
		return err
	}
	figure := f.Draft.Figures[n]
	p.Title = figure.What.In(q.lang)
	p.Back = &component.Link{Text: string(f.Request.Number), Href: "/office/letters/" + f.ID}
	s.render(q, letterRowsPage(p, figure, f.Draft.Seq, permitGrid(p, rows)))
	return nil
}

func permitGrid(p component.Page, rows []registry.Permit) component.Grid {
	g := component.Grid{Caption: p.Title, Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: "№", Number: true}, {Text: p.T("web.permit-number"), Tight: true}, {Text: p.T("web.category")}, {Text: p.T("web.position")},
		{Text: p.T("web.citizenship")}, {Text: p.T("web.letter-issued-on"), Tight: true}, {Text: p.T("web.valid"), Tight: true},
	}}
	for i, r := range rows {
		country, _ := law.CountryBy(r.Citizenship)
		valid := r.From.Short() + " – " + r.Until.Short()
		cell := component.Cell{Text: valid}
		if !r.Ended.IsZero() {
			cell.More = p.T("web.letter-ended", "day", r.Ended.Short())
		}
		g.Rows = append(g.Rows, []component.Cell{
			{Text: strconv.Itoa(i + 1)}, {Text: r.Number, Href: "/verify?number=" + url.QueryEscape(r.Number)}, {Text: r.Category.In(p.Lang)},
			{Text: r.Position.In(p.Lang)}, {Text: country.Name.In(p.Lang)}, {Text: r.Issued.Short()}, cell,
		})
	}
	return g
}
