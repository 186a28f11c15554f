package web

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/web/component"
)

// signedIn returns an error unless somebody of one of the roles is signed in.
// What they may do with a case, the act itself decides.
func signedIn(q request, roles ...party.Role) error {
	if q.user.ID == "" {
		return problem.New(problem.SignedOut, "problem.signed-out")
	}
	if !slices.Contains(roles, q.user.Role) {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	return nil
}

// cabinet lists the applicant's own applications and cases.
func (s *Site) cabinet(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	list, _, err := s.Office.Cases(q.r.Context(), q.actor(), store.Queue{})
	if err != nil {
		return err
	}
	p := s.page(q, "web.cabinet")
	g := component.Grid{Caption: p.T("web.applications"), Cards: true, Head: true, Columns: []component.Column{
		{Text: p.T("web.case-number")}, {Text: p.T("web.workers")}, {Text: p.T("web.state")}, {Text: p.T("web.time-left")},
	}}
	waits, err := s.awaiting(q, list)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.State == procedure.Discarded {
			continue
		}
		href := "/cases/" + c.ID
		if c.State == procedure.Preparing {
			href = "/cabinet/" + c.ID
		}
		g.Rows = append(g.Rows, []component.Cell{
			{Text: s.name(p, c), More: c.Application.Operation.In(q.lang), Href: href},
			{Text: strconv.Itoa(len(c.Application.Workers))},
			{Content: stateTags(p, c, waits[c.ID])},
			{Content: s.daysTag(p, s.applicantTerms(c))},
		})
	}
	s.render(q, cabinetPage(p, g, regions(q.lang), lastRegion(list)))
	return nil
}

// lastRegion is where the applicant applied last.
func lastRegion(list []procedure.Case) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Region
}

// name is what a case is called in a list.
func (s *Site) name(p component.Page, c procedure.Case) string {
	if c.Number != "" {
		return c.Number
	}
	if c.State == procedure.Preparing {
		return p.T("web.draft")
	}
	return p.T("web.no-number")
}

// applicantTerms is a case with those terms only that the applicant can count on:
// when there will be an answer or a permit, and until when to pay.
func (s *Site) applicantTerms(c procedure.Case) procedure.Case {
	c.Running = slices.DeleteFunc(slices.Clone(c.Running), func(r procedure.Running) bool {
		return r.Name != law.Answer && r.Whose != party.Applicant && r.Name != law.StageTwo
	})
	return c
}

func regions(t lang.Tag) []component.Option {
	var list []component.Option
	for _, r := range law.Regions() {
		list = append(list, component.Option{Value: r.KATO, Text: r.Name.In(t)})
	}
	return list
}

// prepare answers POST /cabinet/new: an empty application, for a permit within a
// region or a transfer.
func (s *Site) prepare(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	if op := law.Operation(q.form("operation")); op == law.Extension || op == law.Reissue {
		return s.redirect(q, "/cabinet/permits?operation="+string(op)) // of which permits, is asked there
	}
	a := procedure.Application{Operation: law.Issue, Scheme: law.Scheme(q.form("scheme"))}
	if !slices.Contains(law.Schemes, a.Scheme) {
		a.Scheme = law.Regional
	}
	a.Employer.Region = q.form("region")
	id, err := s.Office.Prepare(q.r.Context(), q.actor(), q.form("region"), a)
	if err != nil {
		return err
	}
	return s.redirect(q, "/cabinet/"+id)
}

// draft returns an application that is being prepared, as its page needs it.
func (s *Site) draft(q request) (procedure.Case, []store.File, calendar.Date, error) {
	if err := signedIn(q, party.Applicant); err != nil {
		return procedure.Case{}, nil, calendar.Date{}, err
	}
	v, err := s.Office.Look(q.r.Context(), q.actor(), q.id())
	if err == nil && v.Case.State != procedure.Preparing && v.Case.State != procedure.Correcting {
		err = problem.New(problem.Conflict, "problem.moved-on")
	}
	return v.Case, v.Files, v.Today, err
}

func kinds(files []store.File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Kind)
	}
	return list
}

// application is the task list of an application.
func (s *Site) application(q request) error {
	c, files, today, err := s.draft(q)
	if err != nil {
		return err
	}
	if c.State == procedure.Correcting {
		return s.redirect(q, "/cases/"+c.ID)
	}
	p := s.page(q, "web.application")
	p.Back = &component.Link{Text: p.T("web.cabinet"), Href: "/cabinet"}
	var tasks []component.Task
	for _, part := range procedure.Parts {
		task := component.Task{Title: part.In(q.lang), Href: "/cabinet/" + c.ID + "/" + string(part), Status: p.T("web.done")}
		if c.Application.Check(part, kinds(files), today) != nil {
			task.Status, task.Colour = p.T("web.to-fill"), component.Blue
		}
		tasks = append(tasks, task)
	}
	check, groups, err := s.preflightTask(q, p, c)
	if err != nil {
		return err
	}
	tasks = append(tasks, check)
	left := c.Application.Ready(kinds(files), today)
	p.Path = "/cabinet/" + c.ID
	wait, err := s.waitingIn(q, p, c, nil)
	if err != nil {
		return err
	}
	s.render(q, applicationPage(p, c, tasks, left == nil, s.answers(p, c, files), groups, wait))
	return nil
}

// answers are what the applicant has entered, to be checked before it is sent; the
// files, where they are not shown apart.
func (s *Site) answers(p component.Page, c procedure.Case, files []store.File) []component.Row {
	a, at := c.Application, "/cabinet/"+c.ID+"/"
	var workers []string
	for _, w := range a.Workers {
		workers = append(workers, strings.TrimSpace(w.Latin()+" – "+positionIn(p.Lang, w)+", "+w.Category.In(p.Lang)+" "+w.Permit))
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	rows := []component.Row{
		{Key: p.T("web.operation"), Value: a.Operation.In(p.Lang), Lines: []string{a.Scheme.In(p.Lang)}},
		{Key: p.T("web.region"), Value: law.RegionName(c.Region).In(p.Lang), Lines: furtherRegions(p.Lang, a)},
		{Key: p.T("web.employer"), Value: a.Employer.Name.In(p.Lang), Lines: []string{string(a.Employer.BIN), a.Employer.Address}, Change: at + "employer"},
		{Key: procedure.PartWorkers.In(p.Lang), Lines: workers, Change: at + "workers"},
		s.asked(p, a, at+"terms"),
		{Key: p.T("web.reason"), Value: a.Reason, Change: at + "terms"},
	}
	if len(names) > 0 {
		rows = append(rows, component.Row{Key: procedure.PartDocuments.In(p.Lang), Lines: names, Change: at + "documents"})
	}
	return append(rows, moreAnswers(p, c)...)
}

// part shows one part of an application to fill in.
func (s *Site) part(q request) error {
	c, files, today, err := s.draft(q)
	if err != nil {
		return err
	}
	return s.showPart(q, s.page(q, "web.application"), c, files, today)
}

func (s *Site) showPart(q request, p component.Page, c procedure.Case, files []store.File, today calendar.Date) error {
	part := procedure.Part(q.r.PathValue("part"))
	if !slices.Contains(procedure.Parts, part) {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	p.Title = part.In(q.lang)
	p.Back = &component.Link{Text: p.T("web.application"), Href: "/cabinet/" + c.ID}
	value := func(name string) string { return stored(c.Application, name) }
	if q.r.Method == "POST" {
		value = func(name string) string { return q.r.PostFormValue(name) }
	}
	s.render(q, partPage(p, part, c, value, files, law.DocumentsFor(c.Application.Operation, c.Application.Scheme, today), today))
	return nil
}

// stored is what an application has at a field.
func stored(a procedure.Application, name string) string {
	if s, ok := storedMore(a, name); ok {
		return s
	}
	if s := storedUntil(a, name); s != "" {
		return s
	}
	e := a.Employer
	day := func(d calendar.Date, n int) string {
		if d.IsZero() {
			return ""
		}
		return strconv.Itoa(n)
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return map[string]string{
		"name_ru": e.Name.RU, "name_kk": e.Name.KK, "address": e.Address, "phone": e.Phone, "email": e.Email, "section": e.Section,
		"months": number(a.Months), "reason": a.Reason, "change": a.Change, "sending_name": a.Sending.Name, "sending_country": a.Sending.Country,
		"from-day": day(a.From, a.From.Day), "from-month": day(a.From, int(a.From.Month)), "from-year": day(a.From, a.From.Year),
		"leaders_kz": number(a.Content.LeadersKZ), "leaders_foreign": number(a.Content.LeadersForeign),
		"others_kz": number(a.Content.OthersKZ), "others_foreign": number(a.Content.OthersForeign),
	}[name]
}

// savePart keeps what was entered, right or not, and shows what is still wrong.
func (s *Site) savePart(q request) error {
	c, files, today, err := s.draft(q)
	if err != nil {
		return err
	}
	part := procedure.Part(q.r.PathValue("part"))
	switch part {
	case procedure.PartWorkers:
		err = s.addWorker(q, c, today)
	case procedure.PartDocuments:
		err = s.attach(q, c, today)
	default:
		err = s.saveFields(q, c, part, today)
	}
	if err == nil {
		if part == procedure.PartWorkers || part == procedure.PartDocuments {
			return s.redirect(q, "/cabinet/"+c.ID+"/"+string(part))
		}
		return s.redirect(q, "/cabinet/"+c.ID)
	}
	p := s.page(q, "web.application")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showPart(q, p, c, files, today)
}

func (s *Site) saveFields(q request, c procedure.Case, part procedure.Part, today calendar.Date) error {
	fill := func(a *procedure.Application) { fillPart(q, a, part) }
	if err := s.Office.Edit(q.r.Context(), q.actor(), c.ID, fill); err != nil {
		return err
	}
	fill(&c.Application)
	c.Application.Employer.BIN = q.user.BIN
	return c.Application.Check(part, nil, today)
}

// fillPart takes the fields of a part over from the form.
func fillPart(q request, a *procedure.Application, part procedure.Part) {
	switch part {
	case procedure.PartEmployer:
		fillEmployer(q, &a.Employer)
	case procedure.PartTerms:
		fillAsked(q, a)
	case procedure.PartContent:
		a.Content = procedure.LocalContent{
			LeadersKZ: whole(q, "leaders_kz"), LeadersForeign: whole(q, "leaders_foreign"),
			OthersKZ: whole(q, "others_kz"), OthersForeign: whole(q, "others_foreign"),
		}
		fillStaff(q, &a.Content)
	}
}

func fillEmployer(q request, e *party.Employer) {
	e.Name = lang.Text{KK: q.form("name_kk"), RU: q.form("name_ru")}
	e.Address, e.Phone, e.Email, e.Section = q.form("address"), q.form("phone"), q.form("email"), q.form("section")
	e.Kind, e.Size, e.Foreign = party.Kind(q.form("kind")), party.Size(q.form("size")), whole(q, "foreign")
}

// whole returns the number in a field; -1 for what is none, which every check
// refuses. An empty field is nothing.
func whole(q request, name string) int {
	text := q.form(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// date returns the day in three fields; no day for what is none.
func date(q request, name string) calendar.Date {
	d, m, y := whole(q, name+"-day"), whole(q, name+"-month"), whole(q, name+"-year")
	if d < 1 || d > 31 || m < 1 || m > 12 || y < 1900 || y > 2100 {
		return calendar.Date{}
	}
	day := calendar.DateOf(y, time.Month(m), d)
	if day.Day != d {
		return calendar.Date{}
	}
	return day
}

// positionIn is the position of a worker in a language, or in the one it was given.
func positionIn(t lang.Tag, w party.Worker) string {
	return or(lang.Text{KK: w.PositionKK, RU: w.PositionRU}.In(t), w.PositionKK)
}

// workerTitle names a worker, or says which one it is before there is a name.
func workerTitle(p component.Page, w party.Worker, i int) string {
	return or(w.Latin(), p.T("office.worker-n", "n", i+1))
}

func (s *Site) addWorker(q request, c procedure.Case, today calendar.Date) error {
	w := worker(q, 0)
	if err := procedure.CheckWorker(w, c.Application.Scheme, today); err != nil {
		return err
	}
	return s.Office.Edit(q.r.Context(), q.actor(), c.ID, func(a *procedure.Application) { a.Workers = append(a.Workers, w) })
}

// worker is the n-th foreigner entered in a form, from 0.
func worker(q request, n int) party.Worker {
	at := workerAt(n)
	text := func(name string) string { return q.form(at(name)) }
	return party.Worker{
		Surname: text("surname"), Given: text("given"), SurnameCyr: text("surname_cyr"), GivenCyr: text("given_cyr"),
		Born: date(q, at("born")), Citizenship: text("citizenship"), Passport: text("passport"), PassportUntil: date(q, at("passport_until")),
		Category: law.Category(text("category")), PositionRU: text("position_ru"), PositionKK: text("position_kk"),
		NKZ: text("nkz"), Education: text("education"), Experience: whole(q, at("experience")),
		Vacancy: text("vacancy"), Exempt: text("exempt"), Transfer: whole(q, at("transfer")),
	}
}

func (s *Site) removeWorker(q request) error {
	c, _, _, err := s.draft(q)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(q.r.PathValue("n"))
	if err != nil || n < 0 || n >= len(c.Application.Workers) {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	err = s.Office.Edit(q.r.Context(), q.actor(), c.ID, func(a *procedure.Application) {
		if n < len(a.Workers) {
			a.Workers = slices.Delete(a.Workers, n, n+1)
		}
	})
	if err != nil {
		return err
	}
	return s.redirect(q, "/cabinet/"+c.ID+"/workers")
}

// attach takes the files of a form, each under the document it is.
func (s *Site) attach(q request, c procedure.Case, today calendar.Date) error {
	documents := law.DocumentsFor(c.Application.Operation, c.Application.Scheme, today)
	until, err := papersUntil(q, documents)
	if err != nil {
		return err
	}
	none := maps.Equal(until, c.Application.PapersUntil)
	if !none {
		err := s.Office.Edit(q.r.Context(), q.actor(), c.ID, func(a *procedure.Application) { a.PapersUntil = until })
		if err != nil {
			return err
		}
	}
	for _, d := range documents {
		name, content, err := upload(q, "file-"+d.Key)
		if err != nil {
			return err
		}
		if name == "" {
			continue
		}
		none = false
		if err := s.Office.Attach(q.r.Context(), q.actor(), c.ID, d.Key, name, content); err != nil {
			return err
		}
	}
	if none {
		return problem.New(problem.Invalid, "web.no-file").At("file-passport")
	}
	return nil
}

// upload returns the file of a field; no name if none was chosen.
func upload(q request, field string) (name string, content []byte, err error) {
	f, head, err := q.r.FormFile(field)
	if err != nil {
		return "", nil, nil // none was chosen
	}
	defer f.Close()
	content, err = io.ReadAll(f)
	return head.Filename, content, err
}

func (s *Site) removeFile(q request) error {
	if err := signedIn(q, party.Applicant); err != nil {
		return err
	}
	if err := s.Office.Detach(q.r.Context(), q.actor(), q.id(), q.r.PathValue("file")); err != nil {
		return err
	}
	return s.redirect(q, "/cabinet/"+q.id()+"/documents")
}
