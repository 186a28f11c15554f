package store

import (
	"context"
	"strconv"
	"strings"
)

// rowsAtOnce are how many rows one statement adds; a statement for each number of
// rows would be one too many to keep ready.
var rowsAtOnce = []int{32, 8, 1}

// A rowTable is a table many rows are added to at once: its statements, one for
// each of rowsAtOnce.
type rowTable struct {
	columns int
	inserts []string
}

// The tables of the log, to which every batch adds many rows.
var (
	leafTable = newRowTable("", "log_leaf", "n", "source", "row_key", "salt", "leaf", "hash")
	nodeTable = newRowTable("", "log_node", "level", "n", "hash")
)

// The tables to which most acts add a row that no later statement changes, each
// after those its rows point to.
var (
	eventTable  = newRowTable("", "case_event", "case_id", "version", "act", "role", "account", "at", "body")
	entryTable  = newRowTable("", "quota_entry", "seq", "line", "to_line", "kind", "permits", "case_id", "at_day", "cite")
	workerTable = newRowTable(" ON CONFLICT (person, case_id) DO NOTHING", "case_worker", "person", "case_id")
)

// newRowTable returns the table of a name; end ends its statements.
func newRowTable(end, name string, columns ...string) *rowTable {
	t := &rowTable{columns: len(columns)}
	for _, rows := range rowsAtOnce {
		var tuples []string
		for r := range rows {
			places := make([]string, len(columns))
			for c := range places {
				places[c] = "$" + strconv.Itoa(r*len(columns)+c+1)
			}
			tuples = append(tuples, "("+strings.Join(places, ", ")+")")
		}
		t.inserts = append(t.inserts, "INSERT INTO "+name+" ("+strings.Join(columns, ", ")+") VALUES "+strings.Join(tuples, ", ")+end)
	}
	return t
}

// manyRows are rows on their way to a table.
type manyRows struct {
	*rowTable
	values []any // of one row after the other
}

func newRows(t *rowTable) *manyRows { return &manyRows{rowTable: t} }

// insert adds a row to a table. Where all acts are kept or none, it is written
// together with those of others: before the next question, or at the end.
func (t Tx) insert(ctx context.Context, table *rowTable, values ...any) error {
	alone := table.inserts[len(table.inserts)-1]
	if !t.s.knows() {
		return t.write(ctx, alone, values...)
	}
	if err := t.s.refuse(values); err != nil {
		return err
	}
	t.record(alone, values)
	t.s.sent = true
	rows := t.s.known.rowsOf(table)
	if rows.add(values...); len(rows.values) < worthWriting*table.columns {
		return nil
	}
	return t.s.spoil(rows.post(ctx, t.s))
}

// worthWriting is how many rows are written although nobody asks yet.
const worthWriting = 8

// rowsOf returns the rows of a table that are to be written.
func (k *known) rowsOf(table *rowTable) *manyRows {
	for _, rows := range k.rows {
		if rows.rowTable == table {
			return rows
		}
	}
	rows := newRows(table)
	k.rows = append(k.rows, rows)
	return rows
}

// writeRows writes the rows that were added.
func (s *session) writeRows(ctx context.Context) error {
	tables := s.known.rows
	s.known.rows = nil
	for _, rows := range tables {
		if err := rows.post(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (m *manyRows) add(values ...any) { m.values = append(m.values, values...) }

// post has the rows added, in few statements.
func (m *manyRows) post(ctx context.Context, s *session) error {
	rest := m.values
	m.values = nil
	for i, v := range rest {
		if w, ok := v.(*writing); ok {
			text, err := w.wait()
			if err != nil {
				return err
			}
			rest[i] = text
		}
	}
	for i, rows := range rowsAtOnce {
		for n := rows * m.columns; len(rest) >= n; rest = rest[n:] {
			if err := s.post(ctx, op{text: m.inserts[i], args: rest[:n:n]}); err != nil {
				return err
			}
		}
	}
	return nil
}
