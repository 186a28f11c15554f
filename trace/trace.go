// Package trace finds, for each numbered item of the two documents the project
// was built from, and for each act of the law, where it is: in the data, in the
// code, on a page, in a scenario or a test. The table it makes is docs/trace.md.
//
// The items are in items.toml, in our own words. What carries one out is found by
// its citation in the files themselves: nobody keeps the table. It reads files and
// writes none. Start at [Find].
package trace

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"ruqsat/law"
)

//go:embed items.toml
var items string

// An Item is something the documents or the law ask for.
type Item struct {
	ID   string `toml:"id"`   // as it is cited: "WKO 142/2017 ¶ 7(1)"
	Says string `toml:"says"` // in our own words
	// Marks are what else tells that a file carries it out, where a citation does
	// not: a row of the data, the key of a sentence.
	Marks []string `toml:"marks"`
	// Act is set for a whole act: being on the list of acts is not enough.
	Act bool `toml:"act"`
}

// A Group is the items of one document.
type Group struct {
	Name  string `toml:"name"`
	Items []Item `toml:"item"`
}

// Groups returns the documents and their items, and last the acts of the law.
func Groups() ([]Group, error) {
	var list struct {
		Groups []Group `toml:"group"`
	}
	meta, err := toml.Decode(items, &list)
	if err != nil {
		return nil, fmt.Errorf("trace/items.toml: %w", err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return nil, fmt.Errorf("trace/items.toml: nobody reads %v", extra)
	}
	if len(list.Groups) == 0 {
		return nil, errors.New("trace/items.toml: no items")
	}
	last := &list.Groups[len(list.Groups)-1]
	last.Items = append(last.Items, unlisted(last.Items)...)
	return list.Groups, nil
}

// unlisted are the acts of law/data/acts.toml that the list does not name: each
// has to be somewhere all the same.
func unlisted(listed []Item) []Item {
	var more []Item
	for _, a := range law.Acts() {
		if !slices.ContainsFunc(listed, func(i Item) bool { return i.ID == a.Short }) {
			more = append(more, Item{ID: a.Short, Says: a.EN, Act: true})
		}
	}
	return more
}

// A Column is a kind of file.
type Column int

// The columns of the table.
const (
	Data   Column = iota // law/data, and the sentences
	Code                 // Go, without pages and tests
	Page                 // web
	Played               // scenarios and tests
	columns
)

// A Row is an item with the files that carry it out.
type Row struct {
	Item
	Group     string
	Files     [columns][]string
	Deviation bool // docs/deviations.md speaks of it
}

// Found reports whether anything carries the item out, or says why nothing does.
func (r Row) Found() bool {
	return r.Deviation || slices.ContainsFunc(r.Files[:], func(f []string) bool { return len(f) > 0 })
}

// Find looks for every item in the sources of the project, whose root is given.
func Find(source fs.FS) ([]Row, error) {
	groups, err := Groups()
	if err != nil {
		return nil, err
	}
	files, err := read(source)
	if err != nil {
		return nil, err
	}
	deviations, err := fs.ReadFile(source, "docs/deviations.md")
	if err != nil {
		return nil, err
	}
	excused := citations(string(deviations))
	var rows []Row
	for _, g := range groups {
		for _, item := range g.Items {
			row := Row{Item: item, Group: g.Name, Deviation: excused.names(item, string(deviations))}
			for _, f := range files {
				if f.carries(item) {
					row.Files[f.column] = append(row.Files[f.column], f.name)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// A file of the project, read for what it cites.
type file struct {
	name   string
	column Column
	text   string
	cites  cited
}

// carries reports whether a file has to do with an item.
func (f file) carries(i Item) bool {
	if i.Act && f.name == "law/data/acts.toml" {
		return false
	}
	return f.cites.names(i, f.text)
}

// names reports whether an item is cited, or one of its marks stands there.
func (c cited) names(i Item, text string) bool {
	if c[i.ID] || i.Act && c.act(i.ID) {
		return true
	}
	return slices.ContainsFunc(i.Marks, func(m string) bool { return strings.Contains(text, m) })
}

// read reads what can carry an item out.
func read(source fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && name != "." || name == "trace" || name == "data" || name == "bench" {
				return fs.SkipDir
			}
			return nil
		}
		column, ok := columnOf(name)
		if !ok {
			return nil
		}
		b, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		text := joined(string(b))
		files = append(files, file{name, column, text, citations(text)})
		return nil
	})
	if err == nil && len(files) == 0 {
		err = errors.New("no sources of the project here")
	}
	return files, err
}

// columnOf says what kind of file one is; most are of none.
func columnOf(name string) (Column, bool) {
	switch ext := path.Ext(name); {
	case strings.HasSuffix(name, "_templ.go"):
		return 0, false
	case strings.Contains(name, "/testdata/"), strings.HasSuffix(name, "_test.go"), name == "demo/cases.txt":
		return Played, ext == ".go" || ext == ".txt" || ext == ".json"
	case strings.HasPrefix(name, "law/data/"), strings.HasPrefix(name, "lang/catalog/"):
		return Data, ext == ".toml"
	case strings.HasPrefix(name, "web/"):
		return Page, ext == ".go" || ext == ".templ"
	}
	return Code, path.Ext(name) == ".go"
}
