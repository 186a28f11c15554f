// Package ratio computes local content: how many foreigners an employer may have
// beside citizens. Within a region at least 70 per cent of categories I and II,
// and 90 per cent of III and IV, are citizens; of a transfer, foreign managers
// and specialists are at most half as many as the citizens of the same kind.
//
// It does not know who the foreigners are: the numbers come as they are counted,
// those asked for among them. The rules are in law/data/ratios.toml. Start at
// [Check].
package ratio

import (
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// MaxStaff is how many workers a group may have: more is a slip of the finger.
const MaxStaff = 1_000_000

// A Count is how many work in a group. Citizens of the Eurasian Economic Union
// are in neither number; who is asked for is among the foreigners.
type Count struct {
	Citizens   int `json:"citizens"`
	Foreigners int `json:"foreigners"`
}

// An Asked is what a ratio is asked for.
type Asked struct {
	Operation law.Operation
	Scheme    law.Scheme
	On        calendar.Date // whose law
	Staff     map[law.Group]Count
	Claims    []string // keys of exemptions the employer claims
	Workers   int      // of the branch, all of them, for the exemption that depends on it; 0 if not told
}

// A Line is what became of one group.
type Line struct {
	Rule law.Ratio
	Count
	Kept bool
	// Most is how many foreigners the citizens allow.
	Most int
	// Need is how many citizens the foreigners need.
	Need int
}

// Missing returns how many citizens more the group needs.
func (l Line) Missing() int { return max(0, l.Need-l.Citizens) }

// Room returns how many foreigners more the group may take.
func (l Line) Room() int { return max(0, l.Most-l.Foreigners) }

// An Answer is what became of the ratio.
type Answer struct {
	Asked
	Lines  []Line         // of each group that has a ratio
	Exempt *law.Exemption // by which the ratio does not bind; nil if it does
	Notes  []law.Rule     // who was to be counted, and how
}

// Kept reports whether the ratio is kept, or does not bind.
func (a Answer) Kept() bool {
	return a.Exempt != nil || !slices.ContainsFunc(a.Lines, func(l Line) bool { return !l.Kept })
}

// Sure returns how sure the answer is: as its least sure part.
func (a Answer) Sure() law.Sure {
	if a.Exempt != nil {
		return a.Exempt.Sure
	}
	sure := law.Text
	for _, l := range a.Lines {
		sure = sure.Worse(l.Rule.Sure)
	}
	return sure
}

// Check computes the ratio. A group of which nothing is told has nobody, and
// nobody is no breach. It refuses numbers below nothing or beyond [MaxStaff], at
// the field of the group.
func Check(a Asked) (Answer, error) {
	if err := sound(a); err != nil {
		return Answer{}, err
	}
	answer := Answer{Asked: a, Notes: law.CountingRules(a.Operation, a.Scheme, a.On)}
	for _, r := range law.RatiosFor(a.Operation, a.Scheme, a.On) {
		answer.Lines = append(answer.Lines, weigh(r, a.Staff[r.Group]))
	}
	if a.Scheme == law.Regional {
		answer.Exempt = exempt(a)
	}
	return answer, nil
}

func sound(a Asked) error {
	var f problem.Form
	for _, g := range law.Groups {
		c := a.Staff[g]
		if c.Citizens < 0 || c.Citizens > MaxStaff {
			f.Wrong(string(g)+"_citizens", "ratio.bad-number")
		}
		if c.Foreigners < 0 || c.Foreigners > MaxStaff {
			f.Wrong(string(g)+"_foreigners", "ratio.bad-number")
		}
	}
	if a.Workers < 0 || a.Workers > MaxStaff {
		f.Wrong("workers", "ratio.bad-number")
	}
	return f.Err()
}

// weigh holds one group against its ratio, in whole people: a part of a person
// is rounded against the employer.
func weigh(r law.Ratio, c Count) Line {
	l := Line{Rule: r, Count: c}
	foreign, citizens := r.Percent, 100 // at most so many of the one for so many of the other
	if r.Measure == law.CitizensOfStaff {
		foreign, citizens = 100-r.Percent, r.Percent
	}
	l.Most = c.Citizens * foreign / citizens
	if foreign > 0 {
		l.Need = (c.Foreigners*citizens + foreign - 1) / foreign
	}
	l.Kept = c.Foreigners <= l.Most
	return l
}

// exempt returns the first exemption claimed that holds. One that depends on the
// number of workers holds only if the number was told.
func exempt(a Asked) *law.Exemption {
	for _, x := range law.Exemptions(a.On) {
		small := x.Most == 0 || a.Workers > 0 && a.Workers <= x.Most
		if slices.Contains(a.Claims, x.Key) && small {
			return &x
		}
	}
	return nil
}

// Explain tells how the answer came about, a line each.
func (a Answer) Explain() []lang.Message {
	var lines []lang.Message
	if a.Exempt != nil {
		key, args := "ratio.exempt", lang.Args{"who": a.Exempt.Name, "cite": a.Exempt.Cite, "sure": a.Exempt.Sure}
		if a.Exempt.Most > 0 {
			key, args["most"], args["workers"] = "ratio.exempt-most", a.Exempt.Most, a.Workers
		}
		lines = append(lines, lang.M(key, args))
	}
	for _, l := range a.Lines {
		lines = append(lines, l.Explain()...)
	}
	return lines
}

// Explain tells what became of one group.
func (l Line) Explain() []lang.Message {
	if l.Citizens+l.Foreigners == 0 {
		return []lang.Message{lang.M("ratio.nobody", lang.Args{"group": l.Rule.Group})}
	}
	args := lang.Args{
		"group": l.Rule.Group, "citizens": l.Citizens, "foreigners": l.Foreigners, "percent": l.Rule.Percent,
		"most": l.Most, "need": l.Need, "missing": l.Missing(), "room": l.Room(), "cite": l.Rule.Cite, "sure": l.Rule.Sure,
	}
	key := "ratio.kept"
	if !l.Kept {
		key = "ratio.broken"
	}
	rule := "ratio.citizens-of-staff"
	if l.Rule.Measure == law.ForeignersToCitizens {
		rule = "ratio.foreigners-to-citizens"
	}
	return []lang.Message{lang.M(rule, args), lang.M(key, args)}
}
