package web

import (
	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/web/component"
)

func complaintColour(c complaint.Complaint) component.Colour {
	switch {
	case c.State == complaint.Granted || c.Outcome == complaint.Upheld || c.Outcome == complaint.Partly:
		return component.Green
	case c.Outcome == complaint.Rejected:
		return component.Red
	case c.State == complaint.Withdrawn:
		return component.Grey
	}
	return component.Blue
}

func (s *Site) complaintGrid(p component.Page, list []complaint.Complaint) component.Grid {
	g := component.Grid{Caption: p.T("web.complaints"), Unseen: true, Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.complaint-number"), Tight: true}, {Text: p.T("web.complaint-about")}, {Text: p.T("web.employer")},
		{Text: p.T("web.state")}, {Text: p.T("web.time-left")},
	}}
	for _, c := range list {
		row := []component.Cell{
			{Text: c.Number, More: c.Received.In(almaty()).Format("02.01.2006"), Href: "/complaints/" + c.ID},
			{Text: c.About.In(p.Lang), More: c.Reference},
			{Text: c.Name.In(p.Lang), More: string(c.BIN)},
			{Content: component.Tag(complaintColour(c), c.State.In(p.Lang)), More: decided(p, c)},
			{},
		}
		if d := s.complaintDays(c); d != nil {
			row[4].Content = component.DaysTag(p, *d)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (s *Site) complaintDays(c complaint.Complaint) *component.Days {
	r, ok := c.Next()
	if !ok {
		return nil
	}
	return s.left(procedure.Case{Region: c.Region}, procedure.Running{End: r.End})
}

func (s *Site) fillComplaint(p component.Page, f *complaintFile) {
	c := f.Complaint
	at := c.Received
	if cal, err := law.CalendarFor(c.Region); err == nil {
		at = at.In(cal.Zone())
	}
	f.Identity = component.Identity{Number: c.Number, State: c.State.In(p.Lang), Colour: complaintColour(c), Days: s.complaintDays(c),
		Facts: []component.Fact{
			{Name: p.T("web.life-received-on"), Value: calendar.Moment{Time: at}.In(p.Lang)},
			{Name: p.T("web.taken-by"), Value: or(c.Receiver, procedure.Portal.In(p.Lang))},
			{Name: p.T("web.life-answer-at"), Value: or(party.AuthorityOf(c.Region).Address.In(p.Lang), law.RegionName(c.Region).In(p.Lang))},
		}}
	if r, ok := c.Term(law.ComplaintAnswer); ok {
		f.Identity.Facts = append(f.Identity.Facts, component.Fact{Name: p.T("web.answer-by"), Value: r.End.Last.In(p.Lang)})
	}
	subject := component.Row{Key: p.T("web.case"), Content: plainLink(p, "/cases/"+c.Case, c.Reference)}
	if c.Permit != "" {
		subject = component.Row{Key: p.T("web.permit"), Content: plainLink(p, permitPath(c.Permit), c.Permit)}
	}
	f.Facts = []component.Row{
		subject, {Key: p.T("web.complaint-about"), Value: c.About.In(p.Lang)},
		{Key: p.T("web.employer"), Value: c.Name.In(p.Lang), Lines: []string{string(c.BIN), c.Address}},
		{Key: p.T("web.complaint-words"), Value: c.Words}, {Key: p.T("web.complaint-wanted"), Value: c.Wanted},
		{Key: p.T("web.life-learned"), Value: c.Learned.In(p.Lang)},
	}
	if c.Late {
		f.Facts = append(f.Facts, component.Row{Key: p.T("web.late-because"), Value: c.Because})
	}
	if c.Outcome != "" {
		f.Facts = append(f.Facts, component.Row{Key: p.T("web.life-outcome"), Value: c.Outcome.In(p.Lang), Lines: []string{c.Effect.In(p.Lang)}})
	}
	for _, r := range c.Running {
		f.Terms = append(f.Terms, s.complaintTerm(p, c, r))
	}
	for i := len(c.Events) - 1; i >= 0; i-- {
		f.History = append(f.History, s.complaintEvent(p, c, c.Events[i]))
	}
}

func (s *Site) complaintTerm(p component.Page, c complaint.Complaint, r complaint.Running) component.Term {
	t := component.Term{
		Title: p.T("complaint.term-" + string(r.Name)), Until: r.End.Last.In(p.Lang), Cite: r.Cite.In(p.Lang),
		Days: s.left(procedure.Case{Region: c.Region}, procedure.Running{End: r.End}),
	}
	if r.Sure != law.Text {
		t.Assumed = r.Sure.In(p.Lang)
	}
	for _, m := range r.End.Explain() {
		t.Lines = append(t.Lines, m.In(p.Lang))
	}
	return t
}

func (s *Site) complaintEvent(p component.Page, c complaint.Complaint, e complaint.Event) component.Event {
	at := e.At
	if cal, err := law.CalendarFor(c.Region); err == nil {
		at = at.In(cal.Zone())
	}
	var lines []string
	for _, text := range []string{e.Note.Body, e.Note.Words} {
		if text != "" {
			lines = append(lines, text)
		}
	}
	if e.Note.Number != "" {
		lines = append(lines, p.T("web.decision-of", "number", e.Note.Number, "day", e.Note.On))
	}
	if e.Note.Outcome != "" {
		lines = append(lines, e.Note.Outcome.In(p.Lang), e.Note.Effect.In(p.Lang))
	}
	for _, late := range e.Late {
		lines = append(lines, p.T("web.complaint-late", "term", p.T("complaint.term-"+string(late))))
	}
	what := large(e.To.In(p.Lang))
	if e.Act == complaint.Recount {
		what = e.Act.In(p.Lang)
	}
	shown := component.Event{
		What: what, Who: e.By.Role.In(p.Lang), When: calendar.Moment{Time: at}.In(p.Lang),
		Moment: at.Format("2006-01-02T15:04:05Z07:00"),
	}
	if len(lines) > 0 {
		shown.Content = component.Bullets(lines)
	}
	return shown
}

func (s *Site) complaintsOf(q request, p component.Page, id string) (component.Grid, error) {
	list, err := s.Office.Complaints(q.r.Context(), q.actor(), store.Complaints{Case: id})
	return s.complaintGrid(p, list), err
}

// decided says what was decided, and nothing before it was.
func decided(p component.Page, c complaint.Complaint) string {
	if c.Outcome == "" {
		return ""
	}
	return c.Outcome.In(p.Lang) + ". " + c.Effect.In(p.Lang)
}
