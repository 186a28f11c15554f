package examination

import (
	"slices"
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// authentic: what other bodies have of the employer and of each person agrees
// with what was entered. That a register does not know a foreigner who has never
// come says nothing against them.
func authentic(f File, r law.Rule) []Finding {
	list := entity(f, r)
	for i, w := range f.Application.Workers {
		a, x := f.ask(r, Persons, PersonKey(w.Citizenship, w.Passport))
		if x != nil {
			list = append(list, x.of(i, "passport"))
			continue
		}
		list = append(list, sameperson(r, a, w).of(i, "passport"))
	}
	return list
}

func sameperson(r law.Rule, a Answer, w party.Worker) Finding {
	args := lang.Args{"who": w.Latin()}
	p, ok := Read[Person](a)
	args["there"] = strings.TrimSpace(p.Surname + " " + p.Given)
	switch {
	case a.Status == None:
		return find(r, OK, "examination.person-new", args).by(a)
	case !ok:
		return find(r, Unknown, "examination.unreadable", lang.Args{"register": a.Register}).by(a)
	case !strings.EqualFold(p.Surname, w.Surname) || !strings.EqualFold(p.Given, w.Given):
		return find(r, Problem, "examination.person-other", args).cured("examination.correct-person").by(a)
	case !p.Born.IsZero() && p.Born != w.Born:
		args["day"] = p.Born
		return find(r, Problem, "examination.person-born", args).cured("examination.correct-person").by(a)
	}
	return find(r, OK, "examination.person-same", args).by(a)
}

// entity compares the employer with the register of legal entities. A person in
// business is not in it.
func entity(f File, r law.Rule) []Finding {
	e := f.Application.Employer
	if !party.IsBIN(string(e.BIN)) {
		return []Finding{find(r, NotApplicable, "examination.no-entity")}
	}
	a, x := f.ask(r, Entities, string(e.BIN))
	if x != nil {
		return []Finding{*x}
	}
	there, ok := Read[Entity](a)
	args := lang.Args{"bin": string(e.BIN), "there": there.NameRU}
	switch {
	case a.Status == None:
		return []Finding{find(r, Problem, "examination.entity-none", args).cured("examination.correct-bin").at(procedure.PartEmployer, "name_ru").by(a)}
	case !ok:
		return []Finding{find(r, Unknown, "examination.unreadable", lang.Args{"register": a.Register}).by(a)}
	case !there.Active:
		return []Finding{find(r, Problem, "examination.entity-ended", args).cured("examination.entity-active").by(a)}
	}
	var list []Finding
	if !sameName(there.NameRU, e.Name.RU) && !sameName(there.NameKK, e.Name.KK) {
		list = append(list, find(r, Look, "examination.entity-name", args).cured("examination.correct-name").at(procedure.PartEmployer, "name_ru").by(a))
	}
	if e.Size != "" && there.Size != "" && e.Size != there.Size {
		list = append(list, find(r, Look, "examination.entity-size", lang.Args{"said": e.Size, "there": there.Size}).
			cured("examination.correct-size").at(procedure.PartEmployer, "size").by(a))
	}
	if e.Kind != "" && there.Kind != "" && e.Kind != there.Kind {
		list = append(list, find(r, Look, "examination.entity-kind", lang.Args{"said": e.Kind, "there": there.Kind}).
			cured("examination.correct-kind").at(procedure.PartEmployer, "kind").by(a))
	}
	return orElse(list, find(r, OK, "examination.entity-same", args).by(a))
}

// sameName compares names of firms without quotation marks and spaces.
func sameName(a, b string) bool {
	bare := func(s string) string {
		return strings.ToLower(strings.Map(func(r rune) rune {
			if strings.ContainsRune(` «»"“”„'`, r) || r == '\u00a0' {
				return -1
			}
			return r
		}, s))
	}
	return bare(a) != "" && bare(a) == bare(b)
}

// permitNeeded: nobody is among those who need no permit. Whoever is should not
// wait for one, nor pay.
func permitNeeded(f File, r law.Rule) []Finding {
	var list []Finding
	heads := 0
	for i, w := range f.Application.Workers {
		if w.Exempt == "first-head" {
			heads++
		}
		list = append(list, f.exempt(r, i, w, heads)...)
	}
	return orElse(list, find(r, OK, "examination.permit-needed"))
}

func (f File) exempt(r law.Rule, i int, w party.Worker, heads int) []Finding {
	args := lang.Args{"who": w.Latin()}
	if c, ok := law.CountryBy(w.Citizenship); ok && c.EAEU {
		s, _ := law.EAEUOn(f.On)
		args["country"] = c.Name
		return []Finding{find(r, Problem, "examination.eaeu", args).under(s).cured("examination.take-out").of(i, "citizenship")}
	}
	if a, ok := f.answer(Persons, PersonKey(w.Citizenship, w.Passport)); ok && !f.stale(a) {
		if p, ok := Read[Person](a); ok && p.Exempt != "" {
			if x, ok := exemptBy(p.Exempt, f); ok {
				args["exemption"] = x.Name
				return []Finding{find(r, Problem, "examination.exempt-by-register", args).under(x.Sourced).cured("examination.take-out").of(i, "exempt").by(a)}
			}
		}
	}
	if w.Exempt == "" {
		return f.perhapsHead(r, i, w)
	}
	x, ok := exemptBy(w.Exempt, f)
	if !ok {
		return []Finding{find(r, Look, "examination.exempt-not-then", args).cured("examination.exempt-correct").of(i, "exempt")}
	}
	args["exemption"] = x.Name
	if why := f.unfit(x.Key, heads); why != "" {
		args["foreign"] = f.Application.Employer.Foreign
		return []Finding{find(r, Look, why, args).under(x.Sourced).cured("examination.exempt-correct").of(i, "exempt")}
	}
	return []Finding{find(r, Problem, "examination.exempt", args).under(x.Sourced).cured("examination.take-out").of(i, "exempt")}
}

func exemptBy(key string, f File) (law.Rule, bool) {
	list := law.ExemptPersons(f.On)
	i := slices.IndexFunc(list, func(x law.Rule) bool { return x.Key == key })
	if i < 0 {
		return law.Rule{}, false
	}
	return list[i], true
}

// unfit says why an exemption somebody claims does not fit the employer.
func (f File) unfit(key string, heads int) string {
	e := f.Application.Employer
	switch key {
	case "branch-head":
		if e.Kind != party.ForeignBranch {
			return "examination.exempt-no-branch"
		}
	case "first-head":
		if e.Foreign != 100 {
			return "examination.exempt-share"
		}
		if most, ok := law.ConditionOn(law.FirstHeads, f.On); ok && heads > most.Is {
			return "examination.exempt-one"
		}
	}
	return ""
}

// perhapsHead wonders about a head of a foreign branch for whom nothing is claimed.
func (f File) perhapsHead(r law.Rule, i int, w party.Worker) []Finding {
	if f.Application.Employer.Kind != party.ForeignBranch || w.Category != law.I && w.Category != law.ICTHead {
		return nil
	}
	x, ok := exemptBy("branch-head", f)
	if !ok {
		return nil
	}
	return []Finding{find(r, Look, "examination.perhaps-head", lang.Args{"who": w.Latin()}).under(x.Sourced).cured("examination.perhaps-head-cure").of(i, "exempt")}
}

// once: nobody is asked for twice, for days that overlap: in this application, in
// another that is being decided on, or beside a permit in force.
func once(f File, r law.Rule) []Finding {
	var list []Finding
	seen := map[string]bool{}
	for i, w := range f.Application.Workers {
		key := PersonKey(w.Citizenship, w.Passport)
		if seen[key] {
			list = append(list, find(r, Problem, "examination.twice-here", lang.Args{"who": w.Latin()}).cured("examination.take-out-twice").of(i, "passport"))
		}
		seen[key] = true
		list = append(list, f.elsewhere(r, i, w, key)...)
	}
	return orElse(list, find(r, OK, "examination.once"))
}

func (f File) elsewhere(r law.Rule, i int, w party.Worker, key string) []Finding {
	var list []Finding
	for _, o := range f.Others {
		if o.Worker != key || o.From.After(f.until()) || o.Until.Before(f.from()) {
			continue
		}
		x := find(r, Problem, "examination.twice-case", lang.Args{"who": w.Latin(), "case": o.Number})
		if !o.Own {
			x = find(r, Look, "examination.twice-other", lang.Args{"who": w.Latin()})
		}
		list = append(list, x.cured("examination.one-only").of(i, "passport"))
	}
	for _, p := range f.Permits {
		same := p.Worker != "" && p.Citizenship == w.Citizenship && strings.EqualFold(p.Worker, w.Latin())
		if !same || !p.Ended.IsZero() || p.From.After(f.until()) || p.Until.Before(f.from()) {
			continue
		}
		x := find(r, Look, "examination.twice-other", lang.Args{"who": w.Latin()})
		if p.Employer == f.Application.Employer.BIN {
			x = find(r, Problem, "examination.twice-permit", lang.Args{"who": w.Latin(), "number": p.Number, "from": p.From, "until": p.Until})
		}
		list = append(list, x.cured("examination.after-permit").of(i, "passport"))
	}
	return list
}
