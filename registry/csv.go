package registry

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
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

// ReadCSV reads a register file: UTF-8, commas, one header line with [Columns].
// It takes all of it or nothing; the error is [RowErrors] naming every bad row.
func ReadCSV(r io.Reader) ([]Permit, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, RowErrors{{1, "", lang.M("registry.no-header")}}
	}
	if err != nil {
		return nil, parseError(err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	if !slices.Equal(head, Columns) {
		return nil, RowErrors{{1, "", lang.M("registry.bad-header", lang.Args{"columns": strings.Join(Columns, ",")})}}
	}
	return readRows(in)
}

func readRows(in *csv.Reader) ([]Permit, error) {
	var permits []Permit
	var bad RowErrors
	seen := map[string]int{}
	for len(bad) < maxTold {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, append(bad, parseError(err)...)
		}
		line, _ := in.FieldPos(0)
		if len(permits) >= maxRows {
			return nil, append(bad, RowError{line, "", lang.M("registry.too-many", lang.Args{"most": maxRows})})
		}
		row := row{line: line, record: record}
		p := row.permit()
		if first, twice := seen[p.Number]; twice && p.Number != "" {
			row.wrong("permit_number", "registry.twice", lang.Args{"line": first})
		}
		seen[p.Number] = line
		bad = append(bad, row.bad...)
		permits = append(permits, p)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	return permits, nil
}

func parseError(err error) RowErrors {
	line := 0
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		line = p.Line
	}
	return RowErrors{{line, "", lang.M("registry.not-csv", lang.Args{"cause": err.Error()})}}
}

// A row is read field by field, noting what is wrong.
type row struct {
	line   int
	record []string
	bad    RowErrors
}

func (r *row) wrong(column, key string, args ...lang.Args) {
	r.bad = append(r.bad, RowError{r.line, column, lang.M(key, args...)})
}

// field returns a column; it must have a value unless it may be empty.
func (r *row) field(column string) string {
	s := strings.TrimSpace(r.record[slices.Index(Columns, column)])
	switch {
	case s == "" && !strings.HasPrefix(column, "ended_") && column != "nkz":
		r.wrong(column, "registry.empty")
	case len([]rune(s)) > maxField:
		r.wrong(column, "registry.too-long", lang.Args{"most": maxField})
	}
	return s
}

// one returns a column whose value must be known.
func (r *row) one(column string, known bool, s string) string {
	if s != "" && !known {
		r.wrong(column, "registry.unknown", lang.Args{"value": s})
	}
	return s
}

func (r *row) day(column string) calendar.Date {
	s := r.field(column)
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil || d.Year < 1992 || d.Year > 2100 {
		r.wrong(column, "registry.bad-day", lang.Args{"value": s})
		return calendar.Date{}
	}
	return d
}

func (r *row) permit() Permit {
	if len(r.record) != len(Columns) {
		r.wrong("", "registry.columns", lang.Args{"n": len(r.record), "want": len(Columns)})
		return Permit{}
	}
	op, scheme := law.Operation(r.field("operation")), law.Scheme(r.field("scheme"))
	category, region, country := law.Category(r.field("category")), r.field("region_kato"), r.field("citizenship")
	_, countryKnown := law.CountryBy(country)
	p := Permit{
		Number:      r.field("permit_number"),
		Operation:   law.Operation(r.one("operation", slices.Contains(law.Operations, op), string(op))),
		Scheme:      law.Scheme(r.one("scheme", slices.Contains(law.Schemes, scheme), string(scheme))),
		Name:        lang.Text{RU: r.field("employer_name_ru"), KK: r.field("employer_name_kk")},
		Category:    law.Category(r.one("category", category.Known(), string(category))),
		Citizenship: r.one("citizenship", countryKnown, country),
		WorkerRef:   r.field("worker_ref"),
		Position:    lang.Text{RU: r.field("position_ru"), KK: r.field("position_kk")},
		NKZ:         r.field("nkz"),
		Issued:      r.day("issued_on"),
		From:        r.day("valid_from"),
		Until:       r.day("valid_until"),
		Ended:       r.day("ended_on"),
		EndedReason: r.field("ended_reason"),
	}
	bin, err := party.ParseBIN(r.field("employer_bin"))
	if err != nil {
		r.bad = append(r.bad, RowError{r.line, "employer_bin", problem.Of(err).Say})
	}
	p.Employer = bin
	known := slices.ContainsFunc(law.Regions(), func(x law.Region) bool { return region != "" && strings.HasPrefix(region, x.KATO) })
	if r.one("region_kato", known && (len(region) == 2 || len(region) == 9), region); known {
		p.Region = region[:2]
	}
	r.life(p)
	return p
}

// life notes what no permit can have lived through.
func (r *row) life(p Permit) {
	switch {
	case p.Category.Known() && p.Scheme != "" && p.Category.Scheme() != p.Scheme:
		r.wrong("category", "registry.other-scheme", lang.Args{"category": p.Category, "scheme": p.Scheme})
	case !p.From.IsZero() && !p.Until.IsZero() && p.Until.Before(p.From):
		r.wrong("valid_until", "registry.until-before-from")
	case !p.Ended.IsZero() && (p.Ended.Before(p.Issued) || p.Ended.After(p.Until)):
		r.wrong("ended_on", "registry.ended-outside")
	case p.Ended.IsZero() != (p.EndedReason == ""):
		r.wrong("ended_reason", "registry.ended-reason")
	case p.Category.Known() && !p.Until.IsZero() && p.Until.After(p.From.PlusMonths(36)):
		r.wrong("valid_until", "registry.too-long-life", lang.Args{"n": 36})
	}
}

// WriteCSV writes a register file that ReadCSV reads back.
func WriteCSV(w io.Writer, permits []Permit) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	for _, p := range permits {
		ended := ""
		if !p.Ended.IsZero() {
			ended = p.Ended.String()
		}
		record := []string{
			p.Number, string(p.Operation), string(p.Scheme), string(p.Employer), p.Name.RU, p.Name.KK, p.Region,
			string(p.Category), p.WorkerRef, p.Citizenship, p.Position.RU, p.Position.KK, p.NKZ,
			p.Issued.String(), p.From.String(), p.Until.String(), ended, p.EndedReason,
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write register: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}
