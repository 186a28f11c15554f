package transparency_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/transparency"
)

// A world is a log kept in memory, with the stored hashes as tlog itself has them:
// what we compute is compared with what the library of others does.
type world struct {
	leaves [][]byte
	hashes []tlog.Hash
	edge   transparency.Edge
	nodes  map[[2]int64]tlog.Hash
}

func (w *world) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, i := range indexes {
		list = append(list, w.hashes[i])
	}
	return list, nil
}

func (w *world) add(t testing.TB, leaf []byte) {
	t.Helper()
	more, err := tlog.StoredHashes(int64(len(w.leaves)), leaf, w)
	if err != nil {
		t.Fatal(err)
	}
	w.leaves, w.hashes = append(w.leaves, leaf), append(w.hashes, more...)
	w.edge.Add(transparency.Hash(leaf), func(n transparency.Node) { w.nodes[[2]int64{int64(n.Level), n.N}] = n.Hash })
}

func logOf(t testing.TB, size int) *world {
	t.Helper()
	w := &world{nodes: map[[2]int64]tlog.Hash{}}
	for i := range size {
		w.add(t, transparency.Leaf{Form: 1, Kind: transparency.Quota, At: "2025-07-01", Digest: fmt.Sprintf("%064x", i)}.Canonical())
	}
	return w
}

func key(t testing.TB, name string) *transparency.Key {
	t.Helper()
	secret, verifier, err := transparency.NewKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := transparency.ParseKey(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (w *world) checkpoint(t testing.TB, k *transparency.Key) (transparency.Checkpoint, string) {
	t.Helper()
	c := transparency.Checkpoint{Origin: k.Origin(), Size: w.edge.Size, Root: w.edge.Root()}
	signed, err := k.Sign(c)
	if err != nil {
		t.Fatal(err)
	}
	return c, signed
}

func TestTheEdgeIsTheTreeOfTheLibrary(t *testing.T) {
	w := &world{nodes: map[[2]int64]tlog.Hash{}}
	for n := range 600 {
		want, err := tlog.TreeHash(int64(n), w)
		if err != nil {
			t.Fatal(err)
		}
		if w.edge.Root() != want {
			t.Fatalf("the root of %d leaves is %s, tlog says %s", n, w.edge.Root(), want)
		}
		read, err := transparency.ParseEdge(w.edge.Size, w.edge.String())
		if err != nil || read.Root() != want {
			t.Fatalf("the edge of %d leaves reads back with root %s: %v", n, read.Root(), err)
		}
		w.add(t, fmt.Append(nil, "leaf ", n))
	}
	for at, hash := range w.nodes {
		if want := w.hashes[tlog.StoredHashIndex(int(at[0]), at[1])]; hash != want {
			t.Errorf("node %d at level %d is %s, tlog says %s", at[1], at[0], hash, want)
		}
	}
	if len(w.nodes) != 2 {
		t.Errorf("600 leaves fill two tiles, and %d nodes were kept", len(w.nodes))
	}
}

// Nothing of ours checks here: a proof and a checkpoint as they leave the program
// are read by hand and given to the libraries of the Go checksum database.
func TestAProofIsGoodForToolsOfOthers(t *testing.T) {
	w, k := logOf(t, 300), key(t, "permits.example.kz/log")
	c, signed := w.checkpoint(t, k)
	for _, n := range []int64{0, 1, 255, 256, 299} {
		p, err := transparency.Prove(n, c, signed, w)
		if err != nil {
			t.Fatal(err)
		}
		head, text, _ := strings.Cut(p.String(), "\n\n")
		verifier, err := note.NewVerifier(k.Verifier())
		if err != nil {
			t.Fatal(err)
		}
		opened, err := note.Open([]byte(text), note.VerifierList(verifier))
		if err != nil {
			t.Fatalf("note.Open: %v", err)
		}
		var origin, root string
		var size, index int64
		if _, err := fmt.Sscanf(opened.Text, "%s\n%d\n%s\n", &origin, &size, &root); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(head, "\n")
		if _, err := fmt.Sscanf(lines[1], "index %d", &index); err != nil {
			t.Fatal(err)
		}
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			h, err := tlog.ParseHash(line)
			if err != nil {
				t.Fatal(err)
			}
			proof = append(proof, h)
		}
		hash, err := tlog.ParseHash(root)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(proof, size, hash, index, tlog.RecordHash(w.leaves[n])); err != nil {
			t.Errorf("leaf %d: %v", n, err)
		}
		if tlog.CheckRecord(proof, size, hash, index, tlog.RecordHash([]byte("another"))) == nil {
			t.Errorf("leaf %d: the proof is good for any leaf", n)
		}
	}
}

func TestALogThatGrewIsToldFromOneThatWasRewritten(t *testing.T) {
	k := key(t, "log")
	w := logOf(t, 300)
	before, _ := w.checkpoint(t, k)
	for i := range 100 {
		w.add(t, fmt.Append(nil, "more ", i))
	}
	after, _ := w.checkpoint(t, k)
	if err := transparency.Grew(before, after, w); err != nil {
		t.Errorf("a log that grew: %v", err)
	}
	proof, err := tlog.ProveTree(after.Size, before.Size, w)
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckTree(proof, after.Size, after.Root, before.Size, before.Root); err != nil {
		t.Errorf("tlog.CheckTree: %v", err)
	}
	other := logOf(t, 299)
	other.add(t, []byte("rewritten"))
	for range 100 {
		other.add(t, []byte("more"))
	}
	forked, _ := other.checkpoint(t, k)
	said(t, transparency.Grew(before, forked, other), "transparency.forked")
	said(t, transparency.Grew(after, before, w), "transparency.forked")
}

func said(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil || problem.Of(err).Say.Key != key {
		t.Errorf("it says %v, want %s", err, key)
	}
}

func TestABadCheckpointIsNamed(t *testing.T) {
	w, k, other := logOf(t, 7), key(t, "permits.example.kz/log"), key(t, "permits.example.kz/log")
	_, signed := w.checkpoint(t, k)
	_, stranger := w.checkpoint(t, other)
	_, elsewhere := w.checkpoint(t, key(t, "elsewhere/log"))
	for text, want := range map[string]string{
		stranger:  "transparency.other-key",
		elsewhere: "transparency.other-key",
		strings.Replace(signed, "\n7\n", "\n8\n", 1): "transparency.bad-signature",
		strings.TrimSuffix(signed, "\n"):             "transparency.bad-signature",
		"":                                           "transparency.bad-signature",
	} {
		_, err := transparency.Open(text, k.Verifier())
		said(t, err, want)
	}
	_, err := transparency.Open(signed, "no key")
	said(t, err, "transparency.bad-verifier")
	for _, text := range []string{"log\n7\n", "log\nseven\nAAAA\n", "log\n-1\n" + w.edge.Root().String() + "\n", "log\n07\n" + w.edge.Root().String() + "\n"} {
		signed, err := transparency.SignText(k, text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = transparency.Open(signed, k.Verifier())
		said(t, err, "transparency.bad-checkpoint")
	}
}

func TestKeysThatDoNotBelongTogetherAreRefused(t *testing.T) {
	secret, _, err := transparency.NewKey(rand.Reader, "log")
	if err != nil {
		t.Fatal(err)
	}
	_, verifier, err := transparency.NewKey(rand.Reader, "log")
	if err != nil {
		t.Fatal(err)
	}
	_, err = transparency.ParseKey(secret, verifier)
	said(t, err, "transparency.bad-key")
	_, _, err = transparency.NewKey(rand.Reader, "two words")
	said(t, err, "transparency.bad-origin")
}

func TestAProofReadsBackAndAnAlteredOneIsRefused(t *testing.T) {
	w, k := logOf(t, 20), key(t, "log")
	c, signed := w.checkpoint(t, k)
	p, err := transparency.Prove(5, c, signed, w)
	if err != nil {
		t.Fatal(err)
	}
	read, err := transparency.ParseProof(p.String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.Check(w.leaves[5], k.Verifier()); err != nil {
		t.Errorf("the proof that was read: %v", err)
	}
	_, err = read.Check(w.leaves[6], k.Verifier())
	said(t, err, "transparency.not-in-log")
	read.N = 6
	_, err = read.Check(w.leaves[5], k.Verifier())
	said(t, err, "transparency.not-in-log")
	_, err = transparency.Prove(20, c, signed, w)
	said(t, err, "transparency.not-yet")
	for _, text := range []string{"", "c2sp.org/tlog-proof@v1\nindex 5", strings.Replace(p.String(), "index 5", "index 05", 1), "x" + p.String()} {
		_, err := transparency.ParseProof(text)
		said(t, err, "transparency.bad-proof")
	}
}

func TestALeafHasOneForm(t *testing.T) {
	l := transparency.Leaf{Form: 1, Kind: transparency.Permit, Region: "27", At: "2025-07-01", Digest: "aa"}
	want := `{"form":1,"kind":"permit","region":"27","at":"2025-07-01","digest":"aa"}`
	if got := string(l.Canonical()); got != want {
		t.Errorf("the leaf is written %s, want %s", got, want)
	}
	for _, text := range []string{"", "{}", want + "\n", strings.Replace(want, ":", ": ", 1), strings.Replace(want, `"27"`, `"27","name":"Ivanov"`, 1)} {
		_, err := transparency.ParseLeaf([]byte(text))
		said(t, err, "transparency.bad-leaf")
	}
}

// The example of RFC 8785 § 3.2.2 for texts, and names in order.
func TestAStatementHasOneForm(t *testing.T) {
	s := transparency.Statement{Source: "permit", Key: "KZ27", Row: map[string]any{
		"seq": int64(-7), "body": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/ \u2028 <қ>",
	}}
	want := `{"key":"KZ27","row":{"body":"€$\u000f\nA'B\"\\\\\"/ ` + "\u2028" + ` <қ>","seq":-7},"source":"permit"}`
	if got := string(s.Canonical()); got != want {
		t.Errorf("the statement is written\n%s, want\n%s", got, want)
	}
	if s.Digest(transparency.Salt{}) == s.Digest(transparency.Salt{1}) {
		t.Error("the salt does not change the digest")
	}
}

func TestTilesLieWhereTlogTilesSays(t *testing.T) {
	for path, want := range map[string]tlog.Tile{
		"tile/0/000":                  {H: 8, L: 0, N: 0, W: 256},
		"tile/0/x001/x234/067":        {H: 8, L: 0, N: 1234067, W: 256},
		"tile/1/000.p/1":              {H: 8, L: 1, N: 0, W: 1},
		"tile/entries/x001/x234/067":  {H: 8, L: -1, N: 1234067, W: 256},
		"tile/entries/x001/000.p/255": {H: 8, L: -1, N: 1000, W: 255},
	} {
		got, err := transparency.ParseTilePath(path)
		if err != nil || got != want || transparency.TilePath(got) != path {
			t.Errorf("%s is %+v (%v), written %s; want %+v", path, got, err, transparency.TilePath(got), want)
		}
	}
	for _, path := range []string{"", "tile/8/0/000", "tile/data/000", "tile/0/1", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/../000", "tile/0/x000/001"} {
		if got, err := transparency.ParseTilePath(path); err == nil {
			t.Errorf("%q is taken for %+v", path, got)
		}
	}
	for _, c := range []struct {
		path string
		size int64
		want bool
	}{{"tile/0/000", 256, true}, {"tile/0/000", 255, false}, {"tile/0/001.p/44", 300, true}, {"tile/0/001.p/45", 300, false},
		{"tile/1/000.p/1", 300, true}, {"tile/1/000.p/2", 511, false}, {"tile/entries/001.p/44", 300, true}, {"tile/63/000.p/1", 300, false}} {
		tile, err := transparency.ParseTilePath(c.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := transparency.Within(tile, c.size); got != c.want {
			t.Errorf("%s within %d leaves: %t, want %t", c.path, c.size, got, c.want)
		}
	}
}

func TestABundleReadsBack(t *testing.T) {
	leaves := [][]byte{[]byte("one"), {}, []byte(strings.Repeat("x", 300))}
	got, err := transparency.Unbundle(transparency.Bundle(leaves))
	if err != nil || len(got) != 3 || string(got[0]) != "one" || len(got[1]) != 0 || len(got[2]) != 300 {
		t.Errorf("the bundle reads %q, %v", got, err)
	}
	_, err = transparency.Unbundle([]byte{0, 5, 'a'})
	said(t, err, "transparency.bad-bundle")
}

func TestEveryKindHasWords(t *testing.T) {
	for _, k := range []transparency.Kind{transparency.Registration, transparency.Decision, transparency.Act, transparency.State,
		transparency.Quota, transparency.Permit, transparency.Status, transparency.Paper, transparency.Signed, transparency.File, transparency.Removed, transparency.Calendar} {
		for _, tag := range lang.Tags {
			if k.In(tag) == "transparency.kind-"+string(k) {
				t.Errorf("%s has no words in %s", k, tag)
			}
		}
	}
}

func FuzzProof(f *testing.F) {
	w, k := logOf(f, 3), key(f, "log")
	c, signed := w.checkpoint(f, k)
	p, err := transparency.Prove(1, c, signed, w)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.String())
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := transparency.ParseProof(text); err == nil && p.String() != text {
			t.Errorf("%q is read and written %q", text, p.String())
		}
	})
}
