package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ruqsat/party"
	"ruqsat/signature/practice"
)

// toSign is an application that is complete and has been made ready to sign.
func (v *visitor) toSign() string {
	v.Helper()
	path := "/cases/" + strings.TrimPrefix(v.fill(), "/cabinet/")
	if page := v.post(http.StatusOK, path+"/to-sign", nil); page.path != path+"/sign" {
		v.Fatalf("the application is not shown to be signed, but %s", page.path)
	}
	return path
}

// Condition 2 and process 4 of WKO 142/2017 ¶ 10: what is wrong with a
// certificate is said, nothing is filed, and the cabinet goes on showing it.
func TestASignatureThatIsNotConfirmedFilesNothing(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	for choice, want := range map[practice.Choice]string{
		practice.Expired: "срок", practice.Revoked: "отозван", practice.Another: "БИН", practice.Foreign: "центр",
	} {
		page := v.post(http.StatusUnprocessableEntity, path+"/submit", url.Values{"signer": {string(choice)}})
		if !strings.Contains(strings.ToLower(text(page.body)), strings.ToLower(want)) {
			t.Errorf("%s: the page does not say %q: %s", choice, want, text(page.body))
		}
		if page := v.get(http.StatusOK, path+"/sign"); !strings.Contains(page.body, "не подтверждена") {
			t.Errorf("%s: the cabinet forgets that the signature was not confirmed", choice)
		}
	}
	page := v.post(http.StatusUnprocessableEntity, path+"/submit", nil)
	if !strings.Contains(text(page.body), "подпис") {
		t.Errorf("without a signature the page says %s", text(page.body))
	}
	if page := v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}}); page.path != path {
		t.Errorf("signed rightly at last, and at %s", page.path)
	}
}

func TestAnApplicationChangedAfterItWasReadIsNotFiled(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	changed := url.Values{}
	for k, values := range termsForm {
		changed[k] = values
	}
	changed["reason"] = []string{"Совсем другая причина."}
	v.post(http.StatusOK, strings.Replace(path, "/cases/", "/cabinet/", 1)+"/terms", changed)
	v.post(http.StatusConflict, path+"/submit", url.Values{"signer": {"own"}})
	if page := v.sign(path, "submit"); page.path != path {
		t.Errorf("read again and signed, and at %s", page.path)
	}
}

var paperLink = regexp.MustCompile(`href="/ru(/cases/[^"]+/papers/[^"]+\.pdf)"`)

func TestASignatureMadeElsewhereIsTakenAsAFile(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	page := v.get(http.StatusOK, path+"/sign")
	link := paperLink.FindStringSubmatch(page.body)
	field := regexp.MustCompile(`name="(signature-[^"]+)"`).FindStringSubmatch(page.body)
	if link == nil || field == nil {
		t.Fatalf("no paper to read, or no field for its signature: %s", page.body)
	}
	pdf := v.get(http.StatusOK, link[1]).body
	person := practice.PersonOf(party.Account{Role: party.Applicant, BIN: "940140000385", Name: party.Name{Surname: "Сынақов"}})
	sig, err := w.signer.Sign(person, practice.Own, []byte(pdf), w.clock)
	if err != nil {
		t.Fatal(err)
	}
	v.send(http.StatusUnprocessableEntity, path+"/submit", nil, map[string][]byte{field[1]: []byte("no signature at all")})
	v.send(http.StatusOK, path+"/submit", nil, map[string][]byte{field[1]: sig})
}

// What the authority decided reaches the applicant as signed papers, when it is
// handed on and not before, and nobody else.
func TestPapersAreHadByWhoMayHaveThem(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	v.post(http.StatusOK, path+"/submit", url.Values{"signer": {"own"}})
	head, executor := w.signedIn("head", "ru"), w.signedIn("executor", "ru")
	w.signedIn("clerk", "ru").post(http.StatusOK, path+"/register", nil)
	head.post(http.StatusOK, path+"/assign", url.Values{"executor": {"executor"}})
	executor.post(http.StatusOK, path+"/examine", url.Values{"checks": {"complete"}})
	executor.post(http.StatusOK, path+"/draft", url.Values{"verdict": {"grant"}})
	notice := noticeLink(executor.get(http.StatusOK, path).body)
	v.get(http.StatusNotFound, notice)
	head.post(http.StatusOK, path+"/to-sign", nil)
	head.post(http.StatusUnprocessableEntity, path+"/sign", url.Values{"signer": {"another"}})
	executor.post(http.StatusForbidden, path+"/sign", url.Values{"signer": {"own"}})
	head.post(http.StatusOK, path+"/sign", url.Values{"signer": {"own"}})
	executor.post(http.StatusOK, path+"/notify", nil)
	notice = noticeLink(v.get(http.StatusOK, path).body)
	for file, begin := range map[string]string{".pdf": "%PDF", ".p7s": "0"} {
		got := v.get(http.StatusOK, strings.TrimSuffix(notice, ".pdf")+file).body
		if !strings.HasPrefix(got, begin) {
			t.Errorf("%s begins with %.8q", file, got)
		}
	}
	at := notice[:strings.LastIndex(notice, "/")]
	if sheet := v.get(http.StatusOK, at+"/sheet.pdf").body; !strings.HasPrefix(sheet, "%PDF") {
		t.Errorf("the signature sheet begins with %.8q", sheet)
	}
	if page := text(v.get(http.StatusOK, at+"/signature").body); !strings.Contains(page, "отозванн") {
		t.Errorf("the page of the signature does not tell of revocation: %s", page)
	}
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, notice)
	if slip := v.get(http.StatusOK, path+"/slip.pdf").body; !strings.HasPrefix(slip, "%PDF") {
		t.Errorf("the slip begins with %.8q", slip)
	}
}

// noticeLink is where a page has the notice of grant.
func noticeLink(body string) string {
	for _, link := range paperLink.FindAllStringSubmatch(body, -1) {
		if strings.HasSuffix(link[1], "/notice.pdf") {
			return link[1]
		}
	}
	return "/there-is-no-notice"
}
