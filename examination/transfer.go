package examination

import (
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// founded: the sending entity was founded in a member of the World Trade
// Organization and acts outside Kazakhstan. It is the country of the entity that
// counts, not the citizenship of the worker.
func founded(f File, r law.Rule) []Finding {
	s := f.Application.Sending
	c, known := law.CountryBy(s.Country)
	args := lang.Args{"name": s.Name, "country": c.Name}
	switch {
	case s.Country == "" || !known && s.Country != "KZ":
		return []Finding{find(r, Problem, "examination.sending-empty").cured("examination.sending-say").at(procedure.PartTerms, "sending_country")}
	case s.Country == "KZ":
		return []Finding{find(r, Problem, "examination.sending-here", args).cured("examination.sending-regional").at(procedure.PartTerms, "sending_country")}
	case !c.WTO:
		return []Finding{find(r, Problem, "examination.sending-outside", args).cured("examination.sending-regional").at(procedure.PartTerms, "sending_country")}
	}
	x := find(r, OK, "examination.sending-member", args)
	x.Sure = x.Sure.Worse(law.Assumed) // the list of members is
	return []Finding{x}
}

// transferred: the worker moves as a head, a manager or a specialist and has
// worked at the sending company for so many months.
func transferred(f File, r law.Rule) []Finding {
	least, ok := law.ConditionOn(law.ICTMonths, f.On)
	if !ok || f.Application.Operation != law.Issue {
		return []Finding{find(r, OK, "examination.transfer-shown")}
	}
	var list []Finding
	for i, w := range f.Application.Workers {
		args := lang.Args{"who": w.Latin(), "n": w.Transfer, "least": least.Is}
		switch {
		case w.Transfer == 0:
			list = append(list, find(r, Problem, "examination.transfer-empty", args).under(least.Sourced).cured("examination.transfer-say").of(i, "transfer"))
		case w.Transfer < least.Is:
			list = append(list, find(r, Problem, "examination.transfer-short", args).under(least.Sourced).cured("examination.transfer-wait", args).of(i, "transfer"))
		}
	}
	return orElse(list, find(r, OK, "examination.transfer-long", lang.Args{"least": least.Is}).under(least.Sourced))
}
