package law

import (
	"fmt"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

type condition struct {
	Key    string    `toml:"key"`
	Unit   string    `toml:"unit"`
	Name   lang.Text `toml:"name"`
	Values []number  `toml:"value"`
}

// A Condition is a number the examination compares with, as it stands on a day.
type Condition struct {
	Key  string
	Unit string // calendar days, months, per cent: as the data have it
	Name lang.Text
	Is   int
	Sourced
}

// The conditions of data/conditions.toml.
const (
	VacancyDays  = "vacancy-days"
	ICTMonths    = "ict-months"
	BanMonths    = "ban-months"
	RegisterDown = "register-down"
	FirstHeads   = "first-heads"
)

// ConditionOn returns a condition as it stands on a day. It reports false where
// the law of the day has none: no vacancy was asked for before September 2025.
func ConditionOn(key string, on calendar.Date) (Condition, bool) {
	i := slices.IndexFunc(data().Conditions, func(c condition) bool { return c.Key == key })
	if i < 0 {
		return Condition{}, false
	}
	c := data().Conditions[i]
	n, ok := latest(c.Values, on, func(n number) Sourced { return n.Sourced })
	return Condition{c.Key, c.Unit, c.Name, n.Is, n.Sourced}, ok
}

// ExemptPersons returns who needs no permit on a day. Citizens of the Eurasian
// Economic Union are not among them: their passport says so, see [EAEUOn].
func ExemptPersons(on calendar.Date) []Rule { return pick(data().Exempt, Issue, Regional, on) }

// EAEUOn returns the source of the exemption of citizens of the Eurasian Economic
// Union on a day.
func EAEUOn(on calendar.Date) (Sourced, bool) { return hold(data().EAEU.Since, on) }

type season struct {
	Key   string    `toml:"key"`
	Name  lang.Text `toml:"name"`
	NKZ   []string  `toml:"nkz"`   // groups of the national classification
	Words []string  `toml:"words"` // how the name of such a position may begin
	Since []Sourced `toml:"since"`
}

// A Season is work a seasonal permit is given for.
type Season struct {
	Key  string
	Name lang.Text
	Sourced
}

// SeasonOf returns the seasonal work a position belongs to on a day, by its group
// of the classification or by how the position begins.
func SeasonOf(position, nkz string, on calendar.Date) (Season, bool) {
	position = strings.ToLower(strings.TrimSpace(position))
	for _, x := range data().Seasons {
		s, ok := hold(x.Since, on)
		named := slices.ContainsFunc(x.Words, func(w string) bool { return strings.HasPrefix(position, w) })
		coded := slices.ContainsFunc(x.NKZ, func(code string) bool { return strings.HasPrefix(nkz, code) })
		if ok && (named || coded) {
			return Season{x.Key, x.Name, s}, true
		}
	}
	return Season{}, false
}

func (d *all) conditionValues() []Value {
	var list []Value
	for _, c := range d.Conditions {
		for _, v := range c.Values {
			list = append(list, Value{"condition " + c.Key, fmt.Sprint(v.Is, " ", c.Unit), v.Sourced})
		}
	}
	for _, x := range d.Seasons {
		list = append(list, each("seasonal work "+x.Key, x.Name.EN, x.Since)...)
	}
	return list
}

// checkConditions sees that all that is shown has its three languages.
func (d *all) checkConditions() []error {
	var errs []error
	for _, c := range d.Conditions {
		errs = append(errs, spoken("condition "+c.Key, c.Name))
		if c.Unit == "" || len(c.Values) == 0 {
			errs = append(errs, fmt.Errorf("condition %s wants a unit and a value", c.Key))
		}
	}
	for _, x := range d.Seasons {
		errs = append(errs, spoken("seasonal work "+x.Key, x.Name))
		if len(x.NKZ) == 0 {
			errs = append(errs, fmt.Errorf("seasonal work %s has no group of the classification", x.Key))
		}
	}
	return errs
}
