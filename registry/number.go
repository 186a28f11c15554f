package registry

import (
	"fmt"
	"strings"
	"unicode"

	"ruqsat/problem"
)

// FormatNumber returns the number of the n-th permit of a region, two digits of
// KATO: KZ27IRS00000001. The pattern is that of the electronic licences, and
// assumed: no permit has been seen.
func FormatNumber(region string, n int64) string { return fmt.Sprintf("KZ%sIRS%08d", region, n) }

// maxNumber is how long a number may be; those of old registers differ.
const maxNumber = 40

// typed maps the Cyrillic letters a number may be typed with to those of the
// register: ИРС is what the letters IRS stand for, the others look alike.
var typed = map[rune]rune{
	'К': 'K', 'З': 'Z', 'И': 'I', 'І': 'I', 'Р': 'R', 'С': 'S',
	'А': 'A', 'В': 'B', 'Е': 'E', 'М': 'M', 'Н': 'H', 'О': 'O', 'Т': 'T', 'Х': 'X',
}

// ParseNumber returns the number in s as the register writes it: Latin capitals,
// digits and strokes. Spaces and dashes do not count, and small or Cyrillic
// letters are taken for what they look like.
func ParseNumber(s string) (string, error) {
	n := strings.Map(func(r rune) rune {
		r = unicode.ToUpper(r)
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r):
			return -1
		case typed[r] != 0:
			return typed[r]
		}
		return r
	}, s)
	if n == "" || len(n) > maxNumber || strings.ContainsFunc(n, foreign) {
		return "", problem.New(problem.Invalid, "registry.bad-number").At("number")
	}
	return n, nil
}

// foreign reports whether no number has the character.
func foreign(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '/'
}
