package web

import (
	"maps"
	"net/url"
	"strconv"

	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
)

// typed is what the clerk has typed so far.
type typed struct {
	form    url.Values
	workers int // 1 to procedure.MaxWorkers
}

func (t typed) value(name string) string { return t.form.Get(name) }

// workerAt names the fields of the n-th worker of a form, from 0.
func workerAt(n int) func(name string) string {
	return func(name string) string { return procedure.WorkerField(name, n) }
}

// typedIn is what a form of the counter holds.
func typedIn(q request) typed {
	n, err := strconv.Atoi(q.form("workers"))
	if err != nil {
		n = 1
	}
	return typed{maps.Clone(q.r.PostForm), min(max(n, 1), procedure.MaxWorkers)}
}

// another is the form with room for one more worker.
func (t typed) another() typed {
	t.workers = min(t.workers+1, procedure.MaxWorkers)
	return t
}

// workerFieldNames are the fields of a worker in the form of the counter.
var workerFieldNames = []string{
	"permit", "surname", "given", "surname_cyr", "given_cyr", "born", "citizenship", "passport", "passport_until", "category",
	"position_kk", "position_ru", "nkz", "education", "experience", "vacancy", "transfer", "exempt",
}

// without is the form without the n-th worker; those behind move up.
func (t typed) without(n int) typed {
	if n < 0 || n >= t.workers || t.workers == 1 {
		return t
	}
	for ; n < t.workers; n++ {
		for _, name := range workerFieldNames {
			for _, part := range []string{"", "-day", "-month", "-year"} {
				t.form.Set(procedure.WorkerField(name, n)+part, t.form.Get(procedure.WorkerField(name, n+1)+part))
			}
		}
	}
	t.workers--
	return t
}

func (s *Site) intakePage(q request) error {
	if err := signedIn(q, party.Clerk); err != nil {
		return err
	}
	return s.showIntake(q, typed{workers: 1}, nil)
}

// showIntake shows the form of the counter, with what is wrong with it.
func (s *Site) showIntake(q request, t typed, wrong error) error {
	p := s.page(q, "web.intake")
	if wrong != nil {
		if err := s.wrong(q, &p, wrong); err != nil {
			return err
		}
	}
	if err := s.desk(q, &p); err != nil {
		return err
	}
	today, err := s.Office.Today(q.user.Region)
	if err != nil {
		return err
	}
	s.render(q, intakePage(p, t, q.user.Region, today))
	return nil
}

// intake takes a package in at the counter and shows the slip (WKO 142/2017
// ¶ 7(1)). Its buttons for one worker more or less only show the form again.
func (s *Site) intake(q request) error {
	if err := signedIn(q, party.Clerk); err != nil {
		return err
	}
	t := typedIn(q)
	if q.form("add") != "" {
		return s.showIntake(q, t.another(), nil)
	}
	if n, err := strconv.Atoi(q.form("remove")); err == nil {
		return s.showIntake(q, t.without(n), nil)
	}
	a := typedPackage(q, t.workers)
	today, err := s.Office.Today(q.user.Region)
	if err != nil {
		return err
	}
	var c procedure.Case
	if err = a.CheckPaper(today); err == nil {
		c, err = s.Office.TakeIn(q.r.Context(), q.actor(), office.Package{Region: q.user.Region, Application: a})
	}
	if err != nil {
		return s.showIntake(q, t, err)
	}
	return s.redirect(q, "/cases/"+c.ID+"/slip")
}

// typedPackage is the application of a package on paper. The category of the
// first worker tells its scheme: no package is for both.
func typedPackage(q request, workers int) procedure.Application {
	a := procedure.Application{
		Operation: law.Operation(q.form("operation")), Scheme: law.Category(q.form("category")).Scheme(), Truthful: true,
	}
	fillAsked(q, &a)
	fillEmployer(q, &a.Employer)
	a.Employer.BIN, a.Employer.Region = party.BIN(q.form("bin")), q.user.Region
	for n := range workers {
		w := worker(q, n)
		if number, err := registry.ParseNumber(q.form(procedure.WorkerField("permit", n))); err == nil && a.Operation != law.Issue {
			w.Permit = number
		}
		a.Workers = append(a.Workers, w)
	}
	fillContent(q, &a.Content)
	return a
}
