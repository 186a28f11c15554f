package diagram

import (
	"fmt"
	"html"
	"strings"

	"ruqsat/law"
)

// The colours: ink and lines of the house, a term in amber, what is done in green.
const (
	ink, soft, line  = "#16323a", "#41616b", "#c4d4d8"
	frame, head      = "#0b7285", "#0b4a59"
	amber, amberPale = "#8a5a00", "#fff3d6"
	green, greenPale = "#1d6b3a", "#e4f3e8"
	laneEven         = "#f5f9fa"
	red              = "#a3242b"
	typeface         = "Noto Sans, Arial, sans-serif"
)

// A pen writes SVG. Everything is an attribute: pages forbid styles within.
type pen struct {
	strings.Builder
	id string // of this drawing, so that two on a page do not share a name
}

// SVG writes the picture. Its width is that of the page; in print it is as sharp
// as the printer.
func (p Picture) SVG() string {
	w := &pen{id: p.ID}
	w.f(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s" font-family="%s">`,
		p.Width, p.Height, p.Width, p.Height, html.EscapeString(strings.Join(p.Title, " ")), typeface)
	w.f(`<title>%s</title>`, html.EscapeString(strings.Join(p.Title, " ")))
	w.f(`<defs><marker id="%s-tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="%s"/></marker></defs>`, w.id, soft)
	w.f(`<rect width="%.0f" height="%.0f" fill="#ffffff"/>`, p.Width, p.Height)
	for i, l := range p.Title {
		w.text(Point{edge + 4, edge + titleLine*float64(i) + 14}, l, headSize, head, "start", true)
	}
	p.drawLanes(w)
	for i, a := range p.Arrows {
		p.drawArrow(w, i, a)
	}
	for i, s := range p.Shapes {
		p.drawShape(w, i, s)
	}
	for _, a := range p.Arrows {
		w.lines(a.Left, Point{a.LeftAt.X + a.LeftAt.Width, a.LeftAt.Y}, soft, "end")
		w.lines(a.Right, Point{a.RightAt.X, a.RightAt.Y}, amber, "start")
	}
	p.drawLegend(w)
	w.WriteString("</svg>\n")
	return w.String()
}

func (w *pen) f(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func (w *pen) text(at Point, s string, size float64, fill, anchor string, bold bool) {
	weight := ""
	if bold {
		weight = ` font-weight="700"`
	}
	w.f(`<text x="%.1f" y="%.1f" font-size="%.1f"%s fill="%s" text-anchor="%s">%s</text>`, at.X, at.Y, size, weight, fill, anchor, html.EscapeString(s))
}

// lines writes lines of small words, the first at the top.
func (w *pen) lines(lines []string, at Point, fill, anchor string) {
	for i, l := range lines {
		w.text(Point{at.X, at.Y + smallLine*float64(i) + 10}, l, smallSize, fill, anchor, false)
	}
}

func (p Picture) drawLanes(w *pen) {
	for i, l := range p.Lanes {
		fill := laneEven
		if i%2 == 1 {
			fill = "#ffffff"
		}
		r := l.Place
		w.f(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" stroke="%s"/>`, r.X, r.Y, r.Width, r.Height, fill, line)
		w.f(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#e3eef1" stroke="%s"/>`, r.X, r.Y, r.Width, headRoom-4, line)
		y := r.Y + (headRoom-4)/2 + 4.5 - 7.5*float64(len(l.Name)-1)
		for k, name := range l.Name {
			w.text(Point{r.X + r.Width/2, y + 15*float64(k)}, name, nameSize, head, "middle", true)
		}
	}
	if p.Apart != nil {
		r := p.Apart.Place
		w.f(`<path d="M%.1f %.1fH%.1f" stroke="%s" stroke-dasharray="6 4"/>`, r.X, r.Y, r.X+r.Width, soft)
		w.text(Point{r.X + 10, r.Y + 16}, p.Apart.Name[0], smallSize, soft, "start", true)
	}
}

func (p Picture) drawArrow(w *pen, i int, a Arrow) {
	if len(a.Points) < 2 {
		return
	}
	colour, wide := soft, 1.3
	if p.Mark != nil && p.Mark.passed[i] {
		colour, wide = green, 2.2
	}
	var d strings.Builder
	for k, q := range a.Points {
		d.WriteString(curve(a.Points, k, q))
	}
	w.f(`<path d="%s" fill="none" stroke="%s" stroke-width="%.1f" marker-end="url(#%s-tip)"/>`, d.String(), colour, wide, w.id)
}

// curve rounds the corners of an arrow.
func curve(points []Point, k int, q Point) string {
	if k == 0 {
		return fmt.Sprintf("M%.1f %.1f", q.X, q.Y)
	}
	if k == len(points)-1 {
		return fmt.Sprintf("L%.1f %.1f", q.X, q.Y)
	}
	in, out := toward(q, points[k-1]), toward(q, points[k+1])
	return fmt.Sprintf("L%.1f %.1fQ%.1f %.1f %.1f %.1f", in.X, in.Y, q.X, q.Y, out.X, out.Y)
}

// toward is a few pixels from one point to another, at most half of the way.
func toward(from, to Point) Point {
	const round = 5.0
	step := func(a, b float64) float64 {
		d := b - a
		return a + max(-round, min(round, d/2))
	}
	return Point{step(from.X, to.X), step(from.Y, to.Y)}
}

func (p Picture) drawShape(w *pen, i int, s Shape) {
	n, m := p.Nodes[i], s.middle()
	fill, stroke, wide := "#ffffff", frame, 1.5
	if p.Mark != nil {
		fill, stroke, wide = p.Mark.look(i, fill, stroke, wide)
	}
	dash := ""
	if n.Sure == law.Assumed {
		dash = ` stroke-dasharray="5 3"`
	}
	switch n.Kind {
	case Start:
		w.f(`<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s" stroke="%s" stroke-width="%.1f"/>`, m.X, m.Y, eventSize/2, fill, stroke, wide)
	case End:
		w.f(`<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s" stroke="%s" stroke-width="3.5"/>`, m.X, s.Y+eventSize/2, eventSize/2-1, fill, stroke)
		w.lines(s.Name, Point{m.X, s.Y + eventSize + 3}, ink, "middle")
	case Choice:
		w.f(`<path d="M%.1f %.1fL%.1f %.1f %.1f %.1f %.1f %.1fz" fill="%s" stroke="%s" stroke-width="%.1f"%s/>`,
			m.X, s.Y, s.X+s.Width, m.Y, m.X, s.Y+s.Height, s.X, m.Y, fill, stroke, wide, dash)
		p.drawWords(w, s, smallSize, smallLine)
	default:
		w.f(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6" fill="%s" stroke="%s" stroke-width="%.1f"%s/>`, s.X, s.Y, s.Width, s.Height, fill, stroke, wide, dash)
		p.drawWords(w, s, nameSize, nameLine)
	}
	if p.Mark != nil && p.Mark.done[i] && n.Kind == Task {
		w.f(`<circle cx="%.1f" cy="%.1f" r="8" fill="%s"/><path d="M%.1f %.1fl3 3 5-6" fill="none" stroke="#ffffff" stroke-width="1.8"/>`, s.X+s.Width-2, s.Y+2, green, s.X+s.Width-6, s.Y+2)
	}
}

// drawWords writes the name in the middle of a shape, and the paragraph below it.
func (p Picture) drawWords(w *pen, s Shape, size, step float64) {
	if len(s.Name) == 0 {
		return
	}
	m := s.middle()
	tall := step * float64(len(s.Name))
	if s.Foot != "" {
		tall += smallLine
	}
	y := m.Y - tall/2
	for k, l := range s.Name {
		w.text(Point{m.X, y + step*float64(k) + size}, l, size, ink, "middle", true)
	}
	if s.Foot != "" {
		w.text(Point{m.X, y + step*float64(len(s.Name)) + smallSize}, s.Foot, smallSize-0.5, soft, "middle", false)
	}
}

func (p Picture) drawLegend(w *pen) {
	y := p.LegendAt
	for i, l := range p.Legend {
		w.text(Point{edge + 4, y + smallLine*float64(i)}, l, smallSize, soft, "start", false)
	}
}
