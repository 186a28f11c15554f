package diagram

import (
	"slices"

	"ruqsat/lang"
)

// A Point is a place on a picture, in pixels from its left upper corner.
type Point struct{ X, Y float64 }

// A Rect is a part of a picture, in pixels.
type Rect struct{ X, Y, Width, Height float64 }

// overlaps reports whether two parts share more than an edge.
func (a Rect) overlaps(b Rect) bool {
	return a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height
}

// A Picture is a graph laid out: every node, arrow and word has its place. SVG
// and BPMN are written from it, so that they cannot differ.
type Picture struct {
	*Graph
	Lang          lang.Tag
	Width, Height float64
	Title         []string
	Lanes         []Strip
	Shapes        []Shape // by node
	Arrows        []Arrow // by flow
	Apart         *Strip  // above what may come at any time; nil if nothing may
	Legend        []string
	LegendAt      float64
	Mark          *Mark // where a case stands; nil for the rule itself
}

// A Strip is a lane, or a line of words across all.
type Strip struct {
	Lane  Lane
	Name  []string
	Place Rect
}

// A Shape is a node in its place.
type Shape struct {
	Rect
	Name []string
	Foot string
}

// middle is the middle of a shape.
func (s Shape) middle() Point { return Point{s.X + s.Width/2, s.Y + s.Height/2} }

// An Arrow is a flow in its place, with the words beside its head.
type Arrow struct {
	Points      []Point
	Left, Right []string
	LeftAt      Rect // empty where there are no words
	RightAt     Rect
}

// Space around things, in pixels.
const (
	edge      = 10.0
	pad       = 12.0
	trackStep = 9.0
	arrowRoom = 12.0
	titleLine = 20.0
	headRoom  = 40.0
)

// axis turns lines of the grid into pixels.
type axis struct {
	at      []float64 // by line
	borders []float64 // by channel: where a border between lanes may stand
	end     float64
}

// used reports on which lines of the grid arrows run.
func (r *router) used(down bool) map[int]bool {
	lines := map[int]bool{}
	for s := range r.segments {
		if s.down && down {
			lines[s.x] = true
		} else if !s.down && !down {
			lines[s.y] = true
		}
	}
	return lines
}

// across lays the columns out. Tracks nobody uses take no room.
func (r *router) across() axis {
	a := axis{at: make([]float64, r.width)}
	used := r.used(true)
	x := edge
	for line := 0; line < r.width; {
		x += pad
		for k := range tracks {
			if k == (tracks+1)/2 {
				a.borders = append(a.borders, x)
				x += pad / 2
			}
			a.at[line] = x
			if used[line] {
				x += trackStep
			}
			line++
		}
		x += pad / 2
		if line < r.width {
			a.at[line] = x + columnWidth/2
			x += columnWidth
			line++
		}
	}
	a.end = x
	return a
}

// down lays the rows out from y on, with room for words above the nodes.
func (r *router) down(y float64) (axis, []float64) {
	a := axis{at: make([]float64, r.height)}
	used := r.used(false)
	tops := make([]float64, r.rows) // of the nodes of each row
	for line, row := 0, 0; line < r.height; row++ {
		y += pad / 2
		for range tracks {
			if used[line] {
				y += trackStep
			}
			a.at[line] = y
			line++
		}
		if row < r.rows {
			tall, words := r.rowHeight(row)
			y += words + arrowRoom + r.apartRoom(row)
			tops[row] = y
			a.at[line] = y + tall/2
			y += tall
			line++
		}
	}
	a.end = y
	return a, tops
}

func (r *router) rowHeight(row int) (tall, words float64) {
	for c, n := range r.taken {
		if c.row == row {
			tall, words = max(tall, r.boxes[n].height), max(words, r.labels[n].height())
		}
	}
	return tall, words
}

// apartRoom is the room for the words above what may come at any time.
func (r *router) apartRoom(row int) float64 {
	if row == r.rows-1 && slices.ContainsFunc(r.Nodes, func(n Node) bool { return n.Kind == Apart }) {
		return 34
	}
	return 0
}

func (r *router) picture() Picture {
	p := Picture{Graph: r.Graph, Lang: r.tag}
	x := r.across()
	p.Width = x.end + edge
	p.Title = wrap(r.Graph.Title.In(r.tag), p.Width-2*edge-8, headSize, true)
	top := edge + float64(len(p.Title))*titleLine + 4
	y, tops := r.down(top + headRoom)
	bottom := y.end + 4
	p.lanes(r, x, top, bottom)
	for i, n := range r.Nodes {
		b := r.boxes[i]
		mid := x.at[lineOf(r.cells[i].col)]
		rowMiddle := y.at[lineOf(r.cells[i].row)]
		s := Shape{Rect{mid - b.width/2, rowMiddle - b.height/2, b.width, b.height}, b.name, b.foot}
		if n.Kind == End {
			s.Y = tops[r.cells[i].row]
		}
		p.Shapes = append(p.Shapes, s)
	}
	for i := range r.Flows {
		p.Arrows = append(p.Arrows, r.arrow(&p, i, x, y))
	}
	p.words(r)
	p.below(r, tops, bottom)
	return p
}

// lanes places the lanes, each between the borders around its columns.
func (p *Picture) lanes(r *router, x axis, top, bottom float64) {
	for i, l := range r.lanes {
		left, right := edge, p.Width-edge
		if i > 0 {
			left = x.borders[r.first[i]]
		}
		if i+1 < len(r.lanes) {
			right = x.borders[r.first[i+1]]
		}
		name := wrap(l.In(r.tag), right-left-12, headSize, true)
		p.Lanes = append(p.Lanes, Strip{l, name, Rect{left, top, right - left, bottom - top}})
	}
}

// arrow turns a way along the grid into points: the corners, and where it leaves
// and enters the nodes.
func (r *router) arrow(p *Picture, i int, x, y axis) Arrow {
	f, way := r.Flows[i], r.routes[i]
	var a Arrow
	for k, at := range way {
		last := len(way) - 1
		q := Point{x.at[at.x], y.at[at.y]}
		switch k {
		case 0:
			q = p.port(f.From, sideTo(way[0], way[1]), q)
		case last:
			q = p.port(f.To, sideTo(way[last], way[last-1]), q)
		}
		a.Points = append(a.Points, q)
	}
	a.Points = corners(a.Points)
	return a
}

// port is where an arrow meets a node on a side.
func (p *Picture) port(n int, d side, middle Point) Point {
	s := p.Shapes[n]
	bottom := s.Y + s.Height
	if p.Nodes[n].Kind == End {
		bottom = s.Y + eventSize
	}
	switch d {
	case north:
		return Point{middle.X, s.Y}
	case south:
		return Point{middle.X, bottom}
	case east:
		return Point{s.X + s.Width, middle.Y}
	}
	return Point{s.X, middle.Y}
}

// corners leaves out the points at which nothing turns.
func corners(points []Point) []Point {
	var list []Point
	for _, q := range points {
		for n := len(list); n >= 2; n = len(list) {
			a, b := list[n-2], list[n-1]
			if a.X == b.X && b.X == q.X || a.Y == b.Y && b.Y == q.Y {
				list = list[:n-1]
				continue
			}
			break
		}
		if n := len(list); n == 0 || list[n-1] != q {
			list = append(list, q)
		}
	}
	return list
}

// words puts what stands on the arrows into a node beside the last of its way:
// once, on the first of them.
func (p *Picture) words(r *router) {
	done := map[int]bool{}
	for i, f := range r.Flows {
		l := r.labels[f.To]
		if f.back || done[f.To] || l.height() == 0 {
			continue
		}
		done[f.To] = true
		a := &p.Arrows[i]
		head := a.Points[len(a.Points)-1]
		bottom := head.Y - arrowRoom
		if len(l.left) > 0 {
			h := float64(len(l.left)) * smallLine
			a.Left, a.LeftAt = l.left, Rect{head.X - 6 - labelWidth, bottom - h, labelWidth, h}
		}
		if len(l.right) > 0 {
			h := float64(len(l.right)) * smallLine
			a.Right, a.RightAt = l.right, Rect{head.X + 6, bottom - h, labelWidth, h}
		}
	}
}

// below places the words above what may come at any time, and the legend.
func (p *Picture) below(r *router, tops []float64, bottom float64) {
	if r.apartRoom(r.rows-1) > 0 {
		at := tops[r.rows-1] - 32
		p.Apart = &Strip{Name: wrap(lang.M("diagram.any-time").In(r.tag), p.Width-60, smallSize, true), Place: Rect{edge, at, p.Width - 2*edge, 16}}
	}
	p.LegendAt = bottom + 18
	for _, key := range []string{"diagram.legend-terms", "diagram.legend-assumed", "diagram.legend-source"} {
		p.Legend = append(p.Legend, wrap(lang.M(key, lang.Args{"act": p.Act}).In(r.tag), p.Width-2*edge-60, smallSize, false)...)
	}
	p.Height = p.LegendAt + float64(len(p.Legend))*smallLine + edge
}
