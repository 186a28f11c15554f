// Package component is the set of parts every page is made of: the frame with
// header, queues and footer, the questions of a form, tables, tags, timelines,
// documents to sign.
//
// A page passes plain values and gets HTML that is labelled, works without a
// script, and carries no inline style or script. The parts know no permit and
// no case; what they say themselves stands in lang/catalog/component.toml.
// Start at [Page] and [PublicLayout]; README.md has examples.
package component

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"ruqsat/lang"
)

// A Page is what the frame must know of the page inside it. Page writers embed
// it in the struct of their page.
type Page struct {
	Lang  lang.Tag
	Path  string // without the language: "/cabinet/cases/17"
	Query string // as in the address, without "?"; the language switch keeps it
	Title string // heading and window title; "Error:" is put before it by itself

	User     *User              // who is signed in; nil for the public
	Menu     []Link             // the bar under the public header
	Queues   []QueueGroup       // the left side of the office
	Counters map[string]Counter // by the Href of a queue
	Search   string             // path of the office search, none if empty
	Sought   string             // what was searched for

	Back   *Link  // leads back, above the heading
	Crumbs []Link // where the page stands; the last has no Href
	Notice *Notice
	Errors []FieldError // what was wrong with the form that came

	// Clock is the simulated moment of a training system, in words. Where it is
	// empty the system is real and no banner is shown.
	Clock     string
	ClockHref string // where the clock is moved, if the reader may
}

// A User is who is signed in, as the header shows them.
type User struct {
	Name string
	Role string // in words: position, employer or office
	Menu []Link
}

// A Link leads somewhere. Href is without the language.
type Link struct{ Text, Href string }

// A QueueGroup is some queues under one heading.
type QueueGroup struct {
	Title string // none if empty
	Links []Link
}

// A Counter says how much waits in a queue, and how much of it is overdue.
type Counter struct{ N, Late int }

// A FieldError says what is wrong with one field. With no Name it is about the
// form as a whole.
type FieldError struct{ Name, Text string }

// T says the message of a key, with pairs of names and values to fill it:
// p.T("web.cases.found", "n", 12).
func (p Page) T(key string, pairs ...any) string {
	if len(pairs) == 0 {
		return lang.M(key).In(p.Lang)
	}
	args := lang.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		args[name] = pairs[i+1]
	}
	return lang.M(key, args).In(p.Lang)
}

// Say says a value that speaks, such as a day, a category or a message.
func (p Page) Say(s lang.Speaker) string { return s.In(p.Lang) }

// Href is the address of a path in the language of the page. Addresses that do
// not begin with one slash, such as "#top", stay as they are.
func (p Page) Href(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return path
	}
	return "/" + string(p.Lang) + strings.TrimSuffix(path, "/")
}

// In is the address of this very page in another language.
func (p Page) In(t lang.Tag) string {
	p.Lang = t
	if p.Query == "" {
		return p.Href("/" + strings.TrimPrefix(p.Path, "/"))
	}
	return p.Href("/"+strings.TrimPrefix(p.Path, "/")) + "?" + p.Query
}

// Number writes a whole number in groups of three, which do not break.
func (p Page) Number(n int) string { return p.group(n) }

// Money writes an amount of tenge.
func (p Page) Money(tenge int64) string { return p.group(int(tenge)) + "\u00a0₸" }

func (p Page) group(n int) string {
	s := message.NewPrinter(language.English).Sprintf("%d", n)
	if p.Lang == lang.EN {
		return s
	}
	return strings.ReplaceAll(s, ",", "\u00a0")
}

// WrongWith is what is wrong with a field, and nothing if it is right.
func (p Page) WrongWith(name string) string {
	for _, e := range p.Errors {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

// windowTitle is what stands on the tab of the browser and in its history.
func (p Page) windowTitle() string {
	switch {
	case p.Title == "":
		return p.T("component.product")
	case len(p.Errors) > 0:
		return p.T("component.title-wrong", "title", p.Title)
	}
	return p.T("component.title", "title", p.Title)
}

// current reports whether the page is, or stands below, the place of href: of
// several places the nearest above it.
func (p Page) current(href string, among []Link) bool {
	best, length := "", 0
	for _, l := range among {
		path, query, _ := strings.Cut(l.Href, "?")
		if below(p.Path, l.Href) && (len(path) > length || len(path) == length && query == p.Query) {
			best, length = l.Href, len(path)
		}
	}
	return best != "" && best == href
}

// at reports whether the page is the very one an address leads to.
func (p Page) at(href string) bool {
	path, query, _ := strings.Cut(href, "?")
	return p.Path == path && p.Query == query
}

func below(path, above string) bool {
	above, _, _ = strings.Cut(above, "?")
	if above == "/" || above == "" {
		return path == "/" || path == ""
	}
	return path == above || strings.HasPrefix(path, above+"/")
}

// queueLinks are the links of all groups.
func (p Page) queueLinks() []Link {
	var all []Link
	for _, g := range p.Queues {
		all = append(all, g.Links...)
	}
	return all
}

// classes joins the class names that are not empty.
func classes(names ...string) string {
	var used []string
	for _, n := range names {
		if n != "" {
			used = append(used, n)
		}
	}
	return strings.Join(used, " ")
}

// when returns a class name if a thing is so.
func when(is bool, name string) string {
	if is {
		return name
	}
	return ""
}
