package office

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/quota"
)

// Limits of the table of an order. A spreadsheet is a zip: what it unfolds to is
// bounded before and while it is read.
const (
	MaxSheet     = 1 << 20 // bytes as it comes
	maxUnfolded  = 8 << 20 // bytes of all that is in it
	maxSheetFile = 200     // files in it
)

// ReadSheet reads the table of an order for a year, CSV or XLSX: all of it or
// nothing. The error names every bad row.
func ReadSheet(name string, raw []byte, year int) (quota.Sheet, error) {
	if len(raw) > MaxSheet {
		return quota.Sheet{}, problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "1 MB"}).At("file")
	}
	rows, err := sheetRows(name, raw)
	if err != nil {
		return quota.Sheet{}, err
	}
	return quota.ReadSheet(rows, year)
}

func sheetRows(name string, raw []byte) ([]quota.SheetRow, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return xlsxRows(raw)
	case strings.HasSuffix(strings.ToLower(name), ".xlsx"), strings.HasSuffix(strings.ToLower(name), ".xls"):
		return nil, notXLSX(nil)
	}
	return quota.ReadCSV(bytes.NewReader(raw))
}

func notXLSX(cause error) error {
	return problem.New(problem.Invalid, "quota.not-xlsx").Because(cause).At("file")
}

// xlsxRows reads the first sheet. Values are taken as they are kept, so that
// 1 243 does not become 1.2e3 by the format of a cell.
func xlsxRows(raw []byte) ([]quota.SheetRow, error) {
	if err := boundZip(raw); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		UnzipSizeLimit: maxUnfolded, UnzipXMLSizeLimit: maxUnfolded, RawCellValue: true,
	})
	if err != nil {
		return nil, notXLSX(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, notXLSX(nil)
	}
	in, err := f.Rows(names[0])
	if err != nil {
		return nil, notXLSX(err)
	}
	defer in.Close()
	var rows []quota.SheetRow
	for line := 1; in.Next(); line++ {
		if line > quota.MaxSheetRows {
			return nil, quota.Faults{{Line: line, Say: lang.M("quota.too-many-rows", lang.Args{"most": quota.MaxSheetRows})}}.Err()
		}
		cells, err := in.Columns()
		if err != nil {
			return nil, notXLSX(err)
		}
		rows = append(rows, quota.SheetRow{Line: line, Cells: cells})
	}
	if err := in.Error(); err != nil {
		return nil, notXLSX(err)
	}
	return rows, nil
}

// boundZip refuses a zip that unfolds to more than a table of an order can be,
// counting what comes out and not what the zip says of itself.
func boundZip(raw []byte) error {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return notXLSX(err)
	}
	large := problem.New(problem.TooLarge, "quota.unfolds", lang.Args{"limit": "8 MB"}).At("file")
	if len(z.File) > maxSheetFile {
		return large
	}
	left := int64(maxUnfolded)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return notXLSX(err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		_ = r.Close()
		if err != nil {
			return notXLSX(err)
		}
		if left -= n; left < 0 {
			return large
		}
	}
	return nil
}

// WriteXLSX writes a table as a spreadsheet: numbers as numbers.
func WriteXLSX(w io.Writer, rows [][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue("Sheet1", cell, cellValue(j, text)); err != nil {
				return err
			}
		}
	}
	if err := f.SetColWidth("Sheet1", "B", "B", 32); err != nil {
		return err
	}
	_, err := f.WriteTo(w)
	return err
}

// cellValue makes numbers of permits numbers; numbers of regions stay as they
// are written, since they may begin with nought.
func cellValue(column int, text string) any {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' || n > 1_000_000 {
			return text
		}
		n = n*10 + int(r-'0')
	}
	if column == 0 || text == "" {
		return text
	}
	return n
}
