// Package rulebook gathers the rules of a service that are in force on a day into
// one list, each line with its act and paragraph, since when it holds and how
// sure it is; and says what changed between two days.
//
// It types nothing anew: everything comes from law/data and the table of steps.
// Start at [On] and [Compare].
package rulebook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/diagram"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// A Section is a kind of rule.
type Section string

// The sections, in the order in which they are read.
const (
	Facts      Section = "facts"
	Steps      Section = "steps"
	Terms      Section = "terms"
	Documents  Section = "documents"
	Checklist  Section = "checklist"
	Returns    Section = "returns"
	Grounds    Section = "grounds"
	Categories Section = "categories"
	Ratios     Section = "ratios"
	Window     Section = "window"
	Rates      Section = "rates"
)

// Sections are all sections.
var Sections = []Section{Facts, Steps, Terms, Documents, Checklist, Returns, Grounds, Categories, Ratios, Window, Rates}

// In names the section.
func (s Section) In(t lang.Tag) string { return lang.M("rulebook.section-" + string(s)).In(t) }

// A Line is one rule.
type Line struct {
	Section Section
	Key     string         // the same on every day for the same rule
	Name    lang.Speaker   // what it is
	Is      []lang.Speaker // what it says of it, if more than its name
	law.Sourced
}

// MarshalJSON writes the line with its words in three languages and its act by
// name.
func (l Line) MarshalJSON() ([]byte, error) {
	is := []lang.Text{}
	for _, s := range l.Is {
		is = append(is, lang.All(s))
	}
	return json.Marshal(struct {
		Section Section       `json:"section"`
		Key     string        `json:"key"`
		Name    lang.Text     `json:"name"`
		Is      []lang.Text   `json:"is"`
		From    calendar.Date `json:"from,omitzero"`
		Until   calendar.Date `json:"until,omitzero"`
		Cite    law.Cite      `json:"cite"`
		Act     lang.Text     `json:"act"`
		Sure    law.Sure      `json:"sure"`
	}{l.Section, l.Key, lang.All(l.Name), is, l.From, l.Until, l.Cite, lang.All(l.Cite), l.Sure})
}

// A Book is the rules of a service on a day.
type Book struct {
	Service law.Service   `json:"-"`
	Code    string        `json:"service"`
	On      calendar.Date `json:"on"`
	Edition law.Edition   `json:"edition"`
	Lines   []Line        `json:"rules"`
}

// Of returns the lines of a section.
func (b Book) Of(s Section) []Line {
	var list []Line
	for _, l := range b.Lines {
		if l.Section == s {
			list = append(list, l)
		}
	}
	return list
}

// On gathers the rules of a service on a day. A day before any law we know is an
// error.
func On(s law.Service, on calendar.Date) (Book, error) {
	edition, err := law.EditionOn(on)
	if err != nil {
		return Book{}, err
	}
	b := Book{Service: s, Code: s.Code(), On: on, Edition: edition}
	if err := b.steps(); err != nil {
		return Book{}, err
	}
	b.rules(Facts, law.FactsFor(s.Operation, s.Scheme, on))
	b.terms()
	b.rules(Documents, law.DocumentsFor(s.Operation, s.Scheme, on))
	b.rules(Checklist, law.Checklist(s.Operation, s.Scheme, on))
	b.rules(Returns, law.ReturnReasons(on))
	b.rules(Grounds, law.GroundsFor(s.Operation, s.Scheme, on))
	if err := b.categories(); err != nil {
		return Book{}, err
	}
	b.ratios()
	b.window()
	b.rates()
	return b, nil
}

func (b *Book) add(l Line) { b.Lines = append(b.Lines, l) }

// steps are the rows of the table this service can come to. A row holds since its
// edition does.
func (b *Book) steps() error {
	steps, err := diagram.StepsOf(diagram.Asked{Operation: b.Service.Operation, Scheme: b.Service.Scheme, On: b.On})
	if err != nil {
		return err
	}
	edition, err := law.EditionSource(b.On)
	if err != nil {
		return err
	}
	for _, group := range alike(steps) {
		s := group[0]
		var from, to states
		for _, x := range group {
			from = append(from, x.From)
			if !slices.Contains(to, x.To) {
				to = append(to, x.To)
			}
		}
		is := lang.M("rulebook.step", lang.Args{"who": s.By, "from": from, "to": to})
		if s.From == s.To {
			is = lang.M("rulebook.step-stays", lang.Args{"who": s.By, "from": from})
		}
		key := fmt.Sprint("step ", from[0], " ", s.Act, " ", to[0], " ", s.If)
		if s.Act == procedure.GoOn {
			key += " " + string(s.By) // the clock's, or the executor's
		}
		b.add(Line{
			Section: Steps, Key: key, Name: s.Act, Is: said(is, condition(s.If)),
			Sourced: law.Sourced{From: edition.From, Until: edition.Until, Cite: s.Cite, Sure: s.Sure},
		})
	}
	return nil
}

// states say themselves one after the other.
type states []procedure.State

// In names the states.
func (list states) In(t lang.Tag) string {
	var names []string
	for _, s := range list {
		names = append(names, s.In(t))
	}
	return strings.Join(names, ", ")
}

// alike puts together the rows that differ only in the state they begin in: an
// act that may come at any time is one rule and not ten.
func alike(steps []procedure.Step) [][]procedure.Step {
	var groups [][]procedure.Step
	for _, s := range steps {
		i := slices.IndexFunc(groups, func(g []procedure.Step) bool {
			o := g[0]
			return o.Act == s.Act && o.By == s.By && o.If == s.If && o.Cite == s.Cite && o.Sure == s.Sure && (o.To == s.To || o.From == o.To && s.From == s.To)
		})
		if i < 0 {
			groups, i = append(groups, nil), len(groups)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

func condition(k procedure.Condition) lang.Speaker {
	if k == procedure.Always {
		return nil
	}
	return k
}

// said leaves out what says nothing.
func said(list ...lang.Speaker) []lang.Speaker {
	var kept []lang.Speaker
	for _, s := range list {
		if s != nil {
			kept = append(kept, s)
		}
	}
	return kept
}

func (b *Book) terms() {
	for _, t := range procedure.Terms {
		if !b.has(t.After) {
			continue // nothing begins it: no fee, no time to pay it
		}
		v, err := law.TermOn(t.Name, b.Service.Operation, b.Service.Scheme, b.On)
		if err != nil {
			continue
		}
		b.add(Line{
			Section: Terms, Key: "term " + string(t.Name), Name: t.Name,
			Is: said(v.Term, lang.M("rulebook.term", lang.Args{"after": t.After, "whose": t.Whose})), Sourced: v.Sourced,
		})
	}
}

// has reports whether an act is among the steps gathered.
func (b *Book) has(a procedure.Act) bool {
	return slices.ContainsFunc(b.Of(Steps), func(l Line) bool { return l.Name == a })
}

func (b *Book) rules(section Section, rules []law.Rule) {
	for _, r := range rules {
		var is []lang.Speaker
		if section == Documents && r.Required {
			is = append(is, lang.M("rulebook.required"))
		}
		if r.Expires {
			is = append(is, lang.M("rulebook.expires"))
		}
		if r.Cure != (lang.Text{}) {
			is = append(is, lang.M("rulebook.cure", lang.Args{"cure": r.Cure}))
		}
		b.add(Line{Section: section, Key: string(section) + " " + r.Key, Name: r.Name, Is: is, Sourced: r.Sourced})
	}
}
