package quota

import (
	"slices"
	"strconv"
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
)

// A Sheet is a table as it was read: what it gives or moves, and its sums.
type Sheet struct {
	Gives  []Give
	Shifts []Shift
	Sums   Sums
}

// ReadSheet reads the table of an order for a year: all of it or nothing. The
// error names every bad row ([Faults.Err]).
func ReadSheet(rows []SheetRow, year int) (Sheet, error) {
	rows = slices.DeleteFunc(slices.Clone(rows), SheetRow.empty)
	if len(rows) == 0 {
		return Sheet{}, Faults{{1, "", lang.M("quota.no-rows")}}.Err()
	}
	s := reader{year: year}
	switch {
	case s.headed(rows[0], GiveColumns):
		s.gives(rows[1:])
	case s.headed(rows[0], ShiftColumns):
		s.shifts(rows[1:])
	default:
		return Sheet{}, Faults{{rows[0].Line, "", lang.M("quota.bad-header", lang.Args{
			"gives": strings.Join(GiveColumns, ","), "moves": strings.Join(ShiftColumns, ",")})}}.Err()
	}
	if len(s.bad)+len(s.Gives)+len(s.Shifts) == 0 {
		s.wrong(rows[0], "", "quota.no-rows")
	}
	if len(s.bad) > 0 {
		return Sheet{}, s.bad.Err()
	}
	return s.Sheet, nil
}

// A reader collects a table and what is wrong with it.
type reader struct {
	Sheet
	year int
	bad  Faults
}

func (s *reader) wrong(r SheetRow, column, key string, args ...lang.Args) {
	s.bad = append(s.bad, Fault{r.Line, column, lang.M(key, args...)})
}

func (s *reader) headed(r SheetRow, columns []string) bool {
	for i, c := range columns {
		if !strings.EqualFold(r.cell(i), c) {
			return false
		}
	}
	return true
}

// body returns the rows above the row of sums, which must be the last.
func (s *reader) body(rows []SheetRow) (body []SheetRow, sums SheetRow) {
	if len(rows) == 0 || !strings.EqualFold(rows[len(rows)-1].cell(0), totalRow) {
		last := SheetRow{Line: 1}
		if len(rows) > 0 {
			last = rows[len(rows)-1]
		}
		s.wrong(last, "", "quota.no-total-row")
		return rows, SheetRow{}
	}
	return rows[:len(rows)-1], rows[len(rows)-1]
}

func (s *reader) gives(rows []SheetRow) {
	body, sums := s.body(rows)
	seen := map[string]int{}
	columns := map[law.Category]Permits{}
	s.Sums = Sums{ByRegion: map[string]Permits{}, ByLine: map[law.Category]Permits{}}
	var all Permits
	for _, r := range body {
		region, ok := s.region(r, 0, "kato")
		if first, twice := seen[region]; ok && twice {
			s.wrong(r, "kato", "quota.row-twice", lang.Args{"line": first})
		}
		seen[region] = r.Line
		s.named(r, region)
		var sum Permits
		for i, c := range Lines {
			n := s.permits(r, 2+i, GiveColumns[2+i])
			sum += n
			columns[c] += n
			if n > 0 {
				s.Gives = append(s.Gives, Give{Line{s.year, region, c}, n})
			}
		}
		stated := s.permits(r, 7, "total")
		s.equal(r, "total", stated, sum)
		s.Sums.ByRegion[region] = stated
		all += sum
	}
	for i, c := range Lines {
		s.Sums.ByLine[c] = s.permits(sums, 2+i, GiveColumns[2+i])
		s.equal(sums, GiveColumns[2+i], s.Sums.ByLine[c], columns[c])
	}
	s.Sums.Total = s.permits(sums, 7, "total")
	s.equal(sums, "total", s.Sums.Total, all)
}

func (s *reader) shifts(rows []SheetRow) {
	body, sums := s.body(rows)
	var all Permits
	for _, r := range body {
		from, _ := s.region(r, 0, ShiftColumns[0])
		to, _ := s.region(r, 2, ShiftColumns[2])
		n := s.permits(r, 4, "permits")
		if n == 0 {
			s.wrong(r, "permits", "quota.nothing-allotted", lang.Args{"asked": 0})
		}
		all += n
		s.Shifts = append(s.Shifts, Shift{
			From: Line{s.year, from, s.category(r, 1)}, To: Line{s.year, to, s.category(r, 3)}, Permits: n,
		})
	}
	s.Sums.Total = s.permits(sums, 4, "permits")
	s.equal(sums, "permits", s.Sums.Total, all)
}

func (s *reader) equal(r SheetRow, column string, stated, counted Permits) {
	if stated != counted && r.Line > 0 {
		s.wrong(r, column, "quota.sum", lang.Args{"stated": int(stated), "counted": int(counted)})
	}
}

func (s *reader) region(r SheetRow, i int, column string) (string, bool) {
	kato := r.cell(i)
	if _, ok := law.RegionBy(kato); !ok && kato != Reserve {
		s.wrong(r, column, "quota.bad-region", lang.Args{"value": kato})
		return kato, false
	}
	return kato, true
}

// named holds the name of a row, if it has one, against its number: a row that
// slipped by one would otherwise add up all the same.
func (s *reader) named(r SheetRow, kato string) {
	name := r.cell(1)
	if len([]rune(name)) > maxCell {
		name = string([]rune(name)[:maxCell]) + "…"
	}
	if name == "" {
		return
	}
	for _, t := range lang.Tags {
		if strings.EqualFold(name, RegionName(kato).In(t)) {
			return
		}
	}
	s.wrong(r, "region", "quota.other-region", lang.Args{"value": name, "region": RegionName(kato)})
}

func (s *reader) category(r SheetRow, i int) law.Category {
	c := law.Category(r.cell(i))
	if !slices.Contains(Lines, c) {
		s.wrong(r, ShiftColumns[i], "quota.bad-category", lang.Args{"value": r.cell(i)})
	}
	return c
}

// permits reads a whole number; groups of three may stand apart. An empty cell is
// none.
func (s *reader) permits(r SheetRow, i int, column string) Permits {
	text := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(r.cell(i))
	if text == "" || text == "-" || text == "–" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || Permits(n) > maxPermits {
		s.wrong(r, column, "quota.bad-number", lang.Args{"value": r.cell(i)})
		return 0
	}
	return Permits(n)
}
