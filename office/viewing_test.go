package office_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

func TestEachViewOfPersonalDataByTheAuthorityIsKept(t *testing.T) {
	t.Parallel()
	o := open(t)
	var permits []registry.Permit
	for n, region := range []string{"33", "27"} {
		permits = append(permits, registry.Permit{
			Number: registry.FormatNumber(region, int64(n+1)), Operation: law.Issue, Scheme: law.Regional, Employer: applicant.BIN,
			Name: lang.Same("ТОО «Қайрат Құрылыс»"), Region: region, Category: law.III, WorkerRef: fmt.Sprint("W", n), Citizenship: "CN",
			Position: lang.Same("сварщик"), Issued: calendar.DateOf(2026, 2, 1), From: calendar.DateOf(2026, 2, 2), Until: calendar.DateOf(2027, 2, 1),
		})
	}
	if err := o.Import(t.Context(), permits); err != nil {
		t.Fatal(err)
	}
	named := executor
	named.Name = party.Name{Surname: "Серікова", Given: "Айгүл"}
	for _, by := range []party.Actor{applicant, named, head} {
		if _, err := o.LookPermit(t.Context(), by, permits[0].Number); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.LookPermit(t.Context(), named, permits[1].Number); !problem.IsKind(err, problem.NotFound) {
		t.Fatalf("a permit of another region is answered by %v", err)
	}
	if list, err := o.FindPermits(t.Context(), named, "Қайрат"); err != nil || len(list) != 1 {
		t.Fatalf("%d permits are found (%v), want 1", len(list), err)
	}

	ministry, admin := party.Actor{Role: party.Ministry}, party.Actor{Role: party.Admin, Region: "33"}
	day := o.clock
	for _, c := range []struct {
		what   string
		by     party.Actor
		search store.ViewingSearch
		want   string
	}{
		{"the ministry sees all", ministry, store.ViewingSearch{}, "search/executor permit/head permit/executor"},
		{"so does an administrator", admin, store.ViewingSearch{}, "search/executor permit/head permit/executor"},
		{"a head sees the own department's", head, store.ViewingSearch{Region: "27"}, "search/executor permit/head permit/executor"},
		{"another head does not", party.Actor{Role: party.Head, Region: "27"}, store.ViewingSearch{Region: "33"}, ""},
		{"an employer sees who looked at the own papers", applicant, store.ViewingSearch{}, "search/executor permit/head permit/executor"},
		{"and at no others", party.Actor{Role: party.Applicant, BIN: "950341000052"}, store.ViewingSearch{BIN: applicant.BIN}, ""},
		{"by worker", ministry, store.ViewingSearch{Subject: "W0"}, "search/executor permit/head permit/executor"},
		{"by number", ministry, store.ViewingSearch{Subject: permits[1].Number}, ""},
		{"by who looked", ministry, store.ViewingSearch{Name: "Серік"}, "search/executor permit/executor"},
		{"a sign of LIKE is a sign", ministry, store.ViewingSearch{Name: "%"}, ""},
		{"by day", ministry, store.ViewingSearch{From: day.Add(-time.Hour), Until: day.Add(time.Hour)}, "search/executor permit/head permit/executor"},
		{"of another day", ministry, store.ViewingSearch{From: day.Add(time.Hour)}, ""},
	} {
		list, err := o.Viewings(t.Context(), c.by, c.search)
		var got []string
		for _, v := range list {
			got = append(got, v.What+"/"+string(v.Role))
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v (%v), want %s", c.what, got, err, c.want)
		}
	}
	if _, err := o.Viewings(t.Context(), executor, store.ViewingSearch{}); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("an executor asks who looked and is answered by %v", err)
	}

	if _, err := o.TakeOut(t.Context(), head); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("a head takes the whole register out and is answered by %v", err)
	}
	all, err := o.TakeOut(t.Context(), admin)
	if err != nil || len(all) != len(permits) {
		t.Errorf("%d permits are taken out (%v), want %d", len(all), err, len(permits))
	}
	if list, err := o.Viewings(t.Context(), ministry, store.ViewingSearch{}); err != nil || len(list) != 4 || list[0].What != "export" {
		t.Errorf("the last viewing is %v (%v), want that of the export", list, err)
	}

	o.clock = o.clock.AddDate(2, 11, 0)
	if n, err := o.ForgetViewings(t.Context()); n != 0 || err != nil {
		t.Errorf("before three years are over, %d are forgotten (%v)", n, err)
	}
	o.clock = o.clock.AddDate(0, 2, 0)
	if n, err := o.ForgetViewings(t.Context()); n != 4 || err != nil {
		t.Errorf("after three years %d are forgotten (%v), want 3", n, err)
	}
}
