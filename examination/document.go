package examination

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// complete: whatever the list of the day requires is there (WKO 142/2017 ¶ 7(3)).
// What came in on paper no program can see.
func complete(f File, r law.Rule) []Finding {
	a := f.Application
	var list []Finding
	var required int
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, f.On) {
		if !d.Required {
			continue
		}
		required++
		if f.attached(d.Key) {
			continue
		}
		if f.Channel == procedure.Paper {
			list = append(list, find(r, Unknown, "examination.on-paper", lang.Args{"document": d.Name}))
			continue
		}
		list = append(list, find(r, Problem, "examination.no-document", lang.Args{"document": d.Name}).under(d.Sourced).
			cured("examination.attach").at(procedure.PartDocuments, "file-"+d.Key))
	}
	return orElse(list, find(r, OK, "examination.complete", lang.Args{"n": required}))
}

func (f File) attached(kind string) bool {
	return slices.ContainsFunc(f.Documents, func(d Document) bool { return d.Kind == kind })
}

// unexpired: no paper has run out; a passport that ends before the term asked for
// is not wrong by any act we have read, but worth a look.
func unexpired(f File, r law.Rule) []Finding {
	var list []Finding
	for i, w := range f.Application.Workers {
		args := lang.Args{"who": w.Latin(), "day": w.PassportUntil}
		switch {
		case w.PassportUntil.IsZero():
			list = append(list, find(r, Problem, "examination.passport-no-day", args).cured("examination.say-passport").of(i, "passport_until"))
		case w.PassportUntil.Before(f.On):
			list = append(list, find(r, Problem, "examination.passport-over", args).cured("examination.new-passport").of(i, "passport_until"))
		case w.PassportUntil.Before(f.day(f.Now)):
			x := find(r, Look, "examination.passport-over-since", args).cured("examination.ask-new-document").of(i, "passport_until")
			x.Sure = law.Assumed
			list = append(list, x)
		case w.PassportUntil.Before(f.until()):
			args["until"] = f.until()
			x := find(r, Look, "examination.passport-short", args).cured("examination.longer-passport").of(i, "passport_until")
			x.Sure = law.Assumed
			list = append(list, x)
		}
	}
	return orElse(append(list, f.papersOver(r)...), find(r, OK, "examination.unexpired"))
}

// papersOver: no document had run out when the package was handed in, which leads
// to a return; one that has since is worth a look before the decision. No act we
// have read says which of the two days counts.
func (f File) papersOver(r law.Rule) []Finding {
	var list []Finding
	for _, d := range law.DocumentsFor(f.Application.Operation, f.Application.Scheme, f.On) {
		until, ok := f.Application.PapersUntil[d.Key]
		if !ok || !f.attached(d.Key) && f.Channel == procedure.Portal {
			continue
		}
		args := lang.Args{"document": d.Name, "day": until}
		switch {
		case until.Before(f.On):
			list = append(list, find(r, Problem, "examination.document-over", args).
				cured("examination.new-document").at(procedure.PartDocuments, procedure.UntilField(d.Key)))
		case until.Before(f.day(f.Now)):
			x := find(r, Look, "examination.document-over-since", args).cured("examination.ask-new-document").at(procedure.PartDocuments, procedure.UntilField(d.Key))
			x.Sure = law.Assumed
			list = append(list, x)
		}
	}
	return list
}

// from returns the first day of the term asked for; today where none was given.
func (f File) from() calendar.Date {
	if f.Application.From.IsZero() {
		return f.On
	}
	return f.Application.From
}

// until returns the last day of the term asked for.
func (f File) until() calendar.Date { return f.from().PlusMonths(max(f.Application.Months, 1)) }

// replaced: who asks for category IV promises to put a citizen in the place, and
// has kept the promises made before.
func replaced(f File, r law.Rule) []Finding {
	a := f.Application
	if a.Counts()[law.IV] == 0 {
		return []Finding{find(r, NotApplicable, "examination.no-fourth")}
	}
	var list []Finding
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, f.On) {
		if d.Key != "replacement" || f.attached(d.Key) {
			continue
		}
		if f.Channel == procedure.Paper {
			list = append(list, find(r, Unknown, "examination.on-paper", lang.Args{"document": d.Name}))
		} else {
			list = append(list, find(r, Problem, "examination.no-document", lang.Args{"document": d.Name}).under(d.Sourced).
				cured("examination.attach").at(procedure.PartDocuments, "file-"+d.Key))
		}
	}
	before := 0
	for _, p := range f.Permits {
		if p.Employer == a.Employer.BIN && p.Category == law.IV && p.Until.Before(f.On) {
			before++
		}
	}
	if before > 0 {
		list = append(list, find(r, Look, "examination.fourth-before", lang.Args{"n": before}).cured("examination.show-replaced"))
	}
	return orElse(list, find(r, OK, "examination.replacement-promised"))
}
