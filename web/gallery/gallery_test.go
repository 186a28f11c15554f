package gallery

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"ruqsat/lang"
	"ruqsat/web/asset"
	"ruqsat/web/htmlcheck"
)

// A word left out would be seen as its key.
func TestEverySheetSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	key := regexp.MustCompile(`(gallery|component)\.[a-z][a-z0-9-]*`)
	place := regexp.MustCompile(`\{[a-z]+\}`)
	for _, s := range Sheets() {
		for _, tag := range lang.Tags {
			page := render(t, s, tag)
			if found := key.FindAllString(page, -1); found != nil {
				t.Errorf("%s in %s lacks the words %v", s.Name, tag, found)
			}
			if found := place.FindAllString(page, -1); found != nil {
				t.Errorf("%s in %s has places nobody filled: %v", s.Name, tag, found)
			}
		}
	}
}

func TestEverySheetIsSoundHTML(t *testing.T) {
	t.Parallel()
	for _, s := range Sheets() {
		for _, tag := range lang.Tags {
			for _, fault := range htmlcheck.Page(render(t, s, tag)) {
				t.Errorf("%s in %s: %s", s.Name, tag, fault)
			}
		}
	}
}

// An address without the language would lead out of it.
func TestEveryLinkKeepsTheLanguage(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`(?:href|action)="(/[^"]*)"`)
	for _, s := range Sheets() {
		for _, m := range link.FindAllStringSubmatch(render(t, s, lang.RU), -1) {
			if !regexp.MustCompile(`^/(kk|ru|en)(/|$|\?)`).MatchString(m[1]) && !strings.HasPrefix(m[1], asset.Prefix) {
				t.Errorf("%s leads to %s, which has no language", s.Name, m[1])
			}
		}
	}
}

func TestThePageSetIsServed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]int{
		"/kk/pages": http.StatusOK, "/ru": http.StatusOK, "/en/desk": http.StatusOK, "/kk/nothing": http.StatusNotFound,
		"/en/sign-in?state=wrong": http.StatusUnprocessableEntity, asset.Path("ruqsat.css"): http.StatusOK,
	} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("GET %s answers %d, want %d", path, w.Code, want)
		}
	}
}

func render(t *testing.T, s Sheet, tag lang.Tag) string {
	t.Helper()
	var b strings.Builder
	if err := s.Render(tag).Render(t.Context(), &b); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return b.String()
}
