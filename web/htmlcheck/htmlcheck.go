// Package htmlcheck says what is wrong with the HTML of a page: what would break
// under our content policy, and what a reader without eyes, mouse or script would
// stumble over. Tests of every page use it; start at [Page].
//
// It reads the markup only. Contrast and layout want a browser.
package htmlcheck

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Page returns the faults of a whole page, none if it is right.
func Page(markup string) []string {
	c, err := read(markup)
	if err != nil {
		return []string{err.Error()}
	}
	c.headings()
	if n := len(c.named["h1"]); n != 1 {
		c.fault("the page has %d headings of the first level, want one", n)
	}
	if len(c.named["html"]) != 1 || attr(c.named["html"][0], "lang") == "" {
		c.fault("the page does not say its language")
	}
	if len(c.named["main"]) != 1 {
		c.fault("the page has no main part")
	}
	if t := c.named["title"]; len(t) == 0 || text(t[0]) == "" {
		c.fault("the page has no title")
	}
	return c.faults
}

// Part returns the faults of a part of a page.
func Part(markup string) []string {
	c, err := read(markup)
	if err != nil {
		return []string{err.Error()}
	}
	return c.faults
}

type check struct {
	faults []string
	ids    map[string]int
	labels map[string]bool
	named  map[string][]*html.Node
	all    []*html.Node
}

func (c *check) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func read(markup string) (*check, error) {
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return nil, err
	}
	c := &check{ids: map[string]int{}, labels: map[string]bool{}, named: map[string][]*html.Node{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			c.note(n)
		}
	}
	for _, n := range c.all {
		c.policy(n)
		c.address(n)
		c.references(n)
		c.name(n)
	}
	for id, n := range c.ids {
		if n > 1 {
			c.fault("the id %q is there %d times", id, n)
		}
	}
	slices.Sort(c.faults)
	return c, nil
}

func (c *check) note(n *html.Node) {
	c.all = append(c.all, n)
	c.named[n.Data] = append(c.named[n.Data], n)
	if id := attr(n, "id"); id != "" {
		c.ids[id]++
	}
	if n.Data == "label" {
		c.labels[attr(n, "for")] = true
	}
}

// policy finds what our Content-Security-Policy would not let run.
func (c *check) policy(n *html.Node) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			c.fault("%s has the inline attribute %s", describe(n), a.Key)
		}
	}
	if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
		c.fault("the page has an inline %s", n.Data)
	}
}

// address finds what is loaded from, or leads, where it should not.
func (c *check) address(n *html.Node) {
	for _, key := range []string{"href", "src", "action"} {
		to := attr(n, key)
		loads := key == "src" || n.Data == "link"
		switch {
		case strings.HasPrefix(to, "javascript:"), strings.HasPrefix(to, "about:invalid"):
			c.fault("%s leads to %s", describe(n), to)
		case loads && (strings.Contains(to, "://") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, "data:")):
			c.fault("%s loads from elsewhere: %s", describe(n), to)
		case strings.HasPrefix(to, "#") && len(to) > 1 && c.ids[to[1:]] == 0:
			c.fault("%s leads to %s, which is not there", describe(n), to)
		}
	}
}

// references finds ids that are spoken of and not there.
func (c *check) references(n *html.Node) {
	for _, key := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for", "data-reveals"} {
		for _, id := range strings.Fields(attr(n, key)) {
			if c.ids[id] == 0 {
				c.fault("%s has %s %q, which is not there", describe(n), key, id)
			}
		}
	}
}

// name finds what cannot be called by a name: controls, links and pictures.
func (c *check) name(n *html.Node) {
	switch n.Data {
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && attr(n, "aria-label") == "" && !c.labels[attr(n, "id")] {
			c.fault("%s has no label", describe(n))
		}
	case "a", "button", "summary", "th", "legend", "caption", "h1", "h2", "h3":
		if text(n) == "" && attr(n, "aria-label") == "" {
			c.fault("%s says nothing", describe(n))
		}
	case "img":
		if !has(n, "alt") {
			c.fault("%s has no words in place of the picture", describe(n))
		}
	case "svg":
		if attr(n, "aria-hidden") != "true" && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" {
			c.fault("a drawing is neither hidden nor named")
		}
	}
}

// headings finds levels left out on the way down.
func (c *check) headings() {
	last := 0
	for _, n := range c.all {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		level := int(n.Data[1] - '0')
		if last > 0 && level > last+1 {
			c.fault("the heading %q is of level %d after one of level %d", text(n), level, last)
		}
		last = level
	}
}

func describe(n *html.Node) string {
	for _, key := range []string{"id", "name", "class", "href"} {
		if v := attr(n, key); v != "" {
			return fmt.Sprintf("<%s %s=%q>", n.Data, key, v)
		}
	}
	return "<" + n.Data + ">"
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
