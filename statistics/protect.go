package statistics

// smallest is the least number that is shown: one or two permits could tell of a
// person. The threshold is our choice; no act that was read sets one.
const smallest = 3

// Small reports whether a number is too small to be shown.
func Small(n int) bool { return n > 0 && n < smallest }

// A Table is numbers in rows and columns with their totals: the last row and the
// last column are sums of the others.
type Table struct {
	Numbers [][]int
	Hidden  [][]bool // not to be shown
}

// NewTable adds the totals to numbers. Every row has the same length.
func NewTable(numbers [][]int) Table {
	var t Table
	var width int
	if len(numbers) > 0 {
		width = len(numbers[0])
	}
	foot := make([]int, width+1)
	for _, row := range numbers {
		whole := make([]int, width+1)
		for c, n := range row {
			whole[c] = n
			whole[width] += n
			foot[c] += n
			foot[width] += n
		}
		t.Numbers = append(t.Numbers, whole)
	}
	t.Numbers = append(t.Numbers, foot)
	for range t.Numbers {
		t.Hidden = append(t.Hidden, make([]bool, width+1))
	}
	return t
}

// Protect hides the small numbers of a table, totals among them, and further
// numbers until none that is hidden can be had from those that are shown.
//
// Rows and columns are equations: the hidden numbers of each add up to something
// known. Take rows and columns as points and hidden numbers as lines between them.
// A number follows from the others exactly when its line is a bridge, the only way
// between two parts; so bridges get a way round, along the numbers that cost least.
// Where all that is hidden in a row or column are ones, their sum betrays them,
// since a nought is shown; so a greater one is hidden with them.
func Protect(t Table) Table {
	for r, row := range t.Numbers {
		for c, n := range row {
			t.Hidden[r][c] = Small(n)
		}
	}
	for t.goRound() || t.mixOnes() {
	}
	return t
}

// goRound gives the first bridge a way round; it reports whether there was one that
// could get one.
func (t Table) goRound() bool {
	for r, row := range t.Hidden {
		for c, hidden := range row {
			if hidden && t.bridge(r, c) && t.wayRound(r, c) {
				return true
			}
		}
	}
	return false
}

// wayRound hides the cheapest rectangle at a number.
func (t Table) wayRound(r, c int) bool {
	best, cost := [2]int{-1, -1}, 0
	for r2 := range t.Numbers {
		for c2 := range t.Numbers[r2] {
			if r2 == r || c2 == c {
				continue
			}
			n := t.cost(r, c2) + t.cost(r2, c) + t.cost(r2, c2)
			if best[0] < 0 || n < cost {
				best, cost = [2]int{r2, c2}, n
			}
		}
	}
	if best[0] < 0 {
		return false
	}
	t.Hidden[r][best[1]], t.Hidden[best[0]][c], t.Hidden[best[0]][best[1]] = true, true, true
	return true
}

// cost is what hiding a number loses: nothing if it is hidden, more for totals, and
// most for a nought: where its total is a nought too, hiding it hides nothing.
func (t Table) cost(r, c int) int {
	switch last := len(t.Numbers) - 1; {
	case t.Hidden[r][c]:
		return 0
	case t.Numbers[r][c] == 0:
		return 4_000_000
	case r == last || c == len(t.Numbers[r])-1:
		return 1_000_000 + t.Numbers[r][c]
	}
	return 1000 + t.Numbers[r][c]
}

// bridge reports whether a hidden number follows from the others: whether without
// it there is no way from its row to its column.
func (t Table) bridge(r, c int) bool {
	rows, columns := make([]bool, len(t.Numbers)), make([]bool, len(t.Numbers[0]))
	rows[r] = true
	for grown := true; grown; {
		grown = false
		for i, row := range t.Hidden {
			for j, hidden := range row {
				if !hidden || i == r && j == c || rows[i] == columns[j] {
					continue
				}
				rows[i], columns[j], grown = true, true, true
			}
		}
	}
	return !columns[c]
}

// mixOnes hides a greater number in the first row or column in which all that is
// hidden are ones, and reports whether there was one.
func (t Table) mixOnes() bool {
	height, width := len(t.Numbers)-1, len(t.Numbers[0])-1
	for r := range height + 1 {
		if t.ones(width, func(i int) (int, int) { return r, i }) {
			return true
		}
	}
	for c := range width + 1 {
		if t.ones(height, func(i int) (int, int) { return i, c }) {
			return true
		}
	}
	return false
}

// ones looks at the numbers of one line; their total stands at n.
func (t Table) ones(n int, at func(int) (int, int)) bool {
	if r, c := at(n); t.Hidden[r][c] {
		return false
	}
	hidden, pick, least := 0, -1, 0
	for i := range n {
		r, c := at(i)
		switch v := t.Numbers[r][c]; {
		case t.Hidden[r][c] && v != 1:
			return false
		case t.Hidden[r][c]:
			hidden++
		case v > 0 && (pick < 0 || v < least):
			pick, least = i, v
		}
	}
	if hidden == 0 || pick < 0 {
		return false
	}
	r, c := at(pick)
	t.Hidden[r][c] = true
	return true
}
