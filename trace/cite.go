package trace

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"ruqsat/law"
)

// cited is what a text cites: acts, and places in them.
type cited map[string]bool

// act reports whether any place of an act is cited.
func (c cited) act(short string) bool {
	for id := range c {
		if id == short || strings.HasPrefix(id, short+" ¶ ") || strings.HasPrefix(id, short+" art. ") {
			return true
		}
	}
	return false
}

// margin is how a line of a comment ends and the next begins.
var margin = regexp.MustCompile(`\s*\n\s*(//|#)?\s*`)

// joined is a text without its lines, so that a citation broken between two of
// them is whole.
func joined(text string) string { return margin.ReplaceAllString(text, " ") }

// regulation is what a paragraph is of, where no act is named before it: the
// project speaks mostly of one.
const regulation = "WKO 142/2017"

// near is how many bytes behind an act a paragraph is still taken to be of it.
const near = 200

// The parts of a citation: an act; a paragraph or article; more of them after a
// comma or a dash.
var (
	paragraph = `¶ ?(\d+(?:-\d+)?)((?:\(\d+\))?(?:(?:, ?|–|-)\(\d+\))*)`
	article   = `art\. (\d+(?:-\d+)?)`
	subpoint  = regexp.MustCompile(`(, ?|–|-)?\((\d+)\)`)
	other     = regexp.MustCompile(`(?:RFC|ISO|GOST|ГОСТ|PDF) [\d.]+`)
)

// citations finds what a text cites. "WKO 142/2017 ¶ 7(1), (2)" cites two places,
// "¶ 10(5)–(8)" four. A text with lines in it is joined first.
func citations(text string) cited {
	text = joined(text)
	found := cited{}
	act, at := "", 0
	for _, m := range token().FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		switch {
		case part(1) != "":
			act, at = part(1), m[1]
			found[act] = true
			continue
		case part(2) != "":
			act, at = "", m[1] // a standard of another kind: its paragraphs are not ours
			continue
		}
		of := act
		if act == "" && at == 0 || act != "" && m[0]-at > near {
			of = regulation
		}
		if of == "" && m[0]-at > near {
			of = regulation
		}
		if of == "" {
			continue
		}
		at = m[1]
		if part(5) != "" {
			found[of+" art. "+part(5)] = true
			continue
		}
		for _, place := range places(part(3), part(4)) {
			found[of+" ¶ "+place] = true
		}
	}
	return found
}

// token matches an act by its short name, another standard, or a place.
var token = sync.OnceValue(func() *regexp.Regexp {
	var names []string
	for _, a := range law.Acts() {
		names = append(names, regexp.QuoteMeta(a.Short))
	}
	return regexp.MustCompile(`(` + strings.Join(names, "|") + `)|(` + other.String() + `)|(?:` + paragraph + `)|(?:` + article + `)`)
})

// places are the places of a paragraph and its list of subpoints.
func places(point, list string) []string {
	all := []string{point}
	if list == "" {
		return all
	}
	all, last := nil, 0
	for _, m := range subpoint.FindAllStringSubmatch(list, -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		if m[1] == "–" || m[1] == "-" {
			for i := last + 1; i < n; i++ {
				all = append(all, fmt.Sprintf("%s(%d)", point, i))
			}
		}
		all, last = append(all, fmt.Sprintf("%s(%d)", point, n)), n
	}
	return all
}
