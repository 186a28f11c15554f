package law

import (
	"cmp"
	"fmt"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// An OutsideLaw error says that no law we know holds on a day.
type OutsideLaw struct {
	What string
	On   calendar.Date
}

func (e OutsideLaw) Error() string { return fmt.Sprintf("no %s is known on %s", e.What, e.On) }

// Say tells a person which day is outside the law we know.
func (e OutsideLaw) Say() lang.Message { return lang.M("law.outside", lang.Args{"day": e.On}) }

type termSeries struct {
	Name   TermName   `toml:"name"`
	Of     []string   `toml:"of"`
	Values []termText `toml:"value"`
}

type termText struct {
	Is string `toml:"is"`
	Sourced
}

// A TermValue is how long a term is.
type TermValue struct {
	calendar.Term
	Sourced
}

// TermOn returns how long a term is for an operation of a scheme filed on a day.
func TermOn(name TermName, op Operation, s Scheme, on calendar.Date) (TermValue, error) {
	for _, t := range data().Terms {
		if t.Name != name || !applies(t.Of, op, s) {
			continue
		}
		if v, ok := on1(t.Values, on, func(v termText) Sourced { return v.Sourced }); ok {
			term, err := calendar.ParseTerm(v.Is)
			return TermValue{term, v.Sourced}, err
		}
	}
	return TermValue{}, OutsideLaw{fmt.Sprintf("term %s for %s %s", name, op, s), on}
}

// applies reports whether a list of operations and schemes names one.
func applies(of []string, op Operation, s Scheme) bool {
	return slices.Contains(of, "all") || slices.Contains(of, string(op)+" "+string(s))
}

// on1 returns the value that holds on a day: the one that began last.
func on1[T any](values []T, on calendar.Date, source func(T) Sourced) (best T, ok bool) {
	for _, v := range values {
		from := source(v).From
		if !from.After(on) && (!ok || from.After(source(best).From)) {
			best, ok = v, true
		}
	}
	return best, ok
}

// EditionOn returns the edition that decides what is filed on a day. Before the
// regulation of 2017 was registered its steps stand in for those of the
// Standard; it was repealed on 5 June 2020, ten days after publication, for
// which we take 19 June.
func EditionOn(on calendar.Date) (Edition, error) {
	switch {
	case on.Year < 2017:
		return "", OutsideLaw{"edition", on}
	case on.Before(calendar.DateOf(2020, 6, 19)):
		return E2017, nil
	case on.Before(calendar.DateOf(2023, 7, 1)):
		return E2020, nil
	}
	return E2023, nil
}

type indexSeries struct {
	Values []Index `toml:"value"`
}

// An Index is the monthly calculation index (МРП), in tenge.
type Index struct {
	Tenge int64 `toml:"is"`
	Sourced
}

// IndexOn returns the index of a day. A year for which none has been entered is
// an error.
func IndexOn(on calendar.Date) (Index, error) {
	v, ok := on1(data().Index.Values, on, func(v Index) Sourced { return v.Sourced })
	if !ok || v.From.Year != on.Year {
		return Index{}, OutsideLaw{"monthly calculation index", on}
	}
	return v, nil
}

type rate struct {
	Group    string           `toml:"group"`
	Sections []string         `toml:"sections"`
	By       map[Category]int `toml:"by"`
	Sourced
}

type seasonal struct {
	Steps []struct {
		Days    int `toml:"days"`
		Indices int `toml:"is"`
	} `toml:"steps"`
	Sourced
}

// A Rate is the fee for one permit, in indices.
type Rate struct {
	Indices int
	Group   string // of activity; empty for seasonal
	Sourced
}

// RateOn returns the rate for a category and an OKED section on a day; for
// seasonal workers it depends on the calendar days of the permit instead.
func RateOn(on calendar.Date, c Category, section string, days int) (Rate, error) {
	if c == Seasonal {
		s, ok := on1(data().Seasonal, on, func(s seasonal) Sourced { return s.Sourced })
		for _, step := range s.Steps {
			if ok && days <= step.Days {
				return Rate{step.Indices, "", s.Sourced}, nil
			}
		}
		return Rate{}, OutsideLaw{fmt.Sprintf("seasonal rate for %d days", days), on}
	}
	var fit []rate
	for _, r := range data().Rates {
		if _, ok := r.By[c]; ok && slices.Contains(r.Sections, section) {
			fit = append(fit, r)
		}
	}
	r, ok := on1(fit, on, func(r rate) Sourced { return r.Sourced })
	if !ok {
		return Rate{}, OutsideLaw{fmt.Sprintf("rate for category %s in section %q", c, section), on}
	}
	return Rate{r.By[c], r.Group, r.Sourced}, nil
}

// A Rule is one line of a list: a document, a ground, a reason, a check.
type Rule struct {
	Key      string    `toml:"key"`
	Of       []string  `toml:"of"`
	Name     lang.Text `toml:"name"`
	Cure     lang.Text `toml:"cure"`     // what would mend it, for grounds
	Required bool      `toml:"required"` // for documents
	Sourced
}

// DocumentsFor returns what has to be filed.
func DocumentsFor(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Documents, op, s, on)
}

// GroundsFor returns on which grounds a refusal may rest.
func GroundsFor(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Grounds, op, s, on)
}

// ReturnReasons returns for what a package is returned (WKO 142/2017 ¶ 7(3)).
func ReturnReasons(on calendar.Date) []Rule { return pick(data().Reasons, Issue, Regional, on) }

// Checklist returns what the executor examines.
func Checklist(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Checks, op, s, on)
}

func pick(rules []Rule, op Operation, s Scheme, on calendar.Date) []Rule {
	var list []Rule
	for _, r := range rules {
		if applies(r.Of, op, s) && !r.From.After(on) {
			list = append(list, r)
		}
	}
	return list
}

// A CategoryRule is what an act says of a category.
type CategoryRule struct {
	Key    string    `toml:"key"`
	Months int       `toml:"months"` // the longest term
	Name   lang.Text `toml:"name"`
	Text   lang.Text `toml:"text"`
	Sourced
}

// CategoryRules returns what the Rules say of each category, in their order.
func CategoryRules() []CategoryRule { return data().Categories }

// MaxMonths returns the longest term of a permit of a category, in months.
func MaxMonths(c Category, on calendar.Date) (int, error) {
	for _, r := range data().Categories {
		if r.Key == string(c) && !r.From.After(on) {
			return r.Months, nil
		}
	}
	return 0, OutsideLaw{"longest term of category " + string(c), on}
}

// Doubts returns every value that was not read in its act.
func Doubts() []Value {
	list := slices.DeleteFunc(data().sourced(), func(v Value) bool { return v.Sure == Text })
	slices.SortFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Sure, b.Sure), cmp.Compare(a.What, b.What), cmp.Compare(a.From.String(), b.From.String()))
	})
	return list
}

// Acts returns the acts we know.
func Acts() []Act { return data().Acts }
