package law

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"ruqsat/calendar"
	"ruqsat/lang"
)

func TestDataThatLackWhatEveryValueHasAreRefused(t *testing.T) {
	for what, c := range map[string]struct{ file, old, new, says string }{
		"no act":             {"terms", `cite = "WKO 142/2017 ¶ 7(1)", sure = "text"`, `cite = "", sure = "text"`, "unknown act"},
		"an order no day":    {"terms", `cite = "Order 279 of 2023-06-30", sure = "assumed"`, `cite = "Order 279 ¶ 5", sure = "assumed"`, "unknown act"},
		"no mark":            {"terms", `cite = "WKO 142/2017 ¶ 7(1)", sure = "text"`, `cite = "WKO 142/2017 ¶ 7(1)"`, "not said how sure"},
		"a mark of its own":  {"index", `sure = "secondary"`, `sure = "certain"`, "not said how sure"},
		"no day":             {"index", `from = 2017-01-01, `, ``, "not said from which day"},
		"no unit of a term":  {"terms", `is = "8 working days"`, `is = "8"`, "is no term"},
		"no unit of money":   {"index", `"tenge"`, `""`, "want tenge"},
		"no unit of a rate":  {"rates", `unit     = "indices"`, `unit     = "tenge"`, "want indices"},
		"an act twice":       {"acts", `"Order 55 of 2024-02-28"`, `"Order 279 of 2023-06-30"`, "stands twice"},
		"an act and no day":  {"acts", `"Order 55 of 2024-02-28"`, `"Order 55"`, "lacks its day"},
		"an act's wrong day": {"acts", `"Order 55 of 2024-02-28"`, `"Order 55 of 2024-02-29"`, "is of 2024-02-28"},
		"a key twice":        {"grounds", `key   = "quota"`, `key   = "ratio"`, "stands twice"},
		"a check to nowhere": {"checklist", `ground = "quota"`, `ground = "qouta"`, "leads to nothing"},
		"a missing language": {"documents", `kk = "Өзге де құжаттар", `, ``, "lacks a language"},
		"no source":          {"editions", `since = [{ from = 2023-07-01, cite = "Order 279 of 2023-06-30", sure = "text" }]`, ``, "edition"},
		"an end too early":   {"documents", `until = 2020-04-30`, `until = 2016-04-30`, "before it begins"},
		"what nobody reads":  {"hours", "[[hours]]\n", "[[hours]]\ncomment = \"x\"\n", "nobody reads"},
		"hours backwards":    {"hours", `["09:00", "13:00"]`, `["13:00", "09:00"]`, "do not follow"},
		"no such zone":       {"regions", `"Asia/Oral"`, `"Asia/Uralsk"`, "region 27"},
	} {
		if _, err := load(changed(t, c.file, c.old, c.new)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", what, err, c.says)
		}
	}
}

// changed returns the data with one place changed.
func changed(t *testing.T, file, from, to string) fs.FS {
	t.Helper()
	names, err := fs.Glob(files, "data/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "data/"+file+".toml" {
			if !strings.Contains(string(raw), from) {
				t.Fatalf("%s does not have %s", name, from)
			}
			raw = []byte(strings.Replace(string(raw), from, to, 1))
		}
		fsys[name] = &fstest.MapFile{Data: raw}
	}
	return fsys
}

// A value read in an act cannot rest on one that was not yet, or no longer, in force.
func TestWhatWasReadInAnActHoldsWhileTheActDoes(t *testing.T) {
	for _, v := range data().sourced() {
		a, _ := v.Cite.Act()
		if v.Sure == Text && (v.From.Before(a.From) || !a.Until.IsZero() && v.From.After(a.Until)) {
			t.Errorf("%s holds from %s by %q, which is in force from %s to %s", v.What, v.From, v.Cite, a.From, a.Until)
		}
	}
}

func TestEveryDayOffThatWasMovedIsWorkedElsewhere(t *testing.T) {
	d := data()
	plain := func(day calendar.Date) bool { return !weekend(day) }
	for _, m := range d.Moved {
		for _, s := range m.Days {
			if plain(s.Worked) && d.days.Marks[s.Off].Other != s.Worked {
				t.Errorf("%s is worked for %s, but was no day off", s.Worked, s.Off)
			}
			if weekend(s.Off) || s.Off.Year != s.Worked.Year {
				t.Errorf("%s was off already, or lies in another year than %s", s.Off, s.Worked)
			}
		}
	}
}

func TestEveryPlaceAndActivityIsNamedInThreeLanguages(t *testing.T) {
	d := data()
	names := map[string]lang.Text{}
	for _, r := range d.Regions {
		names["region "+r.KATO] = r.Name
	}
	for _, s := range d.Sections {
		names["section "+s.Letter] = s.Name
	}
	for _, c := range d.Countries {
		names["country "+c.Code] = c.Name
	}
	for _, c := range d.Categories {
		names["category "+string(c.Key)] = c.Name
	}
	for _, x := range d.Definitions {
		names["definition "+x.Key], names["text of "+x.Key] = x.Name, x.Text
	}
	if want := 20 + 21 + len(d.countries) + len(Categories) + 2*6; len(names) != want {
		t.Errorf("%d names, want %d: something stands twice", len(names), want)
	}
	for what, name := range names {
		if err := spoken(what, name); err != nil {
			t.Error(err)
		}
	}
}

func TestEverySectionHasARateOnEveryDay(t *testing.T) {
	for _, s := range Sections() {
		for _, c := range []Category{I, II, III, IV, Seasonal} {
			for on := (calendar.Date{Year: 2017, Month: 1, Day: 1}); on.Year < 2027; on = on.AddMonths(1) {
				if _, err := RateOn(on, c, s.Letter, 365); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
