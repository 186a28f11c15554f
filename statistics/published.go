package statistics

import (
	"ruqsat/calendar"
	"ruqsat/law"
)

// Published is what the ministry published of a day, as the press reported it. It is
// compared with what the register counts, and never put in its place.
type Published struct {
	AsOf      calendar.Date `json:"as_of"`
	Total     int           `json:"total"`
	Parts     []Line        `json:"parts,omitempty"` // all of them, or those that were reported
	Countries []Country     `json:"countries,omitempty"`
	Employers int           `json:"employers,omitempty"`
	Source    string        `json:"source"`
	Sure      law.Sure      `json:"sure"`
}

// published are the releases whose figures were read. All are secondary: no
// release itself was read, only accounts of it.
var published = []Published{
	release(calendar.DateOf(2019, 10, 1), 20938, []int{819, 4690, 9803, 1738, 2216, 1672}, 2396, "bestnews.kz",
		Country{"CN", 4433}, Country{"UZ", 2320}, Country{"IN", 1837}, Country{"TR", 1828}, Country{"GB", 1449}),
	release(calendar.DateOf(2021, 4, 1), 14794, []int{648, 3240, 7397, 491, 1329, 1689}, 1641, "astanatimes.com 04/2021",
		Country{"CN", 3617}, Country{"TR", 1490}, Country{"UZ", 1369}, Country{"IN", 1098}, Country{"GB", 947}),
	release(calendar.DateOf(2023, 8, 1), 14702, []int{551, 2751, 6452, 745, 1970, 2233}, 0, "liter.kz",
		Country{"CN", 3768}, Country{"UZ", 2016}, Country{"TR", 1411}),
	release(calendar.DateOf(2024, 7, 1), 14049, []int{576, 2598, 5353, 473, 1899, 3150}, 1796, "centralasia.news"),
	release(calendar.DateOf(2025, 2, 1), 13072, []int{568, 2528, 4787, 987, 672, 3530}, 1710, "news.mail.ru 62078935"),
	release(calendar.DateOf(2025, 12, 1), 14103, []int{537, 2244, 3784, 1271, 2299, 3970}, 1817, "zakon.kz 6502386",
		Country{"CN", 5604}, Country{"UZ", 2110}, Country{"TR", 1036}, Country{"IN", 943}),
}

// release puts a published release together; the parts stand in the order of [Parts].
func release(on calendar.Date, total int, parts []int, employers int, source string, countries ...Country) Published {
	p := Published{AsOf: on, Total: total, Employers: employers, Countries: countries, Source: source, Sure: law.Secondary}
	for i, n := range parts {
		p.Parts = append(p.Parts, Line{Parts[i], n})
	}
	return p
}

// PublishedOn returns what was published of a day, or nil if nothing was read of it.
func PublishedOn(on calendar.Date) *Published {
	for _, p := range published {
		if p.AsOf == on {
			return &p
		}
	}
	return nil
}
