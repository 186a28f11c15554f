package fee

import (
	"strings"

	"ruqsat/lang"
)

// Words writes the amount out, as an order to pay has it beside the figures:
// триста десять тысяч восемьсот пятьдесят три тенге.
func (a Tenge) Words(t lang.Tag) string {
	minus := map[lang.Tag]string{lang.KK: "минус", lang.RU: "минус", lang.EN: "minus"}[t]
	tenge := map[lang.Tag]string{lang.KK: "теңге", lang.RU: "тенге", lang.EN: "tenge"}[t]
	n, words := int64(a), []string(nil)
	if n < 0 {
		n, words = -n, []string{minus}
	}
	switch t {
	case lang.KK:
		words = append(words, kazakh(n)...)
	case lang.EN:
		words = append(words, english(n)...)
	default:
		words = append(words, russian(n)...)
	}
	return strings.Join(append(words, tenge), " ")
}

// classes parts n into groups of three digits, the highest first, each with the
// power of a thousand it counts; groups of nothing are left out.
func classes(n int64) (groups []int, powers []int) {
	for power := 0; n > 0; power++ {
		if g := int(n % 1000); g > 0 {
			groups = append([]int{g}, groups...)
			powers = append([]int{power}, powers...)
		}
		n /= 1000
	}
	return groups, powers
}

var (
	ruUnits    = []string{"", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"}
	ruTens     = []string{"", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"}
	ruHundreds = []string{"", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"}
	ruClasses  = [][3]string{
		{"тысяча", "тысячи", "тысяч"}, {"миллион", "миллиона", "миллионов"}, {"миллиард", "миллиарда", "миллиардов"},
		{"триллион", "триллиона", "триллионов"}, {"квадриллион", "квадриллиона", "квадриллионов"}, {"квинтиллион", "квинтиллиона", "квинтиллионов"},
	}
)

// russian names n. A thousand is feminine, so that one and two of them are одна
// and две; tenge and the higher classes are masculine.
func russian(n int64) []string {
	if n == 0 {
		return []string{"ноль"}
	}
	var words []string
	groups, powers := classes(n)
	for i, g := range groups {
		words = add(words, ruHundreds[g/100])
		rest := g % 100
		if rest >= 20 {
			words = add(words, ruTens[rest/10])
			rest %= 10
		}
		switch {
		case powers[i] == 1 && rest == 1:
			words = add(words, "одна")
		case powers[i] == 1 && rest == 2:
			words = add(words, "две")
		default:
			words = add(words, ruUnits[rest])
		}
		if powers[i] > 0 {
			words = add(words, ruClasses[powers[i]-1][ruForm(g)])
		}
	}
	return words
}

// ruForm returns which form of a noun follows a number: 0 as after 1, 1 as after
// 2, 2 as after 5.
func ruForm(n int) int {
	switch unit, teen := n%10, n%100/10 == 1; {
	case teen || unit == 0 || unit > 4:
		return 2
	case unit == 1:
		return 0
	}
	return 1
}

var (
	kkUnits   = []string{"", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"}
	kkTens    = []string{"", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"}
	kkClasses = []string{"", "мың", "миллион", "миллиард", "триллион", "квадриллион", "квинтиллион"}
)

// kazakh names n. A noun after a number stays in the singular, and a hundred is
// жүз without one before it.
func kazakh(n int64) []string {
	if n == 0 {
		return []string{"нөл"}
	}
	var words []string
	groups, powers := classes(n)
	for i, g := range groups {
		if h := g / 100; h > 1 {
			words = add(words, kkUnits[h])
		}
		if g >= 100 {
			words = add(words, "жүз")
		}
		words = add(words, kkTens[g%100/10], kkUnits[g%10], kkClasses[powers[i]])
	}
	return words
}

var (
	enUnits   = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	enTens    = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	enClasses = []string{"", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"}
)

func english(n int64) []string {
	if n == 0 {
		return []string{"zero"}
	}
	var words []string
	groups, powers := classes(n)
	for i, g := range groups {
		if g >= 100 {
			words = add(words, enUnits[g/100], "hundred")
		}
		rest := g % 100
		if rest > 0 && (g >= 100 || powers[i] == 0 && len(words) > 0) {
			words = add(words, "and")
		}
		if rest >= 20 {
			words = add(words, strings.TrimSuffix(enTens[rest/10]+"-"+enUnits[rest%10], "-"))
		} else {
			words = add(words, enUnits[rest])
		}
		words = add(words, enClasses[powers[i]])
	}
	return words
}

// add appends the words that are some.
func add(words []string, more ...string) []string {
	for _, w := range more {
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}
