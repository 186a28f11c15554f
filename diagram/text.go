package diagram

import (
	"strings"

	"ruqsat/document/font"
	"ruqsat/internal/pdf"
)

// Sizes of letters and the space between lines, in pixels.
const (
	nameSize, nameLine   = 12.0, 15.0
	smallSize, smallLine = 10.5, 13.0
	headSize             = 13.0
)

// width is how wide a text is in our typeface.
func width(s string, size float64, bold bool) float64 {
	f := font.Sans()
	if bold {
		f = font.SansBold()
	}
	return measure(f, s, size)
}

func measure(f *pdf.Font, s string, size float64) float64 { return f.Width(s, size) }

// wrap breaks a text at spaces into lines no wider than most. A word wider than
// that stands on a line of its own, broken at the letter that would go beyond.
func wrap(s string, most, size float64, bold bool) []string {
	var lines []string
	for _, word := range strings.Fields(s) {
		for width(word, size, bold) > most {
			cut := fits(word, most, size, bold)
			lines = append(lines, word[:cut]+"-")
			word = word[cut:]
		}
		last := len(lines) - 1
		if last >= 0 && !strings.HasSuffix(lines[last], "-") && width(lines[last]+" "+word, size, bold) <= most {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// fits returns how many bytes of a word fit with a hyphen, at least one letter.
func fits(word string, most, size float64, bold bool) int {
	cut := 0
	for i, r := range word {
		if i > 0 && width(word[:i]+string(r)+"-", size, bold) > most {
			break
		}
		cut = i + len(string(r))
	}
	return cut
}
