package pdf

// A Pen draws lines.
type Pen struct {
	Width float64 // points
	Color Color
	Dash  []float64 // points drawn and left out by turns; nil is a full line
	Round bool      // ends and corners
}

// Line draws a straight line.
func (p *Page) Line(x1, y1, x2, y2 float64, pen Pen) {
	p.enter(p.doc.tree.shape())
	p.take(pen)
	p.op("m", x1, p.Height-y1)
	p.op("l", x2, p.Height-y2)
	p.op("S")
}

// Frame draws the outline of a rectangle.
func (p *Page) Frame(x, y, w, h float64, pen Pen) {
	p.enter(p.doc.tree.shape())
	p.take(pen)
	p.op("re", x, p.Height-y-h, w, h)
	p.op("S")
}

// Fill fills rectangles, each given as x, y, width and height, with a colour.
func (p *Page) Fill(c Color, rects ...[4]float64) {
	p.enter(p.doc.tree.shape())
	p.setFill(c)
	for _, r := range rects {
		p.op("re", r[0], p.Height-r[1]-r[3], r[2], r[3])
	}
	p.op("f")
}

func (p *Page) take(pen Pen) {
	p.setStroke(pen.Color)
	p.op("w", pen.Width)
	end := 0.0
	if pen.Round {
		end = 1
	}
	p.op("J", end)
	p.op("j", end)
	p.buf = append(p.buf[:0], '[')
	for _, v := range pen.Dash {
		p.buf = append(appendNumber(p.buf, v), ' ')
	}
	p.buf = append(p.buf, "] 0 d\n"...)
	p.content.Write(p.buf)
}

// A Path is a figure made of straight lines and curves.
type Path struct{ steps []step }

type step struct {
	op   string
	nums []float64 // x and y by turns
}

// Move begins a new figure at a point.
func (f *Path) Move(x, y float64) *Path { return f.add("m", x, y) }

// To draws a line to a point.
func (f *Path) To(x, y float64) *Path { return f.add("l", x, y) }

// Curve draws a curve to the last point, drawn towards the first two.
func (f *Path) Curve(x1, y1, x2, y2, x, y float64) *Path { return f.add("c", x1, y1, x2, y2, x, y) }

// Close draws a line back to where the figure began.
func (f *Path) Close() *Path { return f.add("h") }

func (f *Path) add(op string, nums ...float64) *Path {
	f.steps = append(f.steps, step{op, nums})
	return f
}

// At returns the path moved, turned and scaled: each point goes to
// (x + a·px + c·py, y + b·px + d·py).
func (f *Path) At(x, y, a, b, c, d float64) *Path {
	var moved Path
	for _, s := range f.steps {
		nums := make([]float64, len(s.nums))
		for i := 0; i+1 < len(nums); i += 2 {
			px, py := s.nums[i], s.nums[i+1]
			nums[i], nums[i+1] = x+a*px+c*py, y+b*px+d*py
		}
		moved.add(s.op, nums...)
	}
	return &moved
}

// Draw draws the outline of a path.
func (p *Page) Draw(f *Path, pen Pen) {
	p.enter(p.doc.tree.shape())
	p.take(pen)
	p.walk(f)
	p.op("S")
}

// FillPath fills a path. Where it runs around a place twice, it leaves a hole.
func (p *Page) FillPath(f *Path, c Color) {
	p.enter(p.doc.tree.shape())
	p.setFill(c)
	p.walk(f)
	p.op("f*")
}

func (p *Page) walk(f *Path) {
	for _, s := range f.steps {
		var nums [6]float64
		for i, v := range s.nums {
			nums[i] = v
			if i%2 == 1 {
				nums[i] = p.Height - v
			}
		}
		p.op(s.op, nums[:len(s.nums)]...)
	}
}
