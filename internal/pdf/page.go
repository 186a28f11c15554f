package pdf

import "bytes"

// A Page is what has been drawn on one page.
type Page struct {
	Width, Height float64 // points

	doc     *Document
	content bytes.Buffer
	buf     []byte // for one operation
	fill    Color  // as last set
	stroke  Color
	size    float64
	font    int // of doc.faces, as last set
	marks   []*element
	in      *element // that the page is drawing now; nil is decoration
	inside  bool     // a mark is open
	number  int      // of the object
	bare    bool     // a picture: nothing is marked
	spacing float64  // between letters, as last set
}

// A Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// The sizes of paper, upright, in points.
const (
	A4Width, A4Height = 210 * MM, 297 * MM
	A5Width, A5Height = 148 * MM, 210 * MM
)

// AddPage adds a page of a size in points.
func (d *Document) AddPage(width, height float64) *Page {
	p := &Page{Width: width, Height: height, doc: d, font: -1}
	d.pages = append(d.pages, p)
	return p
}

// op writes numbers and an operator.
func (p *Page) op(name string, nums ...float64) {
	b := p.buf[:0]
	for _, v := range nums {
		b = append(appendNumber(b, v), ' ')
	}
	b = append(append(b, name...), '\n')
	p.content.Write(b)
	p.buf = b
}

func (p *Page) setFill(c Color) {
	if p.fill != c {
		p.op("rg", share(c.R), share(c.G), share(c.B))
		p.fill = c
	}
}

func (p *Page) setStroke(c Color) {
	if p.stroke != c {
		p.op("RG", share(c.R), share(c.G), share(c.B))
		p.stroke = c
	}
}

func share(v uint8) float64 { return float64(v) / 255 }

// Type is how a text is set.
type Type struct {
	Font  *Font
	Size  float64 // points
	Color Color
	Apart float64 // points between letters, besides their own
}

// Width returns how wide a text is in points.
func (t Type) Width(s string) float64 {
	w := t.Font.Width(s, t.Size)
	if t.Apart != 0 {
		w += t.Apart * float64(len([]rune(s)))
	}
	return w
}

// Text sets a line with its baseline at y, from x on.
func (p *Page) Text(x, y float64, t Type, s string) { p.Spread(x, y, t, s, 0) }

// Spread sets a line as Text does, with every space wider by some points.
func (p *Page) Spread(x, y float64, t Type, s string, wider float64) {
	if s == "" {
		return
	}
	p.enter(p.doc.tree.text())
	p.setType(t)
	f := p.doc.faces[p.font]
	b := append(p.buf[:0], "BT "...)
	b = append(appendNumber(b, x), ' ')
	b = append(appendNumber(b, p.Height-y), " Td [<"...)
	for _, r := range s {
		g := f.glyph(r)
		if g == 0 && p.doc.missing == nil {
			p.doc.missing = &Missing{r, s}
		}
		b = appendHex(b, f.take(g, r))
		if r == ' ' && wider != 0 {
			b = append(b, '>')
			b = append(appendNumber(b, -wider*1000/t.Size), '<')
		}
	}
	b = append(b, ">] TJ ET\n"...)
	p.content.Write(b)
	p.buf = b
}

func (p *Page) setType(t Type) {
	p.setFill(t.Color)
	if n := p.doc.face(t.Font); n != p.font || t.Size != p.size {
		p.font, p.size = n, t.Size
		p.content.WriteString("/F")
		p.buf = append(appendNumber(p.buf[:0], float64(n)), ' ')
		p.content.Write(p.buf)
		p.op("Tf", t.Size)
	}
	p.apart(t.Apart)
}

func (p *Page) apart(v float64) {
	if v != p.spacing {
		p.op("Tc", v)
		p.spacing = v
	}
}
