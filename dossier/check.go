package dossier

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/transparency"
)

// MaxSize is the size in bytes of the largest package that is checked.
const MaxSize = 2 << 30

// A Report is what was found out about a package.
type Report struct {
	Case       string
	For        string
	Files      int
	Rows       int // whose leaf was found in the log
	Withheld   int // of them, those that only show that they are there
	Checkpoint transparency.Checkpoint
	Key        string         // that signed the checkpoint
	Own        bool           // whether the key was taken from the package itself
	Wrong      []lang.Message // what does not agree; each names the file or row
}

// OK reports whether everything agrees.
func (r Report) OK() bool { return len(r.Wrong) == 0 }

// Is reports whether a file is a case package, by what it holds: a manifest and the
// rows of the log. It need not agree with itself; that is for [Check] to say.
func Is(file []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return false
	}
	found := 0
	for _, f := range z.File {
		if f.Name == manifestFile || f.Name == rowsFile {
			found++
		}
	}
	return found == 2
}

// Check checks a package without anything else. Verifier is the key of the log as
// known from elsewhere; if it is empty the package is believed about it, and the
// report says so.
func Check(pkg []byte, verifier string) Report {
	c := &check{}
	c.Own = verifier == ""
	c.open(pkg)
	if c.files == nil {
		return c.Report
	}
	c.manifest()
	c.log(verifier)
	c.contents()
	if c.OK() {
		c.bytes(pkg)
	}
	return c.Report
}

// A check is a report in the making.
type check struct {
	Report
	files map[string][]byte
	rows  []Row
}

func (c *check) wrong(key string, args ...lang.Args) {
	c.Wrong = append(c.Wrong, lang.M("dossier."+key, args...))
}

// open takes the files out of the zip, as they lie there.
func (c *check) open(pkg []byte) {
	z, err := zip.NewReader(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		c.wrong("no-zip")
		return
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		if _, twice := files[f.Name]; twice || f.Method != zip.Store || f.UncompressedSize64 > uint64(len(pkg)) {
			c.wrong("bad-entry", lang.Args{"file": f.Name})
			continue
		}
		raw, err := f.OpenRaw()
		var content []byte
		if err == nil {
			content, err = io.ReadAll(raw)
		}
		if err != nil {
			c.wrong("bad-entry", lang.Args{"file": f.Name})
			continue
		}
		files[f.Name] = content
	}
	c.files, c.Files = files, len(files)
}

// manifest compares the files with what the package says it holds.
func (c *check) manifest() {
	var m manifest
	if err := json.Unmarshal(c.files[manifestFile], &m); err != nil || m.Form != 1 {
		c.wrong("bad-file", lang.Args{"file": manifestFile})
		return
	}
	c.Case, c.For = m.Case, m.For
	if written, err := indented(m); err != nil || !bytes.Equal(written, c.files[manifestFile]) {
		c.wrong("bad-file", lang.Args{"file": manifestFile})
	}
	listed := map[string]bool{manifestFile: true}
	for _, i := range m.Files {
		listed[i.Name] = true
		content, ok := c.files[i.Name]
		switch {
		case !ok:
			c.wrong("missing", lang.Args{"file": i.Name})
		case len(content) != i.Size || sum(content) != i.SHA256:
			c.wrong("changed", lang.Args{"file": i.Name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if !listed[name] {
			c.wrong("not-listed", lang.Args{"file": name})
		}
	}
}

// log checks the checkpoint, and that each row is what its leaf says and its leaf
// is in the log.
func (c *check) log(verifier string) {
	c.Key = strings.TrimSpace(string(c.files[keyFile]))
	if verifier != "" {
		if c.Key != verifier {
			c.wrong("other-key", lang.Args{"file": keyFile})
		}
		c.Key = verifier
	}
	var err error
	if c.Checkpoint, err = transparency.Open(string(c.files[checkpointFile]), c.Key); err != nil {
		c.wrong("checkpoint", lang.Args{"file": checkpointFile, "why": problem.Of(err).Say})
		return
	}
	d := json.NewDecoder(bytes.NewReader(c.files[rowsFile]))
	d.UseNumber()
	if err := d.Decode(&c.rows); err != nil {
		c.wrong("bad-file", lang.Args{"file": rowsFile})
		return
	}
	for i := range c.rows {
		c.row(&c.rows[i])
	}
}

func (c *check) row(r *Row) {
	name := lang.Args{"row": r.Name(), "leaf": r.N}
	p := transparency.Proof{N: r.N, Checkpoint: string(c.files[checkpointFile])}
	for _, text := range r.Proof {
		h, err := tlog.ParseHash(text)
		if err != nil || h.String() != text { // base64 has spare bits at its end
			c.wrong("no-proof", name)
			return
		}
		p.Hashes = append(p.Hashes, h)
	}
	if _, err := p.Check([]byte(r.Leaf), c.Key); err != nil {
		c.wrong("no-proof", name)
		return
	}
	c.Rows++
	if r.Withheld {
		c.Withheld++
		return
	}
	leaf, err := transparency.ParseLeaf([]byte(r.Leaf))
	salt, bad := hex.DecodeString(r.Salt)
	if err != nil || bad != nil || len(salt) != transparency.SaltSize || !transparency.Whole(r.Row) {
		c.wrong("row", name)
		return
	}
	s := transparency.Statement{Source: r.Source, Key: r.Key, Row: r.Row}
	if s.Digest(transparency.Salt(salt)) != leaf.Digest {
		c.wrong("row", name)
	}
}

// contents compares the files with the rows that speak of them.
func (c *check) contents() {
	for _, r := range c.rows {
		if r.Withheld {
			continue
		}
		id := r.text("id")
		switch r.Source {
		case "paper":
			c.same(PaperFile(r.text("form"), id), r.text("sha256"), r)
		case "attachment":
			c.same(AttachmentFile(id, r.text("media")), r.text("sha256"), r)
		case "paper_signature":
			der, err := base64.StdEncoding.DecodeString(r.text("signature"))
			if err != nil {
				c.wrong("row", lang.Args{"row": r.Name(), "leaf": r.N})
			}
			c.same(SignatureFile(id), sum(der), r)
			c.same(ReportFile(id), sum([]byte(r.text("report"))), r)
		case "paper_stamp":
			token, err := base64.StdEncoding.DecodeString(r.text("token"))
			if err != nil {
				c.wrong("row", lang.Args{"row": r.Name(), "leaf": r.N})
			}
			c.same(StampFile(r.text("paper_id")), sum(token), r)
		}
	}
	c.derived(CaseFile, CaseData)
	c.derived(TimelineFile, Timeline)
}

// same checks a file against the hash that a row of the log has of it.
func (c *check) same(file, want string, r Row) {
	content, ok := c.files[file]
	switch {
	case !ok:
		c.wrong("missing", lang.Args{"file": file})
	case sum(content) != want:
		c.wrong("not-of-row", lang.Args{"file": file, "row": r.Name(), "leaf": r.N})
	}
}

// derived checks a file that is made of the rows.
func (c *check) derived(file string, of func([]Row) ([]byte, error)) {
	want, err := of(c.rows)
	if err != nil || !bytes.Equal(want, c.files[file]) {
		c.wrong("not-of-rows", lang.Args{"file": file})
	}
}

// bytes looks for bytes of the zip that stand in none of its files.
func (c *check) bytes(pkg []byte) {
	want, err := pack(c.files)
	if err != nil || !bytes.Equal(want, pkg) {
		at := 0
		for at < min(len(want), len(pkg)) && want[at] == pkg[at] {
			at++
		}
		c.wrong("byte", lang.Args{"at": at})
	}
}

// text returns a text of the row.
func (r Row) text(column string) string {
	s, _ := r.Row[column].(string)
	return s
}

// number returns a number of the row.
func (r Row) number(column string) int64 {
	n, _ := r.Row[column].(int64)
	return n
}
