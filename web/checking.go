package web

import (
	"slices"
	"strings"

	"ruqsat/examination"
	"ruqsat/fee"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// A checking is what the page of a case shows of its examination to an official.
type checking struct {
	Lines    []checkLine
	Sources  []source
	MayAsk   bool
	Clock    string // what it does to the term that a register is down
	Proposal examination.Proposal
	Return   string // proposed words of a return
	Refusal  string // and of a refusal
}

// A checkLine is a line of the checklist to decide on.
type checkLine struct {
	Key      string
	Name     string
	Outcome  examination.Outcome
	Found    []found
	Decision string // chosen, or proposed
	Say      string
}

// asksWords reports whether the executor is likely to have something to say on a
// line; elsewhere the field is behind a summary.
func (l checkLine) asksWords(p component.Page) bool {
	fine := l.Outcome == examination.OK || l.Outcome == examination.NotApplicable
	return !fine || l.Say != "" || p.WrongWith("say-"+l.Key) != "" || p.WrongWith("line-"+l.Key) != ""
}

// sentence is what was found, with what would cure it where it is not in order.
func (f found) sentence() string {
	if f.Outcome == examination.OK || f.Cure == "" {
		return f.Text
	}
	return f.Text + " " + f.Cure
}

// sources are the rules and the evidence a line rests on, each once.
func (l checkLine) sources() []string {
	var list []string
	add := func(s string) {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, f := range l.Found {
		if f.Assumed != "" {
			add(f.Cite + " (" + f.Assumed + ")")
		} else {
			add(f.Cite)
		}
	}
	for _, f := range l.Found {
		for _, p := range f.Proof {
			add(p)
		}
	}
	return list
}

// checking examines the case of a page for its executor; nil where there is
// nothing to decide any more.
func (s *Site) checking(q request, p component.Page, v office.View, value func(string) string) (*checking, error) {
	if q.user.Role != party.Executor || q.user.ID != v.Case.Executor || !slices.Contains([]procedure.State{procedure.Assigned, procedure.Examined}, v.Case.State) {
		return nil, nil
	}
	x, err := s.Office.Examination(q.r.Context(), q.actor(), v.Case.ID)
	if err != nil {
		return nil, err
	}
	k := &checking{Sources: s.sources(p, x), MayAsk: true, Proposal: examination.Propose(x.Lines, lastFindings(v.Events))}
	k.Return = examination.Words(k.Proposal.ReturnFor, p.Lang)
	k.Refusal = examination.Words(k.Proposal.RefusalOver, p.Lang)
	if rule, ok := law.ConditionOn(law.RegisterDown, x.On); ok {
		k.Clock = p.T("web.register-clock", "n", rule.Is, "cite", rule.Cite, "sure", rule.Sure)
	}
	for _, l := range x.Lines {
		line := checkLine{Key: l.Key, Name: l.Name.In(p.Lang), Outcome: l.Outcome, Decision: value("line-" + l.Key), Say: value("say-" + l.Key)}
		if line.Decision == "" && q.r.Method != "POST" && slices.Contains(examination.Decided(), l.Outcome) {
			line.Decision = string(l.Outcome)
		}
		for _, f := range l.Findings {
			line.Found = append(line.Found, s.found(p, x.Case, l, f))
		}
		k.Lines = append(k.Lines, line)
	}
	return k, nil
}

// lastFindings are what the executor decided when the package was accepted.
func lastFindings(events []procedure.Event) []procedure.Finding {
	for _, e := range slices.Backward(events) {
		if e.Act == procedure.Examine {
			return e.Note.Findings
		}
	}
	return nil
}

// examine accepts a package as the executor has decided line by line.
func (s *Site) examine(q request) error {
	var decisions []examination.Decision
	for name, values := range q.r.PostForm {
		if key, ok := strings.CutPrefix(name, "line-"); ok && values[0] != "" {
			decisions = append(decisions, examination.Decision{Key: key, Outcome: examination.Outcome(values[0]), Say: q.form("say-" + key)})
		}
	}
	slices.SortFunc(decisions, func(a, b examination.Decision) int { return strings.Compare(a.Key, b.Key) })
	_, err := s.Office.Examine(q.r.Context(), q.actor(), q.id(), decisions)
	return err
}

// askRegisters answers the button of the executor.
func (s *Site) askRegisters(q request) error {
	if err := signedIn(q, party.Executor); err != nil {
		return err
	}
	if err := s.Office.AskRegisters(q.r.Context(), q.actor(), q.id()); err != nil {
		return err
	}
	return s.redirect(q, "/cases/"+q.id())
}

// noteSeen keeps what the executor saw elsewhere.
func (s *Site) noteSeen(q request) error {
	if err := signedIn(q, party.Executor); err != nil {
		return err
	}
	register, subject, _ := strings.Cut(q.form("question"), " ")
	err := s.Office.NoteSeen(q.r.Context(), q.actor(), q.id(), examination.Question{Register: examination.Register(register), Subject: subject},
		examination.Sight{Result: examination.Outcome(q.form("result")), Source: q.form("source"), On: date(q, "seen_on"), Words: q.form("seen")})
	if err == nil {
		return s.redirect(q, "/cases/"+q.id())
	}
	p := s.page(q, "web.case")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showCase(q, p, func(name string) string { return q.r.PostFormValue(name) })
}

// matchPayment has the treasury prove a payment.
func (s *Site) matchPayment(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	_, err := s.Office.MatchPayment(q.r.Context(), q.actor(), q.id())
	if err == nil {
		return s.redirect(q, "/cases/"+q.id())
	}
	p := s.page(q, "web.case")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showCase(q, p, func(name string) string { return q.r.PostFormValue(name) })
}

// A recordedLine is a line of the checklist as an event has it.
type recordedLine struct {
	Name     string
	Result   string
	Colour   component.Colour
	Proposed string // said if the executor decided otherwise
	Say      string
	Found    []string
	Proof    []string
}

// recorded are the findings of an event, for officials.
func (s *Site) recorded(p component.Page, c procedure.Case, e procedure.Event) []recordedLine {
	rules := law.Checklist(c.Application.Operation, c.Application.Scheme, c.LawOn)
	var list []recordedLine
	for _, x := range e.Note.Findings {
		r := recordedLine{Name: x.Key, Result: p.T("web.not-decided"), Colour: component.Outline, Say: x.Say}
		for _, rule := range rules {
			if rule.Key == x.Key {
				r.Name = rule.Name.In(p.Lang)
			}
		}
		if x.Outcome != "" {
			o := examination.Outcome(x.Outcome)
			r.Result, r.Colour = o.In(p.Lang), outcomeColour(o)
		}
		if x.Proposed != "" && x.Proposed != x.Outcome {
			r.Proposed = examination.Outcome(x.Proposed).In(p.Lang)
		}
		for _, m := range x.Found {
			r.Found = append(r.Found, m.In(p.Lang))
		}
		for _, proof := range x.Proof {
			r.Proof = append(r.Proof, s.evidence(p, c, proof))
		}
		list = append(list, r)
	}
	return list
}

// The proposals of a case that nobody examines are empty.

func (k *checking) reasons() []string {
	if k == nil {
		return nil
	}
	return k.Proposal.Reasons
}

func (k *checking) grounds() []string {
	if k == nil {
		return nil
	}
	return k.Proposal.Grounds
}

func (k *checking) returnWords() string {
	if k == nil {
		return ""
	}
	return k.Return
}

func (k *checking) refusalWords() string {
	if k == nil {
		return ""
	}
	return k.Refusal
}

// overpaid says what was paid beyond the fee, and where it is known from.
func (s *Site) overpaid(p component.Page, c procedure.Case, e procedure.Event) string {
	var text string
	if e.Note.Over > 0 {
		text += " • " + p.T("web.overpaid", "sum", fee.Tenge(e.Note.Over))
	}
	for _, proof := range e.Note.Proof {
		text += " • " + proof.Source.In(p.Lang) + ", " + s.when(p, c, proof.At)
	}
	return text
}
