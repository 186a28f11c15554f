package diagram

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// office is whose hours the walk is made in: it has to be some department, and
// the regulation is that of West Kazakhstan.
const office = "27"

// A move is one way on from a place, as it was found by doing it.
type move struct {
	act   procedure.Act
	by    party.Role
	to    place
	steps []procedure.Step
	terms []procedure.Running // that the act ended
}

// Business returns the steps of an operation by the law of a day, as the
// directory of business processes shows them (WKO 142/2017 ¶ 11, appendix 2).
func Business(a Asked) (Graph, error) {
	w, err := explore(a)
	if err != nil {
		return Graph{}, err
	}
	act := law.Cite(w.steps[0].Cite.Short())
	g := Graph{ID: "business", Title: title{"diagram.business", a, act}, Act: act, from: map[place]int{}}
	w.build(&g)
	g.markBack()
	return g, nil
}

// StepsOf returns the rows of the table an operation can come to by the law of a
// day, in the order of the table.
func StepsOf(a Asked) ([]procedure.Step, error) {
	w, err := explore(a)
	if err != nil {
		return nil, err
	}
	var list []procedure.Step
	for _, s := range w.steps {
		for _, moves := range w.moves {
			if slices.ContainsFunc(moves, func(m move) bool { return slices.Contains(m.steps, s) }) {
				list = append(list, s)
				break
			}
		}
	}
	return list, nil
}

// A walker does every act to a case, in every order, and notes what led where.
type walker struct {
	asked Asked
	cal   calendar.Calendar
	at    time.Time
	steps []procedure.Step
	moves map[place][]move
	order []place // as they were come to
}

func explore(a Asked) (*walker, error) {
	cal, err := law.CalendarFor(office)
	if err != nil {
		return nil, err
	}
	in, err := law.EditionOn(a.On)
	if err != nil {
		return nil, err
	}
	w := &walker{asked: a, cal: cal, at: a.On.At(10, 0, cal.Zone()), steps: procedure.StepsIn(in), moves: map[place][]move{}}
	c := procedure.Case{ID: "case", Region: office, State: procedure.Preparing, Channel: procedure.Portal, Executor: "executor"}
	c.Application.Operation, c.Application.Scheme = a.Operation, a.Scheme
	seen := map[string]bool{}
	if err := w.visit(c, seen); err != nil {
		return nil, err
	}
	return w, nil
}

// visit does to a case whatever can be done to it, and goes on with what became
// of it. A case that differs from another only in its moments is the same one.
func (w *walker) visit(c procedure.Case, seen map[string]bool) error {
	key, err := like(c)
	if err != nil || seen[key] {
		return err
	}
	seen[key] = true
	here := place{c.State, c.Paid}
	if !slices.Contains(w.order, here) {
		w.order = append(w.order, here)
	}
	for _, s := range w.steps {
		if s.From != c.State {
			continue
		}
		for _, verdict := range []procedure.Verdict{procedure.Grant, procedure.Refusal} {
			next, event, err := procedure.Perform(c, w.deed(s, verdict), w.cal)
			if err != nil || event.To != s.To {
				continue // not possible so, or another row of the table did it
			}
			w.note(here, s, c, next)
			if err := w.visit(next, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// like is what a case is, but for its moments.
func like(c procedure.Case) (string, error) {
	c.Version = 0
	c.Running = slices.Clone(c.Running)
	for i := range c.Running {
		c.Running[i] = procedure.Running{Name: c.Running[i].Name}
	}
	c.Course.Paused = slices.Clone(c.Course.Paused)
	for i := range c.Course.Paused {
		c.Course.Paused[i] = procedure.Paused{Running: procedure.Running{Name: c.Course.Paused[i].Name}}
	}
	c.Course.Hearing = likeHearing(c.Course.Hearing)
	b, err := json.Marshal(c)
	return string(b), err
}

// likeHearing is what a hearing is, but for its moments: of the requests to postpone
// it only the last tells what can be done.
func likeHearing(h *procedure.Hearing) *procedure.Hearing {
	if h == nil {
		return nil
	}
	x := *h
	x.At = time.Time{}
	if n := len(h.Moves); n > 0 {
		x.Moves = []procedure.Move{{Answer: h.Moves[n-1].Answer}}
	}
	return &x
}

// deed is a step done by somebody who may. The clock comes long after: what it
// does, it does when a term is over; so does who holds a hearing or goes on
// without a correction.
func (w *walker) deed(s procedure.Step, v procedure.Verdict) procedure.Deed {
	at := w.at
	if s.By == party.Clock || s.Act == procedure.Hear || s.Act == procedure.GoOn {
		at = at.AddDate(0, 2, 0)
	}
	d := procedure.Deed{Act: s.Act, By: party.Actor{Account: "executor", Role: s.By, Region: office}, At: at, Verdict: v, Words: "why"}
	days := 21
	if s.Act == procedure.Postpone {
		days = 28
	}
	if day, err := w.cal.NextWorking(w.asked.On.AddDays(days)); err == nil {
		d.Hearing = procedure.Hearing{At: day.At(10, 0, w.cal.Zone())}
	}
	return d
}

func (w *walker) note(here place, s procedure.Step, before, after procedure.Case) {
	to := place{after.State, after.Paid}
	list := w.moves[here]
	i := slices.IndexFunc(list, func(m move) bool { return m.act == s.Act && m.by == s.By && m.to == to })
	if i < 0 {
		list, i = append(list, move{act: s.Act, by: s.By, to: to}), len(list)
	}
	if !slices.Contains(list[i].steps, s) {
		list[i].steps = append(list[i].steps, s)
	}
	for _, r := range before.Running {
		if s.By == party.Clock && r.Whose != party.Applicant {
			continue // the clock ends only what waits for the applicant
		}
		ends := slices.ContainsFunc(procedure.Terms, func(t procedure.Term) bool {
			return t.Name == r.Name && slices.Contains(t.Ends, s.Act)
		})
		known := slices.ContainsFunc(list[i].terms, func(o procedure.Running) bool { return o.Name == r.Name })
		if ends && !known {
			list[i].terms = append(list[i].terms, r)
		}
	}
	w.moves[here] = list
}

// often is from how many places an act must be possible, leading nowhere else, to
// be one that may come at any time.
const often = 3

// anyTime reports whether an act may come at nearly any time, to end a case or to
// leave it where it is: drawn from each place, it would hide everything else. What
// opens a case again that has ended stands there, too: an end stays an end.
func (w *walker) anyTime(a procedure.Act) bool {
	var from []procedure.State
	var to []procedure.State
	stays := true
	for _, s := range w.steps {
		if s.Act != a {
			continue
		}
		if !slices.Contains(from, s.From) {
			from = append(from, s.From)
		}
		if !slices.Contains(to, s.To) {
			to = append(to, s.To)
		}
		stays = stays && s.From == s.To
	}
	if !slices.ContainsFunc(from, procedure.State.Open) {
		return len(from) > 0
	}
	return len(from) >= often && (stays || len(to) == 1 && !to[0].Open())
}

// build makes nodes of acts, choices where several may follow, and ends.
func (w *walker) build(g *Graph) {
	tasks := map[string]int{}
	start := g.add(Node{ID: "start", Kind: Start, Lane: Lane(party.Applicant), Name: procedure.Preparing, State: procedure.Preparing})
	entry := map[place]int{} // where a case that comes to a place goes on
	for _, p := range w.order {
		moves := slices.DeleteFunc(slices.Clone(w.moves[p]), func(m move) bool { return w.anyTime(m.act) })
		if len(moves) == 0 {
			continue
		}
		for _, m := range moves {
			w.task(g, tasks, m)
		}
		entry[p] = tasks[moves[0].key()]
		if len(moves) > 1 {
			entry[p] = g.add(Node{ID: fmt.Sprintf("choice-%s%s", p.state, paid(p.paid)), Kind: Choice, Lane: Lane(moves[0].by)})
			for _, m := range moves {
				g.lead(entry[p], tasks[m.key()], m, conditionOf(m))
			}
		}
	}
	g.from = entry
	g.connect(start, entry[place{procedure.Preparing, false}], nil)
	for _, p := range w.order {
		for _, m := range w.moves[p] {
			from, drawn := tasks[m.key()]
			to, open := entry[m.to]
			switch {
			case !drawn || g.leaves(from):
			case open:
				g.lead(from, to, w.only(m.to), nil)
			default:
				end := g.add(Node{ID: "end-" + g.Nodes[from].ID, Kind: End, Lane: g.Nodes[from].Lane, Name: m.to.state, State: m.to.state})
				g.connect(from, end, nil)
			}
		}
	}
	w.below(g)
}

// below adds what may come at any time.
func (w *walker) below(g *Graph) {
	for _, s := range w.steps {
		if !w.anyTime(s.Act) {
			continue
		}
		i := slices.IndexFunc(g.Nodes, func(n Node) bool { return n.Kind == Apart && n.Act == s.Act && n.Lane == Lane(s.By) })
		if i < 0 {
			i = g.add(Node{ID: "apart-" + string(s.Act), Kind: Apart, Lane: Lane(s.By), Name: s.Act, Act: s.Act, Cite: s.Cite, Sure: s.Sure})
		}
		g.Nodes[i].Steps = append(g.Nodes[i].Steps, s)
	}
}

func (m move) key() string { return fmt.Sprint(m.act, m.by, m.to) }

// only is the one move from a place, whose terms stand on the arrow into it; of a
// place with a choice they stand on the arrows out of the choice.
func (w *walker) only(p place) move {
	moves := slices.DeleteFunc(slices.Clone(w.moves[p]), func(m move) bool { return w.anyTime(m.act) })
	if len(moves) == 1 {
		return moves[0]
	}
	return move{}
}

func (w *walker) task(g *Graph, tasks map[string]int, m move) {
	if i, ok := tasks[m.key()]; ok {
		g.Nodes[i].Steps = append(g.Nodes[i].Steps, m.steps...)
		return
	}
	id := "task-" + string(m.act) + "-" + string(m.to.state) + paid(m.to.paid)
	if m.act == procedure.GoOn {
		id += "-" + string(m.by) // the clock's, or the executor's
	}
	tasks[m.key()] = g.add(Node{ID: id, Kind: Task, Lane: Lane(m.by), Name: m.act, Act: m.act, Cite: m.steps[0].Cite, Sure: m.steps[0].Sure, Steps: m.steps})
}

func paid(is bool) string {
	if is {
		return "-paid"
	}
	return ""
}

// conditionOf says for which cases a move is; nil for all.
func conditionOf(m move) lang.Speaker {
	if m.steps[0].If == procedure.Always {
		return nil
	}
	return m.steps[0].If
}

func (g *Graph) add(n Node) int {
	g.Nodes = append(g.Nodes, n)
	return len(g.Nodes) - 1
}

func (g *Graph) leaves(n int) bool {
	return slices.ContainsFunc(g.Flows, func(f Flow) bool { return f.From == n })
}

func (g *Graph) connect(from, to int, condition lang.Speaker) *Flow {
	g.Flows = append(g.Flows, Flow{ID: fmt.Sprintf("flow-%d", len(g.Flows)+1), From: from, To: to, If: condition})
	return &g.Flows[len(g.Flows)-1]
}

// lead connects, with the terms of the move on the arrow.
func (g *Graph) lead(from, to int, m move, condition lang.Speaker) {
	f := g.connect(from, to, condition)
	for _, r := range m.terms {
		sooner := func(o procedure.Running) bool { return inDays(o) && o.End.At.Before(r.End.At) }
		if !inDays(r) || !slices.ContainsFunc(m.terms, sooner) {
			f.Terms = append(f.Terms, within{r})
		}
	}
}

// inDays reports whether a term runs in days. Of those only the one that ends
// first is drawn.
func inDays(r procedure.Running) bool {
	return r.End.Term.Unit == calendar.WorkingDays || r.End.Term.Unit == calendar.CalendarDays
}

// within says a term without saying that it runs in office time: the name of one
// that began earlier, and how long it is.
type within struct{ procedure.Running }

// In says the term.
func (x within) In(t lang.Tag) string {
	var term lang.Speaker = x.End.Term
	switch x.End.Term.Unit {
	case calendar.WorkingHours:
		term = lang.M("procedure.term-hours", lang.Args{"n": x.End.Term.N})
	case calendar.WorkingMinutes:
		term = lang.M("procedure.term-minutes", lang.Args{"n": x.End.Term.N})
	}
	if x.Name == law.Answer || x.Name == law.StageTwo {
		return lang.M("diagram.term", lang.Args{"name": x.Name, "term": term}).In(t)
	}
	return term.In(t)
}
