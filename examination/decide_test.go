package examination_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/procedure"
)

// flawed has a driver asked for as a specialist; his passport has expired.
func flawed() []examination.Line {
	f := sound("2025-09-01")
	f.worker().PositionRU, f.worker().PassportUntil = "водитель", day("2025-08-01")
	return examination.Examine(f.File)
}

func TestAnExecutorDecidesOtherwiseOnlyInWords(t *testing.T) {
	const ok, wrong, na = examination.OK, examination.Problem, examination.NotApplicable
	for what, c := range map[string]struct {
		decision examination.Decision
		field    string // of what is wrong; none if it is taken
	}{
		"confirmed":                  {examination.Decision{Key: "category", Outcome: wrong}, ""},
		"overruled without a word":   {examination.Decision{Key: "category", Outcome: ok}, "say-category"},
		"overruled in words":         {examination.Decision{Key: "category", Outcome: ok, Say: "водит испытательный стенд"}, ""},
		"overruled with blanks":      {examination.Decision{Key: "category", Outcome: na, Say: "  "}, "say-category"},
		"found where nothing was":    {examination.Decision{Key: "months", Outcome: wrong}, "say-months"},
		"in order, so does not bind": {examination.Decision{Key: "months", Outcome: na}, ""},
		"what nobody could check":    {examination.Decision{Key: "qualification", Outcome: ok}, ""},
		"a line there is not":        {examination.Decision{Key: "weather", Outcome: ok}, "line-weather"},
		"an outcome there is not":    {examination.Decision{Key: "category", Outcome: examination.Look}, "line-category"},
		"to be returned":             {examination.Decision{Key: "complete", Outcome: wrong, Say: "пусто"}, "line-complete"},
		"too many words":             {examination.Decision{Key: "months", Outcome: ok, Say: strings.Repeat("я", 2001)}, "say-months"},
	} {
		decisions := []examination.Decision{c.decision, {Key: "unexpired", Outcome: ok, Say: "паспорт продлён, отметка на с. 3"}}
		_, err := examination.Decide(flawed(), decisions)
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: refused: %v", what, err)
		case c.field != "" && (err == nil || problem.Of(err).Kind != problem.Invalid || problem.Of(err).Fields[0].Name != c.field):
			t.Errorf("%s: %v, want what is wrong at %s", what, err, c.field)
		}
	}
}

// The package has expired: it can be accepted only by who says why it has not.
func TestAPackageThatHasToBeReturnedIsNotAcceptedInSilence(t *testing.T) {
	if _, err := examination.Decide(flawed(), nil); err == nil || problem.Of(err).Fields[0].Name != "line-unexpired" {
		t.Errorf("accepted with an expired passport: %v", err)
	}
}

func TestWhatWasProposedStandsBesideWhatWasDecided(t *testing.T) {
	list, err := examination.Decide(flawed(), []examination.Decision{
		{Key: "unexpired", Outcome: examination.OK, Say: "продлён"}, {Key: "category", Outcome: examination.Problem},
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	var back []procedure.Finding
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	for _, x := range back {
		switch x.Key {
		case "unexpired":
			if !x.OK || x.Proposed != "problem" || x.Say != "продлён" || !strings.Contains(x.Found[0].In(lang.RU), "1 августа 2025 года") {
				t.Errorf("kept as %+v", x)
			}
		case "category":
			if x.OK || x.Outcome != "problem" || !strings.Contains(x.Cure[0].In(lang.KK), "төртінші санат") {
				t.Errorf("kept as %+v", x)
			}
		case "ratio":
			if x.OK || x.Outcome != "" || x.Proposed != "ok" {
				t.Errorf("what nobody looked at is kept as %+v", x)
			}
		case "no-ban":
			if len(x.Proof) != 1 || x.Proof[0].Source.In(lang.RU) != "Единый реестр административных производств" {
				t.Errorf("kept on the evidence %+v", x.Proof)
			}
		}
	}
}

func TestARefusalIsProposedForWhatStandsWithWhatWouldCureIt(t *testing.T) {
	p := examination.Propose(flawed(), nil)
	if !slices.Equal(p.Reasons, []string{"expired"}) || !slices.Equal(p.Grounds, []string{"qualification"}) {
		t.Errorf("proposed are %v and %v", p.Reasons, p.Grounds)
	}
	for _, want := range []string{"водитель", "Измените категорию (четвёртая категория)", "№ 279"} {
		if got := examination.Words(p.RefusalOver, lang.RU); !strings.Contains(got, want) {
			t.Errorf("the words lack %q: %s", want, got)
		}
	}
	over := []procedure.Finding{{Key: "category", OK: true, Outcome: "ok"}, {Key: "no-ban", Outcome: "problem"}}
	if p := examination.Propose(flawed(), over); !slices.Equal(p.Grounds, []string{"without-permit"}) || len(p.RefusalOver) != 0 {
		t.Errorf("after the executor has decided, proposed is %v over %d findings", p.Grounds, len(p.RefusalOver))
	}
}
