package correspondence

import (
	"fmt"
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/registry"
)

// A Topic is one thing a reply can tell. The executor chooses among them.
type Topic string

// The topics. What was issued and what is in force are told apart; each of the
// others belongs to one of them or is about the rules.
const (
	Basis           Topic = "basis"            // the service, the quota and the Rules
	Issued          Topic = "issued"           // how many in the year, and for how long
	Positions       Topic = "positions"        // for which positions these were issued
	FlowByCategory  Topic = "flow-by-category" // how many of these in each category
	Ranks           Topic = "ranks"            // the six kinds of workers of ¶ 5
	PositionsAsked  Topic = "asked"            // what is true of a position asked about
	InForce         Topic = "in-force"         // how many on the day, and whose citizens
	StockByCategory Topic = "stock-by-category"
)

// Topics are all topics, in the order in which a reply tells them.
var Topics = []Topic{Basis, Issued, Positions, FlowByCategory, Ranks, PositionsAsked, InForce, StockByCategory}

// Usual are the topics of a reply for which nobody has chosen any: those of the
// department's letter of 2025.
var Usual = []Topic{Basis, Issued, Positions, Ranks, PositionsAsked, InForce, StockByCategory}

// In names the topic.
func (t Topic) In(tag lang.Tag) string { return lang.M("correspondence.topic-" + string(t)).In(tag) }

// partOf is the topic that another cannot do without.
var partOf = map[Topic]Topic{Positions: Issued, FlowByCategory: Issued, StockByCategory: InForce}

// Tells reports whether the reply to the request tells of a topic.
func (q Request) Tells(t Topic) bool {
	if len(q.Topics) == 0 {
		return slices.Contains(Usual, t)
	}
	return slices.Contains(q.Topics, t)
}

// maxFree is how many paragraphs an executor may add.
const maxFree = 10

func (q Request) checkTopics(f *problem.Form) {
	for _, t := range q.Topics {
		if !slices.Contains(Topics, t) {
			f.Wrong("topics", "correspondence.bad-topic", lang.Args{"value": short(string(t))})
			return
		}
		if whole, ok := partOf[t]; ok && !q.Tells(whole) {
			f.Wrong("topics", "correspondence.topic-needs", lang.Args{"part": t, "whole": whole})
		}
	}
	if !q.Tells(Issued) && !q.Tells(InForce) {
		f.Wrong("topics", "correspondence.no-topic")
	}
	if len(q.Free) > maxFree {
		f.Wrong("free", "correspondence.too-many-free", lang.Args{"n": maxFree})
		return
	}
	for i, x := range q.Free {
		at := fmt.Sprintf("free.%d", i+1)
		if x.KK == "" || x.RU == "" {
			f.Wrong(at, "correspondence.missing")
			continue
		}
		printableUpTo(f, at, x, maxParagraph)
	}
}

// tell writes what belongs to a topic. Positions and the categories in force are
// told together with what they are part of.
func (c *composer) tell(t Topic) {
	switch t {
	case Basis:
		c.say("service")
		c.say("quota").cite("Order 274 of 2023-06-30")
		c.say("rules").cite("Order 279 of 2023-06-30")
	case Issued:
		c.issued()
	case FlowByCategory:
		c.issuedByCategory()
	case Ranks:
		c.categories()
	case PositionsAsked:
		for _, x := range c.q.Asked {
			c.asked(x)
		}
	case InForce:
		c.inForce()
	}
}

// issuedByCategory parts the flow of the year by category.
func (c *composer) issuedByCategory() {
	var present []law.Category
	for _, x := range law.Categories {
		if c.a.Issued[x] > 0 {
			present = append(present, x)
			c.count(Flow, lang.M("correspondence.figure-issued-category", lang.Args{"year": c.q.Year, "category": x}), registry.OfCategory(x))
		}
	}
	if len(present) == 0 {
		return // the paragraph before has said that there is none
	}
	c.say("issued-categories", lang.Args{"year": c.q.Year})
	c.items(len(present), func(i int) lang.Message {
		return lang.M("correspondence.line", lang.Args{"what": form{"group", present[i]}, "count": permits(c.a.Issued[present[i]])})
	})
}

// named is the employer with its number, where no paragraph before has told it.
func (c *composer) named() lang.Text {
	if c.q.Tells(Issued) {
		return c.employer
	}
	return lang.All(lang.M("correspondence.employer", lang.Args{"name": c.employer, "bin": string(c.q.Employer.BIN)}))
}
