package document

import (
	"rsc.io/qr"

	"ruqsat/lang"
)

// code draws the address as a QR code, as wide as high. Addresses longer than a
// code can hold, some 2 300 letters, are an error.
func (w *flow) code(x, y, size float64, url string) error {
	c, err := qr.Encode(url, qr.M)
	if err != nil {
		return err
	}
	w.BeginFigure(lang.M("document.qr", lang.Args{"url": url}).In(lang.KK), string(lang.KK))
	defer w.End()
	w.page.Fill(ink, modules(c, x, y, size/float64(c.Size))...)
	return nil
}

// modules returns the dark places of a code, those beside one another in a row
// as one.
func modules(c *qr.Code, x, y, unit float64) [][4]float64 {
	var out [][4]float64
	for row := range c.Size {
		for from := 0; from < c.Size; from++ {
			if !c.Black(from, row) {
				continue
			}
			upto := from
			for upto < c.Size && c.Black(upto, row) {
				upto++
			}
			out = append(out, [4]float64{x + float64(from)*unit, y + float64(row)*unit, float64(upto-from) * unit, unit})
			from = upto
		}
	}
	return out
}
