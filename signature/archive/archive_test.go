package archive_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/archive"
	"ruqsat/signature/cms"
	"ruqsat/signature/gost"
	"ruqsat/signature/pki"
	"ruqsat/signature/training"
)

var (
	now  = time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	want = signature.Want{IIN: "850213400125", At: now}
)

const sigName = "META-INF/signature-da70a72731.cms"

// A file is one of a container.
type file struct{ name, content string }

func pack(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// manifest lists files as the authority's program does.
func manifest(files ...file) string {
	s := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?> ` + "\n<NCAManifest>\n\t<SigReference URI=\"" + sigName + "\"/>\n"
	for _, f := range files {
		h := gost.New34311()
		h.Write([]byte(f.content))
		s += fmt.Sprintf("\t<DataObjectReference URI=%q>\n\t\t<DigestMethod Algorithm=%q/>\n\t\t<DigestValue>%s</DigestValue>\n\t</DataObjectReference>\n",
			f.name, "http://www.w3.org/2001/04/xmldsig-more#gost34311", base64.StdEncoding.EncodeToString(h.Sum(nil)))
	}
	return s + "</NCAManifest>"
}

func newVerifier(t testing.TB) (*cms.Verifier, training.Key) {
	t.Helper()
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := a.Issue(training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125"}, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	trust, err := cms.NewTrust(a.Trust())
	if err != nil {
		t.Fatal(err)
	}
	return cms.New(trust), k
}

func sign(t testing.TB, k training.Key, content string) file {
	t.Helper()
	sig, err := k.Sign([]byte(content), now)
	if err != nil {
		t.Fatal(err)
	}
	return file{sigName, string(sig)}
}

func TestAContainerIsValidWhenEveryFileOfItIsSigned(t *testing.T) {
	v, k := newVerifier(t)
	a, b := file{"өтініш.pdf", "%PDF"}, file{"папка/scan 2.png", "PNG"}
	m := file{"META-INF/NCAManifest.xml", manifest(a, b)}
	sig := sign(t, k, m.content)
	good := pack(t, a, b, m, sig)
	if !archive.Is(good) {
		t.Error("it is not taken for a container")
	}
	all := archive.Verify(t.Context(), v, good, want)
	if why, _ := all[0].Why(); len(all) != 1 || all[0].Outcome != signature.Valid {
		t.Errorf("%d reports, %s: %s; want one that is valid", len(all), why.Say.Key, why.Evidence)
	}
	other := file{m.name, manifest(a, file{b.name, "PNG2"})}
	for what, c := range map[string]struct {
		files []file
		check signature.Name
		key   string
	}{
		"a file changed":          {[]file{{a.name, "%PDF2"}, b, m, sig}, signature.Container, "signature.archive-file"},
		"a file left out":         {[]file{a, m, sig}, signature.Container, "signature.archive-file"},
		"a file added":            {[]file{a, b, {"c", "x"}, m, sig}, signature.Container, "signature.archive-file"},
		"a file twice":            {[]file{a, a, b, m, sig}, signature.Container, "signature.archive-file"},
		"no signature":            {[]file{a, b, m}, signature.Container, "signature.archive-file"},
		"no manifest":             {[]file{a, b, sig}, signature.Container, "signature.unreadable"},
		"a manifest of something": {[]file{a, b, {m.name, "<x/>"}, sig}, signature.Container, "signature.unreadable"},
		"a manifest with more":    {[]file{a, b, {m.name, strings.Replace(m.content, "<SigR", "<X/><SigR", 1)}, sig}, signature.Container, "signature.unreadable"},
		"file and manifest both":  {[]file{a, {b.name, "PNG2"}, other, sig}, signature.Digest, "signature.document-changed"},
		"a weak digest":           {[]file{a, b, {m.name, strings.Replace(m.content, "gost34311", "md5", 1)}, sig}, signature.Container, "signature.archive-file"},
	} {
		r := archive.Verify(t.Context(), v, pack(t, c.files...), want)[0]
		if why, _ := r.Why(); r.Outcome != signature.Invalid || why.Name != c.check || why.Say.Key != c.key {
			t.Errorf("%s: %s at %s: %s (%s); want %s at %s", what, r.Outcome, why.Name, why.Say.Key, why.Evidence, c.key, c.check)
		}
	}
}

func TestASmallContainerThatUnpacksToMuchIsRefused(t *testing.T) {
	v, k := newVerifier(t)
	huge := file{"zeros", strings.Repeat("\x00", 65<<20)}
	m := file{"META-INF/NCAManifest.xml", manifest(file{"zeros", ""})}
	raw := pack(t, huge, m, sign(t, k, m.content))
	if len(raw) > 1<<20 {
		t.Fatalf("%d bytes; want a small one", len(raw))
	}
	if r := archive.Verify(t.Context(), v, raw, want)[0]; r.Outcome != signature.Invalid {
		t.Errorf("%s, want invalid", r.Outcome)
	}
}

// The samples come without the files of their containers: their manifests and
// signatures are examined, each file is missed.
func TestTheManifestsOfTheNationalAuthorityAreRead(t *testing.T) {
	v, _ := newVerifier(t)
	dir := filepath.Join("..", "..", "..", "shared", "eds-data", "cms", "zip-container")
	names, err := filepath.Glob(filepath.Join(dir, "*_NCAManifest.xml"))
	if err != nil || len(names) == 0 {
		t.Skip("SKIPPED, not checked against the samples of the national authority: they are not here")
	}
	slices.Sort(names)
	for _, name := range names {
		m, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sigs, err := filepath.Glob(strings.TrimSuffix(name, "NCAManifest.xml") + "signature-*.cms")
		if err != nil || len(sigs) != 1 {
			t.Fatalf("%s: %v, %v", name, sigs, err)
		}
		raw, err := os.ReadFile(sigs[0])
		if err != nil {
			t.Fatal(err)
		}
		_, short, _ := strings.Cut(filepath.Base(sigs[0]), "_signature")
		r := archive.Verify(t.Context(), v, pack(t, file{"META-INF/NCAManifest.xml", string(m)}, file{"META-INF/signature" + short, string(raw)}), want)[0]
		if why, _ := r.Why(); why.Say.Key != "signature.archive-file" || strings.Contains(why.Evidence, "META-INF") {
			t.Errorf("%s: %s (%s); want a file that is missed", filepath.Base(name), why.Say.Key, why.Evidence)
		}
	}
}

func FuzzVerify(f *testing.F) {
	v, k := newVerifier(f)
	a := file{"a", "x"}
	m := file{"META-INF/NCAManifest.xml", manifest(a)}
	f.Add(pack(f, a, m, sign(f, k, m.content)))
	other := signature.Want{IIN: "910101300126", At: now}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, r := range archive.Verify(t.Context(), v, raw, other) {
			if r.Outcome == signature.Valid || len(r.Signature) != len(pki.Sum(nil)) {
				t.Errorf("%x: %s", raw, r.Outcome)
			}
		}
	})
}
