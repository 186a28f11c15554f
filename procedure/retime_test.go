package procedure_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// assigned returns a case that has an executor, filed at a moment of 2025.
func assigned(t *testing.T, at time.Time, cal calendar.Calendar) procedure.Case {
	t.Helper()
	c := procedure.Case{ID: "A", Region: "33", State: procedure.Preparing, Channel: procedure.Portal, Executor: "a"}
	c.Application.Operation, c.Application.Scheme = law.Issue, law.Regional
	for _, act := range []procedure.Act{procedure.Submit, procedure.Register, procedure.Assign} {
		by := map[procedure.Act]party.Role{procedure.Submit: party.Applicant, procedure.Register: party.Clerk, procedure.Assign: party.Head}[act]
		next, _, err := procedure.Perform(c, procedure.Deed{Act: act, By: party.Actor{Account: "a", Role: by, Region: "33"}, At: at}, cal)
		if err != nil {
			t.Fatal(err)
		}
		c = next
	}
	return c
}

func zhetysu(t *testing.T) calendar.Calendar {
	t.Helper()
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// However long the applicant takes, the authority has as many working days after
// the pause as it had when it began.
func TestWhatWasLeftOfATermIsLeftAfterThePause(t *testing.T) {
	cal := zhetysu(t)
	rapid.Check(t, func(r *rapid.T) {
		filed := calendar.DateOf(2025, 9, 8).At(10, 0, cal.Zone())
		c := assigned(t, filed, cal)
		before, _ := c.Term(law.Answer)
		asked := filed.Add(time.Duration(rapid.IntRange(0, 9*24*60-1).Draw(r, "asked")) * time.Minute)
		by := party.Actor{Account: "a", Role: party.Executor, Region: "33"}
		c, _, err := procedure.Perform(c, procedure.Deed{Act: procedure.AskCorrection, By: by, At: asked}, cal)
		if err != nil {
			r.Fatal(err)
		}
		due, _ := c.Term(law.Correction)
		answered := asked.Add(time.Duration(rapid.Int64Range(1, int64(due.End.At.Sub(asked)/time.Minute)-1).Draw(r, "answered")) * time.Minute)
		c, event, err := procedure.Perform(c, procedure.Deed{Act: procedure.Correct, By: party.Actor{Role: party.Applicant}, At: answered}, cal)
		if err != nil {
			r.Fatal(err)
		}
		after, ok := c.Term(law.Answer)
		left, _ := cal.WorkingDaysBetween(cal.Day(asked), before.End.Last)
		got, err := cal.WorkingDaysBetween(cal.Day(after.End.Counted), after.End.Last)
		if !ok || err != nil || got != left {
			r.Fatalf("asked %s, answered %s: %d working days were left, and %d are (%v)", asked, answered, left, got, err)
		}
		if len(event.Tell()) == 0 || len(c.Course.Paused) > 0 {
			r.Fatalf("the event tells nothing, or %d terms still stand", len(c.Course.Paused))
		}
	})
}

func TestAnOutageCountsOnceAndOnlyOnDaysTheTermRan(t *testing.T) {
	cal := zhetysu(t)
	at := func(s string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Zone())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	c := assigned(t, at("2025-09-08 10:00"), cal) // the answer is due on Wednesday the 17th
	for _, x := range []struct{ from, until, want string }{
		{"2025-09-08 10:30", "2025-09-08 18:00", "2025-09-17"}, // the day it came in does not count
		{"2025-09-09 10:00", "2025-09-09 10:59", "2025-09-17"}, // less than an hour
		{"2025-09-09 10:00", "2025-09-09 11:00", "2025-09-18"},
		{"2025-09-13 00:00", "2025-09-14 23:59", "2025-09-17"}, // a weekend
		{"2025-09-17 23:00", "2025-09-18 23:00", "2025-09-18"}, // its last hour, and a day it did not run on
		{"2025-09-18 09:00", "2025-09-19 23:00", "2025-09-17"},
		{"2025-09-01 00:00", "2025-09-12 00:30", "2025-09-22"}, // 9, 10 and 11 September
	} {
		o := procedure.Outage{ID: "1", From: at(x.from), Until: at(x.until), Act: "№ 1"}
		longer, _, _, err := procedure.Prolong(c, at("2025-09-20 10:00"), o, cal)
		if err != nil {
			t.Fatal(err)
		}
		if r, _ := longer.Term(law.Answer); r.End.Last.String() != x.want {
			t.Errorf("out from %s until %s: due by %s, want %s", x.from, x.until, r.End.Last, x.want)
		}
		again, _, changed, err := procedure.Prolong(longer, at("2025-09-20 10:00"), o, cal)
		if err != nil || changed || again.Version != longer.Version {
			t.Errorf("out from %s until %s: counted twice (%v)", x.from, x.until, err)
		}
	}
}

func TestAChangedCalendarIsToldInEveryLanguage(t *testing.T) {
	cal := zhetysu(t)
	c := assigned(t, calendar.DateOf(2025, 9, 8).At(10, 0, cal.Zone()), cal)
	changed, err := law.CalendarsWith([]law.DayChange{{Off: calendar.DateOf(2025, 9, 15), Worked: calendar.DateOf(2025, 9, 20), Act: "№ 700"}})
	if err != nil {
		t.Fatal(err)
	}
	now, err := changed.For("33")
	if err != nil {
		t.Fatal(err)
	}
	c, event, ok, err := procedure.Retime(c, calendar.DateOf(2025, 9, 9).At(10, 0, cal.Zone()), "№ 700", now)
	if err != nil || !ok || event.Act != procedure.Recount || event.Version != c.Version {
		t.Fatalf("%+v, %t, %v", event, ok, err)
	}
	r, _ := c.Term(law.Answer)
	for _, tag := range lang.Tags {
		var said []string
		for _, m := range r.Explain() {
			said = append(said, m.In(tag))
		}
		if all := strings.Join(said, "\n"); strings.Count(all, "№ 700") < 2 || strings.Contains(all, "procedure.") {
			t.Errorf("in %s the end is explained without the act:\n%s", tag, all)
		}
	}
	if _, err := now.End(calendar.DateOf(2029, 1, 10).At(10, 0, cal.Zone()), calendar.Term{N: 1, Unit: calendar.WorkingDays}); err == nil {
		t.Error("a year nobody has entered is known once the calendar is edited")
	}
}
