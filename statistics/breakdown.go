package statistics

import "ruqsat/law"

// A Breakdown is a breakdown by region and part as it may be shown: with totals,
// and with small numbers hidden. Every public figure of a day comes from the same
// one, so that no page shows what another hides.
type Breakdown struct {
	Regions []string // the rows; the last row of the table is the country
	Table   Table    // columns are [Parts]; the last column is all of them
}

// NewBreakdown breaks cells down.
func NewBreakdown(cells Cells) Breakdown {
	var b Breakdown
	row := map[string]int{}
	var numbers [][]int
	for i, r := range law.Regions() {
		b.Regions, row[r.KATO] = append(b.Regions, r.KATO), i
		numbers = append(numbers, make([]int, len(Parts)))
	}
	column := map[Part]int{}
	for i, p := range Parts {
		column[p] = i
	}
	for _, c := range cells {
		if i, known := row[c.Region]; known {
			numbers[i][column[PartOf(c.Category)]] += c.Permits
		}
	}
	b.Table = Protect(NewTable(numbers))
	return b
}

// A Figure is a number that may have to stay hidden. Permits is 0 then.
type Figure struct {
	Permits int  `json:"permits"`
	Hidden  bool `json:"hidden,omitempty"`
}

// At returns the number of a region and a part: of the country where the region is
// empty, and of all parts where the part is.
func (b Breakdown) At(region string, part Part) Figure {
	r, c := len(b.Regions), len(Parts)
	for i, name := range b.Regions {
		if name == region {
			r = i
		}
	}
	for i, name := range Parts {
		if name == part {
			c = i
		}
	}
	if b.Table.Hidden[r][c] {
		return Figure{Hidden: true}
	}
	return Figure{Permits: b.Table.Numbers[r][c]}
}
