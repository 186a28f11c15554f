package gallery

import (
	"regexp"
	"strings"
	"testing"

	"ruqsat/lang"
)

// A word left out would be seen as its key.
func TestEverySheetSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	key := regexp.MustCompile(`(gallery|component)\.[a-z][a-z0-9-]*`)
	for _, s := range Sheets() {
		for _, tag := range lang.Tags {
			if found := key.FindAllString(render(t, s, tag), -1); found != nil {
				t.Errorf("%s in %s lacks the words %v", s.Name, tag, found)
			}
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
