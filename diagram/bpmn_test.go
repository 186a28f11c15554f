package diagram

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"ruqsat/lang"
	"ruqsat/law"
)

// A tree is any XML, read back.
type tree struct {
	name     string
	attr     map[string]string
	children []*tree
	text     string
}

func parse(t *testing.T, b []byte) *tree {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(b)))
	root := &tree{}
	stack := []*tree{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if err != nil {
			t.Fatal(err)
		}
		top := stack[len(stack)-1]
		switch x := token.(type) {
		case xml.StartElement:
			n := &tree{name: x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(x)
		}
	}
}

func (n *tree) walk(f func(*tree)) {
	f(n)
	for _, c := range n.children {
		c.walk(f)
	}
}

func TestEveryFlowOfTheBPMNHasSourceTargetAndWaypointsAndEveryThingItsPlace(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ Asked, p Picture) {
		b, err := p.BPMN()
		if err != nil {
			t.Fatal(err)
		}
		ids, placed, inLane := map[string]string{}, map[string]bool{}, map[string]int{}
		flows := 0
		parse(t, b).walk(func(n *tree) {
			if id := n.attr["id"]; id != "" {
				if ids[id] != "" {
					t.Errorf("two things have the id %s", id)
				}
				ids[id] = n.name
			}
			if n.name == "flowNodeRef" {
				inLane[n.text]++
			}
			if e := n.attr["bpmnElement"]; e != "" {
				placed[e] = true
			}
		})
		parse(t, b).walk(func(n *tree) {
			switch n.name {
			case "sequenceFlow":
				flows++
				if ids[n.attr["sourceRef"]] == "" || ids[n.attr["targetRef"]] == "" || !placed[n.attr["id"]] {
					t.Errorf("flow %s leads from %q to %q", n.attr["id"], n.attr["sourceRef"], n.attr["targetRef"])
				}
			case "startEvent", "endEvent", "task", "exclusiveGateway":
				if !placed[n.attr["id"]] || inLane[n.attr["id"]] != 1 {
					t.Errorf("%s has no place, or is in %d lanes", n.attr["id"], inLane[n.attr["id"]])
				}
			case "BPMNEdge":
				points := 0
				for _, c := range n.children {
					if c.name == "waypoint" {
						points++
					}
				}
				if points < 2 || ids[n.attr["bpmnElement"]] == "" {
					t.Errorf("edge %s of %q has %d waypoints", n.attr["id"], n.attr["bpmnElement"], points)
				}
			case "BPMNShape":
				if ids[n.attr["bpmnElement"]] == "" {
					t.Errorf("shape %s is of nothing", n.attr["id"])
				}
			}
		})
		if flows != len(p.Flows) {
			t.Errorf("%d flows, want %d", flows, len(p.Flows))
		}
	})
}

func TestEveryStepOfTheTableIsInTheBPMN(t *testing.T) {
	t.Parallel()
	a := Asked{law.Issue, law.Regional, days[0]}
	g, err := Business(a)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Draw(g, lang.EN).BPMN()
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	parse(t, b).walk(func(n *tree) {
		if n.name == "documentation" {
			documented[n.text] = true
		}
	})
	w, err := explore(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, moves := range w.moves {
		for _, m := range moves {
			for _, s := range m.steps {
				if !documented[Described(s)] {
					t.Errorf("%s is not in the export", Described(s))
				}
			}
		}
	}
	if len(documented) < 20 {
		t.Errorf("only %d steps are in the export", len(documented))
	}
}
