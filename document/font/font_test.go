package font_test

import (
	"testing"

	"ruqsat/document/font"
	"ruqsat/internal/pdf"
)

// What official texts and names in passports need, besides plain Latin.
const needed = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя" +
	"ӘҒҚҢӨҰҮҺІәғқңөұүһі" + "ŞşĞğİıÇçÖöÜüƏəŁłŽžČčŠšÆæØøÅåÐðÞþŐőŰűỄễƠơƯưĐđ" +
	"₸№«»–—…§¶“”„’•·×=%€°\u00a0\u2011"

func TestEveryFontHasAllKazakhLettersAndSigns(t *testing.T) {
	fonts := map[string]*pdf.Font{
		"sans": font.Sans(), "sans bold": font.SansBold(), "serif": font.Serif(), "serif bold": font.SerifBold(),
	}
	for name, f := range fonts {
		for _, r := range needed {
			if !f.Has(r) {
				t.Errorf("%s lacks %q", name, r)
			}
		}
	}
}

// A text is measured before the font is chosen, in Unprintable: all fonts must
// have the same characters.
func TestAllFontsHaveTheSameCharacters(t *testing.T) {
	for r := rune(0); r < 1<<16; r++ {
		has := font.Sans().Has(r)
		for name, f := range map[string]*pdf.Font{"sans bold": font.SansBold(), "serif": font.Serif(), "serif bold": font.SerifBold()} {
			if f.Has(r) != has {
				t.Errorf("%q (%U): sans %t, %s %t", r, r, has, name, f.Has(r))
			}
		}
	}
}
