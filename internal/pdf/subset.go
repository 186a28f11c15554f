package pdf

import "encoding/binary"

// A face is a font as one document uses it. The glyphs used are numbered anew,
// in the order in which they came.
type face struct {
	*Font
	number map[uint16]uint16 // new number of a glyph
	used   []uint16          // glyphs by new number
	runes  []rune            // the character a glyph stands for; 0 is none
}

func newFace(f *Font) *face {
	x := &face{Font: f, number: make(map[uint16]uint16, 128)}
	x.take(0, 0)
	return x
}

// take returns the new number of a glyph.
func (x *face) take(glyph uint16, r rune) uint16 {
	n, ok := x.number[glyph]
	if !ok {
		n = uint16(len(x.used))
		x.number[glyph] = n
		x.used = append(x.used, glyph)
		x.runes = append(x.runes, r)
	}
	return n
}

func (x *face) outline(glyph uint16) []byte { return x.glyf[x.loca[glyph]:x.loca[glyph+1]] }

// program returns a font file with the glyphs used and no others. A PDF wants
// neither names nor characters in it: the document says which glyph it means.
func (x *face) program() []byte {
	var glyf, loca, hmtx []byte
	for i := 0; i < len(x.used); i++ { // grows while it runs: parts of a glyph are glyphs
		g := x.used[i]
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint32(hmtx, x.metrics[g])
		at := len(glyf)
		glyf = append(glyf, x.outline(g)...)
		x.renumberParts(glyf[at:])
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	return assemble([]table{
		{"glyf", glyf},
		{"head", patched(x.head, 50, 1)}, // loca in four bytes
		{"hhea", patched(x.hhea, 34, uint16(len(x.used)))},
		{"hmtx", hmtx},
		{"loca", loca},
		{"maxp", patched(x.maxp, 4, uint16(len(x.used)))},
	})
}

// What the flags of a part of a composite glyph say.
const (
	partWords = 1 << 0
	partScale = 1 << 3
	partMore  = 1 << 5
	partXY    = 1 << 6
	part2x2   = 1 << 7
)

// renumberParts takes the parts of a composite glyph and writes their new
// numbers into its outline.
func (x *face) renumberParts(outline []byte) {
	if len(outline) < 10 || i16(outline, 0) >= 0 {
		return
	}
	for at := 10; at+4 <= len(outline); {
		flags := u16(outline, at)
		binary.BigEndian.PutUint16(outline[at+2:], x.take(u16(outline, at+2), 0))
		at += 6
		if flags&partWords != 0 {
			at += 2
		}
		switch {
		case flags&partScale != 0:
			at += 2
		case flags&partXY != 0:
			at += 4
		case flags&part2x2 != 0:
			at += 8
		}
		if flags&partMore == 0 {
			return
		}
	}
}

func patched(t []byte, at int, v uint16) []byte {
	t = append([]byte(nil), t...)
	binary.BigEndian.PutUint16(t[at:], v)
	return t
}

type table struct {
	name string
	data []byte
}

// assemble puts tables, in the order of their names, into a font file.
func assemble(tables []table) []byte {
	size := 12 + 16*len(tables)
	for _, t := range tables {
		size += (len(t.data) + 3) &^ 3
	}
	power, log := 1, 0
	for power*2 <= len(tables) {
		power, log = power*2, log+1
	}
	out := make([]byte, 0, size)
	out = binary.BigEndian.AppendUint32(out, 0x00010000)
	for _, v := range []int{len(tables), 16 * power, log, 16 * (len(tables) - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.name...)
		out = binary.BigEndian.AppendUint32(out, sum(t.data))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// sum is the checksum of a table: its words of four bytes added up.
func sum(b []byte) uint32 {
	var s uint32
	for ; len(b) >= 4; b = b[4:] {
		s += binary.BigEndian.Uint32(b)
	}
	var rest [4]byte
	copy(rest[:], b)
	return s + binary.BigEndian.Uint32(rest[:])
}
