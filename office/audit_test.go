package office_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ruqsat/demo"
	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/store/storetest"
	"ruqsat/transparency"
)

// department opens the demo's department, with its register, cases and a key.
func department(t *testing.T, db *store.DB) *office.Office {
	t.Helper()
	if err := law.Load(); err != nil {
		t.Fatal(err)
	}
	files, err := store.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	now := demo.Today(time.Date(2026, 3, 10, 5, 0, 0, 0, time.UTC))
	signer, err := practice.New(now)
	if err != nil {
		t.Fatal(err)
	}
	o := &office.Office{DB: db, Files: files, Now: func() time.Time { return now }, Verifier: signer.Verifier(), Address: "https://example.kz", Log: newKey(t)}
	if err := demo.Fill(t.Context(), o, signer); err != nil {
		t.Fatal(err)
	}
	return o
}

func newKey(t *testing.T) *transparency.Key {
	t.Helper()
	secret, verifier, err := transparency.NewKey(rand.Reader, "example.kz/log")
	if err != nil {
		t.Fatal(err)
	}
	k, err := transparency.ParseKey(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func publish(t *testing.T, o *office.Office) {
	t.Helper()
	if _, err := o.PublishCheckpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func audit(t *testing.T, o *office.Office, witness string) []lang.Message {
	t.Helper()
	a, err := o.Audit(t.Context(), o.Log.Verifier(), witness)
	if err != nil {
		t.Fatal(err)
	}
	return a.Wrong
}

func texts(list []lang.Message) string {
	var all []string
	for _, m := range list {
		all = append(all, m.Key+": "+m.In(lang.EN))
	}
	return strings.Join(all, "\n")
}

func TestALogOfADepartmentAtWorkAgrees(t *testing.T) {
	t.Parallel()
	storetest.EachRehearsed(t, func(t *testing.T, db *store.DB) {
		o := department(t, db)
		publish(t, o)
		if wrong := audit(t, o, ""); len(wrong) > 0 {
			t.Errorf("nobody altered anything, and the audit says\n%s", texts(wrong))
		}
		if again, err := o.PublishCheckpoint(t.Context()); again || err != nil {
			t.Errorf("a log that has not grown is published again: %t, %v", again, err)
		}
	})
}

// Every table is altered behind the program's back, and the audit must name what.
func TestWhatIsAlteredBehindTheProgramIsNamed(t *testing.T) {
	t.Parallel()
	dsn := storetest.Rehearsed(t)
	o := department(t, storetest.Open(t, dsn))
	publish(t, o)
	published, err := o.Published(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", strings.TrimSuffix(strings.TrimPrefix(dsn, "sqlite:"), "?sync=off"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	raw.SetMaxOpenConns(1)
	one := func(query string) (s string) {
		t.Helper()
		if err := raw.QueryRow(query).Scan(&s); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return s
	}
	for _, c := range []struct {
		alter string // one statement
		row   string // query for how the audit names what was altered; empty for what is no row
		want  string
	}{
		{`UPDATE permit SET valid_until = '2099-01-01' WHERE seq = 3`, `SELECT 'permit/' || number FROM permit WHERE seq = 3`, "row-changed"},
		{`UPDATE permit SET body = replace(body, '"region":"33"', '"region":"27"') WHERE seq = 5`, `SELECT 'permit/' || number FROM permit WHERE seq = 5`, "row-changed"},
		{`UPDATE permit_entry SET on_day = '2020-01-01' WHERE seq = 4`, `SELECT 'permit_entry/4'`, "row-changed"},
		{`UPDATE complaint SET state = 'withdrawn', version = version + 1`, `SELECT 'complaint/' || id FROM complaint LIMIT 1`, "row-changed"},
		{`DELETE FROM permit WHERE seq = 3`, `SELECT 'permit/' || number FROM permit WHERE seq = 3`, "row-gone"},
		{`INSERT INTO permit SELECT seq + 100000, 'KZ33IRS99999999', case_id, bin, region, category, citizenship, issued_on, valid_from, valid_until, ended_on, body, previous, worker_ref
			FROM permit WHERE seq = 3`, `SELECT 'permit/KZ33IRS99999999'`, "row-unlogged"},
		{`UPDATE quota_entry SET permits = permits + 1 WHERE seq = 1`, `SELECT 'quota_entry/1'`, "row-changed"},
		{`DELETE FROM quota_entry WHERE seq = 2`, `SELECT 'quota_entry/2'`, "row-gone"},
		{`UPDATE case_event SET account = 'another' WHERE act = 'register'`,
			`SELECT 'case_event/' || case_id || '/' || version FROM case_event WHERE act = 'register' LIMIT 1`, "row-changed"},
		{`UPDATE case_event SET at = at - 1 WHERE act = 'sign'`,
			`SELECT 'case_event/' || case_id || '/' || version FROM case_event WHERE act = 'sign' LIMIT 1`, "row-changed"},
		{`UPDATE case_file SET state = 'issued' WHERE state = 'refused'`, `SELECT 'case_file/' || id FROM case_file WHERE state = 'refused'`, "row-changed"},
		{`UPDATE case_file SET state = 'preparing' WHERE state = 'refused'`, `SELECT 'case_file/' || id FROM case_file WHERE state = 'refused'`, "row-changed"},
		{`UPDATE request SET bin = '220740008203' || bin`, `SELECT 'request/' || id FROM request LIMIT 1`, "row-changed"},
		{`DELETE FROM request_event WHERE version = 1`,
			`SELECT 'request_event/' || request_id || '/' || version FROM request_event WHERE version = 1 LIMIT 1`, "row-gone"},
		{`UPDATE attachment SET sha256 = 'aa' WHERE id = (SELECT min(id) FROM attachment)`,
			`SELECT 'attachment/' || case_id || '/' || id FROM attachment ORDER BY id LIMIT 1`, "row-changed"},
		{`DELETE FROM attachment WHERE id = (SELECT min(id) FROM attachment)`,
			`SELECT 'attachment/' || case_id || '/' || id FROM attachment ORDER BY id LIMIT 1`, "row-gone"},
		{`UPDATE paper SET sha256 = 'aa' WHERE form = 'refusal'`, `SELECT 'paper/' || id FROM paper WHERE form = 'refusal' LIMIT 1`, "row-changed"},
		{`UPDATE paper_content SET content = x'255044462d' WHERE paper_id IN (SELECT id FROM paper WHERE form = 'refusal')`,
			`SELECT 'paper/' || id FROM paper WHERE form = 'refusal' LIMIT 1`, "bytes"},
		{`UPDATE paper SET report = '{}' WHERE form = 'refusal' AND signature <> ''`,
			`SELECT 'paper_signature/' || id FROM paper WHERE form = 'refusal' AND signature <> '' LIMIT 1`, "row-changed"},
		{`UPDATE paper SET signature = 'AAAA' WHERE signature = '' AND current = 1`,
			`SELECT 'paper_signature/' || id FROM paper WHERE signature = '' AND current = 1 LIMIT 1`, "row-unlogged"},
		{`UPDATE log_leaf SET salt = '' WHERE n = 3`, `SELECT source || '/' || row_key FROM log_leaf WHERE n = 3`, "row-changed"},
		{`UPDATE log_leaf SET leaf = replace(leaf, '"region":"33"', '"region":"27"') WHERE n = 3`, ``, "hash"},
		{`UPDATE log_leaf SET hash = (SELECT hash FROM log_leaf WHERE n = 4) WHERE n = 3`, ``, "hash"},
		{`DELETE FROM log_leaf WHERE n = 3`, ``, "gap"},
		{`DELETE FROM log_leaf WHERE n > 300`, ``, "cut-short"},
		{`UPDATE log_node SET hash = (SELECT hash FROM log_leaf WHERE n = 4)`, ``, "node"},
		{`UPDATE log_head SET size = size - 1`, ``, "head"},
		{`UPDATE log_checkpoint SET note = replace(note, 'example', 'examp1e')`, ``, "bad-checkpoint"},
	} {
		row := ""
		if c.row != "" {
			row = one(c.row)
		}
		snapshot(t, raw)
		if res, err := raw.Exec(c.alter); err != nil {
			t.Fatalf("%s: %v", c.alter, err)
		} else if n, _ := res.RowsAffected(); n == 0 {
			t.Fatalf("%s altered nothing", c.alter)
		}
		wrong := audit(t, o, published.Note)
		named := slices.ContainsFunc(wrong, func(m lang.Message) bool {
			return m.Key == "transparency.audit-"+c.want && strings.Contains(m.In(lang.EN), row)
		})
		if !named {
			t.Errorf("after %s the audit should say %s of %q; it says\n%s", c.alter, c.want, row, texts(wrong))
		}
		restore(t, raw)
	}
	if wrong := audit(t, o, published.Note); len(wrong) > 0 {
		t.Errorf("all was put back, and the audit says\n%s", texts(wrong))
	}
}

// What an altered table was, to be put back.
var altered = []string{"permit", "permit_entry", "complaint", "quota_entry", "case_event", "case_file", "attachment", "paper", "paper_content", "request", "request_event", "log_leaf", "log_node", "log_head", "log_checkpoint"}

func snapshot(t *testing.T, raw *sql.DB) {
	t.Helper()
	for _, table := range altered {
		if _, err := raw.Exec(`CREATE TEMP TABLE kept_` + table + ` AS SELECT * FROM ` + table); err != nil {
			t.Fatal(err)
		}
	}
}

func restore(t *testing.T, raw *sql.DB) {
	t.Helper()
	for _, table := range altered {
		for _, query := range []string{`DELETE FROM ` + table, `INSERT INTO ` + table + ` SELECT * FROM kept_` + table, `DROP TABLE kept_` + table} {
			if _, err := raw.Exec(query); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
		}
	}
}

// Whoever rewrites row, leaf, hashes and head alike is found by the checkpoint
// somebody kept.
func TestALogThatIsRewrittenAsAWholeIsFoundByACheckpointKeptElsewhere(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	publish(t, o)
	kept, err := o.Published(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	other.Log = o.Log
	publish(t, other)
	if wrong := audit(t, other, ""); len(wrong) > 0 {
		t.Fatalf("the rewritten log agrees with itself, but the audit says\n%s", texts(wrong))
	}
	wrong := audit(t, other, kept.Note)
	if len(wrong) != 1 || wrong[0].Key != "transparency.audit-other-tree" {
		t.Errorf("compared with the checkpoint that was kept, the audit says\n%s", texts(wrong))
	}
	other.Log = newKey(t)
	if _, err := other.PublishCheckpoint(t.Context()); problem.Of(err) == nil || problem.Of(err).Say.Key != "transparency.other-key" {
		t.Errorf("a log that another key signed was signed on: %v", err)
	}
}

func TestAnExportIsRecountedWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	dir := t.TempDir()
	n, err := o.Export(t.Context(), func(name string, data []byte) error {
		file := filepath.Join(dir, filepath.FromSlash(name))
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, data, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := transparency.RecountExport(os.DirFS(dir), o.Log.Verifier())
	if err != nil || r.Leaves != n || r.Rows == 0 || len(r.Wrong) > 0 {
		t.Fatalf("%d leaves were exported; recounted: %d, %d rows, %v\n%s", n, r.Leaves, r.Rows, err, texts(r.Wrong))
	}
	good := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = os.ReadFile(filepath.Join(dir, name))
			good[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	upper := ""
	for name := range good {
		if strings.HasPrefix(name, "tile/1/") {
			upper = name
		}
	}
	for name, alter := range map[string]func(data []byte) []byte{
		"tile/entries/000":     func(b []byte) []byte { return bytes.Replace(b, []byte("permit"), []byte("pfrmit"), 1) },
		"tile/0/000":           func(b []byte) []byte { b[40] ^= 1; return b },
		"rows/000000000.jsonl": func(b []byte) []byte { return bytes.Replace(b, []byte("KZ33"), []byte("KZ27"), 1) },
		"checkpoint":           func(b []byte) []byte { return bytes.Replace(b, []byte("example"), []byte("exampel"), 1) },
		upper:                  func([]byte) []byte { return nil },
	} {
		bad := fstest.MapFS{}
		for n, f := range good {
			bad[n] = f
		}
		bad[name] = &fstest.MapFile{Data: alter(bytes.Clone(good[name].Data))}
		r, err := transparency.RecountExport(bad, o.Log.Verifier())
		if err == nil && len(r.Wrong) == 0 {
			t.Errorf("%s was altered and the recount agrees", name)
		}
	}
	short := fstest.MapFS{}
	for n, f := range good {
		short[n] = f
	}
	leaves, err := transparency.Unbundle(good["tile/entries/000"].Data)
	if err != nil {
		t.Fatal(err)
	}
	short["tile/entries/000"] = &fstest.MapFile{Data: transparency.Bundle(leaves[:250])}
	r, err = transparency.RecountExport(short, o.Log.Verifier())
	if err != nil || len(r.Wrong) == 0 || r.Wrong[0].In(lang.EN) != "Leaf 250 is missing from the log: it was taken out." {
		t.Errorf("six leaves are missing at the end of a bundle; the recount says %v\n%s", err, texts(r.Wrong))
	}
}

// handedOver returns a case of the demo that was walked to its end.
func handedOver(t *testing.T, o *office.Office) procedure.Case {
	t.Helper()
	list, _, err := o.Cases(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, store.Queue{States: []procedure.State{procedure.HandedOver}})
	if err != nil || len(list) == 0 {
		t.Fatalf("the demo has no case that was handed over: %v", err)
	}
	return list[0]
}

func TestACasePackageIsCheckedWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	c := handedOver(t, o)
	head := party.Actor{Role: party.Head, Region: demo.Region}
	_, pkg, err := o.Package(t.Context(), head, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, again, err := o.Package(t.Context(), head, c.ID); err != nil || !bytes.Equal(pkg, again) {
		t.Errorf("the same case gives another package: %v", err)
	}
	r := dossier.Check(pkg, o.Log.Verifier())
	if !r.OK() || r.Case != c.Number || r.Rows == 0 || r.Withheld > 0 || r.Own {
		t.Errorf("the package of the authority: %+v\n%s", r, texts(r.Wrong))
	}
	papers, err := dossier.Signed(pkg)
	if err != nil || len(papers) < 3 {
		t.Fatalf("the package has %d signed papers (%v), want the application, the notice and the permit at least", len(papers), err)
	}
	for _, s := range papers {
		if got := fmt.Sprintf("%x", sha256.Sum256(s.Document)); got != s.Found.Document || len(s.Signature) == 0 || len(s.Found.Issuers) == 0 {
			t.Errorf("%s is not what its signature was found to be of", s.Name)
		}
	}
	if r := dossier.Check(pkg, newKey(t).Verifier()); r.OK() {
		t.Error("the package is good for any key")
	}
	stranger := party.Actor{Role: party.Applicant, BIN: "220740008203"}
	if _, _, err := o.Package(t.Context(), stranger, c.ID); !problem.IsKind(err, problem.NotFound) {
		t.Errorf("another applicant gets the package: %v", err)
	}
	if _, _, err := o.Package(t.Context(), party.Actor{Role: party.Head, Region: "27"}, c.ID); !problem.IsKind(err, problem.NotFound) {
		t.Errorf("another department gets the package: %v", err)
	}
}

func TestTheApplicantsPackageHoldsTheirOwnOnly(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	c := handedOver(t, o)
	_, pkg, err := o.Package(t.Context(), party.Actor{Role: party.Applicant, BIN: c.Application.Employer.BIN}, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	r := dossier.Check(pkg, o.Log.Verifier())
	if !r.OK() || r.Withheld == 0 || r.For != "applicant" {
		t.Errorf("the package of the applicant: %+v\n%s", r, texts(r.Wrong))
	}
	for _, account := range []string{"33-clerk", "33-executor", "33-head"} {
		if bytes.Contains(pkg, []byte(`"`+account+`"`)) || bytes.Contains(pkg, []byte(`\"`+account+`\"`)) {
			t.Errorf("the applicant's package names the account %s", account)
		}
	}
}

// One byte after the other is changed, and each change must be named: by its file,
// or by its place where it is in none.
func TestOneByteChangedInAPackageIsNamed(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	_, pkg, err := o.Package(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, handedOver(t, o).ID)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(pkg); at += 1 + len(pkg)/500 {
		bad := bytes.Clone(pkg)
		bad[at] ^= 0x20
		if r := dossier.Check(bad, o.Log.Verifier()); r.OK() {
			t.Errorf("byte %d was changed, from %q to %q, and the package agrees", at, pkg[at], bad[at])
		}
	}
	content := bytes.Index(pkg, []byte("%PDF-"))
	bad := bytes.Clone(pkg)
	bad[content+100] ^= 1
	r := dossier.Check(bad, o.Log.Verifier())
	if len(r.Wrong) == 0 || r.Wrong[0].Key != "dossier.changed" || !strings.Contains(r.Wrong[0].In(lang.EN), ".pdf") {
		t.Errorf("a byte of a PDF was changed; the check says\n%s", texts(r.Wrong))
	}
	if r := dossier.Check(pkg[:len(pkg)-30], ""); r.OK() || r.Wrong[0].Key != "dossier.no-zip" {
		t.Errorf("the end is missing; the check says\n%s", texts(r.Wrong))
	}
	header := bytes.Clone(pkg)
	header[6] ^= 1 // a flag of the first local header, which nobody reads
	if r := dossier.Check(header, o.Log.Verifier()); len(r.Wrong) != 1 || r.Wrong[0].In(lang.EN) != "Byte 6 was changed: it is in none of the files but in the zip around them." {
		t.Errorf("a byte between the files was changed; the check says\n%s", texts(r.Wrong))
	}
}

// Whoever changes a file and makes the list of files fit again is found by the log.
func TestAPackageMadeAnewAroundAChangedFileIsFoundByTheLog(t *testing.T) {
	t.Parallel()
	o := department(t, storetest.Open(t, storetest.Rehearsed(t)))
	c := handedOver(t, o)
	_, pkg, err := o.Package(t.Context(), party.Actor{Role: party.Head, Region: demo.Region}, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, prefix := range []string{"papers/permit-", "files/", "signatures/", "data/case.json", "data/timeline.json"} {
		contents := unpacked(t, pkg)
		name := ""
		for n := range contents.Files {
			if strings.HasPrefix(n, prefix) {
				name = n
			}
		}
		contents.Files[name] = append(contents.Files[name], ' ')
		forged, err := dossier.Build(contents)
		if err != nil {
			t.Fatal(err)
		}
		r := dossier.Check(forged, o.Log.Verifier())
		if len(r.Wrong) != 1 || !strings.HasPrefix(r.Wrong[0].In(lang.EN), name+":") {
			t.Errorf("%s was changed, and the list of files with it; the check says\n%s", name, texts(r.Wrong))
		}
	}
	contents := unpacked(t, pkg)
	for i, row := range contents.Rows {
		if row.Source == "case_event" {
			contents.Rows[i].Row["account"] = "another"
			break
		}
	}
	forged, err := dossier.Build(contents)
	if err != nil {
		t.Fatal(err)
	}
	if r := dossier.Check(forged, o.Log.Verifier()); len(r.Wrong) == 0 || r.Wrong[0].Key != "dossier.row" {
		t.Errorf("a row was changed; the check says\n%s", texts(r.Wrong))
	}
}

// unpacked takes a package apart.
func unpacked(t *testing.T, pkg []byte) dossier.Contents {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		t.Fatal(err)
	}
	c := dossier.Contents{For: "authority", Files: map[string][]byte{}}
	for _, f := range z.File {
		data, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		c.Files[f.Name] = data
	}
	d := json.NewDecoder(bytes.NewReader(c.Files["log/rows.json"]))
	d.UseNumber()
	if err := d.Decode(&c.Rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rows {
		if !transparency.Whole(r.Row) {
			t.Fatalf("row %s has what is neither text nor a whole number", r.Name())
		}
	}
	c.Checkpoint, c.Verifier = string(c.Files["log/checkpoint"]), strings.TrimSpace(string(c.Files["log/key"]))
	delete(c.Files, "manifest.json")
	return c
}
