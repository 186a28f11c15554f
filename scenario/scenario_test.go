package scenario_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/scenario"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// Every file is a paragraph of the law, played on both databases.
func TestTheLawIsCarriedOutAsTheScenariosSay(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d scenarios, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			storetest.EachRehearsed(t, func(t *testing.T, db *store.DB) { play(t, db, file) })
		})
	}
}

// signer signs for the people of a scenario.
func signer(t *testing.T) *practice.Signer {
	t.Helper()
	a, err := training.New(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := practice.NewSigner(a)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func play(t *testing.T, db *store.DB, file string) {
	t.Helper()
	kept, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := scenario.New(db, kept, signer(t)).Play(t.Context(), file, f); err != nil {
		t.Error(err)
	}
}

func TestALineThatDoesNotComeOutIsNamed(t *testing.T) {
	db := storetest.Open(t, storetest.Rehearsed(t))
	kept, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	text := "office 27\nnow 2017-07-03 10:00\napplicant submit A issue 1 III 12\nruns A answer by 2017-07-18 on the executor\n"
	err = scenario.New(db, kept, signer(t)).Play(t.Context(), "wrong.txt", strings.NewReader(text))
	want := "wrong.txt:4: runs A answer by 2017-07-17 on the executor, want A answer by 2017-07-18 on the executor"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
