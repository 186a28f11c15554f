package procedure_test

import (
	"fmt"
	"slices"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// Every state must have a way out that does not depend on the applicant's
// goodwill, in every edition, or a case could stay open for ever. Only what is
// being prepared may wait as long as the applicant likes.
func TestNoCaseCanHang(t *testing.T) {
	for _, in := range law.Editions {
		for _, state := range procedure.States {
			if !state.Open() || state == procedure.Preparing || laterThan(in, state) {
				continue
			}
			ours := func(s procedure.Step) bool {
				return s.From == state && s.By != party.Applicant && s.To != state
			}
			if !slices.ContainsFunc(procedure.StepsIn(in), ours) {
				t.Errorf("%s: only the applicant can end %q", in, state)
			}
		}
	}
}

func TestEveryStepNamesAnActAndHowSureItIs(t *testing.T) {
	for _, s := range procedure.Steps {
		if _, ok := s.Cite.Act(); !ok || s.Sure == "" {
			t.Errorf("%s: %s after %s rests on %q (%q)", s.Edition, s.Act, s.From, s.Cite, s.Sure)
		}
	}
}

func TestEveryStateCanBeReached(t *testing.T) {
	for _, in := range law.Editions {
		for _, state := range procedure.States[1:] {
			leads := slices.ContainsFunc(procedure.StepsIn(in), func(s procedure.Step) bool { return s.To == state })
			if leads == laterThan(in, state) {
				t.Errorf("%s: that something leads to %q is %t", in, state, leads)
			}
		}
	}
}

// laterThan reports whether a state is one that only later law has.
func laterThan(in law.Edition, s procedure.State) bool {
	later := []procedure.State{procedure.Correcting, procedure.Forewarned, procedure.Heard}
	return in.Before(law.E2021) && slices.Contains(later, s)
}

func TestEveryTermIsEndedByAnActThatCanFollow(t *testing.T) {
	for _, term := range procedure.Terms {
		for _, act := range append([]procedure.Act{term.After}, term.Ends...) {
			if !slices.ContainsFunc(procedure.Steps, func(s procedure.Step) bool { return s.Act == act }) {
				t.Errorf("term %s speaks of %q, which is no step", term.Name, act)
			}
		}
	}
}

// walk does every act that is possible, in every order, and looks at the cases
// it comes to.
func walk(t *testing.T, c procedure.Case, in law.Edition, seen map[string]bool, look func(procedure.Case)) {
	t.Helper()
	cal, err := law.CalendarFor(c.Region)
	if err != nil {
		t.Fatal(err)
	}
	at := days[in].At(10, 0, cal.Zone())
	for _, s := range procedure.StepsIn(in) {
		for _, verdict := range []procedure.Verdict{procedure.Grant, procedure.Refusal} {
			when := at
			if s.By == party.Clock || s.Act == procedure.Hear {
				when = at.AddDate(0, 1, 0)
			}
			by := party.Actor{Account: "a", Role: s.By, Region: c.Region, BIN: c.Application.Employer.BIN}
			d := procedure.Deed{Act: s.Act, By: by, At: when, Verdict: verdict, Hearing: procedure.Hearing{Place: "12", At: at.AddDate(0, 0, 14)}}
			next, _, err := procedure.Perform(c, d, cal)
			if err != nil {
				continue
			}
			next.Executor = "a"
			if key := string(next.State) + string(next.Verdict) + names(next); !seen[key] {
				seen[key] = true
				look(next)
				walk(t, next, in, seen, look)
			}
		}
	}
}

// days are Mondays on which each edition holds.
var days = map[law.Edition]calendar.Date{
	law.E2017: calendar.DateOf(2017, 7, 3), law.E2020: calendar.DateOf(2020, 7, 13), law.E2021: calendar.DateOf(2021, 7, 12),
	law.E2023: calendar.DateOf(2023, 7, 10), law.E2025: calendar.DateOf(2025, 9, 8),
}

func names(c procedure.Case) string {
	var s string
	for _, r := range c.Running {
		s += " " + string(r.Name)
	}
	if c.Paid {
		s += " paid"
	}
	for _, p := range c.Course.Paused {
		s += " paused " + string(p.Name)
	}
	if h := c.Course.Hearing; h != nil {
		s += fmt.Sprintf(" heard %t %t", h.Held, h.Waived)
	}
	return s
}

func TestAClosedCaseHasNoRunningTermHoweverItCameThere(t *testing.T) {
	for _, in := range law.Editions {
		for _, scheme := range law.Schemes {
			for _, op := range law.Operations {
				c := procedure.Case{ID: "A", Region: "27", State: procedure.Preparing, Channel: procedure.Portal}
				c.Application.Operation, c.Application.Scheme = op, scheme
				ends := map[procedure.State]bool{}
				what := fmt.Sprint(in, " ", op, " ", scheme)
				walk(t, c, in, map[string]bool{}, func(c procedure.Case) {
					ends[c.State] = true
					lookAt(t, what, in, c)
				})
				if !ends[procedure.HandedOver] || !ends[procedure.Refused] || !ends[procedure.Returned] {
					t.Errorf("%s: cases end only in %v", what, ends)
				}
			}
		}
	}
}

// lookAt sees that nothing is wrong with a case a walk came to.
func lookAt(t *testing.T, what string, in law.Edition, c procedure.Case) {
	t.Helper()
	if !c.State.Open() && len(c.Running)+len(c.Course.Paused) > 0 {
		t.Errorf("%s: %s, and still%s", what, c.State, names(c))
	}
	if c.State == procedure.Issued && c.Owing() {
		t.Errorf("%s: issued, and nobody paid", what)
	}
	if c.State == procedure.Refused && !in.Before(law.E2021) && c.HearingOwed(c.LawOn) {
		t.Errorf("%s: refused unheard", what)
	}
	waits := c.State == procedure.Correcting || c.State == procedure.Forewarned
	if len(c.Course.Paused) > 0 && !waits {
		t.Errorf("%s: %s, and the time of the authority stands still:%s", what, c.State, names(c))
	}
	if c.State.Open() && c.State != procedure.Preparing && len(c.Running) == 0 && len(c.Course.Paused) == 0 {
		t.Errorf("%s: %s, and no term runs", what, c.State)
	}
}

func TestAFailedActLeavesTheCaseAsItWas(t *testing.T) {
	cal, err := law.CalendarFor("27")
	if err != nil {
		t.Fatal(err)
	}
	c := procedure.Case{ID: "A", Region: "27", State: procedure.Registered, Version: 2, LawOn: calendar.DateOf(2017, 7, 3)}
	after, _, err := procedure.Perform(c, procedure.Deed{Act: procedure.Issue, By: party.Actor{Role: party.Executor, Region: "27"}, At: calendar.DateOf(2017, 7, 3).At(10, 0, cal.Zone())}, cal)
	if err == nil || after.State != c.State || after.Version != 2 {
		t.Errorf("%v, and the case is %s at version %d", err, after.State, after.Version)
	}
}

func TestAnotherRegionsPeopleDoNotAct(t *testing.T) {
	c := procedure.Case{ID: "A", Region: "27", State: procedure.Submitted, LawOn: calendar.DateOf(2017, 7, 3)}
	for _, by := range []party.Actor{
		{Role: party.Clerk, Region: "33"}, {Role: party.Head, Region: "27"}, {Role: party.Admin}, {Role: party.Ministry}, {},
	} {
		if ways := procedure.Ways(c, by, c.LawOn); len(ways) > 0 && by.Role != party.Head {
			t.Errorf("%+v may %s", by, ways[0].Act)
		}
	}
}

func TestEveryStateActAndConditionHasWords(t *testing.T) {
	for _, tag := range lang.Tags {
		for _, s := range procedure.States {
			said(t, tag, s, "state-"+string(s))
		}
		for _, s := range procedure.Steps {
			said(t, tag, s.Act, "act-"+string(s.Act))
			if s.If != procedure.Always {
				said(t, tag, s.If, "if-"+string(s.If))
			}
		}
		for _, a := range []procedure.Act{procedure.Prepare, procedure.Recount, procedure.Extend} {
			said(t, tag, a, "act-"+string(a))
		}
		for _, p := range procedure.Parts {
			said(t, tag, p, "part-"+string(p))
		}
	}
}

func said(t *testing.T, tag lang.Tag, s lang.Speaker, key string) {
	t.Helper()
	if got := s.In(tag); got == "procedure."+key || got == "" {
		t.Errorf("%s has no words in %s", key, tag)
	}
}

func TestEveryItemOfThePortalLeadsOnOrEndsAndSaysSo(t *testing.T) {
	known := map[string]procedure.PortalItem{}
	for _, i := range procedure.PortalItems {
		known[i.Key] = i
	}
	for _, i := range procedure.PortalItems {
		for _, tag := range lang.Tags {
			said(t, tag, i, "portal-"+i.Key)
			if i.Ends != "" {
				said(t, tag, procedure.PortalEnd(i.Ends), "portal-"+i.Ends)
			}
		}
		if _, ok := known[i.Then]; !ok && i.Ends == "" {
			t.Errorf("item %s of the portal leads to %q", i.Key, i.Then)
		}
		if i.Condition && i.Else == "" {
			t.Errorf("condition %s has no no", i.Key)
		}
		acts := func(s procedure.Step) bool { return s.Act == i.Act }
		if i.Act != "" && !slices.ContainsFunc(procedure.Steps, acts) {
			t.Errorf("item %s of the portal is carried out by %q, which is no step", i.Key, i.Act)
		}
	}
}
