package statistics

import (
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// A Line is one part of a release.
type Line struct {
	Part    Part `json:"part"`
	Permits int  `json:"permits"`
}

// A Release is the ministry's monthly statement of foreigners who work under
// permits in force on a day, in its own layout: total, categories, transfers,
// employers, countries. It is a stock.
type Release struct {
	AsOf      calendar.Date  `json:"as_of"`
	Total     int            `json:"total"`
	Parts     []Line         `json:"parts"`
	Employers int            `json:"employers"`
	Countries []Country      `json:"countries"`
	Published *Published     `json:"published,omitempty"` // what the ministry published of that day
	Notes     []lang.Message `json:"-"`
}

// mainCountries is how many countries the ministry's release names.
const mainCountries = 4

// NewRelease makes the release of a day. The total is counted apart from the parts
// and not added up from them, so that the check can fail.
func NewRelease(on calendar.Date, stock Cells, employers int) Release {
	r := Release{AsOf: on, Total: stock.Total(), Employers: employers, Countries: stock.Main(mainCountries)}
	parts := stock.ByPart()
	for _, p := range Parts {
		r.Parts = append(r.Parts, Line{p, parts[p]})
	}
	r.Published = PublishedOn(on)
	r.Notes = r.check()
	return r
}

// Sum adds the parts up.
func (r Release) Sum() int { return sumOf(r.Parts) }

func sumOf(parts []Line) int {
	n := 0
	for _, l := range parts {
		n += l.Permits
	}
	return n
}

// Part returns how many permits a part has.
func (r Release) Part(p Part) int { return partOf(r.Parts, p) }

func partOf(parts []Line, p Part) int {
	for _, l := range parts {
		if l.Part == p {
			return l.Permits
		}
	}
	return 0
}

// check says whether the parts add up, here and in what was published, and where
// the two differ.
func (r Release) check() []lang.Message {
	notes := []lang.Message{sumNote("statistics.release-adds-up", "statistics.release-differs", r.Sum(), r.Total)}
	p := r.Published
	if p == nil {
		return notes
	}
	if len(p.Parts) == len(Parts) {
		notes = append(notes, sumNote("statistics.published-adds-up", "statistics.published-differs", sumOf(p.Parts), p.Total))
	}
	if p.Total != r.Total {
		notes = append(notes, lang.M("statistics.other-total", lang.Args{"published": p.Total, "counted": r.Total, "difference": abs(p.Total - r.Total)}))
	}
	for _, l := range p.Parts {
		if n := r.Part(l.Part); n != l.Permits {
			notes = append(notes, lang.M("statistics.other-part", lang.Args{"part": l.Part, "published": l.Permits, "counted": n}))
		}
	}
	return notes
}

func sumNote(right, wrong string, parts, total int) lang.Message {
	if parts == total {
		return lang.M(right, lang.Args{"parts": parts, "total": total})
	}
	return lang.M(wrong, lang.Args{"parts": parts, "total": total, "difference": abs(parts - total)})
}

func abs(n int) int { return max(n, -n) }

// In names the part as the release does.
func (p Part) In(t lang.Tag) string { return lang.M("statistics.part-" + string(p)).In(t) }

// Said says the notes in a language.
func (r Release) Said(t lang.Tag) []string {
	var list []string
	for _, n := range r.Notes {
		list = append(list, n.In(t))
	}
	return list
}

// In names the country.
func (c Country) In(t lang.Tag) string {
	if c.Code == "" {
		return lang.M("statistics.other-countries").In(t)
	}
	if known, ok := law.CountryBy(c.Code); ok {
		return known.Name.In(t)
	}
	return c.Code
}
