package diagram

import (
	"ruqsat/procedure"
)

// A Mark is the way of one case on a diagram: what it has done, and what it
// waits for.
type Mark struct {
	done   map[int]bool // nodes
	passed map[int]bool // flows
	now    map[int]bool // nodes the case waits at
}

// look is the colours of a node under a mark.
func (m *Mark) look(n int, fill, stroke string, wide float64) (string, string, float64) {
	switch {
	case m.now[n]:
		return amberPale, amber, 3
	case m.done[n]:
		return greenPale, green, wide
	}
	return fill, stroke, wide
}

// Follow marks the way a case has gone by its events, the earliest first. Acts
// that stand apart leave it where it was.
func (p Picture) Follow(c procedure.Case, events []procedure.Event) Picture {
	m := &Mark{map[int]bool{}, map[int]bool{}, map[int]bool{}}
	at, known := p.start()
	for _, e := range events {
		if e.From == e.To {
			continue
		}
		known = known && m.pass(p.Graph, &at, e)
	}
	if !known {
		at, known = p.from[place{c.State, c.Paid}]
	}
	if known && c.State.Open() {
		m.wait(p.Graph, at)
	}
	if n, ok := p.apartEnd(c); ok {
		m.now[n] = true
	}
	p.Mark = m
	return p
}

func (g *Graph) start() (int, bool) {
	for i, n := range g.Nodes {
		if n.Kind == Start {
			return i, true
		}
	}
	return 0, false
}

// pass follows one event from a node: through a choice, if there is one, to the
// task of its act, and on to where that leads.
func (m *Mark) pass(g *Graph, at *int, e procedure.Event) bool {
	m.done[*at] = true
	for i, f := range g.Flows {
		if f.From != *at {
			continue
		}
		next := g.Nodes[f.To]
		switch {
		case next.Kind == Choice:
			here := f.To
			if m.pass(g, &here, e) {
				m.passed[i], m.done[f.To] = true, true
				*at = here
				return true
			}
			delete(m.done, f.To)
		case next.Kind == Task && next.Act == e.Act && g.reaches(f.To, e.To):
			m.passed[i], m.done[f.To] = true, true
			*at = f.To
			m.rest(g, at)
			return true
		}
	}
	return false
}

// reaches reports whether a task is a step that ends in a state.
func (g *Graph) reaches(n int, s procedure.State) bool {
	for _, step := range g.Nodes[n].Steps {
		if step.To == s {
			return true
		}
	}
	return false
}

// rest goes on from a task to an end, if it leads to one.
func (m *Mark) rest(g *Graph, at *int) {
	for i, f := range g.Flows {
		if f.From == *at && g.Nodes[f.To].Kind == End {
			m.passed[i], m.now[f.To] = true, true
			*at = f.To
		}
	}
}

// wait marks what can come next: the tasks behind the node a case has come to.
func (m *Mark) wait(g *Graph, at int) {
	if g.Nodes[at].Kind == Task && !m.done[at] {
		m.now[at] = true
		return
	}
	for _, f := range g.Flows {
		if f.From != at || f.back {
			continue
		}
		if g.Nodes[f.To].Kind == Choice {
			m.now[f.To] = true
			m.wait(g, f.To)
		} else {
			m.now[f.To] = true
		}
	}
}

// apartEnd finds the act apart that ended a case, if one has.
func (p Picture) apartEnd(c procedure.Case) (int, bool) {
	if c.State.Open() {
		return 0, false
	}
	for i, n := range p.Nodes {
		if n.Kind != Apart {
			continue
		}
		for _, s := range n.Steps {
			if s.To == c.State && s.From != s.To {
				return i, true
			}
		}
	}
	return 0, false
}
