package office_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/signature/practice"
)

// asks is a request that came today, about the firm of the demo.
func (d *desk) asks(n int) correspondence.Request {
	today := calendar.DateOf(d.clock.Year(), d.clock.Month(), d.clock.Day())
	return correspondence.Request{
		Number: correspondence.Number(fmt.Sprintf("ЗТ-2026-%08d", n)), Dated: today, Received: today, Language: lang.RU,
		From:     correspondence.Asker{Name: lang.Text{RU: "Газета «Мысал»", KK: "«Мысал» газеті"}},
		Employer: correspondence.Subject{BIN: "190140071009"},
	}
}

// drafted is a request whose reply waits for the head.
func (d *desk) drafted() correspondence.File {
	d.Helper()
	raw, err := os.ReadFile("../demo/alacem.csv")
	d.must(err)
	permits, err := registry.ReadCSV(bytes.NewReader(raw))
	d.must(err)
	d.must(d.Import(d.Context(), permits))
	f, err := d.RegisterRequest(d.Context(), clerk, d.asks(1), "Сколько?")
	d.must(err)
	_, err = d.AssignRequest(d.Context(), correspondence.Deed{By: head}, f.ID, "executor", "")
	d.must(err)
	f, err = d.DraftLetter(d.Context(), correspondence.Deed{By: executor}, f.ID, office.Wish{
		AsOf: calendar.DateOf(2025, 9, 1), Year: 2025, Signatory: "head",
	})
	d.must(err)
	return f
}

// signature is what somebody's key makes of a letter.
func (d *desk) letterSignature(by party.Actor, id string) office.Signatures {
	d.Helper()
	papers, err := d.LetterToSign(d.Context(), head, id)
	d.must(err)
	sigs := office.Signatures{}
	for _, p := range papers {
		_, content, err := d.LetterPaper(d.Context(), head, id, p.ID)
		d.must(err)
		person := practice.PersonOf(party.Account{Role: by.Role, Region: by.Region, IIN: by.IIN, Name: by.Name})
		sigs[p.ID], err = d.signer.Sign(person, practice.Own, content, d.clock)
		d.must(err)
	}
	return sigs
}

func TestTheJournalOfWhatComesInHasNoGaps(t *testing.T) {
	d := open(t)
	const n = 12
	numbers := make(chan string, n)
	for i := range n {
		go func() {
			f, err := d.RegisterRequest(context.Background(), clerk, d.asks(i+1), "Сколько?")
			if err != nil {
				t.Error(err)
			}
			numbers <- f.Incoming.Number
		}()
	}
	var got []string
	for range n {
		got = append(got, <-numbers)
	}
	slices.Sort(got)
	for i, number := range got {
		if want := fmt.Sprintf("33-вх-2026-%06d", i+1); number != want {
			t.Errorf("entry %d of the journal is %s, want %s", i+1, number, want)
		}
	}
}

// Without a letterhead entered, what is known of the department stands in.
func TestALetterIsSignedByTheHeadItNamesAndWithTheirKey(t *testing.T) {
	d := open(t)
	deputy := party.Actor{Account: "deputy", Role: party.Head, Region: "33", IIN: "990505600014"}
	d.must(d.AddAccount(t.Context(), party.Account{
		ID: "deputy", Login: "deputy", Role: party.Head, Region: "33", IIN: deputy.IIN, Active: true, Name: party.Name{Surname: "Сынақов", Given: "deputy"},
	}, "password 2026"))
	f := d.drafted()
	if f.Draft.Paper.From.BIN != "220740008203" {
		t.Errorf("the letterhead has the number %q", f.Draft.Paper.From.BIN)
	}
	sigs := d.letterSignature(head, f.ID)
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: deputy}, f.ID, sigs); problem.Of(err).Say.Key != "correspondence.other-signatory" {
		t.Errorf("the deputy signs a letter that names the head: %v", err)
	}
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: head}, f.ID, d.letterSignature(deputy, f.ID)); !problem.IsKind(err, problem.Invalid) {
		t.Errorf("a letter of the head is signed with the key of the deputy: %v", err)
	}
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: head}, f.ID, nil); !problem.IsKind(err, problem.Invalid) {
		t.Errorf("a letter is signed with nothing: %v", err)
	}
	signed, err := d.SignLetter(t.Context(), correspondence.Deed{By: head}, f.ID, sigs)
	if err != nil || signed.State != correspondence.Signed {
		t.Fatalf("%s, %v", signed.State, err)
	}
	if _, err := d.DraftLetter(t.Context(), correspondence.Deed{By: executor}, f.ID, office.Wish{}); !problem.IsKind(err, problem.Conflict) {
		t.Errorf("a signed letter is drafted again: %v", err)
	}
	wrong, err := d.Check(t.Context())
	if err != nil || len(wrong) != 0 {
		t.Errorf("the check finds %v, %v", wrong, err)
	}
}

// A signature is over one draft; made over the one before, it is worth nothing.
func TestASignatureOverAnOlderDraftIsNotTakenForTheNewOne(t *testing.T) {
	d := open(t)
	f := d.drafted()
	old := d.letterSignature(head, f.ID)
	w := office.Wish{AsOf: calendar.DateOf(2025, 6, 1), Year: 2025, Signatory: "head"}
	if _, err := d.DraftLetter(t.Context(), correspondence.Deed{By: executor}, f.ID, w); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: head}, f.ID, old); err == nil {
		t.Error("the letter of 1 June is signed with the signature over that of 1 September")
	}
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: head, Version: f.Version}, f.ID, d.letterSignature(head, f.ID)); !problem.IsKind(err, problem.Conflict) {
		t.Errorf("the head signs what they have not seen: %v", err)
	}
}

func TestALateReplyIsSentAndTheHistorySaysThatItWasLate(t *testing.T) {
	d := open(t)
	f := d.drafted()
	if _, err := d.SignLetter(t.Context(), correspondence.Deed{By: head}, f.ID, d.letterSignature(head, f.ID)); err != nil {
		t.Fatal(err)
	}
	d.clock = d.clock.Add(60 * 24 * time.Hour)
	sent, err := d.DispatchLetter(t.Context(), correspondence.Deed{By: clerk}, f.ID)
	if err != nil || sent.Outgoing.Number != "33-исх-2026-000001" {
		t.Fatalf("%s, %v", sent.Outgoing.Number, err)
	}
	v, err := d.LookLetter(t.Context(), executor, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := v.Events[len(v.Events)-1]; !last.Late {
		t.Errorf("a reply due on %s was sent on %s, and the event says it was in time", sent.Due.Last(), sent.Outgoing.On)
	}
	first, err := office.LetterCopy(v.File, v.Papers)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := office.LetterCopy(v.File, v.Papers); !bytes.Equal(first, again) {
		t.Error("the copy that is sent differs each time it is made")
	}
}

func TestOnlyTheAdministratorEntersALetterhead(t *testing.T) {
	d := open(t)
	for _, by := range []party.Actor{clerk, executor, head, applicant} {
		if err := d.SetLetterhead(t.Context(), by, "33", correspondence.Office{}); !problem.IsKind(err, problem.NotAllowed) {
			t.Errorf("%s enters a letterhead: %v", by.Role, err)
		}
	}
	if err := d.SetLetterhead(t.Context(), party.Actor{Role: party.Admin}, "33", correspondence.Office{}); !problem.IsKind(err, problem.Invalid) {
		t.Errorf("an empty letterhead is entered: %v", err)
	}
}
