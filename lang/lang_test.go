package lang

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var placeholder = regexp.MustCompile(`\{[a-z-]+\}`)

// A value left out of one language would leave its reader without it.
func TestEverySentenceFillsTheSamePlacesInEveryLanguage(t *testing.T) {
	for key, e := range catalog() {
		want := places(e[RU])
		for _, tag := range Tags {
			if got := places(e[tag]); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the places %v, ru has %v", key, tag, got, want)
			}
		}
	}
}

func places(f forms) []string {
	var all []string
	for _, words := range f {
		all = append(all, placeholder.FindAllString(words, -1)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestNoSentenceIsLeftUntranslated(t *testing.T) {
	letters := regexp.MustCompile(`\p{L}{4,}`)
	cyrillic := regexp.MustCompile(`\p{Cyrillic}`)
	for key, e := range catalog() {
		for _, words := range e[EN] {
			if cyrillic.MatchString(words) && !strings.Contains(words, "рұқсат") && !strings.ContainsAny(words, "«(№") {
				t.Errorf("%s: the English is in Cyrillic: %s", key, words)
			}
		}
		for _, tag := range Official {
			for form, words := range e[tag] {
				bare := placeholder.ReplaceAllString(words, "")
				if letters.MatchString(bare) && bare == placeholder.ReplaceAllString(e[EN][form], "") && !cyrillic.MatchString(bare) && strings.Contains(bare, " ") {
					t.Errorf("%s: %s says the same as English: %s", key, tag, words)
				}
			}
		}
	}
}

func TestACatalogThatLacksALanguageIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no Kazakh":       "[a.b]\nru = \"да\"\nen = \"yes\"\n",
		"a fourth":        "[a.b]\nkk = \"иә\"\nru = \"да\"\nen = \"yes\"\nde = \"ja\"\n",
		"an unknown form": "[a.b]\nkk = \"иә\"\nru = { two = \"да\" }\nen = \"yes\"\n",
	} {
		fsys := fstest.MapFS{"catalog/a.toml": {Data: []byte(text)}}
		if _, err := load(fsys); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

func TestRussianCountsInThreeForms(t *testing.T) {
	e := entry{RU: {formOf(RU, 1): "{n} день", formOf(RU, 2): "{n} дня", formOf(RU, 5): "{n} дней"}}
	for n, want := range map[int]string{1: "1 день", 3: "3 дня", 11: "11 дней", 21: "21 день", 104: "104 дня"} {
		if got := fill(e.form(RU, Args{"n": n}), RU, Args{"n": n}); got != want {
			t.Errorf("%d is said %q, want %q", n, got, want)
		}
	}
}

func TestADayIsWrittenOutInThreeLanguages(t *testing.T) {
	for tag, want := range map[Tag]string{KK: "2017 жылғы 3 шілде", RU: "3 июля 2017 года", EN: "3 July 2017"} {
		if got := FormatDay(tag, 2017, time.July, 3); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestAStoredMessageKeepsItsWords(t *testing.T) {
	raw, err := json.Marshal(Say(Text{"иә", "да", "yes"}))
	if err != nil {
		t.Fatal(err)
	}
	var back Message
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if got := back.In(KK) + back.In(RU) + back.In(EN); got != "иәдаyes" {
		t.Errorf("read back from %s as %q", raw, got)
	}
}
