package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
)

// inForce takes permits into the register of a town: so many of a category.
func inForce(w *town, n int, category law.Category, from int) {
	w.Helper()
	var permits []registry.Permit
	for i := range n {
		permits = append(permits, registry.Permit{
			Number: registry.FormatNumber("27", int64(from+i)), Operation: law.Issue, Scheme: category.Scheme(), Employer: "940140000385",
			Name: lang.Text{KK: "«Үлгі» ЖШС", RU: "ТОО «Образец»"}, Region: "27", Category: category, WorkerRef: "W", Citizenship: "TR",
			Position: lang.Text{KK: "инженер", RU: "инженер"}, Issued: calendar.DateOf(2017, 6, 1), From: calendar.DateOf(2017, 6, 2),
			Until: calendar.DateOf(2018, 6, 1),
		})
	}
	if err := w.office.Import(w.Context(), permits); err != nil {
		w.Fatal(err)
	}
}

func TestStatisticsShowTheDayAndHideSmallNumbersInEveryForm(t *testing.T) {
	w := open(t)
	inForce(w, 9, law.III, 500)
	inForce(w, 1, law.I, 600)
	for _, path := range []string{"/kk/stats?on=2017-07-01", "/ru/stats?on=2017-07-01&region=27", "/en/stats/release?on=2017-07-01"} {
		code, page, _ := w.get(path)
		if code != http.StatusOK || !strings.Contains(page, "×") {
			t.Errorf("%s answers %d, or hides nothing", path, code)
		}
	}
	code, text, _ := w.get("/en/stats/figures.json?on=2017-07-01")
	var answer struct {
		Cells []struct {
			Region  string `json:"region_kato"`
			Part    string `json:"part"`
			Permits int    `json:"permits"`
			Hidden  bool   `json:"hidden"`
		} `json:"in_force"`
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || code != http.StatusOK {
		t.Fatalf("JSON answers %d: %v", code, err)
	}
	for _, c := range answer.Cells {
		if c.Part == "I" && (c.Region == "27" || c.Region == "all") && (!c.Hidden || c.Permits != 0) {
			t.Errorf("the one permit of category one in %s is shown: %+v", c.Region, c)
		}
		if c.Part == "III" && c.Region == "27" && !c.Hidden {
			t.Errorf("category three of the region gives the hidden one away: %+v", c)
		}
	}
	if code, file, _ := w.get("/en/stats/figures.csv?on=2017-07-01"); code != http.StatusOK || !strings.Contains(file, "2017-07-01,27,I,,true") {
		t.Errorf("the file answers %d and shows the small number:\n%s", code, file)
	}
}

func TestADayToComeAndAnUnknownRegionAreNamedAtTheirFields(t *testing.T) {
	w := open(t)
	for path, say := range map[string]string{
		"/en/stats?on=2030-01-01":           "has not come yet",
		"/en/stats/release?on=2030-01-01":   "has not come yet",
		"/en/stats?on=2017-07-01&region=99": "There is no region 99",
		"/en/stats/figures.json?region=99":  "There is no region 99",
		"/en/stats?on=yesterday":            "2025-09-01",
	} {
		if code, page, _ := w.get(path); code != http.StatusUnprocessableEntity || !strings.Contains(page, say) {
			t.Errorf("%s answers %d and does not say %q", path, code, say)
		}
	}
}

func TestHeadsAndTheMinistrySeeHowLongStagesTakeAndClerksDoNot(t *testing.T) {
	w := open(t)
	ministry := party.Account{
		ID: "ministry", Login: "ministry", Role: party.Ministry, Active: true, Name: party.Name{Surname: "Сынақов", Given: "Министр"},
	}
	if err := w.office.AddAccount(w.Context(), ministry, "password 2017"); err != nil {
		t.Fatal(err)
	}
	for login, want := range map[string]int{"head": http.StatusOK, "ministry": http.StatusOK, "clerk": http.StatusNotFound} {
		w.signedIn(login, "en").get(want, "/office/times?from=2017-01-01&until=2017-07-03")
	}
	w.signedIn("head", "ru").get(http.StatusUnprocessableEntity, "/office/times?until=2030-01-01")
	v := w.visitor("kk") // the pages for the public, whose HTML is checked
	v.get(http.StatusOK, "/stats?on=2017-07-01")
	v.get(http.StatusOK, "/stats/release?on=2017-07-01")
}
