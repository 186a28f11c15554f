package diagram

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
)

// days are one in each edition, and the day before and of each change we know.
var days = []calendar.Date{
	calendar.DateOf(2017, 7, 3), calendar.DateOf(2020, 7, 3), calendar.DateOf(2023, 7, 3), calendar.DateOf(2025, 9, 1),
}

var makers = map[string]func(Asked) (Graph, error){"business": Business, "portal": Portal}

// A drawing is one of every diagram there is.
type drawing struct {
	name string
	Asked
	Picture
}

var drawings = sync.OnceValues(func() (list []drawing, err error) {
	for name, make := range makers {
		for _, on := range days {
			for _, s := range law.Schemes {
				for _, op := range law.Operations {
					g, err := make(Asked{op, s, on})
					if err != nil {
						return nil, fmt.Errorf("%s of %s %s on %s: %w", name, op, s, on, err)
					}
					for _, tag := range lang.Tags {
						list = append(list, drawing{fmt.Sprint(name, on, s, op, tag), Asked{op, s, on}, Draw(g, tag)})
					}
				}
			}
		}
	}
	return list, nil
})

// each looks at every diagram there is.
func each(t *testing.T, look func(t *testing.T, a Asked, p Picture)) {
	t.Helper()
	all, err := drawings()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		t.Run(d.name, func(t *testing.T) { look(t, d.Asked, d.Picture) })
	}
}

func TestNoArrowRunsThroughABoxAndEveryFlowHasOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ Asked, p Picture) {
		for i, a := range p.Arrows {
			f := p.Flows[i]
			if len(a.Points) < 2 {
				t.Fatalf("no way was found from %s to %s", p.Nodes[f.From].ID, p.Nodes[f.To].ID)
			}
			for k := 1; k < len(a.Points); k++ {
				piece := span(a.Points[k-1], a.Points[k])
				for n, s := range p.Shapes {
					if piece.overlaps(inner(s.Rect)) {
						t.Errorf("the arrow from %s to %s runs through %s", p.Nodes[f.From].ID, p.Nodes[f.To].ID, p.Nodes[n].ID)
					}
				}
			}
		}
	})
}

// span is a piece of an arrow as a thin rectangle.
func span(a, b Point) Rect {
	return Rect{min(a.X, b.X) - 0.5, min(a.Y, b.Y) - 0.5, max(a.X, b.X) - min(a.X, b.X) + 1, max(a.Y, b.Y) - min(a.Y, b.Y) + 1}
}

// inner is a box without its edge, where arrows begin and end.
func inner(r Rect) Rect { return Rect{r.X + 2, r.Y + 2, r.Width - 4, r.Height - 4} }

func TestNoWordsLieOnOtherWordsBoxesOrArrows(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ Asked, p Picture) {
		type words struct {
			Rect
			say string
		}
		var all []words
		for _, a := range p.Arrows {
			if len(a.Left) > 0 {
				all = append(all, words{tight(a.LeftAt, a.Left, true), strings.Join(a.Left, " ")})
			}
			if len(a.Right) > 0 {
				all = append(all, words{tight(a.RightAt, a.Right, false), strings.Join(a.Right, " ")})
			}
		}
		for i, w := range all {
			for _, o := range all[i+1:] {
				if w.overlaps(o.Rect) {
					t.Errorf("%q lies on %q", w.say, o.say)
				}
			}
			for n, s := range p.Shapes {
				if w.overlaps(inner(s.Rect)) {
					t.Errorf("%q lies on %s", w.say, p.Nodes[n].ID)
				}
			}
			for k, a := range p.Arrows {
				for j := 1; j < len(a.Points); j++ {
					if w.overlaps(span(a.Points[j-1], a.Points[j])) {
						t.Errorf("%q lies on the arrow to %s", w.say, p.Nodes[p.Flows[k].To].ID)
					}
				}
			}
		}
		for i, s := range p.Shapes {
			for j, o := range p.Shapes[i+1:] {
				if s.overlaps(o.Rect) {
					t.Errorf("%s lies on %s", p.Nodes[i].ID, p.Nodes[i+1+j].ID)
				}
			}
			if n := p.Nodes[i]; n.Name != nil && len(s.Name) > 0 && strings.Join(s.Name, " ") != strings.Join(strings.Fields(n.Name.In(p.Lang)), " ") {
				t.Errorf("%q is broken within a word: %q", n.Name.In(p.Lang), s.Name)
			}
			for _, l := range s.Name {
				if p.Nodes[i].Kind != Choice && width(l, nameSize, p.Nodes[i].Kind != End) > s.Width {
					t.Errorf("%q is wider than its box", l)
				}
			}
			if s.X < 0 || s.Y < 0 || s.X+s.Width > p.Width || s.Y+s.Height > p.LegendAt {
				t.Errorf("%s stands outside the picture", p.Nodes[i].ID)
			}
		}
	})
}

// tight is the room the words really take.
func tight(r Rect, lines []string, right bool) Rect {
	wide := 0.0
	for _, l := range lines {
		wide = max(wide, width(l, smallSize, false))
	}
	if right {
		return Rect{r.X + r.Width - wide, r.Y, wide, r.Height}
	}
	return Rect{r.X, r.Y, wide, r.Height}
}

func TestTheDirectoryHasEveryStepThatCanBeTakenAndNoOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a Asked, p Picture) {
		if p.ID != "business" {
			return
		}
		w, err := explore(a)
		if err != nil {
			t.Fatal(err)
		}
		var drawn []procedure.Step
		for _, n := range p.Nodes {
			drawn = append(drawn, n.Steps...)
		}
		for _, moves := range w.moves {
			for _, m := range moves {
				for _, s := range m.steps {
					if !slices.Contains(drawn, s) {
						t.Errorf("%s from %s is not drawn", s.Act, s.From)
					}
				}
			}
		}
		for _, s := range drawn {
			if !slices.Contains(w.steps, s) {
				t.Errorf("%s from %s is drawn and not in the table", s.Act, s.From)
			}
		}
	})
}

// Whatever no operation can come to would be a row of the table that does
// nothing.
func TestEveryStepOfTheTableIsInTheDirectoryOfSomeOperation(t *testing.T) {
	t.Parallel()
	for _, on := range days {
		in, err := law.EditionOn(on)
		if err != nil {
			t.Fatal(err)
		}
		var drawn []procedure.Step
		for _, s := range law.Schemes {
			for _, op := range law.Operations {
				g, err := Business(Asked{op, s, on})
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range g.Nodes {
					drawn = append(drawn, n.Steps...)
				}
			}
		}
		for _, s := range procedure.StepsIn(in) {
			if !slices.Contains(drawn, s) {
				t.Errorf("on %s no operation has %s from %s", on, s.Act, s.From)
			}
		}
	}
}

func TestThePortalHasProcesses1To9AndConditions1To4WithAYesAndANo(t *testing.T) {
	t.Parallel()
	g, err := Portal(Asked{law.Issue, law.Regional, days[0]})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for i, n := range g.Nodes {
		found[string(n.Kind)+" "+n.Number] = true
		out := 0
		for _, f := range g.Flows {
			if f.From == i {
				out++
			}
		}
		if want := map[Kind]int{Start: 1, Task: 1, Choice: 2}[n.Kind]; out != want {
			t.Errorf("%s leads on %d times, want %d", n.ID, out, want)
		}
	}
	for n := 1; n <= 9; n++ {
		if !found[fmt.Sprint("task ", n)] {
			t.Errorf("process %d is missing", n)
		}
		if n <= 4 && !found[fmt.Sprint("choice ", n)] {
			t.Errorf("condition %d is missing", n)
		}
	}
	later, err := Portal(Asked{law.Issue, law.Regional, days[3]})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range later.Nodes {
		if n.Number != "" && n.Sure != law.Assumed {
			t.Errorf("%s is %s in 2025: ¶ 10 was repealed in 2020, and stands in for what is unread", n.ID, n.Sure)
		}
	}
	free, err := Portal(Asked{law.Reissue, law.Regional, days[0]})
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(free.Nodes, func(n Node) bool { return n.Kind == Choice && n.Number == "4" }) {
		t.Error("a reissue is free, and condition 4 asks for its payment")
	}
}

func TestTheSVGIsXMLWithoutStylesOrScriptsAndSaysEveryName(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ Asked, p Picture) {
		svg := p.SVG()
		var text strings.Builder
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch x := token.(type) {
			case xml.CharData:
				text.WriteString(string(x) + " ")
			case xml.StartElement:
				if x.Name.Local == "script" || x.Name.Local == "style" {
					t.Errorf("the drawing has a %s, which pages forbid", x.Name.Local)
				}
				for _, a := range x.Attr {
					if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
						t.Errorf("the drawing has %s, which pages forbid", a.Name.Local)
					}
				}
			}
		}
		for i, n := range p.Nodes {
			for _, word := range p.Shapes[i].Name {
				if !strings.Contains(text.String(), word) {
					t.Errorf("%s: %q is not written", n.ID, word)
				}
			}
		}
	})
}

func TestACasesWayIsMarkedToWhereItStands(t *testing.T) {
	t.Parallel()
	g, err := Business(Asked{law.Issue, law.Regional, days[0]})
	if err != nil {
		t.Fatal(err)
	}
	event := func(a procedure.Act, from, to procedure.State) procedure.Event {
		return procedure.Event{Act: a, From: from, To: to}
	}
	stageOne := []procedure.Event{
		event(procedure.Submit, procedure.Preparing, procedure.Submitted), event(procedure.Register, procedure.Submitted, procedure.Registered),
		event(procedure.Assign, procedure.Registered, procedure.Assigned), event(procedure.Examine, procedure.Assigned, procedure.Examined),
		event(procedure.Reassign, procedure.Examined, procedure.Examined),
		event(procedure.Draft, procedure.Examined, procedure.Drafted), event(procedure.SendBack, procedure.Drafted, procedure.Examined),
		event(procedure.Draft, procedure.Examined, procedure.Drafted), event(procedure.Sign, procedure.Drafted, procedure.Signed),
		event(procedure.Notify, procedure.Signed, procedure.Notified),
	}
	paid := append(slices.Clone(stageOne), event(procedure.ProvePayment, procedure.Notified, procedure.Paid))
	for _, c := range []struct {
		events []procedure.Event
		at     procedure.Case
		now    string
		done   string
	}{
		{nil, procedure.Case{State: procedure.Preparing}, "choice-preparing task-submit-submitted task-discard-discarded", ""},
		{stageOne[:1], procedure.Case{State: procedure.Submitted}, "task-register-registered", "task-submit-submitted"},
		{stageOne, procedure.Case{State: procedure.Notified}, "choice-notified task-prove-payment-paid-paid task-lapse-lapsed", "task-send-back-examined"},
		{paid, procedure.Case{State: procedure.Paid, Paid: true}, "task-draft-drafted-paid", "task-prove-payment-paid-paid"},
		{append(slices.Clone(stageOne[:1]), event(procedure.Withdraw, procedure.Submitted, procedure.Withdrawn)), procedure.Case{State: procedure.Withdrawn}, "apart-withdraw", "task-submit-submitted"},
		{append(slices.Clone(stageOne[:3]), event(procedure.ReturnIncomplete, procedure.Assigned, procedure.Returned)), procedure.Case{State: procedure.Returned}, "end-task-return-returned", "task-return-returned"},
	} {
		p := Draw(g, lang.KK).Follow(c.at, c.events)
		var now, done []string
		for i, n := range p.Nodes {
			if p.Mark.now[i] {
				now = append(now, n.ID)
			}
			if p.Mark.done[i] {
				done = append(done, n.ID)
			}
		}
		want := strings.Fields(c.now)
		slices.Sort(want)
		slices.Sort(now)
		if !slices.Equal(now, want) {
			t.Errorf("a case %s waits at %v, want %v", c.at.State, now, want)
		}
		if c.done != "" && !slices.Contains(done, c.done) {
			t.Errorf("a case %s has done %v, want %s among it", c.at.State, done, c.done)
		}
	}
}

// The appendix is drawn within the time a page may take.
func BenchmarkDraw(b *testing.B) {
	g, err := Business(Asked{law.Issue, law.Regional, days[0]})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Draw(g, lang.RU)
	}
}
