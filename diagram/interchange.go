package diagram

import "math"

// The places of a BPMN diagram, as its interchange wants them.

type interchange struct {
	ID    string `xml:"id,attr"`
	Plane plane  `xml:"bpmndi:BPMNPlane"`
}

type plane struct {
	ID      string      `xml:"id,attr"`
	Element string      `xml:"bpmnElement,attr"`
	Shapes  []bpmnShape `xml:"bpmndi:BPMNShape"`
	Edges   []bpmnEdge  `xml:"bpmndi:BPMNEdge"`
}

type bpmnShape struct {
	ID         string     `xml:"id,attr"`
	Element    string     `xml:"bpmnElement,attr"`
	Horizontal *bool      `xml:"isHorizontal,attr,omitempty"`
	Bounds     bounds     `xml:"dc:Bounds"`
	Label      *bpmnLabel `xml:"bpmndi:BPMNLabel"`
}

type bpmnEdge struct {
	ID        string     `xml:"id,attr"`
	Element   string     `xml:"bpmnElement,attr"`
	Waypoints []waypoint `xml:"di:waypoint"`
	Label     *bpmnLabel `xml:"bpmndi:BPMNLabel"`
}

type bpmnLabel struct {
	Bounds bounds `xml:"dc:Bounds"`
}

type waypoint struct {
	X int `xml:"x,attr"`
	Y int `xml:"y,attr"`
}

type bounds struct {
	X      int `xml:"x,attr"`
	Y      int `xml:"y,attr"`
	Width  int `xml:"width,attr"`
	Height int `xml:"height,attr"`
}

func boundsOf(r Rect) bounds {
	return bounds{round(r.X), round(r.Y), round(r.Width), round(r.Height)}
}

func round(v float64) int { return int(math.Round(v)) }

// poolHead is the strip above the lanes in which a modeller writes the title.
const poolHead = 30

func (p Picture) interchange() interchange {
	at := interchange{ID: "diagram", Plane: plane{ID: "plane", Element: "collaboration"}}
	upright := false
	first, last := p.Lanes[0].Place, p.Lanes[len(p.Lanes)-1].Place
	pool := Rect{first.X, first.Y - poolHead, last.X + last.Width - first.X, first.Height + poolHead}
	at.Plane.Shapes = append(at.Plane.Shapes, bpmnShape{ID: "place-pool", Element: "pool", Horizontal: &upright, Bounds: boundsOf(pool)})
	for _, l := range p.Lanes {
		at.Plane.Shapes = append(at.Plane.Shapes, bpmnShape{ID: "place-lane-" + string(l.Lane), Element: "lane-" + string(l.Lane), Horizontal: &upright, Bounds: boundsOf(l.Place)})
	}
	for i, n := range p.Nodes {
		at.Plane.Shapes = append(at.Plane.Shapes, p.shapeOf(i, n))
	}
	for i, a := range p.Arrows {
		e := bpmnEdge{ID: "place-" + p.Flows[i].ID, Element: p.Flows[i].ID}
		for _, q := range a.Points {
			e.Waypoints = append(e.Waypoints, waypoint{round(q.X), round(q.Y)})
		}
		switch {
		case len(a.Left) > 0:
			e.Label = &bpmnLabel{boundsOf(a.LeftAt)}
		case len(a.Right) > 0:
			e.Label = &bpmnLabel{boundsOf(a.RightAt)}
		}
		at.Plane.Edges = append(at.Plane.Edges, e)
		if len(a.Left) > 0 && len(a.Right) > 0 {
			p.annotate(&at.Plane, i, a)
		}
	}
	return at
}

// annotate places the note of a term beside the head of its arrow.
func (p Picture) annotate(at *plane, i int, a Arrow) {
	id := "term-" + p.Flows[i].ID
	note, tall := a.RightAt, float64(len(a.Right))*noteLine+noteEdge
	note = Rect{note.X, note.Y + note.Height - tall, noteWidth, tall}
	at.Shapes = append(at.Shapes, bpmnShape{ID: "place-" + id, Element: id, Bounds: boundsOf(note)})
	target := p.Shapes[p.Flows[i].To]
	x := note.X + 8
	at.Edges = append(at.Edges, bpmnEdge{ID: "place-to-" + id, Element: "to-" + id, Waypoints: []waypoint{
		{round(x), round(note.Y + note.Height)}, {round(x), round(target.Y)},
	}})
}

func (p Picture) shapeOf(i int, n Node) bpmnShape {
	s := p.Shapes[i]
	shape := bpmnShape{ID: "place-" + n.ID, Element: n.ID, Bounds: boundsOf(s.Rect)}
	switch {
	case n.Kind == End:
		shape.Bounds = boundsOf(Rect{s.middle().X - eventSize/2, s.Y, eventSize, eventSize})
		shape.Label = &bpmnLabel{boundsOf(Rect{s.X, s.Y + eventSize + 3, s.Width, s.Height - eventSize})}
	case n.Kind == Start:
		shape.Label = &bpmnLabel{boundsOf(Rect{s.X + eventSize + 6, s.Y + 4, labelWidth, smallLine + 2})}
	case n.Kind == Choice && n.Name != nil:
		shape.Label = &bpmnLabel{boundsOf(Rect{s.X + s.Width*0.24, s.Y + s.Height*0.25, s.Width * 0.52, s.Height * 0.5})}
	}
	return shape
}
