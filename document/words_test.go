package document_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ruqsat/lang"
)

// sources are the package's files, without its tests.
func sources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") {
			all.Write(raw)
		}
	}
	return all.String()
}

// A key without words would be printed on a paper as it stands.
func TestEveryStandingWordIsInTheCatalog(t *testing.T) {
	t.Parallel()
	said := regexp.MustCompile(`(?:say|field|line|slipFact|at)\("([a-z-]+)"|bankCell\{"([a-z-]+)"|lang\.M\("document\.([a-z-]+)"`)
	for _, m := range said.FindAllStringSubmatch(sources(t), -1) {
		if key := "document." + m[1] + m[2] + m[3]; !lang.Has(key) {
			t.Errorf("%s: %s is not in the catalog", m[0], key)
		}
	}
}

func TestNoWordOfTheCatalogIsUnused(t *testing.T) {
	t.Parallel()
	all := sources(t)
	for _, key := range lang.Keys() {
		name, ours := strings.CutPrefix(key, "document.")
		if ours && !strings.Contains(all, `"`+name+`"`) && !strings.Contains(all, `"`+key+`"`) {
			t.Errorf("%s is printed nowhere", key)
		}
	}
}
