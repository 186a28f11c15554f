package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// everyone who works with cases.
var everyone = []party.Role{party.Applicant, party.Clerk, party.Executor, party.Head}

// colour is the mark of a state: blue while it moves, amber while it waits for
// the applicant, green and red for what came of it.
func colour(st procedure.State) component.Colour {
	switch st {
	case procedure.Notified, procedure.Preparing, procedure.Correcting, procedure.Forewarned:
		return component.Amber
	case procedure.Issued, procedure.HandedOver:
		return component.Green
	case procedure.Refused, procedure.Lapsed:
		return component.Red
	case procedure.Returned, procedure.Withdrawn, procedure.Discarded:
		return component.Grey
	}
	return component.Blue
}

// days is how much is left of the term that ends first; nil if none runs.
func (s *Site) days(c procedure.Case) *component.Days {
	r, ok := c.Next()
	if !ok {
		return nil
	}
	return s.left(c, r)
}

func (s *Site) left(c procedure.Case, r procedure.Running) *component.Days {
	cal, err := s.Office.CalendarFor(c.Region)
	if err != nil {
		return nil
	}
	left, err := cal.Remaining(s.Office.Now(), r.End)
	if err != nil {
		return nil
	}
	if left.InDays {
		return &component.Days{Left: left.Days, Unit: component.InDays}
	}
	if left.Minutes <= -time.Hour || left.Minutes >= 2*time.Hour {
		return &component.Days{Left: int(left.Minutes / time.Hour), Unit: component.InHours, Amber: 1, Red: 1}
	}
	return &component.Days{Left: int(left.Minutes / time.Minute), Unit: component.InMinutes, Amber: 30, Red: 5}
}

func (s *Site) daysTag(p component.Page, c procedure.Case) templ.Component {
	if d := s.days(c); d != nil {
		return component.DaysTag(p, *d)
	}
	return templ.NopComponent
}

// A file shows everything of a case: what it is, until when what must be done,
// what can be done now, and what was done.
type caseFile struct {
	office.View
	Identity component.Identity
	Terms    []component.Term
	Ways     []procedure.Step
	Answers  []component.Row
	Files    []component.Link
	Papers   []component.Document
	Events   []component.Event
	Fees     []string
	InLog    []component.Row
	Staff    bool
	Now      time.Time
	Wait     edsWait // what became of signatures that could not be checked at once
	Value    func(string) string
	Position string // where the case stands, drawn
	Checking *checking
	Tried    procedure.Act   // whose form is shown again, if one is
	HandedIn []component.Row // said once

	Old        []component.Link // permits to be extended or reissued
	Complaints component.Grid   // about the case
}

// casePage shows a case to the applicant or the authority.
func (s *Site) casePage(q request) error {
	return s.showCase(q, s.page(q, "web.case"), func(string) string { return "" })
}

func (s *Site) showCase(q request, p component.Page, value func(string) string) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	v, err := s.Office.Look(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if v.Case.State == procedure.Preparing {
		return s.redirect(q, "/cabinet/"+v.Case.ID)
	}
	f := s.file1(p, q, v)
	f.Value, f.Old = value, oldPermits(v.Case)
	f.Tried, f.HandedIn = tried(q), s.handedIn(q, p, v)
	if f.Wait, err = s.waitingIn(q, p, v.Case, v.Events); err != nil {
		return err
	}
	if f.Checking, err = s.checking(q, p, v, value); err != nil {
		return err
	}
	if f.Complaints, err = s.complaintsOf(q, p, v.Case.ID); err != nil {
		return err
	}
	if f.InLog, err = s.inLog(q, p, "case_file", v.Case.ID); err != nil {
		return err
	}
	p.Title = f.Identity.Number
	p.Path = "/cases/" + v.Case.ID
	if f.Staff {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	} else {
		p.Back = &component.Link{Text: p.T("web.cabinet"), Href: "/cabinet"}
	}
	s.render(q, casePage(p, f))
	return nil
}

func (s *Site) file1(p component.Page, q request, v office.View) caseFile {
	c := v.Case
	f := caseFile{View: v, Ways: procedure.Ways(c, q.actor(), v.Today), Now: s.Office.Now(), Staff: q.user.Role.Authority(), Answers: s.answers(p, c, nil)}
	for i := range f.Answers {
		if c.State != procedure.Correcting || f.Staff || strings.HasSuffix(f.Answers[i].Change, "/"+string(procedure.PartTerms)) {
			f.Answers[i].Change = ""
		}
	}
	if !f.Staff {
		c = s.applicantTerms(c)
	}
	f.Identity = component.Identity{
		Number: s.name(p, c), State: c.State.In(q.lang), Colour: colour(c.State), Days: s.days(c),
		Facts: []component.Fact{
			{Name: p.T("web.employer"), Value: c.Application.Employer.Name.In(q.lang)},
			{Name: p.T("web.operation"), Value: c.Application.Operation.In(q.lang)},
			{Name: p.T("web.channel"), Value: c.Channel.In(q.lang)},
		},
	}
	if who := procedure.WaitsFor(c, v.Today); who != "" {
		f.Identity.Facts = append(f.Identity.Facts, component.Fact{Name: p.T("web.waits-for"), Value: who.In(q.lang)})
	}
	for _, r := range c.Running {
		f.Terms = append(f.Terms, s.term(p, c, r))
	}
	documents := law.DocumentsFor(c.Application.Operation, c.Application.Scheme, v.Today)
	for _, file := range v.Files {
		f.Files = append(f.Files, component.Link{Text: fileText(p, documents, file), Href: "/cases/" + c.ID + "/files/" + file.ID})
	}
	if c.Channel == procedure.Portal {
		f.Files = append(f.Files, component.Link{Text: p.T("web.eds-receipt"), Href: "/cases/" + c.ID + "/receipt.pdf"})
		if s.Office.Log != nil {
			f.Files = append(f.Files, component.Link{Text: p.T("web.eds-receipt-data"), Href: "/cases/" + c.ID + "/receipt.json"})
		}
	}
	for _, paper := range v.Papers {
		f.Papers = append(f.Papers, s.document(p, c, paper))
	}
	for i := len(v.Events) - 1; i >= 0; i-- {
		e := s.event(p, c, v.Events[i])
		if f.Staff && len(v.Events[i].Note.Findings) > 0 {
			e.Content = recordedChecks(p, s.recorded(p, c, v.Events[i]))
		}
		f.Events = append(f.Events, e)
	}
	f.Fees = s.fees(p, c, v.Today)
	f.Position = s.drawings.position(q.lang, v.Case, v.Events, v.Today)
	return f
}

// term explains one running term.
func (s *Site) term(p component.Page, c procedure.Case, r procedure.Running) component.Term {
	t := component.Term{
		Title: r.Name.In(p.Lang) + " – " + r.Whose.In(p.Lang), Until: r.End.Last.In(p.Lang),
		Days: s.left(c, r), Cite: r.Cite.In(p.Lang),
	}
	if r.End.Term.Unit == calendar.WorkingHours || r.End.Term.Unit == calendar.WorkingMinutes {
		t.Until = calendar.Moment{Time: r.End.At}.In(p.Lang)
	}
	if r.Sure != law.Text {
		t.Assumed = r.Sure.In(p.Lang)
	}
	for _, m := range r.Explain() {
		t.Lines = append(t.Lines, m.In(p.Lang))
	}
	return t
}

// event is one line of the history. The names of officials are for officials.
func (s *Site) event(p component.Page, c procedure.Case, e procedure.Event) component.Event {
	at := e.At
	if cal, err := law.CalendarFor(c.Region); err == nil {
		at = at.In(cal.Zone())
	}
	who := e.By.Role.In(p.Lang)
	if name := e.By.Name.Initials(); name != "" {
		who += ", " + name
	}
	text := e.Note.Text
	for _, key := range e.Note.Grounds {
		for _, r := range append(law.GroundsFor(c.Application.Operation, c.Application.Scheme, c.LawOn), law.ReturnReasons(c.LawOn)...) {
			if r.Key == key {
				text += " • " + r.Name.In(p.Lang) + " (" + r.Cite.In(p.Lang) + ")"
			}
		}
	}
	if e.Note.Sum > 0 {
		text = fee.Tenge(e.Note.Sum).String() + ", " + e.Note.PaidOn.Short() + s.overpaid(p, c, e)
	}
	for _, late := range e.Late {
		text += " • " + p.T("web.late", "term", late)
	}
	for _, line := range told(p, e) {
		text += " • " + line
	}
	return component.Event{What: what(p.Lang, e), Who: who, When: calendar.Moment{Time: at}.In(p.Lang), Moment: at.Format(time.RFC3339), Text: text}
}

// what says what an act made of the case: "Registered"; an act that leaves the
// case where it stood says its own name.
func what(t lang.Tag, e procedure.Event) string {
	if e.From == e.To {
		return e.Act.In(t)
	}
	return large(e.To.In(t))
}

// large writes the first letter large.
func large(s string) string {
	words := []rune(s)
	return string(append([]rune{unicode.ToUpper(words[0])}, words[1:]...))
}

// fees tells what is to be paid, if paid today.
func (s *Site) fees(p component.Page, c procedure.Case, today calendar.Date) []string {
	amounts, err := office.Fees(c, today)
	if err != nil || !c.Owing() {
		return nil
	}
	var lines []string
	for _, a := range amounts {
		for _, m := range a.Explain() {
			lines = append(lines, m.In(p.Lang))
		}
	}
	return lines
}

// act answers the button of an act, and shows the case again.
func (s *Site) act(a procedure.Act) func(q request) error {
	return func(q request) error {
		if err := signedIn(q, everyone...); err != nil {
			return err
		}
		err := s.perform(q, a)
		if err == nil && a == procedure.Discard {
			return s.redirect(q, "/cabinet")
		}
		if err == nil {
			if a == procedure.Submit {
				s.sessions.Put(q.r.Context(), handedInKey, q.id())
			}
			if a == procedure.Correct && q.user.Role == party.Applicant {
				return s.redirect(q, "/cases/"+q.id()+"/sign")
			}
			return s.redirect(q, "/cases/"+q.id())
		}
		if office.Waits(err) {
			return s.redirect(q, "/cases/"+q.id()+"/sign")
		}
		if a == procedure.Submit || a == procedure.Sign {
			p := s.page(q, "web.to-sign")
			if err := s.wrong(q, &p, err); err != nil {
				return err
			}
			return s.showSign(q, p)
		}
		p := s.page(q, "web.case")
		if err := s.wrong(q, &p, err); err != nil {
			return err
		}
		return s.showCase(q, p, func(name string) string { return q.r.PostFormValue(name) })
	}
}

func (s *Site) perform(q request, a procedure.Act) (err error) {
	ctx, by, id, o := q.r.Context(), q.actor(), q.id(), s.Office
	switch a {
	case procedure.Submit, procedure.Sign:
		err = s.sign(q, a)
	case procedure.Register:
		_, err = o.Register(ctx, by, id)
	case procedure.Assign:
		_, err = o.Assign(ctx, by, id, q.form("executor"), q.form("resolution"))
	case procedure.Reassign:
		_, err = o.Reassign(ctx, by, id, q.form("executor"), q.form("resolution"))
	case procedure.Examine:
		err = s.examine(q)
	case procedure.ReturnIncomplete:
		_, err = o.ReturnIncomplete(ctx, by, id, q.r.PostForm["reasons"], q.form("words"))
	case procedure.Draft:
		if q.form("verdict") == string(procedure.Refusal) {
			_, err = o.DraftRefusal(ctx, by, id, q.r.PostForm["grounds"], q.form("words"))
		} else {
			_, err = o.DraftGrant(ctx, by, id)
		}
	case procedure.SendBack:
		_, err = o.SendBack(ctx, by, id, q.form("remarks"))
	case procedure.Notify:
		_, err = o.Notify(ctx, by, id)
	case procedure.Refuse:
		_, err = o.Refuse(ctx, by, id)
	case procedure.ProvePayment:
		err = s.pay(q)
	case procedure.Issue:
		_, err = o.Issue(ctx, by, id)
	case procedure.HandOver:
		_, err = o.HandOver(ctx, by, id, q.form("receiver"))
	case procedure.Withdraw:
		_, err = o.Withdraw(ctx, by, id, q.form("why"))
	case procedure.Discard:
		_, err = o.Discard(ctx, by, id)
	default:
		err = s.performLate(q, a)
	}
	return err
}

// pay takes the proof of payment: the copy first, for it can be kept even if the
// sum turns out to be wrong.
func (s *Site) pay(q request) error {
	if err := s.Office.PaymentOpen(q.r.Context(), q.actor(), q.id()); err != nil {
		return err
	}
	name, content, err := upload(q, "file-"+office.PaymentProof)
	if err != nil {
		return err
	}
	if name == "" {
		return problem.New(problem.Invalid, "web.no-file").At("file-" + office.PaymentProof)
	}
	if err := s.Office.Attach(q.r.Context(), q.actor(), q.id(), office.PaymentProof, name, content); err != nil {
		return err
	}
	sum, err := strconv.ParseInt(q.form("sum"), 10, 64)
	if err != nil {
		return problem.New(problem.Invalid, "procedure.bad-count").At("sum")
	}
	_, err = s.Office.ProvePayment(q.r.Context(), q.actor(), q.id(), office.Payment{On: date(q, "paid_on"), Sum: fee.Tenge(sum)})
	return err
}

// file sends a file of a case, as something to keep and not to run.
func (s *Site) file(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	f, content, err := s.Office.File(q.r.Context(), q.actor(), q.id(), q.r.PathValue("file"))
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", f.Media)
	q.w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
	q.w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	if _, err = q.w.Write(content); err != nil {
		s.Log.Warn("file was not sent", "error", err)
	}
	return nil
}
