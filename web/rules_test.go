package web_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/web/htmlcheck"
)

// get fetches a page or a file of the site.
func (w *town) get(path string) (int, string, http.Header) {
	w.Helper()
	answer, err := http.Get(w.url + path)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	return answer.StatusCode, string(b), answer.Header
}

func TestTheRulesOfEveryServiceArePagesInThreeLanguages(t *testing.T) {
	w := open(t)
	for _, tag := range lang.Tags {
		paths := []string{"/services", "/calculators"}
		for _, s := range law.Services() {
			at := "/services/" + s.Code()
			paths = append(paths, at, at+"/rules", at+"/rules?on=2025-09-01", at+"/compare", at+"/compare?from=2017-07-03&to=2025-09-01",
				at+"/diagram?on=2017-07-03", at+"/diagram?appendix=1&on=2025-09-01")
		}
		for _, c := range []string{
			"term", "term?asked=1&from=2025-05-08T15:00&n=8&unit=working+days&region=33", "fee", "fee?asked=1&category=III&section=F&months=12&permits=2&on=2025-06-01",
			"ratio", "ratio?scheme=ict", "ratio?asked=1&leaders_citizens=7&leaders_foreigners=3&on=2025-09-01", "category", "category?asked=1&position=%D0%B2%D0%BE%D0%B4%D0%B8%D1%82%D0%B5%D0%BB%D1%8C&on=2025-09-01",
			"extension", "extension?asked=1&until=2025-12-01&category=III&on=2025-10-10",
		} {
			paths = append(paths, "/calculators/"+c)
		}
		for _, path := range paths {
			code, page, _ := w.get("/" + string(tag) + path)
			if code != http.StatusOK {
				t.Errorf("/%s%s answers %d", tag, path, code)
			}
			for _, fault := range htmlcheck.Page(page) {
				t.Errorf("/%s%s: %s", tag, path, fault)
			}
		}
	}
}

func TestTheRulesNameTheActSinceWhenAndHowSure(t *testing.T) {
	w := open(t)
	_, page, _ := w.get("/ru/services/issue/rules?on=2017-07-03")
	for _, want := range []string{"8 рабочих дней", "пункт 7, подпункт 3)", "из текста акта", "предположение, не подтверждено актом", "28.06.2017", "не менее 70 %", "I – 171, II – 198, III – 224, IV – 250 МРП"} {
		if !strings.Contains(page, want) {
			t.Errorf("the rules of 3 July 2017 do not say %q", want)
		}
	}
	_, page, _ = w.get("/ru/services/issue/compare?from=2020-06-18&to=2020-06-19")
	for _, want := range []string{"8 рабочих дней", "7 рабочих дней", "изменено", "прекратило действие"} {
		if !strings.Contains(page, want) {
			t.Errorf("from 18 to 19 June 2020 the comparison does not say %q", want)
		}
	}
}

func TestADayThatIsNoneIsToldAtTheField(t *testing.T) {
	w := open(t)
	for path, want := range map[string]string{
		"/en/services/issue/rules?on=yesterday":                                        "Enter a day like",
		"/en/services/issue/rules?on=1999-01-01":                                       "no law for this day",
		"/en/services/issue/diagram?on=1999-01-01":                                     "no law for this day",
		"/en/services/issue/compare?from=2020-01-01&to=x":                              "Enter a day like",
		"/en/calculators/term?asked=1&from=x&n=0":                                      "Enter day and time",
		"/en/calculators/term?asked=1&from=2060-01-04T10:00":                           "",
		"/en/calculators/fee?asked=1&category=III&months=99":                           "",
		"/en/calculators/ratio?asked=1&leaders_citizens=many":                          "whole number",
		"/en/calculators/category?asked=1&position=":                                   "Fill in this field",
		"/en/calculators/extension?asked=1&until=x":                                    "Enter a day like",
		"/en/calculators/extension?asked=1&until=2025-12-01&category=IV&on=2025-10-10": "not extended",
	} {
		code, page, _ := w.get(path)
		if code != http.StatusUnprocessableEntity || !strings.Contains(page, want) || !strings.Contains(page, "data-error-summary") {
			t.Errorf("%s answers %d without an error that says %q", path, code, want)
		}
	}
	if code, _, _ := w.get("/en/services/nothing/rules"); code != http.StatusNotFound {
		t.Errorf("a service that is none answers %d", code)
	}
}

func TestEveryCalculatorAnswersJSONWithItsExplanation(t *testing.T) {
	w := open(t)
	for path, want := range map[string]string{
		"/calculators/term?format=json&from=2025-05-08T15:00&n=8&unit=working+days&region=33":                       "2025-05-21",
		"/calculators/fee?format=json&category=III&section=A&months=12&permits=1&on=2017-02-01":                     "406151",
		"/calculators/ratio?format=json&scheme=ict&managers_citizens=10&managers_foreigners=6&on=2025-09-01":        `"kept": false`,
		"/calculators/category?format=json&position=%D0%B2%D0%BE%D0%B4%D0%B8%D1%82%D0%B5%D0%BB%D1%8C&on=2025-09-01": `"category": "IV"`,
		"/calculators/extension?format=json&until=2025-12-01&category=III&on=2025-10-10":                            "2025-10-31",
		"/services/issue/rules?format=json&on=2017-07-03":                                                           "WKO 142/2017 ¶ 7(3)",
		"/services/issue/compare?format=json&from=2020-04-30&to=2020-05-01":                                         `"kind": "added"`,
	} {
		code, body, header := w.get("/kk" + path)
		if code != http.StatusOK || !json.Valid([]byte(body)) || !strings.Contains(body, want) || !strings.HasPrefix(header.Get("Content-Type"), "application/json") {
			t.Errorf("%s answers %d, %s", path, code, body)
		}
	}
	code, body, header := w.get("/kk/calculators/ratio?format=json&leaders_citizens=-1")
	if code != http.StatusUnprocessableEntity || !json.Valid([]byte(body)) || header.Get("Content-Type") != "application/problem+json; charset=utf-8" {
		t.Errorf("a number below nothing answers %d, %s", code, body)
	}
}

func TestTheDiagramsAreFilesToDownload(t *testing.T) {
	w := open(t)
	for _, appendix := range []string{"1", "2"} {
		for _, kind := range []string{"svg", "bpmn"} {
			code, body, header := w.get("/kk/services/extension/diagram." + kind + "?on=2017-07-03&appendix=" + appendix)
			if code != http.StatusOK || !strings.Contains(header.Get("Content-Disposition"), "ruqsat-extension-") {
				t.Errorf("appendix %s as %s answers %d, %v", appendix, kind, code, header)
			}
			if err := xml.Unmarshal([]byte(body), new(struct{ XMLName xml.Name })); err != nil {
				t.Errorf("appendix %s as %s: %v", appendix, kind, err)
			}
		}
	}
}

func TestTheOldPageOfTheRulesLeadsToTheServices(t *testing.T) {
	w := open(t)
	if code, page, _ := w.get("/ru/rules"); code != http.StatusOK || !strings.Contains(page, "/ru/services/issue/rules") {
		t.Errorf("/ru/rules answers %d and leads to no rules", code)
	}
}

// The viewer is the real one: what it warns of, or the page's policy forbids,
// fails.
func TestInABrowserTheModellersViewerOpensEveryDiagramWithoutWarnings(t *testing.T) {
	b := open(t).browse("kk")
	for _, on := range []string{"2017-07-03", "2020-07-03", "2025-09-01"} {
		for _, s := range law.Services() {
			for _, appendix := range []string{"1", "2"} {
				path := "/services/" + s.Code() + "/diagram?on=" + on + "&appendix=" + appendix
				b.open(path)
				var warnings, failed string
				var drawn int
				b.run(
					chromedp.Poll(`document.documentElement.hasAttribute("data-bpmn-warnings") || document.documentElement.hasAttribute("data-bpmn-error")`, nil),
					chromedp.Evaluate(`document.documentElement.getAttribute("data-bpmn-warnings") || ""`, &warnings),
					chromedp.Evaluate(`document.documentElement.getAttribute("data-bpmn-error") || ""`, &failed),
					chromedp.Evaluate(`document.querySelectorAll(".rq-bpmn .djs-shape").length`, &drawn),
				)
				if warnings != "0" || failed != "" || drawn < 15 {
					t.Errorf("%s: %s warnings, error %q, %d shapes", path, warnings, failed, drawn)
				}
			}
		}
	}
	var mark bool
	b.run(chromedp.Evaluate(`document.querySelector(".bjs-powered-by") !== null`, &mark))
	if !mark {
		t.Error("the mark of bpmn.io is gone, which its licence asks to keep")
	}
}
