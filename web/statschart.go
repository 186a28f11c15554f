package web

import (
	"fmt"
	"html"
	"strings"

	"ruqsat/law"
	"ruqsat/statistics"
	"ruqsat/web/component"
)

// Colours of the drawings: those of _settings.scss. Presentation attributes need
// no inline style, which the policy of the pages forbids.
const (
	chartBar  = "#006977"
	chartInk  = "#10242d"
	chartLine = "#c8d4d8"
	chartNone = "#f4f7f8"
)

// barChart draws points as bars. The table beside it says the same, so it is
// hidden from who has pages read out.
func barChart(p component.Page, points []statistics.Point) string {
	const width, height, left, bottom = 760, 240, 56, 34
	most := 1
	for _, x := range points {
		most = max(most, x.Permits)
	}
	step := niceStep(most)
	top := (most + step - 1) / step * step
	y := func(n int) int { return height - bottom - (height-bottom-12)*n/top }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="100%%" aria-hidden="true" font-family="Noto Sans, Arial, sans-serif" font-size="12">`, width, height)
	for n := 0; n <= top; n += step {
		fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="%s"/><text x="%d" y="%d" text-anchor="end" fill="%s">%s</text>`,
			left, y(n), width, chartLine, left-6, y(n)+4, chartInk, html.EscapeString(p.Number(n)))
	}
	slot := (width - left) / max(len(points), 1)
	for i, x := range points {
		at := left + i*slot
		if x.Hidden {
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle" fill="%s">×</text>`, at+slot/2, height-bottom-4, chartInk)
		} else {
			fmt.Fprintf(&b, `<path d="M%d %dV%dH%dV%dZ" fill="%s"/>`, at+4, height-bottom, y(x.Permits), at+slot-4, height-bottom, chartBar)
		}
		if i%3 == 0 {
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle" fill="%s">%s</text>`, at+slot/2, height-10, chartInk, monthName(x.On))
		}
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// niceStep is 1, 2 or 5 times a power of ten, at most six of which make n.
func niceStep(n int) int {
	for power := 1; ; power *= 10 {
		for _, x := range []int{1, 2, 5} {
			if x*power*6 >= n {
				return x * power
			}
		}
	}
}

// A tile is where a region stands on the map: column from the west, row from the
// north. The drawing is our own.
type tile struct {
	kato        string
	column, row int
	short       string // as ISO 3166-2 has it
}

var tiles = []tile{
	{"59", 4, 0, "59"}, {"39", 3, 1, "39"}, {"11", 4, 1, "11"}, {"71", 5, 1, "71"}, {"55", 6, 1, "55"},
	{"27", 0, 2, "27"}, {"15", 2, 2, "15"}, {"62", 4, 2, "62"}, {"35", 5, 2, "35"}, {"10", 6, 2, "10"}, {"63", 7, 2, "63"},
	{"23", 0, 3, "23"}, {"43", 3, 3, "43"}, {"31", 5, 3, "31"}, {"19", 6, 3, "19"}, {"33", 7, 3, "33"},
	{"47", 0, 4, "47"}, {"61", 4, 4, "61"}, {"79", 5, 4, "79"}, {"75", 6, 4, "75"},
}

// tileMap draws the regions as tiles, the darker the more permits are in force.
// The table beside it says the same.
func tileMap(p component.Page, b statistics.Breakdown) string {
	const side, gap = 106, 4
	most := 1
	for _, t := range tiles {
		most = max(most, b.At(t.kato, "").Permits)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="100%%" aria-hidden="true" font-family="Noto Sans, Arial, sans-serif">`, 8*side, 5*side)
	for _, t := range tiles {
		x, y, n := t.column*side, t.row*side, b.At(t.kato, "")
		fill, ink := shade(n.Permits, most)
		fmt.Fprintf(&s, `<path d="M%d %dh%dv%dh-%dz" fill="%s" stroke="%s"/>`, x, y, side-gap, side-gap, side-gap, fill, chartLine)
		for i, line := range tileName(p, t.kato) {
			fmt.Fprintf(&s, `<text x="%d" y="%d" font-size="11" fill="%s">%s</text>`, x+6, y+17+i*13, ink, html.EscapeString(line))
		}
		fmt.Fprintf(&s, `<text x="%d" y="%d" font-size="18" font-weight="700" fill="%s">%s</text>`, x+6, y+side-gap-10, ink, html.EscapeString(figure(p, n)))
	}
	s.WriteString(`</svg>`)
	return s.String()
}

// shade is the colour of a tile, and of what is written on it.
func shade(n, most int) (fill, ink string) {
	switch {
	case n == 0:
		return chartNone, chartInk
	case n*8 < most:
		return "#d9eff3", chartInk
	case n*3 < most:
		return "#9fd5de", chartInk
	case n*3 < most*2:
		return "#006977", "#ffffff"
	}
	return "#003a43", "#ffffff"
}

// tileName is the name of a region without the word for region, in lines that fit a
// tile. Cities keep theirs: one has the name of a region.
func tileName(p component.Page, kato string) []string {
	name := law.RegionName(kato).In(p.Lang)
	for _, word := range []string{"облысы", "область", "Region", "region"} {
		name = strings.TrimSpace(strings.ReplaceAll(name, word, ""))
	}
	const fits = 14
	if len([]rune(name)) <= fits {
		return []string{name}
	}
	cut := strings.IndexAny(name, " -")
	if cut < 0 {
		r := []rune(name)
		return []string{string(r[:fits-1]) + "-", string(r[fits-1:])}
	}
	return []string{strings.TrimSpace(name[:cut+1]), strings.TrimSpace(name[cut+1:])}
}
