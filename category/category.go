// Package category proposes the category of a worker from the words of the
// position, in Russian, Kazakh or English.
//
// It proposes and does not decide: what counts is what the worker really does.
// It says by which words it went, what else it may be, and how sure it is. Which
// words speak for what is in law/data/positions.toml. Start at [Suggest].
package category

import (
	"slices"
	"strings"
	"unicode"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// A Suggestion is the category of a position, and why.
type Suggestion struct {
	Category   law.Category   // empty if the words say nothing
	Or         []law.Category // what else it may be
	Words      string         // the words of the position it went by
	Why        lang.Text
	Definition law.Definition // what the act of the day says of the category
	law.Sourced
}

// Certain reports whether the words speak for one category only.
func (s Suggestion) Certain() bool { return s.Category != "" && len(s.Or) == 0 }

// May reports whether a category is among those the words allow. Words that say
// nothing allow every category.
func (s Suggestion) May(c law.Category) bool {
	return s.Category == "" || s.Category == c || slices.Contains(s.Or, c)
}

// Transfer returns the kind of an intra-corporate transfer that goes with the
// category; there is none for skilled and seasonal workers (assumed).
func (s Suggestion) Transfer() (law.Category, bool) {
	c, ok := map[law.Category]law.Category{law.I: law.ICTHead, law.II: law.ICTManager, law.III: law.ICTSpecialist}[s.Category]
	return c, ok
}

// Suggest proposes a category for a position under the law of a day. Of what the
// words match, that with the most words counts; of as many, that which comes
// first in the position, and of those the longest. A position nothing is known of
// has a Suggestion without a category.
func Suggest(position string, on calendar.Date) Suggestion {
	words := split(position)
	var best Suggestion
	var weight match
	for _, p := range law.Positions(on) {
		for _, line := range p.Stems {
			m, ok := find(words, line)
			if ok && m.beats(weight) {
				weight = m
				best = Suggestion{Category: p.Category, Or: p.Or, Words: m.said, Why: p.Why, Sourced: p.Sourced}
			}
		}
	}
	for _, d := range law.Definitions(on) {
		if d.Key == string(best.Category) {
			best.Definition = d
		}
	}
	return best
}

// A match is where the stems of a line stand in a position.
type match struct {
	said    string
	stems   int
	at      int // of the first word
	letters int // of the stems
}

func (m match) beats(o match) bool {
	switch {
	case m.stems != o.stems:
		return m.stems > o.stems
	case m.at != o.at:
		return m.at < o.at
	}
	return m.letters > o.letters
}

// find looks for the stems of a line among words, in their order.
func find(words []string, line string) (match, bool) {
	m := match{at: -1}
	i := 0
	for stem := range strings.FieldsSeq(line) {
		for i < len(words) && !strings.HasPrefix(words[i], stem) {
			i++
		}
		if i == len(words) {
			return m, false
		}
		if m.at < 0 {
			m.at = i
		}
		m.letters += len(stem)
		m.said = strings.TrimSpace(m.said + " " + words[i])
		m.stems++
		i++
	}
	return m, true
}

// split parts a position into its words, in small letters and with е for ё.
func split(position string) []string {
	position = strings.ReplaceAll(strings.ToLower(position), "ё", "е")
	return strings.FieldsFunc(position, func(r rune) bool { return !unicode.IsLetter(r) })
}

// Explain tells how the suggestion came about, a line each.
func (s Suggestion) Explain() []lang.Message {
	if s.Category == "" {
		return []lang.Message{lang.M("category.unknown")}
	}
	args := lang.Args{"category": s.Category, "words": s.Words, "why": s.Why, "cite": s.Cite, "sure": s.Sure, "definition": s.Definition.Text}
	key := "category.certain"
	if len(s.Or) > 0 {
		key, args["or"] = "category.doubtful", s.Or[0]
	}
	return []lang.Message{lang.M(key, args), lang.M("category.why", args), lang.M("category.definition", args), lang.M("category.source", args)}
}
