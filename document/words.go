package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ruqsat/document/font"
	"ruqsat/internal/pdf"
	"ruqsat/lang"
	"ruqsat/problem"
)

// tidy returns a text as it is printed: accents joined to their letters, every
// blank a space, and nothing that cannot be seen, for what cannot be seen can
// make a name read as another.
func tidy(s string) string {
	if plain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u202f':
			return '\u00a0' // keeps a figure together
		case unicode.IsSpace(r):
			return ' '
		case r == '\u00ad' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// plain reports whether tidy would leave s as it is, for most texts are so.
func plain(s string) bool {
	space := true // at the beginning, a space goes
	for _, r := range s {
		switch {
		case r == ' ':
			if space {
				return false
			}
			space = true
			continue
		case r < ' ' || r > '~' && (r < 'А' || r > 'я') && !strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІёЁ№«»–—₸§¶×·…“”’•", r):
			return false
		}
		space = false
	}
	return !space || s == ""
}

// Unprintable returns the first character of s that no paper can show, and
// whether there is one. Fields of names ask it while a form is filled in.
func Unprintable(s string) (rune, bool) {
	for _, r := range tidy(s) {
		if !font.Sans().Has(r) || !font.Serif().Has(r) {
			return r, true
		}
	}
	return 0, false
}

// unprintable says which character cannot be printed, and where it stands.
func unprintable(m *pdf.Missing) error {
	e := problem.New(problem.Invalid, "document.unprintable", lang.Args{
		"character": string(m.Rune), "code": codeOf(m.Rune), "text": excerpt(m.Text),
	})
	return e.Because(m)
}

func codeOf(r rune) string {
	const digits = "0123456789ABCDEF"
	s := ""
	for v := uint32(r); v > 0 || len(s) < 4; v >>= 4 {
		s = digits[v&15:v&15+1] + s
	}
	return "U+" + s
}

// excerpt keeps a message to one line.
func excerpt(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// breakLines breaks a text into lines no wider than width, the first of which
// begins further in. It breaks at spaces and after hyphens; a word wider than a
// line is broken where it must be. A line keeps the space at its end, lest a
// reader that joins lines joins words.
func breakLines(s string, t pdf.Type, width, indent float64) []string {
	var lines []string
	line := ""
	wide := func(text string) bool {
		room := width
		if len(lines) == 0 {
			room -= indent
		}
		return t.Width(strings.TrimSuffix(text, " ")) > room
	}
	if s != "" && !wide(s) { // most texts are short
		return []string{s}
	}
	for _, piece := range pieces(s) {
		if !wide(line + piece) {
			line += piece
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for wide(piece) {
			n := fitting(piece, t, width-indent)
			lines = append(lines, piece[:n])
			piece = piece[n:]
		}
		line = piece
	}
	if line = strings.TrimSuffix(line, " "); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces cuts a text where a line may end: after a space, unless a sign like №
// stands before it, and after a hyphen between two words of some length.
func pieces(s string) []string {
	var out []string
	from, letters := 0, 0 // letters since a line could last end
	var before, last rune
	for i, r := range s {
		space := last == ' ' && !strings.ContainsRune("№§¶", before)
		if space || last == '-' && letters > 2 && unicode.IsLetter(r) {
			out = append(out, s[from:i])
			from, letters = i, 0
		}
		if unicode.IsLetter(r) {
			letters++
		}
		before, last = last, r
	}
	return append(out, s[from:])
}

// fitting returns how many bytes of a word fit in a line: one character at least.
func fitting(word string, t pdf.Type, width float64) int {
	w, n := 0.0, 0
	for i, r := range word {
		w += t.Width(string(r))
		if w > width && i > 0 {
			return i
		}
		n = i + len(string(r))
	}
	return n
}
