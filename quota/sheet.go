package quota

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"ruqsat/lang"
	"ruqsat/problem"
)

// Columns of the two tables an order may come as. A distribution is the annex of
// an order, with a last column and a last row of sums; moves are a list with a
// last row that sums it. docs/quota-csv.md tells them.
var (
	GiveColumns  = []string{"kato", "region", "I", "II", "III", "IV", "seasonal", "total"}
	ShiftColumns = []string{"from_kato", "from_line", "to_kato", "to_line", "permits"}
)

// Limits of a table: an annex has some twenty rows.
const (
	MaxSheetRows = 500
	maxCell      = 200 // letters
)

// totalRow begins the row of sums.
const totalRow = "total"

// A SheetRow is a row of a table, with its line in the file from 1.
type SheetRow struct {
	Line  int
	Cells []string
}

func (r SheetRow) cell(i int) string {
	if i >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(r.Cells[i], "'"))
}

func (r SheetRow) empty() bool {
	return !slices.ContainsFunc(r.Cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// A Fault is what is wrong with one row of a table.
type Fault struct {
	Line   int
	Column string
	Say    lang.Message
}

// Faults are all that is wrong with a table. Nothing of it was taken.
type Faults []Fault

// Err returns the faults as one error, each at the field "file".
func (f Faults) Err() error {
	e := problem.New(problem.Invalid, "quota.bad-table", lang.Args{"n": len(f)})
	for _, x := range f {
		key := "quota.row"
		if x.Column == "" {
			key = "quota.row-whole"
		}
		e.Fields = append(e.Fields, problem.Field{Name: "file", Say: lang.M(key, lang.Args{"line": x.Line, "column": x.Column, "what": x.Say})})
	}
	return e
}

// ReadCSV splits a table into rows: UTF-8, with commas or, as spreadsheets here
// write it, semicolons.
func ReadCSV(r io.Reader) ([]SheetRow, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	c := csv.NewReader(in)
	if head, _ := in.Peek(100); strings.Contains(firstLine(string(head)), ";") {
		c.Comma = ';'
	}
	c.FieldsPerRecord = -1
	var rows []SheetRow
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, Faults{{len(rows) + 1, "", lang.M("quota.not-csv", lang.Args{"cause": err.Error()})}}.Err()
		}
		line, _ := c.FieldPos(0)
		if len(rows) >= MaxSheetRows {
			return nil, Faults{{line, "", lang.M("quota.too-many-rows", lang.Args{"most": MaxSheetRows})}}.Err()
		}
		rows = append(rows, SheetRow{line, cells})
	}
}

func firstLine(s string) string { s, _, _ = strings.Cut(s, "\n"); return s }
