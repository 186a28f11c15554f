package examination

import (
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
)

// Of a reissue, why (Order 559 of 2016-06-27): a change of the person, or of the
// data. They are keys of law.Changes.
const (
	anotherPerson = "person"
	otherData     = "data"
)

// changed: a reissue says why, and what is asked for differs from the permit in
// just that. What a register does not show, such as a new passport, is for the
// papers to show.
func changed(f File, r law.Rule) []Finding {
	if f.Application.Change == "" {
		return []Finding{find(r, Problem, "examination.change-unsaid").cured("examination.change-say").at(procedure.PartTerms, "change")}
	}
	var list []Finding
	for i, w := range f.Application.Workers {
		list = append(list, f.change(r, w).of(i, "permit"))
	}
	return list
}

func (f File) change(r law.Rule, w party.Worker) Finding {
	p, ok := f.permit(w.Permit)
	args := lang.Args{"number": w.Permit, "was": p.Worker, "is": w.Latin()}
	samePerson := strings.EqualFold(p.Worker, w.Latin()) && p.Citizenship == w.Citizenship
	switch {
	case !ok:
		return find(r, Unknown, "examination.no-previous", args)
	case p.Worker == "": // of an old register, which has no names
		return find(r, Unknown, "examination.change-nameless", args)
	case f.Application.Change == anotherPerson && samePerson:
		return find(r, Problem, "examination.change-same", args).cured("examination.change-say")
	case f.Application.Change == otherData && samePerson && sameWork(p, w):
		return find(r, Look, "examination.change-unseen", args)
	case f.Application.Change == otherData && !samePerson:
		return find(r, Look, "examination.change-name", args)
	}
	return find(r, OK, "examination.change-seen", args)
}

func sameWork(p registry.Permit, w party.Worker) bool {
	return p.Position.RU == w.PositionRU && p.Position.KK == w.PositionKK && p.NKZ == w.NKZ
}
