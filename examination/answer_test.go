package examination_test

import (
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/registry"
)

// put puts an answer as it is.
func (f *file) put(a examination.Answer) { f.Answers = append(f.Answers, a) }

func TestARegisterIsReliedOnOnlyWhileItsAnswerIsFresh(t *testing.T) {
	offences := examination.Question{Register: examination.Offences, Subject: string(bin)}
	for what, c := range map[string]struct {
		change func(f *file)
		want   examination.Outcome
		says   string
	}{
		"nobody has asked":        {func(f *file) { f.Answers = nil }, examination.Unknown, "has not been asked"},
		"asked of another number": {func(f *file) { f.Application.Employer.BIN = "950341000052" }, examination.Unknown, "has not been asked"},
		"it is down": {func(f *file) {
			f.Answers = nil
			f.put(examination.Answer{Question: offences, Status: examination.Down, At: f.Now, Why: "slow"})
		}, examination.Unknown, "did not answer"},
		"it answered, then it was down": {func(f *file) {
			f.put(examination.Answer{Question: offences, Status: examination.Down, At: f.Now})
		}, examination.OK, "No work without a permit"},
		"it answered three days ago": {func(f *file) { f.Now = f.Now.Add(examination.FreshFor - time.Hour) }, examination.OK, ""},
		"it answered longer ago":     {func(f *file) { f.Now = f.Now.Add(examination.FreshFor) }, examination.Unknown, "The answer is old"},
		"it answered long ago, and is down now": {func(f *file) {
			f.Now = f.Now.Add(30 * 24 * time.Hour)
			f.put(examination.Answer{Question: offences, Status: examination.Down, At: f.Now})
		}, examination.Unknown, "did not answer"},
		"it answers what cannot be read": {func(f *file) {
			f.put(examination.Answer{Question: offences, Status: examination.Found, At: f.Now, Reply: []byte(`"?"`)})
		}, examination.Unknown, "cannot be read"},
		"an official looked elsewhere": {func(f *file) {
			f.put(examination.Answer{Question: offences, Status: examination.Down, At: f.Now})
			f.put(examination.Answer{Question: offences, Status: examination.Seen, At: f.Now, Seen: examination.Sight{
				Result: examination.Problem, Source: "qamqor.gov.kz", On: calendar.DateOf(2025, 9, 1), Words: "Протокол № 7.",
			}})
		}, examination.Problem, "Протокол № 7."},
	} {
		f := sound("2025-09-01")
		c.change(f)
		l := f.line(t, "no-ban")
		if l.Outcome != c.want || !strings.Contains(said(l, lang.EN), c.says) {
			t.Errorf("%s: %s saying %q, want %s saying %q", what, l.Outcome, said(l, lang.EN), c.want, c.says)
		}
	}
}

func TestAFindingKeepsTheAnswerItRestsOn(t *testing.T) {
	f := sound("2025-09-01")
	f.offence("without-permit", "2025-06-02")
	x := f.line(t, "no-ban").Findings[0]
	if len(x.Proof) != 1 || !strings.Contains(x.Proof[0].Reply, `"2025-06-02"`) || x.Proof[0].Subject != string(bin) || x.Proof[0].At.IsZero() {
		t.Errorf("the finding rests on %+v", x.Proof)
	}
}

func TestEachPersonAndVacancyIsAskedForOnce(t *testing.T) {
	f := sound("2025-09-01")
	f.Application.Workers = append(f.Application.Workers, f.Application.Workers[0])
	want := []examination.Question{
		{Register: examination.Entities, Subject: string(bin)}, {Register: examination.Persons, Subject: "TR T0000001"},
		{Register: examination.Vacancies, Subject: "V-1"}, {Register: examination.Offences, Subject: string(bin)},
	}
	got := examination.Questions(f.File)
	if len(got) != len(want) {
		t.Fatalf("%v is asked, want %v", got, want)
	}
	for i, q := range got {
		if q != want[i] {
			t.Errorf("question %d is %v, want %v", i, q, want[i])
		}
	}
	for what, f := range map[string]*file{"a transfer": func() *file { f := sound("2025-09-01"); f.transfer(); return f }(), "2024": sound("2024-09-02")} {
		for _, q := range examination.Questions(f.File) {
			if q.Register == examination.Vacancies {
				t.Errorf("%s: a vacancy is asked for, which the law does not want", what)
			}
		}
	}
}

func TestAnExtensionRestsOnAPermitInForceAndComesInItsDays(t *testing.T) {
	const number = "KZ33IRS00000001"
	permit := registry.Permit{Number: number, Operation: law.Issue, Employer: bin, Category: law.III, From: day("2024-12-02"), Until: day("2025-12-01")}
	for what, c := range map[string]struct {
		on, key string
		change  func(f *file)
		want    examination.Outcome
		says    string
	}{
		"in the days":       {"2025-10-15", "window", func(*file) {}, examination.OK, "in time"},
		"too early":         {"2025-09-15", "window", func(*file) {}, examination.Problem, "Apply from this day on: 2 October 2025"},
		"too late":          {"2025-11-04", "window", func(*file) {}, examination.Problem, "the last day to file was 1 November 2025"},
		"on a Saturday":     {"2025-11-01", "window", func(*file) {}, examination.Look, "may be registered too late"},
		"category IV":       {"2025-10-15", "window", func(f *file) { f.Permits[0].Category = law.IV }, examination.Problem, "Such a permit is not extended"},
		"it is in force":    {"2025-10-15", "permit-in-force", func(*file) {}, examination.OK, number},
		"it has ended":      {"2025-10-15", "permit-in-force", func(f *file) { f.Permits[0].Ended = day("2025-10-01") }, examination.Problem, "not in force"},
		"it is another's":   {"2025-10-15", "permit-in-force", func(f *file) { f.Permits[0].Employer = "950341000052" }, examination.Problem, "No such number"},
		"none was named":    {"2025-10-15", "permit-in-force", func(f *file) { f.Application.Workers[0].Permit = "" }, examination.Problem, "which permit to extend"},
		"thrice extended":   {"2025-10-15", "months", func(f *file) { f.chain(3) }, examination.Problem, "extended as often as it may be: category III, at most 3, extended 3"},
		"twice extended":    {"2025-10-15", "months", func(f *file) { f.chain(2) }, examination.OK, ""},
		"who asks is there": {"2025-10-15", "ratio", func(f *file) { f.Application.Content.OthersForeign = 10 }, examination.OK, "foreigners with those asked for 10"},
	} {
		f := sound(c.on)
		f.Application.Operation, f.Application.Workers[0].Permit = law.Extension, number
		f.Permits = []registry.Permit{permit}
		f.attach()
		c.change(f)
		l := f.line(t, c.key)
		if l.Outcome != c.want || !strings.Contains(said(l, lang.EN), c.says) {
			t.Errorf("%s: %s is %s saying %q, want %s saying %q", what, c.key, l.Outcome, said(l, lang.EN), c.want, c.says)
		}
	}
}

// chain puts so many extensions behind the permit, which is the last of them.
func (f *file) chain(extensions int) {
	last := f.Permits[0]
	last.Operation, last.Previous = law.Extension, "P0"
	f.Permits = []registry.Permit{{Number: "P0", Operation: law.Issue, Employer: bin, Category: law.III}}
	for i := 1; i < extensions; i++ {
		f.Permits = append(f.Permits, registry.Permit{Number: "P" + string(rune('0'+i)), Previous: last.Previous, Operation: law.Extension, Employer: bin, Category: law.III})
		last.Previous = "P" + string(rune('0'+i))
	}
	f.Permits = append(f.Permits, last)
}
