package correspondence

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

// A composer writes the body of a letter, paragraph by paragraph, and notes each
// figure where it puts it.
type composer struct {
	q        Request
	a        registry.Answer
	office   Office
	employer lang.Text
	body     []document.Paragraph
	figures  []Figure
	cites    []law.Cite
}

// say adds a paragraph.
func (c *composer) say(key string, args ...lang.Args) *composer {
	c.body = append(c.body, document.Paragraph{Text: lang.All(lang.M("correspondence."+key, args...))})
	return c
}

// cite notes on which act the last paragraph rests.
func (c *composer) cite(x law.Cite) { c.cites = append(c.cites, x) }

// item adds a line to the list of the last paragraph.
func (c *composer) item(mark string, m lang.Speaker) {
	p := &c.body[len(c.body)-1]
	p.Items = append(p.Items, document.Item{Mark: mark, Text: lang.All(m)})
}

// count returns the permits of a kind that all conditions hold for, and notes the
// figure as standing in the paragraph that comes next.
func (c *composer) count(k Kind, what lang.Message, conditions ...func(registry.Permit) bool) int {
	of := c.a.Flow
	if k == Stock {
		of = c.a.Stock
	}
	numbers := c.a.Numbers(append([]func(registry.Permit) bool{of}, conditions...)...)
	c.figures = append(c.figures, Figure{k, what, len(numbers), numbers, len(c.body)})
	return len(numbers)
}

// issued tells the flow of the year: how many, for how long, for which positions.
func (c *composer) issued() {
	args := lang.Args{
		"year": c.q.Year, "day": dayOf(c.q.AsOf), "employer": c.employer, "bin": string(c.q.Employer.BIN),
	}
	n := c.count(Flow, lang.M("correspondence.figure-issued", args))
	terms := slices.Sorted(maps.Keys(c.a.Months))
	if n == 0 {
		c.say("issued-none", args)
		return
	}
	args["n"], args["positions"] = n, positions(c.a.Positions)
	key := "issued"
	if !c.q.Tells(Positions) {
		key = "issued-bare"
	}
	switch {
	case len(terms) > 1:
		for _, m := range terms {
			c.count(Flow, lang.M("correspondence.figure-term", lang.Args{"year": c.q.Year, "term": termOf(m)}), registry.OfMonths(m))
		}
		c.say(key+"-terms", args)
		c.items(len(terms), func(i int) lang.Message {
			return lang.M("correspondence.line", lang.Args{"what": termOf(terms[i]), "count": permits(c.a.Months[terms[i]])})
		})
	case n == 1 && key == "issued":
		args["term"] = termOf(terms[0])
		c.say("issued-one", args)
	default:
		args["term"] = termOf(terms[0])
		c.say(key, args)
	}
}

// items adds a list of n lines, semicolons between them and a stop at the end.
func (c *composer) items(n int, line func(i int) lang.Message) {
	for i := range n {
		end := "correspondence.semicolon"
		if i == n-1 {
			end = "correspondence.stop"
		}
		c.item("–", lang.M(end, lang.Args{"line": line(i)}))
	}
}

// categories quotes the six kinds of workers (Order 279 of 2023-06-30 ¶ 5).
func (c *composer) categories() {
	c.say("categories").cite("Order 279 of 2023-06-30 ¶ 5")
	list := law.Definitions(c.q.Received)
	for i, d := range list {
		end := "correspondence.semicolon"
		if i == len(list)-1 {
			end = "correspondence.stop"
		}
		line := lang.M("correspondence.definition", lang.Args{"name": d.Name, "text": d.Text})
		c.item(fmt.Sprintf("%d)", i+1), lang.M(end, lang.Args{"line": line}))
	}
}

// asked tells of one position: where it ranks, and what was issued there.
func (c *composer) asked(x Asked) {
	args := lang.Args{
		"position": x.Position, "to": form{"to", x.Category}, "by": form{"by", x.Category}, "year": c.q.Year,
	}
	of := registry.OfCategory(x.Category)
	n := c.count(Flow, lang.M("correspondence.figure-issued-category", lang.Args{"year": c.q.Year, "category": x.Category}), of)
	if n == 0 {
		c.say("asked-none", args)
		return
	}
	args["n"] = n
	args["held"] = c.count(Flow,
		lang.M("correspondence.figure-issued-position", lang.Args{"year": c.q.Year, "position": x.Position}),
		of, registry.OfPosition(x.Position))
	c.say("asked", args)
}

// inForce tells the stock of the day: how many, whose citizens, by category.
func (c *composer) inForce() {
	args := lang.Args{"day": dayOf(c.q.AsOf), "employer": c.named()}
	n := c.count(Stock, lang.M("correspondence.figure-in-force", args))
	if n == 0 {
		c.say("in-force-none", args)
		return
	}
	args["n"], args["citizens"] = n, c.citizens()
	if !c.q.Tells(StockByCategory) {
		c.say("in-force-bare", args)
		return
	}
	var present []law.Category
	for _, x := range law.Categories {
		if c.a.InForce[x] > 0 {
			present = append(present, x)
			c.count(Stock, lang.M("correspondence.figure-category", lang.Args{"day": dayOf(c.q.AsOf), "category": x}), registry.OfCategory(x))
		}
	}
	c.say("in-force", args)
	c.items(len(present), func(i int) lang.Message {
		return lang.M("correspondence.line", lang.Args{"what": form{"group", present[i]}, "count": permits(c.a.InForce[present[i]])})
	})
}

// citizens lists the countries with their permits, the most numerous first.
func (c *composer) citizens() series {
	codes := slices.SortedFunc(maps.Keys(c.a.Citizenship), func(a, b string) int {
		if d := c.a.Citizenship[b] - c.a.Citizenship[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	var list series
	for _, code := range codes {
		country := lang.Same(code)
		if x, ok := law.CountryBy(code); ok {
			country = x.Name
		}
		n := c.count(Stock, lang.M("correspondence.figure-citizens", lang.Args{"day": dayOf(c.q.AsOf), "country": country}), registry.OfCitizenship(code))
		list = append(list, lang.M("correspondence.citizens", lang.Args{"country": country, "count": n}))
	}
	return list
}

func positions(list []registry.Positions) series {
	var s series
	for _, p := range list {
		s = append(s, p.Position)
	}
	return s
}

// permits says a number of permits: 45 разрешений.
func permits(n int) lang.Message { return lang.M("correspondence.permits", lang.Args{"n": n}) }

// termOf says a term of a permit; whole years in words, as on the permit.
func termOf(months int) lang.Message {
	switch months {
	case 12, 24, 36, 48:
		return lang.M(fmt.Sprintf("correspondence.years-%d", months/12))
	}
	return lang.M("correspondence.months", lang.Args{"n": months})
}

// A series says its parts one after the other.
type series []lang.Speaker

// In joins the parts with commas.
func (s series) In(t lang.Tag) string {
	parts := make([]string, len(s))
	for i, x := range s {
		parts[i] = x.In(t)
	}
	return strings.Join(parts, ", ")
}

// A form is a category as a sentence wants it: "to" what a position belongs, "by"
// what was counted, the "group" of workers it is.
type form struct {
	name     string
	category law.Category
}

// In says the form in a language.
func (f form) In(t lang.Tag) string {
	return lang.M("correspondence." + f.name + "-" + string(f.category)).In(t)
}

// A dayOf is a day that in Kazakh stands before the thing it is of: 2025 жылғы 27
// тамыздағы өтініш. In Russian and English it reads as any day.
type dayOf calendar.Date

// kazakhOf are the ends that Kazakh months take then.
var kazakhOf = [12]string{"дағы", "дағы", "дағы", "дегі", "дағы", "дағы", "дегі", "дағы", "тегі", "дағы", "дағы", "дағы"}

// In says the day in a language.
func (d dayOf) In(t lang.Tag) string {
	x := calendar.Date(d).In(t)
	if t == lang.KK {
		x += kazakhOf[d.Month-1]
	}
	return x
}
