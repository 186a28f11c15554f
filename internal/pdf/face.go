package pdf

import (
	"bytes"
	"fmt"
	"unicode/utf16"
)

// write writes the font with the glyphs used, how wide they are, and which
// characters they stand for, so that text can be copied and read aloud.
func (x *face) write(w *file) int {
	characters := x.characters() // before program, which adds parts that are none
	program := x.program()
	name := x.tag() + "+" + x.name
	stream, descriptor, descendant, unicode, font := w.reserve(), w.reserve(), w.reserve(), w.reserve(), w.reserve()
	w.stream(stream, fmt.Sprintf("/Length1 %d", len(program)), deflate(program, fast))
	w.object(descriptor, "<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R>>",
		name, x.flags(), x.box[0], x.box[1], x.box[2], x.box[3], x.ascent, x.descent, x.capHeight, x.stem(), stream)
	w.object(descendant, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 0/W[0[%s]]/CIDToGIDMap/Identity>>",
		name, descriptor, x.widths())
	w.stream(unicode, "", deflate(characters, fast))
	w.object(font, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, unicode)
	return font
}

// tag is the six letters that mark a font of which only a part is embedded.
func (x *face) tag() string {
	h := uint32(2166136261)
	for _, g := range x.used {
		h = (h ^ uint32(g)) * 16777619
	}
	var b [6]byte
	for i := range b {
		b[i] = 'A' + byte(h%26)
		h /= 26
	}
	return string(b[:])
}

// flags says symbolic, for the glyphs are numbered our own way, and serif.
func (x *face) flags() int {
	if x.serif {
		return 4 | 2
	}
	return 4
}

// stem is about how thick a stem is, for readers that replace the font.
func (x *face) stem() int {
	if x.bold {
		return 140
	}
	return 80
}

func (x *face) widths() []byte {
	var b []byte
	for i, g := range x.used {
		if i > 0 {
			b = append(b, ' ')
		}
		b = fmt.Append(b, x.advance[g])
	}
	return b
}

// characters is the map from glyphs to characters. A PDF takes a hundred at a
// time.
func (x *face) characters() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for from := 1; from < len(x.runes); from += 100 {
		upto := min(from+100, len(x.runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", upto-from)
		for n := from; n < upto; n++ {
			line := append(appendHex([]byte("<"), uint16(n)), '>', '<')
			for _, u := range utf16.Encode([]rune{x.runes[n]}) {
				line = appendHex(line, u)
			}
			b.Write(append(line, '>', '\n'))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
