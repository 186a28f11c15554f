package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// The next step stands open at the top; what can be done besides is folded, and
// unfolds when what was entered in it is wrong.
func TestACaseBeginsWithWhatIsToBeDone(t *testing.T) {
	w := open(t)
	clerk, head, executor := w.signedIn("clerk", "ru"), w.signedIn("head", "ru"), w.signedIn("executor", "ru")
	slip := clerk.post(http.StatusOK, "/office/intake", atCounter("issue"))
	path := strings.TrimSuffix(slip.path, "/slip")
	page := head.get(http.StatusOK, path)
	inOrder(t, page.body, "rq-identity", `class="rq-todo"`, path+"/assign", "Сроки", "Документы", "Заявление", "История дела")
	head.post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}})
	page = executor.get(http.StatusOK, path)
	inOrder(t, page.body, "rq-identity", "Реестры других органов", `class="rq-todo"`, path+"/examine", "<details", path+"/return", "Сроки")
	if n := strings.Count(page.body, `class="rq-todo"`); n != 1 {
		t.Errorf("%d acts stand open, want the next only", n)
	}
	wrong := executor.post(http.StatusUnprocessableEntity, path+"/return", nil)
	if !regexp.MustCompile(`(?s)<details[^>]* open[^>]*>.{0,400}/return`).MatchString(wrong.body) {
		t.Error("what was wrong with the return is folded away")
	}
}

func inOrder(t *testing.T, body string, parts ...string) {
	t.Helper()
	body = body[strings.Index(body, "<main"):]
	for i, part := range parts {
		at := strings.Index(body, part)
		if at < 0 {
			t.Fatalf("the page lacks %q behind %q", part, parts[:i])
		}
		body = body[at:]
	}
}
