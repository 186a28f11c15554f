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

// Professions returns the work a seasonal permit is given for on a day.
func Professions(on calendar.Date) []Rule { return pick(data().Professions, Issue, Regional, on) }

// ProfessionOf returns the seasonal profession a position belongs to on a day, by
// its group of the classification or by how the position begins.
func ProfessionOf(position, nkz string, on calendar.Date) (Rule, bool) {
	position = strings.ToLower(strings.TrimSpace(position))
	for _, r := range Professions(on) {
		i := slices.IndexFunc(data().Professions, func(x rule) bool { return x.Key == r.Key })
		for _, code := range data().Professions[i].NKZ {
			if strings.HasPrefix(nkz, code) {
				return r, true
			}
		}
		for _, w := range data().Professions[i].Words {
			if strings.HasPrefix(position, w) {
				return r, true
			}
		}
	}
	return Rule{}, false
}

func (d *all) conditionValues() []Value {
	var list []Value
	for _, c := range d.Conditions {
		for _, v := range c.Values {
			list = append(list, Value{"condition " + c.Key, fmt.Sprint(v.Is, " ", c.Unit), v.Sourced})
		}
	}
	return list
}
