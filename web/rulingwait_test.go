package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ruqsat/law"
)

func TestARulingWaitsForItsSignatureAndThePermitHoldsMeanwhile(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 200)
	head := w.signedIn("head", "ru")
	form := url.Values{"grounds": {"conditions"}, "words": {"Отчёт не представлен."}, "waived": {"Письмо от 30 мая."}}
	paper := head.post(http.StatusOK, "/permits/"+number+"/suspend", form)
	w.sourceDown()
	page := head.post(http.StatusOK, paper.path, url.Values{"signer": {"own"}})
	if page.path != paper.path || !strings.Contains(text(page.body), "проверяется") {
		t.Fatalf("at %s: the page does not say that the signature is being checked: %s", page.path, excerpt(page.body))
	}
	public := w.visitor("ru")
	if strings.Contains(text(public.get(http.StatusOK, "/verify?number="+number).body), "Действие приостановлено") {
		t.Error("the permit is suspended by a signature nobody has checked")
	}
	w.sourceUp()
	w.clock = w.clock.Add(time.Hour)
	w.retry(1)
	public.get(http.StatusOK, "/verify?number="+number).says(t, "Действие приостановлено")
}
