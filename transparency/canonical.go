package transparency

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

func sortedNames(row map[string]any) []string { return slices.Sorted(maps.Keys(row)) }

// value writes a text or a whole number. Anything else is a fault of ours: it
// could be written in more than one way.
func value(v any) string {
	switch v := v.(type) {
	case string:
		return quoted(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	panic(fmt.Sprintf("transparency: a statement holds %T", v))
}

// quoted writes a text as RFC 8785 § 3.2.2.2 does: what JSON demands is escaped,
// in its shortest form, and nothing else. Bytes that are no UTF-8 are written as
// they are, so that no two texts look alike.
func quoted(s string) string {
	const short = "\b\t\n\f\r\"\\"
	const letters = `btnfr"\`
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b.WriteString(s[from:i])
		from = i + 1
		if n := strings.IndexByte(short, c); n >= 0 {
			b.WriteByte('\\')
			b.WriteByte(letters[n])
		} else {
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	b.WriteString(s[from:])
	b.WriteByte('"')
	return b.String()
}
