package demo_test

import (
	"testing"
	"time"

	"ruqsat/demo"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/statistics"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// The register of the country gives the release of 1 December 2025 as it was
// published, and finds that its parts add up to two more than its total.
func TestTheCountryGivesThePublishedReleaseAndTheDifferenceInIt(t *testing.T) {
	if testing.Short() {
		t.Skip("takes in the register of a country")
	}
	t.Parallel()
	now := demo.CountryDay.At(12, 0, time.UTC)
	o := &office.Office{DB: storetest.Open(t, storetest.SQLite(t)), Now: func() time.Time { return now }}
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	if _, err := demo.Country(t.Context(), o, demo.CountryDay); err != nil {
		t.Fatal(err)
	}
	r, err := o.Release(t.Context(), demo.CountryDay)
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != 14105 || r.Sum() != r.Total {
		t.Errorf("the total is %d and the parts add up to %d, want 14105 both", r.Total, r.Sum())
	}
	for _, l := range r.Published.Parts {
		if n := r.Part(l.Part); n != l.Permits {
			t.Errorf("%s: %d in the register, %d published", l.Part, n, l.Permits)
		}
	}
	for i, c := range r.Published.Countries {
		if r.Countries[i] != c {
			t.Errorf("the register has %+v, published is %+v", r.Countries[i], c)
		}
	}
	if r.Employers != r.Published.Employers {
		t.Errorf("%d employers, published are %d", r.Employers, r.Published.Employers)
	}
	if said := r.Said(lang.EN); len(said) != 3 || said[1] != "The published parts add up to 14105, its total is 14103: they differ by 2." {
		t.Errorf("the notes are %q", said)
	}
	early, err := o.Stock(t.Context(), demo.CountryDay.AddMonths(-10))
	if err != nil {
		t.Fatal(err)
	}
	if summer, winter := r.Part(statistics.PartSeasonal), early.ByPart()[statistics.PartSeasonal]; winter*2 > summer {
		t.Errorf("seasonal work has no wave: %d in February, %d in December", winter, summer)
	}
	wrong, err := o.Check(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("the check finds %v (%v)", wrong, err)
	}
}
