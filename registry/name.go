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

// Keys returns what an employer of a permit is looked up by: each name from its
// first word on, from its second, and so on, without the spaces. So a name is found
// by what any of its words begins with.
func (p Permit) Keys() []string {
	var keys []string
	for _, name := range p.Spellings() {
		words := strings.Fields(name)
		for i := range words {
			keys = append(keys, strings.Join(words[i:], ""))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// KeyRange returns the keys that begin as somebody typed a name: from the first up
// to, not including, the second; the second is empty where there is no end. Both
// are empty where nothing was typed that names consist of.
func KeyRange(typed string) (from, until string) {
	from = strings.ReplaceAll(Spell(typed), " ", "")
	for i := len(from) - 1; i >= 0; i-- {
		switch c := from[i]; c {
		case 'z': // the last of all signs
		case '9':
			return from, from[:i] + "a"
		default:
			return from, from[:i] + string(c+1)
		}
	}
	return from, ""
}
