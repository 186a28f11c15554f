package quota

import (
	"fmt"
	"slices"

	"ruqsat/lang"
	"ruqsat/law"
)

// Template returns the empty table of an order: a row for each region, and sums
// of nothing.
func Template(t lang.Tag, regions []law.Region) [][]string {
	rows := [][]string{GiveColumns}
	for _, r := range regions {
		rows = append(rows, []string{r.KATO, r.Name.In(t), "0", "0", "0", "0", "0", "0"})
	}
	return append(rows, []string{totalRow, "", "0", "0", "0", "0", "0", "0"})
}

// Table writes an order as the table it can be read from again.
func (r Record) Table() [][]string {
	if len(r.Gives) == 0 {
		rows := [][]string{ShiftColumns}
		for _, s := range r.Shifts {
			rows = append(rows, []string{s.From.Region, string(s.From.Category), s.To.Region, string(s.To.Category), fmt.Sprint(s.Permits)})
		}
		return append(rows, []string{totalRow, "", "", "", fmt.Sprint(r.Moved())})
	}
	cells := map[string]map[law.Category]Permits{}
	for _, g := range r.Gives {
		if cells[g.Line.Region] == nil {
			cells[g.Line.Region] = map[law.Category]Permits{}
		}
		cells[g.Line.Region][g.Line.Category] += g.Permits
	}
	var regions []string
	for k := range cells {
		regions = append(regions, k)
	}
	slices.Sort(regions)
	rows, sums := [][]string{GiveColumns}, map[law.Category]Permits{}
	for _, k := range regions {
		row, sum := []string{k, RegionName(k).In(lang.RU)}, Permits(0)
		for _, c := range Lines {
			row, sum = append(row, fmt.Sprint(cells[k][c])), sum+cells[k][c]
			sums[c] += cells[k][c]
		}
		rows = append(rows, append(row, fmt.Sprint(sum)))
	}
	last := []string{totalRow, ""}
	for _, c := range Lines {
		last = append(last, fmt.Sprint(sums[c]))
	}
	return append(rows, append(last, fmt.Sprint(r.Given())))
}
