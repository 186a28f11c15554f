// Package font holds the fonts of the authority's papers: Noto Sans and Noto
// Serif, cut down to the characters of Latin and Cyrillic. README.md says how.
//
// They are under the SIL Open Font License; see OFL.txt.
package font

import (
	"embed"
	"sync"

	"ruqsat/internal/pdf"
)

//go:embed *.ttf
var files embed.FS

// The fonts, read once. They panic on a file that cannot be read: it is part of
// the program, and a test reads it.
var (
	Sans      = load("NotoSans-Regular", pdf.Style{})
	SansBold  = load("NotoSans-Bold", pdf.Style{Bold: true})
	Serif     = load("NotoSerif-Regular", pdf.Style{Serif: true})
	SerifBold = load("NotoSerif-Bold", pdf.Style{Serif: true, Bold: true})
)

func load(name string, style pdf.Style) func() *pdf.Font {
	return sync.OnceValue(func() *pdf.Font {
		raw, err := files.ReadFile(name + ".ttf")
		if err != nil {
			panic(err)
		}
		f, err := pdf.ParseFont(name, style, raw)
		if err != nil {
			panic(err)
		}
		return f
	})
}
