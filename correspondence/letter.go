package correspondence

import (
	"slices"
	"strings"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/registry"
)

// A Letter is a reply to a request: what is printed, and what it was made from.
type Letter struct {
	Request Request
	Answer  registry.Answer
	Paper   document.LetterData // number and day of the letter are left to the chancellery
	Figures []Figure
	Cites   []law.Cite // the acts its words rest on
}

// A Kind says which of two things a figure tells. They are never added up.
type Kind string

// The kinds of figures.
const (
	Flow  Kind = "issued"   // in the year, up to the day asked about
	Stock Kind = "in-force" // on that day, whenever issued
)

// A Figure is one number of the letter, with the permits behind it.
type Figure struct {
	Kind      Kind         `json:"kind"`
	What      lang.Message `json:"what"` // as: "issued in 2025, category IV"
	Permits   int          `json:"permits"`
	Numbers   []string     `json:"numbers"`   // of the permits, in the order of the register
	Paragraph int          `json:"paragraph"` // of the body in which it stands, from 0
}

// Compose answers a request from what the register says. The acts are those in
// force when the request was received; rules older than Order 279 of 2023-06-30
// have no letter.
//
// It refuses to mix: the answer must be to the question of the request. The
// letter still wants [Letter.Check], above all if its words are changed by hand.
func Compose(q Request, a registry.Answer, office Office) (Letter, error) {
	if err := q.Validate(); err != nil {
		return Letter{}, err
	}
	if err := office.Check(); err != nil {
		return Letter{}, err
	}
	if a.Question != q.Question() {
		return Letter{}, problem.New(problem.Invalid, "correspondence.other-question", lang.Args{"number": q.Number})
	}
	if e, err := law.EditionOn(q.Received); err != nil || e.Before(law.E2023) {
		return Letter{}, problem.New(problem.Invalid, "correspondence.no-rules", lang.Args{"day": q.Received}).At("received")
	}
	c := composer{q: q, a: a, office: office, employer: nameOf(q, a)}
	if c.employer.RU == "" {
		return Letter{}, problem.New(problem.Invalid, "correspondence.no-name", lang.Args{"bin": q.Employer.BIN}).At("employer.name")
	}
	return c.letter(), nil
}

// Question returns what the request asks the register.
func (q Request) Question() registry.Question {
	return registry.Question{Employer: q.Employer.BIN, AsOf: q.AsOf, Year: q.Year, Region: q.Region}
}

// nameOf returns the name of the employer: that of its latest permit, or what the
// request says if it has none.
func nameOf(q Request, a registry.Answer) lang.Text {
	if n := len(a.Behind); n > 0 {
		return a.Behind[n-1].Name
	}
	return q.Employer.Name
}

// letter puts the paragraphs in their order.
func (c *composer) letter() Letter {
	c.say("greeting", lang.Args{"office": c.office.Name, "number": c.q.Number, "dated": dayOf(c.q.Dated)})
	for _, t := range Topics {
		if c.q.Tells(t) {
			c.tell(t)
		}
	}
	for _, x := range c.q.Free {
		c.body = append(c.body, document.Paragraph{Text: x})
	}
	c.say("no-control")
	c.say("appeal").cite("APPC art. 91")

	l := Letter{Request: c.q, Answer: c.a, Figures: c.figures, Cites: c.cites}
	l.Paper = document.LetterData{
		To:    lang.Text{KK: c.addressee(lang.KK), RU: c.addressee(lang.RU)},
		Title: lang.All(lang.M("correspondence.title", lang.Args{"number": c.q.Number})),
		Body:  c.body,
	}
	c.office.dress(&l.Paper)
	return l
}

func (c *composer) addressee(t lang.Tag) string {
	return strings.TrimSpace(c.q.From.Name.In(t) + "\n" + c.q.From.Address.In(t))
}

// Text returns one half of the body as plain text, a paragraph or an item a line.
func (l Letter) Text(t lang.Tag) string {
	var b strings.Builder
	for _, p := range l.Paper.Body {
		if s := p.Text.In(t); s != "" {
			b.WriteString(s + "\n")
		}
		for _, i := range p.Items {
			b.WriteString(i.Mark + " " + i.Text.In(t) + "\n")
		}
		for _, r := range p.Rows {
			b.WriteString(r.Label.In(t) + ": " + r.Value.In(t) + "\n")
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String()) + "\n"
}

// Holds reports whether a letter composed again says what the draft does, from
// the same permits: whether the register still bears the draft out.
func (d Draft) Holds(again Letter) bool {
	was := Letter{Paper: d.Paper}
	for _, t := range lang.Official {
		if was.Text(t) != again.Text(t) {
			return false
		}
	}
	return slices.EqualFunc(d.Figures, again.Figures, func(a, b Figure) bool {
		return a.Kind == b.Kind && a.Permits == b.Permits && a.Paragraph == b.Paragraph && slices.Equal(a.Numbers, b.Numbers)
	})
}

// Employer returns the name of the employer as the letter has it.
func (l Letter) Employer() lang.Text { return nameOf(l.Request, l.Answer) }
