package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ruqsat/signature/emulator"
	"ruqsat/signature/practice"
)

var codeText = regexp.MustCompile(`href="(mobileSign:[^"]+)"`)

// telephone is that of who may sign for the employer, and the text of a new code.
func (v *visitor) telephone(path string) (*emulator.Phone, string) {
	v.Helper()
	page := v.post(http.StatusOK, path+"/sign/phone", nil)
	found := codeText.FindStringSubmatch(page.body)
	if found == nil {
		v.Fatalf("no code on the page: %s", excerpt(page.body))
	}
	employer, err := v.office.Account(v.Context(), "employer")
	if err != nil {
		v.Fatal(err)
	}
	return &emulator.Phone{
		Signer: v.signer, Holder: practice.PersonOf(employer), Now: v.office.Now,
		Reach: func(address string) string { return strings.Replace(address, "https://example.kz", v.url, 1) },
	}, html.UnescapeString(found[1])
}

func TestAnApplicationIsSignedWithATelephone(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	phone, code := v.telephone(path)
	if secret := code[strings.LastIndex(code, "/")+1:]; len(secret) < 26 {
		t.Errorf("the secret %q has fewer than 128 bits", secret)
	}
	if svg := v.get(http.StatusOK, path+"/sign/phone.svg").body; !strings.HasPrefix(svg, "<svg") {
		t.Errorf("the code begins with %.10q", svg)
	}
	scanned, err := phone.Scan(code)
	if err != nil {
		t.Fatal(err)
	}
	if page := v.get(http.StatusOK, path+"/sign/phone"); page.path != path+"/sign/phone" {
		t.Errorf("nothing has come, and the page is %s", page.path)
	}
	if status, err := scanned.Send(emulator.Sign); status != http.StatusOK {
		t.Fatalf("signed rightly: status %d, %v", status, err)
	}
	if page := v.get(http.StatusOK, path+"/sign/phone"); page.path != path {
		t.Errorf("signed, and the page is %s", page.path)
	}
	if status, _ := scanned.Send(emulator.Sign); status != http.StatusConflict {
		t.Errorf("sent twice: status %d", status)
	}
}

func TestATelephoneSignsInTimeOnceAndForItsOwner(t *testing.T) {
	for answer, want := range map[emulator.Answer]string{
		emulator.WrongIIN: "БИН", emulator.Changed: "документ", emulator.Employee: "Роль", emulator.Revoked: "отозван",
	} {
		t.Run(string(answer), func(t *testing.T) {
			w := open(t)
			v := w.signedIn("940140000385", "ru")
			path := v.toSign()
			phone, code := v.telephone(path)
			scanned, err := phone.Scan(code)
			if err != nil {
				t.Fatal(err)
			}
			if status, _ := scanned.Send(answer); status != http.StatusUnprocessableEntity {
				t.Errorf("status %d", status)
			}
			if page := v.get(http.StatusOK, path+"/sign/phone"); !strings.Contains(text(page.body), want) {
				t.Errorf("the page does not say %q: %s", want, excerpt(page.body))
			}
			if _, err := phone.Scan(code); err == nil {
				t.Error("a code is good after it was used")
			}
		})
	}
}

func TestATelephoneComesTooLateOrToAnotherCase(t *testing.T) {
	w := open(t)
	v := w.signedIn("940140000385", "ru")
	path := v.toSign()
	phone, code := v.telephone(path)
	scanned, err := phone.Scan(code)
	if err != nil {
		t.Fatal(err)
	}
	w.clock = w.clock.Add(6 * time.Minute)
	if status, _ := scanned.Send(emulator.Sign); status != http.StatusConflict {
		t.Errorf("six minutes later: status %d", status)
	}
	if page := v.get(http.StatusOK, path+"/sign/phone"); !strings.Contains(text(page.body), "истёк") {
		t.Errorf("the page does not say that the code is out of date: %s", excerpt(page.body))
	}
	if _, err := phone.Scan(code + "A"); err == nil {
		t.Error("a secret nobody made is good")
	}
	// Another's session does not see the code, nor may they sign.
	w.signedIn("950341000052", "ru").post(http.StatusNotFound, path+"/sign/phone", url.Values{})
}
