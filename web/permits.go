package web

import (
	"slices"
	"strconv"

	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// ownPermits lists the applicant's permits, each with what can be asked for today.
func (s *Site) ownPermits(q request) error {
	return s.showOwnPermits(q, s.page(q, "web.own-permits"))
}

func (s *Site) showOwnPermits(q request, p component.Page) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	list, err := s.Office.OwnPermits(q.r.Context(), q.actor())
	if err != nil {
		return err
	}
	p.Back = &component.Link{Text: p.T("web.cabinet"), Href: "/cabinet"}
	chosen := func(number string) bool { return slices.Contains(q.r.PostForm["permits"], number) }
	operation := or(q.form("operation"), q.r.URL.Query().Get("operation"))
	s.render(q, ownPermitsPage(p, s.ownGrid(p, list, chosen), or(operation, string(law.Extension))))
	return nil
}

func (s *Site) ownGrid(p component.Page, list []office.Renewable, chosen func(string) bool) component.Grid {
	g := component.Grid{Caption: p.T("web.own-permits"), Unseen: true, Cards: true, Columns: []component.Column{
		{Text: p.T("web.life-choose"), Unseen: true}, {Text: p.T("web.permit-number"), Tight: true}, {Text: p.T("web.worker")},
		{Text: p.T("web.state")}, {Text: p.T("web.can-be-asked")},
	}}
	for _, r := range list {
		x := r.Permit
		status := x.Status(r.Today)
		tick := component.Cell{}
		if r.NoExtend == nil || r.NoReissue == nil {
			tick.Content = permitTick(x.Number, chosen(x.Number), p.T("web.choose-permit", "number", x.Number))
		}
		g.Rows = append(g.Rows, []component.Cell{
			tick,
			{Text: x.Number, More: x.From.Short() + " – " + x.Until.Short(), Href: permitPath(x.Number)},
			{Text: or(x.Worker, x.WorkerRef), More: x.Category.In(p.Lang)},
			{Content: component.Tag(permitColour(status), status.In(p.Lang)), More: p.T("web.life-since-day", "day", x.Since(r.Today))},
			canBe(p, r),
		})
	}
	return g
}

// canBe says what can be asked for a permit today, and what cannot, why.
func canBe(p component.Page, r office.Renewable) component.Cell {
	switch {
	case r.NoExtend == nil:
		return component.Cell{Text: p.T("web.can-extend")}
	case r.NoReissue == nil:
		return component.Cell{Text: p.T("web.can-reissue"), More: why(p.Lang, r.NoExtend)}
	}
	return component.Cell{More: why(p.Lang, r.NoReissue)}
}

// renew opens an application for the permits that were ticked.
func (s *Site) renew(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	id, err := s.Office.Renew(q.r.Context(), q.actor(), law.Operation(q.form("operation")), q.r.PostForm["permits"])
	if err == nil {
		return s.redirect(q, "/cabinet/"+id)
	}
	if e := problem.Of(err); e.Kind != problem.Internal && len(e.Fields) == 0 {
		err = e.At("permits")
	}
	p := s.page(q, "web.own-permits")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showOwnPermits(q, p)
}

// workerPage shows a worker of an application, to be put right: those of an
// extension or a reissue are filled in with what is known of them.
func (s *Site) workerPage(q request) error {
	c, i, err := s.workerOf(q)
	if err != nil {
		return err
	}
	w := c.Application.Workers[i]
	return s.showWorker(q, s.page(q, "web.edit-worker"), c, func(name string) string { return storedWorker(w, name) })
}

func (s *Site) workerOf(q request) (procedure.Case, int, error) {
	c, _, _, err := s.draft(q)
	if err != nil {
		return c, 0, err
	}
	i, err := strconv.Atoi(q.r.PathValue("n"))
	if err != nil || i < 0 || i >= len(c.Application.Workers) {
		return c, 0, problem.New(problem.NotFound, "problem.not-found")
	}
	return c, i, nil
}

func (s *Site) showWorker(q request, p component.Page, c procedure.Case, value func(string) string) error {
	p.Back = &component.Link{Text: procedure.PartWorkers.In(q.lang), Href: "/cabinet/" + c.ID + "/workers"}
	i, _ := strconv.Atoi(q.r.PathValue("n"))
	today, err := s.Office.Today(c.Region)
	if err != nil {
		return err
	}
	s.render(q, workerPage(p, c, i, value, today))
	return nil
}

// saveWorker keeps what was entered of a worker, right or not. To which permit
// they are bound does not change.
func (s *Site) saveWorker(q request) error {
	c, i, err := s.workerOf(q)
	if err != nil {
		return err
	}
	w := worker(q, 0)
	w.Permit = c.Application.Workers[i].Permit
	err = s.Office.Edit(q.r.Context(), q.actor(), c.ID, func(a *procedure.Application) {
		if i < len(a.Workers) {
			a.Workers[i] = w
		}
	})
	if err != nil {
		return err
	}
	today, err := s.Office.Today(c.Region)
	if err == nil {
		err = procedure.CheckWorker(w, c.Application.Scheme, today)
	}
	if err == nil {
		return s.redirect(q, "/cabinet/"+c.ID+"/workers")
	}
	p := s.page(q, "web.edit-worker")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showWorker(q, p, c, func(name string) string { return q.r.PostFormValue(name) })
}

// storedWorker is what an application has of a worker at a field.
func storedWorker(w party.Worker, name string) string {
	fields := map[string]string{
		"surname": w.Surname, "given": w.Given, "surname_cyr": w.SurnameCyr, "given_cyr": w.GivenCyr, "citizenship": w.Citizenship,
		"passport": w.Passport, "category": string(w.Category), "position_ru": w.PositionRU, "position_kk": w.PositionKK, "nkz": w.NKZ,
		"education": w.Education, "vacancy": w.Vacancy, "exempt": w.Exempt,
	}
	if w.Transfer != 0 {
		fields["transfer"] = strconv.Itoa(w.Transfer)
	}
	if w.Experience != 0 || w.Education != "" {
		fields["experience"] = strconv.Itoa(w.Experience)
	}
	if d := w.Born; !d.IsZero() {
		fields["born-day"], fields["born-month"], fields["born-year"] = strconv.Itoa(d.Day), strconv.Itoa(int(d.Month)), strconv.Itoa(d.Year)
	}
	if d := w.PassportUntil; !d.IsZero() {
		fields["passport_until-day"], fields["passport_until-month"], fields["passport_until-year"] =
			strconv.Itoa(d.Day), strconv.Itoa(int(d.Month)), strconv.Itoa(d.Year)
	}
	return fields[name]
}

// oldPermits links the permits that a case is to extend or reissue.
func oldPermits(c procedure.Case) []component.Link {
	var links []component.Link
	for _, w := range c.Application.Workers {
		if w.Permit != "" {
			links = append(links, component.Link{Text: w.Permit + ", " + w.Latin(), Href: permitPath(w.Permit)})
		}
	}
	return links
}
