package store_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"ruqsat/store"
)

// What one engine understands otherwise than the other, or not at all. BYTEA is
// none of it: to SQLite it is a name like any other, and what is bound as bytes
// stays bytes (TestWhatIsKeptComesBackTheSame).
var foreign = regexp.MustCompile(`(?i)\b(AUTOINCREMENT|SERIAL|BIGSERIAL|BOOLEAN|TIMESTAMP|TIMESTAMPTZ|DATETIME|JSONB?|GLOB|STRICT|INTEGER|INT|ROWID|BLOB)\b`)

func TestMigrationsKeepToTheSharedSQL(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(store.Migrations(), "migration/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(store.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "-- +goose Up\n") {
			t.Errorf("%s does not begin with -- +goose Up", name)
		}
		for n, line := range strings.Split(string(text), "\n") {
			statement, _, _ := strings.Cut(line, "--")
			if word := foreign.FindString(statement); word != "" {
				t.Errorf("%s:%d: %s is not shared by both engines", name, n+1, word)
			}
		}
	}
}

// The driver of SQLite works with the very libc it asks for and with no other;
// go mod tidy does not mind.
func TestTheDriverHasTheLibcItAsksFor(t *testing.T) {
	t.Parallel()
	ours := versions(t, filepath.Join("..", "go.mod"))
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(cache)), "modernc.org", "sqlite@"+ours["modernc.org/sqlite"])
	asked := versions(t, filepath.Join(dir, "go.mod"))["modernc.org/libc"]
	if got := ours["modernc.org/libc"]; got != asked {
		t.Errorf("go.mod has libc %s, and the driver asks for %s", got, asked)
	}
}

func versions(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.ParseLax(path, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, r := range f.Require {
		found[r.Mod.Path] = r.Mod.Version
	}
	return found
}
