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
	leafTable = newRowTable("log_leaf", "n", "source", "row_key", "salt", "leaf", "hash")
	nodeTable = newRowTable("log_node", "level", "n", "hash")
)

func newRowTable(name string, columns ...string) rowTable {
	t := rowTable{columns: len(columns)}
	for _, rows := range rowsAtOnce {
		var tuples []string
		for r := range rows {
			places := make([]string, len(columns))
			for c := range places {
				places[c] = "$" + strconv.Itoa(r*len(columns)+c+1)
			}
			tuples = append(tuples, "("+strings.Join(places, ", ")+")")
		}
		t.inserts = append(t.inserts, "INSERT INTO "+name+" ("+strings.Join(columns, ", ")+") VALUES "+strings.Join(tuples, ", "))
	}
	return t
}

// manyRows are rows on their way to a table.
type manyRows struct {
	rowTable
	values []any // of one row after the other
}

func newRows(t rowTable) *manyRows { return &manyRows{rowTable: t} }

func (m *manyRows) add(values ...any) { m.values = append(m.values, values...) }

// post has the rows added, in few statements.
func (m *manyRows) post(ctx context.Context, s *session) error {
	rest := m.values
	for i, rows := range rowsAtOnce {
		for n := rows * m.columns; len(rest) >= n; rest = rest[n:] {
			if err := s.post(ctx, op{text: m.inserts[i], args: rest[:n:n]}); err != nil {
				return err
			}
		}
	}
	return nil
}
