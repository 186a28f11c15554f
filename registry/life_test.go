package registry_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
)

var head = party.Actor{Account: "head", Role: party.Head, Region: "33"}

// permit is one of category III, in force from 1 July 2025 for a year.
func permit() registry.Permit {
	return registry.Permit{
		Seq: 1, Number: "KZ33IRS00000001", Operation: law.Issue, Scheme: law.Regional, Employer: alacem, Region: "33", Category: law.III,
		Citizenship: "CN", Worker: "SAMPLE", Issued: calendar.DateOf(2025, 6, 20), From: calendar.DateOf(2025, 7, 1), Until: calendar.DateOf(2026, 6, 30),
	}
}

func almaty(t *testing.T) calendar.Calendar {
	t.Helper()
	cal, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func at(t *testing.T, year int, month time.Month, day int) time.Time {
	return calendar.DateOf(year, month, day).At(12, 0, almaty(t).Zone())
}

// must does a deed and enters it at a place of the register.
func must(t *testing.T, p registry.Permit, seq int64, d registry.Deed) registry.Permit {
	t.Helper()
	e, err := registry.Perform(p, d, almaty(t))
	if err != nil {
		t.Fatalf("%s: %v", d.Act, err)
	}
	e.Seq = seq
	return p.With(e)
}

var heard = registry.Hearing{Told: calendar.DateOf(2025, 8, 25), On: calendar.DateOf(2025, 8, 29), Protocol: "Выслушан."}

// What was true on a day and what the register knew at an entry are two questions.
func TestARegisterWithTwoTimesAnswersBoth(t *testing.T) {
	p := must(t, permit(), 2, registry.Deed{Act: registry.Suspend, By: head, At: at(t, 2025, 9, 8), On: calendar.DateOf(2025, 9, 1),
		Grounds: []string{"conditions"}, Words: "Нет отчёта.", Hearing: heard})
	p = must(t, p, 3, registry.Deed{Act: registry.Reinstate, By: head, At: at(t, 2025, 9, 20), Words: "Отчёт представлен."})
	p = must(t, p, 4, registry.Deed{Act: registry.Correct, By: head, At: at(t, 2025, 9, 21), Words: "Описка.",
		Changes: []registry.Change{{Field: registry.FieldWorker, Is: "SAMPLE WORKER"}}})
	p = must(t, p, 5, registry.Deed{Act: registry.Surrender, By: party.Actor{Role: party.Applicant, BIN: alacem}, At: at(t, 2025, 10, 1), On: calendar.DateOf(2025, 11, 1)})
	for _, c := range []struct {
		known int64
		on    calendar.Date
		want  registry.Status
		since calendar.Date
		name  string
	}{
		{1, calendar.DateOf(2025, 9, 10), registry.InForce, p.From, "SAMPLE"},
		{2, calendar.DateOf(2025, 8, 31), registry.InForce, p.From, "SAMPLE"},
		{2, calendar.DateOf(2025, 9, 10), registry.Suspended, calendar.DateOf(2025, 9, 1), "SAMPLE"},
		{2, calendar.DateOf(2025, 12, 1), registry.Suspended, calendar.DateOf(2025, 9, 1), "SAMPLE"},
		{3, calendar.DateOf(2025, 9, 10), registry.Suspended, calendar.DateOf(2025, 9, 1), "SAMPLE"},
		{3, calendar.DateOf(2025, 12, 1), registry.InForce, calendar.DateOf(2025, 9, 20), "SAMPLE"},
		{4, calendar.DateOf(2026, 7, 1), registry.Expired, calendar.DateOf(2026, 7, 1), "SAMPLE WORKER"},
		{5, calendar.DateOf(2025, 10, 31), registry.InForce, calendar.DateOf(2025, 9, 20), "SAMPLE WORKER"},
		{5, calendar.DateOf(2025, 12, 1), registry.Surrendered, calendar.DateOf(2025, 11, 1), "SAMPLE WORKER"},
	} {
		then, _ := p.Known(c.known)
		if got := then.Status(c.on); got != c.want || then.Since(c.on) != c.since || then.Worker != c.name {
			t.Errorf("known at %d, on %s: %s since %s for %s, want %s since %s for %s", c.known, c.on, got, then.Since(c.on), then.Worker, c.want, c.since, c.name)
		}
	}
	if _, there := p.Known(0); there {
		t.Error("it is in the register before it was entered")
	}
	count := func(known int64) int {
		q := registry.Question{Employer: alacem, AsOf: calendar.DateOf(2025, 9, 10), Year: 2025, Known: known}
		return registry.Count(q, []registry.Permit{p}).Total
	}
	if count(1) != 1 || count(5) != 0 || count(0) != 0 {
		t.Errorf("in force on 10 September 2025, as known at 1, 5 and now: %d, %d, %d; want 1, 0, 0", count(1), count(5), count(0))
	}
}

func TestWhatMayNotBecomeOfAPermitIsRefused(t *testing.T) {
	revoke := registry.Deed{Act: registry.Revoke, By: head, At: at(t, 2025, 9, 8), Grounds: []string{"court"}, Words: "Решение суда.", Hearing: heard}
	change := func(d registry.Deed, f func(*registry.Deed)) registry.Deed { f(&d); return d }
	for what, c := range map[string]struct {
		p    registry.Permit
		d    registry.Deed
		want string
	}{
		"by an executor":             {permit(), change(revoke, func(d *registry.Deed) { d.By.Role = party.Executor }), "registry.not-yours"},
		"by another region's head":   {permit(), change(revoke, func(d *registry.Deed) { d.By.Region = "27" }), "problem.not-your-region"},
		"without grounds":            {permit(), change(revoke, func(d *registry.Deed) { d.Grounds = nil }), "registry.no-grounds"},
		"on a ground of its own":     {permit(), change(revoke, func(d *registry.Deed) { d.Grounds = []string{"court", "mood"} }), "registry.no-grounds"},
		"without reasons":            {permit(), change(revoke, func(d *registry.Deed) { d.Words = " " }), "registry.no-words"},
		"unheard":                    {permit(), change(revoke, func(d *registry.Deed) { d.Hearing = registry.Hearing{} }), "registry.not-heard"},
		"told two days before":       {permit(), change(revoke, func(d *registry.Deed) { d.Hearing.Told = calendar.DateOf(2025, 9, 4); d.Hearing.On = d.Hearing.Told }), "registry.heard-early"},
		"heard before told":          {permit(), change(revoke, func(d *registry.Deed) { d.Hearing.On = calendar.DateOf(2025, 8, 24) }), "registry.heard-early"},
		"from before it was issued":  {permit(), change(revoke, func(d *registry.Deed) { d.On = calendar.DateOf(2025, 6, 19) }), "registry.act-day"},
		"from after it is over":      {permit(), change(revoke, func(d *registry.Deed) { d.On = calendar.DateOf(2026, 7, 1) }), "registry.not-possible"},
		"twice":                      {must(t, permit(), 2, revoke), revoke, "registry.not-possible"},
		"reinstated, but not halted": {permit(), registry.Deed{Act: registry.Reinstate, By: head, At: at(t, 2025, 9, 8), Words: "x"}, "registry.not-possible"},
		"surrendered by a rival":     {permit(), registry.Deed{Act: registry.Surrender, By: party.Actor{Role: party.Applicant, BIN: "940140000385"}, At: at(t, 2025, 9, 8)}, "registry.not-found"},
		"corrected to the same":      {permit(), registry.Deed{Act: registry.Correct, By: head, At: at(t, 2025, 9, 8), Words: "x", Changes: []registry.Change{{Field: registry.FieldWorker, Is: "SAMPLE"}}}, "registry.nothing-corrected"},
		"corrected in its term":      {permit(), registry.Deed{Act: registry.Correct, By: head, At: at(t, 2025, 9, 8), Words: "x", Changes: []registry.Change{{Field: "until", Is: "2030-01-01"}}}, "procedure.choose"},
		"made a citizen":             {permit(), registry.Deed{Act: registry.Correct, By: head, At: at(t, 2025, 9, 8), Words: "x", Changes: []registry.Change{{Field: registry.FieldCitizenship, Is: "KZ"}}}, "procedure.choose"},
	} {
		if _, err := registry.Perform(c.p, c.d, almaty(t)); problem.Of(err) == nil || problem.Of(err).Say.Key != c.want {
			t.Errorf("%s: %v, want %s", what, err, c.want)
		}
	}
	before := revoke
	before.At, before.Hearing = at(t, 2019, 3, 4), registry.Hearing{}
	old := permit()
	old.Issued, old.From, old.Until = calendar.DateOf(2018, 12, 1), calendar.DateOf(2018, 12, 1), calendar.DateOf(2019, 11, 30)
	must(t, old, 2, before) // nobody had to be heard before 1 July 2021
}

func TestAnExtensionIsAskedForBetweenSixtyAndThirtyDaysBefore(t *testing.T) {
	of := func(year int) registry.Permit {
		p := permit()
		p.Issued, p.From, p.Until = calendar.DateOf(year-1, 6, 20), calendar.DateOf(year-1, 7, 1), calendar.DateOf(year, 6, 30)
		return p
	}
	for _, c := range []struct {
		p    registry.Permit
		on   calendar.Date
		want string
	}{
		{of(2026), calendar.DateOf(2026, 4, 30), "registry.window-ahead"}, // 61 days before
		{of(2026), calendar.DateOf(2026, 5, 1), ""},
		{of(2026), calendar.DateOf(2026, 5, 31), ""},
		{of(2026), calendar.DateOf(2026, 6, 1), "registry.window-over"}, // 29
		{of(2020), calendar.DateOf(2020, 4, 30), ""},                    // the earlier bound begins on 1 May 2020
		{of(2018), calendar.DateOf(2018, 1, 15), ""},
		{of(2018), calendar.DateOf(2018, 6, 1), "registry.window-over"},
	} {
		err := registry.MayExtend(registry.Chain{c.p}, alacem, 12, c.on)
		if got := keyOf(err); got != c.want {
			t.Errorf("until %s, asked on %s: %q, want %q", c.p.Until, c.on, got, c.want)
		}
	}
}

func keyOf(err error) string {
	if err == nil {
		return ""
	}
	return problem.Of(err).Say.Key
}

func TestHowOftenAPermitIsExtendedDependsOnItsCategory(t *testing.T) {
	on := calendar.DateOf(2026, 5, 15)
	for _, c := range []struct {
		category law.Category
		times    int
		months   int
		want     string
	}{
		{law.III, 2, 12, ""}, {law.III, 3, 12, "registry.extended-enough"}, {law.I, 7, 12, ""}, {law.I, 0, 24, "registry.stretched"},
		{law.IV, 0, 12, "registry.never-extended"}, {law.Seasonal, 0, 3, "registry.never-extended"}, {law.ICTHead, 0, 12, ""},
		{law.ICTHead, 1, 12, "registry.extended-enough"},
	} {
		var chain registry.Chain
		for i := range c.times + 1 {
			p := permit()
			p.Category = c.category
			if i > 0 {
				p.Operation = law.Extension
			}
			chain = append(chain, p)
		}
		if got := keyOf(registry.MayExtend(chain, alacem, c.months, on)); got != c.want {
			t.Errorf("category %s, extended %d times, for %d months: %q, want %q", c.category, c.times, c.months, got, c.want)
		}
	}
}

func TestOnlyAnOwnPermitInForceBecomesAnother(t *testing.T) {
	on := calendar.DateOf(2026, 5, 15)
	with := func(k registry.Kind, day calendar.Date) registry.Permit {
		return permit().With(registry.Entry{Seq: 2, Kind: k, On: day, Other: "KZ33IRS00000002"})
	}
	for what, c := range map[string]struct {
		p                registry.Permit
		by               party.BIN
		extend, reissued string
	}{
		"another's":  {permit(), "940140000385", "registry.anothers", "registry.anothers"},
		"suspended":  {with(registry.SuspendedEntry, calendar.DateOf(2026, 5, 1)), alacem, "registry.old-suspended", "registry.old-suspended"},
		"revoked":    {with(registry.RevokedEntry, calendar.DateOf(2026, 5, 1)), alacem, "registry.old-not-in-force", "registry.old-not-in-force"},
		"extended":   {with(registry.ExtendedEntry, calendar.DateOf(2026, 7, 1)), alacem, "registry.succeeded", "registry.succeeded"},
		"reissued":   {with(registry.ReissuedEntry, calendar.DateOf(2026, 5, 1)), alacem, "registry.succeeded", "registry.succeeded"},
		"sound":      {permit(), alacem, "", ""},
		"reinstated": {with(registry.SuspendedEntry, calendar.DateOf(2026, 4, 1)).With(registry.Entry{Kind: registry.ReinstatedEntry, On: calendar.DateOf(2026, 5, 2)}), alacem, "", ""},
	} {
		if got := keyOf(registry.MayExtend(registry.Chain{c.p}, c.by, 12, on)); got != c.extend {
			t.Errorf("%s, to be extended: %q, want %q", what, got, c.extend)
		}
		if got := keyOf(registry.MayReissue(c.p, c.by, on)); got != c.reissued {
			t.Errorf("%s, to be reissued: %q, want %q", what, got, c.reissued)
		}
	}
}

func TestEveryActOnAPermitNamesItsLawAndHowSureItIs(t *testing.T) {
	for _, s := range registry.Steps {
		if _, ok := s.Cite.Act(); !ok || s.Sure == "" {
			t.Errorf("%s rests on %q (%q)", s.Act, s.Cite, s.Sure)
		}
		if s.Grounds && len(law.PermitGrounds(string(s.Act), calendar.DateOf(2025, 1, 1))) == 0 {
			t.Errorf("%s needs grounds, and the law has none", s.Act)
		}
	}
}

// What ended here is written to the file and read back as what it was.
func TestAPermitThatEndedKeepsWhyInTheFile(t *testing.T) {
	p := permit()
	p.Name, p.Position, p.WorkerRef, p.Seq = lang.Text{KK: "«Алацем» ЖШС", RU: "ТОО «Алацем»"}, lang.Text{KK: "шебер", RU: "мастер"}, "W1", 0
	for kind, want := range map[registry.Kind]registry.Status{
		registry.RevokedEntry: registry.Revoked, registry.SurrenderedEntry: registry.Surrendered, registry.ReissuedEntry: registry.Replaced,
		registry.SuspendedEntry: registry.InForce, // which does not end it, and is not in the file
	} {
		on := calendar.DateOf(2025, 10, 1)
		var file bytes.Buffer
		if err := registry.WriteCSV(&file, []registry.Permit{p.With(registry.Entry{Kind: kind, On: on})}); err != nil {
			t.Fatal(err)
		}
		back, err := registry.ReadCSV(&file)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if got := back[0].Status(on); got != want || back[0].InForce(on.AddDays(-1)) != true {
			t.Errorf("%s on %s is read back as %s, want %s", kind, on, got, want)
		}
	}
}

// Whatever becomes of a permit, what the register knew at an entry stays what it
// knew, on every day.
func TestWhatWasKnownIsNotChangedByWhatCameLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := permit()
		snapshots := []registry.Permit{p}
		on := p.Issued
		for range rapid.IntRange(0, 6).Draw(t, "entries") {
			on = on.AddDays(rapid.IntRange(0, 60).Draw(t, "later"))
			e := registry.Entry{Seq: p.LastSeq() + int64(rapid.IntRange(1, 3).Draw(t, "gap")), On: on, Kind: rapid.SampledFrom(registry.Kinds[1:]).Draw(t, "kind")}
			if e.Kind.Ends() && !p.Ended.IsZero() {
				continue // Perform refuses it
			}
			if e.Kind == registry.CorrectedEntry {
				e.Changes = []registry.Change{{Field: registry.FieldWorker, Was: p.Worker, Is: rapid.StringMatching(`[A-Z]{3,8}`).Draw(t, "name")}}
			}
			p = p.With(e)
			snapshots = append(snapshots, p)
		}
		for _, then := range snapshots {
			now, there := p.Known(then.LastSeq())
			if diff := cmp.Diff(then, now, cmpopts.EquateEmpty()); diff != "" || !there {
				t.Fatalf("as known at %d it was otherwise (-then +now):\n%s", then.LastSeq(), diff)
			}
		}
	})
}
