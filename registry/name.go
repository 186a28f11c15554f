package registry

import (
	"slices"
	"strings"
	"unicode"
)

// spelled maps letters to those by which names are looked up: Kazakh and Russian
// ones fall together where people mix them up (қ and к, ұ and у), and all become
// Latin, so that a name is found in whichever script it is typed.
var spelled = map[rune]string{
	'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z",
	'и': "i", 'й': "i", 'і': "i", 'к': "k", 'қ': "k", 'л': "l", 'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o",
	'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ұ': "u", 'ү': "u", 'ф': "f", 'х': "h", 'һ': "h", 'ц': "s",
	'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	'q': "k", 'ä': "a", 'ö': "o", 'ü': "u", 'ğ': "g", 'ñ': "n", 'ş': "sh", 'ı': "i", 'y': "i", 'ū': "u", 'j': "zh", 'c': "s",
}

// legalForms are no part of a name: ТОО, ЖШС, АО, АҚ, ИП, ЖК, LLP and the like,
// spelled as names are.
var legalForms = []string{"too", "zhshs", "ao", "ak", "ip", "zhk", "llp", "ltd", "llc", "zhss", "filial", "gkp", "rgp", "kkh", "sh", "kh"}

// Spell returns the form in which names of employers are compared: small Latin
// letters and digits, one space between words, without the legal form.
func Spell(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch s, ok := spelled[r]; {
		case ok:
			b.WriteString(s)
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			b.WriteByte(' ')
		}
	}
	words := slices.DeleteFunc(strings.Fields(b.String()), func(w string) bool { return slices.Contains(legalForms, w) })
	return strings.Join(words, " ")
}

// Spellings returns every form in which an employer of a permit may be looked up.
func (p Permit) Spellings() []string {
	var list []string
	for _, name := range []string{p.Name.KK, p.Name.RU, p.Name.EN} {
		if s := Spell(name); s != "" {
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
