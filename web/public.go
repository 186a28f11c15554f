package web

import (
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

func (s *Site) start(q request) error {
	p := s.page(q, "web.start-title")
	s.render(q, startPage(p))
	return nil
}

// home is where somebody who is signed in begins.
func home(r party.Role) string {
	if r.Authority() {
		return "/office"
	}
	switch r {
	case party.Applicant:
		return "/cabinet"
	case party.Admin:
		return "/office/admin/calendar"
	case party.Ministry:
		return "/ministry/quota"
	}
	return "/"
}

func (s *Site) signInPage(q request) error {
	s.render(q, signInPage(s.page(q, "web.sign-in"), "", q.r.URL.Query().Get("to"), s.Logins))
	return nil
}

// signIn answers POST /sign-in (WKO 142/2017 ¶ 10(2), process 1).
func (s *Site) signIn(q request) error {
	login, to := q.form("login"), q.form("to")
	a, err := s.Office.SignIn(q.r.Context(), login, q.r.PostFormValue("password"))
	if err != nil {
		if problem.IsKind(err, problem.NotAllowed) {
			err = problem.Of(err).At("login")
		}
		p := s.page(q, "web.sign-in")
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, signInPage(p, login, to, s.Logins))
		return nil
	}
	if err := s.sessions.RenewToken(q.r.Context()); err != nil {
		return err
	}
	s.sessions.Put(q.r.Context(), accountKey, a.ID)
	prefix := "/" + string(q.lang) + "/"
	if path, ok := strings.CutPrefix(to, prefix); ok {
		return s.redirect(q, "/"+path)
	}
	return s.redirect(q, home(a.Role))
}

func (s *Site) signOut(q request) error {
	if err := s.sessions.Destroy(q.r.Context()); err != nil {
		return err
	}
	return s.redirect(q, "/")
}

func (s *Site) enrolPage(q request) error {
	s.render(q, enrolPage(s.page(q, "web.enrol"), func(string) string { return "" }))
	return nil
}

// enrol answers POST /enrol (WKO 142/2017 ¶ 10(1)).
func (s *Site) enrol(q request) error {
	name := party.Name{Surname: q.form("surname"), Given: q.form("given"), Patronymic: q.form("patronymic")}
	a, err := s.Office.Enrol(q.r.Context(), q.form("login"), q.r.PostFormValue("password"), name)
	if err != nil {
		p := s.page(q, "web.enrol")
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, enrolPage(p, q.form))
		return nil
	}
	if err := s.sessions.RenewToken(q.r.Context()); err != nil {
		return err
	}
	s.sessions.Put(q.r.Context(), accountKey, a.ID)
	return s.redirect(q, "/cabinet")
}

// verify answers whether a permit is in force, to anybody.
func (s *Site) verify(q request) error {
	p := s.page(q, "web.check")
	number := strings.TrimSpace(q.r.URL.Query().Get("number"))
	if number == "" {
		s.render(q, verifyPage(p, "", nil, component.Tag(component.Grey, "")))
		return nil
	}
	permit, err := s.Office.Permit(q.r.Context(), number)
	if problem.IsKind(err, problem.NotFound) {
		err = problem.Of(err).At("number")
	}
	if err != nil {
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		s.render(q, verifyPage(p, number, nil, component.Tag(component.Grey, "")))
		return nil
	}
	today, err := s.Office.Today(permit.Region)
	if err != nil {
		return err
	}
	status := permit.Status(today)
	country, _ := law.CountryBy(permit.Citizenship)
	inLog, err := s.inLog(q, p, "permit", permit.Number)
	if err != nil {
		return err
	}
	s.render(q, verifyPage(p, number, append([]component.Row{
		{Key: p.T("web.permit-number"), Value: permit.Number},
		{Key: p.T("web.as-of"), Value: today.In(q.lang)},
		{Key: p.T("web.life-since"), Value: permit.Since(today).In(q.lang)},
		{Key: p.T("web.employer"), Value: permit.Name.In(q.lang), Lines: []string{string(permit.Employer)}},
		{Key: p.T("web.region"), Value: law.RegionName(permit.Region).In(q.lang), Lines: furtherRegions(q.lang, procedure.Application{MoreRegions: permit.MoreRegions})},
		{Key: p.T("web.category"), Value: permit.Category.In(q.lang)},
		{Key: p.T("web.position"), Value: permit.Position.In(q.lang)},
		{Key: p.T("web.citizenship"), Value: country.Name.In(q.lang)},
		{Key: p.T("web.valid"), Value: permit.From.Short() + " – " + permit.Until.Short()},
		s.publicChain(p, permit),
	}, append(publicActs(p, permit), inLog...)...), component.Tag(permitColour(status), status.In(q.lang))))
	return nil
}

// track shows where a case stands to who has its slip.
func (s *Site) track(q request) error {
	p := s.page(q, "web.track")
	number, code := strings.TrimSpace(q.r.URL.Query().Get("number")), strings.ToUpper(strings.TrimSpace(q.r.URL.Query().Get("code")))
	var rows []component.Row
	if number+code != "" {
		c, err := s.Office.Track(q.r.Context(), number, code)
		if err != nil {
			if err := s.wrong(q, &p, err); err != nil {
				return err
			}
		} else if rows, err = s.tracked(p, c); err != nil {
			return err
		}
	}
	s.render(q, trackPage(p, number, code, rows))
	return nil
}

func (s *Site) tracked(p component.Page, c procedure.Case) ([]component.Row, error) {
	today, err := s.Office.Today(c.Region)
	if err != nil {
		return nil, err
	}
	rows := []component.Row{
		{Key: p.T("web.case-number"), Value: c.Number},
		{Key: p.T("web.state"), Value: c.State.In(p.Lang)},
	}
	if who := procedure.WaitsFor(c, today); who != "" {
		rows = append(rows, component.Row{Key: p.T("web.waits-for"), Value: who.In(p.Lang)})
	}
	if r, ok := c.Term(law.Answer); ok {
		rows = append(rows, component.Row{Key: law.Answer.In(p.Lang), Value: p.T("web.by", "day", r.End.Last)})
	}
	if r, ok := c.Term(law.Payment); ok {
		rows = append(rows, component.Row{Key: law.Payment.In(p.Lang), Value: p.T("web.by", "day", r.End.Last)})
	}
	return append(rows, trackedCourse(p, c)...), nil
}

// choice makes options of values that say themselves.
func choice[T interface {
	~string
	lang.Speaker
}](t lang.Tag, values []T) []component.Option {
	var list []component.Option
	for _, v := range values {
		list = append(list, component.Option{Value: string(v), Text: v.In(t)})
	}
	return list
}
