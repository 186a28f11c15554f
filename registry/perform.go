package registry

import (
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Deed is an act that somebody does to a permit, and with what.
type Deed struct {
	Act     Act           `json:"act"`
	By      party.Actor   `json:"by,omitzero"`
	At      time.Time     `json:"at,omitzero"`
	On      calendar.Date `json:"on,omitzero"` // first day from which it holds; the day of the act if zero
	Grounds []string      `json:"grounds,omitempty"`
	Words   string        `json:"words,omitempty"`
	Hearing Hearing       `json:"hearing,omitzero"`
	Changes []Change      `json:"changes,omitempty"` // of a correction: fields and what they should be
	Other   string        `json:"other,omitempty"`   // the permit that extends or reissues it
}

// Foresee returns the entry that a deed would make if whoever is to do it did it
// now. The head of the department does what the executors of it may draft.
func Foresee(p Permit, d Deed, cal calendar.Calendar) (Entry, error) {
	for _, s := range Steps {
		if s.Act == d.Act && s.drafts(p, d.By) {
			d.By.Role = s.By
			break
		}
	}
	return Perform(p, d, cal)
}

// Perform returns the entry that a deed makes in the register. The permit must be
// read with its history.
func Perform(p Permit, d Deed, cal calendar.Calendar) (Entry, error) {
	today := cal.Day(d.At)
	if d.On.IsZero() {
		d.On = today
	}
	s, err := find(p, d)
	if err != nil {
		return Entry{}, err
	}
	if err := inOrder(p, d); err != nil {
		return Entry{}, err
	}
	e := Entry{
		Number: p.Number, Kind: s.Entry, On: d.On, At: d.At, By: d.By, Cite: s.Cite, Sure: s.Sure,
		Words: strings.TrimSpace(d.Words), Other: d.Other,
	}
	if s.Reasons && e.Words == "" {
		return Entry{}, problem.New(problem.Invalid, "registry.no-words").At("words").Under(s.Cite)
	}
	if s.Grounds {
		if e.Grounds, err = grounds(s, d.Grounds, today); err != nil {
			return Entry{}, err
		}
	}
	if s.Heard {
		if err := d.Hearing.check(d.At, cal); err != nil {
			return Entry{}, err
		}
		e.Hearing = d.Hearing
	}
	if s.Act == Correct {
		if e.Changes, err = corrections(p, d.Changes); err != nil {
			return Entry{}, err
		}
	}
	return e, nil
}

// find returns the step a deed takes, or says why there is none.
func find(p Permit, d Deed) (Step, error) {
	var wrongHands error
	for _, s := range Steps {
		if s.Act != d.Act {
			continue
		}
		if err := s.allows(p, d.By); err != nil {
			wrongHands = err
			continue
		}
		if !s.possible(p, d.On) {
			return s, problem.New(problem.Conflict, "registry.not-possible",
				lang.Args{"act": d.Act, "status": statusOf(p, d.On), "day": d.On}).Under(s.Cite)
		}
		return s, nil
	}
	if wrongHands == nil {
		wrongHands = problem.New(problem.Invalid, "procedure.choose").At("act")
	}
	return Step{}, wrongHands
}

// statusOf is what stands in the way of an act: an end that is entered already
// counts, though its day has not come.
func statusOf(p Permit, on calendar.Date) Status {
	if !p.Ended.IsZero() {
		return endedAs(p.EndedReason)
	}
	return p.Status(on)
}

// allows returns an error unless an actor may take the step.
func (s Step) allows(p Permit, by party.Actor) error {
	switch {
	case by.Role == party.Applicant && by.BIN != p.Employer:
		return problem.New(problem.NotFound, "registry.not-found", lang.Args{"number": p.Number})
	case by.Role != s.By:
		return problem.New(problem.NotAllowed, "registry.not-yours", lang.Args{"act": s.Act, "who": s.By}).Under(s.Cite)
	case by.Role.Authority() && by.Region != p.Region:
		return problem.New(problem.NotAllowed, "problem.not-your-region", lang.Args{"region": law.RegionName(p.Region)})
	}
	return nil
}

// inOrder sees that what is entered is true within the life of the permit, and
// not before what is true already: an act may reach back, but not behind another.
func inOrder(p Permit, d Deed) error {
	first, last := p.Issued, p.Until
	for _, e := range p.History {
		if e.Kind == SuspendedEntry || e.Kind == ReinstatedEntry {
			first = e.On
		}
	}
	if d.Act == Correct || d.Act == Expire || d.Act == Extend {
		return nil
	}
	if d.On.Before(first) || d.On.After(last) {
		return problem.New(problem.Invalid, "registry.act-day", lang.Args{"first": first, "last": last}).At("on")
	}
	return nil
}

// grounds returns the grounds of an act, which must be of the list of the day.
func grounds(s Step, keys []string, today calendar.Date) ([]string, error) {
	list := law.PermitGrounds(string(s.Act), today)
	for _, k := range keys {
		if !slices.ContainsFunc(list, func(r law.Rule) bool { return r.Key == k }) {
			keys = nil
			break
		}
	}
	if len(keys) == 0 {
		return nil, problem.New(problem.Invalid, "registry.no-grounds").At("grounds").Under(s.Cite)
	}
	return keys, nil
}

// check returns an error unless the employer was told in time and heard, or has
// declined to be. Before 1 July 2021 nobody had to be.
func (h Hearing) check(at time.Time, cal calendar.Calendar) error {
	today := cal.Day(at)
	rule, ok := law.LimitOn(law.HearingNotice, today)
	if !ok || strings.TrimSpace(h.Waived) != "" {
		return nil
	}
	if h.Told.IsZero() || h.On.IsZero() || strings.TrimSpace(h.Protocol) == "" {
		return problem.New(problem.Invalid, "registry.not-heard", lang.Args{"n": rule.N}).At("protocol").Under(rule.Cite)
	}
	end, err := cal.End(h.Told.At(12, 0, cal.Zone()), rule.Term())
	if err != nil {
		return err
	}
	if h.On.Before(h.Told) || h.On.After(today) || at.Before(end.At) {
		return problem.New(problem.OutOfTime, "registry.heard-early",
			lang.Args{"n": rule.N, "told": h.Told, "day": end.Last.AddDays(1)}).At("told").Under(rule.Cite)
	}
	return nil
}

// corrections returns what a correction changes: at least one field, to something
// it is not already.
func corrections(p Permit, asked []Change) ([]Change, error) {
	var list []Change
	for _, c := range asked {
		c.Is, c.Was = strings.TrimSpace(c.Is), p.Value(c.Field)
		switch {
		case p.at(c.Field) == nil:
			return nil, problem.New(problem.Invalid, "procedure.choose").At("field")
		case c.Is == c.Was:
			continue
		case c.Is == "" || len([]rune(c.Is)) > maxField:
			return nil, problem.New(problem.Invalid, "registry.bad-correction", lang.Args{"field": c.Field}).At(string(c.Field))
		case c.Field == FieldCitizenship && !foreignCountry(c.Is):
			return nil, problem.New(problem.Invalid, "procedure.choose").At(string(c.Field))
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, problem.New(problem.Invalid, "registry.nothing-corrected").At(string(Fields[0]))
	}
	return list, nil
}

func foreignCountry(code string) bool {
	_, ok := law.CountryBy(code)
	return ok && code != "KZ"
}
