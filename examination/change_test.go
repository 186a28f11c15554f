package examination_test

import (
	"strings"
	"testing"

	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

func TestAReissueDiffersInWhatItsReasonSays(t *testing.T) {
	const number = "KZ33IRS00000001"
	for what, c := range map[string]struct {
		reason string
		change func(f *file)
		want   examination.Outcome
		says   string
	}{
		"no reason":              {"", func(*file) {}, examination.Problem, "not said why"},
		"another person":         {"person", func(f *file) { f.Permits[0].Worker = "SOMEBODY ELSE" }, examination.OK, "fits the reason"},
		"the same person":        {"person", func(*file) {}, examination.Problem, "the same one"},
		"another position":       {"data", func(f *file) { f.Permits[0].Position = lang.Same("архитектор") }, examination.OK, "fits the reason"},
		"nothing that one sees":  {"data", func(*file) {}, examination.Look, "nothing differs"},
		"another name":           {"data", func(f *file) { f.Permits[0].Worker = "SOMEBODY ELSE" }, examination.Look, "the same person"},
		"an old register":        {"person", func(f *file) { f.Permits[0].Worker = "" }, examination.Unknown, "no name"},
		"a permit not in theirs": {"data", func(f *file) { f.Permits = nil }, examination.Unknown, "No such number"},
	} {
		f := sound("2025-10-15")
		w := &f.Application.Workers[0]
		f.Application.Operation, f.Application.Change, w.Permit = law.Reissue, c.reason, number
		f.Permits = []registry.Permit{{
			Number: number, Operation: law.Issue, Employer: bin, Category: law.III, Worker: w.Latin(), Citizenship: w.Citizenship,
			Position: lang.Text{KK: w.PositionKK, RU: w.PositionRU}, NKZ: w.NKZ, From: day("2024-12-02"), Until: day("2025-12-01"),
		}}
		f.attach()
		c.change(f)
		l := f.line(t, "change")
		if l.Outcome != c.want || !strings.Contains(said(l, lang.EN), c.says) {
			t.Errorf("%s: %s saying %q, want %s saying %q", what, l.Outcome, said(l, lang.EN), c.want, c.says)
		}
	}
}
