package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A Font is a TrueType font, read once and shared by all documents. It never
// changes.
type Font struct {
	name      string // PostScript name
	bold      bool
	serif     bool
	unit      int // units an em
	ascent    int // in thousandths of an em, as all below
	descent   int
	capHeight int
	box       [4]int
	glyphs    []uint16 // glyph of each character, by code point; 0 is none
	advance   []uint16 // of each glyph
	glyf      []byte
	loca      []uint32 // where each glyph begins in glyf, and one more
	metrics   []uint32 // advance and bearing of each glyph, as in the file
	head      []byte
	hhea      []byte
	maxp      []byte
}

// A Style says how a font looks to a reader that has to replace it.
type Style struct{ Bold, Serif bool }

// ParseFont reads a TrueType font with outlines in glyf and no hints to keep,
// whose characters stand in a cmap of format 4.
func ParseFont(name string, style Style, file []byte) (*Font, error) {
	tables, err := tablesOf(file)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f := &Font{name: name, bold: style.Bold, serif: style.Serif}
	if err := f.read(tables); err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return f, nil
}

var errShort = errors.New("cut off")

func tablesOf(file []byte) (map[string][]byte, error) {
	if len(file) < 12 || binary.BigEndian.Uint32(file) != 0x00010000 {
		return nil, errors.New("no TrueType file")
	}
	n := int(binary.BigEndian.Uint16(file[4:]))
	tables := make(map[string][]byte, n)
	for i := range n {
		at := 12 + 16*i
		if len(file) < at+16 {
			return nil, errShort
		}
		from := uint64(binary.BigEndian.Uint32(file[at+8:]))
		size := uint64(binary.BigEndian.Uint32(file[at+12:]))
		if from+size > uint64(len(file)) {
			return nil, errShort
		}
		tables[string(file[at:at+4])] = file[from : from+size]
	}
	return tables, nil
}

// least is how many bytes of each table are looked at, at least.
var least = map[string]int{"head": 54, "hhea": 36, "maxp": 6, "OS/2": 90, "cmap": 4, "hmtx": 4, "loca": 4, "glyf": 1}

func (f *Font) read(t map[string][]byte) error {
	for name, n := range least {
		if len(t[name]) < n {
			return fmt.Errorf("table %s: %w", name, errShort)
		}
	}
	f.head, f.hhea, f.maxp, f.glyf = t["head"], t["hhea"], t["maxp"], t["glyf"]
	f.unit = int(u16(f.head, 18))
	if f.unit == 0 {
		return errors.New("an em of no units")
	}
	f.ascent = f.scale(i16(f.hhea, 4))
	f.descent = f.scale(i16(f.hhea, 6))
	f.capHeight = f.scale(i16(t["OS/2"], 88))
	for i := range f.box {
		f.box[i] = f.scale(i16(f.head, 36+2*i))
	}
	if err := f.readGlyphs(t); err != nil {
		return err
	}
	return f.readCharacters(t["cmap"])
}

// readGlyphs reads where each glyph stands and how wide it is.
func (f *Font) readGlyphs(t map[string][]byte) error {
	n := int(u16(f.maxp, 4))
	loca, hmtx, wide := t["loca"], t["hmtx"], int(u16(f.hhea, 34))
	long := u16(f.head, 50) == 1
	if wide == 0 || wide > n || len(hmtx) < 4*wide+2*(n-wide) || (long && len(loca) < 4*(n+1)) || len(loca) < 2*(n+1) {
		return fmt.Errorf("metrics of glyphs: %w", errShort)
	}
	for i := range n + 1 {
		at := 2 * uint32(u16(loca, 2*i))
		if long {
			at = binary.BigEndian.Uint32(loca[4*i:])
		}
		if at > uint32(len(f.glyf)) || i > 0 && at < f.loca[i-1] {
			return fmt.Errorf("outline of glyph %d: %w", i, errShort)
		}
		f.loca = append(f.loca, at)
	}
	for i := range n {
		last := 4 * min(i, wide-1)
		advance, bearing := u16(hmtx, last), u16(hmtx, last+2)
		if i >= wide {
			bearing = u16(hmtx, 4*wide+2*(i-wide))
		}
		f.metrics = append(f.metrics, uint32(advance)<<16|uint32(bearing))
		f.advance = append(f.advance, uint16(f.scale(int(advance))))
	}
	return nil
}

// readCharacters reads the first cmap subtable of format 4.
func (f *Font) readCharacters(cmap []byte) error {
	for i := range int(u16(cmap, 2)) {
		if len(cmap) < 4+8*i+8 {
			return fmt.Errorf("cmap: %w", errShort)
		}
		at := int(binary.BigEndian.Uint32(cmap[4+8*i+4:]))
		if at+14 <= len(cmap) && u16(cmap, at) == 4 {
			return f.readSegments(cmap[at:])
		}
	}
	return errors.New("no cmap of format 4")
}

func (f *Font) readSegments(t []byte) error {
	n := int(u16(t, 6)) / 2
	ends, starts, deltas, offsets := 14, 16+2*n, 16+4*n, 16+6*n
	if len(t) < 16+8*n {
		return fmt.Errorf("cmap: %w", errShort)
	}
	f.glyphs = make([]uint16, 1<<16)
	for i := range n {
		first, last := int(u16(t, starts+2*i)), int(u16(t, ends+2*i))
		for c := first; c <= last && c < 0xFFFF; c++ {
			g, off := uint16(c), int(u16(t, offsets+2*i))
			if off != 0 {
				at := offsets + 2*i + off + 2*(c-first)
				if at+2 > len(t) {
					return fmt.Errorf("cmap: %w", errShort)
				}
				g = u16(t, at)
			}
			if off == 0 || g != 0 {
				g += u16(t, deltas+2*i)
			}
			if int(g) >= len(f.advance) {
				return fmt.Errorf("character %U: glyph %d of %d", c, g, len(f.advance))
			}
			f.glyphs[c] = g
		}
	}
	return nil
}

// Has reports whether the font can show a character.
func (f *Font) Has(r rune) bool { return f.glyph(r) != 0 }

func (f *Font) glyph(r rune) uint16 {
	if r < 0 || int(r) >= len(f.glyphs) {
		return 0
	}
	return f.glyphs[r]
}

// Width returns how wide a text is in points, set at a size in points.
func (f *Font) Width(s string, size float64) float64 {
	w := 0
	for _, r := range s {
		w += int(f.advance[f.glyph(r)])
	}
	return float64(w) * size / 1000
}

// CapHeight returns how high a capital is, set at a size in points.
func (f *Font) CapHeight(size float64) float64 { return float64(f.capHeight) * size / 1000 }

func (f *Font) scale(n int) int { return n * 1000 / f.unit }

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func i16(b []byte, at int) int    { return int(int16(u16(b, at))) }
