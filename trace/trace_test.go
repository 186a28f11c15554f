package trace_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"ruqsat/law"
	"ruqsat/trace"
)

var root = os.DirFS("..")

func find(t *testing.T) []trace.Row {
	t.Helper()
	rows, err := trace.Find(root)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheTraceIsFresh(t *testing.T) {
	kept, err := os.ReadFile(filepath.Join("..", "docs", "trace.md"))
	if err != nil {
		t.Fatal(err)
	}
	if trace.Table(find(t)) != string(kept) {
		t.Error("docs/trace.md is stale: go run ./cmd/ruqsat law coverage > docs/trace.md")
	}
}

func TestEveryItemIsCarriedOutOrExcused(t *testing.T) {
	for _, r := range find(t) {
		if !r.Found() {
			t.Errorf("%s (%s) is nowhere: cite it where it is carried out, or say why not in docs/deviations.md", r.ID, r.Says)
		}
	}
}

// Everything of the regulation that runs has to be in code or data: a deviation
// explains, and does not replace.
func TestEveryItemOfTheRegulationIsInDataOrCode(t *testing.T) {
	for _, r := range find(t) {
		if strings.HasPrefix(r.ID, "WKO 142/2017 ¶") && len(r.Files[trace.Data])+len(r.Files[trace.Code]) == 0 {
			t.Errorf("%s is in no data and no code", r.ID)
		}
	}
}

func TestTheListHasEveryParagraphEachOnce(t *testing.T) {
	groups, err := trace.Groups()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, g := range groups {
		for _, i := range g.Items {
			if seen[i.ID] || i.Says == "" {
				t.Errorf("%q stands twice, or says nothing", i.ID)
			}
			seen[i.ID] = true
		}
	}
	want := []string{"WKO 142/2017 ¶ 4(2)", "WKO 142/2017 ¶ 5(2)", "WKO 142/2017 ¶ 7(5)"}
	for n := 1; n <= 12; n++ {
		want = append(want, "WKO 142/2017 ¶ "+strconv.Itoa(n))
	}
	for n := 1; n <= 14; n++ {
		want = append(want, "WKO 142/2017 ¶ 10("+strconv.Itoa(n)+")")
	}
	for n := 1; n <= 10; n++ {
		want = append(want, "Letter ¶ "+strconv.Itoa(n))
	}
	for _, a := range law.Acts() {
		want = append(want, a.Short)
	}
	for _, id := range want {
		if !seen[id] {
			t.Errorf("%s is not in trace/items.toml", id)
		}
	}
}

func TestAnItemNobodyCitesIsFoundMissing(t *testing.T) {
	rows, err := trace.Find(fstest.MapFS{
		"docs/deviations.md":  {Data: []byte("Resolution 45 of 2012-01-13: before our time.")},
		"office/act.go":       {Data: []byte("// Register takes it in (WKO\n// 142/2017 ¶ 7(1), (4), ¶ 10(5)–(8)).\n")},
		"law/data/acts.toml":  {Data: []byte(`short = "Labour Code"`)},
		"law/data/terms.toml": {Data: []byte(`cite = "Order 279 of 2023-06-30 ¶ 5(4)"`)},
		"signature/cms.go":    {Data: []byte("// RFC 5652 ¶ 9 says so.")},
	})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, r := range rows {
		found[r.ID] = r.Found()
	}
	for id, want := range map[string]bool{
		"WKO 142/2017 ¶ 7(1)": true, "WKO 142/2017 ¶ 7(4)": true, "WKO 142/2017 ¶ 10(6)": true, "WKO 142/2017 ¶ 10(8)": true,
		"WKO 142/2017 ¶ 7(2)": false, "WKO 142/2017 ¶ 10(9)": false, "WKO 142/2017 ¶ 9": false, "Resolution 45 of 2012-01-13": true,
		"Labour Code": false, "Letter ¶ 6(4)": true, "Order 279 of 2023-06-30": true,
	} {
		if found[id] != want {
			t.Errorf("%s: found %v, want %v", id, found[id], want)
		}
	}
}

// broken are the files that cite wrongly on purpose, to see what comes of it.
var broken = []string{"law/law_test.go", "law/data_test.go", "trace/trace_test.go"}

// shaped matches a text that means to cite: a place in an act, or the number of
// an order, a resolution or a standard.
var shaped = regexp.MustCompile(`^\p{Lu}.* (¶ \d|art\. \d)|^(Order|Resolution|Standard) \S*\d`)

// Two orders have the number 279: a citation without the day would be of both.
func TestEveryCitationInGoNamesAnActWeKnowByNumberAndDay(t *testing.T) {
	cited := 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case d.IsDir(), !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_templ.go"), slices.Contains(broken, name):
			return nil
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, source, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil || !shaped.MatchString(text) || strings.ContainsAny(text, "%\n:,") || len(text) > 60 {
				return true
			}
			cited++
			if _, known := law.Cite(text).Act(); !known {
				t.Errorf("%s: %q names no act of law/data/acts.toml", set.Position(lit.Pos()), text)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cited < 40 {
		t.Errorf("only %d citations were found: the test looks at nothing", cited)
	}
}
