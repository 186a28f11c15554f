package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"github.com/klauspost/compress/zlib"
	"math"
	"strconv"
	"sync"
	"unicode/utf16"
)

// A file is the bytes of a PDF with where each object begins.
type file struct {
	bytes.Buffer
	offsets []int // by number less one
}

// reserve gives out the number of an object that is written later.
func (w *file) reserve() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets)
}

func (w *file) object(n int, format string, args ...any) {
	w.offsets[n-1] = w.Len()
	fmt.Fprintf(w, "%d 0 obj\n", n)
	fmt.Fprintf(w, format, args...)
	w.WriteString("\nendobj\n")
}

// stream writes data that are compressed already. The dictionary's other entries
// are given as they stand in a file.
func (w *file) stream(n int, entries string, data []byte) {
	w.offsets[n-1] = w.Len()
	fmt.Fprintf(w, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", n, entries, len(data))
	w.Write(data)
	w.WriteString("\nendstream\nendobj\n")
}

// end writes where the objects are. The file's identity is the sum of what
// stands in it, so that the same data have the same.
func (w *file) end(catalog, info int) {
	sum := sha256.Sum256(w.Bytes())
	at := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		fmt.Fprintf(w, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(w, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, catalog, info, sum[:16], sum[:16], at)
}

// What is written once is compressed well, the rest fast.
var thorough, fast = compressors(zlib.BestCompression), compressors(zlib.BestSpeed)

func compressors(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		z, err := zlib.NewWriterLevel(nil, level)
		if err != nil {
			panic(err) // there is such a level
		}
		return z
	}}
}

func deflate(data []byte, by *sync.Pool) []byte {
	var out bytes.Buffer
	out.Grow(len(data)/2 + 64)
	z := by.Get().(*zlib.Writer)
	defer by.Put(z)
	z.Reset(&out)
	// A buffer takes all that is written to it.
	_, _ = z.Write(data)
	_ = z.Close()
	return out.Bytes()
}

// number writes a length as a PDF does, to a hundredth of a point.
func number(v float64) string { return string(appendNumber(nil, v)) }

func appendNumber(b []byte, v float64) []byte {
	n := int64(math.Round(v * 100))
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	switch tenth, hundredth := byte(n/10%10), byte(n%10); {
	case hundredth != 0:
		return append(b, '.', '0'+tenth, '0'+hundredth)
	case tenth != 0:
		return append(b, '.', '0'+tenth)
	}
	return b
}

// text writes words for the reader of a PDF, in UTF-16.
func text(s string) string {
	out := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		out = appendHex(out, u)
	}
	return string(append(out, '>'))
}

// ascii writes a word of plain letters, such as the name of a language.
func ascii(s string) string { return "(" + s + ")" }

func appendHex(b []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}
