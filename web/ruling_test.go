package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ruqsat/law"
)

// ruled drafts a decision as the head and signs its paper; it returns the page after.
func (v *visitor) ruled(path string, form url.Values) answer {
	v.Helper()
	paper := v.post(http.StatusOK, path, form)
	if !strings.HasPrefix(paper.path, "/rulings/") {
		v.Fatalf("%s leads to %s and not to the paper", path, paper.path)
	}
	return v.post(http.StatusOK, paper.path, url.Values{"signer": {"own"}})
}

func TestAnActOnAPermitIsDraftedByTheExecutorAndSignedInTheQueue(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 200)
	at := "/permits/" + number
	executor, head, employer := w.signedIn("executor", "kk"), w.signedIn("head", "ru"), w.signedIn("940140000385", "ru")
	form := url.Values{"grounds": {"conditions"}, "words": {"Есеп берілмеген."}, "waived": {"30 мамырдағы хат."}}
	executor.get(http.StatusOK, at+"/suspend").says(t, "Шешім жобасын жасау")
	executor.post(http.StatusOK, at+"/suspend", form).says(t, "Басшының қолын күтуде", "қолданыста")
	draft := idOf(t, executor.get(http.StatusOK, at).body, "/kk/rulings/", "/drop")
	if page := employer.get(http.StatusOK, at); strings.Contains(page.body, "А-27-2025-00001") {
		t.Error("the employer sees what nobody has signed")
	}
	employer.get(http.StatusNotFound, "/rulings/"+draft+"/ruling.pdf")
	executor.post(http.StatusNotFound, "/rulings/"+draft+"/sign", url.Values{"signer": {"own"}})
	w.signedIn("stranger", "ru").get(http.StatusNotFound, "/rulings/"+draft+"/ruling.pdf")

	head.get(http.StatusOK, "/office/sign").says(t, "Составить документы")
	head.post(http.StatusOK, "/office/sign/prepare", nil).says(t, "Решение о приостановлении действия разрешения", "не открыт")
	run := url.Values{"case": {draft}, "signer": {"own"}}
	head.post(http.StatusOK, "/office/sign", run).says(t, "не подписано")
	if pdf := head.get(http.StatusOK, "/rulings/"+draft+"/ruling.pdf"); !strings.HasPrefix(pdf.body, "%PDF") {
		t.Error("the paper is no PDF")
	}
	head.get(http.StatusOK, "/office/sign").says(t, "открыт")
	head.post(http.StatusOK, "/office/sign", run).says(t, "подписано")

	employer.get(http.StatusOK, at).says(t, "действие приостановлено", "А-27-2025-00001")
	employer.get(http.StatusOK, "/rulings/"+draft+"/ruling.pdf")
	employer.get(http.StatusOK, "/rulings/"+draft+"/signature").says(t, "Сынақов")
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, "/rulings/"+draft+"/ruling.pdf")
	public := w.visitor("ru").get(http.StatusOK, "/verify?number="+number)
	public.says(t, "Действие приостановлено, с 2 июня 2025 года")
	if strings.Contains(public.body, "Есеп") || strings.Contains(public.body, "А-27-2025-00001") {
		t.Error("the public is told more than status and day")
	}
}

// idOf is what stands between two texts of a page.
func idOf(t *testing.T, body, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(body, before)
	id, _, ends := strings.Cut(rest, after)
	if !found || !ends || strings.Contains(id, "\n") {
		t.Fatalf("nothing between %s and %s", before, after)
	}
	return id
}

func TestAComplaintHasAReceiptAndAGrantedOneIsAPaper(t *testing.T) {
	w := at2025(t)
	number := w.old(70, law.III, 200)
	clerk, head, employer := w.signedIn("clerk", "ru"), w.signedIn("head", "ru"), w.signedIn("940140000385", "kk")
	form := url.Values{"subject": {number}, "about": {"permit-act"}, "words": {"Не согласны."}, "wanted": {"Отменить."}, "address": {"г. Уральск"},
		"learned-day": {"1"}, "learned-month": {"6"}, "learned-year": {"2025"}}
	page := clerk.post(http.StatusOK, "/complaints/new", form)
	page.says(t, "Расписка о приёме жалобы")
	for _, v := range []*visitor{clerk, head, employer} {
		if pdf := v.get(http.StatusOK, page.path+"/receipt.pdf"); !strings.HasPrefix(pdf.body, "%PDF") {
			t.Error("the receipt is no PDF")
		}
	}
	w.signedIn("950341000052", "ru").get(http.StatusNotFound, page.path+"/receipt.pdf")
	head.post(http.StatusUnprocessableEntity, page.path+"/grant", url.Values{"words": {""}, "effect": {"cancelled"}})
	head.ruled(page.path+"/grant", url.Values{"words": {"Доводы подтвердились."}, "effect": {"cancelled"}}).says(t, "Решение об удовлетворении жалобы", "удовлетворена управлением")
	employer.get(http.StatusOK, page.path).says(t, "Шағымды қанағаттандыру туралы шешім")
}
