package procedure

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// Measures of the diagram, in pixels.
const (
	laneLabel = 130
	rowHeight = 104
	column    = 150
	boxWidth  = 122
	boxHeight = 62
)

// lanes are the rows of the diagram, from the applicant down to the clock.
var lanes = []party.Role{party.Applicant, party.Clerk, party.Head, party.Executor, party.Clock}

// aside are acts that may come at any time; the diagram leaves them out.
var aside = []Act{Withdraw, Reassign, Discard}

// A cell is where an act stands: its column, and its row within the lane. What
// excludes each other shares a column.
type cell struct{ column, row int }

var cells = map[Act]cell{
	Submit: {0, 0}, Register: {1, 0}, Assign: {2, 0}, Examine: {3, 0}, ReturnIncomplete: {3, 1}, Draft: {4, 0},
	Sign: {5, 0}, SendBack: {5, 1}, Notify: {6, 0}, Refuse: {6, 1}, ProvePayment: {7, 0}, Lapse: {7, 0},
	Issue: {8, 0}, HandOver: {9, 0},
}

// rows is how many rows each lane has.
var rows = []int{1, 1, 2, 2, 1}

// top returns where a row of a lane begins.
func top(lane, row int) int {
	for _, n := range rows[:lane] {
		row += n
	}
	return row * rowHeight
}

// A box is an act where it stands in the diagram.
type box struct {
	step Step
	x, y int
}

// Diagram draws the steps of an edition with lanes by role, terms and paragraphs
// in the boxes, as the appendices of the regulation do (WKO 142/2017 ¶ 11).
// Through it no step can be shown that is not in the table.
func Diagram(in law.Edition, t lang.Tag) string {
	boxes := place(in)
	width, height := laneLabel+10*column+10, top(len(lanes), 0)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="Noto Sans, Arial, sans-serif">`, width, height)
	fmt.Fprintf(&b, "<title>%s</title>", html.EscapeString(in.In(t)))
	b.WriteString(`<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#41616b"/></marker></defs>`)
	for i, r := range lanes {
		drawLane(&b, i, width, r.In(t))
	}
	for _, from := range boxes {
		for _, to := range boxes {
			if leads(in, from.step.To, to.step.Act) {
				drawArrow(&b, from, to)
			}
		}
	}
	for _, x := range boxes {
		drawBox(&b, x, in, t)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// place returns a box for each act of an edition; acts that stand in several
// steps are drawn once, where they first stand.
func place(in law.Edition) []box {
	var boxes []box
	for _, s := range StepsIn(in) {
		same := func(x box) bool { return x.step.Act == s.Act }
		if slices.Contains(aside, s.Act) || slices.ContainsFunc(boxes, same) {
			continue
		}
		lane := slices.Index(lanes, s.By)
		at := cells[s.Act]
		boxes = append(boxes, box{s, laneLabel + at.column*column + 10, top(lane, at.row) + 14})
	}
	return boxes
}

// leads reports whether an act can follow in a state.
func leads(in law.Edition, from State, a Act) bool {
	return slices.ContainsFunc(StepsIn(in), func(s Step) bool { return s.From == from && s.Act == a })
}

func drawLane(b *strings.Builder, i, width int, name string) {
	fill := "#f3f8f9"
	if i%2 == 1 {
		fill = "#ffffff"
	}
	y, height := top(i, 0), rows[i]*rowHeight
	fmt.Fprintf(b, `<rect x="0" y="%d" width="%d" height="%d" fill="%s" stroke="#c4d4d8"/>`, y, width, height, fill)
	for n, line := range wrap(name, 16) {
		fmt.Fprintf(b, `<text x="12" y="%d" font-size="13" font-weight="700" fill="#0b4a59">%s</text>`, y+height/2-4+16*n, html.EscapeString(line))
	}
}

// drawArrow draws the way from one act to a later one: along its own row to just
// before the other, then across the lanes. The way back leaves and enters through
// the sides that face each other.
func drawArrow(b *strings.Builder, from, to box) {
	path := fmt.Sprintf("M%d %dH%dV%dH%d", from.x+boxWidth, from.y+boxHeight/2, to.x-(column-boxWidth)/2, to.y+boxHeight/2, to.x-1)
	if from.x >= to.x {
		path = fmt.Sprintf("M%d %dV%dH%dV%d", from.x+boxWidth/2, from.y+boxHeight, from.y+boxHeight+20, to.x+boxWidth/2, to.y-1)
	}
	fmt.Fprintf(b, `<path d="%s" fill="none" stroke="#41616b" stroke-width="1.4" marker-end="url(#tip)"/>`, path)
}

func drawBox(b *strings.Builder, x box, in law.Edition, t lang.Tag) {
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="#ffffff" stroke="#0b7285" stroke-width="1.6"/>`, x.x, x.y, boxWidth, boxHeight)
	y := x.y + 16
	for _, line := range wrap(x.step.Act.In(t), 16) {
		fmt.Fprintf(b, `<text x="%d" y="%d" font-size="11.5" font-weight="700" fill="#16323a" text-anchor="middle">%s</text>`, x.x+boxWidth/2, y, html.EscapeString(line))
		y += 13
	}
	if term := longest(x.step.Act, in); term.N > 0 {
		fmt.Fprintf(b, `<text x="%d" y="%d" font-size="10" fill="#8a5a00" text-anchor="middle">%s</text>`, x.x+boxWidth/2, y, html.EscapeString(short(term).In(t)))
	}
	paragraph := string(x.step.Cite)
	if i := strings.Index(paragraph, "¶"); i >= 0 {
		paragraph = paragraph[i:]
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" font-size="9.5" fill="#41616b" text-anchor="middle">%s</text>`, x.x+boxWidth/2, x.y+boxHeight+11, html.EscapeString(paragraph))
}

// longest returns the term within which an act has to be done when a permit is
// issued within a region; none where no term ends with it.
func longest(a Act, in law.Edition) calendar.Term {
	on := map[law.Edition]calendar.Date{
		law.E2017: calendar.DateOf(2017, 7, 3), law.E2020: calendar.DateOf(2020, 7, 3), law.E2023: calendar.DateOf(2023, 7, 3),
	}[in]
	for _, t := range Terms {
		stageTwo := a != Issue || t.Name == law.StageTwo // of the terms that issue ends, its own
		if slices.Contains(t.Ends, a) && a != Lapse && a != Examine && stageTwo {
			if v, err := law.TermOn(t.Name, law.Issue, law.Regional, on); err == nil {
				return v.Term
			}
		}
	}
	return calendar.Term{}
}

// short says a term without saying that it runs in office time.
func short(term calendar.Term) lang.Message {
	return lang.M("procedure.term-"+strings.TrimPrefix(string(term.Unit), "working "), lang.Args{"n": term.N})
}

// wrap breaks a text into lines of about n letters, at spaces.
func wrap(s string, n int) []string {
	var lines []string
	for _, word := range strings.Fields(s) {
		last := len(lines) - 1
		if last >= 0 && len([]rune(lines[last]))+1+len([]rune(word)) <= n {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
