package procedure

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// An Outage is a time in which the system did not work, as the administrator
// entered it with the act that says so.
type Outage struct {
	ID    string    `json:"id"`
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
	Cause string    `json:"cause"`
	Act   string    `json:"act"` // number and day
}

// Retime counts the running terms of a case anew in a calendar that an act has
// changed. It returns false if every one ends as before.
func Retime(c Case, at time.Time, act string, cal calendar.Calendar) (Case, Event, bool, error) {
	return c.retime(at, Recount, "Labour Code art. 85", law.Secondary, func(r Running) (Running, *Change, error) {
		end, err := cal.End(r.End.Start, r.End.Term)
		if err != nil || end.At.Equal(r.End.At) {
			return r, nil, err
		}
		x := Change{Why: ForCalendar, Term: r.Name, Act: act, Before: r.End.Last, After: end.Last, Cite: "Labour Code art. 85", Sure: law.Secondary, Zone: cal.Zone().String()}
		r.End = end
		return r, &x, nil
	})
}

// Prolong gives back to the running terms of a case the time the system did not
// work: to a term in days every working day on which that was long enough to
// count, to a term in office time what was lost of it. An outage counts once.
// The rule is ours (docs/deviations.md).
func Prolong(c Case, at time.Time, o Outage, cal calendar.Calendar) (Case, Event, bool, error) {
	s, err := law.SettingOn(law.OutageMinutes, c.LawOn)
	if err != nil {
		return c, Event{}, false, err
	}
	return c.retime(at, Extend, s.Cite, s.Sure, func(r Running) (Running, *Change, error) {
		once := func(x Change) bool { return x.Key == o.ID }
		if slices.ContainsFunc(r.Changes, once) {
			return r, nil, nil
		}
		lost, err := o.lost(r.End, time.Duration(s.Number())*time.Minute, cal)
		if err != nil || lost.N == 0 {
			return r, nil, err
		}
		longer := calendar.Term{N: r.End.Term.N + lost.N, Unit: r.End.Term.Unit}
		if r.End.Term.Unit == calendar.WorkingHours {
			longer = calendar.Term{N: r.End.Term.N*60 + lost.N, Unit: calendar.WorkingMinutes}
		}
		x := Change{
			Why: ForOutage, Term: r.Name, Key: o.ID, Act: o.Act, From: o.From, Until: o.Until, Before: r.End.Last, N: lost.N, Unit: lost.Unit,
			Cite: s.Cite, Sure: s.Sure, Zone: cal.Zone().String(),
		}
		if r.End, err = cal.End(r.End.Start, longer); err != nil {
			return r, nil, err
		}
		x.After = r.End.Last
		return r, &x, nil
	})
}

// lost returns how much of a term an outage took: working days for a term in
// days, minutes of office time for others.
func (o Outage) lost(e calendar.End, least time.Duration, cal calendar.Calendar) (calendar.Term, error) {
	if e.Term.Unit == calendar.WorkingHours || e.Term.Unit == calendar.WorkingMinutes {
		open, err := cal.OpenBetween(latest(o.From, e.Counted), earliest(o.Until, e.At))
		return calendar.Term{N: int(open / time.Minute), Unit: calendar.WorkingMinutes}, err
	}
	n := 0
	for d := cal.Day(latest(o.From, e.Counted)); d.At(0, 0, cal.Zone()).Before(o.Until) && !d.After(e.Last); d = d.AddDays(1) {
		working, err := cal.Working(d)
		if err != nil {
			return calendar.Term{}, err
		}
		from, until := latest(o.From, d.At(0, 0, cal.Zone())), earliest(o.Until, d.AddDays(1).At(0, 0, cal.Zone()))
		if working && d.After(cal.Day(e.Counted)) && until.Sub(from) >= least {
			n++
		}
	}
	return calendar.Term{N: n, Unit: calendar.WorkingDays}, nil
}

// retime changes the running terms of an open case and makes the event of it, an
// act of the clock that leaves the case where it stands.
func (c Case) retime(at time.Time, act Act, cite law.Cite, sure law.Sure, change func(Running) (Running, *Change, error)) (Case, Event, bool, error) {
	next := c
	next.Running = nil
	var done []Change
	for _, r := range c.Running {
		changed, x, err := change(r)
		if err != nil {
			return c, Event{}, false, err
		}
		if x != nil {
			changed.Changes = append(slices.Clone(r.Changes), *x)
			done = append(done, *x)
		}
		next.Running = append(next.Running, changed)
	}
	if len(done) == 0 || !c.State.Open() {
		return c, Event{}, false, nil
	}
	next.Version++
	return next, Event{
		Case: c.ID, Version: next.Version, Act: act, By: party.TheClock, At: at, From: c.State, To: c.State,
		Cite: cite, Sure: sure, Note: Note{Retimed: done},
	}, true, nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Tell returns what an event says besides the words of who did it: terms that
// were paused, counted anew or made longer.
func (e Event) Tell() []lang.Message {
	var lines []lang.Message
	for _, x := range slices.Concat(e.Note.Paused, e.Note.Retimed) {
		lines = append(lines, lang.M("procedure.of-term", lang.Args{"term": x.Term, "change": x}))
	}
	return lines
}
