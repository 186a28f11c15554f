package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/quota"
)

// today2026 is the day on which every operation is walked: of the law since
// 1 September 2025.
var today2026 = calendar.DateOf(2026, 3, 3)

// A department is a town of 2026 with everybody signed in.
type department struct {
	*town
	employer, clerk, executor, head *visitor

	people, olds int // asked for so far, and in the old register
}

// in has everybody read another language from now on, in a test of its own.
func (d *department) in(t *testing.T, tag string) *department {
	d.T = t
	for _, v := range []*visitor{d.employer, d.clerk, d.executor, d.head} {
		v.lang = tag
	}
	return d
}

// oldPermit puts a permit into the register that runs out in 45 days.
func (d *department) oldPermit(c law.Category) string {
	d.olds++
	return d.old(int64(7000+d.olds), c, 45)
}

// openDepartment opens a town on 3 March 2026, with quota in every category.
func openDepartment(t *testing.T) *department {
	w := open(t)
	w.clock = w.clock.AddDate(8, 8, 0)
	for _, c := range law.Categories {
		if l, ok := quota.LineOf(2026, "27", c); ok {
			if err := w.office.Allot(t.Context(), party.Actor{Role: party.Ministry}, l, 20, "Order 274 of 2023-06-30"); err != nil {
				t.Fatal(err)
			}
		}
	}
	return &department{town: w, employer: w.signedIn("940140000385", "ru"), clerk: w.signedIn("clerk", "ru"),
		executor: w.signedIn("executor", "ru"), head: w.signedIn("head", "ru")}
}

// draft is an application that is being filled in.
type draft struct {
	*department
	op       law.Operation
	category law.Category
	at, id   string
}

// issue begins an application for a new permit.
func (d *department) issue(c law.Category) draft {
	d.Helper()
	page := d.employer.press(http.StatusOK, "/cabinet", "/cabinet/new",
		url.Values{"region": {"27"}, "scheme": {string(c.Scheme())}, "operation": {"issue"}})
	return draft{d, law.Issue, c, page.path, strings.TrimPrefix(page.path, "/cabinet/")}
}

// renew begins the extension or reissue of a permit.
func (d *department) renew(op law.Operation, c law.Category, number string) draft {
	d.Helper()
	page := d.employer.press(http.StatusOK, "/cabinet/permits", "/cabinet/permits", url.Values{"permits": {number}, "operation": {string(op)}})
	return draft{d, op, c, page.path, strings.TrimPrefix(page.path, "/cabinet/")}
}

// worker is a form of somebody new.
func (x draft) worker() url.Values {
	x.people++
	form := url.Values{}
	for k, v := range workerForm {
		form[k] = v
	}
	form["category"] = []string{string(x.category)}
	form["passport"] = []string{fmt.Sprintf("T%07d", x.people)}
	form["passport_until-year"] = []string{"2032"}
	if x.category == law.Seasonal {
		form["nkz"], form["position_ru"], form["position_kk"] = []string{"9212"}, []string{"чабан"}, []string{"шопан"}
	}
	if x.category.Scheme() == law.ICT {
		form["transfer"] = []string{"24"}
	} else {
		form["vacancy"] = []string{"V-" + strconv.Itoa(x.people)}
	}
	return form
}

// fill fills all parts in, as their pages ask.
func (x draft) fill(months int, change string) {
	x.Helper()
	e := x.employer
	e.press(http.StatusOK, x.at+"/employer", x.at+"/employer", employerForm)
	if x.op == law.Issue {
		e.press(http.StatusOK, x.at+"/workers", x.at+"/workers", x.worker())
	} else {
		e.press(http.StatusOK, x.at+"/workers/0", x.at+"/workers/0", x.worker())
	}
	e.press(http.StatusOK, x.at+"/terms", x.at+"/terms", x.terms(months, change))
	staff := url.Values{"leaders_kz": {"20"}, "leaders_foreign": {"1"}, "others_kz": {"190"}, "others_foreign": {"3"}}
	if x.category.Scheme() == law.ICT {
		staff["managers_kz"], staff["specialists_kz"] = []string{"10"}, []string{"40"}
	}
	e.press(http.StatusOK, x.at+"/content", x.at+"/content", staff)
	e.press(http.StatusOK, x.at+"/documents", x.at+"/documents", x.papersUntil(2027), x.documents()...)
}

func (x draft) terms(months int, change string) url.Values {
	form := url.Values{"reason": {"Работы продолжаются."}}
	switch x.op {
	case law.Reissue:
		form["change"] = []string{change}
		return form
	case law.Issue:
		form["from-day"], form["from-month"], form["from-year"] = []string{"1"}, []string{"4"}, []string{"2026"}
		if x.category.Scheme() == law.ICT {
			form["sending_name"], form["sending_country"] = []string{"Örnek A.Ş."}, []string{"TR"}
		}
	}
	form["months"] = []string{strconv.Itoa(months)}
	return form
}

// papersUntil says of documents that run out that they do in a year.
func (x draft) papersUntil(year int) url.Values {
	return url.Values{"until-other-day": {"1"}, "until-other-month": {"3"}, "until-other-year": {strconv.Itoa(year)}}
}

func (x draft) documents() []string {
	var fields []string
	for _, d := range law.DocumentsFor(x.op, x.category.Scheme(), today2026) {
		fields = append(fields, "file-"+d.Key)
	}
	return fields
}

// handIn signs the application and returns the page of its case.
func (x draft) handIn() string {
	x.Helper()
	path := "/cases/" + x.id
	x.employer.press(http.StatusOK, x.at, path+"/to-sign", nil)
	x.employer.press(http.StatusOK, path+"/sign", path+"/submit", url.Values{"signer": {"own"}})
	x.clerk.press(http.StatusOK, path, path+"/register", nil)
	x.head.press(http.StatusOK, path, path+"/assign", url.Values{"executor": {"executor"}})
	return path
}

// sign has the head read and sign what was drafted.
func (d *department) sign(path string) {
	d.Helper()
	d.head.press(http.StatusOK, path, path+"/to-sign", nil)
	d.head.press(http.StatusOK, path+"/sign", path+"/sign", url.Values{"signer": {"own"}})
}

// toPermit takes a case that was assigned to its permit, whose number it returns.
func (d *department) toPermit(path string) string {
	d.Helper()
	d.executor.press(http.StatusOK, path, path+"/examine", nil)
	d.executor.press(http.StatusOK, path, path+"/draft", url.Values{"verdict": {"grant"}})
	d.sign(path)
	if d.caseOf(path).Case.Owing() {
		d.executor.press(http.StatusOK, path, path+"/notify", nil)
		d.pay(path)
		d.executor.press(http.StatusOK, path, path+"/draft", nil)
		d.sign(path)
	}
	d.executor.press(http.StatusOK, path, path+"/issue", nil)
	d.executor.press(http.StatusOK, path, path+"/hand-over", nil)
	return d.permitOf(path)
}

// pay proves the payment, after a try with too little.
func (d *department) pay(path string) {
	d.Helper()
	sum, err := office.Fee(d.caseOf(path).Case, today2026)
	if err != nil {
		d.Fatal(err)
	}
	proof := url.Values{"paid_on-day": {"3"}, "paid_on-month": {"3"}, "paid_on-year": {"2026"}, "sum": {strconv.FormatInt(int64(sum)-1, 10)}}
	d.employer.press(http.StatusUnprocessableEntity, path, path+"/prove-payment", proof, "file-payment")
	proof["sum"] = []string{strconv.FormatInt(int64(sum), 10)}
	d.employer.press(http.StatusOK, path, path+"/prove-payment", proof, "file-payment")
}

func (d *department) caseOf(path string) office.View {
	d.Helper()
	v, err := d.office.Look(d.Context(), party.Actor{Account: "head", Role: party.Head, Region: "27"}, strings.TrimPrefix(path, "/cases/"))
	if err != nil {
		d.Fatal(err)
	}
	return v
}

func (d *department) permitOf(path string) string {
	d.Helper()
	numbers := d.caseOf(path).Permits
	if len(numbers) != 1 {
		d.Fatalf("%s led to %d permits, want one", path, len(numbers))
	}
	return numbers[0]
}

// walks are how long each category is asked for.
var walks = []struct {
	category law.Category
	months   int
	extended int // months of an extension; 0 where the law knows none
}{
	{law.I, 24, 12}, {law.II, 12, 12}, {law.III, 12, 12}, {law.IV, 12, 0}, {law.Seasonal, 6, 0},
	{law.ICTHead, 36, 12}, {law.ICTManager, 36, 12}, {law.ICTSpecialist, 36, 12},
}

// Every operation, from the draft to the permit anybody can check, by nothing but
// the buttons and fields of its pages.
func TestEveryOperationIsWalkedFromTheDraftToThePermit(t *testing.T) {
	town := openDepartment(t)
	tags := []string{"ru", "kk", "en"}
	for i, x := range walks {
		t.Run(string(x.category), func(t *testing.T) {
			d := town.in(t, tags[i%3])
			a := d.issue(x.category)
			early := a.employer.post(http.StatusUnprocessableEntity, "/cases/"+a.id+"/to-sign", nil)
			for _, field := range []string{"employer#name_ru", "workers#workers", "terms#months", "content#others_kz", "documents#file-passport"} {
				if !strings.Contains(early.body, "/cabinet/"+a.id+"/"+field) {
					t.Errorf("what is missing is not led to at %s: %s", field, excerpt(early.body))
				}
			}
			a.fill(x.months, "")
			path := a.handIn()
			first := d.toPermit(path)
			d.shows(path, first, x.category)

			b := d.renew(law.Reissue, x.category, first)
			b.fill(0, "data")
			path = b.handIn()
			second := d.toPermit(path)
			d.shows(path, second, x.category)
			d.employer.get(http.StatusOK, "/permits/"+second).says(t, first)

			old := d.oldPermit(x.category)
			if x.extended == 0 {
				d.employer.post(http.StatusUnprocessableEntity, "/cabinet/permits", url.Values{"permits": {old}, "operation": {"extension"}}).says(t)
				return
			}
			c := d.renew(law.Extension, x.category, old)
			c.fill(x.extended, "")
			path = c.handIn()
			third := d.toPermit(path)
			d.shows(path, third, x.category)
			d.employer.get(http.StatusOK, "/permits/"+third).says(t, old)
		})
	}
}

// shows looks at what a case has come to, as everybody sees it.
func (d *department) shows(path, number string, c law.Category) {
	d.Helper()
	for _, v := range []*visitor{d.employer, d.clerk, d.executor, d.head} {
		v.get(http.StatusOK, path).says(d.T, number)
	}
	if n := d.employer.papers(path, "permit.pdf"); n != 1 {
		d.Errorf("the applicant can fetch %d permits at %s, want one", n, path)
	}
	d.visitor(d.employer.lang).get(http.StatusOK, "/verify?number="+number).says(d.T, number, "940140000385")
	if held := slices.Contains([]string{"ict-head", "ict-manager", "ict-specialist"}, string(c)); held && d.caseOf(path).Case.Owing() {
		d.Errorf("a transfer owes a fee at %s", path)
	}
}

// Each operation goes wrong in its ways: the package goes back, is refused after a
// hearing, nobody pays, the applicant withdraws.
func TestEveryOperationEndsOtherwiseThanWithAPermit(t *testing.T) {
	town := openDepartment(t)
	for i, x := range []struct {
		op       law.Operation
		category law.Category
		ground   string
	}{
		{law.Issue, law.III, "qualification"}, {law.Extension, law.II, "ratio"}, {law.Reissue, law.I, "qualification"},
		{law.Issue, law.ICTManager, "ict-conditions"}, {law.Extension, law.ICTSpecialist, "ict-conditions"}, {law.Reissue, law.ICTHead, "false-data"},
	} {
		t.Run(string(x.op)+" "+string(x.category), func(t *testing.T) {
			d := town.in(t, []string{"kk", "en", "ru"}[i%3])
			begin := func() string {
				var a draft
				if x.op == law.Issue {
					a = d.issue(x.category)
				} else {
					a = d.renew(x.op, x.category, d.oldPermit(x.category))
				}
				a.fill(12, "data")
				return a.handIn()
			}
			d.goesBack(begin())
			d.isRefused(begin(), x.ground)
			d.isWithdrawn(begin())
			if x.op != law.Reissue && x.category.Scheme() == law.Regional {
				d.isNotPaid(begin())
			}
		})
	}
}

func (d *department) goesBack(path string) {
	d.Helper()
	d.executor.press(http.StatusUnprocessableEntity, path, path+"/return", url.Values{"words": {"Нет перевода."}})
	d.executor.press(http.StatusOK, path, path+"/return", url.Values{"reasons": {"incomplete"}, "words": {"Нет перевода."}})
	d.employer.get(http.StatusOK, path).says(d.T, "Нет перевода.")
	if n := d.employer.papers(path, "return.pdf"); n != 1 {
		d.Errorf("the applicant can fetch %d written reasons, want one", n)
	}
}

func (d *department) isRefused(path, ground string) {
	d.Helper()
	d.executor.press(http.StatusOK, path, path+"/examine", nil)
	call := url.Values{"grounds": {ground}, "words": {"Стаж не подтверждён."}, "place": {"кабинет 12"},
		"on-day": {"10"}, "on-month": {"3"}, "on-year": {"2026"}, "hour": {"11:00"}}
	d.executor.press(http.StatusOK, path, path+"/forewarn", call)
	d.employer.get(http.StatusOK, path).says(d.T, "Стаж не подтверждён.", "кабинет 12")
	d.employer.press(http.StatusOK, path, path+"/object", url.Values{"points": {"Стаж подтверждён письмом."}})
	was := d.clock
	d.clock = time.Date(2026, 3, 10, 11, 40, 0, 0, d.clock.Location())
	d.executor.press(http.StatusOK, path, path+"/hear", url.Values{"present": {"представитель"}, "said": {"Повторил возражение."},
		"began-day": {"10"}, "began-month": {"3"}, "began-year": {"2026"}, "hour": {"11:00"}})
	d.executor.press(http.StatusOK, path, path+"/answer", url.Values{"answer-0": {"Письмо не от работодателя."}})
	d.executor.press(http.StatusOK, path, path+"/draft", url.Values{"verdict": {"refusal"}, "grounds": {ground}})
	d.sign(path)
	d.executor.press(http.StatusOK, path, path+"/refuse", nil)
	if n := d.employer.papers(path, "refusal.pdf"); n != 1 {
		d.Errorf("the applicant can fetch %d refusals, want one", n)
	}
	d.clock = was
}

func (d *department) isWithdrawn(path string) {
	d.Helper()
	d.employer.press(http.StatusOK, path, path+"/withdraw", url.Values{"why": {"Планы изменились."}})
	d.employer.get(http.StatusOK, path).says(d.T)
}

func (d *department) isNotPaid(path string) {
	d.Helper()
	d.executor.press(http.StatusOK, path, path+"/examine", nil)
	d.executor.press(http.StatusOK, path, path+"/draft", url.Values{"verdict": {"grant"}})
	d.sign(path)
	d.executor.press(http.StatusOK, path, path+"/notify", nil)
	was := d.clock
	d.clock = d.clock.AddDate(0, 0, 20)
	if _, err := d.office.Tick(d.Context()); err != nil {
		d.Fatal(err)
	}
	if got := d.caseOf(path).Case.State; got != "lapsed" {
		d.Errorf("nobody paid, and %s is %s, want lapsed", path, got)
	}
	d.clock = was
}

// A document that has run out keeps an application from being handed in, and what
// was entered stays.
func TestADocumentThatHasRunOutIsSaidAtItsField(t *testing.T) {
	d := openDepartment(t)
	x := d.issue(law.III)
	x.fill(12, "")
	at := x.at + "/documents"
	d.employer.press(http.StatusUnprocessableEntity, at, at, url.Values{"until-other-day": {"31"}, "until-other-month": {"2"}}).says(t, "Проверьте дату")
	d.employer.press(http.StatusOK, at, at, x.papersUntil(2026))
	early := d.employer.post(http.StatusUnprocessableEntity, "/cases/"+x.id+"/to-sign", nil)
	early.says(t, "Срок документа истёк", "1 марта 2026 года")
	if !strings.Contains(early.body, at+"#until-other") {
		t.Errorf("the day is not led to: %s", excerpt(early.body))
	}
	d.employer.get(http.StatusOK, x.at+"/preflight").says(t, "Срок документа истёк")
	d.employer.press(http.StatusOK, at, at, x.papersUntil(2027))
	path := x.handIn()
	d.clock = d.clock.AddDate(1, 0, 0)
	d.executor.get(http.StatusOK, path).says(t, "с тех пор его срок истёк")
}
