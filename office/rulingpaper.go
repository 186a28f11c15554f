package office

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/complaint"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/registry"
	"ruqsat/store"
)

// A rulingSetting is what the paper of a ruling is set from.
type rulingSetting struct {
	RulingView
	address   string
	at        time.Time
	cal       calendar.Calendar
	head      party.Account // who is to sign
	drafter   party.Account
	permit    registry.Permit
	entry     registry.Entry // as it is, or as the act will make it
	complaint complaint.Complaint
	decided   complaint.Complaint // as the act will leave it
	about     procedure.Case      // of the complaint or the permit; zero where there is none
}

// caseOf is a case that only has an id, for papers that stand under another.
func caseOf(id string) procedure.Case { return procedure.Case{ID: id} }

// read reads what the paper is set from. It fails where the act cannot be done any
// more.
func (s *rulingSetting) read(ctx context.Context, tx store.ReadTx, o *Office, by party.Actor, r store.Ruling) error {
	s.Ruling = r
	var err error
	if s.cal, err = o.CalendarFor(r.Region); err != nil {
		return err
	}
	s.at = s.at.In(s.cal.Zone())
	if s.head, _, err = tx.Account(ctx, by.Account); err != nil {
		return err
	}
	if s.drafter, _, err = tx.Account(ctx, r.By.Account); err != nil {
		return err
	}
	caseID := ""
	if r.About == store.AboutPermit {
		err = s.readPermit(ctx, tx, by, r)
		caseID = s.permit.Case
	} else {
		err = s.readComplaint(ctx, tx, by, r)
		caseID = s.complaint.Case
	}
	if err == nil && caseID != "" {
		s.about, err = tx.Case(ctx, caseID)
	}
	return err
}

func (s *rulingSetting) readPermit(ctx context.Context, tx store.ReadTx, by party.Actor, r store.Ruling) (err error) {
	if s.permit, err = tx.Permit(ctx, r.Subject); err != nil {
		return err
	}
	if r.Entry == 0 {
		s.entry, err = registry.Perform(s.permit, deedAt(r.Permit, by, s.at), s.cal)
		return said(err)
	}
	entries, err := tx.Entries(ctx, r.Subject)
	for _, e := range entries {
		if e.Seq == r.Entry {
			s.entry = e
		}
	}
	return err
}

func (s *rulingSetting) readComplaint(ctx context.Context, tx store.ReadTx, by party.Actor, r store.Ruling) (err error) {
	if s.complaint, err = tx.Complaint(ctx, r.Subject); err != nil {
		return err
	}
	d := r.Complaint
	d.By, d.At = by, s.at
	s.decided, err = complaint.Perform(s.complaint, d, s.cal)
	return said(err)
}

// madeOf tells papers apart that were made of something else.
func (s rulingSetting) madeOf() string {
	return fmt.Sprintf("%d %d %d %s %s", s.Ruling.Version, s.permit.LastSeq(), s.complaint.Version, s.head.ID, s.cal.Day(s.at))
}

func (s rulingSetting) pdf() ([]byte, error) {
	if s.Ruling.About == store.AboutComplaint {
		return document.Ruling(s.onComplaint())
	}
	return document.Ruling(s.onPermit())
}

// paper is what both have in common.
func (s rulingSetting) paper(cite law.Cite, to document.Recipient, url string) document.Paper {
	c := setting{c: procedure.Case{Region: s.Ruling.Region, LawOn: s.cal.Day(s.at)}, head: s.head}
	return document.Paper{
		From: c.letterhead(), Number: s.Ruling.Number, On: s.cal.Day(s.at), To: to, Cites: []law.Cite{cite}, Appeal: c.appeal(),
		Signatory: c.signatory(), Executor: document.Executor{Name: s.drafter.Name.Initials(), Phone: s.drafter.Phone},
		URL: strings.TrimSuffix(s.address, "/") + url,
	}
}

// onPermit is the paper of an act on a permit.
func (s rulingSetting) onPermit() document.RulingData {
	p, e := s.permit, s.entry
	act := s.Ruling.Permit.Act
	to := document.Recipient{Name: p.Name, BIN: string(p.Employer), Address: lang.Same(s.about.Application.Employer.Address)}
	country, _ := law.CountryBy(p.Citizenship)
	d := document.RulingData{
		Paper: s.paper(e.Cite, to, "/verify?number="+p.Number), Title: lang.All(lang.M("office.ruling-title-" + string(act))),
		Facts: []document.Row{
			row("permit-number", lang.Same(p.Number)), row("worker", lang.Same(or2(p.Worker, p.WorkerRef))), row("citizenship", country.Name),
			row("category", lang.All(p.Category)), row("position", p.Position), row("valid", lang.Same(p.From.Short()+" – "+p.Until.Short())),
			document.Row{Label: lang.All(lang.M("office.ruling-from")), Value: lang.All(e.On)},
		},
		Decides: lang.All(lang.M("office.ruling-decides-"+string(act), lang.Args{"number": p.Number, "day": e.On})),
		Words:   e.Words, Heard: heardBefore(e.Hearing), Effect: lang.All(lang.M("office.ruling-effect-" + string(act))),
	}
	for _, g := range law.PermitGrounds(string(act), e.On) {
		if slices.Contains(e.Grounds, g.Key) {
			d.Grounds = append(d.Grounds, document.Point{Text: g.Name, Cite: g.Cite})
		}
	}
	for _, x := range e.Changes {
		d.Changes = append(d.Changes, document.Row{Label: lang.All(x.Field), Value: lang.All(lang.M("office.ruling-was-is", lang.Args{"was": x.Was, "is": x.Is}))})
	}
	if act == registry.Surrender {
		d.Appeal = lang.Text{} // the employer's own act
	}
	return d
}

// or2 is the first of two texts that says something.
func or2(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// heardBefore tells how the employer was heard before an act on a permit.
func heardBefore(h registry.Hearing) lang.Text {
	switch {
	case h.Waived != "":
		return lang.All(lang.M("office.ruling-waived", lang.Args{"words": h.Waived}))
	case h.Protocol != "":
		return lang.All(lang.M("office.ruling-heard", lang.Args{"told": h.Told, "on": h.On, "protocol": h.Protocol}))
	}
	return lang.Text{}
}

// onComplaint is the paper of the department's decision on a complaint.
func (s rulingSetting) onComplaint() document.RulingData {
	c, d := s.complaint, s.Ruling.Complaint
	cite := s.decided.Events[len(s.decided.Events)-1].Cite
	to := document.Recipient{Name: c.Name, BIN: string(c.BIN), Address: lang.Same(c.Address)}
	r := document.RulingData{
		Paper: s.paper(cite, to, "/complaints/"+c.ID), Title: lang.All(lang.M("office.ruling-title-complaint-" + string(d.Act))),
		Facts: append(complaintFacts(c, s.cal),
			document.Row{Label: lang.All(lang.M("web.complaint-wanted")), Value: lang.Same(c.Wanted)}),
		Decides: lang.All(lang.M("office.ruling-decides-complaint", lang.Args{
			"number": c.Number, "outcome": s.decided.Outcome, "effect": s.decided.Effect,
		})),
		Words: d.Note.Words,
	}
	if reopens(s.decided, s.about) {
		r.Effect = lang.All(lang.M("office.ruling-reopens", lang.Args{"number": s.about.Number, "on": s.about.LawOn}))
	}
	return r
}

// complaintFacts are what the papers of a complaint say it is.
func complaintFacts(c complaint.Complaint, cal calendar.Calendar) []document.Row {
	about := "case-number"
	if c.Permit != "" {
		about = "permit-number"
	}
	return []document.Row{
		row("complaint-number", lang.Same(c.Number)),
		row("life-received-on", lang.All(calendar.Moment{Time: c.Received.In(cal.Zone())})),
		row("complaint-about", lang.All(c.About)), row(about, lang.Same(c.Reference)),
	}
}
