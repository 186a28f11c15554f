package quota_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/quota"
)

var today = calendar.DateOf(2025, 8, 4)

func at(region string, c law.Category) quota.Line {
	return quota.Line{Year: 2025, Region: region, Category: c}
}

// anOrder gives seven permits and moves one.
func anOrder() quota.Record {
	return quota.Record{
		Number: "397", Date: today, Year: 2025, Title: "О квоте", Units: 20, Percent: 25,
		Gives:  []quota.Give{{Line: at("27", law.III), Permits: 3}, {Line: at("33", law.III), Permits: 4}},
		Shifts: []quota.Shift{{From: at("27", law.III), To: at("27", law.IV), Permits: 1}}, Sums: quota.Sums{Total: 8},
	}
}

func TestAnOrderIsCheckedFieldByField(t *testing.T) {
	if err := anOrder().Check(today); err != nil {
		t.Fatalf("a good order: %v", err)
	}
	for _, c := range []struct {
		what, key string
		spoil     func(*quota.Record)
	}{
		{"no number", "quota.no-number", func(r *quota.Record) { r.Number = "" }},
		{"no date", "quota.no-date", func(r *quota.Record) { r.Date = calendar.Date{} }},
		{"a date still to come", "quota.future-order", func(r *quota.Record) { r.Date = today.AddDays(1) }},
		{"a year too far", "quota.bad-year", func(r *quota.Record) { r.Year = 2027 }},
		{"no title", "quota.no-title", func(r *quota.Record) { r.Title = "" }},
		{"a per cent without permits", "quota.percent-alone", func(r *quota.Record) { r.Units = 0 }},
		{"more than the ceiling", "quota.over-percent", func(r *quota.Record) { r.Force = 7999 }},
		{"nothing", "quota.empty-order", func(r *quota.Record) { r.Units, r.Percent, r.Gives, r.Shifts = 0, 0, nil, nil }},
		{"a line twice", "quota.line-twice", func(r *quota.Record) { r.Gives[1].Line = r.Gives[0].Line }},
		{"a region nobody knows", "quota.bad-line", func(r *quota.Record) { r.Gives[0].Line.Region = "99" }},
		{"a line of another year", "quota.bad-line", func(r *quota.Record) { r.Gives[0].Line.Year = 2024 }},
		{"a transfer", "quota.bad-line", func(r *quota.Record) { r.Gives[0].Line.Category = law.ICTHead }},
		{"less than nothing", "quota.nothing-allotted", func(r *quota.Record) { r.Gives[0].Permits = -3 }},
		{"a move to itself", "quota.bad-move", func(r *quota.Record) { r.Shifts[0].To = r.Shifts[0].From }},
		{"a total that is another", "quota.sum-total", func(r *quota.Record) { r.Sums.Total = 9 }},
		{"a region's sum that is another", "quota.sum-region", func(r *quota.Record) { r.Sums.ByRegion = map[string]quota.Permits{"27": 4, "33": 3} }},
		{"a category's sum that is another", "quota.sum-line", func(r *quota.Record) { r.Sums.ByLine = map[law.Category]quota.Permits{law.III: 6, law.II: 1} }},
	} {
		r := anOrder()
		c.spoil(&r)
		err := r.Check(today)
		if err == nil {
			t.Errorf("%s is taken", c.what)
			continue
		}
		said := false
		for _, f := range problem.Of(err).Fields {
			said = said || f.Say.Key == c.key
		}
		if !said {
			t.Errorf("%s: %v, want %s", c.what, err, c.key)
		}
	}
}

func TestAPercentIsACeilingAndIsReadAsItIsWrittenHere(t *testing.T) {
	for text, want := range map[string]quota.Percent{"0.25": 25, "0,2": 20, "1": 100, "0,25 %": 25, "": 0} {
		if got, err := quota.ParsePercent(text); err != nil || got != want {
			t.Errorf("%q is read as %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"0.255", "-1", "много", "100"} {
		if got, err := quota.ParsePercent(text); err == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	if got := quota.Percent(25).Of(9_700_000); got != 24_250 {
		t.Errorf("0.25 %% of 9.7 million comes to %d, want 24 250", got)
	}
}

func TestAnOrderIsReadBackFromTheTableItIsWrittenAs(t *testing.T) {
	gives, moves := anOrder(), anOrder()
	gives.Shifts, moves.Gives = nil, nil
	for _, r := range []quota.Record{gives, moves} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(r.Table()); err != nil {
			t.Fatal(err)
		}
		rows, err := quota.ReadCSV(&b)
		if err != nil {
			t.Fatal(err)
		}
		s, err := quota.ReadSheet(rows, 2025)
		if err != nil {
			t.Fatalf("%s: %v", r.Kind(), err)
		}
		r.Gives, r.Shifts, r.Sums = s.Gives, s.Shifts, s.Sums
		if err := r.Check(today); err != nil || r.Given()+r.Moved() == 0 {
			t.Errorf("it came back as %+v: %v", r, err)
		}
	}
}

func TestEachBadRowIsNamedWithItsReason(t *testing.T) {
	const table = "kato;region;I;II;III;IV;seasonal;total\n27;;1;2;x;;;3\n27;;1;;;;;1\n33;Западно-Казахстанская область;1;;;;;2\n\ntotal;;3;2;;;;9\n"
	rows, err := quota.ReadCSV(strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	_, err = quota.ReadSheet(rows, 2025)
	if err == nil {
		t.Fatal("a bad table is taken")
	}
	var got []string
	for _, f := range problem.Of(err).Fields {
		got = append(got, f.Say.In(lang.EN))
	}
	want := []string{
		"Row 2, column III: permits are counted whole: x.", "Row 3, column kato: this region stands in row 2 already.",
		"Row 4, column region: the name does not fit the number: Западно-Казахстанская область; the number is that of Zhetysu Region.",
		"Row 4, column total: the control sum does not add up: it says 2, counted are 1.",
		"Row 6, column total: the control sum does not add up: it says 9, counted are 5.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("it says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func FuzzATableIsTakenWholeOrRefused(f *testing.F) {
	f.Add("kato,region,I,II,III,IV,seasonal,total\n27,,1,2,3,,,6\ntotal,,1,2,3,,,6\n")
	f.Add("from_kato,from_line,to_kato,to_line,permits\n33,III,27,III,2\ntotal,,,,2\n")
	f.Add("\ufeffkato;region;I\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := quota.ReadCSV(strings.NewReader(text))
		if err != nil {
			return
		}
		s, err := quota.ReadSheet(rows, 2025)
		if err != nil {
			if len(problem.Of(err).Fields) == 0 {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		r := quota.Record{Number: "1", Date: today, Year: 2025, Title: "t", Units: 1, Gives: s.Gives, Shifts: s.Shifts, Sums: s.Sums}
		if r.Given()+r.Moved() > 0 && r.Total() != s.Sums.Total {
			t.Errorf("a table whose total is %d was taken with %d", s.Sums.Total, r.Total())
		}
	})
}

func TestTheOutlookSaysHowSureItIs(t *testing.T) {
	b := quota.Balance{Line: line, Allotted: 100, Held: 10, Used: 40}
	o := quota.Look(b, quota.Pace{Taken: 45, Cases: 16, Days: 90}, 2025, calendar.DateOf(2025, 4, 1))
	// Half a permit a day: fifty are gone in a hundred days; by half faster in 67,
	// by half slower in two hundred.
	if o.Gone != calendar.DateOf(2025, 7, 10) || o.Early != calendar.DateOf(2025, 6, 7) || o.Late != calendar.DateOf(2025, 10, 18) {
		t.Errorf("gone on %s, between %s and %s", o.Gone, o.Early, o.Late)
	}
	if o := quota.Look(b, quota.Pace{Taken: 45, Cases: 3, Days: 90}, 2025, today); !o.Few || !o.Gone.IsZero() {
		t.Errorf("three cases foretell %+v", o)
	}
	if o := quota.Look(b, quota.Pace{Taken: 4, Cases: 4, Days: 90}, 2025, today); !o.Gone.IsZero() || o.Few {
		t.Errorf("what lasts beyond the year is gone on %s", o.Gone)
	}
	if o := quota.Look(quota.Balance{Allotted: 5, Used: 5}, quota.Pace{}, 2025, today); !o.Empty {
		t.Error("an empty line is not said to be empty")
	}
}

func TestDemandIsPutTogetherByCategoryAndPosition(t *testing.T) {
	row := func(c law.Category, title string, n quota.Permits) quota.Position {
		return quota.Position{Category: c, Title: title, Permits: n}
	}
	all := quota.Consolidate(2026, "33", []quota.Demand{
		{Valid: 4, Rows: []quota.Position{row(law.III, "сварщик", 3), row(law.I, "директор", 1)}},
		{Valid: 1, Rows: []quota.Position{row(law.III, "сварщик", 5)}},
	})
	if all.Count != 2 || all.Valid != 5 || all.Sum() != 9 || all.By()[law.III] != 8 || len(all.Rows) != 2 || all.Rows[0].Category != law.I {
		t.Errorf("together they ask for %+v", all)
	}
}

func TestAnEmptyTemplateIsNoOrder(t *testing.T) {
	var rows []quota.SheetRow
	for i, cells := range quota.Template(lang.KK, law.RegionsOn(today)) {
		rows = append(rows, quota.SheetRow{Line: i + 1, Cells: cells})
	}
	if len(rows) != 22 {
		t.Errorf("the template has %d rows, want 20 regions between a head and sums", len(rows))
	}
	if _, err := quota.ReadSheet(rows, 2025); err == nil {
		t.Error("a template nobody filled in is taken for an order")
	}
}

func TestATotalThatIsNotWhatItsEntriesComeToIsFound(t *testing.T) {
	a, b, c := at("27", law.III), at("33", law.III), at("23", law.III)
	entries := []quota.Entry{
		{Line: a, Kind: quota.Allot, Permits: 9}, {Line: a, To: b, Kind: quota.Move, Permits: 4}, {Line: a, Kind: quota.Hold, Permits: 2, Case: "A"},
	}
	good := []quota.Balance{{Line: a, Allotted: 5, Held: 2}, {Line: b, Allotted: 4}}
	if wrong := quota.Differ(good, entries); len(wrong) != 0 {
		t.Errorf("good totals differ: %v", wrong)
	}
	for what, totals := range map[string][]quota.Balance{
		"one permit more":     {{Line: a, Allotted: 6, Held: 2}, {Line: b, Allotted: 4}},
		"a hold forgotten":    {{Line: a, Allotted: 5}, {Line: b, Allotted: 4}},
		"a line without rows": {{Line: a, Allotted: 5, Held: 2}},
		"a row from nowhere":  {good[0], good[1], {Line: c, Allotted: 1}},
	} {
		if wrong := quota.Differ(totals, entries); len(wrong) != 1 {
			t.Errorf("%s: %v differ, want one line", what, wrong)
		}
	}
}
