package web

import (
	"ruqsat/complaint"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
	"ruqsat/web/component"
)

// complaintColour is the mark of a state.
// complaints lists the complaints an actor may see, those due first at the top.
func (s *Site) complaints(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	p := s.page(q, "web.complaints")
	staff := q.user.Role.Authority()
	if staff {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	} else {
		p.Back = &component.Link{Text: p.T("web.cabinet"), Href: "/cabinet"}
	}
	list, err := s.Office.Complaints(q.r.Context(), q.actor(), store.Complaints{})
	if err != nil {
		return err
	}
	s.render(q, complaintsPage(p, s.complaintGrid(p, list), staff, q.user.Role == party.Clerk))
	return nil
}

// newComplaint asks for a complaint about the case or permit in the address.
func (s *Site) newComplaint(q request) error {
	return s.askComplaint(q, s.page(q, "web.complain"), func(name string) string {
		if name == "subject" {
			return q.r.URL.Query().Get("about")
		}
		return ""
	})
}

func (s *Site) askComplaint(q request, p component.Page, value func(string) string) error {
	if err := signedIn(q, party.Applicant, party.Clerk); err != nil {
		return err
	}
	staff := q.user.Role.Authority()
	if staff {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	} else {
		p.Back = &component.Link{Text: p.T("web.complaints"), Href: "/complaints"}
	}
	region := q.user.Region
	if !staff {
		region = "71" // the time of the country
	}
	today, err := s.Office.Today(region)
	if err != nil {
		return err
	}
	months := 0
	if limit, ok := law.LimitOn(law.ComplaintFiled, today); ok {
		months = limit.N
	}
	s.render(q, complainPage(p, value, staff, months))
	return nil
}

// complain receives a complaint and shows its stamp.
func (s *Site) complain(q request) error {
	if err := signedIn(q, party.Applicant, party.Clerk); err != nil {
		return err
	}
	c, err := s.Office.Complain(q.r.Context(), q.actor(), q.form("subject"), office.Grievance{
		About: complaint.About(q.form("about")), Words: q.form("words"), Wanted: q.form("wanted"), Address: q.form("address"),
		Learned: date(q, "learned"), Because: q.form("because"),
	})
	if err == nil {
		return s.redirect(q, "/complaints/"+c.ID)
	}
	p := s.page(q, "web.complain")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.askComplaint(q, p, func(name string) string { return q.r.PostFormValue(name) })
}

// A complaintFile is what the page of a complaint shows.
type complaintFile struct {
	complaint.Complaint
	Identity component.Identity
	Facts    []component.Row
	Terms    []component.Term
	Steps    []complaint.Step
	History  []component.Event
	Rulings  []rulingCard
	Staff    bool
	IsSilent bool
	Value    func(string) string
}

// complaintPage shows a complaint: its stamp, its terms, what was done and what can
// be.
func (s *Site) complaintPage(q request) error {
	return s.showComplaint(q, s.page(q, "web.complaint"), func(string) string { return "" })
}

// showComplaint shows the complaint, or where the address names an act, its form.
func (s *Site) showComplaint(q request, p component.Page, value func(string) string) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	c, err := s.Office.Complaint(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	f := complaintFile{
		Complaint: c, Steps: complaint.Ways(c, q.actor()), Staff: q.user.Role.Authority(), IsSilent: c.Silent(s.Office.Now()), Value: value,
	}
	s.fillComplaint(p, &f)
	if f.Rulings, err = s.rulingCards(q, p, store.AboutComplaint, c.ID); err != nil {
		return err
	}
	p.Title, p.Path = c.Number, "/complaints/"+c.ID
	if f.Staff {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	} else {
		p.Back = &component.Link{Text: p.T("web.complaints"), Href: "/complaints"}
	}
	act := complaint.Act(q.r.PathValue("act"))
	if act == "" {
		s.render(q, complaintPage(p, f))
		return nil
	}
	for _, w := range f.Steps {
		if w.Act == act {
			p.Title = act.In(q.lang)
			s.render(q, complaintActPage(p, f, w))
			return nil
		}
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

// actComplaint answers the button of an act on a complaint.
func (s *Site) actComplaint(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	d := complaint.Deed{Act: complaint.Act(q.r.PathValue("act")), Note: complaint.Note{
		Words: q.form("words"), Body: q.form("body"), Number: q.form("number"), On: date(q, "on"),
		Outcome: complaint.Outcome(q.form("outcome")), Effect: complaint.Effect(q.form("effect")),
	}}
	c, err := s.Office.Complaint(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if complaint.ByPaper(c, d.Act) {
		var r store.Ruling
		if r, err = s.Office.DraftOnComplaint(q.r.Context(), q.actor(), q.id(), d); err == nil {
			return s.drafted(q, r)
		}
	} else if _, err = s.Office.ActOnComplaint(q.r.Context(), q.actor(), q.id(), d); err == nil {
		return s.redirect(q, "/complaints/"+q.id())
	}
	p := s.page(q, "web.complaint")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showComplaint(q, p, func(name string) string { return q.r.PostFormValue(name) })
}

// complaintsOf are the complaints about a case.
