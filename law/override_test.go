package law

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"ruqsat/calendar"
)

// laid returns the data with an operator's file over them, and leaves those of the
// other tests alone.
func laid(t *testing.T, text string) (*all, error) {
	t.Helper()
	var o override
	if _, err := toml.Decode(text, &o); err != nil {
		t.Fatal(err)
	}
	return loadWith(files, func(d *all) error { return d.lay(o) })
}

func TestAnOperatorsValueTakesThePlaceOfOurGuess(t *testing.T) {
	d, err := laid(t, `
why = "Order of the head of 2026-01-12, No. 4"
[[term]]
name = "correction"
of = ["all"]
value = [{ from = 2021-07-01, is = "2 working days", cite = "APPC", sure = "secondary" }]
[[setting]]
name = "hearing-pauses"
value = [{ from = 2021-07-01, is = "no", cite = "APPC art. 73", sure = "assumed" }]
`)
	if err != nil {
		t.Fatal(err)
	}
	got := d.terms[termKey{Correction, Issue, Regional}]
	if len(got) != 1 || got[0].N != 2 || !got[0].Operator {
		t.Errorf("the time to correct is %+v, want the operator's 2 working days, marked as his", got)
	}
	marked := 0
	for _, v := range d.sourced() {
		if v.Operator {
			marked++
		}
	}
	if marked != 2 {
		t.Errorf("%d values are marked as the operator's, want 2", marked)
	}
	if v, err := TermOn(Correction, Issue, Regional, calendar.DateOf(2025, 9, 1)); err != nil || v.N != 5 {
		t.Errorf("outside that file the time to correct is %d (%v), want 5", v.N, err)
	}
}

func TestAnOperatorCannotChangeWhatWasReadOrMakeThingsUp(t *testing.T) {
	value := func(name, from, is string) string {
		return "[[term]]\nname = \"" + name + "\"\nof = [\"all\"]\nvalue = [{ from = " + from + ", is = \"" + is + "\", cite = \"APPC\", sure = \"assumed\" }]\n"
	}
	for text, want := range map[string]string{
		value("register", "2017-06-28", "5 working days"): "was read in",
		value("register", "2019-01-01", "5 working days"): "no value from 2019-01-01",
		value("correction", "2021-07-01", "a few days"):   "is no term",
		value("coffee", "2021-07-01", "5 working days"):   "there is no term coffee",
		"[[setting]]\nname = \"mood\"\nvalue = []\n":      `no setting "mood"`,
		"[[setting]]\nname = \"hearing-pauses\"\nvalue = [{ from = 2021-07-01, is = \"maybe\", cite = \"APPC\", sure = \"assumed\" }]\n":                                                       `cannot be "maybe"`,
		value("correction", "2021-07-01", "5 working days") + "[[setting]]\nname = \"outage-minutes\"\nvalue = [{ from = 2017-01-01, is = \"-1\", cite = \"Order 9\", sure = \"assumed\" }]\n": "unknown act",
	} {
		if _, err := laid(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q\nis refused with %v, want one that says %q", text, err, want)
		}
	}
	if err := Use("file", []byte("[[term]]\n")); err == nil || !strings.Contains(err.Error(), "say why") {
		t.Errorf("a file that does not say why: %v", err)
	}
}
