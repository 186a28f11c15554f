// Package lang says things in Kazakh, Russian and English.
//
// Every sentence of the program stands in catalog/*.toml, the three languages
// side by side. A package passes a [Message] around, a key with its values, and
// only the edge that knows the reader's language turns it into words.
//
// It does not choose a language and knows nothing of permits. Start at [M].
package lang

import "slices"

// A Tag names a language as pages and documents do: kk, ru or en.
type Tag string

// The languages of the program. Kazakh and Russian are the official ones.
const (
	KK Tag = "kk"
	RU Tag = "ru"
	EN Tag = "en"
)

// Tags are all languages, the state language first.
var Tags = []Tag{KK, RU, EN}

// Official are the languages in which the authority's papers are made out.
var Official = []Tag{KK, RU}

// ParseTag returns the language s names, and whether there is one.
func ParseTag(s string) (Tag, bool) {
	t := Tag(s)
	return t, slices.Contains(Tags, t)
}

// A Text is one thing said in three languages.
type Text struct {
	KK string `toml:"kk" json:"kk"`
	RU string `toml:"ru" json:"ru"`
	EN string `toml:"en" json:"en,omitempty"`
}

// In returns the text in a language; where it has none in English, the Russian.
func (x Text) In(t Tag) string {
	switch {
	case t == KK && x.KK != "":
		return x.KK
	case t == EN && x.EN != "":
		return x.EN
	}
	return x.RU
}

// Same returns a text that reads the same in every language, such as a number.
func Same(s string) Text { return Text{s, s, s} }

// All returns what speaker says in the three languages.
func All(s Speaker) Text { return Text{s.In(KK), s.In(RU), s.In(EN)} }

// A Speaker is a value that says itself in a language: a day, a category, an
// amount, another message.
type Speaker interface{ In(Tag) string }
