package asset

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func file(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheStyleSheetIsSmall(t *testing.T) {
	t.Parallel()
	const most = 25 << 10
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(file(t, "ruqsat.css"))
	_ = z.Close()
	if b.Len() > most {
		t.Errorf("the style sheet has %d bytes gzipped, want %d at most", b.Len(), most)
	}
}

// Pages must work on a network without the world outside, and under a policy
// that lets in nothing else.
func TestTheStyleSheetLoadsOnlyOurFiles(t *testing.T) {
	t.Parallel()
	css := string(file(t, "ruqsat.css"))
	for _, m := range regexp.MustCompile(`url\(["']?([^)"']+)`).FindAllStringSubmatch(css, -1) {
		if _, err := fs.Stat(Files(), m[1]); err != nil {
			t.Errorf("the style sheet loads %s, which is not ours", m[1])
		}
	}
	for _, never := range []string{"@import", "Transport", "crown", "govuk-header", "govuk-crest"} {
		if strings.Contains(css, never) {
			t.Errorf("the style sheet has %q in it", never)
		}
	}
}

// The pairs of colours that carry words, and those that carry marks.
func TestColoursHaveContrast(t *testing.T) {
	t.Parallel()
	colour := settings(t)
	colour["white"] = "#ffffff"
	for _, p := range []struct {
		front, back string
		least       float64
	}{
		{"ink", "white", 7}, {"ink", "surface", 7}, {"ink", "sky-pale", 7}, {"ink", "gold-pale", 7}, {"ink", "focus", 7}, {"ink", "blue-pale", 7},
		{"ink-soft", "white", 4.5}, {"ink-soft", "surface", 4.5}, {"ink-soft", "sky-pale", 4.5},
		{"white", "deep", 7}, {"white", "deeper", 7}, {"white", "red", 4.5}, {"white", "green", 4.5}, {"white", "ink", 7},
		{"link", "white", 4.5}, {"link", "surface", 4.5}, {"link", "sky-pale", 4.5}, {"link", "gold-pale", 4.5}, {"visited", "white", 4.5},
		{"red", "white", 4.5}, {"red", "surface", 4.5}, {"amber", "amber-pale", 4.5}, {"green", "green-pale", 4.5}, {"deeper", "blue-pale", 4.5},
		{"control", "white", 3}, {"control", "surface", 3}, {"gold", "deeper", 3}, {"deep", "white", 3}, {"deep", "surface", 3},
	} {
		if got := contrast(t, colour[p.front], colour[p.back]); got < p.least {
			t.Errorf("%s on %s has a contrast of %.2f, want %.1f", p.front, p.back, got, p.least)
		}
	}
}

func settings(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("source/_settings.scss")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\$([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(string(b), -1) {
		colours[m[1]] = m[2]
	}
	return colours
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	l, m := luminance(t, a), luminance(t, b)
	return (max(l, m) + 0.05) / (min(l, m) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(fmt.Sprintf("%.2s", colour[min(1+2*i, len(colour)):]), 16, 8)
		if err != nil {
			t.Fatalf("%q is no colour", colour)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

func TestAFileIsKeptOnlyUnderItsVersion(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]struct {
		code int
		keep string
	}{
		Path("ruqsat.css"):              {http.StatusOK, "public, max-age=31536000, immutable"},
		Prefix + "old/ruqsat.css":       {http.StatusOK, "no-cache"},
		Prefix + Version() + "/no.css":  {http.StatusNotFound, ""},
		Prefix + Version() + "/":        {http.StatusNotFound, ""},
		Prefix + Version() + "/../a.go": {http.StatusNotFound, ""},
	} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want.code || want.keep != "" && w.Header().Get("Cache-Control") != want.keep {
			t.Errorf("GET %s answers %d, %q; want %d, %q", path, w.Code, w.Header().Get("Cache-Control"), want.code, want.keep)
		}
	}
}

func TestThePolicyForbidsWhatIsInline(t *testing.T) {
	t.Parallel()
	if !strings.Contains(Policy, "default-src 'self'") || strings.Contains(Policy, "unsafe") {
		t.Errorf("the policy is %s", Policy)
	}
}
