package examination

import (
	"slices"
	"strings"

	"ruqsat/category"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// fitsCategory: the words of the position speak for the category. They propose;
// what counts is what the worker does.
func fitsCategory(f File, r law.Rule) []Finding {
	var list []Finding
	for i, w := range f.Application.Workers {
		if w.Category == law.Seasonal {
			list = append(list, f.seasonal(r, i, w))
			continue
		}
		s := category.Suggest(w.PositionRU, f.On)
		if s.Category == "" {
			s = category.Suggest(w.PositionKK, f.On)
		}
		list = append(list, spoken(r, s, w).of(i, "category"))
	}
	return list
}

// spoken says what the words of a position say of its category.
func spoken(r law.Rule, s category.Suggestion, w party.Worker) Finding {
	args := lang.Args{
		"who": w.Latin(), "position": lang.Text{KK: w.PositionKK, RU: w.PositionRU, EN: w.PositionRU},
		"category": w.Category, "words": s.Words, "why": s.Why, "proposed": s.Category,
	}
	switch {
	case s.Category == "":
		return find(r, Look, "examination.category-silent", args).cured("examination.category-look")
	case s.Category == w.Category && s.Certain():
		return find(r, OK, "examination.category-fits", args).under(s.Sourced)
	case s.May(w.Category):
		return find(r, Look, "examination.category-perhaps", args).under(s.Sourced).cured("examination.category-look")
	}
	return find(r, Problem, "examination.category-other", args).under(s.Sourced).cured("examination.category-correct", args)
}

// seasonal: the position is in the list of seasonal work. The list is that of a
// draft, so what is not in it is worth a look and no more.
func (f File) seasonal(r law.Rule, i int, w party.Worker) Finding {
	args := lang.Args{"who": w.Latin(), "position": lang.Text{KK: w.PositionKK, RU: w.PositionRU, EN: w.PositionRU}}
	p, ok := law.SeasonOf(w.PositionRU, w.NKZ, f.On)
	if !ok {
		p, ok = law.SeasonOf(w.PositionKK, "", f.On)
	}
	if ok {
		args["profession"] = p.Name
		return find(r, OK, "examination.seasonal-listed", args).under(p.Sourced).of(i, "category")
	}
	x := find(r, Look, "examination.seasonal-unlisted", args).cured("examination.category-look").of(i, "category")
	x.Sure = law.Assumed
	return x
}

// inSeason: whoever is asked for as a seasonal worker does seasonal work.
func inSeason(f File, r law.Rule) []Finding {
	var list []Finding
	for i, w := range f.Application.Workers {
		if w.Category == law.Seasonal {
			list = append(list, f.seasonal(r, i, w))
		}
	}
	return orElse(list, find(r, NotApplicable, "examination.no-seasonal"))
}

// youngest is at what age somebody can have begun to work in a speciality.
const youngest = 16 // years

// schooling are words of an education that ends before a profession (assumed).
var schooling = []string{"общее среднее", "среднее общее", "школа", "жалпы орта", "мектеп", "secondary school", "high school"}

// qualified: education and experience can be true, and are not plainly too little.
// Whether they meet the professional standard, a person has to decide: the
// standards are in no data of ours.
func qualified(f File, r law.Rule) []Finding {
	var list []Finding
	for i, w := range f.Application.Workers {
		age := f.On.Year - w.Born.Year
		if f.On.Before(w.Born.AddMonths(12 * age)) {
			age--
		}
		args := lang.Args{"who": w.Latin(), "age": age, "n": w.Experience, "education": w.Education, "category": w.Category}
		plain := !slices.Contains([]law.Category{law.IV, law.Seasonal}, w.Category)
		switch {
		case w.Experience > age-youngest:
			list = append(list, find(r, Problem, "examination.experience-impossible", args).cured("examination.experience-correct").of(i, "experience"))
		case plain && isSchool(w.Education):
			list = append(list, find(r, Look, "examination.education-school", args).cured("examination.education-show").of(i, "education"))
		case plain && w.Experience == 0:
			list = append(list, find(r, Look, "examination.experience-none", args).cured("examination.experience-show").of(i, "experience"))
		}
	}
	return orElse(list, find(r, Unknown, "examination.standards-unread").cured("examination.standards-compare"))
}

func isSchool(education string) bool {
	education = strings.ToLower(education)
	return slices.ContainsFunc(schooling, func(s string) bool { return strings.HasPrefix(education, s) })
}
