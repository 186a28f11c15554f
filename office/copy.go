package office

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/store"
)

// mayHave reports whether an actor who may see a case may have a paper of it:
// officials all of them, applicants their own application and what was handed on.
func mayHave(by party.Actor, p store.Paper) bool {
	return by.Role != party.Applicant || p.Form == FormApplication || !p.HandedOn.IsZero()
}

// Paper returns a paper of a case and its bytes, to who may have it.
func (o *Office) Paper(ctx context.Context, by party.Actor, caseID, id string) (store.Paper, []byte, error) {
	var p store.Paper
	var c procedure.Case
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if c, err = tx.Case(ctx, caseID); err != nil {
			return err
		}
		p, err = tx.Paper(ctx, id)
		if err == nil && (p.Case != caseID || !MaySee(by, c) || !mayHave(by, p)) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		return err
	})
	if err != nil {
		return store.Paper{}, nil, err
	}
	content, err := o.content(ctx, p)
	if err == nil {
		err = o.viewed(ctx, by, ofCase(viewedPaper, c))
	}
	return p, content, err
}

// File returns a file of a case and its bytes, to who may see the case.
func (o *Office) File(ctx context.Context, by party.Actor, caseID, id string) (store.File, []byte, error) {
	var f store.File
	var c procedure.Case
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if c, err = tx.Case(ctx, caseID); err != nil {
			return err
		}
		files, err := tx.FilesOf(ctx, caseID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(files, func(x store.File) bool { return x.ID == id })
		if i < 0 || !MaySee(by, c) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		f = files[i]
		return nil
	})
	if err != nil {
		return store.File{}, nil, err
	}
	content, err := o.Files.Get(ctx, f.SHA256)
	if err != nil {
		return store.File{}, nil, err
	}
	return f, content, o.viewed(ctx, by, ofCase(viewedFile, c))
}

// Signed returns the detached signature of a paper, in DER, and what its check
// found. It is NotFound for a paper nobody has signed.
func Signed(p store.Paper) ([]byte, signature.Report, error) {
	var r signature.Report
	if p.Signature == "" {
		return nil, r, problem.New(problem.NotFound, "problem.not-found")
	}
	sig, err := base64.StdEncoding.DecodeString(p.Signature)
	if err == nil {
		err = json.Unmarshal([]byte(p.Report), &r)
	}
	if err != nil {
		return nil, r, fmt.Errorf("signature of paper %s: %w", p.ID, err)
	}
	return sig, r, nil
}

// Rejected returns what was found out about the last signature over a paper, if
// it was not confirmed (WKO 142/2017 ¶ 10(7), process 4).
func Rejected(p store.Paper) (signature.Report, bool) {
	var r signature.Report
	if p.Signature != "" || p.Report == "" || json.Unmarshal([]byte(p.Report), &r) != nil {
		return r, false
	}
	return r, true
}

// SignatureSheet sets the sheet that goes with a printed copy of a signed paper:
// who signed which bytes, when and with which certificate.
func (o *Office) SignatureSheet(ctx context.Context, by party.Actor, caseID, id string, title lang.Text) ([]byte, error) {
	p, _, err := o.Paper(ctx, by, caseID, id)
	if err != nil {
		return nil, err
	}
	_, report, err := Signed(p)
	if err != nil {
		return nil, err
	}
	c, err := o.Case(ctx, by, caseID)
	if err != nil {
		return nil, err
	}
	cal, err := o.CalendarFor(c.Region)
	if err != nil {
		return nil, err
	}
	s := setting{address: o.Address, c: c, cal: cal}
	return document.Sheet(document.SheetData{
		From: s.letterhead(), Title: title, Number: or(p.Name, c.Number), SHA256: p.SHA256, Made: report.At.In(cal.Zone()), URL: s.follow(),
		Stamps: []document.Stamp{{
			Signer: report.Signer.Name, IIN: report.Signer.IIN, Serial: report.Signer.Serial, At: report.At.In(cal.Zone()),
		}},
	})
}

// or returns the number a paper has of its own, or that of its case.
func or(own, ofCase string) string {
	if own != "" && len(own) > 2 { // the name of an application is its language
		return own
	}
	return ofCase
}

// Slip sets the tear-off slip of a registered case: the day of registration, the
// day of the result, who took the papers (WKO 142/2017 ¶ 7(1)).
func (o *Office) Slip(ctx context.Context, by party.Actor, id string) ([]byte, error) {
	v, err := o.Look(ctx, by, id)
	if err != nil {
		return nil, err
	}
	cal, err := o.CalendarFor(v.Case.Region)
	if err != nil {
		return nil, err
	}
	for _, e := range v.Events {
		if e.Act == procedure.Register {
			return o.slip(setting{address: o.Address, c: v.Case, cal: cal, files: v.Files}, e)
		}
	}
	return nil, problem.New(problem.NotFound, "problem.not-found")
}

func (o *Office) slip(s setting, registered procedure.Event) ([]byte, error) {
	a := s.c.Application
	answer, err := law.TermOn(law.Answer, a.Operation, a.Scheme, s.c.LawOn)
	if err != nil {
		return nil, err
	}
	end, err := s.cal.End(s.c.Submitted, answer.Term)
	if err != nil {
		return nil, said(err)
	}
	d := document.SlipData{
		From: s.letterhead(), Case: s.c.Number, Code: s.c.Code, Operation: lang.All(a.Operation),
		Registered: registered.At.In(s.cal.Zone()), ResultBy: end.Last, Receiver: registered.By.Name.Initials(),
		To: s.employer(), Cite: law.Basis(registered.Cite), URL: s.follow(),
	}
	documents := law.DocumentsFor(a.Operation, a.Scheme, s.c.LawOn)
	for _, f := range s.files {
		d.Papers = append(d.Papers, documentName(documents, f.Kind))
	}
	return document.Slip(d)
}
