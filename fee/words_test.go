package fee_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ruqsat/fee"
	"ruqsat/lang"
)

func TestAnAmountIsWrittenOut(t *testing.T) {
	for _, c := range []struct {
		amount     fee.Tenge
		kk, ru, en string
	}{
		{0, "нөл теңге", "ноль тенге", "zero tenge"},
		{1, "бір теңге", "один тенге", "one tenge"},
		{2, "екі теңге", "два тенге", "two tenge"},
		{12, "он екі теңге", "двенадцать тенге", "twelve tenge"},
		{21, "жиырма бір теңге", "двадцать один тенге", "twenty-one tenge"},
		{100, "жүз теңге", "сто тенге", "one hundred tenge"},
		{1_000, "бір мың теңге", "одна тысяча тенге", "one thousand tenge"},
		{2_001, "екі мың бір теңге", "две тысячи один тенге", "two thousand and one tenge"},
		{11_000, "он бір мың теңге", "одиннадцать тысяч тенге", "eleven thousand tenge"},
		{21_305, "жиырма бір мың үш жүз бес теңге", "двадцать одна тысяча триста пять тенге", "twenty-one thousand three hundred and five tenge"},
		{47_184, "қырық жеті мың жүз сексен төрт теңге", "сорок семь тысяч сто восемьдесят четыре тенге", "forty-seven thousand one hundred and eighty-four tenge"},
		{51_900, "елу бір мың тоғыз жүз теңге", "пятьдесят одна тысяча девятьсот тенге", "fifty-one thousand nine hundred tenge"},
		{310_853, "үш жүз он мың сегіз жүз елу үш теңге", "триста десять тысяч восемьсот пятьдесят три тенге", "three hundred and ten thousand eight hundred and fifty-three tenge"},
		{622_000, "алты жүз жиырма екі мың теңге", "шестьсот двадцать две тысячи тенге", "six hundred and twenty-two thousand tenge"},
		{1_000_040, "бір миллион қырық теңге", "один миллион сорок тенге", "one million and forty tenge"},
		{3_112_000, "үш миллион жүз он екі мың теңге", "три миллиона сто двенадцать тысяч тенге", "three million one hundred and twelve thousand tenge"},
		{5_000_000_000, "бес миллиард теңге", "пять миллиардов тенге", "five billion tenge"},
		{-7, "минус жеті теңге", "минус семь тенге", "minus seven tenge"},
	} {
		for tag, want := range map[lang.Tag]string{lang.KK: c.kk, lang.RU: c.ru, lang.EN: c.en} {
			if got := c.amount.Words(tag); got != want {
				t.Errorf("%d in %s: %q, want %q", int64(c.amount), tag, got, want)
			}
		}
	}
}

func TestTwoAmountsAreNeverWrittenAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := fee.Tenge(rapid.Int64Range(0, math.MaxInt64-1).Draw(t, "a"))
		b := a + fee.Tenge(rapid.Int64Range(1, 1000).Draw(t, "more"))
		if b < a {
			b = a - 1
		}
		for _, tag := range lang.Tags {
			if words := a.Words(tag); words == b.Words(tag) || strings.Contains(words, "  ") {
				t.Fatalf("%d and %d in %s: %q, %q", int64(a), int64(b), tag, words, b.Words(tag))
			}
		}
	})
}
