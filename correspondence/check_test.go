package correspondence_test

import (
	"slices"
	"strings"
	"testing"

	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/registry"
)

// Each of these letters could have gone out, had nobody looked.
func TestALetterThatDoesNotHoldIsFoundBeforeItIsSigned(t *testing.T) {
	change := func(old, new string, tags ...lang.Tag) func(*correspondence.Letter) {
		return func(l *correspondence.Letter) {
			for i, p := range l.Paper.Body {
				for _, tag := range tags {
					if tag == lang.KK {
						l.Paper.Body[i].Text.KK = strings.Replace(p.Text.KK, old, new, 1)
					} else {
						l.Paper.Body[i].Text.RU = strings.Replace(p.Text.RU, old, new, 1)
					}
				}
			}
		}
	}
	for what, c := range map[string]struct {
		spoil func(*correspondence.Letter)
		key   string
		at    string
	}{
		"another number in the Kazakh half":    {change("45 рұқсат", "54 рұқсат", lang.KK), "correspondence.halves", "body.5"},
		"another day in the Russian half":      {change("27 августа", "28 августа", lang.RU), "correspondence.halves", "body.1"},
		"another order in the Kazakh half":     {change("№ 279", "№ 297", lang.KK), "correspondence.halves", "body.4"},
		"another employer in the Russian half": {change("Alacem", "Alaсem", lang.RU), "correspondence.halves", "body.5"},
		"the flow told for the stock in both":  {change("65 ", "45 ", lang.KK, lang.RU), "correspondence.not-said", "body.8"},
		"a figure of more permits than counted": {func(l *correspondence.Letter) { l.Figures[0].Permits++ },
			"correspondence.not-behind", "body.5"},
		"a permit of 2024 among those of 2025": {func(l *correspondence.Letter) {
			i := slices.IndexFunc(l.Answer.Behind, func(p registry.Permit) bool { return p.Issued.Year == 2024 })
			l.Figures[0].Numbers[0] = l.Answer.Behind[i].Number
		}, "correspondence.mixed", "body.5"},
		"both kinds in one paragraph": {func(l *correspondence.Letter) { l.Figures[0].Paragraph = l.Figures[2].Paragraph },
			"correspondence.both-kinds", "body.8"},
		"parts that do not add up": {func(l *correspondence.Letter) { l.Answer.Citizenship["IN"]++ },
			"correspondence.parts", "answer"},
		"one worker counted twice": {func(l *correspondence.Letter) { l.Answer.Behind[1].WorkerRef = l.Answer.Behind[0].WorkerRef },
			"correspondence.same-worker", "answer"},
		"an address of another house": {func(l *correspondence.Letter) {
			l.Paper.From.Address.RU = strings.Replace(l.Paper.From.Address.RU, "26", "62", 1)
		},
			"correspondence.halves", "letterhead.address"},
	} {
		l := compose(t, request(t), register(t))
		c.spoil(&l)
		err := problem.Of(l.Check())
		if err == nil {
			t.Errorf("%s: nothing is found", what)
			continue
		}
		if !slices.ContainsFunc(err.Fields, func(f problem.Field) bool { return f.Say.Key == c.key && f.Name == c.at }) {
			t.Errorf("%s: found %+v, want %s at %s", what, err.Fields, c.key, c.at)
		}
	}
}

func TestTheDifferenceOfTheHalvesIsTold(t *testing.T) {
	l := compose(t, request(t), register(t))
	l.Paper.Body[0].Text.KK = strings.Replace(l.Paper.Body[0].Text.KK, "27 тамыз", "26 тамыз", 1)
	err := problem.Of(l.Check())
	if err == nil {
		t.Fatal("nothing is found")
	}
	want := "Казахский и русский тексты расходятся. Только в казахском: 2025-08-26. Только в русском: 2025-08-27."
	if got := err.Fields[0].Say.In(lang.RU); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
