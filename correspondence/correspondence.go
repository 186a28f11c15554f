// Package correspondence answers requests for information about an employer's
// permits.
//
// A [Request] is registered, the register is asked as of a day, and [Compose]
// makes the letter: both official languages from one structure, every figure
// counted, none typed. [Letter.Check] looks the letter over before it is signed.
//
// It saves nothing and prints nothing: package document sets the letter. It reads
// no clock; how long the authority has to answer says [ReplyBy]. Start at
// [Compose].
package correspondence

import (
	"regexp"
	"strings"
	"unicode"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Request asks what permits an employer has.
type Request struct {
	Number   Number        `json:"number"`
	Dated    calendar.Date `json:"dated"`    // by the asker
	Received calendar.Date `json:"received"` // by the authority: the term of the reply runs from here
	Language lang.Tag      `json:"language"` // it was written in: kk or ru
	From     Asker         `json:"from"`
	Employer Subject       `json:"employer"`
	AsOf     calendar.Date `json:"as_of"` // the day whose stock is told
	Year     int           `json:"year"`  // the year whose flow is told
	Asked    []Asked       `json:"asked,omitempty"`
	Region   string        `json:"region,omitempty"` // whose permits are told, two digits of KATO; of the whole country if empty
	Topics   []Topic       `json:"topics,omitempty"` // what the reply tells; the usual ones if none is chosen
	Free     []lang.Text   `json:"free,omitempty"`   // further paragraphs in the executor's own words
	Office   Office        `json:"office,omitzero"`  // who answers; a caller that knows may fill it in
}

// An Asker is who gets the reply. The address may have several lines.
type Asker struct {
	Name    lang.Text `json:"name"`
	Address lang.Text `json:"address,omitzero"`
}

// A Subject is the employer asked about. Its name is taken from the register; the
// one here stands in only where the register knows no permit to take it from.
type Subject struct {
	BIN  party.BIN `json:"bin"`
	Name lang.Text `json:"name,omitzero"`
}

// Asked is a position the asker wants to know of, with the category the executor
// ranks it in: no register has positions for which nobody was issued a permit.
type Asked struct {
	Position lang.Text    `json:"position"`
	Category law.Category `json:"category"`
}

// A Number is that of a request: ЗТ-2025-02947312. The letters say whether a
// legal entity (заңды тұлға) or a person (жеке тұлға) asks; the number is given
// once, by the state's system of requests (Prosecutor General's Order 4 of
// 2023-01-04).
type Number string

var numberForm = regexp.MustCompile(`^(ЗТ|ЖТ)-20[0-9]{2}-[0-9]{8}$`)

// typed maps what the two letters may be typed with to what they are.
var typed = map[rune]rune{'T': 'Т', '–': '-', '—': '-', '‑': '-', '№': -1}

// ParseNumber returns the number in s. Spaces do not count, and a Latin T is
// taken for the Cyrillic one.
func ParseNumber(s string) (Number, error) {
	n := strings.Map(func(r rune) rune {
		if r = unicode.ToUpper(r); unicode.IsSpace(r) {
			return -1
		}
		if to, ok := typed[r]; ok {
			return to
		}
		return r
	}, s)
	if rest, ok := strings.CutPrefix(n, "3Т"); ok { // the figure three for the letter З
		n = "ЗТ" + rest
	}
	if !numberForm.MatchString(n) {
		return "", problem.New(problem.Invalid, "correspondence.bad-number", lang.Args{"value": short(s)}).At("number")
	}
	return Number(n), nil
}

// Year returns the year the number was given in.
func (n Number) Year() int {
	year := 0
	for _, r := range strings.Split(string(n)+"-", "-")[1] {
		year = year*10 + int(r-'0')
	}
	return year
}

// short keeps a message to one line; a dash stands for nothing.
func short(s string) string {
	if s == "" {
		return "–"
	}
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
