package dossier_test

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/transparency"
)

// Whole packages, of cases with papers and signatures, are made and checked by the
// tests of package office; here is one of a single row.

// small makes a package of a case with one event, and returns it with the key of its
// log.
func small(t testing.TB) (pkg []byte, verifier string) {
	t.Helper()
	secret, verifier, err := transparency.NewKey(rand.Reader, "example.kz/log")
	if err != nil {
		t.Fatal(err)
	}
	key, err := transparency.ParseKey(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	s := transparency.Statement{Source: "case_event", Key: "one/1", Row: map[string]any{
		"act": "register", "role": "clerk", "at": int64(1751353200000000), "body": "{}",
	}}
	salt := transparency.Salt{1, 2, 3}
	leaf := transparency.Leaf{Form: 1, Kind: transparency.Registration, What: "register", Digest: s.Digest(salt)}.Canonical()
	var edge transparency.Edge
	edge.Add(transparency.Hash(leaf), func(transparency.Node) {})
	signed, err := key.Sign(transparency.Checkpoint{Origin: key.Origin(), Size: edge.Size, Root: edge.Root()})
	if err != nil {
		t.Fatal(err)
	}
	rows := []dossier.Row{dossier.Evidence(s, salt, leaf, transparency.Proof{Checkpoint: signed})}
	c := dossier.Contents{Case: "27-2025-000001", For: "authority", Files: map[string][]byte{}, Rows: rows, Checkpoint: signed, Verifier: verifier}
	if c.Files[dossier.CaseFile], err = dossier.CaseData(rows); err != nil {
		t.Fatal(err)
	}
	if c.Files[dossier.TimelineFile], err = dossier.Timeline(rows); err != nil {
		t.Fatal(err)
	}
	if pkg, err = dossier.Build(c); err != nil {
		t.Fatal(err)
	}
	return pkg, verifier
}

func TestEveryByteOfAPackageIsUnderACheck(t *testing.T) {
	pkg, verifier := small(t)
	if r := dossier.Check(pkg, verifier); !r.OK() || r.Rows != 1 {
		t.Fatalf("the package as it was made: %+v", r)
	}
	for at := range pkg {
		for _, bit := range []byte{1, 0x80} {
			bad := bytes.Clone(pkg)
			bad[at] ^= bit
			if r := dossier.Check(bad, verifier); r.OK() {
				t.Errorf("byte %d was changed, from %q to %q, and the package agrees", at, pkg[at], bad[at])
			} else if r.Wrong[0].In(lang.EN) == r.Wrong[0].Key {
				t.Errorf("%s has no words", r.Wrong[0].Key)
			}
		}
	}
	if r := dossier.Check(append(bytes.Clone(pkg), 0), verifier); r.OK() {
		t.Error("a byte was added at the end, and the package agrees")
	}
}

func TestAKeyOfThePackageItselfIsSaidToBeThat(t *testing.T) {
	pkg, _ := small(t)
	if r := dossier.Check(pkg, ""); !r.OK() || !r.Own {
		t.Errorf("checked with its own key: %+v", r)
	}
}

func FuzzCheck(f *testing.F) {
	pkg, verifier := small(f)
	f.Add(pkg)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r := dossier.Check(data, verifier); r.OK() && !bytes.Equal(data, pkg) {
			t.Error("another file is a package of this log")
		}
	})
}

func TestAPackageIsToldFromAnotherZip(t *testing.T) {
	pkg, _ := small(t)
	if !dossier.Is(pkg) {
		t.Error("a package is not taken for one")
	}
	for what, file := range map[string][]byte{"an empty zip": []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "no zip": []byte("PK"), "half a package": pkg[:len(pkg)/2]} {
		if dossier.Is(file) {
			t.Errorf("%s is taken for a package", what)
		}
	}
}

// Receipts come back from those who were given them.
func FuzzReceipt(f *testing.F) {
	f.Add([]byte(`{"kind":"ruqsat receipt","form":1,"filed":{"case":"","at":"","papers":[],"files":[],"leaves":null},"rows":[],"checkpoint":"","verifier":""}`))
	f.Add([]byte(`{"kind":"ruqsat receipt","form":1,"rows":[{"source":"paper_signature","row":{"signature":"=","report":"{"},"leaf":"{}"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, r := dossier.CheckReceipt(raw, ""); r.OK() {
			t.Errorf("a receipt that no key sealed agrees: %q", raw)
		}
	})
}
