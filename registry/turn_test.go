package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruqsat/calendar"
	"ruqsat/registry"
)

func TestAnEmployerCountsOnceHoweverManyPermitsItHas(t *testing.T) {
	d := func(n int) calendar.Date { return calendar.DateOf(2025, 3, n) }
	span := registry.Span{From: d(1), Until: d(20)}
	for _, c := range []struct {
		name    string
		levels  []registry.Level
		permits int
		want    []registry.Turn
	}{
		{"the first permit", []registry.Level{{From: d(1), Permits: 0}}, 1, []registry.Turn{{On: d(1), Employers: 1}, {On: d(20), Employers: -1}}},
		{"one more", []registry.Level{{From: d(1), Permits: 3}}, 1, nil},
		{"one that outlasts another", []registry.Level{{From: d(1), Permits: 1}, {From: d(10), Permits: 0}}, 1,
			[]registry.Turn{{On: d(10), Employers: 1}, {On: d(20), Employers: -1}}},
		{"one that fills a gap", []registry.Level{{From: d(1), Permits: 1}, {From: d(5), Permits: 0}, {From: d(9), Permits: 2}}, 1,
			[]registry.Turn{{On: d(5), Employers: 1}, {On: d(9), Employers: -1}}},
		{"the last one is revoked", []registry.Level{{From: d(1), Permits: 1}}, -1,
			[]registry.Turn{{On: d(1), Employers: -1}, {On: d(20), Employers: 1}}},
		{"one of two is revoked", []registry.Level{{From: d(1), Permits: 2}, {From: d(8), Permits: 1}}, -1,
			[]registry.Turn{{On: d(8), Employers: -1}, {On: d(20), Employers: 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := registry.Turns(c.levels, registry.Shift{Span: span, Permits: c.permits})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("turns (-want +got):\n%s", diff)
			}
		})
	}
}

func TestANameIsFoundByWhatItsWordsBeginWith(t *testing.T) {
	for _, c := range []struct{ typed, from, until string }{
		{"Қайрат", "kairat", "kairau"},
		{"ТОО «Образец 12", "obrazes12", "obrazes13"},
		{"мыз", "miz", "mj"},
		{"99", "99", "9a"},
		{"zz", "zz", ""},
		{"%_", "", ""},
	} {
		if from, until := registry.KeyRange(c.typed); from != c.from || until != c.until {
			t.Errorf("%q is looked up from %q to %q, want %q to %q", c.typed, from, until, c.from, c.until)
		}
	}
}
