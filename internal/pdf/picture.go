package pdf

import "fmt"

// A Picture is a drawing made once and shown in many documents, such as the
// border of a form. It never changes.
type Picture struct {
	width, height float64
	compressed    []byte
}

// NewPicture returns what draw draws on an empty page of a size in points. Only
// shapes can be drawn; text belongs to a document.
func NewPicture(width, height float64, draw func(*Page)) *Picture {
	d := New(Info{})
	p := d.AddPage(width, height)
	p.bare = true
	draw(p)
	return &Picture{width, height, deflate(p.content.Bytes(), thorough)}
}

// Show draws a picture with its top left corner at a point.
func (p *Page) Show(pic *Picture, x, y float64) {
	p.enter(p.doc.tree.shape())
	n := p.doc.picture(pic)
	p.content.WriteString("q\n")
	p.op("cm", 1, 0, 0, 1, x, p.Height-y-pic.height)
	fmt.Fprintf(&p.content, "/X%d Do\nQ\n", n)
}

func (d *Document) picture(pic *Picture) int {
	for i, s := range d.pictures {
		if s == pic {
			return i
		}
	}
	d.pictures = append(d.pictures, pic)
	return len(d.pictures) - 1
}

func (pic *Picture) write(w *file) int {
	n := w.reserve()
	w.stream(n, fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %s %s]", number(pic.width), number(pic.height)), pic.compressed)
	return n
}
