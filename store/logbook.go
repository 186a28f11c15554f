package store

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ruqsat/transparency"
)

// A chapter is a part of the log: which rows it speaks of, and which of their
// columns.
type chapter struct {
	source  string // its name; that of the table, unless a table has two
	table   string
	key     []string // columns that name the row
	number  string   // the one of them that is a number, if any
	columns []string // what the leaf commits to
	form    int      // raised when columns change; what older leaves cover stays below it

	kind   transparency.Kind
	kinds  map[string]transparency.Kind // of some values of what
	what   string                       // column with the act or the kind of entry
	at     string                       // column with a moment or a day
	region string                       // column with the region

	// ofCase is the condition under which a row belongs to case $1; empty if none does.
	ofCase string
	// changes says that the row is rewritten: only its last leaf tells what it is.
	changes bool
	// where is the condition under which a row must have a leaf; empty for always.
	where string
}

// logbook is everything the log speaks of. A row added to one of these tables gets
// its leaf by itself, in the same transaction. What is in no chapter stands in
// unlogged, with the reason; a test knows every table.
var logbook = []chapter{
	{
		source: "register_answer", table: "register_answer", key: []string{"id"}, form: 1, ofCase: "t.case_id = $1",
		columns: []string{"id", "case_id", "register", "subject", "status", "at", "body"},
		kind:    transparency.Act, what: "status", at: "at",
	},
	{
		source: "case_event", table: "case_event", key: []string{"case_id", "version"}, number: "version", form: 1, ofCase: "t.case_id = $1",
		columns: []string{"case_id", "version", "act", "role", "account", "at", "body"},
		kind:    transparency.Act, what: "act", at: "at",
		kinds: map[string]transparency.Kind{"register": transparency.Registration, "sign": transparency.Decision},
	},
	{
		source: "case_file", table: "case_file", key: []string{"id"}, form: 1,
		columns: []string{"id", "region", "number", "code", "channel", "state", "verdict", "law_on", "submitted", "bin",
			"executor", "paid", "due", "lapses", "application", "running", "course", "version"},
		kind: transparency.State, what: "state", region: "region", ofCase: "t.id = $1", changes: true, where: "state <> 'preparing'",
	},
	{
		source: "quota_entry", table: "quota_entry", key: []string{"seq"}, number: "seq", form: 1, ofCase: "t.case_id = $1 AND t.case_id <> ''",
		columns: []string{"seq", "line", "to_line", "kind", "permits", "case_id", "at_day", "cite"},
		kind:    transparency.Quota, what: "kind", at: "at_day",
	},
	{
		source: "quota_order", table: "quota_order", key: []string{"seq"}, number: "seq", form: 1,
		columns: []string{"seq", "id", "number", "dated", "year", "takes_on", "at", "body"},
		kind:    transparency.Quota, at: "at",
	},
	{
		source: "permit", table: "permit", key: []string{"number"}, form: 1, ofCase: "t.case_id = $1",
		columns: []string{"seq", "number", "case_id", "bin", "region", "category", "citizenship", "issued_on", "valid_from",
			"valid_until", "ended_on", "body"},
		kind: transparency.Permit, at: "issued_on", region: "region",
	},
	{
		source: "permit_entry", table: "permit_entry", key: []string{"seq"}, number: "seq", form: 1,
		columns: []string{"seq", "number", "kind", "region", "on_day", "at", "body"},
		kind:    transparency.Status, what: "kind", at: "on_day", region: "region",
		ofCase: "t.number IN (SELECT number FROM permit WHERE case_id = $1)",
	},
	{
		source: "complaint", table: "complaint", key: []string{"id"}, form: 1, ofCase: "t.case_id = $1 AND t.case_id <> ''", changes: true,
		columns: []string{"id", "region", "number", "state", "bin", "case_id", "permit", "due", "body", "version"},
		kind:    transparency.State, what: "state", region: "region",
	},
	{
		source: "ruling", table: "ruling", key: []string{"id"}, form: 1, changes: true,
		columns: []string{"id", "region", "number", "about", "subject", "state", "body", "version"},
		kind:    transparency.State, what: "state", region: "region",
	},
	{
		source: "attachment", table: "attachment", key: []string{"case_id", "id"}, form: 1, ofCase: "t.case_id = $1",
		columns: []string{"id", "case_id", "kind", "name", "media", "size", "sha256", "at"},
		kind:    transparency.File, at: "at",
	},
	{
		source: "paper", table: "paper", key: []string{"id"}, form: 1, ofCase: "t.case_id = $1 AND t.current = 1",
		columns: []string{"id", "case_id", "form", "name", "sha256", "at"},
		kind:    transparency.Paper, what: "form", at: "at",
	},
	{
		source: "request_event", table: "request_event", key: []string{"request_id", "version"}, number: "version", form: 1,
		columns: []string{"request_id", "version", "act", "role", "account", "at", "body"},
		kind:    transparency.Act, what: "act", at: "at",
	},
	{
		source: "request", table: "request", key: []string{"id"}, form: 1, changes: true,
		columns: []string{"id", "region", "number", "incoming", "outgoing", "state", "executor", "bin", "due", "published", "body",
			"version"},
		kind: transparency.State, what: "state", region: "region",
	},
	{
		source: "time_change", table: "time_change", key: []string{"id"}, form: 1,
		columns: []string{"id", "kind", "at", "body"},
		kind:    transparency.Calendar, what: "kind", at: "at",
	},
	{
		source: "paper_signature", table: "paper", key: []string{"id"}, form: 1,
		columns: []string{"id", "sha256", "signature", "report"},
		kind:    transparency.Signed, ofCase: "t.case_id = $1 AND t.current = 1", where: "signature <> ''",
	},
	{
		source: "paper_stamp", table: "paper_stamp", key: []string{"paper_id"}, form: 1,
		columns: []string{"paper_id", "at", "token", "report"},
		kind:    transparency.Signed, at: "at",
		ofCase: "t.paper_id IN (SELECT id FROM paper WHERE case_id = $1 AND current = 1)",
	},
}

// unlogged says of each table that has no chapter why it has none. What is held
// and who waits follows from the ledger and the cases; numbers from the rows that
// bear them.
var unlogged = map[string]string{
	"account":           "who can sign in is no act of the procedure, and is rewritten",
	"session":           "thrown away when somebody signs out",
	"quota_total":       "follows from the ledger, and the check counts it again",
	"quota_demand":      "what is asked for next year decides nothing, and is rewritten while it may be",
	"quota_wait":        "who waits follows from the registrations and the ledger",
	"paper_content":     "the leaf of the paper has the hash of its bytes, and the audit compares them",
	"consent":           "follows from the cases, which have who was asked and what was answered",
	"case_worker":       "an index of the persons that stand in the applications",
	"employer_name":     "names of before, which become words of employer_key",
	"employer_key":      "an index of the names that stand in the permits",
	"employer_change":   "figures follow from the entries of the register, and are recounted by the check",
	"employer_stock":    "figures follow from the entries of the register, and are recounted by the check",
	"employer_day":      "figures follow from the entries of the register, and are recounted by the check",
	"letterhead":        "what it was stands on the letters",
	"waiting_signature": "what comes of it is an act, and the signed paper",
	"stamp_wanted":      "the stamp itself is, when it comes",
	"viewing":           "looking is no act of the procedure, and is forgotten after its time",
	"partner_token":     "who may ask by program is no act of the procedure; each token says who issued it",
	"paper_seen":        "opening a paper is no act; signing it is",
	"phone_signing":     "an invitation of minutes; what comes of it is an act",
	"stock":             "figures of before migration 0120, which has no such table any more",
	"stock_snapshot":    "figures follow from the entries of the register, and are recounted by the check",
	"stock_change":      "figures follow from the entries of the register, and are recounted by the check",
	"stock_drawn":       "days of the snapshots of those figures",
	"stock_backlog":     "how far permits of before are in those figures",
	"issued_month":      "figures follow from the entries of the register, and are recounted by the check",
	"sequence":          "the last number of a series follows from what bears the numbers",
	"log_leaf":          "the log itself",
	"log_node":          "the log itself",
	"log_head":          "the log itself",
	"log_checkpoint":    "signed, and compared with the log",
}

// chapterOf returns the chapter of a source, or nil.
func chapterOf(source string) *chapter {
	for i := range logbook {
		if logbook[i].source == source {
			return &logbook[i]
		}
	}
	return nil
}

// keyOf names a row by its values.
func (c *chapter) keyOf(row map[string]any) string {
	parts := make([]string, len(c.key))
	for i, name := range c.key {
		switch v := row[name].(type) {
		case string:
			parts[i] = v
		case int64:
			parts[i] = strconv.FormatInt(v, 10)
		}
	}
	return strings.Join(parts, "/")
}

// keySQL is the same in SQL, of the columns of t.
func (c *chapter) keySQL() string {
	parts := make([]string, len(c.key))
	for i, name := range c.key {
		parts[i] = "CAST(t." + name + " AS TEXT)"
	}
	return strings.Join(parts, " || '/' || ")
}

// leaf returns the leaf of a row, without its digest.
func (c *chapter) leaf(row map[string]any) transparency.Leaf {
	l := transparency.Leaf{Form: c.form, Kind: c.kind}
	l.What, _ = row[c.what].(string)
	l.Region, _ = row[c.region].(string)
	if k, ok := c.kinds[l.What]; ok {
		l.Kind = k
	}
	switch at := row[c.at].(type) {
	case string:
		l.At = at
	case int64:
		if at != 0 {
			l.At = moment(at).Format(time.RFC3339Nano)
		}
	}
	return l
}

// statement returns what a leaf of the row commits to: the columns of the chapter.
func (c *chapter) statement(row map[string]any) transparency.Statement {
	s := transparency.Statement{Source: c.source, Key: c.keyOf(row), Row: row}
	if len(row) == len(c.columns) && !slices.ContainsFunc(c.columns, func(name string) bool { _, ok := row[name]; return !ok }) {
		return s
	}
	s.Row = make(map[string]any, len(c.columns))
	for _, name := range c.columns {
		s.Row[name] = row[name]
	}
	return s
}
