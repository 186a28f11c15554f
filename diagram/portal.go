package diagram

import (
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// Portal returns the interaction of information systems: processes 1 to 9 and
// conditions 1 to 4 (WKO 142/2017 ¶ 10; ¶ 11, appendix 1). Where no fee is due,
// condition 4 is left out.
func Portal(a Asked) (Graph, error) {
	w, err := explore(a)
	if err != nil {
		return Graph{}, err
	}
	g := Graph{ID: "portal", Title: title{"diagram.portal", a, "WKO 142/2017"}, Act: "WKO 142/2017"}
	stands, err := standsIn(a)
	if err != nil {
		return Graph{}, err
	}
	items := slices.Clone(procedure.PortalItems)
	if !w.fee() {
		items = without(items)
	}
	nodes := map[string]int{}
	for _, i := range items {
		if stands {
			i.Sure = law.Assumed
		}
		nodes[i.Key] = g.add(w.portalNode(i))
	}
	start := g.add(Node{ID: "portal-start", Kind: Start, Lane: Lane(party.Applicant), Name: procedure.Preparing})
	g.connect(start, nodes[items[0].Key], nil)
	for _, i := range items {
		g.leadOn(nodes, i, i.Then, "portal-yes")
		if i.Condition {
			g.leadOn(nodes, i, i.Else, "portal-no")
		}
	}
	g.markBack()
	return g, nil
}

// standsIn reports whether ¶ 10 stands in on a day for an order nobody has read:
// before the regulation was registered, and after its end.
func standsIn(a Asked) (bool, error) {
	edition, err := law.EditionOn(a.On)
	if err != nil {
		return false, err
	}
	source, err := law.EditionSource(a.On)
	return edition != law.E2017 || source.Sure != law.Text, err
}

// fee reports whether proving a payment is among the acts of the operation.
func (w *walker) fee() bool {
	for _, moves := range w.moves {
		if slices.ContainsFunc(moves, func(m move) bool { return m.act == procedure.ProvePayment }) {
			return true
		}
	}
	return false
}

// without leaves out the items of a fee: what led to one leads to what follows.
func without(items []procedure.PortalItem) []procedure.PortalItem {
	for _, i := range items {
		for k := range items {
			if i.Fee && items[k].Then == i.Key {
				items[k].Then = i.Then
			}
		}
	}
	return slices.DeleteFunc(items, func(i procedure.PortalItem) bool { return i.Fee })
}

func (w *walker) portalNode(i procedure.PortalItem) Node {
	n := Node{ID: "portal-" + i.Key, Kind: Task, Lane: Machine, Name: numbered{i}, Cite: i.Cite, Sure: i.Sure, Act: i.Act, Number: i.Number}
	if i.By != "" {
		n.Lane = Lane(i.By)
	}
	if i.Condition {
		n.Kind = Choice
	}
	for _, s := range w.steps {
		if i.Act != "" && s.Act == i.Act && !slices.Contains(n.Steps, s) {
			n.Steps = append(n.Steps, s)
		}
	}
	return n
}

// numbered is an item with its number before it, as the act has it.
type numbered struct{ procedure.PortalItem }

// In says the item.
func (x numbered) In(t lang.Tag) string {
	key := "diagram.process"
	if x.Condition {
		key = "diagram.condition"
	}
	if x.Number == "" {
		return x.PortalItem.In(t)
	}
	return lang.M(key, lang.Args{"n": x.Number}).In(t) + ". " + x.PortalItem.In(t)
}

// leadOn connects an item with what follows, or with the end.
func (g *Graph) leadOn(nodes map[string]int, i procedure.PortalItem, next, answer string) {
	var condition lang.Speaker
	if i.Condition {
		condition = lang.M("procedure." + answer)
	}
	from := nodes[i.Key]
	if to, ok := nodes[next]; ok {
		g.connect(from, to, condition)
		return
	}
	name := i.Ends
	if name == "" {
		name = next
	}
	lane := g.Nodes[from].Lane
	sure := law.Text
	if i.Ends == "" {
		sure = law.Secondary
	}
	end := g.add(Node{ID: "end-" + g.Nodes[from].ID, Kind: End, Lane: lane, Name: procedure.PortalEnd(name), Sure: sure})
	g.connect(from, end, condition)
}
