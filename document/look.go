package document

import (
	"ruqsat/document/font"
	"ruqsat/internal/pdf"
)

const mm = pdf.MM

// The colours of the papers: those of the pages, deep enough to print in grey.
var (
	ink      = pdf.Color{R: 0x10, G: 0x24, B: 0x2d}
	soft     = pdf.Color{R: 0x46, G: 0x5a, B: 0x63}
	deep     = pdf.Color{R: 0x00, G: 0x52, B: 0x5e}
	sky      = pdf.Color{R: 0x00, G: 0xaf, B: 0xca}
	skyPale  = pdf.Color{R: 0xe8, G: 0xf5, B: 0xf7}
	gold     = pdf.Color{R: 0xc9, G: 0x97, B: 0x1c}
	goldPale = pdf.Color{R: 0xff, G: 0xf6, B: 0xda}
	hairline = pdf.Color{R: 0xc8, G: 0xd4, B: 0xd8}
	white    = pdf.Color{R: 0xff, G: 0xff, B: 0xff}
)

// A style is how a paragraph is set. Lead is from one baseline to the next.
type style struct {
	pdf.Type
	lead  float64
	align align
}

type align int

const (
	left align = iota
	center
	right
	justified
)

func set(f *pdf.Font, size float64, c pdf.Color) style {
	return style{Type: pdf.Type{Font: f, Size: size, Color: c}, lead: size * 1.36}
}

func sans(size float64, c pdf.Color) style      { return set(font.Sans(), size, c) }
func sansBold(size float64, c pdf.Color) style  { return set(font.SansBold(), size, c) }
func serif(size float64, c pdf.Color) style     { return set(font.Serif(), size, c) }
func serifBold(size float64, c pdf.Color) style { return set(font.SerifBold(), size, c) }

func (s style) to(a align) style {
	s.align = a
	return s
}

// apart sets the letters some points further from one another.
func (s style) apart(points float64) style {
	s.Apart = points
	return s
}

// beside sets a smaller type on the lines of a larger one beside it.
func (s style) beside(larger style) style {
	s.lead = larger.lead
	return s
}
