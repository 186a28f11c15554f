package office

import (
	"context"
	"strings"
	"time"

	"ruqsat/document"
	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/store"
	"ruqsat/transparency"
)

// Receipt says what was filed in a case, by whom and when, as a file that a program
// checks without us: the rows of the filing with their leaves, and the signed
// checkpoint of the log, which is signed first so that it covers them. It is
// NotFound for what was not filed through the portal, and where the log has no key.
func (o *Office) Receipt(ctx context.Context, by party.Actor, id string) ([]byte, error) {
	if _, _, err := o.filing(ctx, by, id); err != nil {
		return nil, err
	}
	rows, published, err := o.receiptRows(ctx, id)
	if err != nil {
		return nil, err
	}
	return dossier.BuildReceipt(rows, published.Note, published.Verifier)
}

// filing is a case that was filed through the portal, and when.
func (o *Office) filing(ctx context.Context, by party.Actor, id string) (View, time.Time, error) {
	v, err := o.Look(ctx, by, id)
	if err != nil {
		return v, time.Time{}, err
	}
	for _, e := range v.Events {
		if e.Act == procedure.Submit && v.Case.Channel == procedure.Portal {
			return v, e.At, nil
		}
	}
	return v, time.Time{}, problem.New(problem.NotFound, "problem.not-found")
}

// receiptRows are the rows of a filing with their proofs.
func (o *Office) receiptRows(ctx context.Context, id string) ([]dossier.Row, Published, error) {
	if _, err := o.PublishCheckpoint(ctx); err != nil {
		return nil, Published{}, err
	}
	var rows []dossier.Row
	var published Published
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		rows = nil
		if published, err = o.published(ctx, tx); err != nil {
			return err
		}
		all, leaves, err := tx.LoggedRowsOfCase(ctx, id)
		if err != nil {
			return err
		}
		of := filingRows(all)
		for i, r := range all {
			if of[i] == leaveOut {
				continue
			}
			proof, err := transparency.Prove(leaves[i].N, published.Tree, published.Note, tiles(ctx, tx, published.Tree))
			if err != nil {
				return err
			}
			row := dossier.Evidence(r.Statement, leaves[i].Salt, leaves[i].Data, proof)
			if of[i] == withhold {
				row = row.LeafAlone()
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, published, err
}

// A part is what a row has in a receipt.
type part int

const (
	leaveOut part = iota
	withhold      // its leaf alone: it names an official by their account
	show
)

// filingRows says of each row of a case what it has in the receipt of its filing:
// the act, the application with its signature and stamp, the files that were there,
// and that it was registered.
func filingRows(rows []store.Row) []part {
	text := func(r store.Row, column string) string { s, _ := r.Row[column].(string); return s }
	filed, application := int64(0), ""
	for _, r := range rows {
		switch {
		case r.Source == "case_event" && r.Row["act"] == string(procedure.Submit):
			filed, _ = r.Row["at"].(int64)
		case r.Source == "paper" && r.Row["form"] == FormApplication:
			application = text(r, "id")
		}
	}
	parts := make([]part, len(rows))
	for i, r := range rows {
		at, _ := r.Row["at"].(int64)
		switch {
		case r.Source == "case_event" && r.Row["act"] == string(procedure.Submit),
			r.Source == "attachment" && at <= filed,
			(r.Source == "paper" || r.Source == "paper_signature") && text(r, "id") == application,
			r.Source == "paper_stamp" && text(r, "paper_id") == application:
			parts[i] = show
		case r.Source == "case_event" && r.Row["act"] == string(procedure.Register):
			parts[i] = withhold
		}
	}
	return parts
}

// ReceiptPaper sets the receipt as a paper to keep and to show, in both official
// languages. Where the log has no key it says that it has no seal.
func (o *Office) ReceiptPaper(ctx context.Context, by party.Actor, id string) ([]byte, error) {
	v, filed, err := o.filing(ctx, by, id)
	if err != nil {
		return nil, err
	}
	cal, err := o.CalendarFor(v.Case.Region)
	if err != nil {
		return nil, said(err)
	}
	s := setting{address: o.Address, c: v.Case, cal: cal, files: v.Files}
	d := document.ReceiptData{
		From: s.letterhead(), To: s.employer(), Case: v.Case.ID, Number: v.Case.Number, Filed: filed.In(cal.Zone()),
		Made: o.Now().In(cal.Zone()), Operation: lang.All(v.Case.Application.Operation), URL: s.follow(),
	}
	for _, p := range v.Papers {
		if p.Form != FormApplication || p.Signature == "" {
			continue
		}
		paper, err := o.receiptPaper(ctx, p, cal.Zone())
		if problem.IsKind(err, problem.NotFound) {
			continue // nobody signed it
		}
		if err != nil {
			return nil, err
		}
		d.Papers = append(d.Papers, paper)
	}
	documents := law.DocumentsFor(v.Case.Application.Operation, v.Case.Application.Scheme, v.Case.LawOn)
	for _, f := range v.Files {
		if !f.At.After(filed) {
			d.Files = append(d.Files, document.File{Kind: documentName(documents, f.Kind), Name: f.Name, Size: f.Size, SHA256: f.SHA256})
		}
	}
	if d.Seal, err = o.seal(ctx, id); err != nil {
		return nil, err
	}
	return document.Receipt(d)
}

func (o *Office) receiptPaper(ctx context.Context, p store.Paper, zone *time.Location) (document.ReceiptPaper, error) {
	_, r, err := Signed(p)
	if err != nil {
		return document.ReceiptPaper{}, err
	}
	made := document.ReceiptPaper{
		Name: lang.All(lang.M("web.paper-" + p.Form)), SHA256: p.SHA256, Signature: r.Signature, Algorithm: r.Algorithm,
		Signer: document.Stamp{Signer: r.Signer.Name, IIN: r.Signer.IIN, Serial: r.Signer.Serial, At: r.At.In(zone)},
		Checks: namesOf(r.Checks), TimeStamp: lang.All(lang.M("web.stamp-by-receipt")),
	}
	ours, err := o.StampOf(ctx, p)
	if err != nil {
		return made, err
	}
	stamp, key := r.Stamp, "office.receipt-stamp-at"
	if stamp == nil {
		stamp, key = ours.Stamp, "office.receipt-stamp-ours"
	}
	if stamp != nil {
		made.TimeStamp = lang.All(lang.M(key, lang.Args{"at": stamp.At.In(zone).Format("02.01.2006, 15:04:05"), "issuer": stamp.Issuer}))
	}
	return made, nil
}

// namesOf are the names of the checks that were passed, one after the other.
func namesOf(checks []signature.Check) lang.Text {
	join := func(t lang.Tag) string {
		var names []string
		for _, c := range checks {
			if c.Outcome == signature.Valid && c.Name != signature.StampCheck { // its stamp stands by itself
				names = append(names, c.Name.In(t))
			}
		}
		return strings.Join(names, "; ")
	}
	return lang.Text{KK: join(lang.KK), RU: join(lang.RU), EN: join(lang.EN)}
}

// seal is where the signed log has a filing; nil where the log has no key.
func (o *Office) seal(ctx context.Context, id string) (*document.Seal, error) {
	if o.Log == nil {
		return nil, nil
	}
	rows, published, err := o.receiptRows(ctx, id)
	if err != nil {
		return nil, err
	}
	s := &document.Seal{Leaf: -1, Registered: -1, Size: published.Tree.Size, Root: published.Tree.Root.String(), Key: published.Verifier}
	for _, r := range rows {
		switch {
		case r.Withheld:
			s.Registered = r.N
		case r.Source == "case_event":
			s.Leaf, s.Proof = r.N, r.Proof
		}
	}
	return s, nil
}
