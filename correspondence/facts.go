package correspondence

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"ruqsat/lang"
)

// monthNames are the months as they stand in a date of either official language.
var monthNames = func() map[string]time.Month {
	all := map[string]time.Month{}
	for _, t := range lang.Official {
		for m := time.January; m <= time.December; m++ {
			all[lang.Month(t, m)] = m
		}
	}
	return all
}()

var (
	russianDay = regexp.MustCompile(`(\d{1,2}) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) (\d{4})`)
	kazakhDay  = regexp.MustCompile(`(\d{4}) жылғы (\d{1,2}) (қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)`)
	shortDay   = regexp.MustCompile(`(\d{2})\.(\d{2})\.(\d{4})`)
	// fact is a request's number, a day, a number or a name in Latin letters.
	fact = regexp.MustCompile(`(?:ЗТ|ЖТ)-\d{4}-\d{8}|\d{4}-\d{2}-\d{2}|\d+|[A-Za-z][A-Za-z&'-]*`)
)

// factsOf returns what a text says that is the same in every language, sorted:
// numbers, days (as 2025-09-01, however written) and names in Latin letters.
func factsOf(s string) []string {
	s = russianDay.ReplaceAllStringFunc(s, func(day string) string {
		m := russianDay.FindStringSubmatch(day)
		return iso(m[3], monthNames[m[2]], m[1])
	})
	s = kazakhDay.ReplaceAllStringFunc(s, func(day string) string {
		m := kazakhDay.FindStringSubmatch(day)
		return iso(m[1], monthNames[m[3]], m[2]) + " "
	})
	s = shortDay.ReplaceAllString(s, "$3-$2-$1")
	facts := fact.FindAllString(s, -1)
	slices.Sort(facts)
	return facts
}

func iso(year string, m time.Month, day string) string {
	return fmt.Sprintf("%s-%02d-%s", year, int(m), strings.Repeat("0", 2-len(day))+day)
}

// without returns the facts of a that b does not have, each as often as it has
// them more.
func without(a, b []string) []string {
	left := map[string]int{}
	for _, x := range b {
		left[x]++
	}
	var more []string
	for _, x := range a {
		if left[x]--; left[x] < 0 {
			more = append(more, x)
		}
	}
	return more
}
