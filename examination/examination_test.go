package examination_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
)

const bin party.BIN = "940140000385"

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// A file is a file that a test changes before it is examined.
type file struct{ examination.File }

// said puts what a register answered, an hour ago.
func (f *file) said(r examination.Register, subject string, record any) {
	a := examination.Answer{Question: examination.Question{Register: r, Subject: subject}, Status: examination.None, At: f.Now.Add(-time.Hour)}
	if record != nil {
		raw, err := json.Marshal(record)
		if err != nil {
			panic(err)
		}
		a.Status, a.Reply = examination.Found, raw
	}
	f.Answers = append(f.Answers, a)
}

// runsOut says the last day of a document.
func (f *file) runsOut(key, on string) {
	f.Application.PapersUntil = map[string]calendar.Date{key: day(on)}
}

func (f *file) worker() *party.Worker { return &f.Application.Workers[0] }

// sound is a file of a day in which nothing is wrong: one engineer from Turkey.
func sound(on string) *file {
	d := day(on)
	f := &file{examination.File{
		Region: "33", Channel: procedure.Portal, On: d, Now: d.At(10, 0, time.UTC), Quota: map[quota.Line]quota.Balance{},
		Application: procedure.Application{
			Operation: law.Issue, Scheme: law.Regional, Months: 12, From: d.AddDays(30), Reason: "монтаж",
			Employer: party.Employer{BIN: bin, Name: lang.Text{KK: "«Үлгі» ЖШС", RU: "ТОО «Үлгі»"}, Section: "F", Kind: party.Company, Size: party.Medium},
			Workers: []party.Worker{{
				Surname: "SAMPLE", Given: "WORKER", Born: day("1980-06-05"), Citizenship: "TR", Passport: "T0000001", PassportUntil: d.AddMonths(60),
				Category: law.III, PositionRU: "инженер-строитель", PositionKK: "инженер-құрылысшы", NKZ: "2142", Education: "высшее", Experience: 7,
				Vacancy: "V-1", Transfer: 24,
			}},
			Content: procedure.LocalContent{LeadersKZ: 10, LeadersForeign: 2, OthersKZ: 90, OthersForeign: 5,
				ManagersKZ: 10, ManagersForeign: 2, SpecialistsKZ: 10, SpecialistsForeign: 2},
			Sending: procedure.Sending{Name: "Örnek", Country: "TR"},
		},
	}}
	for _, c := range law.Categories {
		if l, ok := quota.LineOf(d.Year, "33", c); ok {
			f.Quota[l] = quota.Balance{Line: l, Allotted: 10}
		}
	}
	f.said(examination.Entities, string(bin), examination.Entity{BIN: bin, NameRU: `ТОО "Үлгі"`, Active: true, Kind: party.Company, Size: party.Medium})
	f.said(examination.Offences, string(bin), nil)
	f.said(examination.Persons, "TR T0000001", nil)
	f.said(examination.Vacancies, "V-1", examination.Vacancy{Code: "V-1", BIN: bin, Posted: d.AddDays(-20)})
	f.attach()
	return f
}

// attach attaches what the list of the day names.
func (f *file) attach() {
	f.Documents = nil
	for _, d := range law.DocumentsFor(f.Application.Operation, f.Application.Scheme, f.On) {
		f.Documents = append(f.Documents, examination.Document{Kind: d.Key, Name: d.Key + ".pdf"})
	}
}

// transfer makes it a transfer of a manager.
func (f *file) transfer() {
	f.Application.Scheme, f.worker().Category = law.ICT, law.ICTManager
	f.attach()
}

func (f *file) line(t *testing.T, key string) examination.Line {
	t.Helper()
	for _, l := range examination.Examine(f.File) {
		if l.Key == key {
			return l
		}
	}
	t.Fatalf("the checklist of %s has no line %s", f.On, key)
	return examination.Line{}
}

// said returns all that a line says, in a language.
func said(l examination.Line, t lang.Tag) string {
	var s []string
	for _, x := range l.Findings {
		s = append(s, x.Found.In(t)+" "+x.Cure.In(t))
	}
	return strings.Join(s, " ")
}

// In everything the day asks for, a sound file is in order; only the professional
// standards no program has read.
func TestInASoundFileNothingIsWrong(t *testing.T) {
	for _, on := range []string{"2017-07-03", "2020-06-01", "2022-03-01", "2023-09-04", "2025-09-01", "2026-11-24"} {
		for _, f := range []*file{sound(on), func() *file { f := sound(on); f.transfer(); return f }()} {
			for _, l := range examination.Examine(f.File) {
				want := map[bool]examination.Outcome{true: examination.Unknown, false: examination.OK}[l.Key == "qualification"]
				if l.Outcome != want && l.Outcome != examination.NotApplicable {
					t.Errorf("%s, %s: %s is %s, want %s: %s", on, f.Application.Scheme, l.Key, l.Outcome, want, said(l, lang.EN))
				}
			}
		}
	}
}

func TestEveryLineOfEveryChecklistHasACheck(t *testing.T) {
	for _, on := range []string{"2017-01-01", "2017-07-03", "2020-06-20", "2023-07-01", "2025-09-01", "2026-12-31"} {
		for _, op := range law.Operations {
			for _, s := range law.Schemes {
				f := sound(on)
				f.Application.Operation, f.Application.Scheme = op, s
				for _, l := range examination.Examine(f.File) {
					if len(l.Findings) == 0 {
						t.Errorf("%s %s of %s: line %s says nothing", op, s, on, l.Key)
					}
					for _, x := range l.Findings {
						if x.Found.Key == "examination.by-hand" || x.Cite == "" || x.Sure == "" || x.Key != l.Key {
							t.Errorf("%s %s of %s: line %s finds %+v", op, s, on, l.Key, x)
						}
					}
				}
			}
		}
	}
}

// Each row is a thing wrong with a sound file, and what the line must say of it.
func TestEachCheckFindsWhatIsWrongAndSaysWhatWouldCureIt(t *testing.T) {
	const problem, look, unknown, ok, na = examination.Problem, examination.Look, examination.Unknown, examination.OK, examination.NotApplicable
	for _, c := range []struct {
		what   string
		on     string
		change func(f *file)
		key    string
		want   examination.Outcome
		says   string
	}{
		{"a document is missing", "2025-09-01", func(f *file) { f.Documents = f.Documents[1:] }, "complete", problem, "Copies of the foreign workers' passports"},
		{"a document that need not be there is missing", "2025-09-01", func(f *file) { f.Documents = f.Documents[:len(f.Documents)-1] }, "complete", ok, "All required"},
		{"papers are in an envelope", "2017-07-03", func(f *file) { f.Channel, f.Documents = procedure.Paper, nil }, "complete", unknown, "came in on paper"},
		{"the passport has expired", "2025-09-01", func(f *file) { f.worker().PassportUntil = day("2025-08-31") }, "unexpired", problem, "SAMPLE WORKER, last day 31 August 2025"},
		{"the passport expires on the day itself", "2025-09-01", func(f *file) { f.worker().PassportUntil = day("2025-09-01") }, "unexpired", look, "ends before the term"},
		{"the passport ends with the term", "2025-09-01", func(f *file) { f.worker().PassportUntil = day("2026-09-30") }, "unexpired", ok, ""},
		{"the passport ends a day before the term", "2025-09-01", func(f *file) { f.worker().PassportUntil = day("2026-09-29") }, "unexpired", look, "ends before the term"},
		{"another paper has expired", "2025-09-01", func(f *file) { f.runsOut("other", "2025-08-31") }, "unexpired", problem, "The document has expired: Other documents"},
		{"a paper ends on the day itself", "2025-09-01", func(f *file) { f.runsOut("other", "2025-09-01") }, "unexpired", ok, ""},
		{"a paper has expired since it was handed in", "2025-09-01", func(f *file) {
			f.runsOut("other", "2025-09-03")
			f.Now = f.Now.AddDate(0, 0, 4)
		}, "unexpired", look, "has expired since: Other documents"},
		{"the passport has expired since it was handed in", "2025-09-01", func(f *file) {
			f.worker().PassportUntil = day("2025-09-03")
			f.Now = f.Now.AddDate(0, 0, 4)
		}, "unexpired", look, "The passport held on the day of filing"},
		{"no such firm", "2025-09-01", func(f *file) { f.said(examination.Entities, string(bin), nil) }, "authentic", problem, "no such BIN"},
		{"the firm is wound up", "2025-09-01", func(f *file) {
			f.said(examination.Entities, string(bin), examination.Entity{BIN: bin, NameRU: "ТОО Үлгі"})
		}, "authentic", problem, "wound up"},
		{"the firm is called otherwise", "2025-09-01", func(f *file) {
			f.said(examination.Entities, string(bin), examination.Entity{BIN: bin, NameRU: "ТОО Другое", Active: true})
		}, "authentic", look, "another name"},
		{"the firm is large", "2025-09-01", func(f *file) {
			f.said(examination.Entities, string(bin), examination.Entity{BIN: bin, NameRU: "ТОО Үлгі", Active: true, Size: party.Large})
		}, "authentic", look, "In the application: Medium, in the register: Large"},
		{"the passport is another's", "2025-09-01", func(f *file) {
			f.said(examination.Persons, "TR T0000001", examination.Person{Surname: "OTHER", Given: "PERSON"})
		}, "authentic", problem, "another person under this passport: OTHER PERSON"},
		{"born on another day", "2025-09-01", func(f *file) {
			f.said(examination.Persons, "TR T0000001", examination.Person{Surname: "Sample", Given: "Worker", Born: day("1981-06-05")})
		}, "authentic", problem, "5 June 1981"},
		{"a Russian", "2025-09-01", func(f *file) { f.worker().Citizenship = "RU" }, "permit-needed", problem, "citizen of a country of the Eurasian Economic Union (Russia"},
		{"a kandas", "2025-09-01", func(f *file) { f.worker().Exempt = "kandas" }, "permit-needed", problem, "kandas"},
		{"a kandas, as the register knows", "2025-09-01", func(f *file) {
			f.said(examination.Persons, "TR T0000001", examination.Person{Surname: "SAMPLE", Given: "WORKER", Exempt: "kandas"})
		}, "permit-needed", problem, "By the register"},
		{"the head of a foreign branch", "2019-09-02", func(f *file) { f.worker().Exempt, f.Application.Employer.Kind = "branch-head", party.ForeignBranch }, "permit-needed", problem, "head of a branch"},
		{"the head of a branch that is none", "2019-09-02", func(f *file) { f.worker().Exempt = "branch-head" }, "permit-needed", look, "only where the employer is a branch"},
		{"perhaps the head of a foreign branch", "2019-09-02", func(f *file) { f.worker().Category, f.Application.Employer.Kind = law.I, party.ForeignBranch }, "permit-needed", look, "Deputies need one"},
		{"the first head the day before", "2025-08-30", func(f *file) { f.worker().Exempt, f.Application.Employer.Foreign = "first-head", 100 }, "permit-needed", look, "not in the law of the day"},
		{"the first head", "2025-08-31", func(f *file) { f.worker().Exempt, f.Application.Employer.Foreign = "first-head", 100 }, "permit-needed", problem, "first head"},
		{"the first head of half a company", "2025-08-31", func(f *file) { f.worker().Exempt, f.Application.Employer.Foreign = "first-head", 50 }, "permit-needed", look, "The share given: 50 %"},
		{"two first heads", "2025-08-31", func(f *file) {
			f.worker().Exempt, f.Application.Employer.Foreign = "first-head", 100
			f.Application.Workers = append(f.Application.Workers, *f.worker())
		}, "permit-needed", problem, "no more than one unit"},
		{"a driver of category III", "2025-09-01", func(f *file) { f.worker().PositionRU = "водитель" }, "category", problem, "Change the category (category IV)"},
		{"a driver of category IV", "2025-09-01", func(f *file) { f.worker().PositionRU, f.worker().Category = "водитель", law.IV }, "category", ok, "letter of 2025"},
		{"a manager of category III", "2025-09-01", func(f *file) { f.worker().PositionRU = "менеджер" }, "category", look, "may fit"},
		{"a cook", "2025-09-01", func(f *file) { f.worker().PositionRU, f.worker().PositionKK = "кок", "" }, "category", look, "say nothing"},
		{"a seasonal shepherd", "2025-09-01", func(f *file) {
			f.worker().PositionRU, f.worker().Category, f.worker().NKZ = "чабан", law.Seasonal, ""
		}, "category", ok, "animal breeding"},
		{"a seasonal engineer", "2025-09-01", func(f *file) { f.worker().Category = law.Seasonal }, "category", look, "not in the list"},
		{"a seasonal cleaner in 2025", "2025-09-01", func(f *file) {
			f.worker().PositionRU, f.worker().Category, f.worker().NKZ = "уборщик", law.Seasonal, ""
		}, "category", look, "not in the list"},
		{"a seasonal cleaner in 2026", "2026-02-02", func(f *file) {
			f.worker().PositionRU, f.worker().Category, f.worker().NKZ = "уборщик", law.Seasonal, ""
		}, "category", ok, "in services"},
		{"thirty years of work at thirty", "2025-09-01", func(f *file) { f.worker().Born, f.worker().Experience = day("1995-09-01"), 15 }, "qualification", problem, "Age 30, years of experience: 15"},
		{"fourteen years of work at thirty", "2025-09-01", func(f *file) { f.worker().Born, f.worker().Experience = day("1995-09-01"), 14 }, "qualification", unknown, "a person decides"},
		{"a school leaver", "2025-09-01", func(f *file) { f.worker().Education = "Общее среднее" }, "qualification", look, "Only schooling"},
		{"a beginner", "2025-09-01", func(f *file) { f.worker().Experience = 0 }, "qualification", look, "No experience"},
		{"the quota is used up", "2025-09-01", func(f *file) { f.fill(9, 1) }, "quota", problem, "Asked for 1, free 0"},
		{"one is left", "2025-09-01", func(f *file) { f.fill(9, 0) }, "quota", ok, "free 1"},
		{"nothing was allotted", "2025-09-01", func(f *file) { f.Quota = nil }, "quota", problem, "No quota is allotted"},
		{"the case waits", "2025-09-01", func(f *file) { f.Registered = true; f.fill(10, 0) }, "quota", problem, "waits for quota in the order"},
		{"the case holds", "2025-09-01", func(f *file) {
			f.Registered = true
			l, _ := quota.LineOf(2025, "33", law.III)
			f.Held = map[quota.Line]quota.Permits{l: 1}
		}, "quota", ok, "held for this case"},
		{"one foreigner too many", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign = 10 }, "ratio", problem, "citizens; missing: 9"},
		{"just as many foreigners as may be", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign = 9 }, "ratio", ok, "foreigners with those asked for 10"},
		{"a small business", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign, f.Application.Employer.Size = 80, party.Small }, "ratio", ok, "a small business"},
		{"a state enterprise", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign, f.Application.Employer.Kind = 80, party.State }, "ratio", ok, "a state institution"},
		{"a treaty, the applicant says", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign, f.Application.Content.Exempt = 80, "treaty" }, "ratio", look, "by a treaty"},
		{"a foreign branch of thirty in June 2023", "2023-06-30", func(f *file) { f.branch(20, 10) }, "ratio", ok, "at most 30 workers (entered: 30)"},
		{"a foreign branch of thirty in July 2023", "2023-07-01", func(f *file) { f.branch(20, 10) }, "ratio", problem, "is not kept"},
		{"a foreign branch of ten in July 2023", "2023-07-01", func(f *file) { f.branch(5, 5) }, "ratio", ok, "at most 10 workers (entered: 10)"},
		{"outstaffed foreigners in June 2023", "2023-06-30", func(f *file) { f.Application.Content.OutOthersForeign = 5 }, "ratio", ok, "foreigners with those asked for 6"},
		{"outstaffed foreigners in July 2023", "2023-07-01", func(f *file) { f.Application.Content.OutOthersForeign = 5 }, "ratio", problem, "foreigners with those asked for 11"},
		{"a Russian is no foreigner in the ratio", "2025-09-01", func(f *file) { f.Application.Content.OthersForeign, f.worker().Citizenship = 10, "RU" }, "ratio", ok, "foreigners with those asked for 10"},
		{"no promise for category IV", "2025-09-01", func(f *file) { f.worker().Category = law.IV; f.without("replacement") }, "replacement", problem, "Not attached"},
		{"category IV before", "2025-09-01", func(f *file) {
			f.worker().Category = law.IV
			f.Permits = []registry.Permit{{Employer: bin, Category: law.IV, From: day("2023-01-01"), Until: day("2023-12-31")}}
		}, "replacement", look, "permits of category IV that have ended, in number: 1"},
		{"nobody of category IV", "2025-09-01", func(*file) {}, "replacement", na, ""},
		{"no code of the vacancy", "2025-09-01", func(f *file) { f.worker().Vacancy = "" }, "vacancy", problem, "Post the vacancy on enbek.kz, wait 15 calendar days"},
		{"the exchange does not know the code", "2025-09-01", func(f *file) { f.said(examination.Vacancies, "V-1", nil) }, "vacancy", problem, "no such code"},
		{"another's vacancy", "2025-09-01", func(f *file) {
			f.said(examination.Vacancies, "V-1", examination.Vacancy{Code: "V-1", BIN: "950341000052", Posted: day("2025-08-01")})
		}, "vacancy", problem, "another employer"},
		{"the vacancy of fourteen days ago", "2025-09-15", func(f *file) {
			f.said(examination.Vacancies, "V-1", examination.Vacancy{Code: "V-1", BIN: bin, Posted: day("2025-09-01")})
		}, "vacancy", problem, "Apply from this day on: 16 September 2025"},
		{"the vacancy of fifteen days ago", "2025-09-16", func(f *file) {
			f.said(examination.Vacancies, "V-1", examination.Vacancy{Code: "V-1", BIN: bin, Posted: day("2025-09-01")})
		}, "vacancy", ok, "long enough ago"},
		{"found working without a permit eleven months ago", "2025-09-01", func(f *file) { f.offence("without-permit", "2024-10-01") }, "no-ban", problem, "Apply from this day on: 1 October 2025"},
		{"found a year ago", "2025-09-01", func(f *file) { f.offence("other-profession", "2024-09-01") }, "no-ban", ok, "No work without a permit"},
		{"fined for something else", "2025-09-01", func(f *file) { f.offence("late-report", "2025-08-01") }, "no-ban", ok, ""},
		{"the same passport twice", "2025-09-01", func(f *file) {
			w := *f.worker()
			w.Passport = "t 0000001"
			f.Application.Workers = append(f.Application.Workers, w)
		}, "duplicate", problem, "One person is named twice"},
		{"another case of the employer", "2025-09-01", func(f *file) { f.other(true, "2026-09-30") }, "duplicate", problem, "case 33-2025-000007"},
		{"a case whose days come after", "2025-09-01", func(f *file) { f.other(true, "2026-10-01") }, "duplicate", ok, ""},
		{"another employer's case", "2025-09-01", func(f *file) { f.other(false, "2025-10-01") }, "duplicate", look, "of another employer"},
		{"a permit in force", "2025-09-01", func(f *file) {
			f.Permits = []registry.Permit{{Number: "KZ33IRS00000001", Employer: bin, Worker: "Sample Worker", Citizenship: "TR", From: day("2025-01-01"), Until: day("2025-12-31")}}
		}, "duplicate", problem, "KZ33IRS00000001"},
		{"a permit that ends the day before", "2025-09-01", func(f *file) {
			f.Permits = []registry.Permit{{Number: "KZ33IRS00000001", Employer: bin, Worker: "Sample Worker", Citizenship: "TR", From: day("2025-01-01"), Until: day("2025-09-30")}}
		}, "duplicate", ok, ""},
		{"thirteen months for category III", "2025-09-01", func(f *file) { f.Application.Months = 13 }, "months", problem, "at most 12"},
		{"three years for category I", "2025-09-01", func(f *file) { f.Application.Months, f.worker().Category = 36, law.I }, "months", ok, ""},
		{"two years for category I in 2017", "2017-07-03", func(f *file) { f.Application.Months, f.worker().Category = 24, law.I }, "months", problem, "at most 12"},
		{"no section", "2025-09-01", func(f *file) { f.Application.Employer.Section = "" }, "fee", problem, "Give the section"},
		{"a company of Belarus", "2025-09-01", func(f *file) { f.transfer(); f.Application.Sending.Country = "BY" }, "wto", problem, "no member of the World Trade Organization: Belarus"},
		{"a Belarusian of a Turkish company", "2025-09-01", func(f *file) { f.transfer(); f.worker().Citizenship = "AZ" }, "wto", ok, "is a member"},
		{"a company of Kazakhstan", "2025-09-01", func(f *file) { f.transfer(); f.Application.Sending.Country = "KZ" }, "wto", problem, "outside it"},
		{"a company of nowhere", "2025-09-01", func(f *file) { f.transfer(); f.Application.Sending.Country = "" }, "wto", problem, "in which country"},
		{"eleven months at the sending company", "2025-09-01", func(f *file) { f.transfer(); f.worker().Transfer = 11 }, "ict-position", problem, "at least 12 are needed"},
		{"a year at the sending company", "2025-09-01", func(f *file) { f.transfer(); f.worker().Transfer = 12 }, "ict-position", ok, ""},
		{"half of the managers", "2025-09-01", func(f *file) { f.transfer(); f.Application.Content.ManagersForeign = 4 }, "ict-ratio", ok, "at most 50 %"},
		{"more than half of the managers", "2025-09-01", func(f *file) { f.transfer(); f.Application.Content.ManagersForeign = 5 }, "ict-ratio", problem, "need 12 citizens; missing: 2"},
		{"a head of a transfer", "2025-09-01", func(f *file) {
			f.transfer()
			f.worker().Category, f.Application.Content = law.ICTHead, procedure.LocalContent{}
		}, "ict-ratio", na, "does not bind"},
	} {
		f := sound(c.on)
		c.change(f)
		l := f.line(t, c.key)
		if l.Outcome != c.want || !strings.Contains(said(l, lang.EN), c.says) {
			t.Errorf("%s: %s is %s, want %s saying %q; it says %q", c.what, c.key, l.Outcome, c.want, c.says, said(l, lang.EN))
		}
		for _, x := range l.Findings {
			if x.Outcome == problem && x.Cure.IsZero() {
				t.Errorf("%s: nothing would cure it", c.what)
			}
		}
		for _, tag := range lang.Tags {
			if s := said(l, tag); strings.Contains(s, "examination.") || strings.ContainsAny(s, "{}") {
				t.Errorf("%s: a sentence in %s is not whole: %s", c.what, tag, s)
			}
		}
	}
}

// fill uses and holds so many of the line of category III.
func (f *file) fill(used, held int) {
	l, _ := quota.LineOf(f.On.Year, "33", law.III)
	f.Quota[l] = quota.Balance{Line: l, Allotted: 10, Used: quota.Permits(used), Held: quota.Permits(held)}
}

// branch makes the employer a branch of a foreign company with so many workers.
func (f *file) branch(citizens, foreigners int) {
	f.Application.Employer.Kind = party.ForeignBranch
	f.Application.Content = procedure.LocalContent{OthersKZ: citizens, OthersForeign: foreigners}
}

func (f *file) without(kind string) {
	f.attach()
	for i, d := range f.Documents {
		if d.Kind == kind {
			f.Documents = append(f.Documents[:i], f.Documents[i+1:]...)
			return
		}
	}
}

func (f *file) offence(kind, on string) {
	f.said(examination.Offences, string(bin), examination.Proceedings{BIN: bin, Offences: []examination.Offence{{Number: "1", Kind: kind, On: day(on)}}})
}

func (f *file) other(own bool, from string) {
	f.Others = []examination.Other{{Number: "33-2025-000007", Worker: "TR T0000001", Own: own, From: day(from), Until: day("2027-01-01")}}
}
