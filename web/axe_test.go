package web_test

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ruqsat/demo"
	"ruqsat/web/gallery"
)

// axe is axe-core 4.14.1 (MPL-2.0, licences beside it). It is a tool of this test;
// the product never serves it.
//
//go:embed testdata/axe-4.14.1.min.js.gz
var axe []byte

// rulesOfWCAG are what a page must keep: WCAG 2.2, levels A and AA.
const rulesOfWCAG = `['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']`

// A screen has a size in CSS pixels.
type screen struct {
	name          string
	width, height int64
}

var desktop, phone = screen{"desktop", 1280, 1000}, screen{"phone", 390, 844}

// A barrier is an element that breaks a rule, as axe tells it.
type barrier struct {
	Rule, Impact, Help, Element, HTML, ToDo string
}

// An inspector looks at pages in a browser, and remembers each barrier once,
// with the pages that have it.
type inspector struct {
	*browser
	script string
	pages  int
	found  map[barrier][]string
	order  []barrier
}

// inspect starts a browser with axe.
func (w *town) inspect() *inspector {
	w.Helper()
	b := w.browse("ru")
	r, err := gzip.NewReader(bytes.NewReader(axe))
	if err != nil {
		w.Fatal(err)
	}
	script, err := io.ReadAll(r)
	if err != nil {
		w.Fatal(err)
	}
	return &inspector{browser: b, script: string(script), found: map[barrier][]string{}}
}

// runAxe answers with the barriers of the page as it stands, flat.
const runAxe = `axe.run(document, {runOnly: ` + rulesOfWCAG + `, resultTypes: ['violations']}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => ({Rule: v.id, Impact: v.impact, Help: v.help,
		Element: n.target.join(' '), HTML: n.html.slice(0, 160), ToDo: n.failureSummary}))))`

// at looks at a page, as screens of some sizes show it.
func (i *inspector) at(who, url string, sizes ...screen) {
	i.Helper()
	i.run(chromedp.Navigate(url), chromedp.Evaluate(i.script, nil))
	i.pages++
	for _, size := range sizes {
		var list []barrier
		i.run(chromedp.EmulateViewport(size.width, size.height), chromedp.Evaluate(runAxe, &list, awaited))
		i.look()
		for _, b := range list {
			if i.found[b] == nil {
				i.order = append(i.order, b)
			}
			i.found[b] = append(i.found[b], who+" at "+strings.TrimPrefix(url, i.url)+" ("+size.name+")")
		}
		i.overflow(who+" at "+strings.TrimPrefix(url, i.url), size.name)
	}
}

// overflow is what axe has no rule for: WCAG 2.2, 1.4.10, content that has to be
// scrolled sideways.
func (i *inspector) overflow(page, size string) {
	i.Helper()
	var wide []string
	i.run(chromedp.Evaluate(`document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
		[...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
		.slice(0, 2).map(e => e.outerHTML.slice(0, 160))`, &wide))
	if len(wide) > 0 {
		b := barrier{Rule: "reflow", Help: "A page must not be wider than its screen (WCAG 2.2, 1.4.10)", Element: strings.Join(wide, "\n    "), ToDo: "Let it wrap, or let it scroll in a box of its own."}
		if i.found[b] == nil {
			i.order = append(i.order, b)
		}
		i.found[b] = append(i.found[b], page+" ("+size+")")
	}
}

// tell fails the test for each barrier.
func (i *inspector) tell() {
	i.Helper()
	i.Logf("%d pages were looked at, on a desktop or a phone", i.pages)
	for _, b := range i.order {
		pages := i.found[b]
		i.Errorf("%s, and %d more\n  breaks %s (%s): %s\n  element: %s\n    %s\n  %s",
			pages[0], len(pages)-1, b.Rule, b.Impact, b.Help, b.Element, b.HTML, b.ToDo)
	}
}

// A test that finds nothing may be one that does not look.
func TestTheInspectorSeesBarriers(t *testing.T) {
	w := open(t)
	i := w.inspect()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><html lang="ru"><title>t</title><main><h1>t</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
			<input><p style="color:#bbb">faint</p><table style="width:900px"><tr><td>wide</table></main>`)
	}))
	t.Cleanup(server.Close)
	i.at("nobody", server.URL, desktop, phone)
	for _, rule := range []string{"image-alt", "label", "color-contrast", "reflow"} {
		if !slices.ContainsFunc(i.order, func(b barrier) bool { return b.Rule == rule }) {
			t.Errorf("a page that breaks %s passes", rule)
		}
	}
}

func TestNoSheetOfTheGalleryHasABarrier(t *testing.T) {
	w := open(t)
	i := w.inspect()
	i.expect = "status of 500" // one sheet shows how a failure looks
	server := httptest.NewServer(gallery.Handler())
	t.Cleanup(server.Close)
	for _, s := range gallery.Sheets() {
		path := strings.TrimSuffix(s.Path+"?"+s.Query, "?")
		i.at("gallery", server.URL+"/ru"+path, desktop)
		i.at("gallery", server.URL+"/kk"+path, phone)
	}
	i.tell()
}

// Whoever one is, on a desktop in Russian and on a phone in Kazakh, whose words are
// the longest: every page that can be reached by links is one that everybody can use.
func TestNoPageOfTheDemoHasABarrier(t *testing.T) {
	w := logged(t)
	i := w.inspect()
	accounts, err := demo.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	i.visit("nobody", "", seen)
	for _, a := range accounts {
		if who := string(a.Role); a.ID != "33-executor2" {
			i.visit(who, a.Login, seen)
		}
	}
	i.tell()
}

// visit looks at the pages somebody reaches, but those that others were shown
// before; a case is another page to each of them.
func (i *inspector) visit(who, login string, seen map[string]bool) {
	i.Helper()
	v := i.visitor("ru")
	if login != "" {
		v.post(http.StatusOK, "/sign-in", url.Values{"login": {login}, "password": {demo.Password}})
	}
	pages := v.reach(seen)
	if len(pages) == 0 {
		i.Errorf("%s reaches no page of their own", who)
	}
	i.become(v)
	for _, path := range pages {
		i.at(who, i.url+"/ru"+path, desktop)
		i.at(who, i.url+"/kk"+path, phone)
	}
}

// become takes the session of a visitor over into the browser.
func (i *inspector) become(v *visitor) {
	i.Helper()
	u := v.address()
	i.run(network.ClearBrowserCookies())
	for _, c := range v.client.Jar.Cookies(u) {
		i.run(network.SetCookie(c.Name, c.Value).WithURL(u.String()))
	}
}

var link = regexp.MustCompile(`href="/ru(/[^"#]*)"`)

// reach returns the addresses of the pages a visitor comes to by links, without
// the language: one of each kind that was not seen, and of cases
// one in each state in which there is something to do.
func (v *visitor) reach(seen map[string]bool) []string {
	v.Helper()
	var pages []string
	doors := []string{"", "/cabinet", "/office", "/office?state=all", "/office/admin/calendar", "/ministry/quota"}
	todo := slices.Clone(doors)
	known := map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		key := shape(path)
		if key == aCase {
			key = path
		}
		door := slices.Contains(doors, path) && !known["door "+path]
		if (known[key] || seen[key]) && !door || download.MatchString(path) {
			continue
		}
		first := !known[key] && !seen[key]
		known["door "+path] = true
		known[key] = true
		body, ok := v.page(path)
		if !ok {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			todo = append(todo, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
		if !first {
			continue
		}
		if shape(path) != aCase {
			seen[key] = true
		} else if state := waits(body); known[state] {
			continue
		} else {
			known[state] = true
		}
		pages = append(pages, path)
	}
	return pages
}

// waits is the state of the case on a page; the same for all in which there is
// nothing to do for who looks at it, for these pages are alike.
func waits(body string) string {
	if !strings.Contains(body, `class="rq-todo"`) {
		return "nothing to do"
	}
	return stateTag.FindString(body)
}

// aCase is the kind of page of a case.
const aCase = "/cases/*"

// page returns a page in Russian, and whether there is one for this visitor.
func (v *visitor) page(path string) (string, bool) {
	v.Helper()
	resp, err := v.client.Get(v.url + "/ru" + path)
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	asked, _, _ := strings.Cut("/ru"+path, "?")
	return string(body), resp.StatusCode == http.StatusOK && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && resp.Request.URL.Path == asked
}

var (
	download = regexp.MustCompile(`\.(pdf|zip|svg|json|bpmn)$|/(files|papers)/`)
	number   = regexp.MustCompile(`/[^/]*[0-9][^/]*`)
	service  = regexp.MustCompile(`^/services/[^/]+`)
	stateTag = regexp.MustCompile(`</h1>\s*<strong[^>]*>[^<]*`)
)

// shape is what kind of page an address leads to, whatever its number; without
// what it asks for.
func shape(path string) string {
	path, _, _ = strings.Cut(path, "?")
	path = service.ReplaceAllString(path, "/services/*")
	return number.ReplaceAllString(path, "/*")
}

// awaited lets a script answer later.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

func (v *visitor) address() *url.URL {
	u, err := url.Parse(v.url)
	if err != nil {
		v.Fatal(err)
	}
	return u
}
