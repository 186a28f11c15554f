package diagram

import (
	"strings"

	"ruqsat/law"
)

// Measures, in pixels.
const (
	boxWidth    = 164.0
	inside      = boxWidth - 16 // of a box, for words
	labelWidth  = 88.0          // on each side of an arrow
	choiceSize  = 34.0
	askWidth    = 172.0 // of a choice with words
	eventSize   = 26.0
	columnWidth = 172.0
	noteLine    = 15.0 // of a note in a modeller
	noteEdge    = 12.0
	noteWidth   = 100.0
)

// A box is how large a node is, and what stands in it.
type box struct {
	width, height float64
	name          []string
	foot          string // the paragraph
}

// A label is what stands on the arrows into a node: on the left for which cases,
// on the right in what time.
type label struct{ left, right []string }

func (l label) height() float64 {
	switch {
	case len(l.left) > 0 && len(l.right) > 0:
		// A modeller writes the term as a note, in its own larger letters.
		return max(float64(len(l.left))*smallLine+4, float64(len(l.right))*noteLine+noteEdge)
	case len(l.left)+len(l.right) > 0:
		return float64(max(len(l.left), len(l.right)))*smallLine + 4
	}
	return 0
}

// measure finds how large everything is in the language of the sheet.
func (s *sheet) measure() {
	s.boxes = make([]box, len(s.Nodes))
	s.labels = make([]label, len(s.Nodes))
	for i, n := range s.Nodes {
		s.boxes[i] = s.boxOf(n)
	}
	said := map[int]map[string]bool{}
	for _, f := range s.Flows {
		if said[f.To] == nil {
			said[f.To] = map[string]bool{}
		}
		if f.If != nil {
			s.say(&s.labels[f.To].left, said[f.To], f.If.In(s.tag))
		}
		for _, term := range f.Terms {
			s.say(&s.labels[f.To].right, said[f.To], term.In(s.tag))
		}
	}
}

func (s *sheet) say(lines *[]string, said map[string]bool, text string) {
	if !said[text] {
		said[text] = true
		for part := range strings.SplitSeq(text, "\n") {
			*lines = append(*lines, wrap(part, labelWidth, smallSize, false)...)
		}
	}
}

func (s *sheet) boxOf(n Node) box {
	switch {
	case n.Kind == Start:
		return box{width: eventSize, height: eventSize}
	case n.Kind == End:
		name := wrap(n.Name.In(s.tag), inside, smallSize, false)
		return box{width: boxWidth, height: eventSize + 4 + smallLine*float64(len(name)), name: name}
	case n.Kind == Choice && n.Name == nil:
		return box{width: choiceSize, height: choiceSize}
	case n.Kind == Choice:
		name := wrap(n.Name.In(s.tag), askWidth*0.52, smallSize, true)
		return box{width: askWidth, height: max(84, float64(len(name)+1)*smallLine*1.9), name: name, foot: s.paragraph(n.Cite)}
	}
	name := wrap(n.Name.In(s.tag), inside, nameSize, true)
	b := box{width: boxWidth, height: float64(len(name))*nameLine + 14, name: name, foot: s.paragraph(n.Cite)}
	if b.foot != "" {
		b.height += smallLine
	}
	b.height = max(b.height, 42)
	return b
}

// paragraph is the place in the act the drawing is of, and of another act its
// number and day.
func (s *sheet) paragraph(c law.Cite) string {
	place := strings.TrimPrefix(string(c), c.Short())
	if a, ok := c.Act(); ok && c.Short() != s.Act.Short() && a.Number != "" {
		place = "№ " + a.Number + " (" + a.On.Short() + ")" + place
	}
	return strings.ReplaceAll(strings.TrimSpace(place), "¶ ", "¶\u00a0") // on one line
}
