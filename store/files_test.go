package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/problem"
	"ruqsat/store"
)

func openFiles(t *testing.T, dir string) *store.Files {
	t.Helper()
	f, err := store.OpenFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestAFileIsKnownByWhatItHolds(t *testing.T) {
	t.Parallel()
	f := openFiles(t, t.TempDir()+"/files")
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for _, content := range []string{"", "рұқсат", "рұқсат", strings.Repeat("x", 1<<20)} {
		sum, err := f.Put(t.Context(), []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		if content == "" && sum != empty {
			t.Errorf("the sum of nothing is %s", sum)
		}
		got, err := f.Get(t.Context(), sum)
		if err != nil || string(got) != content {
			t.Errorf("put %d bytes, got %d: %v", len(content), len(got), err)
		}
	}
}

func TestOnlySumsAreNamesOfFiles(t *testing.T) {
	t.Parallel()
	f := openFiles(t, t.TempDir())
	sum, err := f.Put(t.Context(), []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "../../etc/passwd", "new", strings.ToUpper(sum), sum[:63], sum + "0", strings.Repeat("0", 64)} {
		if _, err := f.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("open %q: %v, want that there is none", name, err)
		}
	}
}

func TestAChangedFileIsNotPassedOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFiles(t, dir)
	sum, err := f.Put(t.Context(), []byte("a passport"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, sum[:2], sum), []byte("b passport"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get(t.Context(), sum); err == nil {
		t.Error("a file changed on the disk was passed on")
	}
}

func TestAFileTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	f := openFiles(t, t.TempDir())
	if _, err := f.Put(t.Context(), make([]byte, store.MaxFile+1)); !problem.IsKind(err, problem.TooLarge) {
		t.Errorf("a file of more than %d bytes was answered %v", store.MaxFile, err)
	}
}

func TestWhatACrashLeftHalfWrittenIsSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	openFiles(t, dir)
	old, fresh := filepath.Join(dir, "new", "old"), filepath.Join(dir, "new", "fresh")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	openFiles(t, dir)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an old draft is still there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a draft that somebody may be writing is gone: %v", err)
	}
}
