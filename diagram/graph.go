// Package diagram draws the procedure: the two appendices of the regulation of
// 2017, which its published text has lost (WKO 142/2017 ¶ 11), and the same for
// every later day and every operation.
//
// [Business] is the directory of business processes, made by walking the table of
// steps with the very function that moves cases; [Portal] is the interaction of
// information systems, made from the numbered items of ¶ 10. Nothing is drawn that
// is not in a table, and nothing is placed by hand: rows, columns and arrows are
// found anew for each drawing, so that an act added to the table finds its place.
//
// [Draw] lays a graph out; [Picture.SVG] and [Picture.BPMN] write the same
// coordinates. The package reads no clock and saves nothing.
package diagram

import (
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// An Asked is what a diagram is of: an operation by the law of a day.
type Asked struct {
	Operation law.Operation
	Scheme    law.Scheme
	On        calendar.Date
}

// A Kind is what a node is.
type Kind string

// The kinds.
const (
	Start  Kind = "start"
	End    Kind = "end"
	Task   Kind = "task"
	Choice Kind = "choice"
	Apart  Kind = "apart" // a task that may come at any time: it stands below, without arrows
)

// A Lane is whose row of the drawing it is: a role, or the portal itself.
type Lane string

// Machine is the lane of the portal.
const Machine Lane = "portal"

// In names the lane.
func (l Lane) In(t lang.Tag) string {
	if l == Machine {
		return lang.M("diagram.lane-portal").In(t)
	}
	return party.Role(l).In(t)
}

// A Node is one thing in a diagram.
type Node struct {
	ID     string // unique in the graph, fit for XML
	Kind   Kind
	Lane   Lane
	Name   lang.Speaker // nil for a choice without words
	Number string       // of the process or condition in ¶ 10
	Cite   law.Cite
	Sure   law.Sure
	// Steps are the rows of the table this node stands for, if any.
	Steps []procedure.Step
	// Act is what a task does to a case, and State where an end leaves it.
	Act   procedure.Act
	State procedure.State
}

// A Flow leads from one node to the next.
type Flow struct {
	ID       string
	From, To int            // places in Nodes
	If       lang.Speaker   // for which cases; nil for all
	Terms    []lang.Speaker // within what time the node it leads to has to be done
	Paid     bool           // of the cases that have paid
	back     bool
}

// A Graph is a diagram before it has a place for anything.
type Graph struct {
	ID    string
	Title lang.Speaker
	Act   law.Cite // which the paragraphs in the boxes are of
	Nodes []Node
	Flows []Flow
	// from tells at which node a case that stands so waits.
	from map[place]int
}

// A place is where a case stands, as far as the diagram tells such apart.
type place struct {
	state procedure.State
	paid  bool
}

// A title says what is drawn, of which operation, by which act.
type title struct {
	key string
	Asked
	act law.Cite
}

// In says the title.
func (x title) In(t lang.Tag) string {
	return lang.M(x.key, lang.Args{"operation": x.Operation, "scheme": x.Scheme, "on": x.On, "act": x.act}).In(t)
}

// marked finds the nodes from which no step leads back: flows against the order
// in which a walk from the start meets the nodes are back flows.
func (g *Graph) markBack() {
	state := make([]int, len(g.Nodes)) // 0 unseen, 1 on the way, 2 done
	var walk func(n int)
	walk = func(n int) {
		state[n] = 1
		for i := range g.Flows {
			f := &g.Flows[i]
			if f.From != n {
				continue
			}
			switch state[f.To] {
			case 0:
				walk(f.To)
			case 1:
				f.back = true
			}
		}
		state[n] = 2
	}
	for n := range g.Nodes {
		if g.Nodes[n].Kind == Start {
			walk(n)
		}
	}
}
