package office

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// executors is a paper that the executor gives and nobody appeals: it bears the
// executor's name and no signature.
func (s setting) executors() document.Paper {
	p := s.paper()
	p.Appeal = lang.Text{}
	p.Signatory = document.Signatory{Name: s.executor.Name.Initials(), Position: lang.All(party.Executor), Unsigned: true}
	return p
}

// correction sets the request for a correction.
func (s setting) correction(parts []procedure.Part, reasons string) ([]byte, error) {
	d := document.CorrectionData{Paper: s.executors(), Reasons: reasons}
	var kk, ru, en []string
	for _, x := range parts {
		name := lang.All(x)
		kk, ru, en = append(kk, strings.ToLower(name.KK)), append(ru, strings.ToLower(name.RU)), append(en, strings.ToLower(name.EN))
	}
	d.Parts = lang.Text{KK: strings.Join(kk, ", "), RU: strings.Join(ru, ", "), EN: strings.Join(en, ", ")}
	if r, ok := s.c.Term(law.Correction); ok {
		d.Until = lang.All(r.End.Last)
	}
	return document.Correction(d)
}

// invitation sets the call to a hearing.
func (s setting) invitation(h procedure.Hearing) ([]byte, error) {
	a := s.c.Application
	return document.Invitation(document.InvitationData{
		Paper: s.executors(), Grounds: points(law.GroundsFor(a.Operation, a.Scheme, s.c.LawOn), procedure.Note{Grounds: h.Grounds}),
		Reasons: h.Reasons, When: s.moment(h), Place: h.Place, Moves: s.moves(),
	})
}

// protocol sets the protocol of a hearing, with what was objected before it and
// there.
func (s setting) protocol(p procedure.Protocol, there []string) ([]byte, error) {
	h := s.c.Course.Hearing
	d := document.ProtocolData{
		Paper: s.executors(), Began: s.moment(procedure.Hearing{At: p.Began}), Place: h.Place, Said: p.Said,
		Present: p.Present, Moves: s.moves(),
	}
	if p.Absent {
		d.Present = ""
	}
	for _, o := range h.Objections {
		d.Objections = append(d.Objections, o.Text)
	}
	d.Objections = append(d.Objections, there...)
	return document.Protocol(d)
}

func (s setting) moment(h procedure.Hearing) lang.Text {
	return lang.All(calendar.Moment{Time: h.At.In(s.cal.Zone())})
}

// heard tells in a refusal how the applicant was heard, with each objection and
// the answer to it (APPC art. 73). It says nothing where there was no hearing.
func (s setting) heard() (lang.Text, []document.Objection) {
	h := s.c.Course.Hearing
	if h == nil || !h.Held && !h.Waived {
		return lang.Text{}, nil
	}
	key, day := "office.heard", h.Protocol.Began
	switch {
	case h.Waived:
		key, day = "office.heard-waived", h.At
	case h.Protocol.Absent:
		key = "office.heard-absent"
	}
	told := lang.All(lang.M(key, lang.Args{"moment": calendar.Moment{Time: day.In(s.cal.Zone())}}))
	var list []document.Objection
	for _, o := range h.Objections {
		list = append(list, document.Objection{Text: o.Text, Answer: o.Answer})
	}
	return told, list
}
