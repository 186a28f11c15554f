package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ruqsat/lang"
)

// Whoever mistypes an address is told so by a page of ours, in their language, with
// a way out of it; not by a line of the program's.
func TestAnAddressThatLeadsNowhereIsAnsweredByAPage(t *testing.T) {
	w := open(t)
	for _, tag := range lang.Tags {
		v := w.visitor(string(tag))
		for _, path := range []string{"/nonsense", "/office/nonsense", "/verify/x/y", "/sign-in/eds/else/where", "/cabinet/1/2/3/4"} {
			page := v.get(http.StatusNotFound, path)
			if want := lang.M("problem.not-found").In(tag); !strings.Contains(text(page.body), want) {
				t.Errorf("%s in %s does not say %q: %s", path, tag, want, excerpt(page.body))
			}
			if !strings.Contains(page.body, `href="/`+string(tag)+`"`) && !strings.Contains(page.body, `href="/`+string(tag)+`/"`) {
				t.Errorf("%s in %s does not lead to the start", path, tag)
			}
		}
	}
	w.visitor("ru").post(http.StatusNotFound, "/nonsense", url.Values{})
	v := w.visitor("xx") // no language of ours
	v.get(http.StatusNotFound, "/nonsense")
}

// The address of an act is no page. Who reloads it, or changes the language of
// what an act answered, comes to the case.
func TestTheAddressOfAnActLeadsToItsCase(t *testing.T) {
	w := open(t)
	clerk := w.signedIn("clerk", "ru")
	at := strings.TrimSuffix(clerk.post(http.StatusOK, "/office/intake", atCounter("issue")).path, "/slip")
	head := w.signedIn("head", "kk")
	if page := head.get(http.StatusOK, at+"/assign"); page.path != at {
		t.Errorf("the address of an act leads to %s, want %s", page.path, at)
	}
	w.signedIn("950341000052", "en").get(http.StatusNotFound, at+"/assign") // not theirs to see
}
