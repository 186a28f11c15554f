package correspondence

import (
	"regexp"
	"slices"
	"strings"

	"ruqsat/lang"
	"ruqsat/problem"
)

// Public returns the body of a letter as the public reads it: without the names
// of persons, and without the employer unless it is to be named. The asker, who
// signed and who prepared the letter never stood in the body; where a paragraph
// in the executor's own words names them, or one of people, a blank takes its
// place.
//
// What still looks like the number of a person or a firm is an error: nothing
// goes out that nobody has looked at.
func Public(d Draft, q Request, n Naming, people []string) (lang.Text, error) {
	text := lang.Text{KK: Letter{Paper: d.Paper}.Text(lang.KK), RU: Letter{Paper: d.Paper}.Text(lang.RU)}
	persons := slices.Concat(people, []string{d.Paper.Signatory.Name, d.Paper.Executor.Name, d.Paper.Executor.Phone})
	persons = append(persons, lines(q.From.Name)...)
	persons = append(persons, lines(q.From.Address)...)
	text = hide(text, persons, lang.All(lang.M("correspondence.hidden")))
	if n != Named {
		names := append(called(d.Employer.KK), called(d.Employer.RU)...)
		text = hide(text, names, lang.All(lang.M("correspondence.hidden-employer")))
		text = hide(text, []string{string(q.Employer.BIN)}, lang.All(lang.M("correspondence.hidden")))
	}
	for _, half := range []string{text.KK, text.RU} {
		for _, number := range twelveDigits.FindAllString(half, -1) {
			if n != Named || number != string(q.Employer.BIN) {
				return lang.Text{}, problem.New(problem.Invalid, "correspondence.still-named", lang.Args{"value": number}).At("naming")
			}
		}
	}
	return text, nil
}

// twelveDigits is what an IIN and a BIN look like.
var twelveDigits = regexp.MustCompile(`\b[0-9]{12}\b`)

// inQuotes is what a name has between quotation marks or brackets.
var inQuotes = regexp.MustCompile(`["«“(]([^"»”)]{3,})["»”)]`)

// called returns a firm's name and the parts of it that give the firm away: what
// stands in quotation marks or brackets.
func called(name string) []string {
	all := []string{name}
	for _, m := range inQuotes.FindAllStringSubmatch(name, -1) {
		all = append(all, m[1])
	}
	return all
}

func lines(x lang.Text) []string {
	return slices.Concat(strings.Split(x.KK, "\n"), strings.Split(x.RU, "\n"))
}

// hide puts a blank in place of every name, the longest first, in capitals or
// not.
func hide(x lang.Text, names []string, blank lang.Text) lang.Text {
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, n := range names {
		if n = strings.TrimSpace(n); len([]rune(n)) < 3 {
			continue
		}
		find := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(n))
		x.KK = find.ReplaceAllLiteralString(x.KK, blank.KK)
		x.RU = find.ReplaceAllLiteralString(x.RU, blank.RU)
	}
	return x
}
