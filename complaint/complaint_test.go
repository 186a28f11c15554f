package complaint_test

import (
	"slices"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

var (
	employer = party.Actor{Role: party.Applicant, BIN: "940140000385"}
	head     = party.Actor{Account: "head", Role: party.Head, Region: "33"}
	clerk    = party.Actor{Account: "clerk", Role: party.Clerk, Region: "33"}
)

func zhetysu(t *testing.T) calendar.Calendar {
	t.Helper()
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func at(t *testing.T, day calendar.Date) time.Time { return day.At(11, 0, zhetysu(t).Zone()) }

func asked(learned calendar.Date) complaint.Complaint {
	return complaint.Complaint{
		ID: "1", Region: "33", Number: "Ш-33-2025-00001", About: complaint.Refusal, Case: "case", BIN: employer.BIN,
		Address: "г. Талдыкорган", Words: "Не согласны.", Wanted: "Отменить.", Learned: learned,
	}
}

func received(t *testing.T, on calendar.Date) complaint.Complaint {
	t.Helper()
	c, err := complaint.Receive(asked(on), employer, at(t, on), zhetysu(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Whatever the law of its day, a complaint can be ended without the employer.
func TestNoComplaintCanHang(t *testing.T) {
	for _, on := range []calendar.Date{calendar.DateOf(2018, 3, 5), calendar.DateOf(2025, 3, 5)} {
		seen := map[complaint.State]bool{}
		var walk func(c complaint.Complaint)
		walk = func(c complaint.Complaint) {
			if seen[c.State] {
				return
			}
			seen[c.State] = true
			ways := append(complaint.Ways(c, head), complaint.Ways(c, clerk)...)
			ours := slices.ContainsFunc(ways, func(s complaint.Step) bool { return s.Act != complaint.Withdraw })
			if c.State.Open() != ours {
				t.Errorf("received on %s, %s: open %t, and the department can go on %t", on, c.State, c.State.Open(), ours)
			}
			for _, w := range ways {
				n := complaint.Note{Words: "x", Body: "Комитет", Number: "1", On: on, Outcome: complaint.Upheld, Effect: complaint.Anew}
				next, err := complaint.Perform(c, complaint.Deed{Act: w.Act, By: head, At: at(t, on.AddDays(1)), Note: n}, zhetysu(t))
				if problem.IsKind(err, problem.NotAllowed) {
					next, err = complaint.Perform(c, complaint.Deed{Act: w.Act, By: clerk, At: at(t, on.AddDays(1)), Note: n}, zhetysu(t))
				}
				if err != nil {
					t.Errorf("%s of a complaint %s: %v", w.Act, c.State, err)
					continue
				}
				if !next.State.Open() && len(next.Running) > 0 {
					t.Errorf("%s, and a term still runs", next.State)
				}
				walk(next)
			}
		}
		walk(received(t, on))
	}
}

func TestAComplaintInTimeIsOneOfThreeMonths(t *testing.T) {
	for learned, want := range map[calendar.Date]calendar.Date{
		calendar.DateOf(2025, 6, 2):   calendar.DateOf(2025, 9, 2),
		calendar.DateOf(2024, 11, 30): calendar.DateOf(2025, 2, 28),
	} {
		if got, _ := complaint.LastDay(learned, want); got != want {
			t.Errorf("learned on %s: the last day is %s, want %s", learned, got, want)
		}
		if c, err := complaint.Receive(asked(learned), employer, at(t, want), zhetysu(t)); err != nil || c.Late {
			t.Errorf("on the last day, %s, it is late: %v", want, err)
		}
		_, err := complaint.Receive(asked(learned), employer, at(t, want.AddDays(1)), zhetysu(t))
		if problem.Of(err) == nil || problem.Of(err).Say.Key != "complaint.late" || problem.Of(err).Cite != "APPC art. 92" {
			t.Errorf("a day late it is %v, want complaint.late under art. 92", err)
		}
		late := asked(learned)
		late.Because = "Болезнь."
		if c, err := complaint.Receive(late, employer, at(t, want.AddDays(1)), zhetysu(t)); err != nil || !c.Late {
			t.Errorf("with a reason it is not taken as late: %v, %v", c.Late, err)
		}
	}
	if last, _ := complaint.LastDay(calendar.DateOf(2018, 1, 1), calendar.DateOf(2019, 1, 1)); !last.IsZero() {
		t.Errorf("before the Code the last day was %s, and no term is known", last)
	}
}

func TestADecisionSaysWhatItMeans(t *testing.T) {
	on := calendar.DateOf(2025, 3, 5)
	c := received(t, on)
	for what, d := range map[string]complaint.Deed{
		"granted with no effect": {Act: complaint.Grant, By: head, Note: complaint.Note{Words: "x", Effect: complaint.NoEffect}},
		"granted for no reason":  {Act: complaint.Grant, By: head, Note: complaint.Note{Effect: complaint.Anew}},
		"forwarded to nobody":    {Act: complaint.Forward, By: head},
	} {
		d.At = at(t, on)
		if _, err := complaint.Perform(c, d, zhetysu(t)); !problem.IsKind(err, problem.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	d := complaint.Deed{Act: complaint.Grant, By: head, At: at(t, on.AddDays(10)), Note: complaint.Note{Words: "x", Effect: complaint.Cancelled}}
	done, err := complaint.Perform(c, d, zhetysu(t))
	if err != nil || done.Outcome != complaint.Upheld || len(done.Events[1].Late) != 1 {
		t.Errorf("granted after the three days: %s, late %v, %v", done.Outcome, done.Events, err)
	}
	if len(c.Events) != 1 || c.State != complaint.Received {
		t.Error("what was decided has changed what was read")
	}
}

func TestEveryStepNamesItsLaw(t *testing.T) {
	for _, s := range complaint.Steps {
		if _, ok := s.Cite.Act(); !ok || s.Sure == "" {
			t.Errorf("%s rests on %q (%q)", s.Act, s.Cite, s.Sure)
		}
	}
}
