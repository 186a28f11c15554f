package fetch_test

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/emulator"
	"ruqsat/signature/fetch"
	"ruqsat/signature/pki"
	"ruqsat/signature/training"
)

var now = time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)

type world struct {
	a            *training.Authority
	k            training.Key
	leaf, issuer *pki.Certificate
}

func newWorld(t *testing.T) world {
	t.Helper()
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := a.Issue(training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125"}, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	certificates, _ := a.Trust()
	w := world{a: a, k: k}
	for into, raw := range map[**pki.Certificate][]byte{&w.leaf: k.Certificate.Raw, &w.issuer: certificates[1].Raw} {
		if *into, err = pki.ParseCertificate(raw); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// serve answers like the authority, with the nonce it was asked with.
func (w world) serve(t *testing.T, change func([]byte) []byte) *fetch.Authority {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil || in.UserAgent() != "ruqsat" || in.Header.Get("Content-Type") != "application/ocsp-request" {
			http.Error(out, "who are you", http.StatusForbidden)
			return
		}
		nonce := body[len(body)-18:] // an octet string of 16 bytes ends the question
		raw, err := w.a.Answer(w.k.Certificate.SerialNumber, now, nonce[2:])
		if err != nil {
			t.Error(err)
		}
		out.Write(change(raw))
	}))
	t.Cleanup(s.Close)
	a, err := fetch.New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnAnswerFromTheNetworkMakesUpForAMissingList(t *testing.T) {
	w := newWorld(t)
	certificates, lists := w.a.Trust()
	trust, err := cms.NewTrust(certificates, lists[:1])
	if err != nil {
		t.Fatal(err)
	}
	v := cms.New(trust)
	v.AskBy(w.serve(t, func(raw []byte) []byte { return raw }).Ask)
	document := []byte("құжат")
	sig, err := w.k.Sign(document, now)
	if err != nil {
		t.Fatal(err)
	}
	r := v.Verify(t.Context(), document, sig, signature.Want{IIN: "850213400125", At: now})
	if r.Outcome != signature.Valid || len(r.Answers) != 1 {
		why, _ := r.Why()
		t.Errorf("%s, %s, %d answers kept; want valid and 1", r.Outcome, why.Evidence, len(r.Answers))
	}
}

func TestRepliesThatAreNoAnswerAreErrors(t *testing.T) {
	w := newWorld(t)
	old, err := w.a.Answer(w.k.Certificate.SerialNumber, now, []byte("0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ reply, want string }{
		"a page":                     {"<html>", "strict DER"},
		"try later":                  {"\x30\x03\x0a\x01\x03", "did not answer"},
		"an answer to somebody else": {string(old), "another question"},
		"without end":                {strings.Repeat("x", 1<<17), "too large"},
	} {
		_, err := w.serve(t, func([]byte) []byte { return []byte(c.reply) }).Ask(t.Context(), w.leaf, w.issuer)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", what, err, c.want)
		}
	}
}

func TestNobodySendsUsElsewhere(t *testing.T) {
	w := newWorld(t)
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	s := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer s.Close()
	a, err := fetch.New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Ask(t.Context(), w.leaf, w.issuer); err == nil || reached {
		t.Errorf("error %v, reached %t; want an error and not reached", err, reached)
	}
	for _, bad := range []string{"", "ocsp.pki.gov.kz", "file:///etc/passwd", "http://"} {
		if _, err := fetch.New(bad); err == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
}

func TestASlowServiceIsNotWaitedForBeyondTheCallersTime(t *testing.T) {
	w := newWorld(t)
	stop := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stop }))
	defer s.Close()
	defer close(stop)
	a, err := fetch.New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := a.Ask(ctx, w.leaf, w.issuer); err == nil {
		t.Error("it answered")
	}
}

func TestListsAreFetchedKeptAndNotFetchedAgainTooSoon(t *testing.T) {
	w := newWorld(t)
	source, url := w.services(t)
	folder := t.TempDir()
	lists, err := fetch.NewLists(folder, url+string(emulator.Root), url+string(emulator.Lists), url+string(emulator.Delta))
	if err != nil {
		t.Fatal(err)
	}
	source.Down(emulator.Delta)
	if changed, failures := lists.Refresh(t.Context(), now); !changed || len(failures) != 1 {
		t.Fatalf("with one service down: changed %t, %v", changed, failures)
	}
	source.Up(emulator.Delta)
	if err := w.a.Revoke(w.k.Certificate.SerialNumber, now.Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if changed, failures := lists.Refresh(t.Context(), now); !changed || len(failures) > 0 {
		t.Fatalf("with all services up: changed %t, %v", changed, failures)
	}
	source.Down(emulator.Root, emulator.Lists, emulator.Delta)
	later := time.Now().Add(2 * time.Hour) // the file is of now
	if _, failures := lists.Refresh(t.Context(), later.AddDate(1, 0, 0)); len(failures) == 0 {
		t.Error("a year later no list is fetched")
	}
	trust := t.TempDir()
	if err := w.a.Save(trust); err != nil {
		t.Fatal(err)
	}
	believed, err := cms.LoadTrust(trust, folder)
	if err != nil || len(believed.Problems()) > 0 {
		t.Fatalf("trust with fetched lists: %v, %v", err, believed.Problems())
	}
	sig, err := w.k.Sign([]byte("құжат"), now)
	if err != nil {
		t.Fatal(err)
	}
	r := cms.New(believed).Verify(t.Context(), []byte("құжат"), sig, signature.Want{IIN: "850213400125", At: now})
	if r.Outcome != signature.Invalid {
		t.Errorf("revoked by the list that was fetched, and %s", r.Outcome)
	}
}

func TestAPageIsTakenForNoList(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) { _, _ = out.Write([]byte("<html>")) }))
	defer s.Close()
	folder := t.TempDir()
	lists, err := fetch.NewLists(folder, s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if changed, failures := lists.Refresh(t.Context(), now); changed || len(failures) != 1 {
		t.Errorf("changed %t, %v", changed, failures)
	}
	if kept, _ := filepath.Glob(filepath.Join(folder, "*")); len(kept) > 0 {
		t.Errorf("kept: %v", kept)
	}
}
