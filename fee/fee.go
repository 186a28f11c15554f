// Package fee computes what a permit costs: a rate in monthly calculation
// indices, times the index of the day of payment, times the permits.
//
// It does not know who has to pay: see procedure.Case.FeeDue. Start at [Due].
package fee

import (
	"errors"
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
	Index     law.Index // of the day of payment
	Rate      law.Rate  // for the whole term of one permit
	Years     int       // how many years of a rate are in it; 1 for seasonal workers
}

// Due returns the fee for permits of one category. The index is that of the day
// of payment, whatever the day of the application: 90 seasonal days paid for on
// 31 December 2025 cost 12 × 3932 = 47 184 ₸, a day later 51 900 ₸.
//
// For more than a year a permit of category I costs the rate for each year or
// part of it; the true columns are unread (Resolution 157 of 2018-04-03).
func Due(a Asked) (Amount, error) {
	if !a.Category.Quota() {
		return Amount{}, problem.New(problem.Invalid, "fee.free").Under("WKO 142/2017 ¶ 4(2)")
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
	years := 1
	if a.Category != law.Seasonal {
		years = (a.Months + 11) / 12
	}
	if years > 1 {
		rate.Indices *= years
		rate.Sure = law.Assumed
	}
	per := Tenge(int64(rate.Indices) * index.Tenge)
	return Amount{a, per, per * Tenge(a.Permits), index, rate, years}, nil
}

// outside tells the person who asked for a day, a section or a term of which no
// law is known.
func outside(err error) error {
	if o, ok := errors.AsType[law.OutsideLaw](err); ok {
		return &problem.Error{Kind: problem.Invalid, Say: o.Say(), Err: err}
	}
	return err
}

// Sure returns how sure the amount is: as its least sure part.
func (a Amount) Sure() law.Sure { return a.Index.Sure.Worse(a.Rate.Sure) }

// Explain tells how the amount came about, a line each: the sum, the index of the
// day of payment, the rate, and what in it nobody has read in its act.
func (a Amount) Explain() []lang.Message {
	lines := []lang.Message{
		lang.M("fee.formula", lang.Args{
			"indices": a.Rate.Indices, "index": Tenge(a.Index.Tenge), "permits": a.Permits, "total": a.Total,
		}),
		lang.M("fee.index", lang.Args{"day": a.PaidOn, "index": Tenge(a.Index.Tenge), "cite": a.Index.Cite, "sure": a.Index.Sure}),
		lang.M("fee.rate", lang.Args{"category": a.Category, "indices": a.Rate.Indices / a.Years, "cite": a.Rate.Cite, "sure": a.Rate.Sure}),
	}
	if a.Years > 1 {
		lines = append(lines, lang.M("fee.years", lang.Args{"years": a.Years, "indices": a.Rate.Indices}))
	}
	if a.Sure() != law.Text {
		lines = append(lines, lang.M("fee.doubt", lang.Args{"sure": a.Sure()}))
	}
	return lines
}
