package office_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

// A desk is a department of Zhetysu at work, with a clock that the test moves.
type desk struct {
	*testing.T
	*office.Office
	signer *practice.Signer
	clock  time.Time
}

var (
	applicant = party.Actor{Account: "applicant", Role: party.Applicant, BIN: "940140000385", Name: party.Name{Surname: "Оспанов", Given: "Тимур"}}
	clerk     = party.Actor{Account: "clerk", Role: party.Clerk, Region: "33"}
	executor  = party.Actor{Account: "executor", Role: party.Executor, Region: "33"}
	head      = party.Actor{Account: "head", Role: party.Head, Region: "33", IIN: "990404500043"}
)

func open(t *testing.T) *desk {
	t.Helper()
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	d := &desk{T: t, clock: calendar.DateOf(2026, 5, 4).At(10, 0, time.FixedZone("+05", 5*3600))}
	if d.signer, err = practice.New(d.clock); err != nil {
		t.Fatal(err)
	}
	d.Office = &office.Office{
		DB: storetest.Open(t, storetest.Rehearsed(t)), Files: files, Now: func() time.Time { return d.clock },
		Verifier: d.signer.Verifier(), Address: "https://example.kz",
	}
	for _, a := range []party.Actor{clerk, executor, head} {
		account := party.Account{ID: a.Account, Login: a.Account, Role: a.Role, Region: a.Region, IIN: a.IIN, Active: true, Name: party.Name{Surname: "Сынақов", Given: a.Account}}
		d.must(d.AddAccount(t.Context(), account, "password 2026"))
	}
	line, _ := quota.LineOf(2026, "33", law.III)
	d.must(d.Allot(t.Context(), party.Actor{Role: party.Ministry}, line, 9, "Order 274 of 2023-06-30"))
	return d
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// application asks for two permits of category III.
func application() procedure.Application {
	a := procedure.Application{
		Operation: law.Issue, Scheme: law.Regional, Months: 12, From: calendar.DateOf(2026, 6, 1), Reason: "Монтаж печи.", Truthful: true,
		Content: procedure.LocalContent{LeadersKZ: 12, LeadersForeign: 2, OthersKZ: 190, OthersForeign: 8},
		Employer: party.Employer{
			BIN: "940140000385", Name: lang.Text{KK: "«Үлгі» ЖШС", RU: "ТОО «Үлгі»"}, Region: "33", Address: "г. Талдықорған, ул. Примерная, 1",
			Phone: "8 7282 000000", Email: "office@example.kz", Section: "F",
		},
	}
	for _, passport := range []string{"T0000001", "T0000002"} {
		a.Workers = append(a.Workers, party.Worker{
			Surname: "SAMPLE", Given: "WORKER", SurnameCyr: "Сэмпл", GivenCyr: "Уоркер", Born: calendar.DateOf(1980, 2, 3), Citizenship: "TR",
			Passport: passport, PassportUntil: calendar.DateOf(2031, 2, 3), Category: law.III, PositionRU: "инженер", PositionKK: "инженер-конструктор",
			NKZ: "2142", Education: "высшее", Experience: 7,
		})
	}
	return a
}

var page = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n%%EOF\n")

// prepare is an application that only wants a signature.
func (d *desk) prepare() string {
	d.Helper()
	ctx, a := d.Context(), application()
	id, err := d.Prepare(ctx, applicant, "33", a)
	d.must(err)
	for _, doc := range law.DocumentsFor(a.Operation, a.Scheme, calendar.DateOf(2026, 5, 4)) {
		d.must(d.Attach(ctx, applicant, id, doc.Key, doc.Key+".pdf", page))
	}
	d.must(d.MakeApplication(ctx, applicant, id, lang.RU))
	return id
}

// signs signs all that waits for somebody in a case.
func (d *desk) signs(by party.Actor, id string, with practice.Choice) office.Signatures {
	d.Helper()
	papers, err := d.ToSign(d.Context(), by, id)
	d.must(err)
	sigs := office.Signatures{}
	person := practice.PersonOf(party.Account{Role: by.Role, Region: by.Region, IIN: by.IIN, BIN: by.BIN, Name: by.Name})
	for _, p := range papers {
		_, content, err := d.Paper(d.Context(), by, id, p.ID)
		d.must(err)
		sigs[p.ID], err = d.signer.Sign(person, with, content, d.clock)
		d.must(err)
	}
	return sigs
}

// granted is a case whose grant has been drafted and waits for the head.
func (d *desk) granted() string {
	d.Helper()
	ctx, id := d.Context(), d.prepare()
	_, err := d.Submit(ctx, applicant, id, d.signs(applicant, id, practice.Own))
	d.must(err)
	_, err = d.Register(ctx, clerk, id)
	d.must(err)
	_, err = d.Assign(ctx, head, id, "executor", "к исполнению")
	d.must(err)
	x, err := d.Examination(ctx, executor, id)
	d.must(err)
	var decisions []examination.Decision
	for _, l := range x.Lines {
		decisions = append(decisions, examination.Decision{Key: l.Key, Outcome: examination.OK, Say: "сверено по подлинникам"})
	}
	_, err = d.Examine(ctx, executor, id, decisions)
	d.must(err)
	_, err = d.DraftGrant(ctx, executor, id)
	d.must(err)
	return id
}

func (d *desk) signed(id string) {
	d.Helper()
	d.must(d.MakeDrafts(d.Context(), head, id))
	_, err := d.Sign(d.Context(), head, id, d.signs(head, id, practice.Own))
	d.must(err)
}

// paidFor is a case whose permits have been signed, and wait to be issued.
func (d *desk) paidFor() string {
	d.Helper()
	ctx, id := d.Context(), d.granted()
	d.signed(id)
	c, err := d.Notify(ctx, executor, id)
	d.must(err)
	due, err := office.Fee(c, calendar.DateOf(2026, 5, 4))
	d.must(err)
	_, err = d.ProvePayment(ctx, applicant, id, office.Payment{On: calendar.DateOf(2026, 5, 4), Sum: due})
	d.must(err)
	_, err = d.DraftGrant(ctx, executor, id)
	d.must(err)
	d.signed(id)
	return id
}

// A permit is what the head has signed, though it is issued some days later.
func TestTheRegisterHasThePermitsThatWereSigned(t *testing.T) {
	d := open(t)
	id := d.paidFor()
	d.clock = d.clock.AddDate(0, 0, 3)
	_, err := d.Issue(t.Context(), executor, id)
	d.must(err)
	v, err := d.Look(t.Context(), head, id)
	d.must(err)
	n := 0
	for _, p := range v.Papers {
		if p.Form != office.FormPermit {
			continue
		}
		n++
		permit, err := d.Permit(t.Context(), p.Name)
		d.must(err)
		if permit.Issued != calendar.DateOf(2026, 5, 4) || permit.From != calendar.DateOf(2026, 6, 1) || permit.Until != calendar.DateOf(2027, 5, 31) {
			t.Errorf("%s is in the register as issued %s, from %s until %s, and the paper says otherwise", p.Name, permit.Issued, permit.From, permit.Until)
		}
		if _, r, err := office.Signed(p); err != nil || r.Signer.IIN != string(head.IIN) || r.Signer.BIN != "220740008203" {
			t.Errorf("%s bears the signature of %+v, %v", p.Name, r.Signer, err)
		}
	}
	if n != 2 || len(v.Permits) != 2 {
		t.Errorf("%d permits are signed and %d registered, want 2", n, len(v.Permits))
	}
}

func TestADraftSentBackKeepsTheNumbersOfItsPermits(t *testing.T) {
	d := open(t)
	ctx, id := t.Context(), d.granted()
	d.signed(id)
	c, err := d.Notify(ctx, executor, id)
	d.must(err)
	due, err := office.Fee(c, calendar.DateOf(2026, 5, 4))
	d.must(err)
	_, err = d.ProvePayment(ctx, applicant, id, office.Payment{On: calendar.DateOf(2026, 5, 4), Sum: due})
	d.must(err)
	var numbers [2]string
	for i := range numbers {
		_, err = d.DraftGrant(ctx, executor, id)
		d.must(err)
		papers, err := d.ToSign(ctx, head, id)
		d.must(err)
		numbers[i] = papers[0].Name
		if i == 0 {
			_, err = d.SendBack(ctx, head, id, "Исправьте должность.")
			d.must(err)
		}
	}
	if numbers[0] == "" || numbers[0] != numbers[1] {
		t.Errorf("the first permit was drafted as %q and then as %q", numbers[0], numbers[1])
	}
}

// Drafts of yesterday bear yesterday's day: the head signs nothing that is not of
// today, nor what somebody has redrafted since it was read.
func TestTheHeadSignsWhatIsOfToday(t *testing.T) {
	d := open(t)
	ctx, id := t.Context(), d.granted()
	old := d.signs(head, id, practice.Own)
	d.clock = d.clock.AddDate(0, 0, 1)
	if _, err := d.Sign(ctx, head, id, old); problem.Of(err) == nil || problem.Of(err).Say.Key != "office.drafts-old" {
		t.Errorf("to sign yesterday's draft was answered %v", err)
	}
	d.must(d.MakeDrafts(ctx, head, id))
	if _, err := d.Sign(ctx, head, id, old); !problem.IsKind(err, problem.Invalid) {
		t.Errorf("signatures over papers that were replaced were answered %v", err)
	}
	_, err := d.Sign(ctx, head, id, d.signs(head, id, practice.Own))
	d.must(err)
}

func TestNobodySignsForAnother(t *testing.T) {
	d := open(t)
	ctx, id := t.Context(), d.granted()
	d.must(d.MakeDrafts(ctx, head, id))
	for _, with := range practice.Choices[1:] {
		_, err := d.Sign(ctx, head, id, d.signs(head, id, with))
		if e := problem.Of(err); e == nil || e.Kind != problem.Invalid || e.Cite != "WKO 142/2017 ¶ 10(7)" {
			t.Errorf("%s: answered %v, want invalid under ¶ 10(7)", with, err)
		}
	}
	other := head
	other.Account, other.Region = "other", "27"
	if _, err := d.Sign(ctx, other, id, nil); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("the head of another region was answered %v", err)
	}
	if _, err := d.Sign(ctx, executor, id, nil); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("the executor was answered %v", err)
	}
}

// Without a verifier, or while what it needs is not there, nothing is refused and
// nothing is done.
func TestWhatCannotBeCheckedIsNeitherDoneNorRefused(t *testing.T) {
	d := open(t)
	id := d.prepare()
	sigs := d.signs(applicant, id, practice.Own)
	verifier := d.Verifier
	d.Verifier = nil
	if _, err := d.Submit(t.Context(), applicant, id, sigs); !problem.IsKind(err, problem.Unavailable) {
		t.Errorf("without a verifier a signature was answered %v, want unavailable", err)
	}
	d.Verifier = verifier
	if _, err := d.Submit(t.Context(), applicant, id, sigs); err != nil {
		t.Errorf("the same signature, once it can be checked: %v", err)
	}
}

// What the applicant signs is all of what they entered. Every field there is gets
// a value of its own and must stand in the paper.
func TestThePaperOfAnApplicationSaysAllThatWasEntered(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext (poppler-utils) is not here, so the paper is not read back")
	}
	d := open(t)
	id := d.prepare()
	papers, err := d.ToSign(t.Context(), applicant, id)
	d.must(err)
	_, content, err := d.Paper(t.Context(), applicant, id, papers[0].ID)
	d.must(err)
	name := filepath.Join(t.TempDir(), "application.pdf")
	d.must(os.WriteFile(name, content, 0o600))
	out, err := exec.CommandContext(t.Context(), program, "-layout", name, "-").Output()
	d.must(err)
	said := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range entered(reflect.ValueOf(application())) {
		if !strings.Contains(said, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
}

// entered are the texts and numbers of an application, but for what stands in it
// by its name: codes of countries, sections, categories and the like.
func entered(v reflect.Value) []string {
	switch v.Kind() {
	case reflect.String:
		switch v.Type() {
		case reflect.TypeFor[string](), reflect.TypeFor[party.BIN]():
			if s := v.String(); len([]rune(s)) > 2 {
				return []string{s}
			}
		}
	case reflect.Int:
		if v.Int() > 0 {
			return []string{strconv.FormatInt(v.Int(), 10)}
		}
	case reflect.Slice:
		var all []string
		for i := range v.Len() {
			all = append(all, entered(v.Index(i))...)
		}
		return all
	case reflect.Struct:
		if d, ok := v.Interface().(calendar.Date); ok {
			return []string{d.In(lang.RU)}
		}
		var all []string
		for i := range v.NumField() {
			all = append(all, entered(v.Field(i))...)
		}
		return all
	}
	return nil
}
