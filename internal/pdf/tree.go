package pdf

import (
	"bytes"
	"fmt"
)

// A tree is the structure of a document: what a screen reader follows.
type tree struct {
	root *element
	open *element // that is being filled; root, between elements
}

// An element is a part of the structure with its content: other elements, or
// marks on pages.
type element struct {
	tag, lang, alt string
	parent         *element
	kids           []kid
	number         int // of the object
}

type kid struct {
	element *element
	page    *Page // of a mark
	mark    int
}

// Begin opens an element, like P or H1, inside the one that is open. What is set
// until [Document.End] belongs to it, on whatever page. The language may be
// empty: that of the element around it.
func (d *Document) Begin(tag, lang string) { d.begin(&element{tag: tag, lang: lang}) }

// BeginFigure opens a figure that is read out as words. Shapes drawn in it
// belong to it; all others are decoration.
func (d *Document) BeginFigure(alt, lang string) {
	d.begin(&element{tag: "Figure", lang: lang, alt: alt})
}

func (d *Document) begin(e *element) {
	e.parent = d.tree.open
	e.parent.kids = append(e.parent.kids, kid{element: e})
	d.tree.open = e
}

// End closes the element that is open.
func (d *Document) End() { d.tree.open = d.tree.open.parent }

// text is the element that a text set now belongs to. Between elements it is
// decoration, like the number of a page.
func (t *tree) text() *element {
	if t.open == t.root {
		return nil
	}
	return t.open
}

// shape is the element that a shape drawn now belongs to.
func (t *tree) shape() *element {
	if t.open.tag != "Figure" {
		return nil
	}
	return t.open
}

// enter makes what is drawn next belong to an element, or to none.
func (p *Page) enter(e *element) {
	if p.bare || p.inside && p.in == e {
		return
	}
	p.leave()
	p.in, p.inside = e, true
	if e == nil {
		p.content.WriteString("/Artifact BMC\n")
		return
	}
	fmt.Fprintf(&p.content, "/%s<</MCID %d>>BDC\n", e.tag, len(p.marks))
	e.kids = append(e.kids, kid{page: p, mark: len(p.marks)})
	p.marks = append(p.marks, e)
}

// leave ends what is being drawn.
func (p *Page) leave() {
	if p.inside {
		p.content.WriteString("EMC\n")
		p.inside = false
	}
}

// writeTree writes the structure, and for each page which element each of its
// marks belongs to. It returns the number of the root.
func (d *Document) writeTree(w *file) int {
	root, parents := w.reserve(), w.reserve()
	d.tree.root.count(w)
	d.tree.root.write(w, root)
	var nums bytes.Buffer
	for i, p := range d.pages {
		fmt.Fprintf(&nums, "%d[", i)
		for _, e := range p.marks {
			fmt.Fprintf(&nums, "%d 0 R ", e.number)
		}
		nums.WriteString("]")
	}
	w.object(parents, "<</Nums[%s]>>", nums.Bytes())
	w.object(root, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", d.tree.root.number, parents, len(d.pages))
	return root
}

// count gives every element below e its number.
func (e *element) count(w *file) {
	e.number = w.reserve()
	for _, k := range e.kids {
		if k.element != nil {
			k.element.count(w)
		}
	}
}

func (e *element) write(w *file, parent int) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "<</Type/StructElem/S/%s/P %d 0 R", e.tag, parent)
	if e.lang != "" {
		out.WriteString("/Lang" + ascii(e.lang))
	}
	if e.alt != "" {
		out.WriteString("/Alt" + text(e.alt))
	}
	out.WriteString("/K[")
	for _, k := range e.kids {
		if k.element != nil {
			fmt.Fprintf(&out, "%d 0 R ", k.element.number)
		} else {
			fmt.Fprintf(&out, "<</Type/MCR/Pg %d 0 R/MCID %d>>", k.page.number, k.mark)
		}
	}
	out.WriteString("]>>")
	w.object(e.number, "%s", out.Bytes())
	for _, k := range e.kids {
		if k.element != nil {
			k.element.write(w, e.number)
		}
	}
}
