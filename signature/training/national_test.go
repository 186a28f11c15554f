package training_test

import (
	"crypto/rand"
	"path/filepath"
	"testing"

	"ruqsat/signature"
	"ruqsat/signature/training"
)

func TestAnAuthorityOfTheNationalAlgorithmIsSavedAndGoesOn(t *testing.T) {
	t.Parallel()
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "authority")
	if err := a.Save(dir); err != nil {
		t.Fatal(err)
	}
	back, err := training.Load(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := back.Issue(person, back.Always())
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Save(filepath.Join(dir, "person")); err != nil {
		t.Fatal(err)
	}
	kept, err := training.LoadKey(filepath.Join(dir, "person"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r := outcome(t, trusted(t, back), kept, now)
	if r.Outcome != signature.Valid || r.Algorithm != "GOST 34.10-2015-512 with Streebog-512" || !r.Training {
		t.Errorf("%s, %s, %v", r.Outcome, r.Algorithm, r.Err())
	}
	if _, err := kept.SignXML([]byte("no XML")); err == nil {
		t.Error("text was signed as XML")
	}
}
