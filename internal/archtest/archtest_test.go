// Package archtest holds the architecture: which package may know which. It has
// only tests; read [layers].
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is the architecture. A package imports packages of the layers above its
// own, and none of its own layer or below. Down to examination there is no input or
// output, and no clock. A layer may name a package that is still to come.
var layers = [][]string{
	{"lang", "signature/gost"},
	{"calendar"},
	{"law"},
	{"problem"},
	{"party"},
	{"document/font"},
	{"quota", "fee", "ratio", "partner", "category", "window", "registry", "document", "signature", "transparency"},
	{"procedure"},
	{"correspondence", "complaint", "diagram", "examination", "dossier", "statistics"},
	{"rulebook", "trace"},
	{"store", "external", "external/standin"},
	{"store/storetest", "signature/gost/gosttest", "signature/pki", "office", "web/asset", "web/htmlcheck"},
	{"web/component", "signature/cms", "signature/training", "signature/training/keyfile"},
	{"signature/practice", "signature/xmldsig", "signature/fetch"},
	{"signature/archive", "signature/emulator"},
	{"signature/inspect", "api"},
	{"worker", "web", "web/gallery", "scenario"},
	{"demo"},
}

// Two kinds of package stand outside the layers. Programs put everything
// together, and nothing imports them. Plumbing does not know what a permit is: it
// imports nothing of ours but plumbing, and every package may use it.
var (
	programs = []string{"cmd", "bench"}
	plumbing = []string{"internal"}
)

// clockless may not ask for the time, a random number or the environment: the
// moment comes to them as a parameter, so that a case of 2017 can be played today.
var clockless = layers[:9]

// The files are parsed here and not listed by the go command, so that the test
// cache sees what the test has read.
func TestPackagesImportOnlyWhatStandsAboveThem(t *testing.T) {
	for file, imports := range imports(t) {
		from := path.Dir(file)
		for _, to := range imports {
			to, ours := strings.CutPrefix(to, "ruqsat/")
			if ours && !allowed(from, to) {
				t.Errorf("%s imports %s; %s", file, to, rule(from, to))
			}
		}
	}
}

func TestEveryPackageHasItsLayer(t *testing.T) {
	seen := map[string]bool{}
	for file := range imports(t) {
		seen[path.Dir(file)] = true
	}
	for dir := range seen {
		if !within(dir, programs) && !within(dir, plumbing) && layer(dir) < 0 {
			t.Errorf("%s has no layer: give it one in layers, as high as it can stand", dir)
		}
	}
}

func TestNothingDownToTheProcedureReadsTheWorld(t *testing.T) {
	forbidden := []string{"os", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand", "database/sql", "log", "log/slog"}
	for file, imports := range imports(t) {
		if !slices.Contains(slices.Concat(clockless...), path.Dir(file)) {
			continue
		}
		for _, to := range imports {
			if slices.Contains(forbidden, to) {
				t.Errorf("%s imports %s; what it needs of the world should be a parameter", file, to)
			}
		}
	}
}

func TestTheRuleItselfTellsRightFromWrong(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"web", "office", true},
		{"office", "store", true},
		{"store", "procedure", true},
		{"procedure", "store", false},
		{"quota", "registry", false}, // its own layer
		{"signature", "signature/cms", false},
		{"signature/cms", "signature", true},
		{"store/storetest", "internal/pgtest", true},
		{"internal/pgtest", "store", false},
		{"internal/archtest", "internal/pgtest", true},
		{"cmd/ruqsat", "demo", true},
		{"bench", "store", true},
		{"web", "cmd/ruqsat", false},
		{"office", "nowhere", false},
	} {
		if got := allowed(c.from, c.to); got != c.want {
			t.Errorf("allowed(%s, %s) = %t, want %t", c.from, c.to, got, c.want)
		}
	}
}

// allowed reports whether a package may import another of ours.
func allowed(from, to string) bool {
	switch {
	case within(to, programs):
		return false
	case within(from, programs), within(to, plumbing):
		return true
	case within(from, plumbing):
		return false
	}
	return layer(to) >= 0 && layer(to) < layer(from)
}

// rule says why one package may not import another.
func rule(from, to string) string {
	switch {
	case within(to, programs):
		return "nothing imports a program"
	case within(from, plumbing):
		return "plumbing does not know the domain"
	case layer(to) < 0:
		return to + " has no layer"
	case layer(to) == layer(from):
		return "both are of one layer"
	}
	return to + " stands below " + from
}

// layer returns the place of a package from above, or -1.
func layer(name string) int {
	return slices.IndexFunc(layers, func(names []string) bool { return slices.Contains(names, name) })
}

func within(dir string, roots []string) bool {
	root, _, _ := strings.Cut(dir, "/")
	return slices.Contains(roots, root)
}

// imports returns what each file of the module imports, without its tests.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	module := os.DirFS(filepath.Join("..", ".."))
	err := fs.WalkDir(module, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"), !strings.Contains(name, "/"):
			return nil
		}
		source, err := fs.ReadFile(module, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found[name] = []string{}
		for _, i := range f.Imports {
			to, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			found[name] = append(found[name], to)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
