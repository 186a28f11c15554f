package law

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// A Service is an operation under a scheme: what a person asks for.
type Service struct {
	Operation Operation
	Scheme    Scheme
}

// Services are all six, in the order of WKO 142/2017 ¶ 7(3).
func Services() []Service {
	var list []Service
	for _, s := range Schemes {
		for _, op := range Operations {
			list = append(list, Service{op, s})
		}
	}
	return list
}

// ictCode is what the codes of a transfer end with.
const ictCode = "-ict"

// Code returns the code of the service in addresses and on the command line:
// issue, extension, reissue within a region; with -ict behind for a transfer.
func (s Service) Code() string {
	if s.Scheme == ICT {
		return string(s.Operation) + ictCode
	}
	return string(s.Operation)
}

// ServiceBy returns the service of a code, and whether there is one.
func ServiceBy(code string) (Service, bool) {
	op, ict := strings.CutSuffix(code, ictCode)
	s := Service{Operation(op), Regional}
	if ict {
		s.Scheme = ICT
	}
	for _, known := range Services() {
		if s == known {
			return s, true
		}
	}
	return Service{}, false
}

// In names the service.
func (s Service) In(t lang.Tag) string {
	return lang.M("law.service", lang.Args{"operation": s.Operation, "scheme": s.Scheme}).In(t)
}

// EditionFrom returns the day from which an edition holds as we have read it: a
// day to show its steps and terms by.
func EditionFrom(e Edition) (calendar.Date, bool) {
	for _, x := range data().Editions {
		if x.Key == e && len(x.Since) > 0 {
			return x.Since[len(x.Since)-1].From, true
		}
	}
	return calendar.Date{}, false
}

// FactsFor returns what a service is on a day: who may ask, what comes of it,
// where, for how much, where to complain.
func FactsFor(op Operation, s Scheme, on calendar.Date) []Rule {
	return pick(data().Facts, op, s, on)
}

// EditionSource returns under which act the edition of a day holds, and since
// when.
func EditionSource(on calendar.Date) (Sourced, error) {
	key, err := EditionOn(on)
	if err != nil {
		return Sourced{}, err
	}
	for _, e := range data().Editions {
		if s, ok := hold(e.Since, on); ok && e.Key == key {
			return s, nil
		}
	}
	return Sourced{}, OutsideLaw{"edition", on}
}

// A Limit is a number an act sets.
type Limit struct {
	Is int
	Sourced
}

// LimitsOn returns the longest term of a permit of a category, in months, and
// how often it may be extended.
func LimitsOn(c Category, on calendar.Date) (months, extensions Limit, err error) {
	x, _ := data().category(c)
	source := func(n number) Sourced { return n.Sourced }
	m, ok := latest(x.Months, on, source)
	e, also := latest(x.Extensions, on, source)
	if !ok || !also {
		return months, extensions, OutsideLaw{"limits of category " + string(c), on}
	}
	return Limit{m.Is, m.Sourced}, Limit{e.Is, e.Sourced}, nil
}

// A RateRow is what the permits of the categories cost in a group of activities,
// in indices.
type RateRow struct {
	Group    string
	Sections []string // of OKED
	By       map[Category]int
	Sourced
}

// RatesOn returns the rates of a day, group by group.
func RatesOn(on calendar.Date) []RateRow {
	var list []RateRow
	for _, r := range data().Rates {
		if s, ok := hold(r.Since, on); ok {
			list = append(list, RateRow{r.Group, r.Sections, r.By, s})
		}
	}
	return list
}

// A SeasonalStep is what a seasonal permit of so many calendar days costs, in
// indices.
type SeasonalStep struct {
	Days    int // up to and with
	Indices int
	Sourced
}

// SeasonalRatesOn returns the rates of seasonal permits on a day.
func SeasonalRatesOn(on calendar.Date) []SeasonalStep {
	var list []SeasonalStep
	for _, r := range data().Seasonal {
		s, ok := hold(r.Since, on)
		if !ok || len(list) > 0 && s.From.Before(list[0].From) {
			continue
		}
		list = nil
		for _, step := range r.Steps {
			list = append(list, SeasonalStep{step.Days, step.Indices, s})
		}
	}
	return list
}
