// Package dossier makes and checks case packages: one zip with everything of a case,
// and with what shows, without the program and its database, that nothing in it was
// changed afterwards.
//
// A package holds the papers with their signatures and what was found out about
// them, the files, the data, the history, the law of the case's day, the rows the
// log speaks of with their salts, the proof of each, and the signed checkpoint they
// lead to. The same contents give the same bytes.
//
// It reads nothing but bytes. Start at [Build] and [Check]; package office brings
// the contents together.
package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"ruqsat/lang"
	"ruqsat/transparency"
)

// The names of what every package has.
const (
	manifestFile   = "manifest.json"
	rowsFile       = "log/rows.json"
	checkpointFile = "log/checkpoint"
	keyFile        = "log/key"
	CaseFile       = "data/case.json"
	TimelineFile   = "data/timeline.json"
	LawFile        = "data/law.json"
	ReadmeFile     = "README.txt"
)

// Contents are what a package is made of.
type Contents struct {
	Case       string            // number
	For        string            // "authority", or "applicant": what is the department's own is withheld
	Files      map[string][]byte // by name in the package
	Rows       []Row             // in the order of the log
	Checkpoint string            // signed note
	Verifier   string            // key of the log
}

// A Row is a row that the log speaks of, with the proof of its leaf.
type Row struct {
	Source   string         `json:"source"`
	Key      string         `json:"key"`
	Withheld bool           `json:"withheld,omitempty"` // then there is neither row nor salt
	Row      map[string]any `json:"row,omitempty"`      // texts and whole numbers
	Salt     string         `json:"salt,omitempty"`     // hexadecimal
	N        int64          `json:"n"`                  // place of its leaf
	Leaf     string         `json:"leaf"`               // the bytes that are hashed
	Proof    []string       `json:"proof"`              // hashes in base64
}

// Name names the row as the audit does.
func (r Row) Name() string { return r.Source + "/" + r.Key }

// PaperFile is where a paper lies, SignatureFile and ReportFile where its signature
// and what was found out about that do, and AttachmentFile where a file does.
func PaperFile(form, id string) string { return "papers/" + form + "-" + id + ".pdf" }

// SignatureFile is where the detached signature of a paper lies.
func SignatureFile(id string) string { return "signatures/" + id + ".p7s" }

// ReportFile is where the report on the signature of a paper lies.
func ReportFile(id string) string { return "signatures/" + id + ".json" }

// StampFile is where the time stamp lies that the authority's system had put beside
// the signature of a paper.
func StampFile(id string) string { return "signatures/" + id + ".tst" }

// AttachmentFile is where a file of the applicant lies.
func AttachmentFile(id, media string) string {
	return "files/" + id + map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}[media]
}

// A manifest says what a package holds.
type manifest struct {
	Form  int    `json:"form"`
	Case  string `json:"case"`
	For   string `json:"for"`
	Files []item `json:"files"` // by name
}

type item struct {
	Name   string `json:"name"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// Build makes a package.
func Build(c Contents) ([]byte, error) {
	files := maps.Clone(c.Files)
	rows, err := indented(c.Rows)
	if err != nil {
		return nil, fmt.Errorf("case package: %w", err)
	}
	files[rowsFile], files[checkpointFile], files[keyFile] = rows, []byte(c.Checkpoint), []byte(c.Verifier+"\n")
	m := manifest{Form: 1, Case: c.Case, For: c.For}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		m.Files = append(m.Files, item{name, len(files[name]), sum(files[name])})
	}
	if files[manifestFile], err = indented(m); err != nil {
		return nil, fmt.Errorf("case package: %w", err)
	}
	return pack(files)
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}

// indented writes JSON to be read by people too.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// Readme says in three languages what a package is and how to check it.
func Readme(number string) []byte {
	var b bytes.Buffer
	for _, t := range lang.Tags {
		fmt.Fprintf(&b, "%s\n\n", lang.M("dossier.readme", lang.Args{"case": number}).In(t))
	}
	return b.Bytes()
}

// JSON writes what a package holds as JSON.
func JSON(v any) ([]byte, error) { return indented(v) }

// firstDay is the earliest day a zip can have, 1980-01-01, as it writes it.
const firstDay = 1<<5 | 1

// pack writes files as a zip that depends on nothing but them: by name, stored and
// not packed, of no time.
func pack(files map[string][]byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, ModifiedDate: firstDay})
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("case package: %w", err)
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// Evidence returns the row of a package that a leaf speaks of. Without a row it is
// withheld.
func Evidence(s transparency.Statement, salt transparency.Salt, leaf []byte, p transparency.Proof) Row {
	r := Row{Source: s.Source, Key: s.Key, Row: s.Row, Salt: hex.EncodeToString(salt[:]), N: p.N, Leaf: string(leaf), Proof: []string{}}
	for _, h := range p.Hashes {
		r.Proof = append(r.Proof, h.String())
	}
	return r
}

// Withhold returns the row without what it says: its leaf and proof still show that
// something was kept at its place.
func (r Row) Withhold() Row {
	r.Withheld, r.Row, r.Salt = true, nil, ""
	return r
}
