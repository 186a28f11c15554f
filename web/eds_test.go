package web_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ruqsat/dossier"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/emulator"
	"ruqsat/signature/inspect"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
	"ruqsat/transparency"
)

// ncalayer presses the button of NCALayer, and waits until the page says
// something or another one comes.
func (b *browser) ncalayer() {
	b.Helper()
	b.run(chromedp.WaitVisible("[data-eds-sign]", chromedp.ByQuery))
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click("[data-eds-sign]", chromedp.ByQuery)); err != nil {
		b.Fatalf("sign with NCALayer: %v", err)
	}
	b.look()
}

// says presses the button of NCALayer, and wants the page to say something.
func (b *browser) says(name, want string) {
	b.Helper()
	message := `[data-eds-message="` + name + `"]`
	var text string
	b.run(chromedp.Click("[data-eds-sign]", chromedp.ByQuery), chromedp.WaitVisible(message, chromedp.ByQuery),
		chromedp.Text(message, &text, chromedp.ByQuery))
	b.look()
	if !strings.Contains(text, want) {
		b.Errorf("at %s the page says %q, want %q in it", name, text, want)
	}
}

// In Chromium, with the unmodified client, NCALayer's stand-in and keys of the
// national algorithm.
func TestInABrowserAnApplicationIsSignedWithNCALayer(t *testing.T) {
	w := open(t)
	path := w.signedIn("940140000385", "ru").toSign()
	b := w.browse("ru")
	b.signIn("940140000385")
	b.open(path + "/sign")

	// What goes wrong before anything is sent.
	for answer, say := range map[emulator.Answer][2]string{
		emulator.Cancel: {"cancelled", "отменили"}, emulator.NoModule: {"old", "устарела"}, emulator.Disconnect: {"ended", "завершил"},
	} {
		w.program.Then(answer)
		b.says(say[0], say[1])
	}

	// What the portal refuses, and why.
	for answer, want := range map[emulator.Answer]string{
		emulator.Expired: "истёк", emulator.Revoked: "отозван", emulator.WrongIIN: "БИН", emulator.Employee: "Роль",
		emulator.Foreign: "центр", emulator.Changed: "документ",
	} {
		w.program.Then(answer)
		b.ncalayer()
		if b.at() != path+"/submit" {
			t.Fatalf("%s: the application is filed, and the page is %s", answer, b.at())
		}
		var text string
		b.run(chromedp.Text("[data-error-summary]", &text, chromedp.ByQuery))
		if !strings.Contains(text, want) {
			t.Errorf("%s: the page does not say %q but %q", answer, want, text)
		}
	}

	b.ncalayer()
	if b.at() != path {
		t.Fatalf("signed rightly, and at %s", b.at())
	}
	asked := w.program.Asked()
	last := asked[len(asked)-1].Args
	if last.Signer.BIN != "940140000385" || last.Signing.Encapsulate || last.Signing.Stamp == nil || last.Locale != "ru" ||
		len(last.Signer.Usages) != 1 || last.Signer.Usages[0] != "1.3.6.1.5.5.7.3.4" {
		t.Errorf("NCALayer was asked for %+v", last)
	}
	r := w.reportOf(path)
	if r.Outcome != signature.Valid || r.Stamp == nil || !strings.HasPrefix(r.Algorithm, "GOST 34.10-2015-512") {
		t.Errorf("kept: %s, stamp %v, %s", r.Outcome, r.Stamp, r.Algorithm)
	}
}

// reportOf is what was found of the signature of an application.
func (w *town) reportOf(path string) signature.Report {
	w.Helper()
	id := strings.TrimPrefix(path, "/cases/")
	v, err := w.office.Look(w.Context(), party.Actor{Role: party.Applicant, BIN: "940140000385"}, id)
	if err != nil {
		w.Fatal(err)
	}
	for _, paper := range v.Papers {
		if _, r, err := office.Signed(paper); err == nil {
			return r
		}
	}
	w.Fatal("no paper of the case is signed")
	return signature.Report{}
}

func TestInABrowserEveryShapeOfNCALayersAnswerIsTaken(t *testing.T) {
	w := open(t)
	for _, answer := range []emulator.Answer{emulator.Base64, emulator.Single, emulator.Slow, emulator.NoStamp, emulator.Attached} {
		t.Run(string(answer), func(t *testing.T) {
			path := w.signedIn("940140000385", "kk").toSign()
			b := w.browse("kk")
			b.signIn("940140000385")
			b.open(path + "/sign")
			w.program.Then(answer)
			b.ncalayer()
			if b.at() != path {
				t.Errorf("signed, and at %s", b.at())
			}
			if r := w.reportOf(path); (r.Stamp == nil) != (answer == emulator.NoStamp) {
				t.Errorf("stamp of the signature kept: %v", r.Stamp)
			}
		})
	}
}

func TestInABrowserItIsSaidWhatToDoWhenNCALayerDoesNotAnswer(t *testing.T) {
	w := open(t)
	w.site.NCALayer = "ws://127.0.0.1:9" // the port of nobody
	path := w.signedIn("940140000385", "ru").toSign()
	b := w.browse("ru")
	b.expect = "WebSocket connection"
	b.signIn("940140000385")
	b.open(path + "/sign")
	b.says("away", "ncl.pki.gov.kz")
}

// Only the pages on which something is signed may talk to the program.
func TestOnlyPagesToSignReachNCALayer(t *testing.T) {
	w := open(t)
	w.site.NCALayer = ""
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	for page, want := range map[string]bool{path + "/sign": true, "/cabinet": false, "/verify": false} {
		resp, err := v.client.Get(v.url + "/ru" + page)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := strings.Contains(resp.Header.Get("Content-Security-Policy"), "connect-src 'self' wss://127.0.0.1:13579"); got != want {
			t.Errorf("%s may reach NCALayer: %t, want %t", page, got, want)
		}
	}
}

// The list of the revoked is due: nothing is decided, the signature waits, and
// when the list comes the application is filed without anybody's doing.
func TestASignatureThatCannotBeCheckedYetWaits(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	w.sourceDown()
	page := v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	if page.path != path+"/sign" || !strings.Contains(text(page.body), "проверяется") {
		t.Fatalf("at %s the page does not say that the signature is being checked: %s", page.path, excerpt(page.body))
	}
	w.retry(0)
	w.clock = w.clock.Add(time.Minute)
	w.retry(0) // still down
	if page := v.get(http.StatusOK, path+"/sign"); !strings.Contains(text(page.body), "проверяется") {
		t.Errorf("after another try the page forgets the signature: %s", excerpt(page.body))
	}
	w.sourceUp()
	w.clock = w.clock.Add(time.Hour)
	w.retry(1)
	if page := v.get(http.StatusOK, path+"/sign"); page.path != path {
		t.Errorf("checked and valid, and the page is %s", page.path)
	}
	w.retry(0)
}

func TestASignatureThatWaitedAndIsNotGoodIsRejectedWithTheReason(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	employer, err := w.office.Account(t.Context(), "employer")
	if err != nil {
		t.Fatal(err)
	}
	key, err := w.signer.Key(practice.PersonOf(employer), practice.Own, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	w.sourceDown()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	// It had been revoked the day before, which the list that comes tells.
	if err := w.signer.Authority().Revoke(key.Certificate.SerialNumber, w.clock.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	w.sourceUp()
	w.clock = w.clock.Add(time.Hour)
	w.retry(1)
	page := v.get(http.StatusOK, path+"/sign")
	if said := text(page.body); !strings.Contains(said, "не подтверждена") || !strings.Contains(said, "отозван") {
		t.Errorf("the page does not say that the signature was rejected, and why: %s", excerpt(page.body))
	}
	v.post(http.StatusUnprocessableEntity, path+"/submit", url.Values{"signer": {"own"}})
}

func (w *town) retry(want int) {
	w.Helper()
	n, err := w.office.RetrySignatures(w.Context())
	if err != nil || n != want {
		w.Fatalf("%d signatures settled, error %v; want %d", n, err, want)
	}
}

// sourceDown takes the newest lists of the revoked away: those there are were due
// yesterday.
func (w *town) sourceDown() {
	w.Helper()
	certificates, lists, err := w.signer.Authority().TrustDue(w.clock.AddDate(0, 0, -1))
	if err != nil {
		w.Fatal(err)
	}
	trust, err := cms.NewTrust(certificates, lists)
	if err != nil {
		w.Fatal(err)
	}
	w.verifier().Use(trust)
}

func (w *town) sourceUp() {
	w.Helper()
	trust, err := cms.NewTrust(w.signer.Authority().Trust())
	if err != nil {
		w.Fatal(err)
	}
	w.verifier().Use(trust)
}

func (w *town) verifier() *cms.Verifier {
	v, ok := w.office.Verifier.(*cms.Verifier)
	if !ok {
		w.Fatalf("the verifier is a %T", w.office.Verifier)
	}
	return v
}

// drafted is a case that waits for the head, signed by its applicant.
func (w *town) drafted() string {
	w.Helper()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	head, executor := w.signedIn("head", "ru"), w.signedIn("executor", "ru")
	w.signedIn("clerk", "ru").post(http.StatusOK, path+"/register", nil)
	head.post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}})
	executor.post(http.StatusOK, path+"/examine", url.Values{"checks": {"complete"}})
	executor.post(http.StatusOK, path+"/draft", url.Values{"verdict": {"grant"}})
	return path
}

// WKO 142/2017 ¶ 7(4): the head signs, and not an employee with a good key.
func TestTheHeadsActWantsTheHeadsRole(t *testing.T) {
	w := open(t)
	path := w.drafted()
	head := w.signedIn("head", "ru")
	head.post(http.StatusOK, path+"/to-sign", nil)
	page := head.post(http.StatusUnprocessableEntity, path+"/sign", url.Values{"signer": {"other"}})
	if !strings.Contains(text(page.body), "Роль в этом ключе") {
		t.Errorf("the page does not say that the role is wrong: %s", excerpt(page.body))
	}
	head.post(http.StatusOK, path+"/sign", url.Values{"signer": {"own"}})
}

// One run over two cases: what was not read is refused by the act, and the other
// case is signed all the same.
func TestTheHeadSignsSeveralCasesInOneRunWhenTheyWereRead(t *testing.T) {
	w := open(t)
	first, second := w.drafted(), w.drafted()
	w.signedIn("executor", "ru").get(http.StatusNotFound, "/office/sign")
	head := w.signedIn("head", "ru")
	page := head.post(http.StatusOK, "/office/sign/prepare", nil)
	links := paperLink.FindAllStringSubmatch(page.body, -1)
	if len(links) != 2 || strings.Count(page.body, "disabled") < 2 {
		t.Fatalf("want two papers to read, and nothing to be ticked before: %s", excerpt(page.body))
	}
	for _, link := range links {
		if strings.HasPrefix(link[1], first) {
			head.get(http.StatusOK, link[1])
		}
	}
	id := func(path string) string { return strings.TrimPrefix(path, "/cases/") }
	both := url.Values{"case": {id(first), id(second)}, "signer": {"own"}}
	page = head.post(http.StatusOK, "/office/sign", both)
	if said := text(page.body); !strings.Contains(said, "Открыты не все документы") || !strings.Contains(said, "не подписано") {
		t.Errorf("the page does not say that a case was not read: %s", excerpt(page.body))
	}
	for path, want := range map[string]int{first: 1, second: 0} {
		v, err := w.office.Look(t.Context(), party.Actor{Role: party.Head, Region: "27"}, id(path))
		if err != nil {
			t.Fatal(err)
		}
		signed := 0
		for _, paper := range v.Papers {
			if paper.Form == office.FormNotice && paper.Signature != "" {
				signed++
			}
		}
		if signed != want {
			t.Errorf("%s has %d signed notices, want %d", path, signed, want)
		}
	}
}

func TestInABrowserTheHeadSignsTwoCasesWithOneRequestToNCALayer(t *testing.T) {
	w := open(t)
	w.beHead()
	w.drafted()
	w.drafted()
	w.signedIn("head", "ru").post(http.StatusOK, "/office/sign/prepare", nil)
	head := w.signedIn("head", "ru")
	for _, link := range paperLink.FindAllStringSubmatch(head.get(http.StatusOK, "/office/sign").body, -1) {
		head.get(http.StatusOK, link[1])
	}
	b := w.browse("ru")
	b.signIn("head")
	b.open("/office/sign")
	b.says("nothing", "Отметьте")
	b.run(chromedp.Evaluate(`document.querySelectorAll('[name="case"]').forEach(function (box) { box.checked = true; })`, nil))
	w.program.Then(emulator.Revoked) // each case is refused by itself
	b.ncalayer()
	b.sees("не подписано")
	b.open("/office/sign")
	b.run(chromedp.Evaluate(`document.querySelectorAll('[name="case"]').forEach(function (box) { box.checked = true; })`, nil))
	b.ncalayer()
	asked := w.program.Asked()
	if n := len(asked[len(asked)-1].Args.Data); n != 2 {
		t.Errorf("NCALayer was asked for %d signatures at once, want 2", n)
	}
	b.open("/office/sign")
	b.sees("Нет дел")
}

func TestInABrowserPeopleSignInWithAKey(t *testing.T) {
	w := open(t)
	w.beHead()
	b := w.browse("ru")
	for answer, want := range map[emulator.Answer]string{emulator.Expired: "истёк", emulator.Foreign: "центр", emulator.WrongIIN: "не найдена"} {
		b.open("/sign-in/eds")
		w.program.Then(answer)
		b.ncalayer()
		b.sees(want)
	}
	b.open("/sign-in/eds")
	b.ncalayer()
	if b.at() != "/office" {
		t.Errorf("signed in with the head's key, and at %s", b.at())
	}
}

// A challenge is answered once, and in five minutes.
func TestAChallengeIsGoodOnceAndForMinutes(t *testing.T) {
	w := open(t)
	employer, err := w.office.Account(t.Context(), "employer")
	if err != nil {
		t.Fatal(err)
	}
	answer := func(v *visitor, person training.Person) map[string][]byte {
		v.get(http.StatusOK, "/sign-in/eds")
		challenge := v.get(http.StatusOK, "/sign-in/eds/challenge.txt").body
		sig, err := w.signer.Sign(person, practice.Own, []byte(challenge), w.clock)
		if err != nil {
			t.Fatal(err)
		}
		return map[string][]byte{"signature-challenge": sig}
	}
	person := practice.PersonOf(employer)
	person.For = training.Authentication
	v := w.visitor("ru")
	sig := answer(v, person)
	if page := v.send(http.StatusOK, "/sign-in/eds", nil, sig); page.path != "/cabinet" {
		t.Errorf("signed in, and at %s", page.path)
	}
	w.visitor("ru").send(http.StatusUnprocessableEntity, "/sign-in/eds", nil, sig)
	again := w.visitor("ru")
	sig = answer(again, person)
	w.clock = w.clock.Add(6 * time.Minute)
	again.send(http.StatusUnprocessableEntity, "/sign-in/eds", nil, sig)

	// Such a key is for signing in, and for nothing else.
	path := v.toSign()
	page := v.get(http.StatusOK, path+"/sign")
	pdf := v.get(http.StatusOK, paperLink.FindStringSubmatch(page.body)[1]).body
	wrong, err := w.signer.Sign(person, practice.Own, []byte(pdf), w.clock)
	if err != nil {
		t.Fatal(err)
	}
	field := fieldName.FindStringSubmatch(page.body)[1]
	v.send(http.StatusUnprocessableEntity, path+"/submit", nil, map[string][]byte{field: wrong})
}

var fieldName = regexp.MustCompile(`name="(signature-[^"]+)"`)

// beHead lets NCALayer hold the key of the head.
func (w *town) beHead() {
	w.program.Person = func(string, string) (training.Person, bool) {
		a, err := w.office.Account(w.Context(), "head")
		return practice.PersonOf(a), err == nil
	}
}

// The public page tells of any file, keeps nothing, and names nobody's IIN.
func TestAnybodyCanHaveASignatureChecked(t *testing.T) {
	w := open(t)
	head, err := w.office.Account(t.Context(), "head")
	if err != nil {
		t.Fatal(err)
	}
	key, err := w.signer.Key(practice.PersonOf(head), practice.Own, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	document := []byte("%PDF-1.4 a paper")
	detached, err := key.SignStamped(document, w.clock, w.signer.Authority(), w.clock)
	if err != nil {
		t.Fatal(err)
	}
	attached, err := key.SignAttached(document, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	xml, err := key.SignXML([]byte("<letter>text</letter>"))
	if err != nil {
		t.Fatal(err)
	}
	v := w.visitor("ru")
	for name, files := range map[string]map[string][]byte{
		"detached":       {"file": detached, "document": document},
		"other way":      {"file": document, "document": detached},
		"attached":       {"file": attached},
		"XML":            {"file": xml},
		"other document": {"file": detached, "document": []byte("%PDF another")},
		"no signature":   {"file": []byte("text")},
	} {
		page := v.send(http.StatusOK, "/verify/signature", nil, files)
		if said := text(page.body); strings.Contains(said, string(head.IIN)) {
			t.Errorf("%s: the page names an IIN", name)
		}
		json := v.send(http.StatusOK, "/verify/signature?format=json", nil, files).body
		valid := strings.Contains(json, `"outcome":"valid","checks"`)
		if want := name != "other document" && name != "no signature"; valid != want {
			t.Errorf("%s: valid %t, want %t: %s", name, valid, want, json)
		}
		if strings.Contains(json, string(head.IIN)) || strings.Contains(json, `"certificate"`) {
			t.Errorf("%s: the report in JSON names an IIN or has the certificate: %s", name, json)
		}
	}
	v.send(http.StatusUnprocessableEntity, "/verify/signature", nil, map[string][]byte{"document": document})
}

// Years later, with the lists of then and without a network, the same is found of
// what was kept.
func TestWhatWasKeptIsFoundGoodYearsLater(t *testing.T) {
	w := open(t)
	path := w.drafted()
	v, err := w.office.Look(t.Context(), party.Actor{Role: party.Applicant, BIN: "940140000385"}, strings.TrimPrefix(path, "/cases/"))
	if err != nil {
		t.Fatal(err)
	}
	kept := v.Papers[0]
	_, content, err := w.office.Paper(t.Context(), party.Actor{Role: party.Applicant, BIN: "940140000385"}, kept.Case, kept.ID)
	if err != nil {
		t.Fatal(err)
	}
	sig, then, err := office.Signed(kept)
	if err != nil {
		t.Fatal(err)
	}
	trust := w.verifier().Trust()
	w.clock = w.clock.AddDate(15, 0, 0)
	again := inspect.File(t.Context(), trust, inspect.Given{File: sig, Document: content, Answers: then.Answers, At: then.At})
	if len(again) != 1 || again[0].Outcome != signature.Valid || again[0].Document != then.Document || again[0].Signature != then.Signature {
		t.Errorf("found again: %+v", again)
	}
}

func TestReadinessNamesTheGapsOfTheTrust(t *testing.T) {
	w := open(t)
	ready := func() string { return w.visitor("").plain("/readyz") }
	if got := ready(); got != "ready\n" {
		t.Errorf("with a whole trust: %q", got)
	}
	w.sourceDown()
	if got := ready(); !strings.Contains(got, "the next was due") {
		t.Errorf("with lists that are due: %q", got)
	}
}

// plain is a page that has no language.
func (v *visitor) plain(path string) string {
	v.Helper()
	resp, err := v.client.Get(v.url + path)
	return v.read(http.StatusOK, resp, err).body
}

// The receipt names what was filed by the digests of what is kept, under the seal of
// the log; a program checks it without us, and no byte of it can be changed.
func TestTheReceiptNamesWhatWasFiledAndIsCheckedWithoutUs(t *testing.T) {
	w := open(t)
	source := w.sourced()
	source.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.get(http.StatusNotFound, path+"/receipt.pdf")
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	if receipt := v.get(http.StatusOK, path+"/receipt.pdf").body; !strings.HasPrefix(receipt, "%PDF-") {
		t.Errorf("without a key of the log the paper is %.20q", receipt)
	}
	v.get(http.StatusNotFound, path+"/receipt.json")

	w.office.Log = newKey(t)
	w.signedIn("clerk", "ru").post(http.StatusOK, path+"/register", nil)
	if receipt := v.get(http.StatusOK, path+"/receipt.pdf").body; !strings.HasPrefix(receipt, "%PDF-") {
		t.Errorf("the paper is %.20q", receipt)
	}
	raw := v.get(http.StatusOK, path+"/receipt.json").body
	r, found := dossier.CheckReceipt([]byte(raw), w.office.Log.Verifier())
	if !found.OK() || found.Own {
		t.Fatalf("the receipt: %v", found.Wrong)
	}
	report, paper := w.reportOf(path), r.Filed.Papers[0]
	if paper.SHA256 != report.Document || paper.Signature != report.Signature || paper.Stamp == nil || !paper.Stamp.Ours ||
		paper.Signer.BIN != "940140000385" || len(r.Filed.Files) == 0 || r.Filed.At != "2017-07-03T05:00:00Z" {
		t.Errorf("the receipt says %+v, the report on the signature %s, %s", r.Filed, report.Document, report.Signature)
	}
	registered := slices.ContainsFunc(r.Filed.Leaves, func(l dossier.FiledLeaf) bool { return l.Kind == string(transparency.Registration) })
	if !registered {
		t.Errorf("no leaf of the registration among %+v", r.Filed.Leaves)
	}
	for _, by := range []party.Actor{{Role: party.Applicant, BIN: "940140000385"}, {Role: party.Head, Region: "27"}} {
		_, pkg, err := w.office.Package(t.Context(), by, strings.TrimPrefix(path, "/cases/"))
		if err != nil {
			t.Fatal(err)
		}
		if checked := dossier.Check(pkg, w.office.Log.Verifier()); !checked.OK() || !strings.Contains(string(pkg), ".tst") {
			t.Errorf("the case package for the %s, with the stamp: %v", by.Role, checked.Wrong)
		}
	}
	pdf := v.get(http.StatusOK, w.applicationAt(path)+"application.pdf").body
	if !r.Names([]byte(pdf)) || r.Names([]byte(pdf+"\n")) {
		t.Error("the receipt does not tell the application from another file")
	}
	for at := 0; at < len(raw); at += 31 {
		changed := []byte(raw)
		changed[at] ^= 1
		if _, found := dossier.CheckReceipt(changed, w.office.Log.Verifier()); found.OK() {
			t.Fatalf("byte %d can be changed: %q", at, raw[max(0, at-60):at+20])
		}
	}
	if _, found := dossier.CheckReceipt([]byte(raw), newKey(t).Verifier()); found.OK() {
		t.Error("a receipt is believed under another key")
	}
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, path+"/receipt.pdf")
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, path+"/receipt.json")
}

func newKey(t *testing.T) *transparency.Key {
	t.Helper()
	secret, verifier, err := transparency.NewKey(rand.Reader, "example.kz/log")
	if err != nil {
		t.Fatal(err)
	}
	key, err := transparency.ParseKey(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
