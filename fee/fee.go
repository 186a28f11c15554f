// Package fee computes what a permit costs: a rate in monthly calculation
// indices, times the index of the day of payment, times the permits.
//
// It does not know who has to pay: see procedure.Case.FeeDue. Start at [Due].
package fee

import (
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// Tenge is an amount of money in whole tenge. Fees have no tiyn.
type Tenge int64

// String returns the amount as both official languages write it, thousands
// apart: 310 853 ₸.
func (a Tenge) String() string {
	s := strconv.FormatInt(int64(a), 10)
	var groups []string
	for len(s) > 3 && s[len(s)-4] != '-' {
		groups = append([]string{s[len(s)-3:]}, groups...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, groups...), "\u00a0") + "\u00a0₸"
}

// In says the amount; it reads the same in every language.
func (a Tenge) In(lang.Tag) string { return a.String() }

// An Asked is what a fee is asked for.
type Asked struct {
	Category law.Category
	Section  string // letter of the OKED section of the employer
	Months   int    // of the permit
	Permits  int
	PaidOn   calendar.Date
}

// An Amount is a fee with how it came about.
type Amount struct {
	Asked
	PerPermit Tenge
	Total     Tenge
	Index     law.Index
	Rate      law.Rate
}

// Due returns the fee for permits of one category. The index is that of the day
// of payment, whatever the day of the application: 90 seasonal days paid for on
// 31 December 2025 cost 12 × 3932 = 47 184 ₸, a day later 51 900 ₸.
//
// For more than a year a permit of category I costs the rate for each year or
// part of it; the true columns are unread (Resolution 157 of 2018-04-03).
func Due(a Asked) (Amount, error) {
	if !a.Category.Quota() {
		return Amount{}, problem.New(problem.Invalid, "fee.free").Under("WKO 142/2017 ¶ 4")
	}
	if a.Permits < 1 || a.Months < 1 {
		return Amount{}, problem.New(problem.Invalid, "fee.nothing")
	}
	index, err := law.IndexOn(a.PaidOn)
	if err != nil {
		return Amount{}, outside(err)
	}
	days := a.PaidOn.Days(a.PaidOn.PlusMonths(a.Months)) + 1
	rate, err := law.RateOn(a.PaidOn, a.Category, a.Section, days)
	if err != nil {
		return Amount{}, outside(err)
	}
	if a.Category != law.Seasonal {
		if years := (a.Months + 11) / 12; years > 1 {
			rate.Indices *= years
			rate.Sure = law.Assumed
		}
	}
	per := Tenge(int64(rate.Indices) * index.Tenge)
	return Amount{a, per, per * Tenge(a.Permits), index, rate}, nil
}

func outside(err error) error {
	if o, ok := err.(law.OutsideLaw); ok {
		return &problem.Error{Kind: problem.Invalid, Say: o.Say(), Err: err}
	}
	return err
}

// Explain tells how the amount came about.
func (a Amount) Explain() []lang.Message {
	return []lang.Message{
		lang.M("fee.formula", lang.Args{
			"indices": a.Rate.Indices, "index": Tenge(a.Index.Tenge), "permits": a.Permits, "total": a.Total,
		}),
		lang.M("fee.index", lang.Args{"day": a.PaidOn, "index": Tenge(a.Index.Tenge), "cite": a.Index.Cite, "sure": a.Index.Sure}),
		lang.M("fee.rate", lang.Args{"category": a.Category, "indices": a.Rate.Indices, "cite": a.Rate.Cite, "sure": a.Rate.Sure}),
	}
}
