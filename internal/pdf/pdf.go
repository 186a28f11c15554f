// Package pdf writes PDF files: text in embedded fonts, lines, filled shapes, and
// the structure that tells a screen reader what is a heading and in which
// language it speaks.
//
// The same calls give the same bytes. A font is read once and shared, and only
// the glyphs used are embedded, which makes a page a matter of a fraction of a
// millisecond. The package breaks no lines and turns no pages; see package
// document for that.
//
// Lengths are points from the top left corner of the page. Start at [New].
package pdf

import (
	"bytes"
	"fmt"
	"time"
)

// MM is a millimetre in points.
const MM = 72 / 25.4

// Info is what a file says about itself.
type Info struct {
	Title  string
	Author string
	Lang   string    // of what says no other language, like "kk"
	Made   time.Time // the only time in the file; zero leaves it out
}

// A Document is a PDF in the making. Its zero value is of no use; see [New].
type Document struct {
	info     Info
	pages    []*Page
	faces    []*face
	pictures []*Picture
	tree     tree
	missing  *Missing
}

// New returns a document without pages.
func New(info Info) *Document {
	d := &Document{info: info}
	d.tree.root = &element{tag: "Document"}
	d.tree.open = d.tree.root
	return d
}

// Missing is a character that a font does not have.
type Missing struct {
	Rune rune
	Text string // in which it stood
}

func (m *Missing) Error() string {
	return fmt.Sprintf("no glyph for %q (%U) in %q", m.Rune, m.Rune, m.Text)
}

// Pages returns the pages so far, for what can be written only when their
// number is known.
func (d *Document) Pages() []*Page { return d.pages }

func (d *Document) face(f *Font) int {
	for i, x := range d.faces {
		if x.Font == f {
			return i
		}
	}
	d.faces = append(d.faces, newFace(f))
	return len(d.faces) - 1
}

// Bytes returns the file. It fails with a [Missing] if a text had a character
// its font does not have: a paper with a gap in a name is none.
func (d *Document) Bytes() ([]byte, error) {
	if d.missing != nil {
		return nil, d.missing
	}
	for _, p := range d.pages {
		p.leave()
	}
	w := &file{}
	w.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	catalog, pages, info := w.reserve(), w.reserve(), w.reserve()
	resources := d.writeResources(w)
	d.writePages(w, pages, resources)
	structure := d.writeTree(w)
	w.object(catalog, "<</Type/Catalog/Pages %d 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
		pages, ascii(d.info.Lang), structure)
	w.object(info, "<</Title%s/Author%s/Producer(ruqsat)%s>>", text(d.info.Title), text(d.info.Author), made(d.info.Made))
	w.end(catalog, info)
	return w.Bytes(), nil
}

func made(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("/CreationDate(D:20060102150405Z)/ModDate(D:20060102150405Z)")
}

func (d *Document) writeResources(w *file) int {
	var out bytes.Buffer
	out.WriteString("<</Font<<")
	for i, x := range d.faces {
		fmt.Fprintf(&out, "/F%d %d 0 R", i, x.write(w))
	}
	out.WriteString(">>/XObject<<")
	for i, s := range d.pictures {
		fmt.Fprintf(&out, "/X%d %d 0 R", i, s.write(w))
	}
	out.WriteString(">>>>")
	n := w.reserve()
	w.object(n, "%s", out.Bytes())
	return n
}

func (d *Document) writePages(w *file, parent, resources int) {
	var kids bytes.Buffer
	for i, p := range d.pages {
		content := w.reserve()
		w.stream(content, "", deflate(p.content.Bytes(), fast))
		p.number = w.reserve()
		w.object(p.number, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S>>",
			parent, number(p.Width), number(p.Height), resources, content, i)
		fmt.Fprintf(&kids, "%d 0 R ", p.number)
	}
	w.object(parent, "<</Type/Pages/Count %d/Kids[%s]>>", len(d.pages), kids.Bytes())
}
