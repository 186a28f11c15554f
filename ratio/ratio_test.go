package ratio_test

import (
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/ratio"
)

var day = calendar.DateOf(2025, 9, 1)

func regional(leaders, others ratio.Count) ratio.Asked {
	return ratio.Asked{
		Operation: law.Issue, Scheme: law.Regional, On: day,
		Staff: map[law.Group]ratio.Count{law.Leaders: leaders, law.Others: others},
	}
}

func transfer(managers, specialists ratio.Count) ratio.Asked {
	return ratio.Asked{
		Operation: law.Issue, Scheme: law.ICT, On: day,
		Staff: map[law.Group]ratio.Count{law.Managers: managers, law.Specialists: specialists},
	}
}

func check(t *testing.T, a ratio.Asked) ratio.Answer {
	t.Helper()
	answer, err := ratio.Check(a)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestTheEdgeOfSeventyAndNinetyIsKeptAndOnePersonBeyondIsNot(t *testing.T) {
	for _, c := range []struct {
		leaders, others ratio.Count
		kept            bool
	}{
		{ratio.Count{Citizens: 7, Foreigners: 3}, ratio.Count{Citizens: 90, Foreigners: 10}, true},
		{ratio.Count{Citizens: 7, Foreigners: 4}, ratio.Count{Citizens: 90, Foreigners: 10}, false},
		{ratio.Count{Citizens: 7, Foreigners: 3}, ratio.Count{Citizens: 90, Foreigners: 11}, false},
		{ratio.Count{Citizens: 69, Foreigners: 30}, ratio.Count{}, false},
		{ratio.Count{Citizens: 0, Foreigners: 1}, ratio.Count{}, false},
		{ratio.Count{Citizens: 0, Foreigners: 0}, ratio.Count{Citizens: 9, Foreigners: 1}, true},
		{ratio.Count{Citizens: 100}, ratio.Count{Citizens: 8, Foreigners: 1}, false}, // the groups do not help each other
	} {
		if a := check(t, regional(c.leaders, c.others)); a.Kept() != c.kept {
			t.Errorf("%+v and %+v: kept %v, want %v", c.leaders, c.others, a.Kept(), c.kept)
		}
	}
}

func TestHalfOfATransferIsHalfOfTheCitizensNotOfAll(t *testing.T) {
	for _, c := range []struct {
		managers, specialists ratio.Count
		kept                  bool
	}{
		{ratio.Count{Citizens: 10, Foreigners: 5}, ratio.Count{}, true},
		{ratio.Count{Citizens: 10, Foreigners: 6}, ratio.Count{}, false}, // six of sixteen would be less than half
		{ratio.Count{}, ratio.Count{Citizens: 102, Foreigners: 51}, true},
		{ratio.Count{}, ratio.Count{Citizens: 101, Foreigners: 51}, false},
		{ratio.Count{Citizens: 6, Foreigners: 3}, ratio.Count{Citizens: 1, Foreigners: 1}, false},
	} {
		if a := check(t, transfer(c.managers, c.specialists)); a.Kept() != c.kept {
			t.Errorf("%+v and %+v: kept %v, want %v", c.managers, c.specialists, a.Kept(), c.kept)
		}
	}
}

// The most the citizens allow is kept, one more is not; and so the other way.
func TestWhatItSaysWouldHelpHelps(t *testing.T) {
	for citizens := range 60 {
		for foreigners := range 60 {
			for _, ask := range []func(ratio.Count) ratio.Asked{
				func(c ratio.Count) ratio.Asked { return regional(c, ratio.Count{}) },
				func(c ratio.Count) ratio.Asked { return regional(ratio.Count{}, c) },
				func(c ratio.Count) ratio.Asked { return transfer(c, ratio.Count{}) },
			} {
				a := check(t, ask(ratio.Count{Citizens: citizens, Foreigners: foreigners}))
				for _, l := range a.Lines {
					if l.Citizens+l.Foreigners == 0 {
						continue
					}
					for c, kept := range map[ratio.Count]bool{
						{Citizens: citizens, Foreigners: l.Most}: true, {Citizens: citizens, Foreigners: l.Most + 1}: false,
						{Citizens: l.Need, Foreigners: foreigners}: true, {Citizens: l.Need - 1, Foreigners: foreigners}: l.Need == 0,
					} {
						if c.Citizens >= 0 && check(t, ask(c)).Kept() != kept {
							t.Fatalf("%s of %d citizens and %d foreigners: it says most %d, need %d; %+v is kept: %v", l.Rule.Group, citizens, foreigners, l.Most, l.Need, c, !kept)
						}
					}
				}
			}
		}
	}
}

func TestABranchIsExemptUpToThirtyWorkersAndSince2023UpToTen(t *testing.T) {
	for _, c := range []struct {
		on      calendar.Date
		workers int
		exempt  bool
	}{
		{calendar.DateOf(2018, 1, 9), 30, true}, {calendar.DateOf(2018, 1, 9), 31, false},
		{calendar.DateOf(2023, 6, 30), 30, true}, {calendar.DateOf(2023, 7, 1), 30, false},
		{day, 10, true}, {day, 11, false}, {day, 0, false},
	} {
		a := regional(ratio.Count{Citizens: 1, Foreigners: 9}, ratio.Count{})
		a.On, a.Claims, a.Workers = c.on, []string{"foreign-branch"}, c.workers
		if got := check(t, a); got.Kept() != c.exempt {
			t.Errorf("on %s a branch of %d: exempt %v, want %v", c.on, c.workers, got.Kept(), c.exempt)
		}
	}
}

func TestATransferHasNoExemption(t *testing.T) {
	a := transfer(ratio.Count{Foreigners: 1}, ratio.Count{})
	a.Claims = []string{"small", "state"}
	if check(t, a).Kept() {
		t.Error("a small business is exempt from the ratio of a transfer")
	}
}

func TestNumbersThatCannotBeAreRefusedAtTheirField(t *testing.T) {
	_, err := ratio.Check(regional(ratio.Count{Citizens: -1}, ratio.Count{Foreigners: ratio.MaxStaff + 1}))
	e := problem.Of(err)
	if e == nil || len(e.Fields) != 2 || e.Fields[0].Name != "leaders_citizens" || e.Fields[1].Name != "others_foreigners" {
		t.Errorf("got %v", err)
	}
}

func TestEveryAnswerExplainsItselfInThreeLanguages(t *testing.T) {
	exempt := regional(ratio.Count{Citizens: 1, Foreigners: 1}, ratio.Count{Citizens: 90, Foreigners: 1})
	exempt.Claims, exempt.Workers = []string{"foreign-branch"}, 10
	for _, a := range []ratio.Asked{exempt, regional(ratio.Count{Citizens: 1, Foreigners: 9}, ratio.Count{}), transfer(ratio.Count{Citizens: 2, Foreigners: 1}, ratio.Count{})} {
		for _, m := range check(t, a).Explain() {
			for _, tag := range lang.Tags {
				if said := m.In(tag); said == m.Key || said == "" {
					t.Errorf("%s has no words in %s", m.Key, tag)
				}
			}
		}
	}
}
