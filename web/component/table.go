package component

import (
	"strconv"
	"strings"
)

func (g Grid) label(i int) string {
	if i < len(g.Columns) {
		return g.Columns[i].Text
	}
	return ""
}

func (g Grid) class(i int) string {
	if i >= len(g.Columns) {
		return ""
	}
	return classes(when(g.Columns[i].Number, "rq-table__number"), when(g.Columns[i].Tight, "rq-table__tight"))
}

func (at Pages) href(n int) string {
	return strings.ReplaceAll(at.Href, "{n}", strconv.Itoa(n))
}

// shown are the pages to link: the first, the last, and those around this one;
// 0 stands for some left out.
func (at Pages) shown() []int {
	var list []int
	for n := 1; n <= at.Of; n++ {
		near := n >= at.Page-1 && n <= at.Page+1
		switch {
		case n == 1 || n == at.Of || near:
			list = append(list, n)
		case list[len(list)-1] != 0:
			list = append(list, 0)
		}
	}
	return list
}
