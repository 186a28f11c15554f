package web

import (
	"net/url"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/web/component"
)

// A letterFile shows everything of a request: what it asks, until when it must be
// answered, what can be done now, what the letter says, and what was done.
type letterFile struct {
	office.LetterView
	Identity component.Identity
	Term     component.Term
	Ways     []correspondence.Step
	Facts    []component.Row
	Figures  component.Grid
	Events   []component.Event
	Papers   []component.Document
	Compose  letterForm
	Typed    bool // the form of the letter came back
	Value    func(string) string
	Wait     edsWait   // what became of a signature that could not be checked at once
	Public   lang.Text // the reply as the public would read it, where that can be said
}

// letterPage shows a request.
func (s *Site) letterPage(q request) error {
	return s.showLetter(q, s.page(q, "web.letter"), nil)
}

// showLetter shows a request, with what was typed if a form comes back.
func (s *Site) showLetter(q request, p component.Page, typed url.Values) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	v, err := s.Office.LookLetter(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	f := s.letterFile(p, q, v)
	f.Value = typed.Get
	if typed.Has("topics-shown") {
		f.Compose, f.Typed = typedLetter(typed), true
	}
	p.Title, p.Path = string(v.File.Request.Number), "/office/letters/"+v.File.ID
	if f.Wait, err = s.letterWaiting(q, p, v); err != nil {
		return err
	}
	p.Back = &component.Link{Text: p.T("web.letters-all"), Href: "/office/letters"}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	s.render(q, letterPage(p, f))
	return nil
}

func (s *Site) letterFile(p component.Page, q request, v office.LetterView) letterFile {
	f := letterFile{LetterView: v, Ways: correspondence.Ways(v.File, q.actor()), Compose: keptLetter(v)}
	r, file := v.File.Request, v.File
	f.Identity = component.Identity{
		Number: string(r.Number), State: file.State.In(p.Lang), Colour: letterColour(file.State), Days: s.letterDays(file),
		Facts: []component.Fact{
			{Name: p.T("web.letter-from"), Value: oneLine(r.From.Name.In(p.Lang))},
			{Name: p.T("web.letter-incoming"), Value: file.Incoming.Number},
			{Name: p.T("web.letter-about"), Value: or(employerOf(p.Lang, file), string(r.Employer.BIN))},
		},
	}
	for _, a := range v.Executors {
		if a.ID == file.Executor {
			f.Identity.Facts = append(f.Identity.Facts, component.Fact{Name: p.T("web.executor"), Value: a.Name.Initials()})
		}
	}
	if who := correspondence.WaitsFor(file); who != "" {
		f.Identity.Facts = append(f.Identity.Facts, component.Fact{Name: p.T("web.waits-for"), Value: who.In(p.Lang)})
	}
	f.Term = letterTerm(p, file, s.letterDays(file))
	f.Facts = letterFacts(p, v)
	if file.Draft != nil {
		f.Figures = figureGrid(p, file)
	}
	for i := len(v.Events) - 1; i >= 0; i-- {
		f.Events = append(f.Events, letterEvent(p, file, v.Events[i]))
	}
	f.Papers = s.letterPapers(p, v)
	if f.may(correspondence.Publish) {
		if text, err := s.Office.PublicPreview(q.r.Context(), q.actor(), file.ID, correspondence.Unnamed); err == nil {
			f.Public = text
		}
	}
	return f
}

// aside reports whether a step stands below: what is not the next thing to do.
func (f letterFile) aside(w correspondence.Step) bool {
	switch w.Act {
	case correspondence.Prolong:
		return true
	case correspondence.Assign:
		return f.File.State != correspondence.Registered
	case correspondence.Write:
		return f.File.State == correspondence.Drafted && !f.Typed
	}
	return false
}

// may reports whether a button of an act is shown.
func (f letterFile) may(a correspondence.Act) bool {
	for _, w := range f.Ways {
		if w.Act == a {
			return true
		}
	}
	return false
}

func letterFacts(p component.Page, v office.LetterView) []component.Row {
	f := v.File
	r := f.Request
	rows := []component.Row{
		{Key: p.T("web.letter-number"), Value: string(r.Number), Lines: []string{p.T("web.letter-dated", "day", r.Dated)}},
		{Key: p.T("web.letter-received"), Value: r.Received.In(p.Lang), Lines: []string{
			p.T("web.letter-journal", "number", f.Incoming.Number, "day", f.Incoming.On, "name", f.Incoming.By)}},
		{Key: p.T("web.letter-language"), Value: p.T("web.letter-language-" + string(r.Language))},
		{Key: p.T("web.letter-from"), Lines: strings.Split(r.From.Name.In(p.Lang)+"\n"+r.From.Address.In(p.Lang), "\n")},
		{Key: p.T("web.letter-about"), Value: employerOf(p.Lang, f), Lines: []string{string(r.Employer.BIN)}},
		{Key: p.T("web.letter-words"), Lines: strings.Split(f.Words, "\n"), Lang: string(r.Language)},
	}
	if !f.Outgoing.IsZero() {
		rows = append(rows, component.Row{Key: p.T("web.letter-outgoing"), Value: f.Outgoing.Number, Lines: []string{
			f.Outgoing.On.In(p.Lang) + ", " + f.Outgoing.By}})
	}
	return rows
}

// letterTerm explains until when a request has to be answered.
func letterTerm(p component.Page, f correspondence.File, days *component.Days) component.Term {
	t := component.Term{
		Title: p.T("web.letter-term"), Until: f.Due.Last().In(p.Lang), Days: days,
		Cite: correspondence.ReplyTerm.Cite.In(p.Lang), Assumed: correspondence.ReplyTerm.Sure.In(p.Lang),
	}
	for _, m := range f.Due.Explain() {
		t.Lines = append(t.Lines, m.In(p.Lang))
	}
	return t
}

// figureGrid lists the figures of a letter, each leading to its permits.
func figureGrid(p component.Page, f correspondence.File) component.Grid {
	g := component.Grid{Caption: p.T("web.letter-figures", "seq", f.Draft.Seq), Columns: []component.Column{
		{Text: p.T("web.letter-figure")}, {Text: p.T("web.letter-kind")}, {Text: p.T("web.permits"), Number: true},
	}}
	for i, x := range f.Draft.Figures {
		number := component.Cell{Text: strconv.Itoa(x.Permits)}
		if x.Permits > 0 {
			number.Href = "/office/letters/" + f.ID + "/figures/" + strconv.Itoa(i)
		}
		g.Rows = append(g.Rows, []component.Cell{{Text: x.What.In(p.Lang)}, {Text: p.T("web.letter-kind-" + string(x.Kind))}, number})
	}
	return g
}

// letterEvent is one line of the history.
func letterEvent(p component.Page, f correspondence.File, e correspondence.Event) component.Event {
	at := e.At
	if cal, err := law.CalendarFor(f.Region); err == nil {
		at = at.In(cal.Zone())
	}
	who := e.By.Role.In(p.Lang)
	if name := e.By.Name.Initials(); name != "" {
		who = name + ", " + who
	}
	out := component.Event{
		What: e.Act.In(p.Lang), Who: who, When: calendar.Moment{Time: at}.In(p.Lang), Moment: at.Format("2006-01-02T15:04:05Z07:00"),
		Text: e.Note.Text,
	}
	switch e.Act {
	case correspondence.Register, correspondence.Dispatch:
		out.Text = e.Note.Number
	case correspondence.Assign:
		out.Text = strings.TrimSuffix(e.Note.Name+". "+e.Note.Text, ". ")
	case correspondence.Prolong:
		out.Text = p.T("web.letter-prolonged", "day", e.Note.Until, "why", e.Note.Text)
	case correspondence.Publish:
		out.Text = correspondence.Naming(e.Note.Text).In(p.Lang)
	}
	if e.Late {
		out.Text = strings.TrimSpace(out.Text + " – " + p.T("web.letter-was-late"))
	}
	return out
}
