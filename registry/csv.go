package registry

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// Columns are the columns of a register file, in order.
var Columns = []string{
	"permit_number", "operation", "scheme", "employer_bin", "employer_name_ru", "employer_name_kk", "region_kato",
	"category", "worker_ref", "citizenship", "position_ru", "position_kk", "nkz",
	"issued_on", "valid_from", "valid_until", "ended_on", "ended_reason",
}

// Limits of a register file.
const (
	maxRows  = 1_000_000
	maxField = 500 // letters
	maxTold  = 1000
)

// A RowError is what is wrong with one field of a file.
type RowError struct {
	Line   int // of the file, from 1
	Column string
	Say    lang.Message
}

// RowErrors are all that is wrong with a file. Nothing of it was taken.
type RowErrors []RowError

// Error lists them in English, for the log.
func (e RowErrors) Error() string { return e.In(lang.EN) }

// In lists them in a language, a line each.
func (e RowErrors) In(t lang.Tag) string {
	lines := make([]string, len(e))
	for i, r := range e {
		lines[i] = lang.M("registry.row", lang.Args{"line": r.Line, "column": r.Column, "what": r.Say}).In(t)
	}
	return strings.Join(lines, "\n")
}

// ReadCSV reads a register file: UTF-8, commas, one header line with [Columns],
// at most a million rows. It takes all of it or nothing; the error is [RowErrors]
// naming every bad field, up to a thousand of them. docs/register-csv.md tells
// the columns.
func ReadCSV(r io.Reader) ([]Permit, error) {
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		_, _ = buffered.Discard(len(byteOrderMark))
	}
	in := csv.NewReader(buffered)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, RowErrors{{1, "", lang.M("registry.no-header")}}
	}
	if err != nil {
		return nil, parseError(err)
	}
	if !slices.Equal(head, Columns) {
		return nil, RowErrors{{1, "", lang.M("registry.bad-header", lang.Args{"columns": strings.Join(Columns, ",")})}}
	}
	return readRows(in)
}

// byteOrderMark is what some programs put before UTF-8.
const byteOrderMark = "\ufeff"

func readRows(in *csv.Reader) ([]Permit, error) {
	var permits []Permit
	var bad RowErrors
	seen := map[string]int{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, append(bad, parseError(err)...)
		}
		line, _ := in.FieldPos(0)
		switch {
		case len(permits) >= maxRows:
			return nil, append(bad, RowError{line, "", lang.M("registry.too-many", lang.Args{"most": maxRows})})
		case len(bad) >= maxTold:
			return nil, append(bad, RowError{line, "", lang.M("registry.and-more")})
		}
		row := row{line: line, record: record}
		p := row.permit()
		if first, twice := seen[p.Number]; twice {
			row.wrong("permit_number", "registry.twice", lang.Args{"line": first})
		} else if p.Number != "" {
			seen[p.Number] = line
		}
		bad = append(bad, row.bad...)
		permits = append(permits, p)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	return permits, nil
}

func parseError(err error) RowErrors {
	line, cause := 0, err
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		line, cause = p.Line, p.Err
	}
	return RowErrors{{line, "", lang.M("registry.not-csv", lang.Args{"cause": cause.Error()})}}
}

// WriteCSV writes a register file that ReadCSV reads back as it was. What a
// spreadsheet would take for a formula gets an apostrophe before it, which shows
// it as text there and which ReadCSV takes away. Names of workers are not written.
func WriteCSV(w io.Writer, permits []Permit) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	for _, p := range permits {
		record := []string{
			p.Number, string(p.Operation), string(p.Scheme), string(p.Employer), p.Name.RU, p.Name.KK, p.Region,
			string(p.Category), p.WorkerRef, p.Citizenship, p.Position.RU, p.Position.KK, p.NKZ,
			dayOrNone(p.Issued), dayOrNone(p.From), dayOrNone(p.Until), dayOrNone(p.Ended), p.EndedReason,
		}
		for i, s := range record {
			record[i] = guard(s)
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write register: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	return nil
}

func dayOrNone(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// formula reports whether a spreadsheet would take s for a formula, or would once
// the apostrophes before it are gone.
func formula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.ContainsRune("=+-@", rune(s[0]))
}

// guard puts an apostrophe before a formula; unguard takes it away.
func guard(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && formula(rest) {
		return rest
	}
	return s
}
