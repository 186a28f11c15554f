package web

import (
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/problem"
)

// at puts an error at a field of a form.
func at(err error, field string) error { return problem.Of(err).At(field) }

func badDay(s string) error {
	return problem.New(problem.Invalid, "registry.bad-day", lang.Args{"value": s})
}

func future(d calendar.Date) error {
	return problem.New(problem.Invalid, "registry.future", lang.Args{"day": d})
}

func badDayAt(field string) error { return problem.New(problem.Invalid, "web.bad-typed-day").At(field) }
