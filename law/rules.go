package law

import (
	"cmp"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// rule is one line of a list as data has it, with the acts it has stood in.
type rule struct {
	Key      string    `toml:"key"`
	Of       []string  `toml:"of"`
	Name     lang.Text `toml:"name"`
	Cure     lang.Text `toml:"cure"`
	Required bool      `toml:"required"`
	Expires  bool      `toml:"expires"`
	Ground   string    `toml:"ground"`
	Reason   string    `toml:"reason"`
	Since    []Sourced `toml:"since"`
}

// A Rule is one line of a list on a day: a document, a ground, a reason, a check.
type Rule struct {
	Key      string
	Name     lang.Text
	Cure     lang.Text // what would mend it, for grounds and reasons
	Required bool      // a document without which the package is not complete
	Expires  bool      // a document that may have run out
	Ground   string    // key of the ground a check leads to, if any
	Reason   string    // key of the reason of a return a check leads to, if any
	Sourced
}

// DocumentsFor returns what has to be filed.
func DocumentsFor(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Documents, op, s, on)
}

// GroundsFor returns on which grounds a refusal may rest. No other may be given.
func GroundsFor(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Grounds, op, s, on)
}

// ReturnReasons returns for what a package is returned (WKO 142/2017 ¶ 7(3)).
func ReturnReasons(on calendar.Date) []Rule { return pick(data().Reasons, Issue, Regional, on) }

// Checklist returns what the executor examines, and the applicant before him.
func Checklist(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Checks, op, s, on)
}

func pick(rules []rule, op Operation, s Scheme, on calendar.Date) []Rule {
	var list []Rule
	for _, r := range rules {
		if source, ok := hold(r.Since, on); ok && applies(r.Of, op, s) {
			list = append(list, Rule{r.Key, r.Name, r.Cure, r.Required, r.Expires, r.Ground, r.Reason, source})
		}
	}
	return list
}

// definition is a definition as data has it, with the acts it has stood in.
type definition struct {
	Key   string    `toml:"key"`
	Name  lang.Text `toml:"name"`
	Text  lang.Text `toml:"text"`
	Since []Sourced `toml:"since"`
}

// A Definition is what an act says of a category. There are six: that of the key
// "ict" is of heads, managers and specialists together.
type Definition struct {
	Key  string // as the category, or "ict"
	Name lang.Text
	Text lang.Text // the words of the act; the Kazakh and English are ours
	Sourced
}

// Definitions returns what the rules of a day say of each category, in their
// order: the words a letter quotes (Order 279 of 2023-06-30 ¶ 5).
func Definitions(on calendar.Date) []Definition {
	var list []Definition
	for _, x := range data().Definitions {
		if s, ok := hold(x.Since, on); ok {
			list = append(list, Definition{x.Key, x.Name, x.Text, s})
		}
	}
	return list
}

// A CategoryRule is what a form says beside a category.
type CategoryRule struct {
	Key  string // the category
	Name lang.Text
	Text lang.Text // who belongs to it
	Sourced
}

// CategoryRules returns what a form says beside each of the eight categories, in
// the words of the last rules. Those of a transfer share a definition; the words
// of a day are in [Definitions].
func CategoryRules() []CategoryRule {
	var list []CategoryRule
	for _, c := range data().Categories {
		for _, x := range data().Definitions {
			last := x.Since[len(x.Since)-1]
			switch {
			case x.Key == string(c.Key):
				list = append(list, CategoryRule{x.Key, c.Name, x.Text, last})
			case x.Key == string(ICT) && c.Key.Scheme() == ICT:
				list = append(list, CategoryRule{string(c.Key), c.Name, c.Who, last})
			}
		}
	}
	return list
}

type category struct {
	Key        Category  `toml:"key"`
	Name       lang.Text `toml:"name"`
	Who        lang.Text `toml:"who"` // where several share a definition
	Months     []number  `toml:"months"`
	Extensions []number  `toml:"extensions"`
}

type number struct {
	Is int `toml:"is"`
	Sourced
}

func (d *all) category(c Category) (category, bool) {
	i := slices.IndexFunc(d.Categories, func(x category) bool { return x.Key == c })
	if i < 0 {
		return category{}, false
	}
	return d.Categories[i], true
}

// MaxMonths returns the longest term of a permit of a category, in months.
func MaxMonths(c Category, on calendar.Date) (int, error) {
	x, _ := data().category(c)
	n, ok := latest(x.Months, on, func(n number) Sourced { return n.Sourced })
	if !ok {
		return 0, OutsideLaw{"longest term of category " + string(c), on}
	}
	return n.Is, nil
}

// Unlimited is the number of extensions where no act limits it.
const Unlimited = 99

// MaxExtensions returns how often a permit of a category may be extended:
// [Unlimited] for category I, never for category IV and seasonal workers.
func MaxExtensions(c Category, on calendar.Date) (int, error) {
	x, _ := data().category(c)
	n, ok := latest(x.Extensions, on, func(n number) Sourced { return n.Sourced })
	if !ok {
		return 0, OutsideLaw{"number of extensions of category " + string(c), on}
	}
	return n.Is, nil
}

// Doubts returns every value that was not read in its act, those that are only
// assumed first.
func Doubts() []Value {
	list := slices.DeleteFunc(data().sourced(), func(v Value) bool { return v.Sure == Text })
	slices.SortStableFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Sure, b.Sure), cmp.Compare(a.What, b.What), cmp.Compare(a.From.String(), b.From.String()))
	})
	return list
}

// Values returns every value that has a source, by what it is and from when it
// holds.
func Values() []Value {
	list := data().sourced()
	slices.SortStableFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.From.String(), b.From.String()))
	})
	return list
}
