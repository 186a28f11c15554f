package law

import (
	"regexp"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// An Act is a law, a resolution or an order.
type Act struct {
	Short     string        `toml:"short"`  // what cites begin with
	Number    string        `toml:"number"` // empty if unread
	On        calendar.Date `toml:"on"`     // when it was signed; zero if unread
	lang.Text               // how a paper names it, number and day included
	Amends    string        `toml:"amends"` // the act that it does no more than change
	From      calendar.Date `toml:"from"`   // first day in force; zero if unread
	Until     calendar.Date `toml:"until"`  // last day in force; zero if it is in force, or unread
	URL       string        `toml:"url"`
}

// Acts returns the acts we know.
func Acts() []Act { return data().Acts }

func (d *all) indexActs() {
	d.acts = make(map[string]Act, len(d.Acts))
	for _, a := range d.Acts {
		d.acts[a.Short] = a
	}
}

// A Cite names an act and a paragraph: "WKO 142/2017 ¶ 7(3)", "APPC art. 91". It
// begins with the short name of an act in data/acts.toml, which for an order has
// its day: two orders have the number 279.
type Cite string

// split parts a cite into the short name of the act and what is named in it.
func (c Cite) split() (short, place string) {
	for _, sign := range []string{" ¶ ", " art. "} {
		if i := strings.Index(string(c), sign); i >= 0 {
			return string(c[:i]), string(c[i+1:])
		}
	}
	return string(c), ""
}

func (d *all) actOf(c Cite) (Act, bool) {
	short, _ := c.split()
	a, ok := d.acts[short]
	return a, ok
}

// Short returns the short name of the act.
func (c Cite) Short() string {
	short, _ := c.split()
	return short
}

// Act returns the act a cite begins with, and whether we know it.
func (c Cite) Act() (Act, bool) { return data().actOf(c) }

// In names the act and the place in it as a paper does: Постановление акимата …
// № 142, пункт 7, подпункт 3). An act we do not know is named as it stands.
func (c Cite) In(t lang.Tag) string {
	a, ok := c.Act()
	if !ok {
		return string(c)
	}
	_, place := c.split()
	if place == "" {
		return a.Text.In(t)
	}
	return a.Text.In(t) + ", " + placeIn(place, t)
}

var (
	point   = regexp.MustCompile(`^¶ (\d+(?:-\d+)?)(?:\((\d+(?:-\d+)?)\))?$`)
	article = regexp.MustCompile(`^art\. (\d+(?:-\d+)?)$`)
)

// placeIn names a point, a subpoint or an article. Lists and spans of them stay
// as they are: a reader of any language knows the sign.
func placeIn(place string, t lang.Tag) string {
	if m := article.FindStringSubmatch(place); m != nil {
		return lang.M("law.article", lang.Args{"article": m[1]}).In(t)
	}
	m := point.FindStringSubmatch(place)
	switch {
	case m == nil:
		return place
	case m[2] == "":
		return lang.M("law.point", lang.Args{"point": m[1]}).In(t)
	}
	return lang.M("law.subpoint", lang.Args{"point": m[1], "subpoint": m[2]}).In(t)
}

// Sourced is what every value has besides itself.
type Sourced struct {
	From  calendar.Date `toml:"from"`  // first day on which it holds
	Until calendar.Date `toml:"until"` // last day; zero while no act ends it
	Cite  Cite          `toml:"cite"`
	Sure  Sure          `toml:"sure"`
	// Operator says that the value is not ours: it stands in the file of who runs
	// the program; see [Use].
	Operator bool `toml:"-" json:",omitempty"`
}

// holds reports whether the value holds on a day, unless a later one does.
func (s Sourced) holds(on calendar.Date) bool {
	return !s.From.After(on) && (s.Until.IsZero() || !s.Until.Before(on))
}

// hold returns the source under which a thing stands on a day: of those that
// hold, the one that began last.
func hold(since []Sourced, on calendar.Date) (Sourced, bool) {
	return latest(since, on, func(s Sourced) Sourced { return s })
}

// Basis returns what a paper rests on that rests on a cite: where its act only
// changes another, that other, whose words are in force.
func Basis(c Cite) Cite {
	act, _ := c.split()
	if a, ok := data().acts[act]; ok && a.Amends != "" {
		return Cite(a.Amends)
	}
	return c
}
