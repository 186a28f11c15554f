package scenario

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
)

// employer asks for the permits of every scenario. It is made up.
var employer = party.Employer{
	BIN:  "940140000385",
	Name: lang.Text{KK: "«Үлгі Құрылыс» ЖШС", RU: "ТОО «Үлгі Құрылыс»", EN: "Ulgi Qurylys LLP"}, Region: "27",
	Address: "г. Уральск, ул. Примерная, 1", Phone: "8 (7112) 00-00-00", Email: "office@example.kz", Section: "F",
	Kind: party.Company, Size: party.Medium,
	Head: party.Name{Surname: "Оспанов", Given: "Тимур"},
}

func (p *Player) allot(ctx context.Context, words []string) error {
	if len(words) != 2 {
		return fmt.Errorf("allot wants a number and a line")
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	l, err := quota.ParseLine(words[1])
	if err != nil {
		return err
	}
	return p.office.Allot(ctx, p.actors["ministry"], l, quota.Permits(n), "Order 274 of 2023-06-30")
}

// act does what somebody does to a case.
func (p *Player) act(ctx context.Context, by party.Actor, verb, name string, rest []string) error {
	switch {
	case verb == "prepare" || verb == "take-in" || verb == "submit" && len(rest) > 0:
		return p.begin(ctx, by, verb, name, rest)
	case verb == "correct-permit": // "correct" is what an applicant does to an application
		return p.actOnPermit(ctx, by, registry.Correct, name, rest)
	case registry.Act(verb).ByHand() && verb != string(registry.Correct):
		return p.actOnPermit(ctx, by, registry.Act(verb), name, rest)
	case complaintActs[verb] != nil:
		return complaintActs[verb](p, ctx, by, name, rest)
	}
	if done, err := p.rulingAct(ctx, by, verb, name, rest); done {
		return err
	}
	if verb == "request" {
		return p.request(ctx, by, name, rest)
	}
	if id, ok := p.requests[name]; ok {
		return p.letterAct(ctx, by, verb, id, rest)
	}
	c, err := p.load(ctx, name)
	if err != nil {
		return err
	}
	if done, err := p.look(ctx, by, verb, c, rest); done {
		return err
	}
	words, id, o := strings.Join(rest, " "), c.ID, p.office
	switch procedure.Act(verb) {
	case procedure.Submit:
		err = p.handIn(ctx, by, id, nil)
	case procedure.Register:
		_, err = o.Register(ctx, by, id)
	case procedure.Assign:
		_, err = o.Assign(ctx, by, id, p.executor(rest), "к исполнению")
	case procedure.Reassign:
		_, err = o.Reassign(ctx, by, id, p.executor(rest), "отпуск")
	case procedure.Examine:
		err = p.examine(ctx, by, c, rest)
	case procedure.ReturnIncomplete:
		reason, why, _ := strings.Cut(words, " ")
		_, err = o.ReturnIncomplete(ctx, by, id, []string{reason}, why)
	case procedure.Draft:
		err = p.draft(ctx, by, id, rest)
	case procedure.Sign:
		err = p.sign(ctx, by, id, rest)
	case procedure.SendBack:
		_, err = o.SendBack(ctx, by, id, words)
	case procedure.Notify:
		_, err = o.Notify(ctx, by, id)
	case procedure.Refuse:
		_, err = o.Refuse(ctx, by, id)
	case procedure.ProvePayment:
		err = p.pay(ctx, by, c, rest)
	case procedure.Issue:
		_, err = o.Issue(ctx, by, id)
	case procedure.HandOver:
		_, err = o.HandOver(ctx, by, id, words)
	case procedure.Withdraw:
		_, err = o.Withdraw(ctx, by, id, words)
	case procedure.Discard:
		_, err = o.Discard(ctx, by, id)
	default:
		return p.lateAct(ctx, by, verb, c, words)
	}
	return err
}

// executor returns the account of the executor named, or of the first.
func (p *Player) executor(rest []string) string {
	if len(rest) > 0 {
		return p.actors[rest[0]].Account
	}
	return p.actors["executor"].Account
}

// examine accepts a package; see [Player.decisions].
func (p *Player) examine(ctx context.Context, by party.Actor, c procedure.Case, rest []string) error {
	decisions, err := p.decisions(ctx, by, c, rest)
	if err != nil {
		return err
	}
	_, err = p.office.Examine(ctx, by, c.ID, decisions)
	return err
}

func (p *Player) draft(ctx context.Context, by party.Actor, id string, rest []string) (err error) {
	if len(rest) > 0 && rest[0] == "refusal" {
		_, err = p.office.DraftRefusal(ctx, by, id, rest[1:], "")
		return err
	}
	_, err = p.office.DraftGrant(ctx, by, id)
	return err
}

// pay proves a payment made today, of the sum given or of what is due.
func (p *Player) pay(ctx context.Context, by party.Actor, c procedure.Case, rest []string) error {
	today := p.cal.Day(p.clock)
	sum, err := office.Fee(c, today)
	if len(rest) > 0 {
		var n int64
		n, err = strconv.ParseInt(rest[0], 10, 64)
		sum = fee.Tenge(n)
	}
	if err != nil {
		return err
	}
	_, err = p.office.ProvePayment(ctx, by, c.ID, office.Payment{On: today, Sum: sum})
	return err
}

// begin files an application: "submit A issue 2 III 12" asks through the portal
// for two permits of category III for twelve months; "prepare A …" does not hand it
// in yet; "take-in A …" has the clerk take the same in at the counter. For the words
// that may follow see [Player.asked].
func (p *Player) begin(ctx context.Context, by party.Actor, verb, name string, rest []string) error {
	rest, with := signedWith(rest)
	a, err := p.asked(ctx, rest)
	if err != nil {
		return err
	}
	if verb == "take-in" {
		c, err := p.office.TakeIn(ctx, by, office.Package{Region: p.region, Application: a})
		if err == nil {
			p.cases[name] = c.ID
		}
		return err
	}
	id, err := p.office.Prepare(ctx, by, p.region, a)
	if err != nil {
		return err
	}
	for _, d := range law.DocumentsFor(a.Operation, a.Scheme, p.cal.Day(p.clock)) {
		if err := p.office.Attach(ctx, by, id, d.Key, d.Key+".pdf", onePage); err != nil {
			return err
		}
	}
	p.cases[name] = id
	if verb == "prepare" {
		return nil
	}
	return p.handIn(ctx, by, id, with)
}

// handIn signs an application and hands it in.
func (p *Player) handIn(ctx context.Context, by party.Actor, id string, with []string) error {
	if err := p.office.MakeApplication(ctx, by, id, lang.RU); err != nil {
		return err
	}
	sigs, err := p.signatures(ctx, by, id, with)
	if err != nil {
		return err
	}
	_, err = p.office.Submit(ctx, by, id, sigs)
	return err
}

// signedWith parts the words of an application from those on its signature, which
// stand last: "with revoked".
func signedWith(words []string) (rest, with []string) {
	if i := slices.Index(words, "with"); i >= 0 {
		return words[:i], words[i:]
	}
	return words, nil
}

// onePage is a PDF of one empty page.
var onePage = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// posts are the position of each category, and its group of the classification in
// place of the English.
var posts = map[law.Category]lang.Text{
	law.I:             {KK: "директордың орынбасары", RU: "заместитель директора", EN: "1120"},
	law.II:            {KK: "бөлім басшысы", RU: "начальник отдела", EN: "1323"},
	law.III:           {KK: "инженер-құрылысшы", RU: "инженер-строитель", EN: "2142"},
	law.IV:            {KK: "дәнекерлеуші", RU: "сварщик", EN: "7212"},
	law.Seasonal:      {KK: "шопан", RU: "чабан", EN: "9212"},
	law.ICTHead:       {KK: "басшы", RU: "руководитель", EN: "1120"},
	law.ICTManager:    {KK: "жоба менеджері", RU: "менеджер проекта", EN: "1323"},
	law.ICTSpecialist: {KK: "инженер-технолог", RU: "инженер-технолог", EN: "2141"},
}

// application asks for n permits of a category, for made-up people.
func (p *Player) application(op law.Operation, n int, c law.Category, months int) (procedure.Application, error) {
	today := p.cal.Day(p.clock)
	a := procedure.Application{
		Operation: op, Scheme: c.Scheme(), Employer: employer, Months: months, From: today.AddDays(30),
		Reason: "Монтаж оборудования, для которого нет местных специалистов.", Truthful: true,
		Content: procedure.LocalContent{LeadersKZ: 12, LeadersForeign: 2, OthersKZ: 190, OthersForeign: 8,
			ManagersKZ: 8, ManagersForeign: 1, SpecialistsKZ: 40, SpecialistsForeign: 5},
	}
	if op == law.Reissue {
		a.Change = "data"
	}
	if c.Scheme() == law.ICT {
		a.Sending = procedure.Sending{Name: "Örnek İnşaat A.Ş.", Country: "TR"}
	}
	for range n {
		p.people++
		i := p.people
		a.Workers = append(a.Workers, party.Worker{
			Surname: "SAMPLE", Given: "WORKER " + strconv.Itoa(i), SurnameCyr: "Сэмпл", GivenCyr: "Уоркер " + strconv.Itoa(i),
			Born: calendar.DateOf(1980, 1, 1).AddDays(97 * (i % 50)), Citizenship: "TR", Passport: fmt.Sprintf("T%07d", i),
			PassportUntil: today.AddMonths(60), Category: c, PositionRU: posts[c].RU, PositionKK: posts[c].KK,
			NKZ: posts[c].EN, Education: "высшее, строительство", Experience: 7, Vacancy: p.vacancy(today), Transfer: 24,
		})
	}
	for _, change := range p.changes {
		if err := change(&a); err != nil {
			return a, err
		}
	}
	p.changes = nil
	return a, nil
}
