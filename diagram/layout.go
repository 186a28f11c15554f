package diagram

import (
	"slices"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/procedure"
)

// lanes is the order of the columns, from who asks to who decides. A role that
// is not named here stands last.
var lanes = []Lane{Lane(party.Applicant), Lane(party.Clock), Machine, Lane(party.Clerk), Lane(party.Head), Lane(party.Executor)}

// A cell is where a node stands: time runs down the rows, and a lane has as many
// columns as nodes stand in one row of it.
type cell struct{ col, row int }

// A sheet is a graph whose nodes have their cells.
type sheet struct {
	*Graph
	tag    lang.Tag
	lanes  []Lane
	first  []int // column of each lane, and one past the last
	cells  []cell
	rows   int
	taken  map[cell]int // node
	boxes  []box        // sizes, by node
	labels []label      // by node: what stands on the arrows into it
}

// Draw lays a graph out in a language.
func Draw(g Graph, t lang.Tag) Picture {
	s := &sheet{Graph: &g, tag: t, taken: map[cell]int{}}
	s.findLanes()
	s.findRows()
	s.findColumns()
	s.measure()
	r := newRouter(s)
	r.routeAll()
	return r.picture()
}

func (s *sheet) findLanes() {
	for _, n := range s.Nodes {
		if !slices.Contains(s.lanes, n.Lane) {
			s.lanes = append(s.lanes, n.Lane)
		}
	}
	place := func(l Lane) int {
		if i := slices.Index(lanes, l); i >= 0 {
			return i
		}
		return len(lanes)
	}
	slices.SortStableFunc(s.lanes, func(a, b Lane) int { return place(a) - place(b) })
}

// findRows gives each node the row below all that lead to it, the flows back
// aside. What may come at any time stands below everything.
func (s *sheet) findRows() {
	s.cells = make([]cell, len(s.Nodes))
	for changed := true; changed; {
		changed = false
		for _, f := range s.Flows {
			if row := s.cells[f.From].row + 1; !f.back && s.cells[f.To].row < row {
				s.cells[f.To].row, changed = row, true
			}
		}
	}
	for i, n := range s.Nodes {
		if n.Kind != Apart {
			s.rows = max(s.rows, s.cells[i].row+1)
		}
	}
	for i, n := range s.Nodes {
		if n.Kind == Apart {
			s.cells[i].row = s.rows
		}
	}
	if slices.ContainsFunc(s.Nodes, func(n Node) bool { return n.Kind == Apart }) {
		s.rows++
	}
}

// mainPath marks the nodes of the longest way to a result handed over, or to the
// furthest end where there is none.
func (s *sheet) mainPath() []bool {
	end := -1
	for i, n := range s.Nodes {
		done := n.State == procedure.HandedOver
		switch {
		case n.Kind != End:
		case end < 0, done && s.Nodes[end].State != procedure.HandedOver, done == (s.Nodes[end].State == procedure.HandedOver) && s.cells[i].row > s.cells[end].row:
			end = i
		}
	}
	main := make([]bool, len(s.Nodes))
	for n := end; n >= 0; {
		main[n] = true
		next := -1
		for _, f := range s.Flows {
			if f.To == n && !f.back && s.cells[f.From].row == s.cells[n].row-1 {
				next = f.From
				break
			}
		}
		n = next
	}
	return main
}

// findColumns gives each node its column within its lane: the first to the main
// way, then the one of the node before, if it is free. What would need a column
// more stands a row lower instead, where there is room.
func (s *sheet) findColumns() {
	sub := make([]int, len(s.Nodes))
	wide := map[Lane]int{}
	used := map[Lane]map[cell]bool{}
	for _, l := range s.lanes {
		used[l] = map[cell]bool{}
	}
	put := func(i, col int) {
		lane := s.Nodes[i].Lane
		for used[lane][cell{col, s.cells[i].row}] {
			col++
		}
		if col >= wide[lane] && wide[lane] > 0 && s.lower(i, used[lane]) {
			col = 0
		}
		used[lane][cell{col, s.cells[i].row}] = true
		sub[i] = col
		wide[lane] = max(wide[lane], col+1)
	}
	main := s.mainPath()
	for i := range s.Nodes {
		if main[i] {
			put(i, 0)
		}
	}
	for _, i := range s.byRow() {
		if !main[i] {
			put(i, s.wish(i, sub, main))
		}
	}
	col := 0
	for _, l := range s.lanes {
		s.first = append(s.first, col)
		col += wide[l]
	}
	s.first = append(s.first, col)
	for i, n := range s.Nodes {
		s.cells[i].col = s.first[slices.Index(s.lanes, n.Lane)] + sub[i]
		s.taken[s.cells[i]] = i
	}
}

// lower moves a node a row down, and the ends behind it, if nothing stands there
// in the first column of its lane and nothing else goes on from it.
func (s *sheet) lower(i int, used map[cell]bool) bool {
	row := s.cells[i].row
	if row+1 >= s.rows-1 || s.Nodes[i].Kind != Task || used[cell{0, row + 1}] {
		return false
	}
	var ends []int
	for _, f := range s.Flows {
		switch {
		case f.From != i || f.back:
		case s.Nodes[f.To].Kind != End || row+2 >= s.rows-1 || used[cell{0, row + 2}]:
			return false
		default:
			ends = append(ends, f.To)
		}
	}
	s.cells[i].row++
	for _, e := range ends {
		s.cells[e].row = row + 2
	}
	return true
}

// wish is the column a node beside the main way would like: that of the node
// before in its lane.
func (s *sheet) wish(i int, sub []int, main []bool) int {
	for _, f := range s.Flows {
		if f.To == i && !f.back && s.Nodes[f.From].Lane == s.Nodes[i].Lane && s.Nodes[f.From].Kind != Choice {
			return sub[f.From]
		}
	}
	return 0
}

// byRow are the nodes from above.
func (s *sheet) byRow() []int {
	list := make([]int, len(s.Nodes))
	for i := range list {
		list[i] = i
	}
	slices.SortStableFunc(list, func(a, b int) int { return s.cells[a].row - s.cells[b].row })
	return list
}
