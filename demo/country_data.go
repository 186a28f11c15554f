package demo

import (
	"fmt"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/statistics"
)

// shares is how firms are spread over the regions, in parts of a hundred. Two
// things are known of it (press): Atyrau, Astana and Mangystau have most.
var shares = []struct {
	region string
	share  int
}{
	{"75", 18}, {"71", 16}, {"23", 13}, {"47", 7}, {"35", 6}, {"15", 5}, {"19", 5}, {"27", 4}, {"61", 4}, {"79", 4}, {"39", 3}, {"55", 3},
	{"31", 2}, {"33", 2}, {"43", 2}, {"63", 2}, {"10", 1}, {"11", 1}, {"59", 1}, {"62", 1},
}

// elsewhere are citizenships besides the four that the release names.
var elsewhere = []string{"GB", "KR", "DE", "US", "IT", "FR", "TJ", "UA", "JP", "AZ"}

// A job is a position with its code of NKZ.
type job struct {
	name lang.Text
	nkz  string
}

var jobs = map[statistics.Part][]job{
	statistics.PartI:        {{lang.Text{KK: "бас директор", RU: "генеральный директор"}, "1120"}, {lang.Text{KK: "директордың орынбасары", RU: "заместитель директора"}, "1120"}},
	statistics.PartII:       {{lang.Text{KK: "жоба басшысы", RU: "руководитель проекта"}, "1323"}, {lang.Text{KK: "бөлім бастығы", RU: "начальник отдела"}, "1219"}},
	statistics.PartIII:      {{lang.Text{KK: "инженер", RU: "инженер"}, "2149"}, {lang.Text{KK: "инженер-құрылысшы", RU: "инженер-строитель"}, "2142"}, {lang.Text{KK: "геолог", RU: "геолог"}, "2114"}},
	statistics.PartIV:       {{lang.Text{KK: "дәнекерлеуші", RU: "сварщик"}, "7212"}, {lang.Text{KK: "монтаждаушы", RU: "монтажник"}, "7214"}},
	statistics.PartSeasonal: {{lang.Text{KK: "егінші", RU: "полевод"}, "6111"}, {lang.Text{KK: "көкөніс өсіруші", RU: "овощевод"}, "6111"}},
	statistics.PartICT:      {{lang.Text{KK: "инженер", RU: "инженер"}, "2149"}, {lang.Text{KK: "экономист", RU: "экономист"}, "2631"}},
}

// wave is how much of a year's seasonal work there is at the end of each month, in
// percent of the peak (press: 672 in February, 2,780 in November of 2025).
var wave = [12]int{30, 24, 38, 60, 80, 92, 97, 99, 100, 100, 83, 60}

// target is how many places of a part are filled at the end of a month, besides
// what the register had before: as published where that is known, and on the
// straight line between.
func (c *nation) target(part statistics.Part, month calendar.Date) int {
	n := 0
	on := month.AddMonths(1)
	before, after := known[0], known[len(known)-1]
	for _, k := range known {
		if !k.on.After(on) {
			before = k
		}
	}
	for i := len(known) - 1; i >= 0; i-- {
		if !known[i].on.Before(on) {
			after = known[i]
		}
	}
	n = before.parts[part]
	if span := before.on.Days(after.on); span > 0 && after.on.After(before.on) {
		n += (after.parts[part] - n) * before.on.Days(on) / span
	}
	if part == statistics.PartSeasonal {
		n = n * wave[month.Month-1] / wave[10]
		if on == CountryDay {
			n = after.parts[part]
		}
	}
	return max(n-c.has[part], 0)
}

// A knownDay is what is published of a day; seasonal work as at the end of November.
type knownDay struct {
	on    calendar.Date
	parts map[statistics.Part]int
}

// known are days whose parts were published. The two of spring and summer of which
// seasonal work is out of step with November say nothing of it here.
var known = knownDays(calendar.DateOf(2019, 10, 1), calendar.DateOf(2021, 4, 1), calendar.DateOf(2023, 8, 1), calendar.DateOf(2024, 7, 1), CountryDay)

func knownDays(days ...calendar.Date) []knownDay {
	var list []knownDay
	for _, on := range days {
		k := knownDay{on, map[statistics.Part]int{}}
		for _, l := range statistics.PublishedOn(on).Parts {
			k.parts[l.Part] = l.Permits
		}
		list = append(list, k)
	}
	return list
}

// makeFirms makes firms that do not exist: their names say so, and their numbers
// have right check digits.
func (c *nation) makeFirms(n int) ([]firm, error) {
	var firms []firm
	for serial := 0; len(firms) < n; serial++ {
		if serial > 99_999 {
			return nil, fmt.Errorf("no more than %d firms can be made", len(firms))
		}
		bin, ok := party.Complete(fmt.Sprintf("%02d%02d40%05d", serial%20, serial%12+1, 90_000-serial))
		if !ok {
			continue
		}
		name := fmt.Sprintf("%04d", len(firms)+1)
		firms = append(firms, firm{
			party.BIN(bin), lang.Text{KK: "«Оқу үлгісі " + name + "» ЖШС", RU: "ТОО «Учебный образец " + name + "»"}, c.someRegion(),
		})
	}
	return firms, nil
}

func (c *nation) someRegion() string {
	n := c.rand.IntN(100)
	for _, s := range shares {
		if n -= s.share; n < 0 {
			return s.region
		}
	}
	return shares[0].region
}
