package office

import (
	"context"
	"strings"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// ComplaintReceipt sets the receipt of a complaint: number, day, who took it, where
// and until when it is answered (APPC art. 91). It is the same whenever it is asked
// for, and says the terms as they were counted at the receipt.
func (o *Office) ComplaintReceipt(ctx context.Context, by party.Actor, id string) ([]byte, error) {
	c, err := o.Complaint(ctx, by, id)
	if err != nil {
		return nil, err
	}
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return nil, err
	}
	received := c.Received.In(cal.Zone())
	s := setting{c: procedure.Case{Region: c.Region, LawOn: c.LawOn}}
	taker := lang.Same(c.Receiver)
	if c.Receiver == "" {
		taker = lang.All(procedure.Portal)
	}
	d := document.ComplaintReceiptData{
		Paper: document.Paper{
			From: s.letterhead(), Number: c.Number, On: cal.Day(c.Received), Cites: []law.Cite{c.Events[0].Cite},
			To:        document.Recipient{Name: c.Name, BIN: string(c.BIN), Address: lang.Same(c.Address)},
			URL:       strings.TrimSuffix(o.Address, "/") + "/complaints/" + c.ID,
			Signatory: document.Signatory{Name: c.Receiver, Position: lang.All(lang.M("office.receipt-taken")), Unsigned: true},
		},
		Received: received, Facts: complaintFacts(c, cal)[1:], Words: c.Words, Wanted: c.Wanted,
		Rights: lang.All(lang.M("office.receipt-now")),
	}
	if c.Receiver == "" {
		d.Signatory.Name = c.Number
	}
	place := party.AuthorityOf(c.Region).Address
	if place.RU == "" {
		place = law.RegionName(c.Region)
	}
	d.Facts = append(d.Facts, row("taken-by", taker), row("life-answer-at", place))
	terms := c.Stamped
	if len(terms) == 0 { // received before the receipt kept them
		terms = c.Running
	}
	for _, r := range terms {
		label := lang.All(lang.M("complaint.term-" + string(r.Name)))
		d.Facts = append(d.Facts, document.Row{Label: label, Value: lang.All(r.End.Last)})
	}
	if c.Late {
		d.Facts = append(d.Facts, row("late-because", lang.Same(c.Because)))
	}
	return document.ComplaintReceipt(d)
}
