package law

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ruqsat/calendar"
)

// A LimitName names a limit that is a number.
type LimitName string

// The limits.
const (
	Stretch          LimitName = "stretch"           // an extension of category I is at most so many times as long as the permit
	RegionsInOne     LimitName = "regions"           // regions one permit may name
	HearingNotice    LimitName = "hearing"           // working days from the invitation to the act
	ComplaintFiled   LimitName = "complaint-filed"   // months from learning of the act
	ComplaintForward LimitName = "complaint-forward" // working days to grant or forward
	ConsentTerm      LimitName = "consent"           // working days another region's department has to answer
	ComplaintAnswer  LimitName = "complaint-answer"  // working days to the decision
)

// A Bound is a limit on a day. Unit says what N counts.
type Bound struct {
	N    int
	Unit string
	Sourced
}

// Term returns a limit in days as a term of the calendar.
func (l Bound) Term() calendar.Term { return calendar.Term{N: l.N, Unit: calendar.Unit(l.Unit)} }

type limit struct {
	Name   LimitName `toml:"name"`
	Unit   string    `toml:"unit"`
	Values []number  `toml:"value"`
}

// LimitOn returns a limit on a day, and whether there is one then.
func LimitOn(name LimitName, on calendar.Date) (Bound, bool) {
	for _, l := range data().Limits {
		if l.Name == name {
			n, ok := latest(l.Values, on, sourceOf)
			return Bound{n.Is, l.Unit, n.Sourced}, ok
		}
	}
	return Bound{}, false
}

func sourceOf(n number) Sourced { return n.Sourced }

func (d *all) limitValues() []Value {
	var list []Value
	for _, l := range d.Limits {
		for _, v := range l.Values {
			list = append(list, Value{"limit " + string(l.Name), fmt.Sprint(v.Is, " ", l.Unit), v.Sourced})
		}
	}
	return list
}

func (d *all) checkLimits() error {
	var errs []error
	units := []string{string(calendar.WorkingDays), string(calendar.CalendarDays), "months", "times", "regions"}
	for _, l := range d.Limits {
		if !slices.Contains(units, l.Unit) || len(l.Values) == 0 {
			errs = append(errs, fmt.Errorf("limit %s: unit %q, want one of %v and a value", l.Name, l.Unit, units))
		}
	}
	return errors.Join(errs...)
}

// Months is how long a permit of a category may be, in months.
type Months struct {
	Most int
	Step int // the term is a multiple of this: 12 where it is given in whole years, else 1
	Sourced
}

// MonthsFor returns how long a permit of a category may be that is issued or
// extended on a day.
func MonthsFor(c Category, op Operation, on calendar.Date) (Months, error) {
	x, _ := data().category(c)
	most := x.Months
	if op == Extension && len(x.Extended) > 0 {
		most = x.Extended
	}
	n, ok := latest(most, on, sourceOf)
	if !ok {
		return Months{}, OutsideLaw{"longest term of category " + string(c), on}
	}
	m := Months{n.Is, 1, n.Sourced}
	if step, ok := latest(x.Step, on, sourceOf); ok {
		m.Step, m.Sure = step.Is, m.Sure.Worse(step.Sure)
	}
	return m, nil
}

// ExtensionsFor returns how often a permit of a category may be extended, with
// its source; see [MaxExtensions].
func ExtensionsFor(c Category, on calendar.Date) (Bound, error) {
	x, _ := data().category(c)
	n, ok := latest(x.Extensions, on, sourceOf)
	if !ok {
		return Bound{}, OutsideLaw{"number of extensions of category " + string(c), on}
	}
	return Bound{n.Is, "times", n.Sourced}, nil
}

// SeasonalProfessions returns for which professions seasonal workers are taken on
// a day; the key of each is its group of the national classification. It is empty
// where no list is known, and then none binds.
func SeasonalProfessions(on calendar.Date) []Rule {
	var list []Rule
	for _, x := range data().Seasons {
		source, ok := hold(x.Since, on)
		if !ok {
			continue
		}
		for _, code := range x.NKZ {
			list = append(list, Rule{Key: code, Name: x.Name, Sourced: source})
		}
	}
	return list
}

// IsSeasonal reports whether a group of the national classification, like 9211 or
// 9211-2, may be taken for a season on a day.
func IsSeasonal(nkz string, on calendar.Date) bool {
	list := SeasonalProfessions(on)
	return len(list) == 0 || slices.ContainsFunc(list, func(r Rule) bool { return strings.HasPrefix(nkz, r.Key) })
}

// PermitGrounds returns on which grounds an act, "suspend" or "revoke", may rest.
func PermitGrounds(act string, on calendar.Date) []Rule {
	var list []Rule
	for _, r := range data().PermitGrounds {
		if source, ok := hold(r.Since, on); ok && slices.Contains(r.Of, act) {
			list = append(list, Rule{Key: r.Key, Name: r.Name, Sourced: source})
		}
	}
	return list
}

// Changes returns for what a permit may be reissued.
func Changes(s Scheme, on calendar.Date) []Rule { return pick(data().Changes, Reissue, s, on) }
