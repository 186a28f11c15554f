package examination

import (
	"slices"
	"strings"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/procedure"
)

// A Decision is what the executor makes of a line. Who has not looked yet decides
// nothing, and leaves the line out.
type Decision struct {
	Key     string
	Outcome Outcome // OK, Problem or NotApplicable
	Say     string  // why, where it is not what was proposed
}

// maxWords is how long the executor's words may be, in letters.
const maxWords = 2000

// Decide puts what the executor decided beside what was found, for the record.
//
// To decide otherwise than a line that is certain wants words. A package that
// has to be returned is not accepted: a line that leads to a return may neither
// be decided a problem, nor be left open while it is found one.
func Decide(lines []Line, decisions []Decision) ([]procedure.Finding, error) {
	var f problem.Form
	for _, d := range decisions {
		if !slices.ContainsFunc(lines, func(l Line) bool { return l.Key == d.Key }) || !slices.Contains(decided, d.Outcome) {
			f.Wrong("line-"+d.Key, "procedure.choose")
		}
	}
	var list []procedure.Finding
	for _, l := range lines {
		i := slices.IndexFunc(decisions, func(d Decision) bool { return d.Key == l.Key })
		var d Decision
		if i >= 0 {
			d = decisions[i]
		}
		d.Say = strings.TrimSpace(d.Say)
		checkLine(&f, l, d)
		list = append(list, recorded(l, d))
	}
	return list, f.Err()
}

// decided are the outcomes an executor can decide on.
var decided = []Outcome{OK, Problem, NotApplicable}

// Decided are the outcomes an executor can decide on.
func Decided() []Outcome { return slices.Clone(decided) }

// certain reports whether a line was found one thing or the other.
func certain(o Outcome) bool { return slices.Contains(decided, o) }

// overrules reports whether a decision is not what the line proposed. What does
// not apply is in order.
func overrules(l Line, d Decision) bool {
	fine := func(o Outcome) bool { return o == OK || o == NotApplicable }
	return d.Outcome != "" && certain(l.Outcome) && fine(d.Outcome) != fine(l.Outcome)
}

func checkWords(f *problem.Form, l Line, d Decision) {
	switch {
	case len([]rune(d.Say)) > maxWords:
		f.Wrong("say-"+l.Key, "procedure.too-long", lang.Args{"most": maxWords})
	case overrules(l, d) && d.Say == "":
		f.Wrong("say-"+l.Key, "examination.say-why", lang.Args{"line": l.Name})
	}
}

func checkLine(f *problem.Form, l Line, d Decision) {
	checkWords(f, l, d)
	if l.Reason == "" {
		return
	}
	switch {
	case d.Outcome == Problem:
		f.Wrong("line-"+l.Key, "examination.return-it", lang.Args{"line": l.Name})
	case d.Outcome == "" && l.Outcome == Problem:
		f.Wrong("line-"+l.Key, "examination.decide-it", lang.Args{"line": l.Name})
	}
}

func recorded(l Line, d Decision) procedure.Finding {
	x := procedure.Finding{
		Key: l.Key, OK: d.Outcome == OK || d.Outcome == NotApplicable, Say: d.Say,
		Outcome: string(d.Outcome), Proposed: string(l.Outcome),
	}
	for _, found := range l.Findings {
		x.Found = append(x.Found, found.Found)
		if !found.Cure.IsZero() {
			x.Cure = append(x.Cure, found.Cure)
		}
		x.Proof = append(x.Proof, found.Proof...)
	}
	return x
}

// A Proposal is what the examination speaks for: a return for reasons, a refusal
// on grounds, each line of the words naming what was found and what would cure it.
type Proposal struct {
	Reasons     []string
	Grounds     []string
	ReturnFor   []Finding
	RefusalOver []Finding
}

// Propose returns what lines speak for, but for those the executor has decided
// otherwise.
func Propose(lines []Line, record []procedure.Finding) Proposal {
	var p Proposal
	for _, l := range lines {
		if !stands(l, record) {
			continue
		}
		for _, x := range l.Findings {
			switch {
			case x.Outcome != Problem:
			case l.Reason != "":
				p.ReturnFor = append(p.ReturnFor, x)
			case l.Ground != "":
				p.RefusalOver = append(p.RefusalOver, x)
			}
		}
		p.take(l, record)
	}
	return p
}

func (p *Proposal) take(l Line, record []procedure.Finding) {
	if l.Outcome != Problem && !saidProblem(l, record) {
		return
	}
	if l.Reason != "" && !slices.Contains(p.Reasons, l.Reason) {
		p.Reasons = append(p.Reasons, l.Reason)
	}
	if l.Reason == "" && l.Ground != "" && !slices.Contains(p.Grounds, l.Ground) {
		p.Grounds = append(p.Grounds, l.Ground)
	}
}

func saidProblem(l Line, record []procedure.Finding) bool {
	return slices.ContainsFunc(record, func(x procedure.Finding) bool { return x.Key == l.Key && x.Outcome == string(Problem) })
}

// stands reports whether the executor has not decided against what a line found.
func stands(l Line, record []procedure.Finding) bool {
	return !slices.ContainsFunc(record, func(x procedure.Finding) bool { return x.Key == l.Key && x.OK })
}

// Words says findings for a letter, each with its paragraph and what would cure it.
func Words(list []Finding, t lang.Tag) string {
	var lines []string
	for _, x := range list {
		s := x.Found.In(t) + " " + x.Cure.In(t) + " (" + x.Cite.In(t) + ")"
		lines = append(lines, strings.Join(strings.Fields(s), " "))
	}
	return strings.Join(lines, "\n")
}
