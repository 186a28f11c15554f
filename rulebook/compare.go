package rulebook

import (
	"slices"

	"ruqsat/lang"
)

// A Kind is what happened to a rule between two days.
type Kind string

// What can happen.
const (
	Added   Kind = "added"
	Ended   Kind = "ended"
	Changed Kind = "changed" // it says something else
	Moved   Kind = "moved"   // it says the same, under another act, or surer or less sure
)

// In names the kind.
func (k Kind) In(t lang.Tag) string { return lang.M("rulebook.kind-" + string(k)).In(t) }

// A Change is a rule that is not the same on two days.
type Change struct {
	Kind    Kind    `json:"kind"`
	Section Section `json:"section"`
	Before  *Line   `json:"before,omitempty"`
	After   *Line   `json:"after,omitempty"`
}

// Line returns the rule as it is after, or as it was where it is no more.
func (c Change) Line() Line {
	if c.After != nil {
		return *c.After
	}
	return *c.Before
}

// Compare returns what changed from one book to another, in the order of the
// sections. What only began on another day under the same act is no change.
func Compare(before, after Book) []Change {
	var list []Change
	for _, section := range Sections {
		was, is := before.Of(section), after.Of(section)
		for _, l := range is {
			o, known := find(was, l.Key)
			switch {
			case !known:
				list = append(list, Change{Added, section, nil, &l})
			case !same(o, l):
				list = append(list, Change{Changed, section, &o, &l})
			case o.Cite != l.Cite || o.Sure != l.Sure:
				list = append(list, Change{Moved, section, &o, &l})
			}
		}
		for _, l := range was {
			if _, known := find(is, l.Key); !known {
				list = append(list, Change{Ended, section, &l, nil})
			}
		}
	}
	return list
}

func find(lines []Line, key string) (Line, bool) {
	i := slices.IndexFunc(lines, func(l Line) bool { return l.Key == key })
	if i < 0 {
		return Line{}, false
	}
	return lines[i], true
}

// same reports whether two lines say the same.
func same(a, b Line) bool {
	if a.Name.In(lang.RU) != b.Name.In(lang.RU) || len(a.Is) != len(b.Is) {
		return false
	}
	for i := range a.Is {
		if a.Is[i].In(lang.RU) != b.Is[i].In(lang.RU) {
			return false
		}
	}
	return true
}
