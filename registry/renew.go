package registry

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Chain is a permit with those it came of, the oldest first. Each extends or
// reissues the one before it; the last is the permit in question.
type Chain []Permit

// Last returns the permit in question.
func (c Chain) Last() Permit { return c[len(c)-1] }

// Extensions returns how often the first permit of the chain was extended.
func (c Chain) Extensions() int {
	n := 0
	for _, p := range c {
		if p.Operation == law.Extension {
			n++
		}
	}
	return n
}

// A Window is when an extension may be asked for. Opens is zero where it may be
// asked for however early.
type Window struct {
	Opens, Closes calendar.Date
	law.Sourced
}

// WindowOf returns when the extension of a permit may be asked for by the law of
// a day: not earlier than 60 and not later than 30 days before its last day; until
// 30 April 2020 only the second. Where no law is known it is zero.
func WindowOf(p Permit, on calendar.Date) Window {
	l, err := law.FilingWindowFor(law.Extension, p.Scheme, on)
	if err != nil {
		return Window{}
	}
	w := Window{Closes: p.Until.AddDays(-l.Latest), Sourced: l.Sourced}
	if l.Earliest > 0 {
		w.Opens = p.Until.AddDays(-l.Earliest)
	}
	return w
}

// MayExtend returns an error unless the permit at the end of a chain can be
// extended for some months by an application that its employer files on a day.
// Months of 0 are not looked at.
func MayExtend(c Chain, by party.BIN, months int, on calendar.Date) error {
	p := c.Last()
	may := []Status{InForce}
	if !WindowOf(p, on).Opens.IsZero() {
		may = append(may, NotYet) // too early, which the window says better
	}
	if err := usable(p, by, on, may...); err != nil {
		return err
	}
	most, err := law.ExtensionsFor(p.Category, on)
	if err != nil {
		return err
	}
	switch n := c.Extensions(); {
	case most.N == 0:
		return problem.New(problem.Invalid, "registry.never-extended",
			lang.Args{"number": p.Number, "category": p.Category, "cite": most.Cite}).Under(most.Cite)
	case n >= most.N:
		return problem.New(problem.Invalid, "registry.extended-enough",
			lang.Args{"number": p.Number, "category": p.Category, "most": most.N, "cite": most.Cite}).Under(most.Cite)
	}
	if err := inWindow(p, on); err != nil {
		return err
	}
	return stretched(p, months, on)
}

func inWindow(p Permit, on calendar.Date) error {
	w := WindowOf(p, on)
	args := lang.Args{"number": p.Number, "until": p.Until, "first": w.Opens, "last": w.Closes, "cite": w.Cite}
	switch {
	case !w.Closes.IsZero() && on.After(w.Closes):
		return problem.New(problem.OutOfTime, "registry.window-over", args).Under(w.Cite)
	case on.Before(w.Opens):
		return problem.New(problem.OutOfTime, "registry.window-ahead", args).Under(w.Cite)
	}
	return nil
}

// stretched returns an error if a permit of category I is to be extended for
// longer than it ran itself.
func stretched(p Permit, months int, on calendar.Date) error {
	l, ok := law.LimitOn(law.Stretch, on)
	if p.Category != law.I || !ok || months <= l.N*p.Months() {
		return nil
	}
	return problem.New(problem.Invalid, "registry.stretched",
		lang.Args{"number": p.Number, "n": p.Months(), "cite": l.Cite}).Under(l.Cite)
}

// MayReissue returns an error unless a permit can be reissued by an application
// that its employer files on a day.
func MayReissue(p Permit, by party.BIN, on calendar.Date) error {
	return usable(p, by, on, NotYet, InForce)
}

// usable returns an error unless a permit is the employer's own, of one of some
// statuses, and has not been made another of already.
func usable(p Permit, by party.BIN, on calendar.Date, of ...Status) error {
	if p.Employer != by {
		return problem.New(problem.Invalid, "registry.anothers", lang.Args{"number": p.Number}).Under("Migration Law")
	}
	if next, ok := p.Successor(); ok {
		return problem.New(problem.Conflict, "registry.succeeded", lang.Args{"number": p.Number, "other": next})
	}
	switch s := p.Status(on); {
	case slices.Contains(of, s):
		return nil
	case s == Suspended:
		return problem.New(problem.Conflict, "registry.old-suspended",
			lang.Args{"number": p.Number, "since": p.Since(on)}).Under("Migration Law")
	default:
		return problem.New(problem.Conflict, "registry.old-not-in-force",
			lang.Args{"number": p.Number, "status": s, "since": p.Since(on)}).Under("Migration Law")
	}
}

// Term returns the first and the last day of the permit that an operation makes
// of an old one on a day. An extension runs on from the end of the old permit, a
// reissue keeps what is left of it.
func (p Permit) Term(op law.Operation, months int, today calendar.Date) (from, until calendar.Date) {
	if op == law.Reissue {
		from = p.From
		if from.Before(today) {
			from = today
		}
		return from, p.Until
	}
	from = p.Until.AddDays(1)
	if from.Before(today) {
		from = today
	}
	return from, from.PlusMonths(months)
}
