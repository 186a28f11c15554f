package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/emulator"
	"ruqsat/signature/fetch"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
)

// A source is the certification authority of a town, reached over HTTP as in
// production: OCSP, lists and changes, time stamps.
type source struct {
	*town
	*emulator.Authority
	trust, kept string
	lists       *fetch.Lists
}

// sourced makes a town depend on its authority's services. Its whole lists were due
// yesterday: the list of changes or OCSP must tell.
func (w *town) sourced() *source {
	w.Helper()
	s := &source{town: w, Authority: &emulator.Authority{Authority: w.signer.Authority(), Now: w.office.Now}, trust: w.TempDir(), kept: w.TempDir()}
	if err := s.Publish(w.clock.AddDate(0, 0, -1)); err != nil {
		w.Fatal(err)
	}
	server := httptest.NewServer(s.Authority)
	w.Cleanup(server.Close)
	if err := w.signer.Authority().Save(s.trust); err != nil {
		w.Fatal(err)
	}
	old, err := filepath.Glob(filepath.Join(s.trust, "*.crl"))
	if err != nil || len(old) != 2 {
		w.Fatalf("lists of the authority's folder: %v, %v", old, err)
	}
	if err := os.Remove(filepath.Join(s.trust, "issuing.crl")); err != nil { // the root's stays: it is good for years
		w.Fatal(err)
	}
	ocsp, err := fetch.New(server.URL + string(emulator.OCSP))
	if err != nil {
		w.Fatal(err)
	}
	w.verifier().AskBy(ocsp.Ask)
	if s.lists, err = fetch.NewLists(s.kept, server.URL+string(emulator.Lists), server.URL+string(emulator.Delta)); err != nil {
		w.Fatal(err)
	}
	stamper, err := fetch.NewStamper(server.URL + string(emulator.Stamps))
	if err != nil {
		w.Fatal(err)
	}
	w.office.Stamp = stamper.Stamp
	return s
}

// fetch fetches the lists anew, as the program does from time to time.
func (s *source) fetch() {
	s.Helper()
	kept, err := filepath.Glob(filepath.Join(s.kept, "*.crl"))
	if err != nil {
		s.Fatal(err)
	}
	for _, name := range kept { // they are of a clock that stands still
		if err := os.Chtimes(name, time.Time{}, s.clock.AddDate(-1, 0, 0)); err != nil {
			s.Fatal(err)
		}
	}
	s.lists.Refresh(s.Context(), s.clock)
	trust, err := cms.LoadTrust(s.trust, s.kept)
	if err != nil {
		s.Fatal(err)
	}
	s.verifier().Use(trust)
}

// said wants a page to say something in each language; %lang stands in path.
func (v *visitor) said(path string, words map[lang.Tag]string) {
	v.Helper()
	for tag, want := range words {
		v.lang = string(tag)
		if page := v.get(http.StatusOK, path); !strings.Contains(text(page.body), want) {
			v.Errorf("%s in %s does not say %q: %s", path, tag, want, excerpt(page.body))
		}
	}
	v.lang = "ru"
}

var checkedYet = map[lang.Tag]string{lang.KK: "тексеріліп жатыр", lang.RU: "и проверяется", lang.EN: "is being checked"}

// Neither OCSP nor a list: the signature waits, which every page tells, and is
// judged by the moment it came when the source is there again.
func TestWithOCSPAndListsDownASignatureWaitsAndIsFiledLater(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.Down(emulator.OCSP, emulator.Lists, emulator.Delta)
	s.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	if s.Asked(emulator.OCSP) == 0 {
		t.Error("OCSP was not asked")
	}
	v.said(path+"/sign", checkedYet)
	v.said(strings.Replace(path, "/cases/", "/cabinet/", 1), checkedYet)
	v.said("/cabinet", map[lang.Tag]string{lang.KK: "қолтаңба тексерілуде", lang.RU: "подпись проверяется", lang.EN: "signature being checked"})
	w.signedIn("950341000052", "ru").get(http.StatusOK, "/cabinet")

	received := w.clock
	w.clock = w.clock.Add(time.Minute)
	w.retry(0)
	s.Up(emulator.Lists, emulator.Delta)
	w.clock = w.clock.Add(2 * time.Hour)
	s.fetch()
	w.retry(1)
	if page := v.get(http.StatusOK, path); strings.Contains(text(page.body), checkedYet[lang.RU]) {
		t.Errorf("filed, and still being checked: %s", excerpt(page.body))
	}
	if r := w.reportOf(path); r.Outcome != signature.Valid || !r.At.Equal(received) {
		t.Errorf("filed with %s, judged by %s; want valid by the receipt %s", r.Outcome, r.At, received)
	}
}

func TestWithOCSPDownListAndChangesDecideAndTheEvidenceSaysSo(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.Down(emulator.OCSP)
	s.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	r := w.reportOf(path)
	evidence := ""
	for _, c := range r.Checks {
		if c.Name == signature.Revocation {
			evidence = c.Evidence
		}
	}
	if r.Outcome != signature.Valid || !strings.Contains(evidence, "with changes, list") || len(r.Answers) > 0 {
		t.Errorf("%s by %q and %d answers; want valid by list and changes alone", r.Outcome, evidence, len(r.Answers))
	}
}

func TestWithListsThatAreDueOCSPDecidesAndItsAnswerIsKept(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.Down(emulator.Delta)
	s.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	if r := w.reportOf(path); r.Outcome != signature.Valid || len(r.Answers) != 1 {
		t.Errorf("%s with %d answers kept, want valid with 1", r.Outcome, len(r.Answers))
	}
}

// ownKey is the key that an account signs with.
func (w *town) ownKey(id string) training.Key {
	w.Helper()
	a, err := w.office.Account(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	key, err := w.signer.Key(practice.PersonOf(a), practice.Own, w.clock)
	if err != nil {
		w.Fatal(err)
	}
	return key
}

// What is wrong is said on the page to sign on, in each language.
func TestWhatIsWrongWithASignatureIsSaidInEachLanguage(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	field := fieldName.FindStringSubmatch(v.get(http.StatusOK, path+"/sign").body)[1]
	firm := practice.PersonOf(party.Account{Role: party.Applicant, BIN: "940140000385", Name: party.Name{Surname: "Сынақов"}})
	document := []byte(v.get(http.StatusOK, paperLink.FindStringSubmatch(v.get(http.StatusOK, path+"/sign").body)[1]).body)
	by := func(choice practice.Choice, over []byte) []byte {
		sig, err := w.signer.Sign(firm, choice, over, w.clock)
		if err != nil {
			t.Fatal(err)
		}
		return sig
	}
	refused := func(name string, sig []byte, words map[lang.Tag]string) {
		t.Helper()
		for tag, want := range words {
			v.lang = string(tag)
			page := v.send(http.StatusUnprocessableEntity, path+"/submit", nil, map[string][]byte{field: sig})
			if !strings.Contains(text(page.body), want) {
				t.Errorf("%s: the page in %s does not say %q: %s", name, tag, want, excerpt(page.body))
			}
		}
		v.lang = "ru"
	}
	refused("changed document", by(practice.Own, append(document, '\n')),
		map[lang.Tag]string{lang.KK: "Құжат қол қойылғаннан кейін өзгерген", lang.RU: "Документ изменён после подписания", lang.EN: "The document was changed after it was signed"})
	refused("foreign root", by(practice.Foreign, document),
		map[lang.Tag]string{lang.KK: "сенімді куәландырушы орталық бермеген", lang.RU: "выдано не доверенным удостоверяющим центром", lang.EN: "does not come from an authority we trust"})
	refused("wrong role", by(practice.Other, document),
		map[lang.Tag]string{lang.KK: "Бұл кілттің рөлі", lang.RU: "Роль в этом ключе", lang.EN: "The role in this key"})
	refused("expired", by(practice.Expired, document),
		map[lang.Tag]string{lang.KK: "мерзімі өткен", lang.RU: "истёк", lang.EN: "has expired"})
	refused("wrong person", by(practice.Another, document),
		map[lang.Tag]string{lang.KK: "жеке тұлғаның кілті", lang.RU: "ключ физического лица", lang.EN: "own key and names no firm"})

	w.office.Stamp, w.office.StampsFrom = nil, calendar.DateOf(2017, 7, 3)
	refused("no stamp", by(practice.Own, document),
		map[lang.Tag]string{lang.KK: "Қолтаңбада уақыт белгісі жоқ", lang.RU: "В подписи нет метки времени", lang.EN: "The signature has no time stamp"})

	// Revoked since the whole list was made: the list of changes alone tells.
	w.office.StampsFrom = calendar.Date{}
	key := w.ownKey("employer")
	if err := w.signer.Authority().Revoke(key.Certificate.SerialNumber, w.clock.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	s.Down(emulator.OCSP)
	s.fetch()
	sig, err := key.Sign(document, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	refused("revoked in the changes", sig,
		map[lang.Tag]string{lang.KK: "кері қайтарып алынған", lang.RU: "отозвано, день отзыва", lang.EN: "has been revoked"})

	// A number the authority never used: OCSP alone tells.
	other := w.signedIn("950341000052", "ru").toSign()
	rival := w.signedIn("950341000052", "ru")
	w.signer.Authority().Disown(w.ownKey("rival").Certificate.SerialNumber)
	s.Up(emulator.OCSP)
	if err := os.RemoveAll(s.kept); err != nil {
		t.Fatal(err)
	}
	s.Down(emulator.Lists, emulator.Delta)
	s.fetch()
	for tag, want := range map[lang.Tag]string{lang.KK: "мұндай тіркеу куәлігін берген жоқ", lang.RU: "не выдавал", lang.EN: "never issued"} {
		rival.lang = string(tag)
		page := rival.post(http.StatusUnprocessableEntity, other+"/submit", url.Values{"signer": {"own"}})
		if !strings.Contains(text(page.body), want) {
			t.Errorf("never issued: the page in %s does not say %q: %s", tag, want, excerpt(page.body))
		}
	}
}

// A signature that came without a stamp gets one; a service that is down holds
// nobody up, and is asked again.
func TestTheServerHasATimeStampPutBesideASignature(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.fetch()
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	w.stampSaid(v, path, map[lang.Tag]string{lang.KK: "жүйе қойған", lang.RU: "Поставлена и проверена системой", lang.EN: "Made and checked by the system"})
	sig := v.get(http.StatusOK, w.applicationAt(path)+"application.p7s").body
	pdf := v.get(http.StatusOK, w.applicationAt(path)+"application.pdf").body
	r := w.verifier().Verify(t.Context(), []byte(pdf), []byte(sig), signature.Want{Anyone: true, At: w.clock.Add(time.Minute)})
	if r.Outcome != signature.Valid || r.Stamp == nil {
		t.Errorf("the signature that is given out: %s, stamp %v", r.Outcome, r.Stamp)
	}

	s.Down(emulator.Stamps)
	path = v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	w.stampSaid(v, path, map[lang.Tag]string{lang.KK: "қызметі жауап бермеді", lang.RU: "Служба меток времени не ответила", lang.EN: "did not answer"})
	w.stampAgain(0)
	w.clock = w.clock.Add(time.Minute)
	w.stampAgain(0)
	s.Up(emulator.Stamps)
	w.clock = w.clock.Add(time.Hour)
	w.stampAgain(1)
	w.stampSaid(v, path, map[lang.Tag]string{lang.RU: "Поставлена и проверена системой"})
	w.stampAgain(0)

	s.Down(emulator.Stamps)
	path = v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	w.clock = w.clock.AddDate(0, 0, 4)
	s.fetch()
	w.stampAgain(1)
	w.stampSaid(v, path, map[lang.Tag]string{lang.KK: "алу мүмкін болмады", lang.RU: "получить не удалось", lang.EN: "No time stamp was to be had"})
	if wrong, err := w.office.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v, %v", wrong, err)
	}
}

// Where a stamp is asked for and the service is down, the signature waits for it.
func TestWhereStampsAreAskedForASignatureWaitsForItsStamp(t *testing.T) {
	w := open(t)
	s := w.sourced()
	s.fetch()
	w.office.StampsFrom = calendar.DateOf(2017, 7, 3)
	s.Down(emulator.Stamps)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	page := v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	if !strings.Contains(text(page.body), "служба меток пока не отвечает") {
		t.Errorf("the page does not say what is waited for: %s", excerpt(page.body))
	}
	s.Up(emulator.Stamps)
	w.clock = w.clock.Add(time.Hour)
	w.retry(1)
	if page := v.get(http.StatusOK, path+"/sign"); page.path != path {
		t.Errorf("stamped, and at %s", page.path)
	}
}

func (w *town) stampAgain(want int) {
	w.Helper()
	if n, err := w.office.StampSignatures(w.Context()); err != nil || n != want {
		w.Fatalf("%d stamps settled, error %v; want %d", n, err, want)
	}
}

// applicationAt is where the signed application of a case is.
func (w *town) applicationAt(path string) string {
	w.Helper()
	id := strings.TrimPrefix(path, "/cases/")
	v, err := w.office.Look(w.Context(), party.Actor{Role: party.Applicant, BIN: "940140000385"}, id)
	if err != nil || len(v.Papers) == 0 {
		w.Fatalf("papers of %s: %v, %v", path, v.Papers, err)
	}
	return path + "/papers/" + v.Papers[0].ID + "/"
}

// stampSaid wants the page of a signature to tell of its stamp.
func (w *town) stampSaid(v *visitor, path string, words map[lang.Tag]string) {
	w.Helper()
	v.said(w.applicationAt(path)+"signature", words)
}

// The letter of a department waits as a case does, and is not sent meanwhile.
func TestALetterWaitsForItsSignatureAndIsNotSentMeanwhile(t *testing.T) {
	w := letterTown(t)
	path := w.signedIn("clerk", "ru").post(http.StatusOK, "/office/letters/new", aRequest()).path
	head := w.signedIn("head", "ru")
	head.do(http.StatusOK, path, "assign", url.Values{"executor": {"executor"}, "resolution": {"Жауап беріңіз"}})
	w.signedIn("executor", "ru").do(http.StatusOK, path, "draft", aLetter())
	w.sourceDown()
	page := head.post(http.StatusOK, path+"/sign", url.Values{"signer": {"own"}, "version": {"0"}})
	if page.path != path || !strings.Contains(text(page.body), "проверяется") {
		t.Fatalf("at %s: the page does not say that the signature is being checked: %s", page.path, excerpt(page.body))
	}
	head.said(path, checkedYet)
	head.said("/office/letters", map[lang.Tag]string{lang.KK: "қолтаңба тексерілуде", lang.RU: "подпись проверяется", lang.EN: "signature being checked"})
	clerk := w.signedIn("clerk", "ru")
	clerk.post(http.StatusConflict, path+"/dispatch", url.Values{"version": {"0"}})
	w.clock = w.clock.Add(time.Minute)
	w.retry(0)
	w.sourceUp()
	w.clock = w.clock.Add(time.Hour)
	w.retry(1)
	clerk.post(http.StatusOK, path+"/dispatch", url.Values{"version": {"0"}})
}

// Who works for the ministry, and administrators, sign in with a key as others do.
func TestTheMinistryAndAdministratorsSignInWithAKey(t *testing.T) {
	w := open(t)
	for _, a := range []party.Account{
		{ID: "minister", Login: "990606600068", Role: party.Ministry, IIN: "990606600068"},
		{ID: "admin", Login: "990505600059", Role: party.Admin, Region: "27", IIN: "990505600059"},
	} {
		a.Active, a.Name = true, party.Name{Surname: "Сынақов", Given: a.ID}
		if err := w.office.AddAccount(t.Context(), a, "password 2017"); err != nil {
			t.Fatal(err)
		}
		person := practice.PersonOf(a)
		person.For = training.Authentication
		for _, private := range []bool{false, true} {
			want := http.StatusOK
			if private { // the key of a private person is of no organisation
				person.BIN, person.Organisation = "", ""
				want = http.StatusForbidden
			}
			v := w.visitor("ru")
			v.get(http.StatusOK, "/sign-in/eds")
			challenge := v.get(http.StatusOK, "/sign-in/eds/challenge.txt").body
			sig, err := w.signer.Sign(person, practice.Own, []byte(challenge), w.clock)
			if err != nil {
				t.Fatal(err)
			}
			page := v.send(want, "/sign-in/eds", nil, map[string][]byte{"signature-challenge": sig})
			if !private && strings.HasPrefix(page.path, "/sign-in") {
				t.Errorf("%s: at %s after signing in", a.Role, page.path)
			}
		}
	}
}

// While the head's signature is being checked the authority sees it in lists and on
// the case; the applicant is not told that a decision is about to be signed.
func TestTheHeadsSignatureThatIsBeingCheckedIsSeenByTheAuthority(t *testing.T) {
	w := open(t)
	path := w.drafted()
	head, executor := w.signedIn("head", "ru"), w.signedIn("executor", "ru")
	head.post(http.StatusOK, path+"/to-sign", nil)
	w.sourceDown()
	head.post(http.StatusOK, path+"/sign", url.Values{"signer": {"own"}})
	for _, v := range []*visitor{head, executor} {
		v.said(path, checkedYet)
	}
	head.said("/office", map[lang.Tag]string{lang.KK: "қолтаңба тексерілуде", lang.RU: "подпись проверяется", lang.EN: "signature being checked"})
	applicant := w.signedIn("940140000385", "ru")
	for _, page := range []string{path, "/cabinet"} {
		if said := text(applicant.get(http.StatusOK, page).body); strings.Contains(said, "проверяется") {
			t.Errorf("the applicant is told at %s: %s", page, said)
		}
	}
}
