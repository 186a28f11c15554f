package office

import (
	"context"
	"encoding/base64"
	"slices"

	"ruqsat/dossier"
	"ruqsat/fee"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/transparency"
)

// caseLeaves returns the last leaf of every row that belongs to a case.
func caseLeaves(ctx context.Context, tx store.ReadTx, c procedure.Case) ([]store.Leaf, error) {
	_, leaves, err := tx.LoggedRowsOfCase(ctx, c.ID)
	return leaves, err
}

// Package makes the case package of a case, for who may see it: everything for the
// authority, and for the applicant what is theirs. It signs a checkpoint first, so
// that every row has its proof.
func (o *Office) Package(ctx context.Context, by party.Actor, id string) (procedure.Case, []byte, error) {
	if _, err := o.PublishCheckpoint(ctx); err != nil {
		return procedure.Case{}, nil, err
	}
	p := parcel{by: by, Contents: dossier.Contents{For: "authority", Files: map[string][]byte{}}}
	if by.Role == party.Applicant {
		p.For = "applicant"
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if !MaySee(by, c) {
			return problem.New(problem.NotFound, "problem.not-found")
		}
		if c.Number == "" {
			return problem.New(problem.Conflict, "dossier.not-registered")
		}
		p.c = c
		return o.gather(ctx, tx, &p)
	})
	if err != nil {
		return procedure.Case{}, nil, err
	}
	if err := o.fetch(ctx, &p); err != nil {
		return procedure.Case{}, nil, err
	}
	pkg, err := dossier.Build(p.Contents)
	if err != nil {
		return procedure.Case{}, nil, err
	}
	return p.c, pkg, o.viewed(ctx, by, ofCase(viewedPackage, p.c))
}

// A parcel is a package in the making.
type parcel struct {
	dossier.Contents
	by     party.Actor
	c      procedure.Case
	events []procedure.Event
	files  map[string]string // hashes of the files to be fetched, by name in the package
}

// gather brings together what the tables have of a case.
func (o *Office) gather(ctx context.Context, tx store.ReadTx, p *parcel) error {
	published, err := o.published(ctx, tx)
	if err != nil {
		return err
	}
	p.Case, p.Checkpoint, p.Verifier = p.c.Number, published.Note, published.Verifier
	if p.events, err = tx.Events(ctx, p.c.ID); err != nil {
		return err
	}
	papers, err := tx.Papers(ctx, p.c.ID)
	if err != nil {
		return err
	}
	rows, leaves, err := tx.LoggedRowsOfCase(ctx, p.c.ID)
	if err != nil {
		return err
	}
	p.Rows, p.files = nil, map[string]string{}
	for i, r := range rows {
		proof, err := transparency.Prove(leaves[i].N, published.Tree, published.Note, tiles(ctx, tx, published.Tree))
		if err != nil {
			return err
		}
		e := dossier.Evidence(r.Statement, leaves[i].Salt, leaves[i].Data, proof)
		if p.mayHave(r, papers) {
			err = p.add(ctx, tx, r)
		} else {
			e = e.Withhold()
		}
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, e)
	}
	return nil
}

// mayHave reports whether whoever the package is for may have a row. Applicants
// get what they did and what was given to them. What names officials by their
// account, and drafts that were not handed on, is the department's own.
func (p *parcel) mayHave(r store.Row, papers []store.Paper) bool {
	if p.by.Role != party.Applicant {
		return true
	}
	switch r.Source {
	case "case_file":
		return r.Row["executor"] == ""
	case "case_event":
		return r.Row["role"] == string(party.Applicant)
	case "paper", "paper_signature":
		for _, paper := range papers {
			if paper.ID == r.Row["id"] {
				return mayHave(p.by, paper)
			}
		}
		return false
	}
	if r.Source == "paper_stamp" {
		return slices.ContainsFunc(papers, func(paper store.Paper) bool { return paper.ID == r.Row["paper_id"] && mayHave(p.by, paper) })
	}
	return r.Source == "permit" || r.Source == "attachment" || r.Source == "quota_entry"
}

// add adds the files a row speaks of, or notes which to fetch.
func (p *parcel) add(ctx context.Context, tx store.ReadTx, r store.Row) (err error) {
	text := func(column string) string { s, _ := r.Row[column].(string); return s }
	switch r.Source {
	case "paper":
		paper := store.Paper{ID: text("id"), SHA256: text("sha256")}
		p.Files[dossier.PaperFile(text("form"), paper.ID)], err = tx.PaperContent(ctx, paper)
	case "attachment":
		p.files[dossier.AttachmentFile(text("id"), text("media"))] = text("sha256")
	case "paper_signature":
		der, err := base64.StdEncoding.DecodeString(text("signature"))
		if err != nil {
			return err
		}
		p.Files[dossier.SignatureFile(text("id"))] = der
		p.Files[dossier.ReportFile(text("id"))] = []byte(text("report"))
	case "paper_stamp":
		token, err := base64.StdEncoding.DecodeString(text("token"))
		if err != nil {
			return err
		}
		p.Files[dossier.StampFile(text("paper_id"))] = token
	}
	return err
}

// fetch adds the bytes of the files, and what is made of the rows and the law.
func (o *Office) fetch(ctx context.Context, p *parcel) (err error) {
	for name, sum := range p.files {
		if p.Files[name], err = o.Files.Get(ctx, sum); err != nil {
			return err
		}
	}
	if p.Files[dossier.CaseFile], err = dossier.CaseData(p.Rows); err != nil {
		return err
	}
	if p.Files[dossier.TimelineFile], err = dossier.Timeline(p.Rows); err != nil {
		return err
	}
	if p.Files["data/application.json"], err = dossier.JSON(p.c.Application); err != nil {
		return err
	}
	rules, err := inForce(p.c, p.events)
	if err != nil {
		return err
	}
	if p.Files[dossier.LawFile], err = dossier.JSON(rules); err != nil {
		return err
	}
	p.Files[dossier.ReadmeFile] = dossier.Readme(p.c.Number)
	return nil
}

// A ruled value is one of the law, with its source.
type ruled struct {
	Name string   `json:"name"`
	Is   string   `json:"is,omitempty"`
	Cite law.Cite `json:"cite"`
	Sure law.Sure `json:"sure"`
}

// A stepRule is a step of the edition.
type stepRule struct {
	From procedure.State     `json:"from"`
	Act  procedure.Act       `json:"act"`
	By   party.Role          `json:"by"`
	To   procedure.State     `json:"to"`
	If   procedure.Condition `json:"if"`
	Cite law.Cite            `json:"cite"`
	Sure law.Sure            `json:"sure"`
}

// rulesInForce is the law of a case's day, as far as it bears on the case.
type rulesInForce struct {
	On        string      `json:"on"`
	Edition   law.Edition `json:"edition"`
	Steps     []stepRule  `json:"steps"`
	Terms     []ruled     `json:"terms"`
	Documents []ruled     `json:"documents"`
	Checks    []ruled     `json:"checks"`
	Grounds   []ruled     `json:"grounds"`
	Returns   []ruled     `json:"returns"`
	Fee       []ruled     `json:"fee,omitempty"` // by the day of payment
}

// inForce returns the rules a case was decided by.
func inForce(c procedure.Case, events []procedure.Event) (rulesInForce, error) {
	a, on := c.Application, c.LawOn
	edition, err := law.EditionOn(on)
	if err != nil {
		return rulesInForce{}, said(err)
	}
	r := rulesInForce{
		On: on.String(), Edition: edition,
		Documents: ruledBy(law.DocumentsFor(a.Operation, a.Scheme, on)), Checks: ruledBy(law.Checklist(a.Operation, a.Scheme, on)),
		Grounds: ruledBy(law.GroundsFor(a.Operation, a.Scheme, on)), Returns: ruledBy(law.ReturnReasons(on)),
	}
	for _, s := range procedure.StepsIn(edition) {
		r.Steps = append(r.Steps, stepRule{s.From, s.Act, s.By, s.To, s.If, s.Cite, s.Sure})
	}
	for _, name := range law.TermNames {
		v, err := law.TermOn(name, a.Operation, a.Scheme, on)
		if err != nil {
			continue // there is no such term in this edition
		}
		r.Terms = append(r.Terms, ruled{string(name), v.Term.String(), v.Cite, v.Sure})
	}
	for _, e := range events {
		if e.Act != procedure.ProvePayment {
			continue
		}
		if index, err := law.IndexOn(e.Note.PaidOn); err == nil {
			r.Fee = append(r.Fee, ruled{"index on " + e.Note.PaidOn.String(), fee.Tenge(index.Tenge).String(), index.Cite, index.Sure})
		}
	}
	return r, nil
}

func ruledBy(rules []law.Rule) []ruled {
	list := []ruled{}
	for _, rule := range rules {
		list = append(list, ruled{Name: rule.Key, Cite: rule.Cite, Sure: rule.Sure})
	}
	return list
}
