// Package window says when an extension may be filed: from the sixtieth to the
// thirtieth calendar day before the last day of the permit, and which of those
// days is the last safe one.
//
// The numbers are in law/data/windows.toml. Start at [Of].
package window

import (
	"errors"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// A Window is when an extension may be filed.
type Window struct {
	Until calendar.Date // last day of the permit
	First calendar.Date // first day to file; zero where the law of the day sets none
	Last  calendar.Date // last day to file
	// Safe is the last working day up to Last: what comes on a day off is
	// registered on the next working day, when it may be too late.
	Safe   calendar.Date
	Skips  []calendar.Skip // the days off between Safe and Last, and Last
	Source law.FilingWindow
}

// Of returns the window for a permit of a category that ends on a day, by the
// law of the day on, and in the calendar of the authority. Categories that are
// never extended are refused, with the rule.
func Of(c law.Category, until, on calendar.Date, cal calendar.Calendar) (Window, error) {
	if until.IsZero() {
		return Window{}, problem.New(problem.Invalid, "window.no-day").At("until")
	}
	times, err := law.MaxExtensions(c, on)
	if err != nil {
		return Window{}, outside(err)
	}
	if times == 0 {
		return Window{}, problem.New(problem.Invalid, "window.never", lang.Args{"category": c}).At("category")
	}
	w := Window{Until: until}
	if w.Source, err = law.FilingWindowFor(law.Extension, c.Scheme(), on); err != nil {
		return Window{}, outside(err)
	}
	w.Last = until.AddDays(-w.Source.Latest)
	if w.Source.Earliest > 0 {
		w.First = until.AddDays(-w.Source.Earliest)
	}
	for w.Safe = w.Last; ; w.Safe = w.Safe.AddDays(-1) {
		working, err := cal.Working(w.Safe)
		if err != nil {
			return Window{}, unknown(err)
		}
		if working {
			return w, nil
		}
		skip, err := cal.Mark(w.Safe)
		if err != nil {
			return Window{}, unknown(err)
		}
		w.Skips = append(w.Skips, skip)
	}
}

// outside tells who asked for a day of which no law is known.
func outside(err error) error {
	if o, ok := errors.AsType[law.OutsideLaw](err); ok {
		return &problem.Error{Kind: problem.Invalid, Say: o.Say(), Err: err}
	}
	return err
}

// unknown tells who asked for a year whose days off nobody has entered.
func unknown(err error) error {
	if u, ok := errors.AsType[calendar.UnknownYear](err); ok {
		return problem.Of(&problem.Error{Kind: problem.Invalid, Say: u.Say(), Err: err}).At("until")
	}
	return err
}

// A Stand is where a day stands to a window.
type Stand string

// Where a day can stand.
const (
	Early Stand = "early" // the window has not opened
	Open  Stand = "open"
	Risky Stand = "risky" // after the last safe day, not after the last
	Late  Stand = "late"
)

// Stands reports where a day stands.
func (w Window) Stands(on calendar.Date) Stand {
	switch {
	case on.Before(w.First):
		return Early
	case on.After(w.Last):
		return Late
	case on.After(w.Safe):
		return Risky
	}
	return Open
}

// Explain tells how the days came about, a line each.
func (w Window) Explain() []lang.Message {
	args := lang.Args{
		"until": w.Until, "first": w.First, "last": w.Last, "safe": w.Safe,
		"earliest": w.Source.Earliest, "latest": w.Source.Latest, "cite": w.Source.Cite, "sure": w.Source.Sure,
	}
	key := "window.both"
	if w.Source.Earliest == 0 {
		key = "window.only-last"
	}
	lines := []lang.Message{lang.M(key, args)}
	for _, s := range w.Skips {
		lines = append(lines, s.Say())
	}
	if w.Safe != w.Last {
		lines = append(lines, lang.M("window.safe", args))
	}
	return append(lines, lang.M("window.source", args))
}

// In says where a day stands.
func (s Stand) In(t lang.Tag) string { return lang.M("window.stands-" + string(s)).In(t) }
