package rulebook_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/rulebook"
)

func book(t *testing.T, code, on string) rulebook.Book {
	t.Helper()
	s, ok := law.ServiceBy(code)
	if !ok {
		t.Fatalf("no service %q", code)
	}
	day, err := calendar.ParseDate(on)
	if err != nil {
		t.Fatal(err)
	}
	b, err := rulebook.On(s, day)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var days = []string{"2017-07-03", "2020-05-01", "2020-06-19", "2021-07-01", "2023-07-01", "2025-09-01", "2026-01-05"}

func TestEveryRuleNamesAnActSinceWhenAndHowSureInThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, s := range law.Services() {
		for _, on := range days {
			b := book(t, s.Code(), on)
			keys := map[string]bool{}
			for _, l := range b.Lines {
				if keys[l.Key] {
					t.Errorf("%s on %s: %s stands twice", s.Code(), on, l.Key)
				}
				keys[l.Key] = true
				if _, known := l.Cite.Act(); !known || l.From.IsZero() || l.Sure == "" || l.From.After(b.On) {
					t.Errorf("%s on %s: %s rests on %q since %s (%s)", s.Code(), on, l.Key, l.Cite, l.From, l.Sure)
				}
				for _, tag := range lang.Tags {
					for _, said := range append([]lang.Speaker{l.Name}, l.Is...) {
						if w := said.In(tag); w == "" || strings.HasPrefix(w, "rulebook.") || strings.Contains(w, "{") {
							t.Errorf("%s on %s: %s says %q in %s", s.Code(), on, l.Key, w, tag)
						}
					}
				}
			}
			for _, section := range []rulebook.Section{rulebook.Facts, rulebook.Steps, rulebook.Terms, rulebook.Documents, rulebook.Checklist, rulebook.Returns, rulebook.Grounds, rulebook.Categories} {
				if len(b.Of(section)) == 0 {
					t.Errorf("%s on %s has no %s", s.Code(), on, section)
				}
			}
		}
	}
}

// What the page says of the fee is what the case is asked for.
func TestAServiceIsFreeWhereACaseOfItOwesNothing(t *testing.T) {
	t.Parallel()
	for _, s := range law.Services() {
		c := procedure.Case{}
		c.Application.Operation, c.Application.Scheme = s.Operation, s.Scheme
		b := book(t, s.Code(), "2017-07-03")
		has := func(key string) bool {
			return slices.ContainsFunc(b.Lines, func(l rulebook.Line) bool { return l.Key == key })
		}
		if has("facts paid") != c.FeeDue() || has("facts free") == c.FeeDue() || has("term payment") != c.FeeDue() || (len(b.Of(rulebook.Rates)) > 0) != c.FeeDue() {
			t.Errorf("%s: a fee is due: %v; the book says paid %v, free %v, a term to pay %v, %d rates",
				s.Code(), c.FeeDue(), has("facts paid"), has("facts free"), has("term payment"), len(b.Of(rulebook.Rates)))
		}
	}
}

func TestTheTermsAreThoseOfTheRegulation(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"issue": "8 working days", "extension": "4 working days", "reissue": "6 working days", "issue-ict": "8 working days", "reissue-ict": "6 working days", "extension-ict": "6 working days"} {
		for _, l := range book(t, code, "2017-07-03").Of(rulebook.Terms) {
			if l.Key == "term answer" && l.Is[0].In(lang.EN) != want {
				t.Errorf("%s: the answer is due in %s, want %s", code, l.Is[0].In(lang.EN), want)
			}
		}
	}
}

func TestTwoDaysAreCompared(t *testing.T) {
	t.Parallel()
	changes := func(code, from, to string) map[string]rulebook.Kind {
		list := map[string]rulebook.Kind{}
		for _, c := range rulebook.Compare(book(t, code, from), book(t, code, to)) {
			list[c.Line().Key] = c.Kind
		}
		return list
	}
	may := changes("issue", "2020-04-30", "2020-05-01")
	for key, want := range map[string]rulebook.Kind{
		"documents fitness": rulebook.Added, "documents experience": rulebook.Ended, "facts form": rulebook.Ended, "facts form-electronic": rulebook.Added,
		"facts channel-office": rulebook.Ended, "facts channel-portal": rulebook.Moved,
	} {
		if may[key] != want {
			t.Errorf("on 1 May 2020 %s: %q, want %q", key, may[key], want)
		}
	}
	if june := changes("issue", "2020-06-18", "2020-06-19"); june["term answer"] != rulebook.Changed {
		t.Errorf("from the regulation to Order 559 the answer is %q, want changed: 8 days became 7", june["term answer"])
	}
	if july := changes("issue", "2023-06-30", "2023-07-01"); july["exemption foreign-branch"] != rulebook.Changed || july["counting outstaffed"] != rulebook.Added {
		t.Errorf("on 1 July 2023 the branch of thirty is %q, outstaffed workers %q", july["exemption foreign-branch"], july["counting outstaffed"])
	}
	if same := changes("issue", "2017-07-03", "2017-07-04"); len(same) > 0 {
		t.Errorf("from one day to the next %v", same)
	}
	if window := changes("extension", "2020-04-30", "2020-05-01"); window["window"] != rulebook.Changed {
		t.Errorf("the window of 1 May 2020 is %q", window["window"])
	}
}

func TestADayBeforeAnyLawIsAnErrorThatSaysSo(t *testing.T) {
	t.Parallel()
	_, err := rulebook.On(law.Services()[0], calendar.DateOf(1999, 1, 1))
	if _, ok := err.(law.OutsideLaw); !ok {
		t.Errorf("got %v", err)
	}
}

func TestABookIsJSONWithItsActsByName(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(book(t, "issue", "2017-07-03"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"service":"issue"`, `"cite":"WKO 142/2017 ¶ 7(3)"`, `Постановление акимата Западно-Казахстанской области`, `"sure":"assumed"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the JSON lacks %s", want)
		}
	}
}
