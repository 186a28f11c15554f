package web_test

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"ruqsat/demo"
	"ruqsat/dossier"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
	"ruqsat/transparency"
	"ruqsat/web"
)

// logged opens the demo's department, with a key for its log.
func logged(t *testing.T) *town {
	t.Helper()
	db := storetest.Open(t, storetest.Rehearsed(t))
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	w := &town{T: t, clock: time.Date(2026, 3, 10, 5, 0, 0, 0, time.UTC)}
	if w.signer, err = practice.New(w.clock); err != nil {
		t.Fatal(err)
	}
	secret, verifier, err := transparency.NewKey(rand.Reader, "example.kz/log")
	if err != nil {
		t.Fatal(err)
	}
	key, err := transparency.ParseKey(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	w.office = &office.Office{
		DB: db, Files: files, Now: func() time.Time { return w.clock }, Verifier: w.signer.Verifier(), Address: "https://example.kz", Log: key,
	}
	if err := demo.Fill(t.Context(), w.office, w.signer); err != nil {
		t.Fatal(err)
	}
	site := &web.Site{Office: w.office, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Training: w.signer}
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

func raw(t *testing.T, want int, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != want {
		t.Fatalf("%s answers %d, want %d: %s (%v)", address, resp.StatusCode, want, body, err)
	}
	return string(body)
}

func TestTheLogIsThereForPeopleAndForTools(t *testing.T) {
	t.Parallel()
	w := logged(t)
	v := w.visitor("ru")
	if page := v.get(http.StatusOK, "/log").body; !strings.Contains(page, "Контрольная точка ещё не опубликована") {
		t.Errorf("a log that was not published says\n%s", excerpt(page))
	}
	raw(t, http.StatusNotFound, w.url+"/log/checkpoint")
	if _, err := w.office.PublishCheckpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := v.get(http.StatusOK, "/log").body
	if !strings.Contains(page, w.office.Log.Verifier()) && !strings.Contains(page, strings.ReplaceAll(w.office.Log.Verifier(), "+", "&#43;")) {
		t.Errorf("the page of the log does not show its key\n%s", excerpt(page))
	}
	c, err := transparency.Open(raw(t, http.StatusOK, w.url+"/log/checkpoint"), w.office.Log.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	leaves, err := transparency.Unbundle([]byte(raw(t, http.StatusOK, w.url+"/log/tile/entries/000")))
	if err != nil || len(leaves) != 256 {
		t.Fatalf("the first bundle has %d leaves, %v", len(leaves), err)
	}
	p, err := transparency.ParseProof(raw(t, http.StatusOK, w.url+"/log/proof/7"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Check(leaves[7], w.office.Log.Verifier()); err != nil || got != c {
		t.Errorf("the proof of leaf 7: %v", err)
	}
	v.get(http.StatusOK, "/log/leaf/7")
	v.get(http.StatusNotFound, "/log/leaf/999999")
	v.get(http.StatusNotFound, "/log/leaf/x")
	for _, path := range []string{"/log/tile/0/999", "/log/tile/0/x", "/log/tile/entries/000.p/0", "/log/tile/../../key", "/log/proof/-1", "/log/proof/x"} {
		resp, err := http.Get(w.url + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", path, resp.StatusCode)
		}
	}
}

func TestAPermitShowsItsPlaceInTheLog(t *testing.T) {
	t.Parallel()
	w := logged(t)
	permits := w.cases(party.Head, procedure.HandedOver)
	c, _, err := w.office.Package(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, permits[0].ID) // publishes
	if err != nil {
		t.Fatal(err)
	}
	look, err := w.office.Look(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, c.ID)
	if err != nil || len(look.Permits) == 0 {
		t.Fatal("the case has no permits", err)
	}
	page := w.visitor("kk").get(http.StatusOK, "/verify?number="+look.Permits[0]).body
	if !strings.Contains(page, "Журналмен расталған") || !strings.Contains(page, "/kk/log/leaf/") {
		t.Errorf("the permit does not show its place in the log\n%s", excerpt(page))
	}
}

func TestBothSidesGetTheirCasePackage(t *testing.T) {
	t.Parallel()
	w := logged(t)
	c := w.cases(party.Head, procedure.HandedOver)[0]
	for role, login := range map[string]string{"authority": "33-head", "applicant": "applicant"} {
		a, err := w.office.Account(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		v := w.visitor("ru")
		v.post(http.StatusOK, "/sign-in", url.Values{"login": {a.Login}, "password": {demo.Password}})
		if page := v.get(http.StatusOK, "/cases/"+c.ID).body; !strings.Contains(page, "/cases/"+c.ID+"/package.zip") {
			t.Errorf("the page of the case has no package for the %s", role)
		}
		r := dossier.Check([]byte(v.get(http.StatusOK, "/cases/"+c.ID+"/package.zip").body), w.office.Log.Verifier())
		if !r.OK() || r.For != role || r.Case != c.Number {
			t.Errorf("the package of the %s: %+v", role, r)
		}
	}
}

// cases lists the cases of the demo's department in a state.
func (w *town) cases(role party.Role, in procedure.State) []procedure.Case {
	w.Helper()
	list, _, err := w.office.Cases(w.Context(), party.Actor{Role: role, Region: demo.Region}, store.Queue{States: []procedure.State{in}})
	if err != nil || len(list) == 0 {
		w.Fatalf("the demo has no case that is %s: %v", in, err)
	}
	return list
}
