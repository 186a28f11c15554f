package web_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A walk is a visitor who can do no more than a browser lets them: press a button
// that a page shows, and fill in fields that its form has.

// press fills a form of a page in and sends it. What the form shows already is
// sent as it is, as a browser would; a field the form does not have, or an answer
// it does not offer, fails the test. Files go into the fields named.
func (v *visitor) press(want int, page, action string, fields url.Values, files ...string) answer {
	v.Helper()
	shown := v.get(http.StatusOK, page)
	form := formOf(shown.body, "/"+v.lang+action)
	if form == nil {
		v.Fatalf("%s offers no form for %s:\n%s", page, action, excerpt(shown.body))
	}
	c := controlsOf(form)
	values := url.Values{}
	for name, x := range c {
		if len(x.shown) > 0 {
			values[name] = x.shown
		}
	}
	for name, chosen := range fields {
		x, ok := c[name]
		if !ok {
			v.Fatalf("the form %s of %s has no field %s, but %v", action, page, name, names(c))
		}
		for _, one := range chosen {
			if x.closed && !slices.Contains(x.offered, one) {
				v.Fatalf("the field %s of %s offers %v, not %q", name, page, x.offered, one)
			}
		}
		values[name] = chosen
	}
	if len(files) == 0 {
		return v.post(want, action, values)
	}
	content := map[string][]byte{}
	for _, name := range files {
		if x, ok := c[name]; !ok || !x.file {
			v.Fatalf("the form %s of %s takes no file %s, but %v", action, page, name, names(c))
		}
		content[name] = pdf
	}
	return v.send(want, action, values, content)
}

// A control is a field of a form: what it shows, and what can be chosen.
type control struct {
	shown, offered []string
	closed, file   bool
}

func names(c map[string]control) []string {
	var list []string
	for name := range c {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func walkNodes(n *html.Node, see func(*html.Node)) {
	see(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walkNodes(c, see)
	}
}

// formOf returns the form of a page that leads to an address.
func formOf(page, action string) *html.Node {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	var found *html.Node
	walkNodes(root, func(n *html.Node) {
		if to, _ := attribute(n, "action"); n.Data == "form" && to == action && found == nil {
			found = n
		}
	})
	return found
}

func controlsOf(form *html.Node) map[string]control {
	list := map[string]control{}
	walkNodes(form, func(n *html.Node) {
		name, ok := attribute(n, "name")
		if !ok || n.Type != html.ElementNode {
			return
		}
		c := list[name]
		switch n.Data {
		case "input":
			c = input(n, c)
		case "textarea":
			c.shown = []string{inner(n)}
		case "select":
			c.closed = true
			walkNodes(n, func(o *html.Node) {
				if o.Data != "option" {
					return
				}
				value, _ := attribute(o, "value")
				c.offered = append(c.offered, value)
				if _, chosen := attribute(o, "selected"); chosen || len(c.shown) == 0 {
					c.shown = []string{value}
				}
			})
		default:
			return
		}
		list[name] = c
	})
	return list
}

func input(n *html.Node, c control) control {
	value, _ := attribute(n, "value")
	switch kind, _ := attribute(n, "type"); kind {
	case "radio", "checkbox":
		c.closed, c.offered = true, append(c.offered, value)
		if _, on := attribute(n, "checked"); on {
			c.shown = append(c.shown, value)
		}
	case "file":
		c.file = true
	default:
		c.shown = []string{value}
	}
	return c
}

func inner(n *html.Node) string {
	var b strings.Builder
	walkNodes(n, func(c *html.Node) {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	})
	return b.String()
}

// paper fetches the papers of a case whose form a name begins with, and returns
// how many there are.
func (v *visitor) papers(page, named string) int {
	v.Helper()
	shown := v.get(http.StatusOK, page)
	n := 0
	for _, part := range strings.Split(shown.body, `href="`)[1:] {
		to, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(to, "/papers/") || !strings.HasSuffix(to, ".pdf") || !strings.Contains(to, named) {
			continue
		}
		resp, err := v.client.Get(v.url + html.UnescapeString(to))
		if err != nil {
			v.Fatal(err)
		}
		head, _ := io.ReadAll(io.LimitReader(resp.Body, 5))
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || string(head) != "%PDF-" {
			v.Errorf("%s: status %d, begins %q", to, resp.StatusCode, head)
		}
		n++
	}
	return n
}
