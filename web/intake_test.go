package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"ruqsat/law"
	"ruqsat/procedure"
)

// atCounter is a form of the counter for an operation, with one worker.
func atCounter(operation string, more ...url.Values) url.Values {
	form := url.Values{"bin": {"940140000385"}, "operation": {operation}}
	for _, part := range append([]url.Values{employerForm, workerForm, termsForm}, more...) {
		maps.Copy(form, part)
	}
	return form
}

// second are the fields of another worker.
func second(passport string) url.Values {
	form := url.Values{"workers": {"2"}}
	for name, v := range workerForm {
		base, part, _ := strings.Cut(name, "-")
		if part != "" {
			part = "-" + part
		}
		form[procedure.WorkerField(base, 1)+part] = v
	}
	form["surname-2"], form["passport-2"] = []string{"SECOND"}, []string{passport}
	return form
}

func with(form url.Values, name, value string) url.Values {
	form = maps.Clone(form)
	form[name] = []string{value}
	return form
}

func TestTheCounterTakesSeveralWorkersAndLosesNothingTyped(t *testing.T) {
	w := open(t)
	clerk := w.signedIn("clerk", "ru")
	page := clerk.post(http.StatusOK, "/office/intake", with(atCounter("issue"), "add", "1"))
	page.says(t, "Работник 1", "Работник 2")
	for _, want := range []string{`value="SAMPLE"`, `name="surname-2"`, `name="born-2-day"`, `name="workers" value="2"`, "Монтаж оборудования."} {
		if !strings.Contains(page.body, want) {
			t.Errorf("after a second worker was added the form lacks %s", want)
		}
	}
	form := atCounter("issue", second(""))
	page = clerk.post(http.StatusUnprocessableEntity, "/office/intake", form)
	page.says(t, "Работник 2. ")
	if !strings.Contains(page.body, `id="passport-2-error"`) || strings.Contains(page.body, `id="passport-error"`) {
		t.Error("what is wrong with the second worker does not stand at the second worker's field")
	}
	if !strings.Contains(page.body, `value="SECOND"`) {
		t.Error("what was typed of the second worker is lost")
	}
	clerk.post(http.StatusUnprocessableEntity, "/office/intake", atCounter("issue", second("t0000001"))).says(t, "Работник указан дважды: 2. SECOND WORKER")
	slip := clerk.post(http.StatusOK, "/office/intake", atCounter("issue", second("T0000002")))
	slip.says(t, "27-2017-000001")
	clerk.get(http.StatusOK, strings.TrimSuffix(slip.path, "/slip")).says(t, "SAMPLE WORKER", "SECOND WORKER")
}

func TestAWorkerIsRemovedAtTheCounterAndThoseBehindMoveUp(t *testing.T) {
	w := open(t)
	clerk := w.signedIn("clerk", "kk")
	page := clerk.post(http.StatusOK, "/office/intake", with(atCounter("issue", second("T0000002")), "remove", "0"))
	if strings.Contains(page.body, `value="SAMPLE"`) || !strings.Contains(page.body, `name="surname" type="text" value="SECOND"`) && !strings.Contains(page.body, `value="SECOND"`) {
		t.Error("the first worker is still there, or the second is gone")
	}
	if strings.Contains(page.body, `name="surname-2"`) || strings.Contains(page.body, `name="remove"`) {
		t.Error("there is room for a second worker after one was removed, or the last can be removed")
	}
	for _, n := range []string{"7", "-1"} {
		if page := clerk.post(http.StatusOK, "/office/intake", with(atCounter("issue", second("T0000002")), "remove", n)); !strings.Contains(page.body, "SECOND") {
			t.Errorf("to remove worker %s, whom there is not, loses another", n)
		}
	}
	for _, n := range []string{"1000000", "-5", "x"} {
		clerk.post(http.StatusUnprocessableEntity, "/office/intake", with(with(atCounter("issue"), "workers", n), "address", ""))
	}
}

func TestEachWorkerOnPaperIsBoundToTheirOwnPermit(t *testing.T) {
	w := at2025(t)
	numbers := []string{w.old(70, law.III, 45), w.old(71, law.III, 45)}
	clerk := w.signedIn("clerk", "ru")
	form := atCounter("extension", second("T0000002"), url.Values{"passport_until-year": {"2031"}, "passport_until-2-year": {"2031"}, "permit": {numbers[0]}})
	for _, part := range []string{"from-day", "from-month", "from-year"} {
		delete(form, part)
	}
	refused := func(code int, permit, say string) {
		t.Helper()
		page := clerk.post(code, "/office/intake", with(form, "permit-2", permit))
		page.says(t, say)
		if !strings.Contains(page.body, `id="permit-2-error"`) {
			t.Errorf("what is wrong with the second permit %q does not stand at its field", permit)
		}
	}
	refused(http.StatusUnprocessableEntity, "", "Работник 2. ")
	refused(http.StatusUnprocessableEntity, numbers[0], numbers[0])
	refused(http.StatusNotFound, "KZ27IRS00000099", "KZ27IRS00000099")
	slip := clerk.post(http.StatusOK, "/office/intake", with(form, "permit-2", numbers[1]))
	page := clerk.get(http.StatusOK, strings.TrimSuffix(slip.path, "/slip"))
	if !slices.ContainsFunc(numbers, func(n string) bool { return strings.Contains(page.body, n) }) {
		t.Error("the case does not name the old permits")
	}
	page.says(t, numbers...)
}

// What was handed in is confirmed once.
func TestWhatWasHandedInIsConfirmedOnce(t *testing.T) {
	for tag, title := range map[string]string{"ru": "Заявление подано", "kk": "Өтініш берілді", "en": "The application is handed in"} {
		w := open(t)
		employer := w.signedIn("940140000385", tag)
		at := employer.fill()
		page := employer.sign("/cases/"+strings.TrimPrefix(at, "/cabinet/"), "submit")
		page.says(t, title)
		if tag == "ru" {
			page.says(t, "3 июля 2017 года, 10:00", "Срок регистрации")
		}
		if again := employer.get(http.StatusOK, page.path); strings.Contains(again.body, title) {
			t.Errorf("%s: the confirmation is shown again", tag)
		}
	}
}
