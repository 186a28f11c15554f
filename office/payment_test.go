package office_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// notified is a case of 2025 whose applicant has to pay, looked at in January 2026.
func notified(t *testing.T) (*office.Office, party.Actor) {
	t.Helper()
	db := storetest.Open(t, storetest.Rehearsed(t))
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	o := &office.Office{DB: db, Now: func() time.Time { return time.Date(2026, 1, 5, 10, 0, 0, 0, cal.Zone()) }}
	c := procedure.Case{
		ID: "A", Region: "33", Number: "33-2025-000001", Channel: procedure.Portal, State: procedure.Notified, Verdict: procedure.Grant,
		LawOn: calendar.DateOf(2025, 12, 1),
		Application: procedure.Application{
			Operation: law.Issue, Scheme: law.Regional, Months: 12, Employer: party.Employer{BIN: "940140000385", Section: "F"},
			Workers: []party.Worker{{Category: law.III}},
		},
	}
	if err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.AddCase(ctx, c) }); err != nil {
		t.Fatal(err)
	}
	return o, party.Actor{Role: party.Applicant, BIN: "940140000385"}
}

// 224 indices: 880 768 ₸ in 2025, 968 800 ₸ in 2026.
func TestAPaymentThatIsShortSaysByHowMuchAndWhy(t *testing.T) {
	for what, c := range map[string]struct {
		on   calendar.Date
		sum  fee.Tenge
		says string
	}{
		"a tenge short":               {calendar.DateOf(2025, 12, 31), 880_767, "Missing: 1 ₸"},
		"by the index of last year":   {calendar.DateOf(2026, 1, 5), 880_768, "by the index of the year before"},
		"enough by last year's index": {calendar.DateOf(2025, 12, 31), 880_768, ""},
		"before the hand-in":          {calendar.DateOf(2025, 11, 30), 2_000_000, "day of payment"},
		"tomorrow":                    {calendar.DateOf(2026, 1, 6), 2_000_000, "day of payment"},
	} {
		o, applicant := notified(t)
		_, err := o.ProvePayment(t.Context(), applicant, "A", office.Payment{On: c.on, Sum: c.sum})
		var said []string
		if err != nil {
			for _, f := range problem.Of(err).Fields {
				said = append(said, strings.ReplaceAll(f.Say.In(lang.EN), "\u00a0", " "))
			}
		}
		if got := strings.Join(said, " "); (err != nil) != (c.says != "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %v saying %q, want %q", what, err, got, c.says)
		}
	}
}

func TestWhatIsPaidTooMuchIsTakenAndSaid(t *testing.T) {
	o, applicant := notified(t)
	if _, err := o.ProvePayment(t.Context(), applicant, "A", office.Payment{On: calendar.DateOf(2025, 12, 31), Sum: 900_000}); err != nil {
		t.Fatal(err)
	}
	v, err := o.Look(t.Context(), applicant, "A")
	if err != nil {
		t.Fatal(err)
	}
	if e := v.Events[len(v.Events)-1]; e.Note.Over != 900_000-880_768 {
		t.Errorf("the event says that %d were too much", e.Note.Over)
	}
	_, err = o.ProvePayment(t.Context(), applicant, "A", office.Payment{On: calendar.DateOf(2025, 12, 31), Sum: 900_000})
	if e := problem.Of(err); e == nil || e.Say.Key != "office.paid-already" || e.Kind != problem.Conflict || e.Cite == "" {
		t.Errorf("a second time: %v", err)
	}
}
