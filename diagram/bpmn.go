package diagram

import (
	"encoding/xml"
	"fmt"
	"strings"

	"ruqsat/procedure"
)

// BPMN writes the picture as BPMN 2.0 with lanes and diagram interchange, at the
// coordinates of the SVG: a standard modeller opens it as it stands. What stands
// in the table and has no sign in BPMN, paragraph and sureness and which states a
// step leads between, is in the documentation of its task.
func (p Picture) BPMN() ([]byte, error) {
	d := definitions{
		XMLNS: "http://www.omg.org/spec/BPMN/20100524/MODEL", DI: "http://www.omg.org/spec/BPMN/20100524/DI",
		DC: "http://www.omg.org/spec/DD/20100524/DC", DDI: "http://www.omg.org/spec/DD/20100524/DI",
		ID: "definitions-" + p.ID, Target: "urn:ruqsat:procedure", Exporter: "ruqsat",
		Collaboration: collaboration{ID: "collaboration", Participant: participant{"pool", strings.Join(p.Title, " "), "process"}},
		Process:       p.process(),
		Diagram:       p.interchange(),
	}
	b, err := xml.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("bpmn of %s: %w", p.ID, err)
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}

type definitions struct {
	XMLName       xml.Name      `xml:"definitions"`
	XMLNS         string        `xml:"xmlns,attr"`
	DI            string        `xml:"xmlns:bpmndi,attr"`
	DC            string        `xml:"xmlns:dc,attr"`
	DDI           string        `xml:"xmlns:di,attr"`
	ID            string        `xml:"id,attr"`
	Target        string        `xml:"targetNamespace,attr"`
	Exporter      string        `xml:"exporter,attr"`
	Collaboration collaboration `xml:"collaboration"`
	Process       process       `xml:"process"`
	Diagram       interchange   `xml:"bpmndi:BPMNDiagram"`
}

type collaboration struct {
	ID          string      `xml:"id,attr"`
	Participant participant `xml:"participant"`
}

type participant struct {
	ID      string `xml:"id,attr"`
	Name    string `xml:"name,attr"`
	Process string `xml:"processRef,attr"`
}

type process struct {
	ID          string        `xml:"id,attr"`
	Executable  bool          `xml:"isExecutable,attr"`
	Lanes       []lane        `xml:"laneSet>lane"`
	Elements    []element     `xml:",any"`
	Annotations []annotation  `xml:"textAnnotation"`
	Joins       []association `xml:"association"`
}

type lane struct {
	ID    string   `xml:"id,attr"`
	Name  string   `xml:"name,attr"`
	Nodes []string `xml:"flowNodeRef"`
}

// An element is a node or a flow of the process; its XML name says which.
type element struct {
	XMLName       xml.Name
	ID            string   `xml:"id,attr"`
	Name          string   `xml:"name,attr,omitempty"`
	Source        string   `xml:"sourceRef,attr,omitempty"`
	Target        string   `xml:"targetRef,attr,omitempty"`
	Documentation []string `xml:"documentation,omitempty"`
	Incoming      []string `xml:"incoming,omitempty"`
	Outgoing      []string `xml:"outgoing,omitempty"`
}

type annotation struct {
	ID   string `xml:"id,attr"`
	Text string `xml:"text"`
}

type association struct {
	ID     string `xml:"id,attr"`
	Source string `xml:"sourceRef,attr"`
	Target string `xml:"targetRef,attr"`
}

// tagOf is what a node is called in BPMN.
func tagOf(n Node) string {
	switch {
	case n.Kind == Start:
		return "startEvent"
	case n.Kind == End:
		return "endEvent"
	case n.Kind == Choice:
		return "exclusiveGateway"
	}
	return "task" // by whom, the lane says
}

func (p Picture) process() process {
	x := process{ID: "process"}
	for _, l := range p.Lanes {
		in := lane{ID: "lane-" + string(l.Lane), Name: l.Lane.In(p.Lang)}
		for _, n := range p.Nodes {
			if n.Lane == l.Lane {
				in.Nodes = append(in.Nodes, n.ID)
			}
		}
		x.Lanes = append(x.Lanes, in)
	}
	for i, n := range p.Nodes {
		e := element{XMLName: xml.Name{Local: tagOf(n)}, ID: n.ID, Documentation: p.documented(n)}
		if n.Name != nil {
			e.Name = n.Name.In(p.Lang)
		}
		if p.Shapes[i].Foot != "" {
			e.Name += " (" + p.Shapes[i].Foot + ")"
		}
		for _, f := range p.Flows {
			if f.To == i {
				e.Incoming = append(e.Incoming, f.ID)
			}
			if f.From == i {
				e.Outgoing = append(e.Outgoing, f.ID)
			}
		}
		x.Elements = append(x.Elements, e)
	}
	for i, f := range p.Flows {
		x.Elements = append(x.Elements, element{
			XMLName: xml.Name{Local: "sequenceFlow"}, ID: f.ID, Name: p.flowName(i),
			Source: p.Nodes[f.From].ID, Target: p.Nodes[f.To].ID,
		})
	}
	for i, a := range p.Arrows {
		if len(a.Left) > 0 && len(a.Right) > 0 {
			id := "term-" + p.Flows[i].ID
			x.Annotations = append(x.Annotations, annotation{id, strings.Join(a.Right, " ")})
			x.Joins = append(x.Joins, association{"to-" + id, id, p.Nodes[p.Flows[i].To].ID})
		}
	}
	return x
}

// flowName is what stands at a flow: the condition, or the term where there is
// none; where there are both, the term is a note.
func (p Picture) flowName(i int) string {
	a := p.Arrows[i]
	if len(a.Left) > 0 {
		return strings.Join(a.Left, " ")
	}
	return strings.Join(a.Right, " ")
}

// documented tells which rows of the table a node stands for, one each: the
// states, who does it, the source and how sure it is.
func (p Picture) documented(n Node) []string {
	var list []string
	for _, s := range n.Steps {
		list = append(list, Described(s))
	}
	return list
}

// Described is a step of the table in a line, as the export has it.
func Described(s procedure.Step) string {
	return fmt.Sprintf("%s: %s → %s, %s, %s; %s (%s)", s.Act, s.From, s.To, s.By, s.If, s.Cite, s.Sure)
}
