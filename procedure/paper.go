package procedure

import (
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// WorkerField is the name of a field of the n-th worker, from 0, where a form asks
// for several at once: "surname", "surname-2", "surname-3".
func WorkerField(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(n+1)
}

// CheckPaper returns what is wrong with a package as the clerk typed it off: who
// asks, for whom, for how long. That papers are missing is for the executor to
// find. What is wrong with a worker stands at that worker's field ([WorkerField]).
func (a Application) CheckPaper(today calendar.Date) error {
	all := &problem.Error{Kind: problem.Invalid}
	checks := []error{a.CheckEmployer(), a.CheckTerms(today)}
	if !slices.Contains(law.Operations, a.Operation) {
		checks = append(checks, problem.New(problem.Invalid, "procedure.choose").At("operation"))
	}
	if len(a.Workers) > MaxWorkers {
		checks = append(checks, problem.New(problem.Invalid, "procedure.many-workers", lang.Args{"most": MaxWorkers}).At("workers"))
	}
	for _, err := range checks {
		if err != nil {
			all.Fields = append(all.Fields, problem.Of(err).Fields...)
		}
	}
	for n := range a.Workers {
		all.Fields = append(all.Fields, a.checkTyped(n, today)...)
	}
	if len(all.Fields) == 0 {
		return nil
	}
	all.Say = lang.M("procedure.not-ready", lang.Args{"n": len(all.Fields)})
	return all
}

// checkTyped returns what is wrong with the n-th worker, alone and beside those
// before.
func (a Application) checkTyped(n int, today calendar.Date) []problem.Field {
	w := a.Workers[n]
	var f problem.Form
	who := lang.Args{"who": strconv.Itoa(n+1) + ". " + w.Latin()}
	if a.Operation != law.Issue && w.Permit == "" {
		f.Wrong("permit", "procedure.empty")
	}
	for _, before := range a.Workers[:n] {
		if w.Passport != "" && before.Citizenship == w.Citizenship && strings.EqualFold(before.Passport, w.Passport) {
			f.Wrong("passport", "procedure.worker-twice", who)
		}
		if a.Operation != law.Issue && w.Permit != "" && before.Permit == w.Permit {
			f.Wrong("permit", "procedure.permit-twice", lang.Args{"number": w.Permit})
		}
	}
	var fields []problem.Field
	for _, err := range []error{CheckWorker(w, a.Scheme, today), f.Err()} {
		if err == nil {
			continue
		}
		for _, x := range problem.Of(err).Fields {
			x.Name = WorkerField(x.Name, n)
			if len(a.Workers) > 1 {
				x.Say = lang.M("procedure.of-worker", lang.Args{"n": n + 1, "say": x.Say})
			}
			fields = append(fields, x)
		}
	}
	return fields
}
