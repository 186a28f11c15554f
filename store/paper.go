package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"ruqsat/problem"
)

// A File is what an applicant attached. Its bytes are in the [Files] under their
// hash.
type File struct {
	ID     string
	Case   string
	Kind   string // key of the document it is, or "payment"
	Name   string
	Media  string // type by content
	Size   int64  // bytes
	SHA256 string
	At     time.Time
}

// AddFile keeps that a file belongs to a case.
func (t Tx) AddFile(ctx context.Context, f File) error {
	const query = `
		INSERT INTO attachment (id, case_id, kind, name, media, size, sha256, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	delete(t.s.known.gathered, f.Case)
	err := t.write(ctx, query, f.ID, f.Case, f.Kind, f.Name, f.Media, f.Size, f.SHA256, micros(f.At))
	if err != nil {
		return fmt.Errorf("add file to case %s: %w", f.Case, err)
	}
	return nil
}

// RemoveFile takes a file off a case.
func (t Tx) RemoveFile(ctx context.Context, caseID, id string) error {
	delete(t.s.known.gathered, caseID)
	n, err := t.exec(ctx, `DELETE FROM attachment WHERE id = $1 AND case_id = $2`, id, caseID)
	switch {
	case err != nil:
		return fmt.Errorf("remove file %s: %w", id, err)
	case n == 0:
		return problem.New(problem.NotFound, "problem.not-found")
	}
	t.recordRemoval("attachment", caseID+"/"+id)
	return nil
}

const filesOf = `SELECT id, case_id, kind, name, media, size, sha256, at FROM attachment WHERE case_id = $1 ORDER BY at, id`

func scanFile(r *rows) (f File, err error) {
	var at int64
	err = r.Scan(&f.ID, &f.Case, &f.Kind, &f.Name, &f.Media, &f.Size, &f.SHA256, &at)
	f.At = moment(at)
	return f, err
}

// FilesOf returns what was attached to a case, the first first.
func (t ReadTx) FilesOf(ctx context.Context, caseID string) ([]File, error) {
	list, err := all(ctx, t, scanFile, filesOf, caseID)
	if err != nil {
		return nil, fmt.Errorf("files of case %s: %w", caseID, err)
	}
	return list, nil
}

// A Paper is a document of the authority, or the application as it was signed.
type Paper struct {
	ID        string
	Case      string // or the request a letter answers
	Form      string // slip, return, notice, refusal, permit, letter, application
	Name      string // number of the permit, where there are several
	SHA256    string // of its bytes
	At        time.Time
	MadeOf    string    // tells drafts apart that were made of other data
	Content   []byte    // its bytes; only to be added, see [ReadTx.PaperContent]
	Signature string    // detached CMS in base64; empty until signed
	Report    string    // what the check of it found, as JSON
	HandedOn  time.Time // when the applicant could first see it; zero before
}

const paperColumns = `id, case_id, form, name, sha256, at, made_of, signature, report, handed_on`

// AddPaper keeps a new paper with its bytes.
func (t Tx) AddPaper(ctx context.Context, p Paper) error {
	const query = `
		INSERT INTO paper (id, case_id, form, name, sha256, at, made_of, current, signature, report, handed_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10)`
	err := t.write(ctx, query, p.ID, p.Case, p.Form, p.Name, p.SHA256, micros(p.At), p.MadeOf, p.Signature, p.Report, micros(p.HandedOn))
	if err == nil {
		err = t.write(ctx, `INSERT INTO paper_content (paper_id, content) VALUES ($1, $2)`, p.ID, p.Content)
	}
	if err != nil {
		return fmt.Errorf("add %s of %s: %w", p.Form, p.Case, err)
	}
	return nil
}

// PaperContent returns the bytes of a paper, whole and unchanged.
func (t ReadTx) PaperContent(ctx context.Context, p Paper) ([]byte, error) {
	var content []byte
	err := t.queryRow(ctx, `SELECT content FROM paper_content WHERE paper_id = $1`, p.ID).Scan(&content)
	if err == nil && sumOf(content) != p.SHA256 {
		err = errors.New("they are not what was kept")
	}
	if err != nil {
		return nil, fmt.Errorf("bytes of paper %s: %w", p.ID, err)
	}
	return content, nil
}

// HasPaper reports whether the bytes of a paper are there and have a hash.
func (t ReadTx) HasPaper(ctx context.Context, id, sum string) (bool, error) {
	var content []byte
	err := t.queryRow(ctx, `SELECT content FROM paper_content WHERE paper_id = $1`, id).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil && sumOf(content) == sum, err
}

func sumOf(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}

// ReplaceDrafts sets aside the papers of a case that nobody has signed.
func (t Tx) ReplaceDrafts(ctx context.Context, caseID string) error {
	err := t.write(ctx, `UPDATE paper SET current = 0 WHERE case_id = $1 AND signature = '' AND handed_on = 0`, caseID)
	if err != nil {
		return fmt.Errorf("replace drafts of %s: %w", caseID, err)
	}
	return nil
}

// SignPaper keeps the signature of a paper with the report of its check. It is a
// Conflict if the paper is signed already, or a later one took its place.
func (t Tx) SignPaper(ctx context.Context, p Paper, signature, report string) error {
	const query = `
		UPDATE paper SET signature = $2, report = $3
		WHERE id = $1 AND sha256 = $4 AND signature = '' AND current = 1`
	movedOn := problem.New(problem.Conflict, "problem.moved-on")
	if err := t.writeOr(ctx, movedOn, query, p.ID, signature, report, p.SHA256); err != nil {
		return fmt.Errorf("sign paper %s: %w", p.ID, err)
	}
	t.recordValues("paper_signature", []any{p.ID, p.SHA256, signature, report})
	return nil
}

// ReportPaper keeps what was found out about a signature that was not confirmed.
// The paper stays unsigned.
func (t Tx) ReportPaper(ctx context.Context, id, report string) error {
	if err := t.write(ctx, `UPDATE paper SET report = $2 WHERE id = $1 AND signature = ''`, id, report); err != nil {
		return fmt.Errorf("report on paper %s: %w", id, err)
	}
	return nil
}

// HandOn lets the applicant see the papers of a case that are ready.
func (t Tx) HandOn(ctx context.Context, caseID string, at time.Time) error {
	err := t.write(ctx, `UPDATE paper SET handed_on = $2 WHERE case_id = $1 AND current = 1 AND handed_on = 0`, caseID, micros(at))
	if err != nil {
		return fmt.Errorf("hand on papers of %s: %w", caseID, err)
	}
	return nil
}

// Papers returns the papers of a case that hold, the first first.
func (t ReadTx) Papers(ctx context.Context, caseID string) ([]Paper, error) {
	list, err := all(ctx, t, func(r *rows) (Paper, error) { return scanPaper(r) },
		`SELECT `+paperColumns+` FROM paper WHERE case_id = $1 AND current = 1 ORDER BY id`, caseID)
	if err != nil {
		return nil, fmt.Errorf("papers of %s: %w", caseID, err)
	}
	return list, nil
}

// Paper returns a paper by its id; NotFound if there is none.
func (t ReadTx) Paper(ctx context.Context, id string) (Paper, error) {
	p, err := scanPaper(t.queryRow(ctx, `SELECT `+paperColumns+` FROM paper WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return p, fmt.Errorf("paper %s: %w", id, err)
	}
	return p, nil
}

func scanPaper(r scanner) (Paper, error) {
	var p Paper
	var at, handedOn int64
	err := r.Scan(&p.ID, &p.Case, &p.Form, &p.Name, &p.SHA256, &at, &p.MadeOf, &p.Signature, &p.Report, &handedOn)
	p.At, p.HandedOn = moment(at), moment(handedOn)
	return p, err
}
