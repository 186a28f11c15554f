package dossier

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruqsat/lang"
	"ruqsat/transparency"
)

// receiptKind begins every receipt.
const receiptKind = "ruqsat receipt"

// A Receipt says what was filed through the portal, by whom and when, with what the
// authority's log has of it. The authority's seal on it is the signature of the
// log's checkpoint (Ed25519), which covers the leaf of each row: who holds a receipt
// can show later what was filed, without the program and its database.
type Receipt struct {
	Kind       string `json:"kind"`
	Form       int    `json:"form"`
	Filed      Filed  `json:"filed"`
	Rows       []Row  `json:"rows"` // in the order of the log
	Checkpoint string `json:"checkpoint"`
	Verifier   string `json:"verifier"` // key of the log
}

// Filed is what the rows say: nothing stands in it that is not under the log.
type Filed struct {
	Case   string       `json:"case"`
	At     string       `json:"at"` // of the filing, RFC 3339 in UTC
	Papers []FiledPaper `json:"papers"`
	Files  []FiledFile  `json:"files"`
	Leaves []FiledLeaf  `json:"leaves"`
}

// A FiledPaper is a paper with its signature.
type FiledPaper struct {
	ID        string       `json:"id"`
	Form      string       `json:"form"`
	SHA256    string       `json:"sha256"`
	Signature string       `json:"signature,omitempty"` // SHA-256 of the signature as it was received, DER
	Signer    FiledSigner  `json:"signer,omitzero"`
	JudgedAt  string       `json:"judged_at,omitempty"` // the moment the signature is judged by
	Algorithm string       `json:"algorithm,omitempty"`
	Checks    []FiledCheck `json:"checks,omitempty"`
	Stamp     *FiledStamp  `json:"stamp,omitempty"`
}

// A FiledSigner is who signed, as the certificate names them.
type FiledSigner struct {
	Name         string `json:"name,omitempty"`
	IIN          string `json:"iin,omitempty"`
	BIN          string `json:"bin,omitempty"`
	Organisation string `json:"organisation,omitempty"`
	Serial       string `json:"serial,omitempty"`
	Issuer       string `json:"issuer,omitempty"`
}

// A FiledCheck is one check of a signature and what it found.
type FiledCheck struct {
	Name    string `json:"name"`
	Outcome string `json:"outcome"`
}

// A FiledStamp is a time stamp of a signature.
type FiledStamp struct {
	At     string `json:"at"`
	Issuer string `json:"issuer"`
	Ours   bool   `json:"ours,omitempty"` // put beside the signature after it was received
}

// A FiledFile is a file that was attached.
type FiledFile struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// A FiledLeaf is a leaf of the log that speaks of the filing.
type FiledLeaf struct {
	N    int64  `json:"n"`
	Kind string `json:"kind"`
	What string `json:"what,omitempty"`
	At   string `json:"at,omitempty"`
}

// BuildReceipt makes a receipt of rows with their proofs. The same contents give
// the same bytes.
func BuildReceipt(rows []Row, checkpoint, verifier string) ([]byte, error) {
	filed, err := filedOf(rows)
	if err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	return indented(Receipt{receiptKind, 1, filed, rows, checkpoint, verifier})
}

// ParseReceipt reads a receipt; it reports false if raw is none. Whether it agrees
// is for [CheckReceipt] to say.
func ParseReceipt(raw []byte) (Receipt, bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var r Receipt
	err := d.Decode(&r)
	return r, err == nil && r.Kind == receiptKind && r.Form == 1
}

// CheckReceipt checks a receipt without anything else: the checkpoint against the
// key of the log, each row against its leaf, each leaf against the checkpoint, and
// what is said against the rows. Verifier is the key as known from elsewhere; if it
// is empty the receipt is believed about it, and the report says so.
func CheckReceipt(raw []byte, verifier string) (Receipt, Report) {
	c := &check{}
	c.Own = verifier == ""
	r, ok := ParseReceipt(raw)
	rows, err := indented(r.Rows)
	if !ok || err != nil {
		c.wrong("bad-receipt")
		return r, c.Report
	}
	c.Case, c.For = r.Filed.Case, "applicant"
	c.files = map[string][]byte{keyFile: []byte(r.Verifier), checkpointFile: []byte(r.Checkpoint), rowsFile: rows}
	c.log(verifier)
	if !c.OK() {
		return r, c.Report
	}
	filed, err := filedOf(c.rows)
	written, bad := indented(filed)
	said, worse := indented(r.Filed)
	if err != nil || bad != nil || worse != nil || !bytes.Equal(written, said) {
		c.wrong("receipt-says-other")
	}
	if again, err := indented(r); err != nil || !bytes.Equal(again, raw) {
		c.wrong("bad-receipt")
	}
	return r, c.Report
}

// Names reports whether a receipt names a file or a paper by its bytes.
func (r Receipt) Names(content []byte) bool {
	is := sum(content)
	return slices.ContainsFunc(r.Filed.Papers, func(p FiledPaper) bool { return p.SHA256 == is || p.Signature == is }) ||
		slices.ContainsFunc(r.Filed.Files, func(f FiledFile) bool { return f.SHA256 == is })
}

// errWithheld is what a leaf comes to in a receipt that says which row it is of:
// nothing shows that it is of that one.
var errWithheld = errors.New("a row that is withheld has a name")

// LeafAlone returns a row of which a receipt has the leaf and no more.
func (r Row) LeafAlone() Row {
	r = r.Withhold()
	r.Source, r.Key = "", ""
	return r
}

// filedOf reads from rows what was filed.
func filedOf(rows []Row) (Filed, error) {
	f := Filed{Papers: []FiledPaper{}, Files: []FiledFile{}}
	for _, r := range rows {
		leaf, err := transparency.ParseLeaf([]byte(r.Leaf))
		if err != nil {
			return f, err
		}
		f.Leaves = append(f.Leaves, FiledLeaf{r.N, string(leaf.Kind), leaf.What, leaf.At})
		if r.Withheld {
			if r.Source+r.Key != "" {
				return f, errWithheld
			}
			continue
		}
		switch r.Source {
		case "case_event":
			f.Case, f.At = r.text("case_id"), time.UnixMicro(r.number("at")).UTC().Format(time.RFC3339)
		case "attachment":
			f.Files = append(f.Files, FiledFile{r.text("kind"), r.text("name"), r.text("sha256"), r.number("size")})
		case "paper":
			f.paper(r.text("id")).of(r)
		case "paper_signature":
			if err := f.paper(r.text("id")).signed(r); err != nil {
				return f, err
			}
		case "paper_stamp":
			if err := f.paper(r.text("paper_id")).stamped(r); err != nil {
				return f, err
			}
		}
	}
	return f, nil
}

// paper returns the paper of an id, which is made if there is none yet.
func (f *Filed) paper(id string) *FiledPaper {
	for i := range f.Papers {
		if f.Papers[i].ID == id {
			return &f.Papers[i]
		}
	}
	f.Papers = append(f.Papers, FiledPaper{ID: id})
	return &f.Papers[len(f.Papers)-1]
}

func (p *FiledPaper) of(r Row) { p.Form, p.SHA256 = r.text("form"), r.text("sha256") }

// A reportRow is what of a report on a signature goes into a receipt.
type reportRow struct {
	Checks    []FiledCheck `json:"checks"`
	Signer    FiledSigner  `json:"signer"`
	At        time.Time    `json:"at"`
	Algorithm string       `json:"algorithm"`
	Stamp     *struct {
		At     time.Time `json:"at"`
		Issuer string    `json:"issuer"`
	} `json:"stamp"`
}

func (p *FiledPaper) signed(r Row) error {
	der, err := base64.StdEncoding.DecodeString(r.text("signature"))
	if err != nil {
		return err
	}
	var report reportRow
	if err := json.Unmarshal([]byte(r.text("report")), &report); err != nil {
		return err
	}
	p.SHA256, p.Signature = r.text("sha256"), sum(der)
	p.Signer, p.Algorithm, p.Checks = report.Signer, report.Algorithm, report.Checks
	p.JudgedAt = report.At.UTC().Format(time.RFC3339)
	if report.Stamp != nil {
		p.Stamp = &FiledStamp{At: report.Stamp.At.UTC().Format(time.RFC3339), Issuer: report.Stamp.Issuer}
	}
	return nil
}

func (p *FiledPaper) stamped(r Row) error {
	var report reportRow
	if err := json.Unmarshal([]byte(r.text("report")), &report); err != nil {
		return err
	}
	if report.Stamp == nil {
		return fmt.Errorf("a stamp without its time")
	}
	p.Stamp = &FiledStamp{At: report.Stamp.At.UTC().Format(time.RFC3339), Issuer: report.Stamp.Issuer, Ours: true}
	return nil
}

// Summary says in a line what was filed.
func (r Receipt) Summary() lang.Args {
	return lang.Args{"case": r.Filed.Case, "at": r.Filed.At, "papers": len(r.Filed.Papers), "files": len(r.Filed.Files)}
}
