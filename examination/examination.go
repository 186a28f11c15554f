// Package examination looks at an application as the executor does: line by line
// of the edition's checklist, each with what was found, under which paragraph, on
// what evidence, and what would cure it. The applicant is shown the same, in the
// same words, before handing in.
//
// It finds and does not decide: the executor confirms or overrules each line. It
// reads no register by itself; what others answered is in [File.Answers]. Start
// at [Examine].
package examination

import (
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
)

// An Outcome is what came of a check.
type Outcome string

// The outcomes.
const (
	OK            Outcome = "ok"             // in order
	Problem       Outcome = "problem"        // must be cured, or leads to a return or a refusal
	Look          Outcome = "look"           // perhaps in order: a person has to look
	Unknown       Outcome = "unknown"        // could not be checked
	NotApplicable Outcome = "not-applicable" // the line says nothing about this application
)

// Outcomes are all outcomes, the gravest first.
var Outcomes = []Outcome{Problem, Unknown, Look, OK, NotApplicable}

// In names the outcome.
func (o Outcome) In(t lang.Tag) string { return lang.M("examination.outcome-" + string(o)).In(t) }

// A Place is where in the application a finding points to.
type Place struct {
	Part   procedure.Part
	Field  string // of the form of the part; empty for the part as a whole
	Worker int    // whose, counted from 1; 0 where it is of nobody
}

// A Finding is one thing a check found.
type Finding struct {
	Key     string // of the line of the checklist
	Outcome Outcome
	Found   lang.Message
	Cure    lang.Message // zero where there is nothing to cure
	Cite    law.Cite
	Sure    law.Sure
	At      Place
	Proof   []procedure.Evidence
}

// A Line is one line of the checklist with all that was found.
type Line struct {
	law.Rule
	Outcome  Outcome // the gravest of its findings
	Findings []Finding
}

// A Document is what was attached, or handed in on paper.
type Document struct {
	Kind string // key of the list of documents
	Name string
}

// An Other is another application that is being decided on.
type Other struct {
	Number string
	Worker string // key of the person, see [PersonKey]
	Own    bool   // of the same employer; of others no more is told than that it exists
	From   calendar.Date
	Until  calendar.Date
}

// A File is all an examination looks at. Nothing else is asked.
type File struct {
	Application procedure.Application
	Region      string // two digits of KATO
	Channel     procedure.Channel
	Registered  bool          // it has its place in the quota's order
	On          calendar.Date // the day whose law decides: that of the hand-in, or today
	Now         time.Time
	Documents   []Document
	Permits     []registry.Permit // of the employer, and of the workers in the region
	Others      []Other
	Quota       map[quota.Line]quota.Balance
	Held        map[quota.Line]quota.Permits // by this case
	Answers     []Answer                     // of other bodies' registers, in the order they came
	Asking      party.Role                   // for whom; an official if nobody is named
}

// A check finds what a line of the checklist asks for.
type check func(f File, r law.Rule) []Finding

// checks has the check of every line of law/data/checklist.toml.
var checks = map[string]check{
	"complete": complete, "unexpired": unexpired, "authentic": authentic, "permit-needed": permitNeeded,
	"category": fitsCategory, "qualification": qualified, "quota": quotaLeft, "ratio": ratioKept,
	"replacement": replaced, "vacancy": posted, "wto": founded, "ict-position": transferred, "ict-ratio": ratioKept,
	"no-ban": notBanned, "duplicate": once, "months": withinLongest, "window": inWindow,
	"permit-in-force": inForce, "fee": feeDue, "free": feeFree, "seasonal": inSeason, "extensions": rarely, "change": changed,
}

// Examine goes through the checklist of the day. A line nobody has written a check
// for could not be checked.
func Examine(f File) []Line {
	var lines []Line
	for _, r := range law.Checklist(f.Application.Operation, f.Application.Scheme, f.On) {
		l := Line{Rule: r, Outcome: NotApplicable}
		if do, ok := checks[r.Key]; ok {
			l.Findings = do(f, r)
		} else {
			l.Findings = []Finding{find(r, Unknown, "examination.by-hand")}
		}
		for _, x := range l.Findings {
			l.Outcome = graver(l.Outcome, x.Outcome)
		}
		lines = append(lines, l)
	}
	return lines
}

func graver(a, b Outcome) Outcome {
	for _, o := range Outcomes {
		if a == o || b == o {
			return o
		}
	}
	return b
}

// find is a finding of a line under its own rule.
func find(r law.Rule, o Outcome, key string, args ...lang.Args) Finding {
	return Finding{Key: r.Key, Outcome: o, Found: lang.M(key, args...), Cite: r.Cite, Sure: r.Sure}
}

// under is a finding that rests on another source than the line.
func (x Finding) under(s law.Sourced) Finding {
	x.Cite, x.Sure = s.Cite, s.Sure
	return x
}

// cured says what would cure a finding.
func (x Finding) cured(key string, args ...lang.Args) Finding {
	x.Cure = lang.M(key, args...)
	return x
}

// at points a finding to a field of a part.
func (x Finding) at(p procedure.Part, field string) Finding {
	x.At = Place{Part: p, Field: field, Worker: x.At.Worker}
	return x
}

// of points a finding to a worker, counted from nought.
func (x Finding) of(i int, field string) Finding {
	x.At = Place{procedure.PartWorkers, field, i + 1}
	return x
}

// by adds what a register answered.
func (x Finding) by(a Answer) Finding {
	x.Proof = append(x.Proof, a.Evidence())
	return x
}

// orElse returns findings, or the one that says that there was nothing to find.
func orElse(list []Finding, fine Finding) []Finding {
	if len(list) == 0 {
		return []Finding{fine}
	}
	return list
}
