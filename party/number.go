package party

import (
	"strings"
	"time"

	"ruqsat/lang"
	"ruqsat/problem"
)

// A BIN is the business identification number of a legal entity or a joint
// entrepreneurship: YYMM of registration, the kind (4, 5 or 6), the unit (0 to
// 3), five digits of a serial and the check digit (Resolution 406 of 2007-05-22).
type BIN string

// An IIN is the individual identification number of a person: the day of birth
// as YYMMDD, the century and sex (1 to 6; 0 for some foreigners), four digits of
// a serial and the check digit (Resolution 565 of 2003-06-11).
type IIN string

const digits = 12

// ParseBIN returns the BIN in s, in which spaces and dashes do not count. Its
// error says what is wrong with the number.
func ParseBIN(s string) (BIN, error) {
	n, err := parseNumber(s, "party.bin")
	if err != nil {
		return "", err
	}
	switch {
	case n[2:4] < "01" || n[2:4] > "12":
		return "", wrong("party.bin-month", lang.Args{"month": n[2:4]})
	case n[4] < '4' || n[4] > '6':
		return "", wrong("party.bin-kind", lang.Args{"digit": n[4:5]})
	case n[5] > '3':
		return "", wrong("party.bin-unit", lang.Args{"digit": n[5:6]})
	}
	return BIN(n), nil
}

// ParseIIN returns the IIN in s, in which spaces and dashes do not count. Its
// error says what is wrong with the number.
func ParseIIN(s string) (IIN, error) {
	n, err := parseNumber(s, "party.iin")
	if err != nil {
		return "", err
	}
	if n[6] > '6' {
		return "", wrong("party.iin-century", lang.Args{"digit": n[6:7]})
	}
	if _, ok := IIN(n).Born(); !ok {
		return "", wrong("party.iin-day", lang.Args{"day": n[4:6] + "." + n[2:4] + "." + n[:2]})
	}
	return IIN(n), nil
}

// Born returns the day of birth in the number, in UTC. It reports false for a
// day no calendar has, and for a foreigner's number that names no century when
// no century makes it a day.
func (n IIN) Born() (time.Time, bool) {
	century := map[byte]string{'1': "18", '2': "18", '3': "19", '4': "19", '5': "20", '6': "20", '0': "20"}[n[6]]
	t, err := time.Parse("20060102", century+string(n[:6]))
	return t, err == nil
}

// Unit says which unit of a legal entity a BIN names: "0" the head unit, "1" a
// branch, "2" a representation, "3" a farm.
func (b BIN) Unit() string { return string(b[5:6]) }

// IsBIN reports whether twelve digits name an entity rather than a person: the
// fifth is 4, 5 or 6, which no day of birth begins with.
func IsBIN(s string) bool { return len(s) == digits && s[4] >= '4' && s[4] <= '6' }

// parseNumber returns the twelve digits of s when the last of them is right.
func parseNumber(s, key string) (string, error) {
	n := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
	switch {
	case n == "":
		return "", wrong(key+"-empty", nil)
	case strings.Trim(n, "0123456789") != "":
		return "", wrong(key+"-letters", nil)
	case len(n) != digits:
		return "", wrong(key+"-length", lang.Args{"n": len(n)})
	}
	if d, ok := checkDigit(n[:digits-1]); !ok || d != n[digits-1] {
		return "", wrong(key+"-check", nil)
	}
	return n, nil
}

func wrong(key string, args lang.Args) error { return problem.New(problem.Invalid, key, args) }

// checkDigit returns the twelfth digit for eleven: their sum weighted 1 to 11,
// modulo 11; where that is 10, weighted 3 to 11, 1, 2. It reports false where
// that is 10 too: such numbers are never given out.
func checkDigit(eleven string) (byte, bool) {
	for _, shift := range []int{0, 2} {
		sum := 0
		for i, d := range []byte(eleven) {
			sum += int(d-'0') * ((i+shift)%11 + 1)
		}
		if sum%11 < 10 {
			return byte('0' + sum%11), true
		}
	}
	return 0, false
}

// Complete returns the number that begins with eleven digits, for made-up
// persons and firms. It reports false where there is none.
func Complete(eleven string) (string, bool) {
	d, ok := checkDigit(eleven)
	return eleven + string(d), ok
}
