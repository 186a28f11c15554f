package web

import (
	"sync"

	"ruqsat/calendar"
	"ruqsat/diagram"
	"ruqsat/lang"
	"ruqsat/procedure"
)

// mostDrawings is how many drawings are kept: of each operation and language those
// of the days on which cases were filed that people look at.
const mostDrawings = 512

// drawings keeps the diagrams that cases stand on. To lay one out takes a third of
// a second, and it is the same for all cases of one operation filed on one day. The
// zero value is ready.
type drawings struct {
	mu   sync.Mutex
	kept map[drawing]diagram.Picture
}

// A drawing is what a diagram is drawn from.
type drawing struct {
	diagram.Asked
	lang lang.Tag
}

func (d *drawings) of(x drawing) (diagram.Picture, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p, ok := d.kept[x]; ok {
		return p, nil
	}
	g, err := diagram.Business(x.Asked)
	if err != nil {
		return diagram.Picture{}, err
	}
	if len(d.kept) >= mostDrawings || d.kept == nil {
		d.kept = map[drawing]diagram.Picture{}
	}
	p := diagram.Draw(g, x.lang)
	d.kept[x] = p
	return p, nil
}

// position draws where a case stands: the way it has gone, and what it waits for.
// Of a case whose law has no drawing it draws nothing.
func (d *drawings) position(t lang.Tag, c procedure.Case, events []procedure.Event, today calendar.Date) string {
	on := c.LawOn
	if on.IsZero() {
		on = today
	}
	p, err := d.of(drawing{diagram.Asked{Operation: c.Application.Operation, Scheme: c.Application.Scheme, On: on}, t})
	if err != nil {
		return ""
	}
	return p.Follow(c, events).SVG()
}
