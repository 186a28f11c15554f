package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A row is read field by field, noting what is wrong.
type row struct {
	line   int
	record []string
	bad    RowErrors
}

func (r *row) wrong(column, key string, args ...lang.Args) {
	r.bad = append(r.bad, RowError{r.line, column, lang.M(key, args...)})
}

// mayBeEmpty are the columns that need no value.
var mayBeEmpty = []string{"nkz", "ended_on", "ended_reason"}

// field returns a column as plain text: without blanks around it, and without the
// apostrophe that keeps a spreadsheet from counting.
func (r *row) field(column string) string {
	s := strings.TrimSpace(unguard(r.record[slices.Index(Columns, column)]))
	switch {
	case s == "" && !slices.Contains(mayBeEmpty, column):
		r.wrong(column, "registry.empty")
	case !utf8.ValidString(s):
		r.wrong(column, "registry.not-utf8")
	case utf8.RuneCountInString(s) > maxField:
		r.wrong(column, "registry.too-long", lang.Args{"most": maxField})
	case strings.ContainsFunc(s, unicode.IsControl):
		r.wrong(column, "registry.control")
	default:
		return s
	}
	return ""
}

// one returns a column whose value must be among those known.
func one[T ~string](r *row, column string, known func(T) bool) T {
	v := T(r.field(column))
	if v != "" && !known(v) {
		r.wrong(column, "registry.unknown", lang.Args{"value": string(v)})
		return ""
	}
	return v
}

// Days outside of these years are slips of the pen: before there was a register,
// and after any permit of today has run out.
const (
	firstYear = 1992
	lastYear  = 2100
)

func (r *row) day(column string) calendar.Date {
	s := r.field(column)
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil || d.Year < firstYear || d.Year > lastYear {
		r.wrong(column, "registry.bad-day", lang.Args{"value": s})
		return calendar.Date{}
	}
	return d
}

func (r *row) permit() Permit {
	if len(r.record) != len(Columns) {
		r.wrong("", "registry.columns", lang.Args{"n": len(r.record), "want": len(Columns)})
		return Permit{}
	}
	p := Permit{
		Number:      r.number(),
		Operation:   one(r, "operation", func(o law.Operation) bool { return slices.Contains(law.Operations, o) }),
		Scheme:      one(r, "scheme", func(s law.Scheme) bool { return slices.Contains(law.Schemes, s) }),
		Employer:    r.employer(),
		Name:        lang.Text{RU: r.field("employer_name_ru"), KK: r.field("employer_name_kk")},
		Region:      r.region(),
		Category:    one(r, "category", law.Category.Known),
		WorkerRef:   r.field("worker_ref"),
		Citizenship: one(r, "citizenship", func(code string) bool { _, ok := law.CountryBy(code); return ok }),
		Position:    lang.Text{RU: r.field("position_ru"), KK: r.field("position_kk")},
		NKZ:         r.field("nkz"),
		Issued:      r.day("issued_on"),
		From:        r.day("valid_from"),
		Until:       r.day("valid_until"),
		Ended:       r.day("ended_on"),
		EndedReason: r.field("ended_reason"),
	}
	r.life(p)
	return p
}

// number returns the permit's number, which must stand as the register writes it:
// otherwise nobody would find it again.
func (r *row) number() string {
	s := r.field("permit_number")
	if s == "" {
		return ""
	}
	n, err := ParseNumber(s)
	switch {
	case err != nil:
		r.wrong("permit_number", "registry.bad-number")
	case n != s:
		r.wrong("permit_number", "registry.number-form", lang.Args{"value": s, "want": n})
	}
	return n
}

func (r *row) employer() party.BIN {
	s := r.field("employer_bin")
	if s == "" {
		return ""
	}
	bin, err := party.ParseBIN(s)
	if err != nil {
		r.bad = append(r.bad, RowError{r.line, "employer_bin", problem.Of(err).Say})
	}
	return bin
}

// region returns the two digits of a region, given as those or as the nine of its
// whole KATO code.
func (r *row) region() string {
	s := one(r, "region_kato", func(kato string) bool {
		if len(kato) != 2 && len(kato) != 9 || strings.Trim(kato, "0123456789") != "" {
			return false
		}
		_, known := law.RegionBy(kato[:2])
		return known
	})
	return s[:min(len(s), 2)]
}

// Longest terms, in months. Those of a transfer and of seasonal work stand in the
// definitions of the categories; for the others the longest there is, that of
// category I, is taken for all, since what bound an old permit is unread.
const (
	longest         = 36
	longestSeasonal = 12
)

// life notes what no permit can have lived through.
func (r *row) life(p Permit) {
	if p.Category != "" && p.Scheme != "" && p.Category.Scheme() != p.Scheme {
		r.wrong("category", "registry.other-scheme", lang.Args{"category": p.Category, "scheme": p.Scheme})
	}
	if p.Citizenship == "KZ" {
		r.wrong("citizenship", "registry.own-citizen")
	}
	if p.Ended.IsZero() != (p.EndedReason == "") && len(r.bad) == 0 {
		r.wrong("ended_reason", "registry.ended-reason")
	}
	if p.Issued.IsZero() || p.From.IsZero() || p.Until.IsZero() {
		return // said already
	}
	switch {
	case p.Until.Before(p.From):
		r.wrong("valid_until", "registry.until-before-from")
	case p.Until.Before(p.Issued):
		r.wrong("valid_until", "registry.until-before-issued")
	default:
		r.term(p)
	}
	if !p.Ended.IsZero() && (p.Ended.Before(p.Issued) || p.Ended.After(p.Until)) {
		r.wrong("ended_on", "registry.ended-outside")
	}
}

// term notes a permit that runs longer than its category can.
func (r *row) term(p Permit) {
	most, cite := longest, law.Cite("Order 559 of 2016-06-27 ¶ 12")
	switch {
	case p.Category == law.Seasonal:
		most, cite = longestSeasonal, "Order 279 of 2023-06-30 ¶ 5(5)"
	case p.Scheme == law.ICT:
		cite = "Order 279 of 2023-06-30 ¶ 5(6)"
	}
	if p.Until.After(p.From.PlusMonths(most)) {
		r.wrong("valid_until", "registry.too-long-life", lang.Args{"n": most, "cite": cite})
	}
}
