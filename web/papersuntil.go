package web

import (
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/procedure"
)

// asksUntil reports whether the last day of a document is asked beside it: that of
// a passport stands with its worker.
func asksUntil(d law.Rule) bool { return d.Expires && d.Key != "passport" }

// papersUntil reads the last days of documents from a form; which fields are filled
// in and no day is an error there.
func papersUntil(q request, documents []law.Rule) (map[string]calendar.Date, error) {
	var form problem.Form
	days := map[string]calendar.Date{}
	for _, d := range documents {
		name := procedure.UntilField(d.Key)
		if !asksUntil(d) || q.form(name+"-day")+q.form(name+"-month")+q.form(name+"-year") == "" {
			continue
		}
		day := date(q, name)
		if day.IsZero() {
			form.Wrong(name, "web.bad-typed-day")
			continue
		}
		days[d.Key] = day
	}
	return days, form.Err()
}

// storedUntil is what an application has at a field of the last day of a document.
func storedUntil(a procedure.Application, field string) string {
	rest, ok := strings.CutPrefix(field, procedure.UntilField(""))
	i := strings.LastIndex(rest, "-")
	if !ok || i < 0 {
		return ""
	}
	day, known := a.PapersUntil[rest[:i]]
	if !known {
		return ""
	}
	return strconv.Itoa(map[string]int{"day": day.Day, "month": int(day.Month), "year": day.Year}[rest[i+1:]])
}
