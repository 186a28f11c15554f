package document

import (
	"sync"

	"ruqsat/internal/pdf"
)

// horn is the қошқар мүйіз, the ram's horn of Kazakh felt and carpets, drawn by
// us: it grows out of the origin, two units wide and one high, upwards.
func horn() *pdf.Path {
	var p pdf.Path
	for _, side := range []float64{1, -1} {
		p.Move(0, 0).
			Curve(side*0.04, -0.50, side*0.24, -1, side*0.58, -1).
			Curve(side*0.86, -1, side*0.98, -0.78, side*0.93, -0.56).
			Curve(side*0.88, -0.35, side*0.62, -0.30, side*0.53, -0.46).
			Curve(side*0.46, -0.60, side*0.58, -0.74, side*0.70, -0.64)
	}
	return &p
}

// diamond is a lozenge around the origin, as wide and high as given.
func diamond(x, y, w, h float64) *pdf.Path {
	return new(pdf.Path).Move(x, y-h/2).To(x+w/2, y).To(x, y+h/2).To(x-w/2, y).Close()
}

// crest is the small figure in the middle of a letterhead: four horns grown
// together around a lozenge.
func crest(p *pdf.Page, x, y, size float64) {
	u := size / 2.3
	pen := pdf.Pen{Width: size / 22, Color: deep, Round: true}
	h := horn()
	p.Draw(h.At(x, y-u*0.14, u*0.62, 0, 0, u), pen)
	p.Draw(h.At(x, y+u*0.14, u*0.62, 0, 0, -u), pen)
	pen.Color = gold
	p.Draw(h.At(x+u*0.14, y, 0, u*0.62, -u, 0), pen)
	p.Draw(h.At(x-u*0.14, y, 0, u*0.62, u, 0), pen)
	p.FillPath(diamond(x, y, u*0.34, u*0.34), deep)
}

// rule is the line under a letterhead: turquoise, and thin gold beneath.
func rule(p *pdf.Page, x, y, width float64) {
	p.Fill(sky, [4]float64{x, y, width, 1.6})
	p.Fill(gold, [4]float64{x, y + 3, width, 0.5})
}

// Where the border of a permit lies, in points from the edges of the paper.
const (
	borderAt   = 8 * mm
	borderWide = 10 * mm
)

// border is the frame of a permit: a band of horns between two lines, with a
// rosette in each corner. It is drawn once and shown in every permit.
var border = sync.OnceValue(func() *pdf.Picture {
	return pdf.NewPicture(pdf.A4Width, pdf.A4Height, func(p *pdf.Page) {
		w, h := pdf.A4Width, pdf.A4Height
		watermark(p, w/2, h*0.54)
		frames(p, w, h)
		band(p, borderAt+borderWide/2, w, h)
		for _, c := range [][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			x := borderAt + borderWide/2 + c[0]*(w-2*borderAt-borderWide)
			y := borderAt + borderWide/2 + c[1]*(h-2*borderAt-borderWide)
			crest(p, x, y, borderWide*0.82)
		}
	})
})

// watermark is a large crest, so pale that text on it reads as on white.
func watermark(p *pdf.Page, x, y float64) {
	pale := pdf.Color{R: 0xef, G: 0xf8, B: 0xfa}
	const unit = 42 * mm
	pen := pdf.Pen{Width: 2.6 * mm, Color: pale, Round: true}
	for _, turn := range [][4]float64{{1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, -1, 0}, {0, 1, 1, 0}} {
		const slim = 0.8
		p.Draw(horn().At(x, y, turn[0]*unit*slim, turn[1]*unit*slim, turn[2]*unit*1.25, turn[3]*unit*1.25), pen)
	}
	p.FillPath(diamond(x, y, unit*0.3, unit*0.3), pale)
}

func frames(p *pdf.Page, w, h float64) {
	frame := func(in float64, pen pdf.Pen) { p.Frame(in, in, w-2*in, h-2*in, pen) }
	frame(borderAt, pdf.Pen{Width: 1.6, Color: sky})
	frame(borderAt+2.2, pdf.Pen{Width: 0.5, Color: gold})
	frame(borderAt+borderWide-2.2, pdf.Pen{Width: 0.5, Color: gold})
	frame(borderAt+borderWide, pdf.Pen{Width: 0.9, Color: sky})
}

// band draws the horns along the four sides, inwards and outwards by turns.
func band(p *pdf.Page, in, w, h float64) {
	const step = 7.6 * mm
	unit := borderWide * 0.27
	side := func(length float64, at func(along float64, out float64) (x, y, a, b, c, d float64)) {
		room := length - 2*in - borderWide
		n := int(room / step)
		for i := range n {
			along := in + borderWide/2 + room/float64(n)*(float64(i)+0.5)
			out := 1.0
			if i%2 == 1 {
				out = -1
			}
			x, y, a, b, c, d := at(along, out)
			p.Draw(horn().At(x, y, a*unit, b*unit, c*unit, d*unit), pdf.Pen{Width: 0.75, Color: deep, Round: true})
		}
		for i := 0; i <= n; i++ {
			x, y, _, _, _, _ := at(in+borderWide/2+room/float64(n)*float64(i), 0)
			p.FillPath(diamond(x, y, unit*0.55, unit*0.55), gold)
		}
	}
	side(w, func(t, out float64) (x, y, a, b, c, d float64) { return t, in + out*unit/2, 1, 0, 0, out })
	side(w, func(t, out float64) (x, y, a, b, c, d float64) { return t, h - in - out*unit/2, 1, 0, 0, -out })
	side(h, func(t, out float64) (x, y, a, b, c, d float64) { return in + out*unit/2, t, 0, 1, out, 0 })
	side(h, func(t, out float64) (x, y, a, b, c, d float64) { return w - in - out*unit/2, t, 0, 1, -out, 0 })
}
