package diagram

import (
	"cmp"
	"container/heap"
	"slices"
)

// tracks is how many arrows may run side by side between two rows or columns.
const tracks = 5

// The grid has a line through the middle of each row and column, and tracks
// between them. A point of it is free unless a node stands there.
type point struct{ x, y int }

// A side of a node, in the order of dx and dy.
type side int

const (
	north side = iota
	east
	south
	west
)

var dx, dy = [4]int{0, 1, 0, -1}, [4]int{-1, 0, 1, 0}

// A router finds a way for every flow along the grid, without crossing a node
// and with few bends and crossings.
type router struct {
	*sheet
	width, height int // of the grid
	blocked       map[point]bool
	segments      map[segment][]int // flows that run along
	passes        map[point][]pass  // flows that come through
	ports         map[port][]use
	routes        [][]point // by flow, from the node's middle to the other's
}

// A segment joins a point with the next to the right or below.
type segment struct {
	point
	down bool
}

type pass struct {
	flow       int
	horizontal bool
	vertical   bool
}

type port struct {
	node int
	side side
}

type use struct {
	flow int
	in   bool
}

func lineOf(i int) int { return i*(tracks+1) + tracks } // of a row or column

func newRouter(s *sheet) *router {
	r := &router{
		sheet: s, width: lineOf(s.first[len(s.first)-1]-1) + tracks + 1, height: lineOf(s.rows-1) + tracks + 1,
		blocked: map[point]bool{}, segments: map[segment][]int{}, passes: map[point][]pass{}, ports: map[port][]use{},
		routes: make([][]point, len(s.Flows)),
	}
	for c := range s.taken {
		r.blocked[r.middle(c)] = true
	}
	return r
}

func (r *router) middle(c cell) point { return point{lineOf(c.col), lineOf(c.row)} }

// routeAll finds the ways: those down to the next row first, those back last.
func (r *router) routeAll() {
	order := make([]int, len(r.Flows))
	for i := range order {
		order[i] = i
	}
	far := func(i int) int {
		f := r.Flows[i]
		a, b := r.cells[f.From], r.cells[f.To]
		d := 3*max(b.row-a.row, a.row-b.row) + max(b.col-a.col, a.col-b.col)
		if f.back {
			d += 1000
		}
		return d
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(far(a), far(b)) })
	for _, i := range order {
		r.routes[i] = r.find(i)
		r.keep(i)
	}
}

// keep notes where a flow runs, for those that come after it.
func (r *router) keep(i int) {
	f, way := r.Flows[i], r.routes[i]
	if len(way) < 2 {
		return
	}
	out, in := sideTo(way[0], way[1]), sideTo(way[len(way)-1], way[len(way)-2])
	r.ports[port{f.From, out}] = append(r.ports[port{f.From, out}], use{i, false})
	r.ports[port{f.To, in}] = append(r.ports[port{f.To, in}], use{i, true})
	for k := range way {
		p := pass{flow: i}
		if k > 0 {
			s := between(way[k-1], way[k])
			r.segments[s] = append(r.segments[s], i)
			p.horizontal, p.vertical = !s.down, s.down
		}
		if k+1 < len(way) {
			s := between(way[k], way[k+1])
			p.horizontal, p.vertical = p.horizontal || !s.down, p.vertical || s.down
		}
		r.passes[way[k]] = append(r.passes[way[k]], p)
	}
}

func sideTo(from, to point) side {
	switch {
	case to.y < from.y:
		return north
	case to.x > from.x:
		return east
	case to.y > from.y:
		return south
	}
	return west
}

func between(a, b point) segment {
	if a.x > b.x || a.y > b.y {
		a, b = b, a
	}
	return segment{a, a.x == b.x}
}

// A step of the search: a point, and from where it was entered.
type step struct {
	at   point
	came side // direction of travel
}

type item struct {
	step
	cost int
}

type queue []item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(item)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// find searches the cheapest way of a flow (Dijkstra's).
func (r *router) find(i int) []point {
	f := r.Flows[i]
	from, to := r.middle(r.cells[f.From]), r.middle(r.cells[f.To])
	best, before := map[step]int{}, map[step]step{}
	q := &queue{}
	for d := range side(4) {
		at := point{from.x + dx[d], from.y + dy[d]}
		if cost, ok := r.leave(i, d); ok && r.inside(at) && (at == to || !r.blocked[at]) {
			s := step{at, d}
			best[s], before[s] = cost, step{at: from}
			heap.Push(q, item{s, cost})
		}
	}
	for q.Len() > 0 {
		it := heap.Pop(q).(item)
		if it.cost > best[it.step] {
			continue
		}
		if it.at == to {
			return trace(before, it.step, from)
		}
		for d := range side(4) {
			next := step{point{it.at.x + dx[d], it.at.y + dy[d]}, d}
			if (d+2)%4 == it.came || !r.inside(next.at) || r.blocked[next.at] && next.at != to {
				continue
			}
			cost, ok := r.price(i, it.step, next, to)
			if !ok {
				continue
			}
			cost += it.cost
			if known, seen := best[next]; !seen || cost < known {
				best[next], before[next] = cost, it.step
				heap.Push(q, item{next, cost})
			}
		}
	}
	return nil
}

func trace(before map[step]step, s step, from point) []point {
	var way []point
	for s.at != from {
		way = append(way, s.at)
		s = before[s]
	}
	way = append(way, from)
	slices.Reverse(way)
	return way
}

func (r *router) inside(p point) bool {
	return p.x >= 0 && p.y >= 0 && p.x < r.width && p.y < r.height
}

// What a way costs. A bend costs as much as a few tracks; two arrows on one line
// cost more than any detour, unless they lead to the same node.
const (
	bendCost    = 14
	crossCost   = 12
	touchCost   = 40
	overlapCost = 120
	joinCost    = 1
)

// leave returns what it costs to leave a node by a side.
func (r *router) leave(i int, d side) (int, bool) {
	n := r.Nodes[r.Flows[i].From]
	cost := map[side]int{south: 0, east: 6, west: 6, north: 60}[d]
	if n.Kind == Start && d != south {
		return 0, false
	}
	if d == south && r.under(i) {
		cost += 25
	}
	for _, u := range r.ports[port{r.Flows[i].From, d}] {
		if u.in {
			cost += 200
		} else {
			cost += 30
		}
	}
	return cost, true
}

// under reports whether a node that a flow does not lead to stands right below
// the one it comes from: an arrow between the two would seem to join them.
func (r *router) under(i int) bool {
	c := r.cells[r.Flows[i].From]
	n, ok := r.taken[cell{c.col, c.row + 1}]
	return ok && n != r.Flows[i].To
}

// enter returns what it costs to enter a node travelling in a direction. Where
// something is written on the arrow, it comes from above.
func (r *router) enter(i int, d side) (int, bool) {
	f := r.Flows[i]
	by := (d + 2) % 4
	l := r.labels[f.To]
	if by != north && (r.Nodes[f.To].Kind == End || !f.back && len(l.left)+len(l.right) > 0) {
		return 0, false
	}
	cost := map[side]int{north: 0, east: 10, west: 10, south: 60}[by]
	for _, u := range r.ports[port{f.To, by}] {
		if !u.in {
			cost += 200
		}
	}
	return cost, true
}

// price returns what the next step of a way costs.
func (r *router) price(i int, at, next step, to point) (int, bool) {
	cost := 2
	if next.at.x%(tracks+1) == tracks || next.at.y%(tracks+1) == tracks {
		cost = 5 // through a row or column
	}
	if next.came != at.came {
		cost += bendCost
		cost += r.touches(i, at.at)
	}
	s := between(at.at, next.at)
	for _, other := range r.segments[s] {
		if r.Flows[other].To == r.Flows[i].To {
			cost += joinCost
		} else {
			cost += overlapCost
		}
	}
	if next.at == to {
		enter, ok := r.enter(i, next.came)
		return cost + enter, ok
	}
	for _, p := range r.passes[next.at] {
		if r.Flows[p.flow].To != r.Flows[i].To && (s.down && p.horizontal || !s.down && p.vertical) {
			cost += crossCost
		}
	}
	return cost, true
}

// touches returns what it costs to bend where another arrow passes.
func (r *router) touches(i int, at point) int {
	for _, p := range r.passes[at] {
		if r.Flows[p.flow].To != r.Flows[i].To {
			return touchCost
		}
	}
	return 0
}
