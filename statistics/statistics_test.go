package statistics_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/statistics"
)

// unknowns solves the rows and columns of a table for what is hidden, and returns
// what has only one solution. It is written apart from Protect, by elimination.
func unknowns(t statistics.Table) [][2]int {
	var hidden [][2]int
	place := map[[2]int]int{}
	for r, row := range t.Hidden {
		for c, h := range row {
			if h {
				place[[2]int{r, c}] = len(hidden)
				hidden = append(hidden, [2]int{r, c})
			}
		}
	}
	var m [][]float64
	equation := func(cells [][2]int) {
		row := make([]float64, len(hidden))
		for i, at := range cells {
			if n, ok := place[at]; ok {
				row[n] = 1
				if i == len(cells)-1 {
					row[n] = -1 // the total
				}
			}
		}
		m = append(m, row)
	}
	for r := range t.Numbers {
		var cells [][2]int
		for c := range t.Numbers[r] {
			cells = append(cells, [2]int{r, c})
		}
		equation(cells)
	}
	for c := range t.Numbers[0] {
		var cells [][2]int
		for r := range t.Numbers {
			cells = append(cells, [2]int{r, c})
		}
		equation(cells)
	}
	top := 0
	for c := range hidden {
		pivot := -1
		for r := top; r < len(m); r++ {
			if m[r][c] > 1e-9 || m[r][c] < -1e-9 {
				pivot = r
			}
		}
		if pivot < 0 {
			continue
		}
		m[top], m[pivot] = m[pivot], m[top]
		for r := range m {
			if f := m[r][c] / m[top][c]; r != top && f != 0 {
				for i := range m[r] {
					m[r][i] -= f * m[top][i]
				}
			}
		}
		top++
	}
	var known [][2]int
	for _, row := range m[:top] {
		nonzero := []int{}
		for i, v := range row {
			if v > 1e-9 || v < -1e-9 {
				nonzero = append(nonzero, i)
			}
		}
		if len(nonzero) == 1 {
			known = append(known, hidden[nonzero[0]])
		}
	}
	return known
}

func TestNoHiddenNumberCanBeHadFromThoseShown(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(2, 7).Draw(r, "columns")
		numbers := make([][]int, rapid.IntRange(2, 7).Draw(r, "rows"))
		for i := range numbers {
			for range width {
				numbers[i] = append(numbers[i], rapid.SampledFrom([]int{0, 0, 1, 2, 3, 8, 40}).Draw(r, "number"))
			}
		}
		table := statistics.Protect(statistics.NewTable(numbers))
		for i, row := range table.Numbers {
			for c, n := range row {
				if statistics.Small(n) && !table.Hidden[i][c] {
					r.Fatalf("%d in row %d, column %d is shown", n, i, c)
				}
			}
		}
		if known := unknowns(table); len(known) > 0 {
			r.Fatalf("%v follow from what is shown\n%v\n%v", known, table.Numbers, table.Hidden)
		}
	})
}

func TestATableWithoutSmallNumbersIsShownWhole(t *testing.T) {
	table := statistics.Protect(statistics.NewTable([][]int{{3, 0, 9}, {4, 5, 6}}))
	for _, row := range table.Hidden {
		if slices.Contains(row, true) {
			t.Fatalf("hidden: %v", table.Hidden)
		}
	}
}

func TestOnesAloneAreNotBetrayedByTheirSum(t *testing.T) {
	table := statistics.Protect(statistics.NewTable([][]int{{1, 1, 9}, {1, 1, 9}, {7, 8, 9}}))
	for r := range 2 {
		shown := 0
		for c, hidden := range table.Hidden[r][:3] {
			if hidden && table.Numbers[r][c] > 1 {
				shown++
			}
		}
		if shown == 0 && !table.Hidden[r][3] {
			t.Errorf("row %d hides ones only, and its total is shown: %v", r, table.Hidden[r])
		}
	}
}

func TestOtherCountriesAreNeverOneNorASmallNumber(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var cells statistics.Cells
		countries := []string{"CN", "IN", "TR", "UZ", "GB", "DE"}[:rapid.IntRange(0, 6).Draw(r, "countries")]
		for _, c := range countries {
			cells = append(cells, statistics.Cell{Key: statistics.Key{Region: "27", Category: law.I, Citizenship: c}, Permits: rapid.IntRange(1, 9).Draw(r, "permits")})
		}
		total := 0
		list := cells.Main(3)
		for _, c := range list {
			total += c.Permits
			if c.Code != "" && statistics.Small(c.Permits) {
				r.Fatalf("%s is named with %d", c.Code, c.Permits)
			}
		}
		if total != cells.Total() {
			r.Fatalf("countries add up to %d, and there are %d", total, cells.Total())
		}
		if n := len(list); n > 1 && list[n-1].Code == "" && len(countries)-n+1 < 2 {
			r.Fatalf("the others are one country: %v", list)
		}
	})
}

// The published release of 1 December 2025 names parts that add up to two more than
// its total (domain.md 8.3); that of 1 July 2024 adds up.
func TestAReleaseSaysWhereThePublishedOneDoesNotAddUp(t *testing.T) {
	keys := func(r statistics.Release) (list []string) {
		for _, n := range r.Notes {
			list = append(list, n.In(lang.EN))
		}
		return list
	}
	on := calendar.DateOf(2025, 12, 1)
	var cells statistics.Cells
	for c, n := range map[law.Category]int{law.I: 537, law.II: 2244, law.III: 3784, law.IV: 1271, law.Seasonal: 2299, law.ICTManager: 3970} {
		cells = append(cells, statistics.Cell{Key: statistics.Key{Region: "27", Category: c, Citizenship: "CN"}, Permits: n})
	}
	r := statistics.NewRelease(on, cells, 1817)
	notes := keys(r)
	if r.Sum() != 14105 || r.Total != 14105 || len(notes) != 3 {
		t.Fatalf("sum %d, total %d, notes %q", r.Sum(), r.Total, notes)
	}
	if notes[1] != "The published parts add up to 14105, its total is 14103: they differ by 2." {
		t.Errorf("it says %q", notes[1])
	}
	if r := statistics.NewRelease(calendar.DateOf(2025, 11, 2), cells, 3); len(r.Notes) != 1 {
		t.Errorf("of a day nothing was published of it says %q", keys(r))
	}
}

func TestReturnedAndLateCasesCountInTheTimesOfTheirStages(t *testing.T) {
	at := time.Date(2025, 9, 1, 10, 0, 0, 0, time.UTC)
	var events []procedure.Event
	for i, c := range []string{"a", "b", "c"} {
		events = append(events, procedure.Event{Case: c, From: procedure.Preparing, To: procedure.Submitted, At: at})
		e := procedure.Event{Case: c, From: procedure.Submitted, To: procedure.Registered, At: at.Add(time.Duration(i+1) * time.Hour)}
		if i == 2 {
			e.Late = []law.TermName{law.Answer}
		}
		events = append(events, e)
	}
	stages := statistics.Stages(events)
	want := statistics.Stage{State: procedure.Submitted, Times: 3, Median: 2 * time.Hour, P90: 3 * time.Hour, Late: 1}
	if len(stages) != 1 || stages[0] != want || stages[0].Share() != 33 {
		t.Errorf("stages are %+v, want %+v", stages, want)
	}
}
