package transparency

import (
	"fmt"
	"strconv"
	"strings"
)

// appendValue writes a text or a whole number. Anything else is a fault of ours: it
// could be written in more than one way.
func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendQuoted(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	}
	panic(fmt.Sprintf("transparency: a statement holds %T", v))
}

// appendQuoted writes a text as RFC 8785 § 3.2.2.2 does: what JSON demands is
// escaped, in its shortest form, and nothing else. Bytes that are no UTF-8 are
// written as they are, so that no two texts look alike.
func appendQuoted(b []byte, s string) []byte {
	const short = "\b\t\n\f\r\"\\"
	const letters = `btnfr"\`
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if n := strings.IndexByte(short, c); n >= 0 {
			b = append(b, '\\', letters[n])
		} else {
			b = fmt.Appendf(b, `\u%04x`, c)
		}
	}
	return append(append(b, s[from:]...), '"')
}
