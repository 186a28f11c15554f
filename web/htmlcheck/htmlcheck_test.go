package htmlcheck

import (
	"strings"
	"testing"
)

const right = `<!DOCTYPE html><html lang="kk"><head><title>Іс</title></head><body><main id="main"><h1>Іс</h1>%</main></body></html>`

func TestAGoodPageHasNoFault(t *testing.T) {
	t.Parallel()
	page := strings.Replace(right, "%", `<h2>A</h2><label for="b">B</label><input id="b" aria-describedby="c"><p id="c">C</p><a href="#b">d</a>`, 1)
	if faults := Page(page); faults != nil {
		t.Errorf("a good page has the faults %v", faults)
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		`<p style="color:red">a</p>`:                                    `<p> has the inline attribute style`,
		`<button onclick="x()">a</button>`:                              `<button> has the inline attribute onclick`,
		`<script>x()</script>`:                                          `the page has an inline script`,
		`<img alt="" src="https://example.org/a.png">`:                  `<img> loads from elsewhere: https://example.org/a.png`,
		`<a href="javascript:x()">a</a>`:                                `<a href="javascript:x()"> leads to javascript:x()`,
		`<a href="#none">a</a>`:                                         `<a href="#none"> leads to #none, which is not there`,
		`<input name="a">`:                                              `<input name="a"> has no label`,
		`<label for="a">a</label><input id="a" aria-describedby="a-h">`: `<input id="a"> has aria-describedby "a-h", which is not there`,
		`<p id="a">a</p><p id="a">b</p>`:                                `the id "a" is there 2 times`,
		`<a href="/kk"></a>`:                                            `<a href="/kk"> says nothing`,
		`<img src="/a.svg">`:                                            `<img> has no words in place of the picture`,
		`<svg></svg>`:                                                   `a drawing is neither hidden nor named`,
		`<h3>a</h3>`:                                                    `the heading "a" is of level 3 after one of level 1`,
		`<h1>a</h1>`:                                                    `the page has 2 headings of the first level, want one`,
	} {
		if faults := Page(strings.Replace(right, "%", markup, 1)); strings.Join(faults, "\n") != want {
			t.Errorf("%s has the faults %q, want %q", markup, faults, want)
		}
	}
}
