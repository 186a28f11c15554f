package quota

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// Reserve stands for a region where the ministry keeps what it took back from
// regions and gave to none: the cut of 2022, from 28 352 to 23 560, is a move to
// it. Cases draw nothing on it. That the ministry keeps such a line is assumed;
// Order 274 of 2023-06-30 has not been read for it.
const Reserve = "00"

// Lines are the categories a year is given out by, in the order of an annex.
var Lines = []law.Category{law.I, law.II, law.III, law.IV, law.Seasonal}

// A Percent is a share of the labour force in hundredths of a per cent: 25 is
// 0.25 %. It is a ceiling; permits are counted whole.
type Percent int

var percent = regexp.MustCompile(`^\d{1,2}([.,]\d{1,2})?$`)

// ParsePercent reads a share like 0.25 or 0,25; nothing is no share.
func ParsePercent(s string) (Percent, error) {
	s = strings.TrimSuffix(strings.TrimSpace(s), "%")
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	if !percent.MatchString(s) {
		return 0, problem.New(problem.Invalid, "quota.bad-percent", lang.Args{"value": s})
	}
	whole, part, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	n, err := strconv.Atoi(whole + (part + "00")[:2])
	return Percent(n), err
}

// In writes the share as the language writes numbers.
func (p Percent) In(t lang.Tag) string {
	s := fmt.Sprintf("%d.%02d", p/100, p%100)
	if t != lang.EN {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "\u00a0%"
}

// Of returns how many permits the share allows for a labour force, rounded down.
func (p Percent) Of(force int) Permits { return Permits(force * int(p) / 10000) }

// A Give is what an order gives to a line.
type Give struct {
	Line    Line    `json:"line"`
	Permits Permits `json:"permits"`
}

// A Shift is what an order moves from one line to another.
type Shift struct {
	From    Line    `json:"from"`
	To      Line    `json:"to"`
	Permits Permits `json:"permits"`
}

// Sums are the control sums an order states: what it gives and moves in all, and
// perhaps what it gives by region and by category. What it does not state is nil.
type Sums struct {
	Total    Permits                  `json:"total"`
	ByRegion map[string]Permits       `json:"by_region,omitempty"`
	ByLine   map[law.Category]Permits `json:"by_line,omitempty"`
}

// A Record is an order of the ministry about the quota of one year. It is kept
// together with the entries it brings about, and never changed.
type Record struct {
	Number string        `json:"number"`
	Date   calendar.Date `json:"date"`
	Year   int           `json:"year"`
	Title  string        `json:"title"` // in the language of the order
	// Percent and Units are the plan of the year where the order sets one; Units are
	// then of the whole country and year, not what is added. Zero where it sets none.
	Percent Percent `json:"percent_hundredths,omitempty"`
	Units   Permits `json:"units,omitempty"`
	// Force is the labour force the share is of, in persons; zero where not stated.
	Force  int     `json:"labour_force,omitempty"`
	Gives  []Give  `json:"gives,omitempty"`
	Shifts []Shift `json:"moves,omitempty"`
	Sums   Sums    `json:"sums"`

	// These the ledger adds.
	On      calendar.Date `json:"in_ledger_on"` // the day its entries bear
	Seq     int64         `json:"seq"`          // its place among the orders
	Entered string        `json:"entered"`      // when it was entered, RFC 3339
}

// A RecordKind is what an order does first of all.
type RecordKind string

// The kinds of orders.
const (
	Plan         RecordKind = "plan"         // sets how many permits the year has
	Distribution RecordKind = "distribution" // gives them to regions and categories
	Moving       RecordKind = "move"         // moves what is free
)

// In names the kind.
func (k RecordKind) In(t lang.Tag) string { return lang.M("quota.order-" + string(k)).In(t) }

// Kind returns what the order does first of all.
func (r Record) Kind() RecordKind {
	switch {
	case r.Units > 0:
		return Plan
	case len(r.Gives) > 0:
		return Distribution
	}
	return Moving
}

// ID is the order in an address: its number and date.
func (r Record) ID() string {
	return strings.ReplaceAll(r.Number, "/", "_") + "-" + r.Date.String()
}

// Cite is how entries cite the order: number and date, always.
func (r Record) Cite() law.Cite { return law.Cite(fmt.Sprintf("Order %s of %s", r.Number, r.Date)) }

// Named says the order as papers do: № 397 of 12 December 2025.
func (r Record) Named() lang.Message {
	return lang.M("quota.order-named", lang.Args{"number": r.Number, "day": r.Date})
}

// Given returns what the order gives in all.
func (r Record) Given() (n Permits) {
	for _, g := range r.Gives {
		n += g.Permits
	}
	return n
}

// Moved returns what the order moves in all.
func (r Record) Moved() (n Permits) {
	for _, s := range r.Shifts {
		n += s.Permits
	}
	return n
}

// Total returns what the order gives and moves, which is what its control sum
// must state; an order that only sets the plan states that.
func (r Record) Total() Permits {
	if len(r.Gives)+len(r.Shifts) == 0 {
		return r.Units
	}
	return r.Given() + r.Moved()
}
