package correspondence

import (
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/problem"
)

// needed notes a text that lacks an official language, or cannot be printed.
func needed(f *problem.Form, field string, x lang.Text) {
	if x.KK == "" || x.RU == "" {
		f.Wrong(field, "correspondence.missing")
		return
	}
	printable(f, field, x)
}

func printable(f *problem.Form, field string, x lang.Text) { printableUpTo(f, field, x, maxText) }

// printableUpTo notes a text of more letters than most, or one the fonts have
// not.
func printableUpTo(f *problem.Form, field string, x lang.Text, most int) {
	for _, s := range []string{x.KK, x.RU} {
		if len([]rune(s)) > most {
			f.Wrong(field, "correspondence.too-long", lang.Args{"n": most})
			return
		}
		if r, bad := document.Unprintable(s); bad {
			f.Wrong(field, "correspondence.unprintable", lang.Args{"character": string(r)})
			return
		}
	}
}
