package store

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// grows are the tables that get a row for every case, permit, letter or act. A
// statement that reads one of them from end to end is quick in a test and slow in
// ten years.
var grows = []string{
	"attachment", "case_event", "case_file", "case_worker", "complaint", "employer_change", "employer_key", "employer_stock",
	"log_leaf", "log_node", "paper", "paper_content", "paper_stamp", "permit", "permit_entry", "quota_entry", "quota_wait",
	"register_answer", "request", "request_event", "ruling", "session", "stamp_wanted", "viewing", "waiting_signature",
}

// wholeTable begins a statement that is meant to read whole tables, and says why.
const wholeTable = "/* whole table: "

// reads finds the tables of a statement, and what it calls them.
var reads = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?`)

// argument finds the arguments of a statement.
var argument = regexp.MustCompile(`\$(\d+)`)

// checkPlan returns an error if SQLite would read a growing table from end to end,
// and the statement does not say that it is meant to. It is asked where acts are
// rehearsed, so that tests find what lacks an index.
func (l *sqliteLink) checkPlan(ctx context.Context, text string) error {
	if strings.HasPrefix(strings.TrimSpace(text), wholeTable) || !reads.MatchString(text) {
		return nil
	}
	most := 0
	for _, m := range argument.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	steps, err := l.conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, make([]any, most)...)
	if err != nil {
		return nil // what is wrong with it shows when it is run
	}
	defer steps.Close()
	for steps.Next() {
		var id, parent, unused int
		var step string
		if err := steps.Scan(&id, &parent, &unused, &step); err != nil {
			return err
		}
		name, scans := strings.CutPrefix(step, "SCAN ")
		name, _, _ = strings.Cut(name, " ")
		if scans && slices.Contains(grows, tableOf(text, name)) {
			return fmt.Errorf("%s would read all of %s: %s\ngive it an index, or say why it must, in a comment %q at its beginning",
				step, tableOf(text, name), strings.Join(strings.Fields(text), " "), wholeTable+"… */")
		}
	}
	return steps.Err()
}

// tableOf returns the table a statement calls by a name.
func tableOf(text, name string) string {
	for _, m := range reads.FindAllStringSubmatch(text, -1) {
		if m[2] == name {
			return m[1]
		}
	}
	return name
}
